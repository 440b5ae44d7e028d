"""How new dreamed tiles are: the nearest tile of the corpus to each, beside the same of games that were
held out.

Distances are mean perceived differences of pixels, tiles laid over one another. The corpus's tiles are
searched in two steps: by a short description (mean colours of 4x4 px) for the likeliest, among which the
exact distance decides.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from generator.files import write_atomically
from generator.nes.cells import cut
from generator.nes.palette import PALETTE_PERCEIVED
from generator.nes.roles import TILE
from generator.tiles.colours import pixel_distance
from generator.tiles.measure import SAME_PX

from ..corpus import Corpus
from ..errors import TrainingError
from .metrics import is_flat
from .page import Section, figure, sheet, write_page

CANDIDATES = 24
"""Of the likeliest, so many are compared exactly. (measured: finds the nearest in 98 of 100)"""
QUERIES = 4_000
"""Tiles of each set that are looked up."""
CORPUS_SCREENS = 12_000
"""Screens of the corpus, at most, whose tiles are searched."""
NEAR_PERCENT = 5.0
"""The corpus's own near-duplicates: the nearest 5 % of what lies nearest to a tile in another of its
games."""
_PART = 4
_SLICE = 512
_COLOURS = torch.from_numpy(PALETTE_PERCEIVED.astype(np.float32))


@dataclass(frozen=True, eq=False)
class TileIndex:
    """Different tiles uint8[t, 16, 16], one source each (of several that have it, the first), int64[t]."""

    tiles: NDArray[np.uint8]
    source: NDArray[np.int64]
    described: torch.Tensor  # float32[t, 48]


@dataclass(frozen=True, eq=False)
class Nearest:
    """The nearest tile of an index to each query: mean perceived distance, differing pixels, place in the
    index."""

    distance: NDArray[np.float32]
    different_px: NDArray[np.intp]
    index: NDArray[np.intp]


@dataclass(frozen=True)
class Originality:
    """Shares of patterned tiles that are near to a training tile, in 0..1, and how far the median one is."""

    near_distance: float  # below it a tile is "too near": the corpus's own near-duplicates
    dreamed_near: float
    held_out_near: float
    dreamed_same: float  # at most 24 of 256 pixels differ
    held_out_same: float
    dreamed_median: float
    held_out_median: float
    tiles: int  # of each set
    corpus_tiles: int  # different ones that were searched

    def to_dict(self) -> dict[str, Any]:
        """For JSON."""
        return asdict(self)


def patterned_tiles(screens: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The cells of screens uint8[n, 224, 224] that hold a pattern, uint8[k, 16, 16], in their order."""
    cells = np.concatenate([cut(screen).reshape(-1, TILE, TILE) for screen in screens])
    return cells[~is_flat(cells)]


def index_tiles(screens: NDArray[np.uint8], source: NDArray[np.uint32]) -> TileIndex:
    """The different patterned tiles of screens uint8[n, 224, 224] with their sources uint32[n]."""
    rows, origin = [], []
    for screen, where in zip(screens, source.tolist(), strict=True):
        cells = patterned_tiles(screen[None]).reshape(-1, TILE * TILE)
        rows.append(cells)
        origin.append(np.full(len(cells), where))
    cells = np.concatenate(rows)
    keys = np.ascontiguousarray(cells).view(f"V{TILE * TILE}").ravel()
    _, first = np.unique(keys, return_index=True)
    tiles = cells[np.sort(first)].reshape(-1, TILE, TILE)
    return TileIndex(tiles, np.concatenate(origin)[np.sort(first)], describe(tiles))


