"""The shades of an art file's pixels: as if drawn for the NES.

Transparent and nearly black pixels become 0, the others 1 to 3 by the rank of their lightness. Painted with a
sub-palette a tile then looks as if it had been drawn for the NES; matching its colours would turn dark greys
brown.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ..painter.shading import Shades

Lightness = NDArray[np.float32]
"""Lightness 0..255 of each pixel, NaN where it is transparent."""
DARK = 26.0
"""Lightness below which a pixel of a tile counts as black. (by eye)"""


def lightness_of(rgba: NDArray[np.uint8]) -> Lightness:
    """RGBA uint8[h, w, 4] -> lightness float32[h, w]."""
    red, green, blue = np.moveaxis(rgba[..., :3].astype(np.float32), -1, 0)
    grey = 0.299 * red + 0.587 * green + 0.114 * blue  # a matrix product rounds equal pixels differently
    return np.where(rgba[..., 3] >= 128, grey, np.float32(np.nan)).astype(np.float32)


def ranked(lightness: Lightness) -> Shades:
    """Lightness float32[h, w] -> shades uint8[h, w]."""
    seen = np.nan_to_num(lightness, nan=0.0)
    lit = seen >= DARK
    shades = np.zeros(seen.shape, np.uint8)
    if lit.any():
        _, where, count = np.unique(seen[lit], return_inverse=True, return_counts=True)
        middle = (np.cumsum(count) - count / 2) / count.sum()
        shades[lit] = np.minimum(1 + (3 * middle).astype(np.uint8), 3)[where]
    return shades


def halved(part: Lightness) -> Lightness:
    """The second lightest of each 2x2 px: a mean would blur edges, the lightest would thicken them."""
    height, width = (side // 2 * 2 for side in part.shape)
    blocks = part[:height, :width].reshape(height // 2, 2, width // 2, 2).swapaxes(1, 2)
    ordered = np.sort(blocks.reshape(height // 2, width // 2, 4), axis=2)  # NaN last
    shown = np.isfinite(ordered).sum(axis=2)
    picked = np.take_along_axis(ordered, np.maximum(shown - 2, 0)[..., None], axis=2)[..., 0]
    return np.where(shown >= 2, picked, np.float32(np.nan)).astype(np.float32)
