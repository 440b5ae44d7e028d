"""What the worker holds: its peak memory while it builds stages one after another, as a game asks for them.

    python -m benchmarks.bench_worker [--stages 25] [--model FILE]

Stage n is of seed n, stage 1 + n % 6, difficulty 1 + n // 6 % 3. The peak is Linux's own high-water mark of
the worker's resident memory, its libraries included. The last line is JSON.
"""

from __future__ import annotations

import argparse
import json
import re
import time
from pathlib import Path

import psutil

from generator.stream import LevelKey, LevelStream

LOOK_S = 0.01


def peak_mb(process: psutil.Process) -> float:
    """The most that a process has ever held, MB."""
    status = Path(f"/proc/{process.pid}/status").read_text(encoding="ascii")
    found = re.search(r"VmHWM:\s+(\d+) kB", status)
    assert found is not None
    return int(found[1]) * 1024 / 1e6


def main(arguments: list[str] | None = None) -> int:
    """Measures and prints one JSON object."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.bench_worker", description=__doc__)
    parser.add_argument("--stages", type=int, default=25, metavar="N", help="how many (default: 25)")
    parser.add_argument("--model", type=Path, metavar="FILE")
    options = parser.parse_args(arguments)
    stream = LevelStream(options.model)
    peaks_mb: list[float] = []
    try:
        for number in range(options.stages):
            key = LevelKey(number, 1 + number % 6, difficulty=1 + number // 6 % 3)
            stream.want([key])
            while stream.take(key) is None:
                stream.poll()
                if stream.error or stream.failed:
                    raise SystemExit(f"error: {stream.error or stream.failed}")
                time.sleep(LOOK_S)
            (worker,) = psutil.Process().children()
            peaks_mb.append(peak_mb(worker))
    finally:
        stream.close()
    figures = {
        "bench": "worker",
        "stages": options.stages,
        "first_peak_mb": round(peaks_mb[0], 1),
        "peak_mb": round(max(peaks_mb), 1),
    }
    print(json.dumps(figures))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
