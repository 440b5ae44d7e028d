"""Motifs that a wall is built up with: arcades, cornices and bases, vaults, gateways, bars, balustrades.

Every function turns a random generator into an array of shades, as in `materials`. What is stacked, such
as an arcade, has its head in the first rows, then one row that may be repeated, then its foot.
"""

from __future__ import annotations

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from .fixtures import arch_mask
from .materials import BRICK_BONDS, bricks, pick
from .shading import HOLE, Shades, blank, lit, outlined

WALL_MAPS = ((0, 1, 1, 2, HOLE), (0, 1, 2, 2, HOLE), (0, 1, 2, 3, HOLE), (0, 1, 2, 3, HOLE))
"""What the shades of built stone become on a far wall."""
CROWN_PX = 12
"""From the top of an arcade's bay to the top of its opening."""
RING_PX = 5
"""Thickness of an arch's ring of stones."""


def _spandrel(rng: Generator, height: int, width: int) -> Shades:
    """Masonry between arches, uint8[height, width]."""
    if rng.random() < 0.4:
        return np.full((height, width), 2, np.uint8)
    stones = bricks(rng, pick(rng, *BRICK_BONDS[:2], (16, 16, 8)))
    stones = np.array((1, 2, 2, 2), np.uint8)[stones] if rng.random() < 0.6 else stones
    tiled: Shades = np.tile(stones, (-(-height // 32), -(-width // 32)))[:height, :width]
    return np.where(tiled == 0, HOLE, tiled).astype(np.uint8)


def _moulding(out: Shades, y: int, height: int) -> None:
    """Draws a projecting band across a motif."""
    out[y : y + height] = 2
    out[y] = 3
    out[y + height - 1] = 1
    if y + height < len(out):
        out[y + height] = HOLE


def arcade(rng: Generator, width_tile: int) -> Shades:
    """One bay of an arcade: a pier one cell wide, and beside it an opening under an arch.

    It repeats sideways. It has two rows of head where the opening is narrow, else three, then a row of shaft
    and a row of foot.
    """
    width = 16 * width_tile
    half = (width - 16) / 2
    pointed = bool(rng.random() < 0.35)
    rise = half * (1.35 if pointed else 1.0)
    spring = 16 * int(np.ceil((CROWN_PX + rise) / 16))
    height = spring + 32
    y, x = np.mgrid[0:height, 0:width]
    middle = 16 + half - 0.5
    off = np.minimum(np.abs(x - middle), np.abs(x - middle + width))
    up = np.maximum(spring - y - 0.5, 0)
    if pointed:  # two circles of a radius larger than half the span
        radius = (half * half + rise * rise) / (2 * half)
        far = np.hypot(off + radius - half, up)
    else:
        radius = half
        far = np.hypot(off, up)
    above, inside = y < spring, far < radius
    out = _spandrel(rng, height, width)
    ring = above & ~inside & (far < radius + RING_PX)
    joint = np.floor(np.arctan2(up, off + radius - half) * 3.2 + 0.5)
    out[ring] = 2
    out[ring & (far < radius + 1.2)] = 3
    out[ring & (joint != np.roll(joint, 1, 0)) & (off > 2)] = 1
    out[above & ~inside & (far >= radius + RING_PX) & (far < radius + RING_PX + 1)] = HOLE
    _moulding(out, 0, 4)
    out[above & inside] = out[spring:, 16:] = HOLE
    out[spring:, :16] = _pier(rng, height - spring)
    return out


def _pier(rng: Generator, height: int) -> Shades:
    """A pier one cell wide, with a capital above and a foot below."""
    x = np.arange(16)
    shape = pick(rng, "square", "round", "twin")
    if shape == "twin":
        tone = np.array([HOLE, HOLE, 3, 2, 2, 1, HOLE, HOLE, HOLE, HOLE, 3, 2, 2, 1, HOLE, HOLE])
    elif shape == "round":
        round_tone = np.where(x < 4, 2, np.where(x < 7, 3, np.where(x < 11, 2, 1)))
        tone = np.where((x < 2) | (x > 13), HOLE, round_tone)
    else:
        tone = np.where((x < 1) | (x > 14), HOLE, np.where(x < 3, 3, np.where(x < 13, 2, 1)))
    out = np.tile(tone.astype(np.uint8), (height, 1))
    if shape == "square":
        out[15::16, 1:15] = 1
    for top, lines in ((0, 5), (height - 6, 6)):
        out[top : top + lines] = 2
        out[top] = 3
        out[top + lines - 1] = 1
        out[top : top + lines, 15] = 1
    out[5] = np.where(tone == HOLE, HOLE, 1)
    return out


def cornice(rng: Generator) -> Shades:
    """A cornice under a ceiling, 16x32: mouldings with dentils, small arches, drops or a frieze."""
    out = blank(1, 2)
    x = np.arange(32)
    _moulding(out, 0, 4)
    make = pick(rng, "dentils", "arches", "drops", "frieze")
    if make == "dentils":
        out[4:9] = np.where(x % 8 < 5, 2, HOLE)
        out[4:9, x % 8 == 4] = 1
        out[4, x % 8 < 5] = 3
        out[9] = np.where(x % 8 < 5, 1, HOLE)
    elif make == "arches":  # a frieze of small arches, as Romanesque churches have
        yy, xx = np.mgrid[0:16, 0:32]
        hollow = np.hypot(xx % 16 - 7.5, np.minimum(yy - 11, 0)) < 4.5
        out[4:14] = 2
        out[4:14, x % 16 == 0] = 3
        out[4:14, x % 16 == 15] = 1
        out[13:] = np.where((x % 16 < 3) | (x % 16 > 12), 1, 0)
        out[(yy >= 5) & hollow & (yy < 14)] = HOLE
    elif make == "drops":
        fall = np.array([3, 5, 7, 9, 10, 9, 7, 5])[x % 8]
        yy = np.arange(16)[:, None]
        body = (yy >= 4) & (yy < fall + 3)
        out[body] = 2
        out[body & (x % 8 < 3)] = 3
        out[(yy == fall + 3) & (yy > 4)] = 1
    else:
        out[4:12] = 1
        out[6:10] = np.where((x % 16 > 3) & (x % 16 < 12), 2, 1)
        out[7:9] = np.where((x % 16 > 5) & (x % 16 < 10), 3, out[7:9])
        _moulding(out, 12, 3)
    return out


def battlement(wall: Shades) -> Shades:
    """The upper edge of an outer wall, 16x16: small merlons over a ledge."""
    out = wall[:16, :16].copy()
    x = np.arange(16)
    merlon = x % 8 < 5
    out[:7] = np.where(merlon, 1, 0)
    out[0] = np.where(merlon, 2, 0)
    out[:7, 0::8] = 2
    out[7], out[8] = 2, 0
    return out


def base(rng: Generator) -> Shades:
    """The base of a wall, 16x32: a plinth with panels, courses, posts or a row of small arches."""
    out = np.full((16, 32), 2, np.uint8)
    x = np.arange(32)
    make = pick(rng, "panels", "courses", "posts", "arches")
    if make == "panels":
        out[5:12] = np.where((x % 16 > 2) & (x % 16 < 13), 1, 2)
        out[5] = np.where((x % 16 > 2) & (x % 16 < 13), HOLE, 2)
        out[5:12, x % 16 == 3] = HOLE
        out[11] = np.where((x % 16 > 3) & (x % 16 < 13), 3, 2)
    elif make == "courses":
        out[4:] = bricks(rng, (8, 16, 8))[:12]
        out[out == 0] = HOLE
    elif make == "posts":
        out[4:12] = np.where(x % 8 < 4, 2, HOLE)
        out[4:12, x % 8 == 0] = 3
        out[4:12, x % 8 == 3] = 1
    else:
        yy, xx = np.mgrid[0:16, 0:32]
        out[(np.hypot(xx % 16 - 7.5, np.minimum(yy - 10, 0)) < 5) & (yy > 4)] = HOLE
        out[5:13, x % 16 == 15] = 1
    out[:2], out[2], out[3] = 3, 1, HOLE
    out[13:] = 2
    out[13], out[15] = 3, 1
    return out


def vault(rng: Generator, width_tile: int) -> Shades:
    """One bay of a vault that hangs from a ceiling, 2 cells high: a rib springs from each side."""
    height, width = 32, 16 * width_tile
    y, x = np.mgrid[0:height, 0:width]
    off = np.abs(x - width / 2 + 0.5) / (width / 2)
    line = 6 + 26 * off ** pick(rng, 2, 3)
    out = _spandrel(rng, height, width)
    out[y >= line] = 0
    rib = (y < line) & (y >= line - 5)
    out[rib] = 2
    out[rib & (y >= line - 2)] = 1
    out[rib & (y < line - 3)] = 3
    _moulding(out, 0, 3)
    return outlined(out)


def gateway(rng: Generator, height_tile: int, width_tile: int) -> tuple[Shades, Shades]:
    """A gateway of hewn stones that stands on the ground, and the portcullis in its opening."""
    height, width = 16 * height_tile, 16 * width_tile
    pointed = bool(rng.random() < 0.4)
    outer = arch_mask(height + 1, width, 0, pointed)[:height]
    y, x = np.mgrid[0:height, 0:width]
    inner = arch_mask(height + 12, width, 9, pointed)[:height]
    frame = outer & ~inner
    stones = (y // 8 + (np.abs(x - width / 2 + 0.5) > width / 2 - 5)) % 2
    out = lit(frame)
    out[frame & (y % 8 == 7)] = HOLE
    out[frame & (stones == 1) & (out == 2) & (x % 2 == y % 2) & (x > width / 2)] = 1
    out[inner] = HOLE
    bars = blank(height_tile, width_tile)
    hung = inner & (y < height - pick(rng, 0, 8, 20))
    for where, across in ((x, y), (y, x)):
        bars[hung & (where % 8 == 2)] = 3
        bars[hung & (where % 8 == 3)] = 2
        bars[hung & (where % 8 == 4) & (across % 8 > 4)] = 1
    return out, bars


def bars(rng: Generator) -> Shades:
    """The iron bars of a cell, 16x16, that repeat on all sides."""
    out = np.full((16, 16), HOLE, np.uint8)
    gap = pick(rng, 4, 8)
    out[:, 1::gap], out[:, 2::gap] = 3, 1
    out[3], out[4] = 2, 1
    out[3, 1::gap] = 3
    return out


def balustrade(rng: Generator) -> Shades:
    """A balustrade of stone, 16x16, that repeats sideways."""
    profile: NDArray[np.intp] = np.array(pick(rng, (2, 2, 1, 1, 2, 3, 3, 2, 1), (3, 2, 2, 1, 1, 1, 2, 2, 3)))
    out = blank(1, 1)
    x = np.arange(16)
    for y, half in enumerate(profile, 4):
        body = np.abs(x % 8 - 3.5) < half
        out[y] = np.where(body, 2, 0)
        out[y, body & (x % 8 < 4 - half + 1)] = 3
        out[y, body & (x % 8 > 2 + half)] = 1
    for y in (1, 13):
        out[y : y + 3] = 2
        out[y], out[y + 2] = 3, 1
    return out


def niche() -> Shades:
    """A niche in a wall with a skull in it, 1 cell."""
    out = blank(1, 1)
    rim, hollow = arch_mask(18, 16, 1, False)[:16], arch_mask(19, 16, 3, False)[:16]
    out[rim] = lit(rim)[rim]
    out[hollow] = HOLE
    skull = np.array([[0, 1, 1, 1, 1, 0], [1] * 6, [1, 0, 1, 1, 0, 1], [1] * 6, [0, 1, 0, 1, 0, 0]])
    out[9:14, 5:11] = np.where(skull == 1, 3, HOLE)
    out[9:13, 10] = np.where(out[9:13, 10] == 3, 2, out[9:13, 10])
    out[14:16, 1:15] = ((3,), (1,))
    return out
