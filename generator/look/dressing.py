"""Dressing: a stage's role grid and its wardrobe become three layers of tiles.

`tiles` is drawn in front, `backdrop` behind it (rooms' walls), `far` behind both at half the speed (the sky,
where a backdrop cell is -1). Repetition follows the position, never chance: a wall must look built.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from ..choosing.wardrobe import Ground, Wardrobe
from ..nes.roles import SOLID, Role
from ..tiles.layers import Layers, Tiles

SCREEN_COLUMNS = 16
FAR_ROWS = 30
"""Of the far layer: a screen, and half of what the highest room has beyond it."""
ACCENT_PERIOD, ACCENT_STEP, ACCENT_ROW_STEP = 13, 3, 5
"""Of the lattice of other fills among the usual one: one cell in thirteen. (by eye)"""
CORE_DEPTH = 2
"""From so many cells below any opening on, masonry shows its core."""
PANORAMA_ROW = 2
"""Where a panorama begins, just under the status bar; its lower row is repeated beyond it."""
PANORAMA_PERIOD = 20
"""Columns from one panorama to the next, its last one repeated between: no two moons in one view."""
MOON_ROWS, MOON_COLUMN, MOON_PERIOD = (3, 2, 4), 8, 40
"""Cells of the far layer: seen from the start, and a while later again: never two moons in one view."""
CLOUD_ROWS, CLOUD_PERIOD = (5, 3, 6, 4), 7
"""No divisors of a screen, so screens differ."""
MOST_ASIDE = 5
"""Columns within which a piece looks for room."""
SEE_THROUGH = frozenset({Role.BUSH})
"""Tiles of these roles are drawn with the shared backdrop colour (palettes[0, 0]) left out: they stand before
a sky."""


class Prop(Protocol):
    """A place for a set piece: upper left cell and size, tiles."""

    @property
    def kind(self) -> str: ...
    @property
    def column(self) -> int: ...
    @property
    def row(self) -> int: ...
    @property
    def w(self) -> int: ...
    @property
    def h(self) -> int: ...


def dress(
    roles: NDArray[np.uint8],
    rooms: Sequence[tuple[int, int, int, int]],
    outdoors: Sequence[bool],
    props: tuple[Prop, ...],
    wardrobe: Wardrobe,
) -> Layers:
    """The layers of a role grid uint8[H, W]. Every cell of a room shows a tile in at least one of them.

    rooms: x, y, width, height, tiles. outdoors: of each, whether it is under the sky.
    """
    tiles = np.full(roles.shape, -1, np.int16)
    backdrop = np.full(roles.shape, -1, np.int16)
    sky = np.zeros(roles.shape, bool)
    for number, (x, y, w, h) in enumerate(rooms):
        area = np.zeros(roles.shape, bool)
        area[y : y + h, x : x + w] = True
        if outdoors[number]:
            sky |= area
        else:
            # A room has one wall, and neighbours have others where the dream offers several.
            wall, turn = wardrobe.walls[number % len(wardrobe.walls)], number // len(wardrobe.walls)
            pattern = wall.patches[turn % len(wall.patches)] if wall.patches else wall.plain
            backdrop[y : y + h, x : x + w] = repeat(pattern, (h, w))
    _lay_ground(tiles, roles, sky, wardrobe)
    _lay_platforms(tiles, roles, wardrobe)
    water = roles == Role.WATER
    surface = water & ~_shifted(water, 1)
    _fill(tiles, water, wardrobe.water)
    _fill(tiles, surface, wardrobe.water_surface)
    _fill(tiles, roles == Role.SPIKES, wardrobe.spikes)
    _fill(tiles, roles == Role.STAIRS_RIGHT, wardrobe.stairs_right)
    _fill(tiles, roles == Role.STAIRS_LEFT, wardrobe.stairs_left)
    _stand_props(tiles, roles, props, wardrobe)
    width = max((w for (_, _, w, _), open_ in zip(rooms, outdoors, strict=True) if open_), default=1)
    return Layers(tiles, backdrop, _far((FAR_ROWS, width), wardrobe))


def repeat(pattern: Tiles, shape: tuple[int, int]) -> Tiles:
    """A pattern repeated over a grid of this shape, from its upper left."""
    rows, columns = np.indices(shape)
    return pattern[rows % pattern.shape[0], columns % pattern.shape[1]]


def _fill(layer: Tiles, where: NDArray[np.bool_], pattern: Tiles) -> None:
    layer[where] = repeat(pattern, (layer.shape[0], layer.shape[1]))[where]


def _shifted(mask: NDArray[np.bool_], rows: int) -> NDArray[np.bool_]:
    """The mask moved down by so many rows; what comes in is False."""
    out = np.zeros_like(mask)
    out[rows:] = mask[: len(mask) - rows]
    return out


def _lay_ground(
    tiles: Tiles, roles: NDArray[np.uint8], outdoors: NDArray[np.bool_], wardrobe: Wardrobe
) -> None:
    solid = np.isin(roles, [Role.GROUND_TOP, Role.GROUND_FILL, Role.BREAKABLE])
    core = _deep(solid)
    for ground, zone in ((wardrobe.outside, outdoors), (wardrobe.inside, ~outdoors)):
        _lay_one(tiles, roles, solid & zone, core, ground)


def _lay_one(
    tiles: Tiles, roles: NDArray[np.uint8], solid: NDArray[np.bool_], core: NDArray[np.bool_], ground: Ground
) -> None:
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
    """Solid cells with nothing but solid ones CORE_DEPTH around; the grid's outside counts as solid.

    Only where three by three of them lie together: thin veins of core look like mistakes.
    """
    deep = _all(_around(solid, CORE_DEPTH))
    return ~_all(~_around(_all(_around(deep, 1)), 1, outside=False))


def _all(squares: NDArray[np.bool_]) -> NDArray[np.bool_]:
    return np.asarray(squares.all((2, 3)), dtype=bool)


def _around(mask: NDArray[np.bool_], reach: int, *, outside: bool = True) -> NDArray[np.bool_]:
    """The square of cells around each cell, bool[H, W, 2 * reach + 1, 2 * reach + 1]."""
    side = 2 * reach + 1
    return np.lib.stride_tricks.sliding_window_view(
        np.pad(mask, reach, constant_values=outside), (side, side)
    )


def _lay_platforms(tiles: Tiles, roles: NDArray[np.uint8], wardrobe: Wardrobe) -> None:
    platform = roles == Role.PLATFORM
    _fill(tiles, platform, wardrobe.platform.middle)
    left, right = platform.copy(), platform.copy()
    left[:, 1:] &= ~platform[:, :-1]
    right[:, :-1] &= ~platform[:, 1:]
    tiles[left & ~right] = wardrobe.platform.left
    tiles[right & ~left] = wardrobe.platform.right


def _stand_props(tiles: Tiles, roles: NDArray[np.uint8], props: tuple[Prop, ...], wardrobe: Wardrobe) -> None:
    """Set pieces in their places, in turn, so that neighbours differ; a piece is never cut."""
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
        for step in range(len(mine)):
            piece = mine[(turn[prop.kind] // 2 + step) % len(mine)]
            row, column = _corner(piece, prop)
            bottom, right = row + piece.shape[0], column + piece.shape[1]
            inside = row >= 0 and column >= 0 and bottom <= roles.shape[0] and right <= roles.shape[1]
            area = np.s_[row:bottom, column:right]
            # A piece may be larger than its place, where there is room.
            if inside and free[area].all() and (tiles[area] < 0).all():
                tiles[area] = piece
                turn[prop.kind] += 1
                break
    _plant_bushes(tiles, (roles == Role.BUSH) & ~placed, wardrobe)


def _corner(piece: Tiles, prop: Prop) -> tuple[int, int]:
    """Row and column of a piece in the middle of its place; what grows stands on the place's bottom."""
    spare = prop.h - piece.shape[0]
    return prop.row + (spare // 2 if prop.kind == "window" else spare), prop.column + (
        prop.w - piece.shape[1]
    ) // 2


