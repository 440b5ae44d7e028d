"""Where the tiles of a picture begin: by the console's law that a cell of 16x16 px has four colours at most.

Cut where cells begin, a picture has the fewest colours in a cell, and few different tiles. JPEG's stains hide
both; then the commonest colours and the edges between tiles are asked.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from generator.nes.cells import cut
from generator.nes.palette import PALETTE_PERCEIVED
from generator.nes.roles import TILE
from generator.tiles.colours import LIGHTNESS

OF_A_CELL = 4
"""Colours that a cell of the NES may have."""
SURPLUS_WEIGHT, TILES_WEIGHT, SEAMS_WEIGHT = 5.0, 4.0, 0.02
"""What counts beside the mean number of colours in a cell: those above four, the share of different tiles,
and the change at their edges. (fitted to 700 pictures; twice or half as much of each does as well)"""
NEAR = 16
"""Phases whose tiles are compared: those that the colours speak for."""
STAINED = 0.05
"""Where a larger share of cells has more than four colours at every phase, JPEG has added some. (measured on
60 screens: none without it, medians of 0.29 to 0.37 at qualities 95 to 80)"""
COMMON = 0.01
"""A colour with a smaller share of a picture is a stain of JPEG's. (measured)"""
MOST_COMMON = 12
"""Colours that are counted in pictures with stains."""
STAINED_SEAMS_WEIGHT = 0.5
"""Weight of the change between tiles in such pictures, where that of their colours is 1, both in standard
deviations. (measured: 0.3 to 1 do as well)"""
_KEY = np.random.default_rng(0).integers(0, 1 << 36, TILE * TILE).astype(np.float64)
"""Weights that give every tile one number: whole, and below 2^53 in sum, so exact in any order."""


def tile_phase(native: NDArray[np.uint8]) -> tuple[int, int]:
    """Where tiles begin in palette indices uint8[h, w]: px from the top and from the left, 0..15 each."""
    light = LIGHTNESS[native]
    down, across = (_seams(np.abs(np.diff(light, axis=axis)), axis) for axis in (0, 1))
    seams = down[:, None] + across
    colours = _colours_at(native)
    surplus = np.maximum(colours, OF_A_CELL) - OF_A_CELL
    if _by_phase(surplus > 0).min() > STAINED:  # then hardly two tiles are equal
        best = int((STAINED_SEAMS_WEIGHT * _standard(seams) - _standard(_uncommon(native))).argmax())
        return best // TILE, best % TILE
    scores = (_by_phase(colours) + SURPLUS_WEIGHT * _by_phase(surplus) - SEAMS_WEIGHT * seams).ravel()
    values = native.astype(np.float64)

    best, least = 0, np.inf
    for phase in np.argsort(scores, kind="stable")[:NEAR].tolist():
        if scores[phase] >= least:
            break  # no phase that is left can do better, however alike its tiles are
        score = scores[phase] + TILES_WEIGHT * _different(values, divmod(phase, TILE))
        if score < least:
            best, least = phase, score
    return best // TILE, best % TILE


def _colours_at(native: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """How many colours the 16x16 px have that begin at each pixel: uint8[h - 15, w - 15]."""
    there = np.uint64(1) << native.astype(np.uint64)  # a bit for each of the 64 colours
    for by in (1, 2, 4, 8):
        there = there[by:] | there[:-by]
        there = there[:, by:] | there[:, :-by]
    return np.asarray(np.bitwise_count(there))


def _by_phase(values: NDArray[Any]) -> NDArray[np.float64]:
    """The mean of what stands at each pixel, over the cells of every phase, float64[16, 16]."""
    rows, columns = (-(-side // TILE) for side in values.shape)
    padded = np.zeros((rows * TILE, columns * TILE), np.float32)  # whole numbers: its sums are exact
    padded[: values.shape[0], : values.shape[1]] = values
    total = padded.reshape(rows, TILE, columns, TILE).sum(0).sum(1)
    down, across = ((side - np.arange(TILE) + TILE - 1) // TILE for side in values.shape)
    return np.asarray(total.astype(np.float64) / np.maximum(np.outer(down, across), 1))


def different_share(native: NDArray[np.uint8], phase: tuple[int, int]) -> float:
    """The share of different tiles among all whole ones of palette indices uint8[h, w]."""
    return _different(native.astype(np.float64), phase)


def overfull_share(native: NDArray[np.uint8]) -> float:
    """The share of cells with more than four colours among all patterned ones, where it is least."""
    colours = _colours_at(native)
    patterned = np.maximum(_by_phase(colours > 1), 1e-9)
    return float((_by_phase(colours > OF_A_CELL) / patterned).min())


def _different(values: NDArray[np.float64], phase: tuple[int, int]) -> float:
    height, width = ((side - begin) // TILE * TILE for side, begin in zip(values.shape, phase, strict=True))
    y, x = phase
    tiles = (cut(values[y : y + height, x : x + width]).reshape(-1, TILE * TILE) @ _KEY).tolist()
    return len(set(tiles)) / max(1, len(tiles))


def _seams(change: NDArray[np.float32], axis: int) -> NDArray[np.float64]:
    """How much a picture changes at every 16th line along an axis, relative to all lines, float64[16].

    Pixels differ more between tiles than within them.
    """
    edges = change.mean(1 - axis)
    by_phase = [float(edges[phase::TILE].mean()) if len(edges) > phase else 0.0 for phase in range(TILE)]
    return np.roll(by_phase, 1) / max(float(edges.mean()), 1e-9)


def _standard(scores: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray((scores - scores.mean()) / max(float(scores.std()), 1e-9))


def _uncommon(native: NDArray[np.uint8]) -> NDArray[np.float64]:
    """How many pixels have none of their cell's four commonest colours, for every phase, float64[16, 16].

    Square roots are summed: many cells with a few stains do not outweigh few cells that are cut through.
    """
    share = np.bincount(native.ravel(), minlength=len(PALETTE_PERCEIVED)) / native.size
    common = np.flatnonzero(share >= min(COMMON, share.max()))
    apart = np.square(PALETTE_PERCEIVED[:, None] - PALETTE_PERCEIVED[common]).sum(2)
    cleaned = common[apart.argmin(1)][native]
    pixels = np.bincount(cleaned.ravel(), minlength=len(PALETTE_PERCEIVED))
    colours = np.argsort(-pixels, kind="stable")[:MOST_COMMON]
    counts = (cleaned == colours[:, None, None]).astype(np.uint16)
    for axis in (1, 2):  # sums over 16 px; uint16 overflows, but not in the differences
        summed = np.cumsum(counts, axis, dtype=np.uint16)
        zero = np.zeros_like(summed.take([0], axis))
        summed = np.concatenate([zero, summed], axis)
        length = summed.shape[axis] - TILE
        counts = summed.take(range(TILE, TILE + length), axis) - summed.take(range(length), axis)
    few = max(0, len(colours) - OF_A_CELL)
    covered = np.partition(counts, few, axis=0)[few:].sum(0, dtype=np.int64)
    rows, columns = (side // TILE - 1 for side in native.shape)
    roots = np.sqrt(TILE * TILE - covered[: rows * TILE, : columns * TILE])
    return np.asarray(roots.reshape(rows, TILE, columns, TILE).sum((0, 2)))
