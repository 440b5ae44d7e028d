"""The index of a corpus's tiles that ships beside a network: see generator/novelty.py."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from generator.files import write_atomically
from generator.inspect.index_file import to_arrays
from generator.inspect.novelty import TileIndex, describe, search
from generator.nes.roles import TILE

from ..corpus import Corpus
from ..errors import TrainingError
from .originality import NEAR_PERCENT, QUERIES, patterned_tiles

MOST_TILES = 300_000
"""So many at most are kept, chosen at random: a file of 5 MB. The shipped network's corpus has half."""
_SCREENS_AT_ONCE = 500


def make_index(corpus: Corpus, seed: int = 0) -> TileIndex:
    """The index of all different patterned tiles that may be trained on. Raises TrainingError for none."""
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
    """Writes it as .npz, whole or not at all. Raises TrainingError where the disk refuses."""
    arrays: dict[str, Any] = to_arrays(index)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(path, lambda file: np.savez_compressed(file, **arrays))
    except OSError as error:
        raise TrainingError(f"{path}: cannot be written ({error.strerror}); choose another --out") from error


def _described(corpus: Corpus) -> tuple[int, NDArray[np.int8], NDArray[np.int64]]:
    """How many different tiles there are; those that are described differently, int8[t, 48], and a source of
    each."""
    # Equal tiles have equal sums; that different ones have too is unlikely, and would do no harm.
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
    everything = np.concatenate(codes)
    _, first = np.unique(np.concatenate(sums), return_index=True)
    count = len(first)
    everything, origin = everything[np.sort(first)], np.concatenate(source)[np.sort(first)]
    keys = np.ascontiguousarray(everything).view(f"V{everything.shape[1]}").ravel()
    _, first = np.unique(keys, return_index=True)
    # In the order of the corpus: what was painted together packs well together.
    kept = np.sort(first)
    return count, everything[kept], origin[kept]
