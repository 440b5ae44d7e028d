"""A corpus of 20,000 screens: seconds until it is open, and the memory that training on it takes.

    python -m benchmarks.bench_large_corpus [--screens 20000] [--images 512]

Memory is the largest resident set of `python -m training train` at batch 32, with a sample grid and an export
in it. The last line is JSON.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

PAINTED = 500
"""Screens that are painted; the corpus repeats them."""


def main() -> int:
    """Measures and prints one JSON object."""
    from training.corpus import CorpusWriter, open_corpus
    from training.painter import paint_games

    parser = argparse.ArgumentParser(prog="python -m benchmarks.bench_large_corpus", description=__doc__)
    parser.add_argument("--screens", type=int, default=20_000)
    parser.add_argument("--images", type=int, default=512)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary) / "corpus"
        times = -(-options.screens // PAINTED)
        with CorpusWriter(folder) as writer:
            for source, screens, roles in paint_games(PAINTED, 20, 1, processes=2):
                writer.add(source, np.tile(screens, (times, 1, 1)), np.tile(roles, (times, 1, 1)))
        opening = []
        for _ in range(5):
            began = time.perf_counter()
            count = len(open_corpus(folder))
            opening.append(time.perf_counter() - began)
        command = [sys.executable, "-m", "training", "train", "--corpus", str(folder)]
        command += ["--out", str(Path(temporary) / "run"), "--images", str(options.images)]
        subprocess.run([*command, "--grid-every", "256"], check=True, stdout=subprocess.DEVNULL)
    figures = {
        "screens": count,
        "open_s": round(float(np.median(opening)), 3),
        "training_mb": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024,
    }
    print(json.dumps(figures))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
