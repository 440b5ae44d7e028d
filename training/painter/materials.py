"""Motifs of what walls and ground are made of: bricks, hewn blocks, rubble, planks, and the far wall behind.

Every function turns a random generator into an array of shades, uint8[16 h, 16 w] of 0..3: the number of a
colour in a sub-palette, which is 0 the backdrop, 1 dark, 2 middle, 3 light. Light falls from the top left.
Everything sits on the 16 px grid and repeats there without a seam, so that a network can learn whole tiles.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from .shading import Shades

T = TypeVar("T")

BRICK_BONDS = (
    (8, 16, 8), (8, 16, 8), (8, 8, 4), (4, 8, 4), (16, 32, 16), (16, 16, 8), (8, 16, 0), (8, 32, 16),
)  # fmt: skip
"""Height and width of a brick, and the shift of every second course, in px."""
DIM_MAPS = ((0, 1, 1, 2), (0, 0, 1, 1), (1, 0, 0, 0), (0, 1, 1, 1), (0, 0, 0, 1), (0, 1, 1, 0), (0, 0, 1, 2))
"""What the shades of a solid material become on a far wall: dark and few, so that solids stand out."""
DARKER = np.array((0, 0, 1, 2), np.uint8)
"""Each shade, one darker."""
SOLID_ODDS = {
    "bricks": 0.26, "flemish": 0.08, "hewn": 0.24, "rubble": 0.1, "pebbles": 0.06, "planks": 0.05,
    "scales": 0.04, "big block": 0.1, "courses": 0.07,
}  # fmt: skip
"""What solids are made of, and how often. (by eye)"""
EDGE_ODDS = {"grass": 0.27, "slab": 0.25, "snow": 0.12, "dentils": 0.12, "iron": 0.12, "plain": 0.12}
"""What the ground's upper edge is, and how often. (by eye)"""
WALL_ODDS = {
    "stones": 0.34, "a few bricks": 0.16, "panels": 0.12, "curtain": 0.08, "lattice": 0.05, "arcade": 0.17,
    "dots": 0.04, "chequers": 0.04,
}  # fmt: skip
"""What far walls are made of, and how often. (by eye)"""


def pick(rng: Generator, *options: T) -> T:
    """One of the options; each is as likely as the others."""
    return options[int(rng.integers(len(options)))]


def pick_weighted(rng: Generator, odds: Mapping[str, float]) -> str:
    """One of the names, with its odds, which sum to 1."""
    return list(odds)[int(rng.choice(len(odds), p=list(odds.values())))]


def carve(labels: NDArray[np.intp], light: int = 3, dark: int = 1, face: int = 2) -> Shades:
    """Stones from pixels that are numbered by stone; the picture repeats on all sides.

    Mortar, shade 0, lies between two numbers. A stone's upper and left edges are light, the others dark.
    """
    mortar = (labels != np.roll(labels, -1, 0)) | (labels != np.roll(labels, -1, 1))
    out = np.full(labels.shape, face, dtype=np.uint8)
    out[np.roll(mortar, 1, 0) | np.roll(mortar, 1, 1)] = light
    out[np.roll(mortar, -1, 0) | np.roll(mortar, -1, 1)] = dark
    out[mortar] = 0
    return out


