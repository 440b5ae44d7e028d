"""How different the console's colours look, and which few of them suit some pixels best."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..nes.palette import BLACK, COLOURS, PALETTE_L, PALETTE_PERCEIVED

WORTH_MEAN = 0.005
"""Mean perceived move of a cell's pixels that a colour must save to be worth a place: two strays are not. (by
eye)"""
HELD_PX = 8
"""Pixels of the shared backdrop colour that a cell must have to count as holding it. (by eye)"""

DISTANCE: NDArray[np.float32] = np.sqrt(
    ((PALETTE_PERCEIVED[:, None] - PALETTE_PERCEIVED[None]) ** 2).sum(-1)
).astype(np.float32)
"""float32[64, 64]: how different two palette indices look, by the distance that quantisation is made by."""
LIGHTNESS: NDArray[np.float32] = (PALETTE_L / 100).astype(np.float32)
"""float32[64]: CIELAB's L* of every palette index, 0..1."""


def pixel_distance(a: NDArray[np.uint8], b: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Perceived distance of palette indices, pixel by pixel: float32 of their shape."""
    return np.take(DISTANCE.ravel(), (a.astype(np.int32) << 6) | b)


def nearest_of(colours: NDArray[np.integer]) -> NDArray[np.uint8]:
    """For every palette index the perceptually nearest of some colours [k]: uint8[64]."""
    nearest: NDArray[np.uint8] = colours[DISTANCE[:, colours].argmin(1)].astype(np.uint8)
    return nearest


def reach_of(colours: Any) -> NDArray[np.float32]:
    """For every palette index how far the nearest of some colours [..., k] is: float32[64, ...]."""
    return np.asarray(DISTANCE[:, colours].min(-1))


def to_palette(pixels: NDArray[np.uint8], colours: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Palette indices [...], each moved to the perceptually nearest of some colours [k]."""
    return nearest_of(colours)[pixels]


def to_palettes(
    pixels: NDArray[np.uint8], palettes: NDArray[np.uint8], palette: NDArray[np.integer]
) -> NDArray[np.uint8]:
    """Tiles [T, 16, 16], each moved to the colours of its own sub-palette: palettes [4, 4], palette [T]."""
    nearest = np.stack([nearest_of(colours) for colours in palettes])
    moved: NDArray[np.uint8] = nearest[palette[:, None, None], pixels]
    return moved


def histograms(cells: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Pixels of each colour in each cell [N, 16, 16]: float32[N, 64]."""
    keys = np.arange(len(cells), dtype=np.int32)[:, None] * COLOURS + cells.reshape(len(cells), -1)
    counts = np.bincount(keys.ravel(), minlength=len(cells) * COLOURS)
    return counts.reshape(-1, COLOURS).astype(np.float32)


def shared_backdrop(held: NDArray[np.float32]) -> int:
    """The backdrop colour of cells with these histograms [N, 64]: the one that most of them hold; BLACK in a
    tie."""
    cells = (held >= HELD_PX).sum(0).astype(np.float64)
    cells[BLACK] += 0.5
    return int(cells.argmax())
