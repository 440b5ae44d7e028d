"""Backdrops: which wall stands behind each room, and how it is laid.

What a room is built as is an integer's decision (`layout`). Here every kind of room has things that it would
like behind it, arches or windows or columns. It takes the dreamed bay that shows most of them, and repeats it
from wall to wall, in each of its storeys from the ceiling to the floor.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..choosing.wardrobe import Column, WallBay, Wardrobe
from ..layout.canvas import FLOOR_ROW, ROOF_ROW
from ..layout.plan import OUTDOORS
from ..level import SCREEN_COLUMNS, SCREEN_ROWS
from ..nes.roles import SOLID, Role
from ..tiles.layers import Tiles
from ..tiles.legibility import WANTED_L, contrast_of
from .building import Building
from .drawn import FURNISHED, draws_furniture


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
BARE = False, False
FURNISHINGS = ((True, True), (False, True), (True, False))
"""Whether a plain wall has windows, and columns, the most wanted first."""
COLUMN_SHARE = 0.5
"""Share of a strip's cells from which it is a column."""
DOORWAY = 3, 2
"""Rows and columns of a doorway."""
GATE_COLUMNS, FRONT_TOP = 6, 3
"""Width of a castle's front at either end of a courtyard, and its uppermost row."""


class Design(NamedTuple):
    """A wall behind a whole room."""

    tiles: Tiles
    """[h, w]; -1 where one sees through it."""
    bay: WallBay | None
    """What it is laid of; None: a plain wall."""
    columns: bool
    """Whether it brings its columns along."""


class Sight(NamedTuple):
    """What it takes to see how well one sees where to stand."""

    light: NDArray[np.float64]
    """[T] mean L* of each tile, 0..100."""
    far_l: float
    """Mean L* of the far layer."""

    def contrast(self, roles: NDArray[np.uint8], tiles: Tiles, behind: Tiles) -> float:
        """By how much what is stood on in an area [h, w] stands out from what is behind it, L*."""
        return contrast_of(roles, tiles, behind, self.light, self.far_l)


def lay_walls(
    backdrop: Tiles, tiles: Tiles, building: Building, wardrobe: Wardrobe, sight: Sight
) -> frozenset[int]:
    """Lays the walls of all rooms that are not under the sky into [H, W]; returns the numbers of those with
    columns or bays of their own.

    Each room gets the first design that what is stood on there, which lies in `tiles` [H, W] already, stands
    out from; where there is none, the one from which it stands out most.
    """
    built = set()
    before: WallBay | None = None
    open_rooms = frozenset[int]() if building.drawn else _open_rooms(building)
    plain = building.drawn and draws_furniture(building.roles)
    for number, (x, y, w, h), kind in building.all():
        if kind in OUTDOORS:
            continue
        here = np.s_[y : y + h, x : x + w]
        best, seen = None, -np.inf
        for design in _designs(
            kind, (h, w), wardrobe, before, number, open_=number in open_rooms, unfurnished=plain
        ):
            contrast = sight.contrast(building.roles[here], tiles[here], design.tiles)
            if best is None or contrast > seen:
                best, seen = design, contrast
            if seen >= WANTED_L:
                break
        assert best is not None
        backdrop[here] = best.tiles
        before = best.bay or before
        if best.columns:
            built.add(number)
    return frozenset(built)


def _designs(
    kind: str,
    shape: tuple[int, int],
    wardrobe: Wardrobe,
    before: WallBay | None,
    turn: int,
    *,
    open_: bool,
    unfurnished: bool = False,
) -> Iterator[Design]:
    """What may stand behind a room of a kind and shape, the most wanted first: bays, plain walls with windows
    and columns, plain walls with less, and in the end the darkest wall alone. `unfurnished`: all without
    windows and columns."""
    manner = MANNERS.get(kind, Manner())
    views = (True, False) if open_ else (False,)
    for view, bay, fuller in product(views, _liked(manner, wardrobe.bays, before), (True, False)):
        if (view and not pillars(bay).any()) or (unfurnished and np.isin(bay.detail, FURNISHED).any()):
            continue
        own = repeat(bay.plain, shape)
        _lay(own, bay, view)
        if fuller and (unfurnished or not _furnish(own, bay, wardrobe, turn)):
            continue
        _shade(own, wardrobe.sky)
        yield Design(own, bay, True)
    first = turn % len(wardrobe.walls)
    light = wardrobe.walls[first:] + wardrobe.walls[:first]
    bare = list(product(views, light, [BARE]))
    furnished = list(product(views, light, FURNISHINGS))
    darkly = list(product(views, wardrobe.dark, FURNISHINGS))
    plans = bare + darkly if manner.plain else furnished + darkly + bare
    for view, wall, (windows, columns) in [*plans, *product((False,), wardrobe.dark, [BARE])]:
        if unfurnished and (windows or columns):
            continue
        column = wardrobe.column if columns else None
        if (windows and not wardrobe.windows) or (columns and column is None):
            continue
        own = repeat(wall.tiles, shape)
        if windows:
            _hang_windows(own, wardrobe, turn)
        if column is not None:
            _stand_columns(own, column)
        if view:
            if manner.open and column is None:
                continue
            _open(own, column)
        _shade(own, wardrobe.sky)
        yield Design(own, None, columns)


