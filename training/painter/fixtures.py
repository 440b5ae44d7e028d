"""Larger motifs of the painted corpus: windows, columns, doors, trees, graves, skies.

Level arrays as in `motifs`; 0 is see-through where a motif is laid over another of the same sub-palette.
"""

from __future__ import annotations

import numpy as np
from numpy.random import Generator

from .motifs import Levels, blank


def column(rng: Generator, width_tile: int) -> tuple[Levels, Levels, Levels]:
    """(capital, shaft, foot), each one cell high and 1 or 2 cells wide."""
    width = 16 * width_tile
    shaft, capital, foot = blank(1, width_tile), blank(1, width_tile), blank(1, width_tile)
    margin = int(rng.choice([1, 2, 3])) * width_tile
    x = np.arange(width)
    inside = (x >= margin) & (x < width - margin)
    t = (x - margin) / (width - 2 * margin)
    kind = int(rng.integers(4))
    if kind == 0:  # round
        tone = np.where(t < 0.12, 2, np.where(t < 0.38, 3, np.where(t < 0.7, 2, 1)))
    elif kind == 1:  # fluted
        tone = np.array([3, 2, 1, 0])[(x - margin) % 4]
    elif kind == 2:  # square pier
        tone = np.where(t < 0.18, 3, np.where(t < 0.75, 2, 1))
    else:  # dark with light rim
        tone = np.where(t < 0.15, 3, np.where(t < 0.55, 1, np.where(t < 0.75, 2, 1)))
    shaft[:] = np.where(inside, tone, 0)
    if kind >= 2:
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
    """bool[height, width]: an arch standing on the bottom, `inset` px within the frame."""
    y, x = np.mgrid[0:height, 0:width]
    half = width / 2 - inset
    off = np.abs(x - (width - 1) / 2)
    if pointed:
        rise = half * 1.5
        span = half * np.sqrt(np.clip((y - inset + 0.5) / rise, 0, 1))
        return np.asarray((off < span) & (y >= inset) & (y < height - inset))
    drop = half - np.sqrt(np.clip(half * half - off * off, 0, None))
    return np.asarray((off < half) & (y >= inset + drop) & (y < height - inset))


