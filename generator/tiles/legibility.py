"""Legibility: by how much what is stood on is lighter than what is behind it.

It is measured along the rims of the ground: over all pairs of neighbouring cells of a room of which one can
be stood on and the other is open. The measure is CIELAB's L*: black is 0, white 100.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from ..nes.palette import PALETTE_L
from ..nes.roles import ONE_WAY, SOLID, Role
from .layers import Layers, Tiles

LEAST_L, WANTED_L = 12.0, 20.0
"""Differences in L*: every stage has the first, nearly all have the second. (the look's bars)"""
STAIRS = frozenset({Role.STAIRS_RIGHT, Role.STAIRS_LEFT})
STOOD_ON = (SOLID, ONE_WAY, STAIRS)
"""Roles that have to be seen, in groups that are measured apart: much ground must not outvote a platform."""
DRAWN_OF_STAIRS = 0.6
"""Share of the cell of a flight that is steps; what is over them is air, and black. (measured)"""
_OPEN = sorted({Role.SKY, Role.BACKDROP, Role.WINDOW, Role.COLUMN, Role.BUSH, Role.CANDLE, Role.DOOR})


def tile_lightness(
    tiles: NDArray[np.uint8], lightness: NDArray[np.float64] = PALETTE_L
) -> NDArray[np.float64]:
    """Mean L* of tiles [T, 16, 16] of palette indices: float64[T]. lightness: the L* of each index."""
    return np.asarray(lightness[tiles].mean((1, 2)))


def mean_l(light: NDArray[np.float64], layer: Tiles) -> float:
    """Mean L* of a layer [h, w] of tiles of these L*, 0..100; where there is no tile, it is black."""
    return float(np.append(light, 0.0)[layer].mean())


def room_contrasts(
    roles: NDArray[np.uint8],
    layers: Layers,
    pixels: NDArray[np.uint8],
    rooms: Sequence[tuple[int, int, int, int]],
    *,
    lightness: NDArray[np.float64] = PALETTE_L,
) -> NDArray[np.float64]:
    """By how much what is stood on in each room is lighter than what is behind it, float64[rooms], L*.

    Roles, layers, the bank's pixels and rooms are a `Level`'s. The far layer counts as its mean, since it
    moves behind the others. A window or a bush before a wall is left out, since there is more of the wall. Of
    ground, platforms and stairs the group that stands out least counts. A room without any rim is 100.
    lightness: the L* of each palette index, where it is not the NES's.
    """
    tiles, backdrop, far = layers.tiles, layers.backdrop, layers.far
    light = tile_lightness(pixels, lightness)
    far_l = mean_l(light, far)
    areas = [np.s_[y : y + h, x : x + w] for x, y, w, h in rooms]
    return np.array([contrast_of(roles[at], tiles[at], backdrop[at], light, far_l) for at in areas])


def contrast_of(
    roles: NDArray[np.uint8], tiles: Tiles, backdrop: Tiles, light: NDArray[np.float64], far_l: float
) -> float:
    """By how much what is stood on in one area [h, w] is lighter than what is behind it, L*; of stairs, the
    steps alone.

    light: of each tile of the bank; far_l: the mean of the far layer, both 0..100.
    """
    light = np.append(light, 0.0)
    behind = np.where(backdrop >= 0, light[backdrop], far_l)
    open_ = np.isin(roles, _OPEN)
    # What is stood on without a tile in front shows what is behind it.
    front = np.where(tiles >= 0, light[tiles], behind)
    least = 100.0
    for kind in STOOD_ON:
        solid = np.isin(roles, sorted(kind))
        if not solid.any():
            continue
        shown = front / DRAWN_OF_STAIRS if kind is STAIRS else front
        rims = np.concatenate(
            [(shown[one] - behind[other])[solid[one] & open_[other]] for one, other in _NEIGHBOURS]
        )
        if len(rims):
            least = min(least, float(rims.mean()))
    return least


_NEIGHBOURS = (
    (np.s_[:, 1:], np.s_[:, :-1]),
    (np.s_[:, :-1], np.s_[:, 1:]),
    (np.s_[1:], np.s_[:-1]),
    (np.s_[:-1], np.s_[1:]),
)
"""All cells of a grid that have a neighbour on one side, and those neighbours: left, right, above, below."""