def _open_rooms(building: Building) -> frozenset[int]:
    """The rooms that are open to the sky: those that should be, or, so that it is seen somewhere in every
    stage, the widest that may."""
    kinds = {number: kind for number, _, kind in building.all()}
    open_ = {number for number, kind in kinds.items() if kind in MANNERS and MANNERS[kind].open}
    if not open_ and OUTDOORS.keys().isdisjoint(kinds.values()):
        may = [number for number, kind in kinds.items() if kind not in NO_VIEW]
        open_ = set(sorted(may, key=lambda number: -building.rooms[number][2])[:1])
    return frozenset(open_)


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


def _furnish(own: Tiles, bay: WallBay, wardrobe: Wardrobe, turn: int) -> bool:
    """Hangs windows between the pillars of a laid bay [h, w] that has nothing else to look at, or windows and
    columns into one without pillars; returns whether there was room."""
    before = own.copy()
    if set(bay.motifs) <= {Role.COLUMN} and pillars(bay).any():
        _hang_windows(own, wardrobe, turn, (1 - bay.first, bay.tiles.shape[1]))
    elif not bay.motifs:
        _hang_windows(own, wardrobe, turn)
        if wardrobe.column is not None:
            _stand_columns(own, wardrobe.column)
    return bool((own != before).any())


def _hang_windows(
    own: Tiles, wardrobe: Wardrobe, turn: int, rhythm: tuple[int, int] = (1, WINDOW_PERIOD)
) -> None:
    """Hangs windows into a wall [h, w], at equal distances, under each ceiling.

    rhythm: the column of the first pillar and the columns from one to the next.
    """
    height, width = own.shape
    first, period = rhythm
    for storey, (above, floor) in enumerate(_storeys(height)):
        fitting = [window for window in wardrobe.windows if window.shape[1] < period]
        if not fitting:
            return
        window = fitting[(turn + storey) % len(fitting)]
        h, w = window.shape
        row = min(above + WINDOW_ROWS, floor - h - 1)
        for column in range(first + (period - w + 1) // 2, width - w - 1, period):
            if column > 0:
                area = own[row : row + h, column : column + w]
                area[window >= 0] = window[window >= 0]


def _stand_columns(own: Tiles, column: Column) -> None:
    """Stands columns into a plain wall [h, w], between the windows, from each ceiling to its floor."""
    for above, floor in _storeys(len(own)):
        for at in range(1, own.shape[1] - 1, WINDOW_PERIOD):
            stand_column(own[above:floor, at : at + 1], column)
            own[floor:, at : at + 1] = repeat(column.shaft, (len(own) - floor, 1))  # what is seen in pits


def _storeys(height: int) -> list[tuple[int, int]]:
    """First row under the ceiling and row of the floor of each storey of a room of so many rows."""
    floors = range(FLOOR_ROW, height, SCREEN_ROWS)
    return [(floor - SCREEN_ROWS + 1 if n else ROOF_ROW + 1, floor) for n, floor in enumerate(floors)]


def _liked(manner: Manner, bays: Sequence[WallBay], before: WallBay | None) -> list[WallBay]:
    """The bays that a kind of room may have, those first that show most of what it would like; the better one
    in a tie."""

    def worth(bay: WallBay) -> float:
        wanted = sum(0.5**n for n, role in enumerate(manner.motifs) if role in bay.motifs)
        return wanted - AGAIN * (bay is before)

    return [] if manner.plain else sorted(bays, key=worth, reverse=True)


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
    standing = pillars(bay)[columns]
    own[floor:, standing] = bay.tiles[bay.stretch, columns[standing]]  # what is seen of them in pits


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


def lay_fronts(backdrop: Tiles, tiles: Tiles, building: Building, wardrobe: Wardrobe, sight: Sight) -> None:
    """Builds the castle at both ends of each room under the sky: a front as wide as GATE_COLUMNS, with a gate
    where one was dreamed. It is left out where there is no room for it, and where one would not see where to
    stand before it."""
    for _, (x, y, w, h), kind in building.all() if building.fronts else ():
        if kind not in OUTDOORS or h < SCREEN_ROWS or w <= SCREEN_COLUMNS:
            continue
        here = np.s_[y : y + h, x : x + w]
        roles, own = building.roles[here], backdrop[here].copy()
        for left in (0, w - GATE_COLUMNS):
            area = np.s_[:, left : left + GATE_COLUMNS]
            _front(own[area], roles[area], int(left == 0), wardrobe)
        if sight.contrast(roles, tiles[here], own) >= WANTED_L:
            backdrop[here] = own


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
