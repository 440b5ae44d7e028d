"""How new dreamed tiles are: the nearest tile of the corpus to each, and to each of a held-out game.

A distance is the mean perceived difference of the pixels of two tiles that lie over one another. The nearest
tile is looked for in two steps: the tiles whose short descriptions are most alike, then the exact distance to
those. The game's inspector uses the descriptions alone: see generator/inspect/novelty.py.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass

import numpy as np
import torch
from numpy.typing import NDArray

from generator.inspect.novelty import describe, is_plain
from generator.nes.palette import BLACK
from generator.tiles.colours import pixel_distance
from generator.tiles.measure import SAME_PX

from ..corpus import Corpus
from ..errors import TrainingError
from ..pictures import cells_of, side_by_side
from .metrics import first_of_equals
from .report import Report, Section, Table, figure

LIKELIEST = 24
"""Tiles that are compared exactly with each query. (measured: finds the nearest in 98 of 100)"""
QUERIES = 4_000
"""Tiles of each set that are looked up, at most."""
CORPUS_SCREENS = 12_000
"""Screens of the corpus whose tiles are searched, at most."""
NEAR_PERCENT = 5.0
"""Of the distances between a tile and the nearest one of another game: up to this percentile the corpus has
near-duplicates of its own."""
SHOWN = 48
"""Pairs of tiles in each picture of the page."""
_SLICE = 512
"""Queries that are looked up at once."""
_DESCRIBED = 16_384
"""Tiles that are described at once."""


@dataclass(frozen=True, eq=False)
class CorpusTiles:
    """The different patterned tiles of a corpus."""

    tiles: NDArray[np.uint8]  # [t, 16, 16]
    source: NDArray[np.int64]  # [t]: the first of the sources that have the tile
    described: NDArray[np.float32]  # [t, 48]: see novelty.describe


@dataclass(frozen=True, eq=False)
class NearestTiles:
    """The nearest tile of a corpus to each query."""

    distance: NDArray[np.float32]
    different_px: NDArray[np.intp]
    index: NDArray[np.intp]  # in CorpusTiles


@dataclass(frozen=True)
class Originality:
    """Shares of patterned tiles that are near to a training tile, in 0..1, and how far the median one is."""

    near_distance: float  # up to it a tile is too near: as near as the corpus's own near-duplicates
    dreamed_near: float
    held_out_near: float
    dreamed_same: float  # at most 24 of 256 pixels differ
    held_out_same: float
    dreamed_median: float
    held_out_median: float
    tiles: int  # that were dreamed and looked up
    corpus_tiles: int  # different ones that were searched


@dataclass(frozen=True, eq=False)
class Comparison:
    """What was measured, and the tiles that it was measured on."""

    originality: Originality
    corpus: CorpusTiles
    dreamed: NDArray[np.uint8]  # [q, 16, 16]
    nearest: NearestTiles  # to the dreamed


def patterned_tiles(screens: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The cells of screens uint8[n, 224, 224] that hold a pattern, uint8[k, 16, 16], in their order."""
    cells = cells_of(screens)
    return cells[~is_plain(cells)]


