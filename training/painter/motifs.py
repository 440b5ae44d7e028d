"""Motifs of the painted corpus: functions from a random generator to level arrays.

A level array is uint8[16 h, 16 w] with values 0..3, the index into a sub-palette: 0 backdrop, 1 dark,
2 middle, 3 light. Light falls from the top left. Everything sits on the 16-px grid and repeats there
without a seam, so that a network can learn whole tiles.
"""

from __future__ import annotations

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

Levels = NDArray[np.uint8]

BRICK_BONDS = (
    (8, 16, 8), (8, 16, 8), (8, 8, 4), (4, 8, 4), (16, 32, 16), (16, 16, 8), (8, 16, 0), (8, 32, 16),
)  # fmt: skip
"""(height, width, shift of every second course), px."""
DIM_MAPS = ((0, 1, 1, 2), (0, 0, 1, 1), (1, 0, 0, 0), (0, 1, 1, 1), (0, 0, 0, 1), (0, 1, 1, 0), (0, 0, 1, 2))
"""What the levels of a solid tile become on a far wall: dark, few levels, so that solids stand out."""


def blank(height_tile: int, width_tile: int) -> Levels:
    """Empty levels of so many cells."""
    return np.zeros((16 * height_tile, 16 * width_tile), dtype=np.uint8)


def carve(labels: NDArray[np.intp], light: int = 3, dark: int = 1, face: int = 2) -> Levels:
    """Stones from a labelled torus: mortar between labels, light upper left, dark lower right edges."""
    mortar = (labels != np.roll(labels, -1, 0)) | (labels != np.roll(labels, -1, 1))
    out = np.full(labels.shape, face, dtype=np.uint8)
    out[np.roll(mortar, 1, 0) | np.roll(mortar, 1, 1)] = light
    out[np.roll(mortar, -1, 0) | np.roll(mortar, -1, 1)] = dark
    out[mortar] = 0
    return out