def window(rng: Generator, height_tile: int, width_tile: int) -> Levels:
    """An arched, pointed, barred or stained window of so many cells."""
    height, width = 16 * height_tile, 16 * width_tile
    out = blank(height_tile, width_tile)
    pointed = bool(rng.random() < 0.5)
    edge = int(rng.choice([0, 1])) + (width_tile - 1)
    outer = arch_mask(height, width, edge, pointed)
    rim = arch_mask(height, width, edge + 2, pointed)
    glass = arch_mask(height, width, edge + 3, pointed)
    out[outer] = 2
    out[outer & ~np.roll(outer, 1, 1)] = 3
    out[rim] = 0
    kind = int(rng.integers(4))
    y, x = np.mgrid[0:height, 0:width]
    mid = width // 2
    if kind == 0:  # lit panes
        out[glass] = 3
        out[glass & (y % 8 == 7)] = 0
        out[glass & ((x == mid) | (x == mid - 1))] = 0
    elif kind == 1:  # stained lozenges
        pane = ((x + y) // 4 + (x - y + 64) // 4) % 3
        out[glass] = (pane + 1).astype(np.uint8)[glass]
        out[glass & (((x + y) % 8 == 0) | ((x - y) % 8 == 0))] = 0
    elif kind == 2:  # bars before darkness
        out[glass & (x % 4 == 1)] = 2
        out[glass & (x % 4 == 2)] = 1
        out[glass & (y % 16 == 8)] = 2
    else:  # dusk: light low, dark above
        out[glass] = 1
        out[glass & (y > height * 0.45)] = 2
        out[glass & (y > height * 0.7)] = 3
        out[glass & ((x == mid) | (y % 12 == 11))] = 0
    out[height - 3 : height - 1, edge : width - edge] = 3
    out[height - 1, edge : width - edge] = 1
    return out


def door(rng: Generator, height_tile: int, width_tile: int) -> Levels:
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
    out[inner] = 0
    if rng.random() < 0.75:
        leaf = inner & (y > 5)
        out[leaf] = 1
        out[leaf & (x % 4 == 0)] = 0
        out[leaf & (x % 4 == 1)] = 2
        for band in (height // 3, height - 8):
            out[leaf & ((y == band) | (y == band + 1))] = 2
            out[leaf & (y == band) & (x % 4 == 2)] = 3
        out[height // 2 + 2 : height // 2 + 4, width - 7 : width - 5] = 3
    return out


def tree(rng: Generator, height_tile: int, width_tile: int) -> Levels:
    """A dead tree: a trunk that forks, with bare crooked branches and roots."""
    height, width = 16 * height_tile, 16 * width_tile
    mask = np.zeros((height, width), dtype=bool)

    def limb(x: float, y: float, angle: float, length: float, girth: float) -> None:
        steps = int(length)
        for i in range(steps):
            r = max(0.6, girth * (1 - 0.45 * i / steps))
            lo, hi = int(x - r), int(x + r)
            if 0 <= int(y) < height:
                mask[int(y), max(0, lo) : max(0, min(width, hi + 1))] = True
                if r < 1 and int(y) + 1 < height and 0 <= lo < width:
                    mask[int(y) + 1, lo] = True
            x += np.cos(angle)
            y -= np.sin(angle)
            angle += float(rng.normal(0, 0.11))
        if girth > 0.85 and length > 6:
            for turn in (rng.uniform(0.4, 0.9), -rng.uniform(0.4, 0.9)):
                limb(x, y, angle + turn, length * rng.uniform(0.65, 0.95), girth * 0.62)

    trunk = width_tile * 1.6
    limb(width / 2, height - 1, np.pi / 2 + rng.uniform(-0.15, 0.15), height * 0.36, trunk)
    for i in range(5):
        mask[height - 1 - i, max(0, int(width / 2 - trunk - 4 + i)) : int(width / 2 + trunk + 5 - i)] = True
    out = np.where(mask, 2, 0).astype(np.uint8)
    left = mask & ~np.roll(mask, 1, 1)
    right = mask & ~np.roll(mask, -1, 1)
    out[right] = 1
    out[left & np.roll(mask, -1, 1)] = 3
    return out


def bush(rng: Generator, width_tile: int) -> Levels:
    """A round clump of leaves, one cell high."""
    width = 16 * width_tile
    y, x = np.mgrid[0:16, 0:width]
    out = blank(1, width_tile)
    for cx in range(4, width, 8):
        lift = int(rng.integers(0, 5)) if 4 < cx < width - 5 else 5
        d = (x - cx + 0.5) ** 2 + (y - 7 - lift) ** 2
        out[d < 36] = 1
        out[d < 28] = 2
        out[(x - cx + 2) ** 2 + (y - 5 - lift) ** 2 < 6] = 3
    out[13:, 2 : width - 2] = np.where((x[13:, 2 : width - 2] + y[13:, 2 : width - 2]) % 3 == 0, 2, 1)
    out[(out == 2) & ((x * 3 + y * 5) % 11 == 0)] = 1
    return out


def grave(rng: Generator) -> Levels:
    """A headstone or a cross, 16x16."""
    out = blank(1, 1)
    kind = int(rng.integers(3))
    if kind == 0:
        stone = arch_mask(18, 16, 2, False)[:16]
        out[stone] = 2
        out[stone & ~np.roll(stone, 1, 1)] = 3
        out[stone & ~np.roll(stone, -1, 1)] = 1
        out[stone & ~np.roll(stone, 1, 0)] = 3
        out[6, 5:11] = out[9, 5:11] = 1
    elif kind == 1:
        out[1:16, 6:10] = 2
        out[4:8, 2:14] = 2
        out[1:16, 6] = 3
        out[4, 2:14] = 3
        out[7, 2:14] = 1
        out[1:16, 9] = 1
    else:
        out[3:16, 4:12] = 2
        out[3, 4:12] = out[3:16, 4] = 3
        out[4:16, 11] = 1
        out[6:12, 7:9] = 0
        out[7:9, 6:10] = 0
    out[14:16, 2:14] = 1
    out[14, 2:13] = 2
    return out


def fence(rng: Generator) -> Levels:
    """Iron railings, 16x16."""
    out = blank(1, 1)
    gap = int(rng.choice([4, 8]))
    out[3:, 1::gap] = 2
    out[3:, 2::gap] = 1
    out[2, 1::gap] = 3
    out[4, 0::gap] = 2
    out[6] = out[13] = 2
    out[7] = out[14] = 1
    return out


def chain(rng: Generator) -> Levels:
    """Links, 16x16, repeating downwards."""
    out = blank(1, 1)
    for y in range(0, 16, 8):
        out[y : y + 5, 6] = 3
        out[y : y + 5, 9] = 1
        out[y, 7:9] = 2
        out[y + 4, 7:9] = 2
        out[y + 4 : y + 8, 7] = 2
        out[y + 5 : y + 8, 8] = 1
    return out


def candle(rng: Generator) -> Levels:
    """A candle, a wall torch, a candelabrum or a lantern, 16x16."""
    out = blank(1, 1)

    def flame(x: int, y: int) -> None:
        out[y : y + 5, x : x + 2] = 2
        out[y + 2 : y + 4, x : x + 2] = 3
        out[y, x] = 0

    kind = int(rng.integers(4))
    if kind == 0:
        flame(7, 1)
        out[6:13, 6:10] = 3
        out[6:13, 9] = 2
        out[12:14, 4:12] = 2
        out[14, 5:11] = 1
    elif kind == 1:
        out[1:7, 5:11] = 2
        out[0:3, 7] = 2
        out[3:7, 7:9] = 3
        out[7:9, 4:12] = 2
        out[9:15, 7:9] = 1
        out[7, 4:12] = 3
    elif kind == 2:
        for x in (2, 7, 12):
            flame(x, 0 if x == 7 else 3)
            out[(6 if x == 7 else 8) : 11, x : x + 2] = 3
        out[10:12, 2:14] = 2
        out[12:16, 7:9] = 2
        out[15, 4:12] = 1
    else:
        out[2:14, 4:12] = 1
        out[4:12, 5:11] = 2
        out[5:11, 6:10] = 3
        out[2, 5:11] = out[13, 5:11] = 2
        out[0:2, 7:9] = 2
        out[4:12, 8] = 2
    return out


def statue(rng: Generator) -> Levels:
    """A hooded or winged figure of stone on a plinth, 2 high, 1 wide."""
    out = blank(2, 1)
    y, x = np.mgrid[0:32, 0:16]
    body = (np.abs(x - 7.5) < 2 + (y - 6) * 0.2) & (y > 6) & (y < 24)
    head = (x - 7.5) ** 2 + (y - 5) ** 2 < 12
    if rng.random() < 0.5:
        off = np.abs(x - 7.5)
        body |= (off > 3) & (off < 7.5) & (y > 4 + off / 3) & (y < 20 - off)
    shape = body | head | ((y >= 24) & (np.abs(x - 7.5) < 7))
    out[shape] = 2
    out[shape & ~np.roll(shape, 1, 1)] = 3
    out[shape & (x > 9)] = 1
    out[4:6, 6:8] = 0
    out[24, 1:15] = 3
    out[28, 2:14] = 1
    return out


def moon(rng: Generator, size_tile: int) -> Levels:
    """A full or waning moon with craters."""
    size = 16 * size_tile
    y, x = np.mgrid[0:size, 0:size]
    d = np.hypot(x - size / 2 + 0.5, y - size / 2 + 0.5)
    radius = size / 2 - 2
    disc = d < radius
    out = np.where(disc, 3, 0).astype(np.uint8)
    out[disc & (np.hypot(x - size * 0.38, y - size * 0.38) > radius * 0.98)] = 2
    for _ in range(3 * size_tile):
        cy, cx = rng.uniform(size * 0.25, size * 0.75, 2)
        out[disc & (np.hypot(x - cx, y - cy) < rng.uniform(1.2, size / 14))] = 2
    if rng.random() < 0.25:
        out[np.hypot(x - size * 0.68, y - size * 0.4) < radius * 0.8] = 0
    return out


def cloud(rng: Generator, width_tile: int) -> Levels:
    """A flat cloud bank one cell high."""
    width = 16 * width_tile
    y, x = np.mgrid[0:16, 0:width]
    out = blank(1, width_tile)
    for cx in range(6, width - 4, 6):
        r = float(rng.uniform(3, 6.5)) * (0.6 if cx < 10 or cx > width - 12 else 1)
        out[((x - cx) ** 2 / 1.6 + (y - 12) ** 2 < r * r * 1.4) & (y < 13)] = 1
        out[((x - cx + 2) ** 2 / 1.6 + (y - 11) ** 2 < r * r * 0.6) & (y < 12)] = 2
    out[12, 2 : width - 2] = 1
    out[14, 6 : width - 9] = 1
    return out


def stars(rng: Generator) -> Levels:
    """A sparse starry cell, 32x32, on a torus."""
    out = blank(2, 2)
    for _ in range(int(rng.integers(3, 6))):
        y, x = rng.integers(1, 31, 2)
        out[y, x] = int(rng.integers(1, 4))
    return out


def skyline(rng: Generator) -> Levels:
    """Mountains or a far castle, 4 cells high and 14 wide, repeating sideways."""
    out = blank(4, 14)
    y, x = np.mgrid[0:64, 0:224]
    line = np.full(224, 60.0)
    if rng.random() < 0.5:
        for _ in range(int(rng.integers(4, 8))):
            cx, peak, slope = rng.integers(224), rng.integers(4, 36), rng.uniform(0.5, 1.2)
            off = np.minimum(np.abs(np.arange(224) - cx), 224 - np.abs(np.arange(224) - cx))
            line = np.minimum(line, peak + off * slope)
        line = np.round(line / 2) * 2
        rock = y >= line
        out[rock] = 1
        out[rock & (y < line + 7 + (x * 5 % 7)) & (np.gradient(line)[x] < 0)] = 2
    else:
        line[:] = 48
        for _ in range(int(rng.integers(5, 9))):
            left, width = int(rng.integers(0, 200)), int(rng.choice([8, 10, 14, 20]))
            head = int(rng.integers(14, 40))
            line[left : left + width] = np.minimum(line[left : left + width], head)
            tower = (x >= left) & (x < left + width) & (y >= head)
            out[tower] = 1
            if width < 12:  # spire
                spire = np.abs(x - left - width / 2 + 0.5) < (y - head + 14) * 0.4
                out[spire & (y < head) & (y > head - 14)] = 1
            else:  # battlements
                merlon = (x >= left) & (x < left + width) & ((x - left) % 4 < 2)
                out[merlon & (y >= head - 3) & (y < head)] = 1
            out[tower & (x == left)] = 2
            out[tower & (y > head + 5) & (y < head + 9) & (np.abs(x - left - width // 2) < 1)] = 3
        out[y >= 52] = 1
    return out
