"""Motifs of what is built into a castle: columns, windows, doors, chains, candles.

Every function turns a random generator into an array of shades, as in `materials`; shade 0 is transparent
where a motif lies over another one of the same sub-palette.
"""

from __future__ import annotations

import numpy as np
from numpy.random import Generator

from .materials import pick
from .shading import HOLE, Shades, blank, lit, outlined


def column(rng: Generator, width_tile: int) -> tuple[Shades, Shades, Shades]:
    """A column as (capital, shaft, foot), each one cell high and 1 or 2 cells wide."""
    width = 16 * width_tile
    shaft, capital, foot = blank(1, width_tile), blank(1, width_tile), blank(1, width_tile)
    margin = pick(rng, 1, 2, 3) * width_tile
    x = np.arange(width)
    inside = (x >= margin) & (x < width - margin)
    t = (x - margin) / (width - 2 * margin)
    shape = pick(rng, "round", "fluted", "square", "rimmed")
    if shape == "round":
        tone = np.where(t < 0.12, 2, np.where(t < 0.38, 3, np.where(t < 0.7, 2, 1)))
    elif shape == "fluted":
        tone = np.array([3, 2, 1, 0])[(x - margin) % 4]
    elif shape == "square":
        tone = np.where(t < 0.18, 3, np.where(t < 0.75, 2, 1))
    else:  # dark, with a light rim
        tone = np.where(t < 0.15, 3, np.where(t < 0.55, 1, np.where(t < 0.75, 2, 1)))
    shaft[:] = np.where(inside, tone, 0)
    if shape in ("square", "rimmed"):
        shaft[15, inside] = 0
        shaft[0, inside] = np.maximum(shaft[0, inside], 2)
    capital[:] = shaft
    foot[:] = shaft
    for y, grow in ((0, 3), (1, 3), (2, 3), (3, 2), (4, 1), (5, 1), (7, 0), (8, 1)):
        lo, hi = max(0, margin - grow * width_tile), min(width, width - margin + grow * width_tile)
        for piece, yy in ((capital, y), (foot, 15 - y)):
            piece[yy] = 0
            piece[yy, lo:hi] = 2
            piece[yy, lo : lo + 2] = 3
            piece[yy, hi - 2 : hi] = 1
    capital[0, 1:-1] = 3
    capital[6] = foot[9] = np.where(inside, 1, 0)
    foot[15, :] = np.where(foot[15] > 0, 1, 0)
    return capital, shaft, foot


def arch_mask(height: int, width: int, inset: int, pointed: bool) -> np.ndarray:
    """An arch that stands on the bottom, `inset` px inside the frame: bool[height, width]."""
    y, x = np.mgrid[0:height, 0:width]
    half = width / 2 - inset
    off = np.abs(x - (width - 1) / 2)
    if pointed:
        rise = half * 1.5
        span = half * np.sqrt(np.clip((y - inset + 0.5) / rise, 0, 1))
        return np.asarray((off < span) & (y >= inset) & (y < height - inset))
    drop = half - np.sqrt(np.clip(half * half - off * off, 0, None))
    return np.asarray((off < half) & (y >= inset + drop) & (y < height - inset))