def bricks(rng: Generator, bond: tuple[int, int, int] | None = None) -> Levels:
    """Brickwork of one bond, 32x32, with a few chips at fixed places."""
    height, width, shift = bond or BRICK_BONDS[int(rng.integers(len(BRICK_BONDS)))]
    y, x = np.mgrid[0:32, 0:32]
    course = y // height
    labels = course * 100 + ((x + shift * (course % 2)) % 32) // width
    out = carve(labels)
    style = int(rng.integers(4))
    row = y % height
    if style == 0 and height > 4:  # flat bricks: only a bright upper edge
        out[(out == 3) & (row != 0)] = 2
    if style == 1:  # dark bricks with bright edges
        out[out == 2] = 2 if height < 8 else 1
    if height >= 8 and style >= 2:
        cx = int(rng.integers(2, 5))
        chip = (row == height // 2) & ((x + shift * (course % 2)) % width // 2 == cx)
        out[chip & (out == 2)] = 1
    return out


def flemish(rng: Generator) -> Levels:
    """Long and short bricks in turn, 32x32."""
    y, x = np.mgrid[0:32, 0:32]
    course = y // 8
    along = (x + 16 * (course % 2)) % 32
    long = int(rng.choice([20, 22]))
    out = carve(course * 100 + (along >= long))
    if rng.random() < 0.5:
        out[(along >= long) & (out == 2)] = 1
    return out


def hewn(rng: Generator) -> Levels:
    """One bevelled block a cell, with one of several faces, 16x16."""
    out = np.full((16, 16), 2, dtype=np.uint8)
    bevel = int(rng.integers(1, 3))
    for i in range(bevel):
        out[i, i : 15 - i] = 3
        out[i : 15 - i, i] = 3
        out[14 - i, i : 15 - i] = 1
        out[i : 15 - i, 14 - i] = 1
    out[15, :] = 0
    out[:, 15] = 0
    kind = int(rng.integers(8))
    if kind == 0:
        out[3:12:8, 3:12:8] = 1
        out[4:12:7, 4:12:7] = 3
    elif kind == 1:  # sunk panel
        out[4:11, 4:11] = 1
        out[10, 5:11] = 3
        out[5:11, 10] = 3
    elif kind == 2:  # raised stud
        out[5:10, 5:10] = 3
        out[9, 5:10] = 1
        out[5:10, 9] = 1
        out[6:9, 6:9] = 2
    elif kind == 3:  # diamond
        y, x = np.mgrid[0:16, 0:16]
        d = np.abs(y - 7) + np.abs(x - 7)
        out[d == 4] = np.where((y + x < 14), 1, 3)[d == 4]
    elif kind == 4:  # crack
        for y, x in ((3, 9), (4, 9), (5, 8), (6, 8), (7, 7), (7, 6), (8, 8), (9, 9), (10, 9), (11, 10)):
            out[y, x] = 0
            out[y, x + 1] = max(int(out[y, x + 1]), 3) if out[y, x + 1] else 0
    elif kind == 5:  # chips
        for _ in range(4):
            y, x = int(rng.integers(4, 11)), int(rng.integers(3, 11))
            out[y, x : x + 2] = 1
            out[y + 1, x + 1] = 3
    return out


def rubble(rng: Generator, size: int = 32, stones: int = 0) -> Levels:
    """Round stones grown round jittered sites on a torus, size x size."""
    per_row = stones or int(rng.choice([3, 4, 5]))
    step = size / per_row
    gy, gx = np.mgrid[0:per_row, 0:per_row]
    sy = (gy * step + rng.uniform(0, step * 0.6, gy.shape)).ravel()
    sx = (gx * step + (gy % 2) * step / 2 + rng.uniform(0, step * 0.6, gy.shape)).ravel()
    y, x = np.mgrid[0:size, 0:size]
    dy = np.abs(y[..., None] - sy) % size
    dx = np.abs(x[..., None] - sx) % size
    dy, dx = np.minimum(dy, size - dy), np.minimum(dx, size - dx)
    return carve(np.argmin(dy * dy * 1.5 + dx * dx, axis=-1))


def planks(rng: Generator) -> Levels:
    """Timber with grain, upright or lying, 16x16."""
    width = int(rng.choice([8, 16]))
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


def scales(rng: Generator) -> Levels:
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


def solid(rng: Generator, big: bool = True) -> Levels:
    """A solid material of any kind, 16x16 or 32x32; `big` allows blocks of 2x2 cells, which need room."""
    kind = rng.choice(9, p=[0.26, 0.08, 0.24, 0.1, 0.06, 0.05, 0.04, 0.1, 0.07])
    if kind == 0:
        return bricks(rng)
    if kind == 1:
        return flemish(rng)
    if kind == 2 or (kind == 7 and not big):
        return hewn(rng)
    if kind == 3:
        return rubble(rng)
    if kind == 4:
        return rubble(rng, 16, 2)
    if kind == 5:
        return planks(rng)
    if kind == 6:
        return scales(rng)
    if kind == 7:  # a big hewn block over 2x2 cells
        small = hewn(rng)
        out = np.full((32, 32), 2, dtype=np.uint8)
        out[0, :31] = out[:31, 0] = 3
        out[1, 1:30] = out[1:30, 1] = 3
        out[29:31, 1:31] = 1
        out[1:31, 29:31] = 1
        out[31] = out[:, 31] = 0
        out[9:23, 9:23] = small[1:15, 1:15]
        return out
    return bricks(rng, (16, 16, 8))


def top(rng: Generator, fill: Levels) -> Levels:
    """The walked-on edge of a material: its first row of cells with grass, slab, snow, dentils or iron."""
    width = fill.shape[1]
    out = fill[:16].copy()
    x = np.arange(width)
    kind = rng.choice(6, p=[0.27, 0.25, 0.12, 0.12, 0.12, 0.12])
    if kind == 0:  # grass or moss: hanging blades on a period of 16 px
        blades = np.array([4, 6, 7, 5, 3, 4, 5, 7, 8, 6, 4, 3, 5, 6, 5, 3])
        drop = np.roll(blades, int(rng.integers(16)))[x % 16] - int(rng.integers(2))
        for i in range(width):
            out[: drop[i], i] = 2
            out[: max(1, drop[i] // 2 - 1), i] = 3
            out[drop[i], i] = 0
        out[2, x % 4 == 1] = 2
    elif kind == 1:  # slab
        height = int(rng.choice([4, 5, 6]))
        out[:height] = 2
        out[0] = 3
        out[1, x % 16 < 12] = 3
        out[height - 1] = 1
        out[height] = 0
        out[:height, 15::16] = 1
        if rng.random() < 0.5:
            out[2 : height - 1, 7::16] = 1
    elif kind == 2:  # snow
        drop = np.array([5, 5, 6, 6, 5, 4, 3, 3, 4, 4, 5, 5, 4, 3, 4, 5])[x % 16]
        for i in range(width):
            out[: drop[i], i] = 3
            out[drop[i], i] = 0
    elif kind == 3:  # dentils
        out[:4] = 3
        out[3] = 1
        out[4:8] = np.where(x % 8 < 5, 2, 0)
        out[4:8, x % 8 == 4] = 1
        out[8] = 0
    elif kind == 4:  # iron lip with studs
        out[0], out[1:4], out[4], out[5] = 3, 2, 1, 0
        out[2, 3::8] = 3
        out[3, 4::8] = 1
    else:
        out[0] = 3
        out[1] = 3
        out[2] = 1
    return out


def dim(rng: Generator, fill: Levels) -> Levels:
    """A solid pattern pushed back to a far wall."""
    return np.array(DIM_MAPS[int(rng.integers(len(DIM_MAPS)))], dtype=np.uint8)[fill]


def far_wall(rng: Generator) -> Levels:
    """A backdrop wall, of 1 to 4 cells a side: stones, sparse bricks, panels, curtain, arcade, dither."""
    kind = rng.choice(8, p=[0.34, 0.16, 0.12, 0.08, 0.05, 0.17, 0.04, 0.04])
    y, x = np.mgrid[0:64, 0:64]
    if kind == 0:
        return dim(rng, solid(rng))
    if kind == 1:  # a few bricks left on darkness
        base = np.tile(np.array((0, 1, 1, 2), np.uint8)[bricks(rng, (8, 16, 8))], (2, 2))
        labels = ((y // 8) * 4 + ((x + 8 * (y // 8 % 2)) % 64) // 16) % 64
        chosen = rng.permutation(64)[: int(rng.integers(12, 26))]
        return np.where(np.isin(labels, chosen), base, 0).astype(np.uint8)
    if kind == 2:  # panels
        out = np.full((32, 32), 1, dtype=np.uint8)
        out[4:28, 4:28] = 0
        out[4, 4:28] = out[4:28, 4] = 0
        out[28, 4:29] = out[4:29, 28] = 2
        out[0] = out[:, 0] = 2
        out[31] = out[:, 31] = 0
        if rng.random() < 0.5:
            out[10:22, 10:22] = 1
            out[10, 10:22] = out[10:22, 10] = 2
        return out
    if kind == 3:  # curtain folds
        fold = np.array([0, 1, 1, 2, 2, 1, 1, 0], dtype=np.uint8)
        return np.tile(np.roll(fold, int(rng.integers(8))), (16, 2))
    if kind == 4:  # lattice
        out = np.zeros((16, 16), dtype=np.uint8)
        yy, xx = np.mgrid[0:16, 0:16]
        out[(yy + xx) % 16 < 2] = 1
        out[(yy - xx) % 16 < 2] = 1
        return out
    if kind == 5:  # arcade: arches 2 wide, 3 high, on a dim wall
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
    if kind == 6:
        out[(yy % 4 == 0) & (xx % 4 == 2 * (yy // 4 % 2))] = 1
    else:
        out[(yy + xx) % 2 == 0] = 1
    return out


def ledge(rng: Generator) -> Levels:
    """A thin one-way platform as left end, middle, right end: 16x48, the lower part empty."""
    out = blank(1, 3)
    thick = int(rng.choice([5, 6, 8]))
    out[:thick] = 2
    out[0] = 3
    out[thick - 1] = 1
    kind = int(rng.integers(4))
    if kind == 0:  # planks
        out[:thick, 7::8] = 0
        out[1 : thick - 1, 6::8] = 1
    elif kind == 1:  # bricks
        out[: thick - 1, 15::16] = 0
        out[: thick - 1, 0::16] = 3
        out[thick - 1 : thick + 2, 2::8] = 1
        out[thick - 1 : thick + 2, 3::8] = 1
    elif kind == 2:  # moulding
        out[thick : thick + 2, 1:47] = 1
        out[thick + 2, 3:45] = 2
        out[1, 1:47] = 3
    else:  # girder
        x = np.arange(48)
        for i in range(5):
            out[thick + i, (x % 16 == i) | (x % 16 == 15 - i)] = 2
        out[thick + 5, :] = 1
    for i in range(5):  # brackets at the ends
        out[thick + i, 2 : 7 - i] = 1
        out[thick + i, 41 + i : 46] = 1
        out[thick + i, 2] = 2
    out[:thick, 0] = 3
    out[:thick, 47] = 1
    return out


def stair(rng: Generator) -> Levels:
    """One cell of a stair rising to the right in two 8-px steps."""
    out = blank(1, 1)
    kind = int(rng.integers(3))
    for step in range(2):
        left, y = 8 * step, 8 - 8 * step
        out[y, left : left + 8] = 3
        out[y + 1 : y + 3, left : left + 8] = 2
        out[y + 3, left : left + 8] = 1
        out[y + 1 : y + 4, left + 7] = 1
        if kind == 0:
            out[y + 4 : y + 8, left + 3 : left + 8] = 1
            out[y + 4 : y + 6, left + 1 : left + 3] = 1
        elif kind == 1:
            out[y + 4 : y + 8, left : left + 8] = 2
            out[y + 7, left : left + 8] = 1
            out[y + 4 : y + 8, left] = 3
    if kind == 1:
        out[12:16, 8:] = 1
    return out


def breakable(rng: Generator) -> Levels:
    """A block that visibly differs: crossed crate, cracked stone, crumbling brick."""
    out = hewn(rng)
    kind = int(rng.integers(3))
    y, x = np.mgrid[0:16, 0:16]
    if kind == 0:
        out[:] = 1
        out[:15, :15][(np.abs(y - x) < 2)[:15, :15] | (np.abs(y + x - 14) < 2)[:15, :15]] = 2
        out[0:2, :15] = out[:15, 0:2] = 3
        out[13:15, :15] = out[:15, 13:15] = 2
        out[15] = out[:, 15] = 0
    elif kind == 1:
        out = bricks(rng, (8, 8, 4))[:16, :16].copy()
        out[3:6, 2:5] = 0
        out[10:13, 9:13] = 0
        out[5, 10:13] = 1
    else:
        for yy, xx in enumerate((7, 7, 6, 6, 5, 6, 7, 8, 7, 7, 8, 9)):
            out[yy, xx] = 0
        for xx in range(8, 14):
            out[5 + (xx - 8) // 2, xx] = 0
    return out


def spikes(rng: Generator) -> Levels:
    """A row of spikes, 16x16."""
    width = int(rng.choice([4, 8, 16]))
    y, x = np.mgrid[0:16, 0:16]
    half = np.abs(x % width - (width - 1) / 2) * (24 / width)
    out = np.where(half < y - 2, 2, 0).astype(np.uint8)
    out[(half < y - 2) & (x % width < width / 2 - 0.5)] = 3
    out[(half < y - 2) & (x % width >= width * 0.75)] = 1
    out[14:] = 1
    return out


def water(rng: Generator) -> tuple[Levels, Levels]:
    """(surface, body) of water, 16x32 and 32x32."""
    x = np.arange(32)
    wave = np.round(3 + 1.4 * np.sin(x * 2 * np.pi / int(rng.choice([16, 32])))).astype(int)
    surface, body = blank(1, 2), blank(2, 2)
    fill = int(rng.integers(3))  # black with lines, dark, dithered
    yy, xx = np.mgrid[0:32, 0:32]
    if fill == 1:
        body[:] = 1
    elif fill == 2:
        body[(yy + xx) % 2 == 0] = 1
    for k in range(6):
        y, left = 3 + 5 * k, int(rng.integers(0, 32))
        body[y, (left + np.arange(int(rng.integers(5, 10)))) % 32] = 2
        body[y + 1, (left + 3 + np.arange(3)) % 32] = 2 if fill == 0 else 0
    surface[:] = body[:16]
    for i in x:
        surface[: wave[i], i] = 0
        surface[wave[i], i] = 3
        surface[wave[i] + 1 : wave[i] + 3, i] = 2
        surface[wave[i] + 4, i] = 2 if i % 8 < 5 else 0
    return surface, body


def waterfall(rng: Generator) -> Levels:
    """Falling water, 32x16, repeating downwards."""
    out = np.full((32, 16), 1, dtype=np.uint8)
    for x in range(16):
        start, length = int(rng.integers(32)), int(rng.integers(8, 18))
        out[(start + np.arange(length)) % 32, x] = 2
        if x % 3 == 0:
            out[(start + np.arange(length // 2)) % 32, x] = 3
    out[:, 0] = out[:, 15] = 3
    return out
