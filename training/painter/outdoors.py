"""Motifs of what stands outside: trees, a wood, bushes, graves, fences.

Every function turns a random generator into an array of shades, as in `materials`; shade 0 is transparent.
"""

from __future__ import annotations

import numpy as np
from numpy.random import Generator

from .fixtures import arch_mask
from .materials import pick
from .shading import HOLE, Shades, blank, lit, outlined


def tree(rng: Generator, height_tile: int, width_tile: int, kind: str) -> Shades:
    """A tree of so many cells: "bare", "leafy" or "fir"."""
    if kind == "leafy":
        return _leafy(rng, height_tile, width_tile)
    if kind == "fir":
        return _fir(height_tile, width_tile)
    return _bare(rng, height_tile, width_tile)


def _leafy(rng: Generator, height_tile: int, width_tile: int) -> Shades:
    """A trunk under a round crown of clumps of leaves."""
    out = blank(height_tile, width_tile)
    height, width = out.shape
    y, x = np.mgrid[0:height, 0:width]
    middle, trunk, crown = width / 2 - 0.5, 1.5 + width_tile, height * 0.62
    stem = (np.abs(x - middle) < trunk + np.maximum(0, y - height + 7) * 0.8) & (y > crown * 0.7)
    out[:] = lit(stem)
    out[stem & (out == 2) & ((x + y // 3) % 5 == 0)] = 1
    clumps = [(middle, crown * 0.45)]
    for turn in np.arange(0, 2 * np.pi, np.pi / (1.5 + width_tile)):
        reach = rng.uniform(0.5, 0.62)
        at = crown * (0.52 + np.sin(turn) * reach * 0.5)
        clumps.append((middle + np.cos(turn) * width * reach * 0.62, at))
    radius = 3.4 + 1.9 * width_tile
    for column, row in (*sorted(clumps[1:], key=lambda clump: -clump[1]), clumps[0]):
        cx, cy = float(np.clip(column, radius, width - 1 - radius)), max(row, radius)
        far = np.hypot(x - cx, y - cy) + ((x * 3 + y * 5) % 4) * 0.4
        out[far < radius + 1] = HOLE
        out[far < radius] = 1
        out[np.hypot(x - cx + 1, y - cy + 1) + ((x * 5 + y * 3) % 4) * 0.5 < radius - 1.5] = 2
        out[np.hypot(x - cx + 2.5, y - cy + 3) + ((x + y * 2) % 3) < radius * 0.5] = 3
    return out


def _fir(height_tile: int, width_tile: int) -> Shades:
    """A fir: tiers of branches, each wider than the one above."""
    out = blank(height_tile, width_tile)
    height, width = out.shape
    y, x = np.mgrid[0:height, 0:width]
    off = np.abs(x - width / 2 + 0.5)
    out[(off < 2.5) & (y >= height - 9)] = 2
    out[(off < 2.5) & (y >= height - 9) & (x > width / 2)] = 1
    tiers = 2 * height_tile - 1
    tall = (height - 6) / tiers
    for tier in reversed(range(tiers)):
        top, foot = tier * tall * 0.96, (tier + 1) * tall + 4
        half = (y - top) * (0.25 + 0.75 * (tier + 1) / tiers) * (width / 2 - 1) / (foot - top)
        branch = (y >= top) & (y < foot - (x % 4 > 1) * 2) & (off < half)
        out[branch] = lit(branch)[branch]
        out[branch & (y > foot - 5)] = 1
        out[branch & (out == 3) & (x > width / 2)] = 2
    return outlined(out)


def _bare(rng: Generator, height_tile: int, width_tile: int) -> Shades:
    """A dead tree: its trunk forks into bare, crooked branches."""
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
            if not 2 < x < width - 3 or y < 2:  # the picture's edge would cut it off
                return
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
    return outlined(out)


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
    """A grave: a round or carved headstone, or a cross, of one cell, or a tall cross or an obelisk of 2."""
    shape = pick(rng, "round", "cross", "carved", "tall cross", "ringed cross", "obelisk")
    if shape in ("tall cross", "ringed cross", "obelisk"):
        return _tall_grave(shape)
    out = blank(1, 1)
    if shape == "round":
        stone = arch_mask(18, 16, 2, False)[:16]
        out[stone] = lit(stone)[stone]
        out[6, 5:11] = out[9, 5:11] = 1
    elif shape == "cross":
        out[1:16, 6:10] = out[4:8, 2:14] = 2
        out[1:16, 6] = out[4, 2:14] = 3
        out[7, 2:14] = out[1:16, 9] = 1
    else:
        out[3:16, 4:12] = 2
        out[3, 4:12] = out[3:16, 4] = 3
        out[4:16, 11] = 1
        out[6:12, 7:9] = out[7:9, 6:10] = HOLE
    out[14:16, 2:14] = 1
    out[14, 2:13] = 2
    return outlined(out)


def _tall_grave(shape: str) -> Shades:
    """A tall cross, one with a ring around it, or an obelisk, on two steps: 2 cells high."""
    y, x = np.mgrid[0:32, 0:16]
    off = np.abs(x - 7.5)
    if shape == "obelisk":
        stone = (off < 2.4 + y * 0.1) & (y > 2) & (y < 25) & (off < (y - 1) * 1.2)
    else:
        stone = ((off < 2) & (y > 1) & (y < 25)) | ((np.abs(y - 8.5) < 2) & (off < 6.5))
        if shape == "ringed cross":
            ring = np.hypot(off, y - 8.5)
            stone |= (ring < 6) & (ring > 3.6)
    out = lit(stone)
    for top, half in ((24, 5), (28, 7)):
        step = (y >= top) & (y < top + 4) & (off < half)
        out[step] = lit(step)[step]
    return outlined(out)


def fence(rng: Generator) -> tuple[Shades, Shades]:
    """Railings, 16x16, that repeat sideways, and a post of theirs."""
    out, post = blank(1, 1), blank(1, 1)
    make = pick(rng, "iron", "spears", "wood")
    gap = pick(rng, 4, 8)
    if make == "wood":
        for left in (1, 9):
            out[3:, left : left + 5] = 2
            out[3:, left], out[3:, left + 4] = 3, 1
            out[2, left + 1 : left + 4] = 3
        out[6, :] = out[12, :] = 3
        out[7, :] = out[13, :] = 1
    else:
        out[3:, 1::gap], out[3:, 2::gap] = 3 if make == "spears" else 2, 1
        if make == "spears":
            out[1:3, 1::gap], out[3, 0::gap], out[3, 2::gap] = 3, 2, 2
        else:
            out[2, 1::gap], out[4, 0::gap] = 3, 2
        out[6] = out[13] = 2
        out[7] = out[14] = 1
    y, x = np.mgrid[0:16, 0:16]
    stone = (np.abs(x - 7.5) < 5) & (y > 4)
    post[:] = lit(stone)
    post[3:5, 1:15] = ((3,), (1,))
    post[0:3, 5:11] = lit(np.ones((3, 6), bool))
    post[10, 4:12] = 1
    return out, post


def grove(rng: Generator) -> tuple[Shades, Shades]:
    """A wood behind everything, 4 cells wide, that repeats: its canopy, 2 cells high, and its trunks, 1."""
    canopy, trunks = blank(2, 4), blank(1, 4)
    y, x = np.mgrid[0:32, 0:64]
    for left in range(0, 64, 16):
        middle, half = left + 8 + int(rng.integers(-3, 4)), pick(rng, 2, 3, 3, 4)
        for piece in (canopy, trunks):
            piece[:, middle - half : middle + half] = 1
            piece[:, middle - half] = 2
    for row in (18, 12, 6, 0):
        for column in range(0, 64, 16):
            cx, cy = column + int(rng.integers(0, 16)), row + int(rng.integers(-2, 3))
            off = (x - cx + 32) % 64 - 32
            far = np.hypot(off, (y - cy) * 1.2) + (x * 3 + y * 5) % 4 * 0.5
            canopy[far < 9] = HOLE
            canopy[far < 8] = 1
            canopy[(np.hypot(off + 2, (y - cy + 2) * 1.2) + (x * 5 + y * 3) % 4 * 0.6 < 4.5)] = 2
    return canopy, trunks
