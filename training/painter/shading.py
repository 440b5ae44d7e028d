"""Shading: a shape becomes a lit thing with an outline; small pictures are drawn in characters.

Light falls from the top left. Shade 0 of a motif is transparent; HOLE is the backdrop where nothing of what
lies behind may show: dark openings, and the outline that keeps a thing apart from a wall's pattern.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Shades = NDArray[np.uint8]
"""uint8[16 h, 16 w] of 0..4: see `materials` and HOLE."""
HOLE = 4
"""The shade of a motif that is painted as the backdrop, shade 0, but hides what lies behind it."""
LEFT_LIT = np.array((0, 1, 1, 2, HOLE), np.uint8)
"""What the left half of a mirrored picture becomes on the right, away from the light."""


def blank(height_tile: int, width_tile: int) -> Shades:
    """So many cells of shade 0."""
    return np.zeros((16 * height_tile, 16 * width_tile), dtype=np.uint8)


def lit(mask: NDArray[np.bool_], light: int = 3, face: int = 2, dark: int = 1) -> Shades:
    """A shape bool[h, w] in shades: upper and left edges are light, lower and right ones dark."""
    around = np.pad(mask, 1)
    out = np.where(mask, face, 0).astype(np.uint8)
    out[mask & ~(around[2:, 1:-1] & around[1:-1, 2:])] = dark
    out[mask & ~(around[:-2, 1:-1] & around[1:-1, :-2])] = light
    return out


def outlined(piece: Shades) -> Shades:
    """A motif with an outline, one pixel wide, of HOLE around what is drawn."""
    drawn = np.pad((piece > 0) & (piece < HOLE), 1)
    beside = drawn[:-2, 1:-1] | drawn[2:, 1:-1] | drawn[1:-1, :-2] | drawn[1:-1, 2:]
    return np.where((piece == 0) & beside, HOLE, piece).astype(np.uint8)


def mirrored(half: Shades) -> Shades:
    """The left half of a motif and its mirror image, which lies in the shade."""
    return np.concatenate([half, LEFT_LIT[half[:, ::-1]]], axis=1)


def from_text(text: str, height_tile: int, width_tile: int) -> Shades:
    """A picture in characters as shades, standing on the bottom in the middle of so many cells.

    A digit is a shade, `#` is HOLE and `.` transparent.
    """
    rows = text.split()
    width = max(map(len, rows))
    out = np.zeros((16 * height_tile, 16 * width_tile), np.uint8)
    left = (out.shape[1] - width) // 2
    for y, row in enumerate(rows, len(out) - len(rows)):
        for x, character in enumerate(row, left):
            out[y, x] = 0 if character == "." else HOLE if character == "#" else int(character)
    return out
