"""Backdrops: which wall stands behind each room, and how it is laid.

What a room is built as is an integer's decision (`layout`). Here every kind of room has things that it would
like behind it, arches or windows or columns. It takes the dreamed bay that shows most of them, and repeats it
from wall to wall, in each of its storeys from the ceiling to the floor.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..choosing.wardrobe import Column, Wall, WallBay, Wardrobe
from ..layout.canvas import FLOOR_ROW, ROOF_ROW
from ..layout.plan import OUTDOORS
from ..level import SCREEN_COLUMNS, SCREEN_ROWS
from ..nes.roles import SOLID, Role
from ..tiles.layers import Tiles
from ..tiles.legibility import WANTED_L
from .building import Building


class Manner(NamedTuple):
    """How rooms of a kind are furnished."""

    motifs: tuple[Role, ...] = ()
    """What should be behind them, the most wanted first."""
    open: bool = False
    """Whether one sees the sky through it, between columns."""
    plain: bool = False
    """Whether nobody built here: a bare wall."""


_ARCH, _WINDOW, _COLUMN, _CURTAIN, _CHAIN, _STATUE = (
    Role.ARCH, Role.WINDOW, Role.COLUMN, Role.CURTAIN, Role.CHAIN, Role.STATUE,
)  # fmt: skip
MANNERS: dict[str, Manner] = {
    "corridor": Manner((_WINDOW, _ARCH)),
    "colonnade": Manner((_COLUMN, _ARCH)),
    "ledges": Manner((_WINDOW, _COLUMN)),
    "storeys": Manner((_ARCH, _WINDOW)),
    "cave": Manner(plain=True),
    "bridge": Manner((_COLUMN, _ARCH), open=True),
    "planks": Manner((_ARCH, _COLUMN), open=True),
    "machinery": Manner((_CHAIN, _COLUMN)),
    "gauntlet": Manner((_ARCH, _CHAIN)),
    "pillars": Manner((_COLUMN, _CURTAIN)),
    "stairwell": Manner((_WINDOW, _COLUMN)),
    "tower": Manner((_WINDOW, _CHAIN)),
    "hall": Manner((_CURTAIN, _COLUMN, _WINDOW)),
    "shaft": Manner((_CHAIN, _CURTAIN)),
    "treasury": Manner((_CURTAIN, _STATUE)),
    "chapel": Manner((_WINDOW, _ARCH)),
    "arena": Manner((_CURTAIN, _COLUMN)),
    "vestibule": Manner((_ARCH, _COLUMN)),
}
"""How each kind of room is furnished. (ours)"""
AGAIN = 0.5
"""Worth that a bay loses where the room before has it too; a wanted motif is worth 1, the next 1/2."""
OPEN_FROM, OPEN_BAYS, CLOSED_BAYS = 1, 2, 2
"""Rows under the ceiling of a bay that stay closed; bays in a row that are open, and that are closed between
them."""
NO_VIEW = frozenset({"arena", "treasury", "shaft", "stairwell", "tower"})
"""Kinds of rooms that are never opened."""
SHADE_ROWS = 1
"""Rows of a wall in the shade of a floor. (by eye)"""
WINDOW_ROWS, WINDOW_PERIOD = 1, 6
"""Rows between a ceiling and a window in a plain wall, and columns from one window to the next. (by eye)"""
OPENING = 5, 11
"""Columns of a screen between which a plain wall is open, the end excluded. (by eye)"""
COLUMN_SHARE = 0.5
"""Share of a strip's cells from which it is a column."""
DOORWAY = 3, 2
"""Rows and columns of a doorway."""
GATE_COLUMNS, FRONT_TOP = 6, 3
"""Width of a castle's front at either end of a courtyard, and its uppermost row."""


