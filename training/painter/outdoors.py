"""Motifs of what stands outside and in the sky: trees, bushes, graves, fences, the moon, clouds, stars.

Every function turns a random generator into an array of shades, as in `materials`; shade 0 is transparent.
"""

from __future__ import annotations

import numpy as np
from numpy.random import Generator

from .fixtures import arch_mask
from .materials import Shades, blank, pick


def tree(rng: Generator, height_tile: int, width_tile: int) -> Shades:
    """A dead tree of so many cells: its trunk forks into bare, crooked branches."""
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


def bush(rng: Generator, width_tile: int) -> Shades:
    """Round clumps of leaves, one cell high."""
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


def grave(rng: Generator) -> Shades:
    """A round or a carved headstone, or a cross, 16x16."""
    out = blank(1, 1)
    shape = pick(rng, "round", "cross", "carved")
    if shape == "round":
        stone = arch_mask(18, 16, 2, False)[:16]
        out[stone] = 2
        out[stone & ~np.roll(stone, 1, 1)] = 3
        out[stone & ~np.roll(stone, -1, 1)] = 1
        out[stone & ~np.roll(stone, 1, 0)] = 3
        out[6, 5:11] = out[9, 5:11] = 1
    elif shape == "cross":
        out[1:16, 6:10] = out[4:8, 2:14] = 2
        out[1:16, 6] = out[4, 2:14] = 3
        out[7, 2:14] = out[1:16, 9] = 1
    else:
        out[3:16, 4:12] = 2
        out[3, 4:12] = out[3:16, 4] = 3
        out[4:16, 11] = 1
        out[6:12, 7:9] = out[7:9, 6:10] = 0
    out[14:16, 2:14] = 1
    out[14, 2:13] = 2
    return out


def fence(rng: Generator) -> Shades:
    """Iron railings, 16x16."""
    out = blank(1, 1)
    gap = pick(rng, 4, 8)
    out[3:, 1::gap] = 2
    out[3:, 2::gap] = 1
    out[2, 1::gap] = 3
    out[4, 0::gap] = out[6] = out[13] = 2
    out[7] = out[14] = 1
    return out


def moon(rng: Generator, size_tile: int) -> Shades:
    """A full or waning moon with craters, square."""
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


def cloud(rng: Generator, width_tile: int) -> Shades:
    """A flat cloud bank one cell high."""
    width = 16 * width_tile
    y, x = np.mgrid[0:16, 0:width]
    out = blank(1, width_tile)
    for cx in range(6, width - 4, 6):
        r = float(rng.uniform(3, 6.5)) * (0.6 if cx < 10 or cx > width - 12 else 1)
        out[((x - cx) ** 2 / 1.6 + (y - 12) ** 2 < r * r * 1.4) & (y < 13)] = 1
        out[((x - cx + 2) ** 2 / 1.6 + (y - 11) ** 2 < r * r * 0.6) & (y < 12)] = 2
    out[12, 2 : width - 2] = out[14, 6 : width - 9] = 1
    return out


def dusk() -> Shades:
    """A sky that grows lighter downwards, 3 cells high and 1 wide: three dithers of shade 1."""
    out = blank(3, 1)
    y, x = np.mgrid[0:48, 0:16]
    out[(y < 16) & (y % 4 == 0) & (x % 4 == 2 * (y // 4 % 2))] = 1
    out[(y >= 16) & (y < 32) & (y % 2 == 0) & (x % 2 == y // 2 % 2)] = 1
    out[(y >= 32) & ((x + y) % 2 == 0)] = 1
    return out


def stars(rng: Generator) -> Shades:
    """A few stars, 32x32, that repeat on all sides."""
    out = blank(2, 2)
    for _ in range(int(rng.integers(3, 6))):
        y, x = rng.integers(1, 31, 2)
        out[y, x] = int(rng.integers(1, 4))
    return out


def skyline(rng: Generator) -> Shades:
    """Mountains or a far castle, 4 cells high and 14 wide, that repeat sideways."""
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
            left, width = int(rng.integers(0, 200)), pick(rng, 8, 10, 14, 20)
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
