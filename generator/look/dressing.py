"""Dressing: a stage's role grid and its wardrobe become three layers of tiles.

What is repeated follows the position, never chance: a wall must look built.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from ..choosing.wardrobe import Ground, Wardrobe
from ..layout.canvas import Prop
from ..layout.plan import OUTDOORS
from ..nes.roles import SOLID, Role
from ..tiles.layers import Layers, Tiles
from ..tiles.legibility import WANTED_L, mean_l
from .backdrops import MANNERS, Sight, lay_walls, may_be_opened
from .building import Building
from .drawn import lay_drawn
from .far import castles, lay_far
from .fronts import lay_fronts
from .walling import stand_column

ACCENT_PERIOD, ACCENT_STEP, ACCENT_ROW_STEP = 29, 3, 12
"""Lattice of the accents among the usual fill: one cell in 29 is one. At one in thirteen they look like
damage. (by eye)"""
GROWTH_PERIOD = 5
"""Columns of a bare room from one grave, or bush, to the next. (by eye)"""
CORE_DEPTH = 2
"""Cells between any opening and the core of masonry."""
SEE_THROUGH = frozenset({Role.BUSH})
"""Tiles of these roles are drawn with the shared backdrop colour (palettes[0, 0]) left out: they stand before
a sky."""


def dress(
    building: Building,
    props: tuple[Prop, ...],
    wardrobe: Wardrobe,
    light: NDArray[np.float64],
    seed: int = 0,
) -> Layers:
    """The layers of a building. Every cell of a room shows a tile in at least one of them, or the sky.

    light: mean L* of each tile of the bank, float64[T]. seed: of the far castle.
    """
    roles = building.roles
    tiles = np.full(roles.shape, -1, np.int16)
    backdrop = np.full(roles.shape, -1, np.int16)
    sky = np.zeros(roles.shape, bool)
    for _, (x, y, w, h), kind in building.all():
        if kind in OUTDOORS:
            sky[y : y + h, x : x + w] = True
    _lay_ground(tiles, roles, sky, wardrobe)
    _lay_platforms(tiles, roles, wardrobe)
    water = roles == Role.WATER
    surface = water.copy()
    surface[1:] &= ~water[:-1]
    _fill(tiles, water, wardrobe.water)
    _fill(tiles, surface, wardrobe.water_surface)
    _fill(tiles, roles == Role.SPIKES, wardrobe.spikes)
    _fill(tiles, roles == Role.STAIRS_RIGHT, wardrobe.stairs_right)
    _fill(tiles, roles == Role.STAIRS_LEFT, wardrobe.stairs_left)
    # What one stands on is there: now for what it has to stand out from.
    far = _distance(tiles, backdrop, building, wardrobe, light, seed)
    sight = Sight(light, mean_l(light, far))
    built = lay_walls(backdrop, tiles, building, wardrobe, sight)
    lay_fronts(backdrop, tiles, building, wardrobe, sight)
    if building.sky is not None:
        backdrop[building.sky] = -1
    furnished = np.zeros(roles.shape, bool)
    for number in built:
        x, y, w, h = building.rooms[number]
        furnished[y : y + h, x : x + w] = True
    # Windows are hung by the walls' own rhythm, and there, so are columns.
    own = building.drawn
    standing = [p for p in props if p.kind != "window" and (own or not furnished[p.row, p.column])]
    _stand_props(tiles, roles, standing, wardrobe, own=own)
    if own:
        lay_drawn(tiles, backdrop, roles, wardrobe)
    else:
        _furnish(tiles, backdrop, building, wardrobe)
    return Layers(tiles, backdrop, far)


def _distance(  # noqa: PLR0917 - layers, and what they are made of
    tiles: Tiles,
    backdrop: Tiles,
    building: Building,
    wardrobe: Wardrobe,
    light: NDArray[np.float64],
    seed: int,
) -> Tiles:
    """The far layer: with what was dreamed on the horizon, or with a far castle, lit or not, or with the sky
    alone, the first before which one sees where to stand under it, or in the room that it is seen from."""
    widest = max(building.widest, 1, *(w for _, _, w, _ in building.rooms))
    outdoors = [room for _, room, kind in building.all() if kind in OUTDOORS]
    if not outdoors and not building.drawn:
        outdoors = [room for _, room, _ in may_be_opened(building)[:1]]
    less = replace(wardrobe, horizon=None)
    built = [replace(less, skyline=castle) for castle in castles(wardrobe)]
    dreamed = [wardrobe] if wardrobe.horizon is not None else []
    unlit = replace(less, windows=())
    for distant in (*dreamed, *built, unlit, replace(less, skyline=None)):
        far = lay_far(widest, distant, seed)
        sight = Sight(light, mean_l(light, far))
        areas = [np.s_[y : y + h, x : x + w] for x, y, w, h in outdoors]
        if all(sight.contrast(building.roles[at], tiles[at], backdrop[at]) >= WANTED_L for at in areas):
            break
    return far


def _fill(layer: Tiles, where: NDArray[np.bool_], pattern: Tiles) -> None:
    """Lays a pattern where a mask [H, W] says so."""
    rows, columns = np.nonzero(where)
    layer[where] = pattern[rows % pattern.shape[0], columns % pattern.shape[1]]


def _lay_ground(
    tiles: Tiles, roles: NDArray[np.uint8], outdoors: NDArray[np.bool_], wardrobe: Wardrobe
) -> None:
    """Lays all that is solid, under the sky and in rooms."""
    solid = np.isin(roles, sorted(SOLID))
    core = _deep(solid)
    for ground, zone in ((wardrobe.outside, outdoors), (wardrobe.inside, ~outdoors)):
        _lay_one(tiles, roles, solid & zone, core, ground)


def _lay_one(
    tiles: Tiles, roles: NDArray[np.uint8], solid: NDArray[np.bool_], core: NDArray[np.bool_], ground: Ground
) -> None:
    """Lays one ground where a mask [H, W] says so: fill, accents, core, tops, then the ends of both."""
    top = solid & (roles == Role.GROUND_TOP)
    _fill(tiles, solid, ground.fill)
    rows, columns = np.nonzero(solid & ~top)
    for number, accent in enumerate(ground.accents):
        turn = (columns * ACCENT_STEP + rows * ACCENT_ROW_STEP) % ACCENT_PERIOD == number * ACCENT_STEP
        tiles[rows[turn], columns[turn]] = accent
    _fill(tiles, solid & core, ground.core)
    _fill(tiles, top, ground.top)
    open_ = np.pad(~np.isin(roles, sorted(SOLID)), ((0, 0), (1, 1)))
    from_left, from_right = solid & open_[:, :-2], solid & open_[:, 2:]
    for where, tile in (
        (from_left & ~from_right & ~top, ground.left),
        (from_right & ~from_left & ~top, ground.right),
        (from_left & ~from_right & top, ground.top_left),
        (from_right & ~from_left & top, ground.top_right),
    ):
        if tile >= 0:
            tiles[where] = tile


def _deep(solid: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """The solid cells with only solid ones CORE_DEPTH around them. The grid's outside counts as solid.

    They count only where three by three of them lie together: thin veins of core look like mistakes.
    """
    deep = _around(_around(solid, CORE_DEPTH), 1)
    return ~_around(~deep, 1)


def _around(mask: NDArray[np.bool_], reach: int) -> NDArray[np.bool_]:
    """bool[H, W]: whether the mask holds in the whole square of cells around each cell, and outside the
    grid."""
    side = 2 * reach + 1
    padded = np.pad(mask, reach, constant_values=True)
    return np.asarray(np.lib.stride_tricks.sliding_window_view(padded, (side, side)).all((2, 3)))


def _lay_platforms(tiles: Tiles, roles: NDArray[np.uint8], wardrobe: Wardrobe) -> None:
    """Lays platforms and their ends."""
    platform = roles == Role.PLATFORM
    _fill(tiles, platform, wardrobe.platform.middle)
    left, right = platform.copy(), platform.copy()
    left[:, 1:] &= ~platform[:, :-1]
    right[:, :-1] &= ~platform[:, 1:]
    tiles[left & ~right] = wardrobe.platform.left
    tiles[right & ~left] = wardrobe.platform.right


def _stand_props(
    tiles: Tiles, roles: NDArray[np.uint8], props: Sequence[Prop], wardrobe: Wardrobe, *, own: bool
) -> None:
    """Lays set pieces where the props are, in turn, so that neighbours differ. A piece is never cut. own: it
    may not be larger than its prop, which somebody drew so."""
    turn = 0
    placed = np.zeros(roles.shape, bool)
    free = np.isin(roles, [Role.BUSH] if own else [Role.SKY, Role.BACKDROP, Role.WINDOW, Role.BUSH])
    for prop in props:
        area = np.s_[prop.row : prop.row + prop.h, prop.column : prop.column + prop.w]
        placed[area] = True
        if prop.kind == "column":
            if wardrobe.column is not None:
                stand_column(tiles[area], wardrobe.column)
            continue
        for number in range(len(wardrobe.trees)):
            piece = wardrobe.trees[(turn // 2 + number) % len(wardrobe.trees)]
            row, column = _corner(piece, prop)
            bottom, right = row + piece.shape[0], column + piece.shape[1]
            inside = row >= 0 and column >= 0 and bottom <= roles.shape[0] and right <= roles.shape[1]
            area = np.s_[row:bottom, column:right]
            # A piece may be larger than its prop, where there is room.
            if inside and free[area].all() and (tiles[area] < 0).all():
                tiles[area] = piece
                turn += 1
                break
    bushes = np.where(free, roles, Role.GROUND_FILL) if own else roles
    _grow(tiles, (roles == Role.BUSH) & ~placed, bushes, [piece for _, piece in wardrobe.growth])


def _furnish(tiles: Tiles, backdrop: Tiles, building: Building, wardrobe: Wardrobe) -> None:
    """Stands graves and what else grows on open ground on the floors of caves, and of other rooms where they
    are open to the sky."""
    roles = building.roles
    floor = np.zeros(roles.shape, bool)
    open_above = np.pad(backdrop < 0, ((1, 0), (0, 0)))[:-1]
    for number, (x, y, w, h), kind in building.all():
        if kind in OUTDOORS:
            continue
        at = np.s_[y + 1 : y + h - 1, x + 2 + number % 3 : x + w - 2 : GROWTH_PERIOD]
        wild = kind in MANNERS and MANNERS[kind].wild
        floor[at] = (roles[at] == Role.BACKDROP) & (roles[1:][at] == Role.GROUND_TOP)
        floor[at] &= wild | open_above[at]
    _grow(tiles, floor, roles, [piece for _, piece in wardrobe.growth])


def _grow(tiles: Tiles, where: NDArray[np.bool_], roles: NDArray[np.uint8], growth: list[Tiles]) -> None:
    """Stands pieces of one row at the cells of a mask, in turn, where there is room for their width."""
    turn = 0
    for row, column in np.argwhere(where).tolist():
        for number in range(len(growth)):
            piece = growth[(turn + number) % len(growth)]
            area = np.s_[row : row + 1, column : column + piece.shape[1]]
            below = np.isin(roles[row + 1 : row + 2, column : column + piece.shape[1]], sorted(SOLID))
            open_ = np.isin(roles[area], [Role.SKY, Role.BUSH, Role.BACKDROP])
            if open_.shape == piece.shape and open_.all() and below.all() and (tiles[area] < 0).all():
                tiles[area] = piece
                turn += 1
                break


def _corner(piece: Tiles, prop: Prop) -> tuple[int, int]:
    """Row and column where a piece begins that stands on its prop's bottom, in the middle."""
    above, beside = prop.h - piece.shape[0], prop.w - piece.shape[1]
    return prop.row + above, prop.column + beside // 2
