"""Motifs of the sky and the horizon: the moon, clouds, stars, dusk, far castles, mountains, a wood far away.

Every function turns a random generator into an array of shades, as in `materials`; shade 0 is transparent.
"""

from __future__ import annotations

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from .materials import pick
from .shading import Shades, blank, lit

PERIOD_TILE = 7
"""A horizon repeats after so many cells: half a screen."""


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
    """A cloud: a flat bank or two streaks, one cell high, or a heap of 2 cells."""
    width = 16 * width_tile
    make = pick(rng, "bank", "heap", "streaks") if width_tile > 2 else "bank"
    if make == "heap":
        out = blank(2, width_tile)
        y, x = np.mgrid[0:32, 0:width]
        body = np.zeros(out.shape, bool)
        for cx in range(9, width - 8, 7):
            rise = 1 - abs(cx - width / 2) / (width / 2)
            radius = 4 + 4 * rise * float(rng.uniform(0.5, 1.0))
            lift = 6 * rise * float(rng.uniform(0.4, 1.0))
            ball = np.hypot(x - cx, y - 24 + radius * 0.7 + lift) < radius
            ball |= (np.abs(x - cx) < radius) & (y > 24 - lift)
            ball &= y < 27
            body |= ball
            out[ball] = lit(ball)[ball]
        out[body & (y > 21) & (x % 2 == y % 2)] = 1
        out[body & (y > 23)] = 1
        return out
    out = blank(1, width_tile)
    y, x = np.mgrid[0:16, 0:width]
    if make == "streaks":
        for row, left, right in ((4, 8, 20), (6, 2, 10), (10, 12, 4), (12, 22, 12)):
            out[row, left : width - right] = 2
            out[row + 1, left + 4 : width - right - 6] = 1
        return out
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
    """A few stars, 64x32, that repeat on all sides; the largest is a cross."""
    out = blank(2, 4)
    for _ in range(int(rng.integers(4, 9))):
        y, x = rng.integers(1, 31), rng.integers(1, 63)
        out[y, x] = int(rng.integers(1, 4))
    if rng.random() < 0.4:
        y, x = rng.integers(3, 29), rng.integers(3, 61)
        out[y - 1 : y + 2, x] = out[y, x - 1 : x + 2] = 2
        out[y, x] = 3
    return out


def skyline(rng: Generator) -> Shades:
    """A horizon, 4 cells high and 14 wide, that repeats sideways: one dark shape with few lights."""
    make = pick(rng, _castle, _castle, _mountains, _town, _wood)
    return np.tile(make(rng), (1, 2))


def _tower(out: Shades, across: tuple[int, int], head: int, roof: str, lights: bool) -> None:
    """Draws a tower of a far castle whose wall begins at row `head`."""
    left, width = across
    right = min(left + width, out.shape[1])
    out[head:, left:right] = 1
    out[head:, left] = 2
    if roof == "spire":
        middle = left + (width - 1) / 2
        for y in range(max(0, head - 2 * width), head):
            half = (y - head + 2 * width) * (width / 2 + 1) / (2 * width)
            lo, hi = max(0, round(middle - half)), min(out.shape[1], round(middle + half) + 1)
            out[y, lo:hi] = 1
            out[y, lo] = 2
    else:
        overhang = slice(max(0, left - 1), min(right + 1, out.shape[1]))
        out[head : head + 3, overhang] = 1
        merlons = np.arange(out.shape[1])[overhang]
        out[head - 3 : head, merlons[(merlons - left) % 4 < 2]] = 1
        out[head, max(0, left - 1)] = 2
    if lights:
        at = left + width // 2
        for y in range(head + 6, min(head + 22, 56), 10):
            out[y : y + 3, at : at + (2 if width > 10 else 1)] = 3


def _castle(rng: Generator) -> Shades:
    """A castle of many towers on a rock, with lights in some windows."""
    out = blank(4, PERIOD_TILE)
    heart = int(rng.integers(40, 72))
    for _ in range(int(rng.integers(4, 7))):
        off = int(rng.integers(-34, 30))
        head = int(18 + abs(off) * 0.7 + rng.integers(-4, 8))
        width = pick(rng, 7, 8, 10, 12)
        _tower(out, (heart + off, width), max(head, 18), pick(rng, "spire", "merlons"), rng.random() < 0.6)
    keep = (heart - 6, pick(rng, 9, 14))
    _tower(out, keep, int(rng.integers(20, 28)), pick(rng, "spire", "merlons"), True)
    x = np.arange(out.shape[1])
    rock = 48 + np.round(np.abs(x - heart) * 0.16 + 2 * np.sin(x * np.pi / 8)).astype(int)
    out[np.arange(64)[:, None] >= np.minimum(rock, 60)] = 1
    return out


def _town(rng: Generator) -> Shades:
    """The gables of a town, with lights, and a church among them."""
    out = blank(4, PERIOD_TILE)
    y, x = np.mgrid[0:64, 0:112]
    for left in range(0, 112, 16):
        ridge, lean = int(rng.integers(34, 46)), pick(rng, 0.7, 1.0, 1.4)
        house = (x >= left) & (x < left + 16) & (y >= ridge + np.abs(x - left - 7.5) * lean)
        out[house] = 1
        out[house & ~np.roll(house, 1, 0)] = 2
        if rng.random() < 0.7:
            out[51:54, left + pick(rng, 4, 9) : left + 12 : 9] = 3
    at = 16 * int(rng.integers(1, 6)) + 2
    _tower(out, (at, 10), 32, "spire", True)
    return out


def _mountains(rng: Generator) -> Shades:
    """Two ranges of mountains, the nearer one darker, with light on their left slopes."""
    out = blank(4, PERIOD_TILE)
    x = np.arange(112)
    rows = np.arange(64)[:, None]
    for _ in range(int(rng.integers(2, 4))):
        at, peak, slope = int(rng.integers(112)), int(rng.integers(6, 30)), pick(rng, 0.5, 1.0, 1.0)
        off = (x - at + 56) % 112 - 56
        line = peak + (np.abs(off) * slope).astype(int) + (x // 3 % 2)
        rock = rows >= line
        out[rock] = 1
        flank = (off < 0) & rock & (rows < line + 5 + np.abs(off) // 3)
        out[flank] = 2
        out[flank & (rows < peak + 8)] = 3
    out[58:] = 1
    return out


def _wood(rng: Generator) -> Shades:
    """The tops of a wood of firs."""
    out = blank(4, PERIOD_TILE)
    y = np.arange(64)[:, None]
    for lift, shift in ((0, 0), (8, 8)):
        line: NDArray[np.float64] = np.full(112, 60.0)
        for left in range(0, 112, 16):
            peak = 26 + lift + int(rng.integers(0, 14))
            off = np.abs((np.arange(112) - left - 8 - shift + 56) % 112 - 56)
            line = np.minimum(line, peak + off * 2.6 - (off * 2.6 % 7) * 0.6)
        trees = y >= line
        out[trees] = 1
        if not lift:
            out[trees & ~np.roll(trees, 1, 1)] = 2
    return out