def window(rng: Generator, height_tile: int, width_tile: int) -> Shades:
    """A round or pointed window of so many cells: with panes, stained glass, bars or the dusk in it."""
    height, width = 16 * height_tile, 16 * width_tile
    out = blank(height_tile, width_tile)
    pointed = bool(rng.random() < 0.5)
    edge = pick(rng, 0, 1) + (width_tile - 1)
    outer = arch_mask(height, width, edge, pointed)
    rim = arch_mask(height, width, edge + 2, pointed)
    glass = arch_mask(height, width, edge + 3, pointed)
    out[outer] = 2
    out[outer & ~np.roll(outer, 1, 1)] = 3
    out[rim] = HOLE
    glazing = pick(rng, "lit panes", "lozenges", "bars", "dusk")
    y, x = np.mgrid[0:height, 0:width]
    mid = width // 2
    if glazing == "lit panes":
        out[glass] = 3
        out[glass & (y % 8 == 7)] = 0
        out[glass & ((x == mid) | (x == mid - 1))] = 0
    elif glazing == "lozenges":
        pane = ((x + y) // 4 + (x - y + 64) // 4) % 3
        out[glass] = (pane + 1).astype(np.uint8)[glass]
        out[glass & (((x + y) % 8 == 0) | ((x - y) % 8 == 0))] = 0
    elif glazing == "bars":
        out[glass & (x % 4 == 1)] = 2
        out[glass & (x % 4 == 2)] = 1
        out[glass & (y % 16 == 8)] = 2
    else:  # light below, dark above
        out[glass] = 1
        out[glass & (y > height * 0.45)] = 2
        out[glass & (y > height * 0.7)] = 3
        out[glass & ((x == mid) | (y % 12 == 11))] = 0
    out[glass & (out == 0)] = HOLE
    out[height - 3 : height - 1, edge : width - edge] = 3
    out[height - 1, edge : width - edge] = 1
    return out


def door(rng: Generator, height_tile: int, width_tile: int) -> Shades:
    """An arched door of planks with iron bands, or a dark gateway."""
    height, width = 16 * height_tile, 16 * width_tile
    out = blank(height_tile, width_tile)
    pointed = bool(rng.random() < 0.4)
    y, x = np.mgrid[0:height, 0:width]
    outer = arch_mask(height + 4, width, 0, pointed)[:height]
    inner = arch_mask(height + 8, width, 3, pointed)[:height]
    out[outer] = 2
    out[outer & ((x + y) % 8 == 0)] = 1
    out[outer & ~np.roll(outer, 1, 1)] = 3
    out[inner] = HOLE
    if rng.random() < 0.75:
        leaf = inner & (y > 5)
        out[leaf] = 1
        out[leaf & (x % 4 == 0)] = HOLE
        out[leaf & (x % 4 == 1)] = 2
        for band in (height // 3, height - 8):
            out[leaf & ((y == band) | (y == band + 1))] = 2
            out[leaf & (y == band) & (x % 4 == 2)] = 3
        out[height // 2 + 2 : height // 2 + 4, width - 7 : width - 5] = 3
    return out


def chain() -> tuple[Shades, Shades]:
    """Links of a chain, 16x16, that repeat downwards, and its end: a ring that once held somebody."""
    out = blank(1, 1)
    for y in range(0, 16, 8):
        out[y : y + 5, 6] = 3
        out[y : y + 5, 9] = 1
        out[y, 7:9] = out[y + 4, 7:9] = out[y + 4 : y + 8, 7] = 2
        out[y + 5 : y + 8, 8] = 1
    end = out.copy()
    y, x = np.mgrid[0:16, 0:16]
    far = np.hypot(x - 7.5, y - 9.5)
    end[6:] = lit((far < 5.5) & (far > 3))[6:]
    return outlined(out), outlined(end)


def candle(rng: Generator) -> Shades:
    """A candle, a wall torch, a candelabrum or a lantern, 16x16."""
    out = blank(1, 1)

    def flame(x: int, y: int) -> None:
        out[y : y + 5, x : x + 2] = 2
        out[y + 2 : y + 4, x : x + 2] = 3
        out[y, x] = 0

    shape = pick(rng, "candle", "lantern", "candelabrum", "torch")
    if shape == "candle":
        flame(7, 1)
        out[6:13, 6:10] = 3
        out[6:13, 9] = out[12:14, 4:12] = 2
        out[14, 5:11] = 1
    elif shape == "lantern":
        out[1:7, 5:11] = out[0:3, 7] = 2
        out[3:7, 7:9] = 3
        out[7:9, 4:12] = 2
        out[9:15, 7:9] = 1
        out[7, 4:12] = 3
    elif shape == "candelabrum":
        for x in (2, 7, 12):
            flame(x, 0 if x == 7 else 3)
            out[(6 if x == 7 else 8) : 11, x : x + 2] = 3
        out[10:12, 2:14] = out[12:16, 7:9] = 2
        out[15, 4:12] = 1
    else:
        out[2:14, 4:12] = 1
        out[4:12, 5:11] = 2
        out[5:11, 6:10] = 3
        out[2, 5:11] = out[13, 5:11] = out[0:2, 7:9] = 2
        out[4:12, 8] = 2
    return outlined(out)
