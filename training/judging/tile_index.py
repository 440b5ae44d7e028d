"""Makes the index of a corpus's tiles that ships beside a network: see generator/inspect/novelty.py."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from generator.files import write_atomically, writing
from generator.inspect.index_file import to_arrays
from generator.inspect.novelty import TileIndex, describe, search
from generator.nes.roles import TILE

from ..corpus import Corpus
from ..errors import TrainingError
from .metrics import first_of_equals
from .originality import NEAR_PERCENT, QUERIES, patterned_tiles

MOST_TILES = 300_000
"""Tiles that are kept, at most, chosen at random: a file of 5 MB. The shipped network's corpus has half."""
_SCREENS_AT_ONCE = 500


def make_index(corpus: Corpus, seed: int = 0) -> TileIndex:
    """The index of all different patterned tiles that are trained on. Raises TrainingError where none are."""
    tiles, codes, source = _described(corpus)
    if not len(codes):
        raise TrainingError(f"{corpus.path}: no patterned tiles to index; add screens")
    dice = np.random.default_rng(seed)
    if len(codes) > MOST_TILES:
        kept = np.sort(dice.choice(len(codes), MOST_TILES, replace=False))
        codes, source = codes[kept], source[kept]
    chosen = np.sort(dice.choice(len(codes), min(QUERIES, len(codes)), replace=False))
    distance, _ = search(codes, codes[chosen].astype(np.float32), barred=(source, source[chosen]))
    distance = distance[np.isfinite(distance)]
    if not len(distance):
        raise TrainingError(f"{corpus.path}: all of one source, so nothing is usual; add screens of another")
    usual, near = float(np.median(distance)), float(np.percentile(distance, NEAR_PERCENT))
    return TileIndex(codes, corpus.sha256, tiles, usual, near)


def write_index(path: Path, index: TileIndex) -> None:
    """Writes an index as .npz, whole or not at all. Raises WriteError."""
    arrays: dict[str, Any] = to_arrays(index)
    with writing(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(path, lambda file: np.savez_compressed(file, **arrays))


def _described(corpus: Corpus) -> tuple[int, NDArray[np.int8], NDArray[np.int64]]:
    """How many different tiles there are, their different descriptions int8[t, 48], and a source of each."""
    # Equal tiles have equal sums. That different tiles have too is unlikely, and would do no harm.
    weights = np.random.default_rng(0).integers(0, 1 << 40, TILE * TILE)
    sums, codes, source = [], [], []
    rows = corpus.training_rows()
    for some in np.array_split(rows, max(1, -(-len(rows) // _SCREENS_AT_ONCE))):
        for row, screen in zip(some.tolist(), corpus.read(some), strict=True):
            tiles = patterned_tiles(screen[None])
            numbers = tiles.reshape(len(tiles), TILE * TILE).astype(np.int64) @ weights
            mine, first = np.unique(numbers, return_index=True)
            sums.append(mine)
            codes.append(np.rint(describe(tiles[first])).astype(np.int8))
            source.append(np.full(len(mine), int(corpus.source[row]), np.int64))
    different = np.sort(np.unique(np.concatenate(sums), return_index=True)[1])
    described, origin = np.concatenate(codes)[different], np.concatenate(source)[different]
    kept = first_of_equals(described)  # in the order of the corpus: what was painted together packs well
    return len(different), described[kept], origin[kept]
