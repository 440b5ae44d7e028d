"""Motifs of what fills a castle's rooms: curtains, banners, bookshelves, coffins, gears, clocks, chandeliers.

Every function turns a random generator into an array of shades, as in `materials`. Each is a whole thing over
several cells; what is opaque hides the wall behind it.
"""

from __future__ import annotations

import numpy as np
from numpy.random import Generator

from .materials import pick
from .shading import HOLE, Shades, blank, from_text, lit, mirrored, outlined

_FOLDS = np.array([1, 2, 3, 3, 2, 2, 1, HOLE], np.uint8)
"""Shades of one fold of cloth, 8 px wide."""


def curtain(rng: Generator, height_tile: int) -> Shades:
    """A pair of drapes under a valance, 4 cells wide; between them one sees what lies behind."""
    height = 16 * height_tile
    y, x = np.mgrid[0:height, 0:32]
    tied = height * pick(rng, 0.55, 0.65)
    gather = np.where(y < tied, 1 - 0.4 * (y / tied) ** 3, 0.6 + 0.25 * np.clip((y - tied) / 12, 0, 1))
    edge = np.where(y < 14, 32, 15.5 * gather)
    cloth = x < edge
    phase = (x * 16 / np.maximum(edge, 1)).astype(np.intp) * (1 if rng.random() < 0.5 else 2)
    half = np.where(cloth, _FOLDS[phase % 8], 0).astype(np.uint8)
    half[cloth & ~np.roll(cloth, -1, 1)] = 1
    knot = (np.abs(y - tied) < 2) & cloth
    half[knot] = 3
    half[np.roll(knot, 2, 0) & cloth] = 1
    half[-2:][cloth[-2:] & (half[-2:] < HOLE)] = 3
    out = np.concatenate([half, half[:, ::-1]], axis=1)
    above = np.tile(valance(rng), (1, 2))
    out[:16] = np.where(above > 0, above, out[:16])
    return outlined(out)


def valance(rng: Generator) -> Shades:
    """Cloth that hangs in swags from a rod, 16x32, that repeats sideways."""
    out = blank(1, 2)
    y, x = np.mgrid[0:16, 0:32]
    swag = pick(rng, 16, 32)
    sag = 4 + (6 if swag == 16 else 9) * np.sin(np.pi * (x % swag + 0.5) / swag)
    cloth = (y >= 2) & (y < sag + 2)
    out[cloth] = 2
    out[cloth & ((y + (sag * 1.4).astype(int)) % 5 == 0)] = 1
    out[(y >= sag) & (y < sag + 2) & cloth] = 3
    out[(y >= 2) & (y < 13) & ((x % swag < 2) | (x % swag >= swag - 1))] = 2
    out[(y >= 2) & (y < 13) & (x % swag == 0)] = 3
    out[0], out[1] = 3, 1
    return out


def banner(rng: Generator, height_tile: int) -> Shades:
    """A banner with a device, one cell wide, that hangs from a rod."""
    height = 16 * height_tile
    out = blank(height_tile, 1)
    y, x = np.mgrid[0:height, 0:16]
    off = np.abs(x - 7.5)
    ends = pick(rng, "point", "tails", "fringe")
    end = {"point": height - 1 - off * 0.9, "tails": height - 7 + off * 0.9, "fringe": height - 3.0 - 0 * off}
    cloth = (y >= 2) & (off < 6) & (y < end[ends])
    out[cloth] = 2
    out[cloth & (off > 4.6)] = 3
    out[cloth & (off > 4.6) & (x > 8)] = 1
    if ends == "fringe":
        out[(y >= height - 3) & (y < height - 1) & (off < 6) & (x % 2 == 0)] = 3
    device = pick(rng, "cross", "lozenge", "moon")
    dy = y - height * 0.42
    shape = {
        "cross": ((off < 1) & (np.abs(dy) < 6)) | ((np.abs(dy + 1) < 1) & (off < 4)),
        "lozenge": off + np.abs(dy) * 0.7 < 4,
        "moon": (np.hypot(off, dy) < 4.2) & (np.hypot(x - 9.5, dy) > 3.2),
    }
    out[shape[device] & cloth] = 3
    out[0:2, 1:15] = ((3,), (1,))
    out[0:2, 7:9] = 2
    return outlined(out)


