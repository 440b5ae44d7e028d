"""The tinkerer's two waits: painting the smallest corpus that is asked for, and a dry run of everything."""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path


def seconds_of(*arguments: str) -> float:
    """Wall time of `python -m training` with these arguments."""
    began = time.perf_counter()
    subprocess.run([sys.executable, "-m", "training", *arguments], check=True, capture_output=True)
    return time.perf_counter() - began


def main() -> int:
    """Measures and prints one JSON object."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.bench_corpus", description=__doc__)
    parser.add_argument("--screens", type=int, default=10_000)
    parser.add_argument("--games", type=int, default=400)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        corpus = str(Path(folder) / "corpus")
        painting = seconds_of(
            "corpus", "--painter", str(options.screens), "--games", str(options.games), "--out", corpus
        )
    figures = {"paint_s": round(painting, 2), "dry_run_s": round(seconds_of("train", "--dry-run"), 2)}
    print(json.dumps(figures))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
