"""Dressing: a stage's role grid and its wardrobe become three layers of tiles, the far one with its sky,
skyline, moon and clouds.

What is repeated follows the position, never chance: a wall must look built.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product

import numpy as np
from numpy.typing import NDArray

from ..choosing.wardrobe import Ground, Wardrobe
from ..layout.canvas import Prop
from ..level import SCREEN_COLUMNS
from ..nes.roles import SOLID, Role
from ..tiles.layers import Layers, Tiles

FAR_ROWS = 30
"""Rows of the far layer: a screen, and half of what the highest room has beyond it."""
ACCENT_PERIOD, ACCENT_STEP, ACCENT_ROW_STEP = 13, 3, 5
"""Lattice of the accents among the usual fill: one cell in thirteen is one. (by eye)"""
CORE_DEPTH = 2
"""Cells between any opening and the core of masonry."""
PANORAMA_ROW = 2
"""Row of the far layer where a panorama begins, just under the status bar; its lower row is repeated below
it."""
PANORAMA_PERIOD = 20
"""Columns from one panorama to the next; its last column is repeated between. So no view has two moons."""
MOON_ROWS, MOON_COLUMN, MOON_PERIOD = (3, 2, 4), 8, 40
"""Rows for a moon, the best first, its first column, and columns from one to the next: it is seen from the
start and again later, and no view has two."""
CLOUD_ROWS, CLOUD_PERIOD = (5, 3, 6, 4), 7
"""Rows for clouds, in turn, and columns from one to the next. The period divides no screen, so screens
differ."""
MOST_ASIDE = 5
"""Columns within which a moon or a cloud looks for room."""
SEE_THROUGH = frozenset({Role.BUSH})
"""Tiles of these roles are drawn with the shared backdrop colour (palettes[0, 0]) left out: they stand before
a sky."""


def dress(
    roles: NDArray[np.uint8],
    rooms: Sequence[tuple[int, int, int, int]],
    outdoors: Sequence[bool],
    props: tuple[Prop, ...],
    wardrobe: Wardrobe,
) -> Layers:
    """The layers of a role grid uint8[H, W]. Every cell of a room shows a tile in at least one of them.

    rooms: x, y, width, height, tiles. outdoors: whether each room is under the sky.
    """
    tiles = np.full(roles.shape, -1, np.int16)
    backdrop = np.full(roles.shape, -1, np.int16)
    sky = np.zeros(roles.shape, bool)
    for number, (x, y, w, h) in enumerate(rooms):
        if outdoors[number]:
            sky[y : y + h, x : x + w] = True
        else:
            # A room has one wall, and neighbours have others where the dream offers several.
            wall, turn = wardrobe.walls[number % len(wardrobe.walls)], number // len(wardrobe.walls)
            pattern = wall.patches[turn % len(wall.patches)] if wall.patches else wall.plain
            backdrop[y : y + h, x : x + w] = repeat(pattern, (h, w))
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
    _stand_props(tiles, roles, props, wardrobe)
    widest = max((w for (_, _, w, _), open_ in zip(rooms, outdoors, strict=True) if open_), default=1)
    return Layers(tiles, backdrop, _far(widest, wardrobe))


def repeat(pattern: Tiles, shape: tuple[int, int]) -> Tiles:
    """A pattern repeated over a grid of this shape, from its upper left."""
    rows, columns = np.indices(shape)
    repeated: Tiles = pattern[rows % pattern.shape[0], columns % pattern.shape[1]]
    return repeated


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


def _stand_props(tiles: Tiles, roles: NDArray[np.uint8], props: tuple[Prop, ...], wardrobe: Wardrobe) -> None:
    """Lays set pieces where the props are, in turn, so that neighbours differ. A piece is never cut."""
    pieces = {"window": wardrobe.windows, "tree": wardrobe.trees}
    turn = dict.fromkeys(pieces, 0)
    placed = np.zeros(roles.shape, bool)
    free = np.isin(roles, [Role.SKY, Role.BACKDROP, Role.WINDOW, Role.BUSH])
    for prop in props:
        area = np.s_[prop.row : prop.row + prop.h, prop.column : prop.column + prop.w]
        placed[area] = True
        if prop.kind == "column":
            _stand_column(tiles[area], wardrobe)
            continue
        mine = pieces.get(prop.kind, ())
        for number in range(len(mine)):
            piece = mine[(turn[prop.kind] // 2 + number) % len(mine)]
            row, column = _corner(piece, prop)
            bottom, right = row + piece.shape[0], column + piece.shape[1]
            inside = row >= 0 and column >= 0 and bottom <= roles.shape[0] and right <= roles.shape[1]
            area = np.s_[row:bottom, column:right]
            # A piece may be larger than its prop, where there is room.
            if inside and free[area].all() and (tiles[area] < 0).all():
                tiles[area] = piece
                turn[prop.kind] += 1
                break
    if wardrobe.bushes:  # single cells along the ground
        rows, columns = np.nonzero((roles == Role.BUSH) & ~placed)
        tiles[rows, columns] = np.resize([bush[0, 0] for bush in wardrobe.bushes], len(rows))


def _corner(piece: Tiles, prop: Prop) -> tuple[int, int]:
    """Row and column where a piece begins: in the middle of its prop, or, if it grows, on the prop's
    bottom."""
    above, beside = prop.h - piece.shape[0], prop.w - piece.shape[1]
    return prop.row + (above // 2 if prop.kind == "window" else above), prop.column + beside // 2


def _stand_column(area: Tiles, wardrobe: Wardrobe) -> None:
    """Lays capital, shaft and foot in an area [h, w]; a column of one cell is a foot."""
    column = wardrobe.column
    if column is None:
        return
    area[:] = repeat(column.shaft, (len(area), 1))
    area[0] = column.capital
    area[-1] = column.foot


def _far(widest: int, wardrobe: Wardrobe) -> Tiles:
    """The far layer, [FAR_ROWS, w], as wide as half of the widest room and a screen: the sky's pattern, the
    panorama before it, and the moon and the clouds where there is still room."""
    width = (widest + 1) // 2 + SCREEN_COLUMNS
    far = repeat(wardrobe.sky, (FAR_ROWS, width)).copy()
    free = np.ones(far.shape, bool)
    if wardrobe.panorama is not None:
        rows = np.clip(np.arange(FAR_ROWS) - PANORAMA_ROW, 0, len(wardrobe.panorama) - 1)
        columns = np.minimum(np.arange(width) % PANORAMA_PERIOD, wardrobe.panorama.shape[1] - 1)
        wide = wardrobe.panorama[rows][:, columns]
        free = wide < 0
        far = np.where(free, far, wide)
    for left in range(MOON_COLUMN, width, MOON_PERIOD):
        if wardrobe.moon is not None:
            _hang(far, free, wardrobe.moon, MOON_ROWS, left)
    for number, left in enumerate(range(1, width, CLOUD_PERIOD)):
        if wardrobe.clouds:
            heights = CLOUD_ROWS[number % len(CLOUD_ROWS) :] + CLOUD_ROWS
            _hang(far, free, wardrobe.clouds[number % len(wardrobe.clouds)], heights, left)
    return far


def _hang(far: Tiles, free: NDArray[np.bool_], piece: Tiles, rows: tuple[int, ...], left: int) -> None:
    """Lays a piece where there is room first: by rows, then by columns a little to the right; or nowhere."""
    for row, column in product(rows, range(left, left + MOST_ASIDE)):
        area = np.s_[row : row + piece.shape[0], column : column + piece.shape[1]]
        if free[area].shape == piece.shape and free[area].all():
            far[area] = np.where(piece >= 0, piece, far[area])
            free[area] = False
            return
