"""How new a tile is: its distance to the nearest tile that its network was trained on, by an index of those.

The index is small enough to ship, and shows nobody's tiles: of every different patterned tile of the corpus
it keeps the mean perceived colours of its 4x4 px parts, in steps of 1/64. So the distances are those of
blurred tiles: less than those of their pixels, and to be read beside the usual ones of the corpus, which are
stored with the index. Training finds near tiles by the same descriptions (training/judging).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..nes.palette import PALETTE_PERCEIVED, PALETTE_RGB
from ..nes.roles import TILE
from ..tiles.colours import pixel_distance
from ..tiles.measure import FLAT_CONTRAST

PART_PX = 4
"""Side of a part, px."""
PARTS = (TILE // PART_PX) ** 2
STEPS = 64
"""Steps of a described colour in 1. (measured: at 32 the median of distances is off by a tenth)"""
BLOCK, BLOCKS = 32, 24
"""Neighbours in the index that are looked through together, and how many such blocks a tile is compared with
exactly. (measured: 99 of 100 find what a full search finds)"""
_CHUNK, _QUERIES = 256 * BLOCK, 64
"""Codes and queries that are multiplied at once."""
_FAR = np.float32(1e9)
"""A squared distance beyond all others."""


@dataclass(frozen=True, eq=False)
class Nearest:
    """What lies nearest to each of the tiles that were looked up."""

    distance: NDArray[np.float32]
    """[q]"""
    number: NDArray[np.intp]
    """[q] the nearest tile's number in the index."""
    plain: NDArray[np.bool_]
    """[q] whether the tile is so plain that its distance says nothing."""


@dataclass(frozen=True, eq=False)
class TileIndex:
    """The described tiles of a corpus."""

    codes: NDArray[np.int8]
    """[t, 48] mean perceived colours of the parts, in steps."""
    corpus_sha256: str
    tiles: int
    """Different tiles that it stands for; some of them are described alike."""
    usual: float
    """Median distance of a tile of the corpus to the nearest one of another game or kit."""
    near: float
    """5th percentile of these distances: the corpus's own near-copies."""

    def nearest(self, tiles: NDArray[np.uint8]) -> Nearest:
        """The nearest described tile to each of the tiles uint8[q, 16, 16] (palette indices)."""
        return Nearest(*search(self.codes, describe(tiles)), is_plain(tiles))

    def blurred(self, number: int) -> NDArray[np.uint8]:
        """What the index knows of a tile, as a picture: RGB uint8[4, 4, 3], the NES's nearest colours."""
        side = TILE // PART_PX
        seen = self.codes[number].reshape(PARTS, 3) / STEPS
        apart = ((seen[:, None] - PALETTE_PERCEIVED[None]) ** 2).sum(-1)
        nearest: NDArray[np.intp] = apart.argmin(1)
        return PALETTE_RGB[nearest].reshape(side, side, 3).astype(np.uint8)

    def word(self, distance: float) -> str:
        """What a distance means, in at most 17 letters."""
        if distance <= self.near:
            return "a near copy"
        return "nearer than usual" if distance < self.usual else "as new as any"


def describe(tiles: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Mean perceived colours of the 4x4 px parts of tiles uint8[q, 16, 16], in steps: float32[q, 48]."""
    side = TILE // PART_PX
    colours = PALETTE_PERCEIVED.astype(np.float32)[tiles]
    means = colours.reshape(len(tiles), side, PART_PX, side, PART_PX, 3).mean((2, 4))
    return np.asarray(means.reshape(len(tiles), PARTS * 3) * STEPS, np.float32)


def search(
    codes: NDArray[np.int8],
    described: NDArray[np.float32],
    barred: tuple[NDArray[np.int64], NDArray[np.int64]] | None = None,
) -> tuple[NDArray[np.float32], NDArray[np.intp]]:
    """The nearest of the codes [t, 48] to each description float32[q, 48]: distances float32[q], and numbers
    of codes intp[q].

    Blocks of neighbours are chosen by the least squared distance in them; among their members the mean
    distance of the parts decides. `barred`: a source of each code and of each query, which may not be equal.
    """
    distance, nearest = np.empty(len(described), np.float32), np.empty(len(described), np.intp)
    for begin in range(0, len(described), _QUERIES):
        some = np.s_[begin : begin + _QUERIES]
        queries = described[some]
        sources = None if barred is None else (barred[0], barred[1][some])
        least = _least_of_blocks(codes, queries, sources)
        count = min(BLOCKS, len(least))
        chosen = np.argpartition(least, count - 1, axis=0)[:count].T
        for number, (query, blocks) in enumerate(zip(queries, chosen, strict=True)):
            members = (blocks[:, None] * BLOCK + np.arange(BLOCK)).ravel()
            members = members[members < len(codes)]
            if sources is not None:
                members = members[sources[0][members] != sources[1][number]]
            parts = (codes[members] - query).reshape(len(members), PARTS, 3)
            mean = np.sqrt((parts**2).sum(2)).mean(1) / STEPS
            best = int(mean.argmin()) if len(mean) else 0
            distance[begin + number] = mean[best] if len(mean) else np.inf
            nearest[begin + number] = members[best] if len(mean) else 0
    return distance, nearest


def _least_of_blocks(
    codes: NDArray[np.int8],
    queries: NDArray[np.float32],
    sources: tuple[NDArray[np.int64], NDArray[np.int64]] | None,
) -> NDArray[np.float32]:
    """The least squared distance in each block, float32[blocks, q], without the query's own square."""
    towards = np.ascontiguousarray(-2 * queries.T)
    found = []
    for begin in range(0, len(codes), _CHUNK):
        chunk = codes[begin : begin + _CHUNK]
        rest = -len(chunk) % BLOCK
        blocks = np.pad(chunk, ((0, rest), (0, 0)), mode="edge").reshape(-1, BLOCK, PARTS * 3)
        blocks = blocks.astype(np.float32)
        # Block by block: a product so small is not shared out to threads, which would fight the game's.
        apart = blocks @ towards
        apart += (blocks**2).sum(2, keepdims=True)
        if sources is not None:
            theirs = np.pad(sources[0][begin : begin + _CHUNK], (0, rest), mode="edge").reshape(-1, BLOCK)
            apart[theirs[:, :, None] == sources[1]] = _FAR
        found.append(apart.min(1))
    return np.concatenate(found)


def is_plain(tiles: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """Which tiles uint8[q, 16, 16] hold next to nothing, bool[q]; no index has such tiles."""
    across = pixel_distance(tiles[:, :, :-1], tiles[:, :, 1:]).mean((1, 2))
    down = pixel_distance(tiles[:, :-1], tiles[:, 1:]).mean((1, 2))
    return np.asarray((across + down) / 2 < FLAT_CONTRAST)