def corpus_tiles(screens: NDArray[np.uint8], source: NDArray[np.uint32]) -> CorpusTiles:
    """The different patterned tiles of screens uint8[n, 224, 224] that are of sources uint32[n]."""
    parts = [patterned_tiles(screen[None]) for screen in screens]
    tiles = np.concatenate(parts)
    first = first_of_equals(tiles.reshape(len(tiles), -1))
    origin = np.repeat(source.astype(np.int64), [len(part) for part in parts])
    tiles = tiles[first]
    some = np.array_split(tiles, max(1, len(tiles) // _DESCRIBED))
    return CorpusTiles(tiles, origin[first], np.concatenate([describe(part) for part in some]))


def nearest(
    queries: NDArray[np.uint8], among: CorpusTiles, not_of: NDArray[np.int64] | None = None
) -> NearestTiles:
    """The nearest tile of a corpus to each of the queries uint8[q, 16, 16].

    Args:
        not_of: for each query a source int64[q] whose tiles do not count.
    """
    described, sources = torch.from_numpy(among.described), torch.from_numpy(among.source)
    square = described.square().sum(1)
    distance = np.empty(len(queries), np.float32)
    index = np.empty(len(queries), np.intp)
    for begin in range(0, len(queries), _SLICE):
        part = queries[begin : begin + _SLICE]
        apart = square - 2 * (torch.from_numpy(describe(part)) @ described.T)
        if not_of is not None:
            apart[sources == torch.from_numpy(not_of[begin : begin + _SLICE])[:, None]] = torch.inf
        likely = apart.topk(min(LIKELIEST, len(among.tiles)), largest=False).indices.numpy()
        exact = pixel_distance(among.tiles[likely], part[:, None]).mean((2, 3))
        if not_of is not None:
            exact[among.source[likely] == not_of[begin : begin + _SLICE, None]] = np.inf
        best = exact.argmin(1)
        rows = np.arange(len(part))
        distance[begin : begin + _SLICE] = exact[rows, best]
        index[begin : begin + _SLICE] = likely[rows, best]
    different = (among.tiles[index] != queries).sum((1, 2))
    return NearestTiles(distance, different, index)


def measure_originality(corpus: Corpus, screens: NDArray[np.uint8], seed: int = 0) -> Comparison:
    """Compares dreamed, quantised screens uint8[n, 224, 224] with the corpus that was trained on.

    Raises: TrainingError where one of them has no patterned tiles, or nothing is held out.
    """
    dice = np.random.default_rng(seed)
    rows = corpus.training_rows()
    if len(rows) > CORPUS_SCREENS:
        rows = np.sort(dice.choice(rows, CORPUS_SCREENS, replace=False))
    among = corpus_tiles(corpus.read(rows), corpus.source[rows])
    held_out = corpus.held_out_rows()
    if not len(held_out):
        raise TrainingError(f"{corpus.path}: holds back no screens to compare with; add screens")
    dreamed = _some(patterned_tiles(screens), dice)
    others = _some(patterned_tiles(corpus.read(held_out)), dice)
    if not len(dreamed) or not len(others):
        raise TrainingError(f"{corpus.path}: no patterned tiles to compare; train longer, or add screens")
    chosen = dice.choice(len(among.tiles), min(QUERIES, len(among.tiles)), replace=False)
    own = nearest(among.tiles[chosen], among, not_of=among.source[chosen])
    near = float(np.percentile(own.distance[np.isfinite(own.distance)], NEAR_PERCENT))
    found, beside = nearest(dreamed, among), nearest(others, among)
    measured = Originality(
        near_distance=near,
        dreamed_near=float((found.distance <= near).mean()),
        held_out_near=float((beside.distance <= near).mean()),
        dreamed_same=float((found.different_px <= SAME_PX).mean()),
        held_out_same=float((beside.different_px <= SAME_PX).mean()),
        dreamed_median=float(np.median(found.distance)),
        held_out_median=float(np.median(beside.distance)),
        tiles=len(dreamed),
        corpus_tiles=len(among.tiles),
    )
    return Comparison(measured, among, dreamed, found)


def _some(tiles: NDArray[np.uint8], dice: np.random.Generator) -> NDArray[np.uint8]:
    return tiles[np.sort(dice.choice(len(tiles), min(QUERIES, len(tiles)), replace=False))]


def originality_report(compared: Comparison, screens: int) -> Report:
    """Says what was measured on so many dreams, and shows the nearest, the middle and the farthest tiles."""
    found = compared.originality
    table: Table = (
        ("patterned tiles", "dreamed", "of held-out games"),
        (
            f"nearer to a training tile than {found.near_distance:.4f}",
            f"{found.dreamed_near:.1%}",
            f"{found.held_out_near:.1%}",
        ),
        (f"the same but for {SAME_PX} px", f"{found.dreamed_same:.1%}", f"{found.held_out_same:.1%}"),
        ("median distance to the nearest", f"{found.dreamed_median:.4f}", f"{found.held_out_median:.4f}"),
    )
    explained = (
        f"{found.tiles:,} patterned tiles of {screens} dreams, each beside the nearest of "
        f"{found.corpus_tiles:,} different tiles that the network was trained on.",
        f"Too near is what is as near as the corpus's own near-duplicates: below the {NEAR_PERCENT:.0f}th "
        "percentile of the distances between a training tile and the nearest one of another game.",
    )
    order = np.argsort(compared.nearest.distance, kind="stable")
    middle = slice(len(order) // 2 - SHOWN // 2, len(order) // 2 + SHOWN // 2)
    sections = []
    for heading, some in (
        ("The nearest", order[:SHOWN]),
        ("The middle", order[middle]),
        ("The farthest", order[-SHOWN:]),
    ):
        pairs = np.concatenate(
            [compared.dreamed[some], compared.corpus.tiles[compared.nearest.index[some]]], axis=1
        )
        below = ("Above the dreamed tile, below the nearest one of the corpus.",)
        shown = figure(side_by_side(pairs, SHOWN // 2, BLACK), heading.lower(), 2)
        sections.append(Section(heading, below, figures=(shown,)))
    return Report("originality", "How new the dreams are", asdict(found), explained, table, tuple(sections))