def portrait(rng: Generator) -> Shades:
    """A portrait in a carved frame, 2 cells high and 2 wide: a head and shoulders, half in the dark."""
    out = blank(2, 2)
    y, x = np.mgrid[0:32, 0:32]
    off = np.abs(x - 15.5)
    oval = rng.random() < 0.4
    outer = (off / 12) ** 2 + ((y - 15.5) / 15) ** 2 < 1 if oval else (off < 12) & (y > 1) & (y < 31)
    inner = (off / 8.5) ** 2 + ((y - 15.5) / 11) ** 2 < 1 if oval else (off < 8) & (y > 5) & (y < 27)
    out[outer] = lit(outer)[outer]
    out[outer & ~inner & (out == 2) & ((x + y) % 4 == 0)] = 1
    out[inner] = HOLE
    wide = pick(rng, 2.6, 3.2)
    head = np.hypot(off, (y - 12) * 0.8) < wide
    body = (y > 15) & (off < 2 + (y - 15) * pick(rng, 0.8, 1.2)) & inner
    out[(head | body) & inner] = 2
    out[head & (x < 16)] = 3
    out[body & (x > 16)] = 1
    if rng.random() < 0.5:
        out[7:9, 12:20] = 1  # a hat
    return outlined(out)


def bookshelf(rng: Generator, height_tile: int, width_tile: int) -> Shades:
    """A bookcase: shelves of books one cell high, in a frame; two cells of books take turns."""
    cells = []
    for _ in range(2):
        cell = np.full((16, 16), HOLE, np.uint8)
        x = 0
        while x < 15:
            width = min(pick(rng, 2, 3, 3, 4), 16 - x)
            top = pick(rng, 2, 3, 3, 4, 5)
            cell[top:13, x : x + width - 1] = pick(rng, 1, 2, 2)
            cell[top:13, x] = pick(rng, 2, 3, 3)
            if width > 2 and rng.random() < 0.6:
                cell[top + 2, x : x + width - 1] = 3
                cell[10, x : x + width - 1] = 1
            x += width
            if rng.random() < 0.12:
                x += 2
        cell[13], cell[14], cell[15] = 3, 2, 1
        cells.append(cell)
    rows = [np.concatenate([cells[(r + c) % 2] for c in range(width_tile)], 1) for r in range(height_tile)]
    out = np.concatenate(rows)
    out[:, :3], out[:, -3:] = (3, 2, HOLE), (HOLE, 2, 1)
    out[0], out[1], out[2] = 3, 2, 1
    out[-3], out[-2], out[-1] = 3, 2, 1
    return out


def coffin(rng: Generator, standing: bool) -> Shades:
    """A coffin with a cross on its lid: 2 cells high where it stands, 2 wide where it lies."""
    if standing:
        out = blank(2, 1)
        y, x = np.mgrid[0:32, 0:16]
        half = np.where(y < 9, 4 + y * 0.34, 7.2 - (y - 9) * 0.13)
        lid = (np.abs(x - 7.5) < half) & (y > 0)
        out[:] = lit(lid)
        inner = lit((np.abs(x - 7.5) < half - 2.5) & (y > 3) & (y < 29))
        rim = inner > 0
        out[rim] = np.array((0, 3, 2, 1), np.uint8)[inner[rim]]
        out[7:20, 7:9] = out[10:12, 5:11] = 3
        out[7:20, 8] = out[11, 5:11] = 1
        return outlined(out)
    out = blank(1, 2)
    y, x = np.mgrid[0:16, 0:32]
    out[:] = lit((y > 7) & (x > 0) & (x < 31))
    out[4:8] = lit((np.abs(x - 15.5) < 12.5 + (y - 3)) & (y > 3) & (y < 8))[4:8]
    out[8, 1:31] = 1
    out[9, 1:31] = HOLE
    out[11:15, 5:27:7] = 3
    out[12, 4:8] = out[12, 11:15] = out[12, 18:22] = out[12, 25:29] = 3
    if rng.random() < 0.5:
        out[14:16, 0:32] = ((2,), (1,))
    return outlined(out)