def _plant_bushes(tiles: Tiles, where: NDArray[np.bool_], wardrobe: Wardrobe) -> None:
    """Single cells of bushes along the ground."""
    for number, (row, column) in enumerate(zip(*np.nonzero(where), strict=True)):
        if wardrobe.bushes:
            tiles[row, column] = wardrobe.bushes[number % len(wardrobe.bushes)][0, 0]


def _stand_column(area: Tiles, wardrobe: Wardrobe) -> None:
    """Capital, shaft and foot in an area [h, w]; a column of one cell is a foot."""
    column = wardrobe.column
    if column is None:
        return
    height = len(area)
    for row in range(height):
        area[row] = column.shaft[row % len(column.shaft), 0]
    if height > 1:
        area[0] = column.capital
    area[height - 1] = column.foot


def _far(shape: tuple[int, ...], wardrobe: Wardrobe) -> Tiles:
    """The sky, [H, w], as wide as half the level and a screen need: its pattern, the panorama before it, and
    the moon and the clouds where there is still room."""
    height, width = shape[0], (shape[1] + 1) // 2 + SCREEN_COLUMNS
    far = repeat(wardrobe.sky, (height, width)).copy()
    free = np.ones(far.shape, bool)
    if wardrobe.panorama is not None:
        rows = np.clip(np.arange(height) - PANORAMA_ROW, 0, len(wardrobe.panorama) - 1)
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
    """A piece at the first free place, by rows, then by columns a little to the right; or nowhere."""
    for row, column in product(rows, range(left, left + MOST_ASIDE)):
        area = np.s_[row : row + piece.shape[0], column : column + piece.shape[1]]
        if free[area].shape == piece.shape and free[area].all():
            far[area] = np.where(piece >= 0, piece, far[area])
            free[area] = False
            return