def lay_walls(backdrop: Tiles, building: Building, wardrobe: Wardrobe) -> frozenset[int]:
    """Lays the walls of all rooms that are not under the sky into [H, W]; returns the numbers of those with
    columns or bays of their own."""
    built = set()
    before: WallBay | None = None
    open_rooms = _open_rooms(building)
    for number, room, kind in building.all():
        if kind in OUTDOORS:
            continue
        x, y, w, h = room
        manner = MANNERS.get(kind, Manner())
        here = building.roles[y : y + h, x : x + w]
        limit = min((light for role, light in wardrobe.seen_l.items() if (here == role).any()), default=1.0)
        dark = [bay for bay in wardrobe.bays if bay.lightness <= limit - WANTED_L / 100]
        open_ = number in open_rooms
        if open_:
            dark = [bay for bay in dark if pillars(bay).any()]
        if number in building.dark:
            limit = 0.0
        bay = None if number in building.bare else _bay_for(manner, dark, before)
        own = repeat(_plain(wardrobe.walls, limit, number).tiles if bay is None else bay.plain, (h, w))
        if bay is not None:
            _lay(own, bay, open_)
            before = bay
            built.add(number)
        else:
            if not manner.plain and number not in building.bare:
                _hang_windows(own, wardrobe, number)
                if wardrobe.column is not None:
                    _stand_columns(own, wardrobe.column)
                    built.add(number)
            if open_ and (wardrobe.column is not None or not manner.open):
                _open(own, wardrobe.column)
        _shade(own, wardrobe.sky)
        backdrop[y : y + h, x : x + w] = own
    return frozenset(built)


def _plain(walls: tuple[Wall, ...], limit: float, turn: int) -> Wall:
    """The wall whose turn it is of those that are dark enough for a room; else the darkest."""
    dark = [wall for wall in walls[:-1] or walls if wall.lightness <= limit - WANTED_L / 100]
    return dark[turn % len(dark)] if dark else walls[-1]


def _open_rooms(building: Building) -> frozenset[int]:
    """The rooms that are open to the sky: those that should be, or, so that it is seen somewhere in every
    stage, the widest that may."""
    kinds = {number: kind for number, _, kind in building.all()}
    open_ = {number for number, kind in kinds.items() if kind in MANNERS and MANNERS[kind].open}
    if not open_ and OUTDOORS.keys().isdisjoint(kinds.values()):
        may = [number for number, kind in kinds.items() if kind not in NO_VIEW]
        open_ = set(sorted(may, key=lambda number: -building.rooms[number][2])[:1])
    return frozenset(open_ - building.dark)


def pillars(bay: WallBay) -> NDArray[np.bool_]:
    """bool[w]: the columns of cells of a bay that a pillar stands in."""
    return np.asarray((bay.detail == Role.COLUMN).mean(0) >= COLUMN_SHARE)


def _open(own: Tiles, column: Column | None) -> None:
    """Opens a plain wall [h, w] to the sky in its uppermost storey, once a screen, between two columns where
    there are any."""
    left, right = OPENING
    for above, floor in _storeys(len(own))[:1]:
        for start in range(0, own.shape[1] - right, SCREEN_COLUMNS):
            own[above + OPEN_FROM : floor - 1, start + left : start + right] = -1
            if column is not None:
                for at in (start + left - 1, start + right):
                    stand_column(own[above:floor, at : at + 1], column)


def stand_column(area: Tiles, column: Column) -> None:
    """Lays capital, shaft and foot in an area [h, w]; a column of one cell is a foot."""
    area[:] = repeat(column.shaft, (len(area), 1))
    area[0] = column.capital
    area[-1] = column.foot


def _shade(own: Tiles, dark: Tiles) -> None:
    """Darkens a wall [h, w] under the floors that are over it, or it would look like their masonry."""
    for above, _ in _storeys(len(own))[1:]:
        own[above : above + SHADE_ROWS] = repeat(dark, (SHADE_ROWS, own.shape[1]))