def gear(rng: Generator, size_tile: int) -> Shades:
    """A toothed wheel with spokes, square, whose axle is in the middle."""
    size = 16 * size_tile
    y, x = np.mgrid[0:size, 0:size] - (size - 1) / 2
    far, turn = np.hypot(y, x), np.arctan2(y, x)
    teeth = {1: 8, 2: 12, 3: 16, 4: 20}[size_tile]
    radius, tooth, ring = size / 2 - 1, 2.0 + 0.7 * size_tile, 2.5 + 1.6 * size_tile
    edge = np.where(np.cos(turn * teeth) > 0, radius, radius - tooth)
    wheel = far < edge
    inner = radius - tooth - ring
    spokes = pick(rng, 4, 6) if size_tile > 1 else 0
    hollow = (far < inner) & (far > 2 + 1.4 * size_tile)
    if spokes:
        along = np.abs(np.sin(turn * spokes / 2)) * far * 2 / spokes
        hollow &= along > 0.8 + 0.45 * size_tile
    if size_tile > 1 or rng.random() < 0.5:
        wheel &= ~hollow
    out = lit(wheel)
    out[wheel & (np.abs(far - (radius - tooth - 1)) < 0.7) & (out == 2)] = 1
    hub = far < 1 + 0.9 * size_tile
    out[hub] = lit(hub)[hub]
    out[far < 0.5 + 0.35 * size_tile] = HOLE
    return outlined(out)


def clock(rng: Generator) -> Shades:
    """The face of a tower's clock, 3x3 cells."""
    y, x = np.mgrid[0:48, 0:48] - 23.5
    far = np.hypot(y, x)
    disc = far < 23
    out = lit(disc)
    out[(far < 20) & (far > 18.8)] = 1
    out[far < 18.8] = 3 if rng.random() < 0.5 else HOLE
    ink = 1 if out[24, 24] == 3 else 3
    for hour in range(12):
        turn = hour * np.pi / 6
        at = np.hypot(y - 15.5 * np.sin(turn), x - 15.5 * np.cos(turn))
        out[at < (2.2 if hour % 3 == 0 else 1.3)] = ink
    for length in (9, 14):
        pointed = int(rng.integers(12)) * np.pi / 6
        cos, sin = np.cos(pointed), np.sin(pointed)
        along, aside = x * cos + y * sin, np.abs(y * cos - x * sin)
        out[(along > -2) & (along < length) & (aside < 1.2)] = ink
    out[far < 2.6] = 2
    return outlined(out)


def pendulum(length_tile: int) -> Shades:
    """A pendulum of a clock, one cell wide: a rod and its bob."""
    out = blank(length_tile, 1)
    out[:-14, 7], out[:-14, 8] = 3, 1
    y, x = np.mgrid[0:16, 0:16]
    bob = lit(np.hypot(y - 8, x - 7.5) < 6.8)
    bob[np.hypot(y - 6, x - 5.5) < 2] = 3
    out[-16:] = np.where(bob > 0, bob, out[-16:])
    return outlined(out)


def chandelier(rng: Generator) -> Shades:
    """A chandelier on its chain, 2 cells high and 2 wide."""
    half = from_text(_CHANDELIER, 2, 1)
    out = mirrored(half)
    out[out == 4] = 0
    if rng.random() < 0.5:
        out[21:23, 2:30:4] = 3
    return outlined(out)


_CHANDELIER = """
..............3.
..............2.
..............1.
..............3.
..............2.
..............1.
.............23.
............223.
....2.......22.2
...23......222.2
...33...2...2..2
...33..23......2
....3..33....2.2
...33..33...32.2
...33...3...332.
...33..33....3.2
..2222.33...33.2
...22.2222..33.2
...2...22..22222
...22..22...22.2
....2222222222.2
.....22.222222.2
......222222222.
.........2222222
...........2..22
..............22
..............32
...............2
"""
