"""Backdrops: which wall stands behind each room.

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

from ..choosing.wardrobe import WallBay, Wardrobe
from ..layout.plan import OUTDOORS
from ..nes.roles import Role
from ..tiles.layers import Tiles
from ..tiles.legibility import WANTED_L, contrast_of
from .building import Building, Room
from .drawn import FURNISHED, draws_furniture
from .walling import furnish, hang_windows, lay_bay, open_to_sky, pillars, repeat, shade, stand_columns


class Manner(NamedTuple):
    """How rooms of a kind are furnished."""

    motifs: tuple[Role, ...] = ()
    """What should be behind them, the most wanted first."""
    open: bool = False
    """Whether one sees the sky through it, between columns."""
    wild: bool = False
    """Whether graves and bushes stand on its floor."""


_ARCH, _WINDOW, _COLUMN, _CURTAIN, _CHAIN, _STATUE = (
    Role.ARCH, Role.WINDOW, Role.COLUMN, Role.CURTAIN, Role.CHAIN, Role.STATUE,
)  # fmt: skip
MANNERS: dict[str, Manner] = {
    "corridor": Manner((_WINDOW, _ARCH)),
    "colonnade": Manner((_COLUMN, _ARCH)),
    "ledges": Manner((_WINDOW, _COLUMN)),
    "storeys": Manner((_ARCH, _WINDOW)),
    "cave": Manner((_STATUE, _COLUMN), wild=True),
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
NO_VIEW = frozenset({"arena", "treasury", "shaft", "stairwell", "tower"})
"""Kinds of rooms that are never opened."""
MOST_OPENED = 3
"""Rooms that are tried to be open, where one must be. (for speed)"""
BARE = False, False
FURNISHINGS = ((True, True), (False, True), (True, False))
"""Whether a plain wall has windows, and columns, the most wanted first."""


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
    built, seen_through = set(), building.drawn or not OUTDOORS.keys().isdisjoint(building.kinds)
    before: WallBay | None = None
    plain = building.drawn and draws_furniture(building.roles)
    for number, (x, y, w, h), kind in building.all():
        if kind in OUTDOORS:
            continue
        here = np.s_[y : y + h, x : x + w]
        may_open = not building.drawn and kind in MANNERS and MANNERS[kind].open
        views = (True, False) if may_open else (False,)
        best, seen = None, -np.inf
        for design in _designs(kind, (h, w), wardrobe, before, number, views=views, unfurnished=plain):
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
        seen_through |= bool((best.tiles < 0).any())
    if not seen_through:
        built |= _open_one(backdrop, tiles, building, wardrobe, sight)
    return frozenset(built)


def _open_one(
    backdrop: Tiles, tiles: Tiles, building: Building, wardrobe: Wardrobe, sight: Sight
) -> set[int]:
    """Opens the widest room that may be open to the sky, so that it is seen somewhere in every stage: in the
    first design that what is stood on there stands out from. Returns its number where it has columns or bays
    of its own."""
    for number, (x, y, w, h), kind in may_be_opened(building):
        here = np.s_[y : y + h, x : x + w]
        for design in _designs(kind, (h, w), wardrobe, None, number, views=(True,)):
            if sight.contrast(building.roles[here], tiles[here], design.tiles) >= WANTED_L:
                backdrop[here] = design.tiles
                return {number} if design.columns else set()
    return set()


def may_be_opened(building: Building) -> list[tuple[int, Room, str]]:
    """Number, area and kind of the MOST_OPENED widest rooms that may be open to the sky."""
    may = [room for room in building.all() if room[2] not in NO_VIEW]
    return sorted(may, key=lambda room: -room[1][2])[:MOST_OPENED]


def _designs(
    kind: str,
    shape: tuple[int, int],
    wardrobe: Wardrobe,
    before: WallBay | None,
    turn: int,
    *,
    views: tuple[bool, ...],
    unfurnished: bool = False,
) -> Iterator[Design]:
    """What may stand behind a room of a kind and shape, the most wanted first: bays, plain walls with windows
    and columns, plain walls with less, and in the end the darkest wall alone.

    views: whether one sees the sky through it. unfurnished: all without windows and columns.
    """
    manner = MANNERS.get(kind, Manner())
    for view, bay, fuller in product(views, _liked(manner, wardrobe.bays, before), (True, False)):
        between = view and bool(pillars(bay).any())
        if (view and manner.open and not between) or (unfurnished and np.isin(bay.detail, FURNISHED).any()):
            continue
        own = repeat(bay.plain, shape)
        lay_bay(own, bay, between)
        if fuller and (unfurnished or not furnish(own, bay, wardrobe, turn)):
            continue
        if view and not between:
            open_to_sky(own, wardrobe.column)
        shade(own, wardrobe.sky)
        yield Design(own, bay, True)
    first = turn % len(wardrobe.walls)
    light = wardrobe.walls[first:] + wardrobe.walls[:first]
    bare = list(product(views, light, [BARE]))
    furnished = list(product(views, light, FURNISHINGS))
    darkly = list(product(views, wardrobe.dark, FURNISHINGS))
    darkest = [(False, wall, BARE) for wall in wardrobe.dark if False in views]
    for view, wall, (windows, columns) in furnished + darkly + bare + darkest:
        if unfurnished and (windows or columns):
            continue
        column = wardrobe.column if columns else None
        if (windows and not wardrobe.windows) or (columns and column is None):
            continue
        own = repeat(wall.tiles, shape)
        if windows:
            hang_windows(own, wardrobe, turn)
        if column is not None:
            stand_columns(own, column)
        if view:
            if manner.open and column is None:
                continue
            open_to_sky(own, column)
        shade(own, wardrobe.sky)
        yield Design(own, None, columns)


def _liked(manner: Manner, bays: Sequence[WallBay], before: WallBay | None) -> list[WallBay]:
    """The bays that a kind of room may have, those first that show most of what it would like; the better one
    in a tie."""

    def worth(bay: WallBay) -> float:
        wanted = sum(0.5**n for n, role in enumerate(manner.motifs) if role in bay.motifs)
        return wanted - AGAIN * (bay is before)

    return sorted(bays, key=worth, reverse=True)