def bricks(rng: Generator, bond: tuple[int, int, int] | None = None) -> Shades:
    """Brickwork of one bond, 32x32, with a chip in every brick of some walls."""
    height, width, shift = bond or pick(rng, *BRICK_BONDS)
    y, x = np.mgrid[0:32, 0:32]
    course = y // height
    labels = course * 100 + ((x + shift * (course % 2)) % 32) // width
    out = carve(labels)
    finish = pick(rng, "flat", "dark", "chipped", "chipped")
    row = y % height
    if finish == "flat" and height > 4:  # only the upper edge is bright
        out[(out == 3) & (row != 0)] = 2
    if finish == "dark":  # with bright edges
        out[out == 2] = 2 if height < 8 else 1
    if height >= 8 and finish == "chipped":
        cx = int(rng.integers(2, 5))
        chip = (row == height // 2) & ((x + shift * (course % 2)) % width // 2 == cx)
        out[chip & (out == 2)] = 1
    return out


def flemish(rng: Generator) -> Shades:
    """Long and short bricks in turn, 32x32."""
    y, x = np.mgrid[0:32, 0:32]
    course = y // 8
    along = (x + 16 * (course % 2)) % 32
    long = pick(rng, 20, 22)
    out = carve(course * 100 + (along >= long))
    if rng.random() < 0.5:
        out[(along >= long) & (out == 2)] = 1
    return out


def hewn(rng: Generator) -> Shades:
    """One bevelled block with one of several faces, 16x16."""
    out = np.full((16, 16), 2, dtype=np.uint8)
    bevel = int(rng.integers(1, 3))
    for i in range(bevel):
        out[i, i : 15 - i] = out[i : 15 - i, i] = 3
        out[14 - i, i : 15 - i] = out[i : 15 - i, 14 - i] = 1
    out[15, :] = out[:, 15] = 0
    face = pick(rng, "rivets", "panel", "stud", "diamond", "crack", "chips", "plain", "plain")
    if face == "rivets":
        out[3:12:8, 3:12:8] = 1
        out[4:12:7, 4:12:7] = 3
    elif face == "panel":
        out[4:11, 4:11] = 1
        out[10, 5:11] = out[5:11, 10] = 3
    elif face == "stud":
        out[5:10, 5:10] = 3
        out[9, 5:10] = out[5:10, 9] = 1
        out[6:9, 6:9] = 2
    elif face == "diamond":
        y, x = np.mgrid[0:16, 0:16]
        d = np.abs(y - 7) + np.abs(x - 7)
        out[d == 4] = np.where((y + x < 14), 1, 3)[d == 4]
    elif face == "crack":
        for y, x in ((3, 9), (4, 9), (5, 8), (6, 8), (7, 7), (7, 6), (8, 8), (9, 9), (10, 9), (11, 10)):
            out[y, x] = 0
            out[y, x + 1] = max(int(out[y, x + 1]), 3) if out[y, x + 1] else 0
    elif face == "chips":
        for _ in range(4):
            y, x = int(rng.integers(4, 11)), int(rng.integers(3, 11))
            out[y, x : x + 2] = 1
            out[y + 1, x + 1] = 3
    return out


def rubble(rng: Generator, size: int = 32, stones: int = 0) -> Shades:
    """Round stones, size x size px: each pixel belongs to the stone whose middle is nearest."""
    per_row = stones or pick(rng, 3, 4, 5)
    step = size / per_row
    gy, gx = np.mgrid[0:per_row, 0:per_row]
    sy = (gy * step + rng.uniform(0, step * 0.6, gy.shape)).ravel()
    sx = (gx * step + (gy % 2) * step / 2 + rng.uniform(0, step * 0.6, gy.shape)).ravel()
    y, x = np.mgrid[0:size, 0:size]
    dy = np.abs(y[..., None] - sy) % size
    dx = np.abs(x[..., None] - sx) % size
    dy, dx = np.minimum(dy, size - dy), np.minimum(dx, size - dx)
    return carve(np.argmin(dy * dy * 1.5 + dx * dx, axis=-1))


def planks(rng: Generator) -> Shades:
    """Planks with grain, upright or lying, 16x16."""
    width = pick(rng, 8, 16)
    out = np.full((16, 16), 2, dtype=np.uint8)
    out[:, ::width] = 3
    out[:, width - 2 :: width] = 1
    out[:, width - 1 :: width] = 0
    for start in range(0, 16, width):
        gx = start + int(rng.integers(2, width - 3))
        gy = int(rng.integers(0, 16))
        out[(np.arange(7) + gy) % 16, gx] = 1
    if rng.random() < 0.5:
        out[1::8, 1::width] = 0
    return out if rng.random() < 0.5 else out.T.copy()


def scales(rng: Generator) -> Shades:
    """Overlapping round shingles, 16x16."""
    y, x = np.mgrid[0:16, 0:16]
    course = y // 8
    cx = (x + 4 * (course % 2)) % 8 - 3.5
    cy = y % 8
    out = np.full((16, 16), 2, dtype=np.uint8)
    edge = cx * cx + (cy - 2) ** 2 * 0.7
    out[cy < 2] = 1
    out[(edge > 14) & (cy > 2)] = 0
    out[(cx < -1.6) & (cy >= 2) & (edge <= 14)] = 3
    return out


def solid(rng: Generator, big: bool = True) -> Shades:
    """A solid material of any kind, 16x16 or 32x32; `big` allows blocks of 2x2 cells, which need room."""
    make = pick_weighted(rng, SOLID_ODDS)
    if make == "big block" and big:
        small = hewn(rng)
        out = np.full((32, 32), 2, dtype=np.uint8)
        out[0, :31] = out[:31, 0] = 3
        out[1, 1:30] = out[1:30, 1] = 3
        out[29:31, 1:31] = out[1:31, 29:31] = 1
        out[31] = out[:, 31] = 0
        out[9:23, 9:23] = small[1:15, 1:15]
        return out
    if make == "pebbles":
        return rubble(rng, 16, 2)
    if make == "courses":
        return bricks(rng, (16, 16, 8))
    plain = {"bricks": bricks, "flemish": flemish, "rubble": rubble, "planks": planks, "scales": scales}
    return plain.get(make, hewn)(rng)


def top(rng: Generator, fill: Shades) -> Shades:
    """The edge of a material that is walked on: its first row of cells under grass, a slab, snow ..."""
    width = fill.shape[1]
    out = fill[:16].copy()
    x = np.arange(width)
    edge = pick_weighted(rng, EDGE_ODDS)
    if edge == "grass":  # or moss: blades that hang down and repeat every 16 px
        blades = np.array([4, 6, 7, 5, 3, 4, 5, 7, 8, 6, 4, 3, 5, 6, 5, 3])
        drop = np.roll(blades, int(rng.integers(16)))[x % 16] - int(rng.integers(2))
        for i in range(width):
            out[: drop[i], i] = 2
            out[: max(1, drop[i] // 2 - 1), i] = 3
            out[drop[i], i] = 0
        out[2, x % 4 == 1] = 2
    elif edge == "slab":
        height = pick(rng, 4, 5, 6)
        out[:height] = 2
        out[0] = out[1, x % 16 < 12] = 3
        out[height - 1] = 1
        out[height] = 0
        out[:height, 15::16] = 1
        if rng.random() < 0.5:
            out[2 : height - 1, 7::16] = 1
    elif edge == "snow":
        drop = np.array([5, 5, 6, 6, 5, 4, 3, 3, 4, 4, 5, 5, 4, 3, 4, 5])[x % 16]
        for i in range(width):
            out[: drop[i], i] = 3
            out[drop[i], i] = 0
    elif edge == "dentils":
        out[:4] = 3
        out[3] = 1
        out[4:8] = np.where(x % 8 < 5, 2, 0)
        out[4:8, x % 8 == 4] = 1
        out[8] = 0
    elif edge == "iron":  # a lip with studs
        out[0], out[1:4], out[4], out[5] = 3, 2, 1, 0
        out[2, 3::8] = 3
        out[3, 4::8] = 1
    else:
        out[0] = out[1] = 3
        out[2] = 1
    return out


def dim(rng: Generator, fill: Shades) -> Shades:
    """A solid material as a far wall shows it."""
    return np.array(pick(rng, *DIM_MAPS), dtype=np.uint8)[fill]


def far_wall(rng: Generator) -> tuple[str, Shades]:
    """What a far wall is made of, one of WALL_ODDS, and its picture, of 1 to 4 cells a side."""
    make = pick_weighted(rng, WALL_ODDS)
    return make, _far_wall(rng, make)


def _far_wall(rng: Generator, make: str) -> Shades:
    y, x = np.mgrid[0:64, 0:64]
    if make == "stones":
        return dim(rng, solid(rng))
    if make == "a few bricks":
        base = np.tile(np.array((0, 1, 1, 2), np.uint8)[bricks(rng, (8, 16, 8))], (2, 2))
        labels = ((y // 8) * 4 + ((x + 8 * (y // 8 % 2)) % 64) // 16) % 64
        chosen = rng.permutation(64)[: int(rng.integers(12, 26))]
        return np.where(np.isin(labels, chosen), base, 0).astype(np.uint8)
    if make == "panels":
        out = np.full((32, 32), 1, dtype=np.uint8)
        out[4:28, 4:28] = out[4, 4:28] = out[4:28, 4] = 0
        out[28, 4:29] = out[4:29, 28] = 2
        out[0] = out[:, 0] = 2
        out[31] = out[:, 31] = 0
        if rng.random() < 0.5:
            out[10:22, 10:22] = 1
            out[10, 10:22] = out[10:22, 10] = 2
        return out
    if make == "curtain":
        fold = np.array([0, 1, 1, 2, 2, 1, 1, 0], dtype=np.uint8)
        return np.tile(np.roll(fold, int(rng.integers(8))), (16, 2))
    if make == "lattice":
        out = np.zeros((16, 16), dtype=np.uint8)
        yy, xx = np.mgrid[0:16, 0:16]
        out[(yy + xx) % 16 < 2] = out[(yy - xx) % 16 < 2] = 1
        return out
    if make == "arcade":  # arches 2 cells wide and 3 high on a dim wall
        out = np.tile(np.array((0, 0, 1, 1), np.uint8)[bricks(rng, (8, 16, 8))], (2, 1))[:64]
        yy, xx = np.mgrid[0:64, 0:32]
        dist = np.hypot(xx - 15.5, np.minimum(yy - 22, 0))
        out[(yy >= 6) & (dist < 13.5)] = 1
        out[(yy >= 6) & (dist < 13.5) & (xx < 15) & (dist > 12)] = 2
        out[(yy >= 8) & (dist < 11)] = 0
        out[58:62] = 1
        out[58] = 2
        out[62:] = 0
        return out
    out = np.zeros((16, 16), dtype=np.uint8)
    yy, xx = np.mgrid[0:16, 0:16]
    if make == "dots":
        out[(yy % 4 == 0) & (xx % 4 == 2 * (yy // 4 % 2))] = 1
    else:
        out[(yy + xx) % 2 == 0] = 1
    return out
