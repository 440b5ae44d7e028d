"""The rim of a sprite, and how well it is seen before walls: CIELAB's L* along it.

A *rim pixel* is one beside a transparent pixel or beside the frame's edge. What the eye takes for an edge
there is a step in lightness: from the wall that shows in the transparent pixel to the rim pixel, or to what
the rim pixel encloses, which are the pixels that touch it, corners included, and are themselves no rim. So a
dark outline is seen before light walls, and the light band inside it before dark ones. That is how sprites of
the NES are drawn that have to stand before anything.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from generator.nes.palette import PALETTE_L

SEEN_L = 20.0
"""From this step on, L*, an edge is seen. (the bar of docs/FIGHT.md)"""
SIDES = ((-1, 0), (1, 0), (0, -1), (0, 1))
"""Rows and columns from a pixel to its neighbours."""
AROUND = (*SIDES, (-1, -1), (-1, 1), (1, -1), (1, 1))
"""The same, corners included."""
MASKS = 16
"""Sets of the digits 0 to 3, a bit each."""
_IN_MASK = np.arange(MASKS)[:, None] >> np.arange(1, 4)[None] & 1 > 0
"""bool[16, 3]: whether a set has the digits 1, 2 and 3."""


class Rim(NamedTuple):
    """The rim positions of a frame [h, w], n of them: a rim pixel and one side where it is open."""

    outside: NDArray[np.int64]
    """int64[n, 2]: row and column of the transparent pixel; -1, h or w beside the frame."""
    edge: NDArray[np.int64]
    """int64[n, 2]: row and column of the rim pixel."""
    touching: NDArray[np.int64]
    """int64[n, 8, 2]: rows and columns of what it encloses; (-1, -1) where nothing is left."""


def rim_of(pixels: NDArray[np.uint8]) -> Rim:
    """The rim of a frame's pixels, uint8[h, w] of 0 (transparent) to 3."""
    opaque = np.pad(pixels > 0, 2)
    high, wide = opaque.shape
    core = np.s_[1 : high - 1, 1 : wide - 1]

    def beside(of: NDArray[np.bool_], side: tuple[int, int]) -> NDArray[np.bool_]:
        return of[1 + side[0] : high - 1 + side[0], 1 + side[1] : wide - 1 + side[1]]

    within = np.zeros_like(opaque)
    within[core] = opaque[core] & np.logical_and.reduce([beside(opaque, side) for side in SIDES])
    outside, edge = [], []
    for side in SIDES:
        at = np.argwhere(opaque[core] & ~beside(opaque, side)) + 1
        edge.append(at)
        outside.append(at + side)
    edges = np.concatenate(edge)
    around = edges[:, None, :] + np.array(AROUND)[None]
    enclosed = within[around[..., 0], around[..., 1]]
    touching = np.where(enclosed[..., None], around - 2, -1)
    return Rim(np.concatenate(outside) - 2, edges - 2, touching)


def steps(rim: Rim, lightness: NDArray[np.float64], walls: NDArray[np.float64]) -> NDArray[np.float64]:
    """float64[2, n], L*: the steps from walls to the rim pixels, and the greatest to what they enclose.

    lightness: float64[h, w] of the sprite's pixels. walls: float64[n] of what is seen in `outside`. 0 where
    nothing is enclosed.
    """
    outline = np.abs(lightness[rim.edge[:, 0], rim.edge[:, 1]] - walls)
    inner = np.abs(lightness[rim.touching[..., 0], rim.touching[..., 1]] - walls[:, None])
    inside = np.where(rim.touching[..., 0] >= 0, inner, 0.0).max(axis=1, initial=0.0)
    return np.stack([outline, inside])


def rim_digits(pixels: NDArray[np.uint8]) -> NDArray[np.int64]:
    """int64[16]: how many rim positions of a frame show which set of digits, rim pixel and enclosed."""
    rim = rim_of(pixels)
    masks = 1 << pixels[rim.edge[:, 0], rim.edge[:, 1]].astype(np.int64)
    inner = 1 << pixels[rim.touching[..., 0], rim.touching[..., 1]].astype(np.int64)
    masks = masks | np.bitwise_or.reduce(np.where(rim.touching[..., 0] >= 0, inner, 0), axis=1)
    return np.bincount(masks, minlength=MASKS).astype(np.int64)


def rim_seen(digits: NDArray[np.int64], palette: tuple[int, int, int], walls: NDArray[np.float64]) -> float:
    """The share of rim positions that are seen, 0..1, before walls of which so large a share, float64[64],
    has each colour of the NES."""
    apart = np.abs(PALETTE_L[list(palette)][:, None] - PALETTE_L[None, :]) >= SEEN_L
    shown = (_IN_MASK[:, :, None] & apart[None]).any(axis=1)
    return float(digits @ (shown @ walls)) / max(1, int(digits.sum()))
