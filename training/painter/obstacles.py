"""Motifs of what the hero meets: ledges, stairs, blocks that break, spikes, water.

Every function turns a random generator into an array of shades, as in `materials`.
"""

from __future__ import annotations

import numpy as np
from numpy.random import Generator

from .materials import bricks, hewn, pick
from .shading import Shades, blank


def ledge(rng: Generator) -> Shades:
    """A thin one-way platform, 16x48: its left end, its middle, its right end. The lower part is empty."""
    out = blank(1, 3)
    thick = pick(rng, 5, 6, 8)
    out[:thick] = 2
    out[0] = 3
    out[thick - 1] = 1
    make = pick(rng, "planks", "bricks", "moulding", "girder")
    if make == "planks":
        out[:thick, 7::8] = 0
        out[1 : thick - 1, 6::8] = 1
    elif make == "bricks":
        out[: thick - 1, 15::16] = 0
        out[: thick - 1, 0::16] = 3
        out[thick - 1 : thick + 2, 2::8] = out[thick - 1 : thick + 2, 3::8] = 1
    elif make == "moulding":
        out[thick : thick + 2, 1:47] = 1
        out[thick + 2, 3:45] = 2
        out[1, 1:47] = 3
    else:
        x = np.arange(48)
        for i in range(5):
            out[thick + i, (x % 16 == i) | (x % 16 == 15 - i)] = 2
        out[thick + 5, :] = 1
    for i in range(5):  # brackets at the ends
        out[thick + i, 2 : 7 - i] = out[thick + i, 41 + i : 46] = 1
        out[thick + i, 2] = 2
    out[:thick, 0] = 3
    out[:thick, 47] = 1
    return out


def stair(rng: Generator) -> Shades:
    """One cell of a stair that rises to the right in two steps of 8 px."""
    out = blank(1, 1)
    make = pick(rng, "braced", "solid", "open")
    for step in range(2):
        left, y = 8 * step, 8 - 8 * step
        out[y, left : left + 8] = 3
        out[y + 1 : y + 3, left : left + 8] = 2
        out[y + 3, left : left + 8] = out[y + 1 : y + 4, left + 7] = 1
        if make == "braced":
            out[y + 4 : y + 8, left + 3 : left + 8] = 1
            out[y + 4 : y + 6, left + 1 : left + 3] = 1
        elif make == "solid":
            out[y + 4 : y + 8, left : left + 8] = 2
            out[y + 7, left : left + 8] = 1
            out[y + 4 : y + 8, left] = 3
    if make == "solid":
        out[12:16, 8:] = 1
    return out


def breakable(rng: Generator) -> Shades:
    """A block that can be seen to break: a crate, crumbling bricks, a cracked stone; 16x16."""
    out = hewn(rng)
    make = pick(rng, "crate", "bricks", "stone")
    y, x = np.mgrid[0:16, 0:16]
    if make == "crate":
        out[:] = 1
        out[:15, :15][(np.abs(y - x) < 2)[:15, :15] | (np.abs(y + x - 14) < 2)[:15, :15]] = 2
        out[0:2, :15] = out[:15, 0:2] = 3
        out[13:15, :15] = out[:15, 13:15] = 2
        out[15] = out[:, 15] = 0
    elif make == "bricks":
        out = bricks(rng, (8, 8, 4))[:16, :16].copy()
        out[3:6, 2:5] = out[10:13, 9:13] = 0
        out[5, 10:13] = 1
    else:
        for yy, xx in enumerate((7, 7, 6, 6, 5, 6, 7, 8, 7, 7, 8, 9)):
            out[yy, xx] = 0
        for xx in range(8, 14):
            out[5 + (xx - 8) // 2, xx] = 0
    return out


def spikes(rng: Generator) -> Shades:
    """A row of spikes, 16x16."""
    width = pick(rng, 4, 8, 16)
    y, x = np.mgrid[0:16, 0:16]
    half = np.abs(x % width - (width - 1) / 2) * (24 / width)
    out = np.where(half < y - 2, 2, 0).astype(np.uint8)
    out[(half < y - 2) & (x % width < width / 2 - 0.5)] = 3
    out[(half < y - 2) & (x % width >= width * 0.75)] = 1
    out[14:] = 1
    return out


def water(rng: Generator) -> tuple[Shades, Shades]:
    """Water as (surface, body), 16x32 and 32x32."""
    x = np.arange(32)
    wave = np.round(3 + 1.4 * np.sin(x * 2 * np.pi / pick(rng, 16, 32))).astype(int)
    surface, body = blank(1, 2), blank(2, 2)
    depth = pick(rng, "black", "dark", "dithered")
    yy, xx = np.mgrid[0:32, 0:32]
    if depth == "dark":
        body[:] = 1
    elif depth == "dithered":
        body[(yy + xx) % 2 == 0] = 1
    for k in range(6):
        y, left = 3 + 5 * k, int(rng.integers(0, 32))
        body[y, (left + np.arange(int(rng.integers(5, 10)))) % 32] = 2
        body[y + 1, (left + 3 + np.arange(3)) % 32] = 2 if depth == "black" else 0
    surface[:] = body[:16]
    for i in x:
        surface[: wave[i], i] = 0
        surface[wave[i], i] = 3
        surface[wave[i] + 1 : wave[i] + 3, i] = 2
        surface[wave[i] + 4, i] = 2 if i % 8 < 5 else 0
    return surface, body


def waterfall(rng: Generator) -> Shades:
    """Falling water, 32x16, that repeats downwards."""
    out = np.full((32, 16), 1, dtype=np.uint8)
    for x in range(16):
        start, length = int(rng.integers(32)), int(rng.integers(8, 18))
        out[(start + np.arange(length)) % 32, x] = 2
        if x % 3 == 0:
            out[(start + np.arange(length // 2)) % 32, x] = 3
    out[:, 0] = out[:, 15] = 3
    return out