def describe(tiles: NDArray[np.uint8]) -> torch.Tensor:
    """Mean perceived colours of the 4x4 px parts of tiles uint8[t, 16, 16], float32[t, 48]."""
    parts = []
    for some in np.array_split(tiles, max(1, len(tiles) // 16_384)):
        colours = _COLOURS[torch.from_numpy(some.astype(np.int64))]
        means = colours.reshape(len(some), TILE // _PART, _PART, TILE // _PART, _PART, 3).mean((2, 4))
        parts.append(means.flatten(1))
    return torch.cat(parts)


def nearest(queries: NDArray[np.uint8], index: TileIndex, not_of: NDArray[np.int64] | None = None) -> Nearest:
    """The nearest tile of the index to each of the queries uint8[q, 16, 16].

    Args:
        not_of: a source int64[q] for each query, whose tiles do not count.
    """
    square = index.described.square().sum(1)
    sources = torch.from_numpy(index.source)
    distance = np.empty(len(queries), np.float32)
    place = np.empty(len(queries), np.intp)
    for begin in range(0, len(queries), _SLICE):
        part = queries[begin : begin + _SLICE]
        apart = square - 2 * (describe(part) @ index.described.T)
        if not_of is not None:
            apart[sources == torch.from_numpy(not_of[begin : begin + _SLICE])[:, None]] = torch.inf
        likely = apart.topk(min(CANDIDATES, len(index.tiles)), largest=False).indices.numpy()
        exact = pixel_distance(index.tiles[likely], part[:, None]).mean((2, 3))
        if not_of is not None:
            exact[index.source[likely] == not_of[begin : begin + _SLICE, None]] = np.inf
        best = exact.argmin(1)
        rows = np.arange(len(part))
        distance[begin : begin + _SLICE] = exact[rows, best]
        place[begin : begin + _SLICE] = likely[rows, best]
    different = (index.tiles[place] != queries).sum((1, 2))
    return Nearest(distance, different, place)


@dataclass(frozen=True, eq=False)
class Found:
    """What was measured, and the tiles that it was measured on."""

    originality: Originality
    index: TileIndex
    dreamed: NDArray[np.uint8]  # [q, 16, 16]
    nearest: Nearest  # to the dreamed


def measure_originality(corpus: Corpus, screens: NDArray[np.uint8], seed: int = 0) -> Found:
    """Of dreamed, quantised screens uint8[n, 224, 224] against the corpus that was trained on."""
    dice = np.random.default_rng(seed)
    rows = corpus.training_rows()
    if len(rows) > CORPUS_SCREENS:
        rows = np.sort(dice.choice(rows, CORPUS_SCREENS, replace=False))
    index = index_tiles(corpus.read(rows), corpus.source[rows])
    held_out = corpus.held_out_rows()
    if not len(held_out):
        raise TrainingError(f"{corpus.path}: holds back no screens to compare with; add screens")
    dreamed = _some(patterned_tiles(screens), dice)
    others = _some(patterned_tiles(corpus.read(held_out)), dice)
    if not len(dreamed) or not len(others):
        raise TrainingError(f"{corpus.path}: no patterned tiles to compare; train longer, or add screens")
    chosen = dice.choice(len(index.tiles), min(QUERIES, len(index.tiles)), replace=False)
    own = nearest(index.tiles[chosen], index, not_of=index.source[chosen])
    near = float(np.percentile(own.distance[np.isfinite(own.distance)], NEAR_PERCENT))
    found, beside = nearest(dreamed, index), nearest(others, index)
    return Found(
        Originality(
            near_distance=near,
            dreamed_near=float((found.distance <= near).mean()),
            held_out_near=float((beside.distance <= near).mean()),
            dreamed_same=float((found.different_px <= SAME_PX).mean()),
            held_out_same=float((beside.different_px <= SAME_PX).mean()),
            dreamed_median=float(np.median(found.distance)),
            held_out_median=float(np.median(beside.distance)),
            tiles=len(dreamed),
            corpus_tiles=len(index.tiles),
        ),
        index,
        dreamed,
        found,
    )


def _some(tiles: NDArray[np.uint8], dice: np.random.Generator) -> NDArray[np.uint8]:
    return tiles[np.sort(dice.choice(len(tiles), min(QUERIES, len(tiles)), replace=False))]


def as_table(found: Originality) -> tuple[tuple[str, ...], ...]:
    """The first row is the head."""
    return (
        ("patterned tiles", "dreamed", "of held-out games"),
        (
            f"nearer to a training tile than {found.near_distance:.4f}",
            f"{found.dreamed_near:.1%}",
            f"{found.held_out_near:.1%}",
        ),
        (f"the same but for {SAME_PX} px", f"{found.dreamed_same:.1%}", f"{found.held_out_same:.1%}"),
        ("median distance to the nearest", f"{found.dreamed_median:.4f}", f"{found.held_out_median:.4f}"),
    )


def write_results(folder: Path, found: Found, screens: NDArray[np.uint8]) -> None:
    """Writes `originality.json` and `originality.html`. Raises TrainingError where the disk refuses."""
    text = json.dumps(found.originality.to_dict(), indent=2) + "\n"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        write_atomically(folder / "originality.json", lambda file: file.write(text.encode()))
    except OSError as error:
        raise TrainingError(
            f"{folder}: cannot be written ({error.strerror}); choose another --out"
        ) from error
    order = np.argsort(found.nearest.distance, kind="stable")
    middle = len(order) // 2
    explained = (
        f"{found.originality.tiles:,} patterned tiles of {len(screens)} dreams, each beside the nearest of "
        f"{found.originality.corpus_tiles:,} different tiles that the network was trained on.",
        f"Too near is what is as near as the corpus's own near-duplicates: below the {NEAR_PERCENT:.0f}th "
        "percentile of the distances between a training tile and the nearest one of another game.",
    )
    sections = [Section("Numbers", explained, as_table(found.originality))]
    for heading, some in (
        ("The nearest", order[:48]),
        ("The middle", order[middle - 24 : middle + 24]),
        ("The farthest", order[-48:]),
    ):
        pairs = np.concatenate(
            [found.dreamed[some], found.index.tiles[found.nearest.index[some]]], axis=1
        )  # the dreamed one above
        below = ("Above the dreamed tile, below the nearest one of the corpus.",)
        sections.append(Section(heading, below, figures=(figure(sheet(pairs, 24), heading.lower(), 2),)))
    write_page(folder / "originality.html", "How new the dreams are", tuple(sections))