def _hang_windows(own: Tiles, wardrobe: Wardrobe, turn: int) -> None:
    """Hangs windows into a plain wall [h, w], at equal distances, under each ceiling."""
    height, width = own.shape
    for storey, (above, floor) in enumerate(_storeys(height)):
        if not wardrobe.windows:
            return
        window = wardrobe.windows[(turn + storey) % len(wardrobe.windows)]
        h, w = window.shape
        row = min(above + WINDOW_ROWS, floor - h - 1)
        for column in range(1 + (WINDOW_PERIOD - w) // 2, width - w - 1, WINDOW_PERIOD):
            area = own[row : row + h, column : column + w]
            area[window >= 0] = window[window >= 0]


def _stand_columns(own: Tiles, column: Column) -> None:
    """Stands columns into a plain wall [h, w], between the windows, from each ceiling to its floor."""
    for above, floor in _storeys(len(own)):
        for at in range(1, own.shape[1] - 1, WINDOW_PERIOD):
            stand_column(own[above:floor, at : at + 1], column)


def _storeys(height: int) -> list[tuple[int, int]]:
    """First row under the ceiling and row of the floor of each storey of a room of so many rows."""
    floors = range(FLOOR_ROW, height, SCREEN_ROWS)
    return [(floor - SCREEN_ROWS + 1 if n else ROOF_ROW + 1, floor) for n, floor in enumerate(floors)]


def _bay_for(manner: Manner, bays: list[WallBay], before: WallBay | None) -> WallBay | None:
    """The bay that shows most of what a kind of room would like; the better one in a tie."""
    if manner.plain or not bays:
        return None

    def worth(bay: WallBay) -> float:
        wanted = sum(0.5**n for n, role in enumerate(manner.motifs) if role in bay.motifs)
        return wanted - AGAIN * (bay is before)

    return max(bays, key=worth)


def _lay(own: Tiles, bay: WallBay, open_: bool) -> None:
    """Lays a bay into the storeys of a room [h, w]; open_: with the sky between some of its pillars."""
    height, width = own.shape
    period = bay.tiles.shape[1]
    columns = (np.arange(width) - 1 + bay.first) % period
    turn = (np.arange(width) - 1) // period % (OPEN_BAYS + CLOSED_BAYS)
    free = (turn < OPEN_BAYS) & ~pillars(bay)[columns] & open_
    free[[0, -1]] = False
    for above, floor in _storeys(height):
        fitted = fit(bay, floor - above)
        own[floor - len(fitted) : floor] = fitted[:, columns]
        own[floor - len(fitted) + OPEN_FROM : floor - 1, free] = -1


def fit(bay: WallBay, rows: int) -> Tiles:
    """A bay of so many rows: its stretch row is laid again and again, or rows that are like it are left out,
    then the upper ones. Lower where it cannot be stretched."""
    missing = rows - len(bay.tiles)
    if bay.stretch < 0:
        return bay.tiles[-rows:]
    times = np.ones(len(bay.tiles), int)
    times[bay.stretch] += max(missing, 0)
    alike = np.flatnonzero((bay.tiles == bay.tiles[bay.stretch]).all(1))
    times[alike[: min(max(-missing, 0), len(alike) - 1)]] = 0
    return np.repeat(bay.tiles, times, axis=0)[-rows:]


def repeat(pattern: Tiles, shape: tuple[int, int]) -> Tiles:
    """A pattern repeated over a grid of this shape, from its upper left."""
    rows, columns = np.indices(shape)
    repeated: Tiles = pattern[rows % pattern.shape[0], columns % pattern.shape[1]]
    return repeated


def lay_fronts(backdrop: Tiles, building: Building, wardrobe: Wardrobe) -> None:
    """Builds the castle at both ends of each room under the sky: a front as wide as GATE_COLUMNS, with a gate
    where one was dreamed."""
    for number, (x, y, w, h), kind in building.all():
        if kind not in OUTDOORS or number in building.bare:
            continue
        for left in (0, w - GATE_COLUMNS):
            area = np.s_[y : y + h, x + left : x + left + GATE_COLUMNS]
            _front(backdrop[area], building.roles[area], int(left == 0), wardrobe)


def _front(own: Tiles, roles: NDArray[np.uint8], edge: int, wardrobe: Wardrobe) -> None:
    """Builds one front into [h, GATE_COLUMNS]; edge: columns at its left that nobody sees."""
    own[FRONT_TOP:] = repeat(wardrobe.walls[0].tiles, own[FRONT_TOP:].shape)
    if wardrobe.skyline is not None and wardrobe.skyline.parapet >= 0:
        own[FRONT_TOP - 1] = wardrobe.skyline.parapet
    for gate in (*wardrobe.gates, _doorway(wardrobe)):
        rows, across = gate.shape
        at = edge + (GATE_COLUMNS - 1 - across) // 2
        floor = FLOOR_ROW
        while np.isin(roles[floor - 1, at : at + across], sorted(SOLID)).any():
            floor -= 1
        if across < GATE_COLUMNS and floor - rows > FRONT_TOP:
            area = np.s_[floor - rows : floor, at : at + across]
            own[area] = np.where(gate >= 0, gate, own[area])
            return


def _doorway(wardrobe: Wardrobe) -> Tiles:
    """A dark doorway [h, w], between columns where there are any: the gate of those that dreamed none."""
    column = np.full((DOORWAY[0], 1), -1, np.int16)
    if wardrobe.column is not None:
        stand_column(column, wardrobe.column)
    return np.hstack([column, repeat(wardrobe.sky, DOORWAY), column])
