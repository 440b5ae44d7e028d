"""Runs every benchmark in a process of its own and prints one table: figure, measured, bar, held or not.

Each benchmark is a module that prints one JSON object as its last line; figures.toml says what is shown of
it. Run with nothing else running: the figures are wall time, and another busy process is in all of them.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

FIGURES = Path(__file__).with_name("figures.toml")


def holds(value: float, bar: str) -> bool:
    """Whether a figure keeps its bar; one without a number is always kept. Raises ValueError."""
    match bar.split():
        case ["<=", most]:
            return value <= float(most)
        case [">=", least]:
            return value >= float(least)
        case ["=", wanted]:
            return value == float(wanted)
        case [least, "to", most]:
            return float(least) <= value <= float(most)
        case [] | ["peer"] | ["control"]:
            return True
    raise ValueError(f"{bar!r} is no bar")


def run(module: str) -> dict[str, Any]:
    """One benchmark's JSON object. Raises SystemExit with its error output where it fails."""
    done = subprocess.run(
        [sys.executable, "-m", f"benchmarks.{module}"], capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise SystemExit(f"error: {module} exited with {done.returncode}: {done.stderr.strip()[-2000:]}")
    result: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
    return result


def main() -> int:
    """Prints the table; 1 where a bar is missed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--only", metavar="NAME", help="one benchmark, such as bench_motion")
    only = parser.parse_args().only
    missed = 0
    measured: dict[str, dict[str, Any]] = {}
    print(f"{'what':58} {'measured':>14} {'bar':>14}")
    for benchmark in tomllib.loads(FIGURES.read_text("utf-8"))["benchmark"]:
        module = benchmark["module"]
        if only and not module.endswith(only):
            continue
        measured[module] = run(module)
        for figure in benchmark["figures"]:
            value = measured[module][figure["key"]]
            held = holds(value, figure["bar"])
            missed += not held
            shown = f"{value:.3g}" if isinstance(value, float) else str(value)
            print(
                f"{figure['label']:58} {shown:>14} {figure['bar']:>14} {'' if held else 'MISSED'}", flush=True
            )
    print(json.dumps(measured))
    return 1 if missed else 0


if __name__ == "__main__":
    raise SystemExit(main())
