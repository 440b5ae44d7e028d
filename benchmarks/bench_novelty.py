"""How new tiles are, by the index that ships: how long it takes, how well it agrees with the exact search.

The exact search (`training.judging.originality`) compares pixels, and needs the corpus that the network was
trained on. The index compares 4x4 blurred colours, so its distances are less; what counts is that they order
tiles alike and say the same words.
"""

from __future__ import annotations

import argparse
import json
import statistics
import time
from pathlib import Path

import numpy as np

from generator.dream.loading import load_networks
from generator.inspect.index_file import index_of
from generator.stream import build_level

REPEATS = 20
BANK = 48


def main() -> int:
    """Measures, prints one JSON object."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.bench_novelty", description=__doc__)
    parser.add_argument("--stages", type=int, default=20, help="whose tiles are looked up")
    parser.add_argument("--corpus", type=Path, metavar="DIR", help="for the exact search")
    options = parser.parse_args()
    networks = load_networks()
    tiles = np.concatenate(
        [build_level(seed, networks=networks).level.bank.pixels for seed in range(1, options.stages + 1)]
    )
    began = time.perf_counter()
    index = index_of(None, networks.generator.sha256)
    read_ms = (time.perf_counter() - began) * 1000
    times = []
    for _ in range(REPEATS):
        began = time.perf_counter()
        index.nearest(tiles[:BANK])
        times.append((time.perf_counter() - began) * 1000)
    found = index.nearest(tiles)
    patterned = ~found.plain
    words = [index.word(float(distance)) for distance in found.distance[patterned]]
    measured = {
        "tiles": int(patterned.sum()),
        "read_ms": round(read_ms, 1),
        f"look_up_{BANK}_ms": {"median": round(statistics.median(times), 1), "max": round(max(times), 1)},
        "usual": round(index.usual, 4),
        "near": round(index.near, 4),
        "median": round(float(np.median(found.distance[patterned])), 4),
        "words": {word: words.count(word) for word in sorted(set(words))},
    }
    if options.corpus is not None:
        measured["exact"] = _beside_exact(options.corpus, tiles[patterned], found.distance[patterned])
    print(json.dumps(measured))
    return 0


def _beside_exact(folder: Path, tiles: np.ndarray, blurred: np.ndarray) -> dict[str, float]:
    """Correlations of both distances, and the median error of the one from a straight line of the other."""
    from training.corpus import open_corpus
    from training.judging.originality import corpus_tiles, nearest

    corpus = open_corpus(folder)
    rows = corpus.training_rows()
    parts = [corpus_tiles(corpus.read(some), corpus.source[some]) for some in np.array_split(rows, 18)]
    exact = np.min([nearest(tiles, part).distance for part in parts], axis=0)
    slope, offset = np.polyfit(blurred, exact, 1)
    places = np.stack([np.argsort(np.argsort(distance)) for distance in (blurred, exact)])
    return {
        "median": round(float(np.median(exact)), 4),
        "correlation": round(float(np.corrcoef(blurred, exact)[0, 1]), 3),
        "rank_correlation": round(float(np.corrcoef(places[0], places[1])[0, 1]), 3),
        "slope": round(float(slope), 2),
        "median_error": round(float(np.median(np.abs(slope * blurred + offset - exact))), 4),
    }


if __name__ == "__main__":
    raise SystemExit(main())
