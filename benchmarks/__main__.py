"""Runs every benchmark in a process of its own and prints one table: figure, measured, bar, held or not.

Each benchmark is a module that prints one JSON object as its last line. Run with nothing else running: the
figures are wall time, and another busy process is in all of them.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

Row = dict[str, Any]


@dataclass(frozen=True)
class Figure:
    """One line of the table."""

    module: str
    key: str
    label: str
    bar: str
    holds: Callable[[Any], bool]


FIGURES: tuple[Figure, ...] = ()  # filled in below, once the modules' keys are settled


def run(module: str) -> Row:
    """One benchmark's JSON object. Raises SystemExit with its error output where it fails."""
    done = subprocess.run([sys.executable, "-m", module], capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"error: {module} exited with {done.returncode}: {done.stderr.strip()[-2000:]}")
    result: Row = json.loads(done.stdout.strip().splitlines()[-1])
    return result


def main() -> int:
    """Prints the table; 1 where a bar is missed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--only", metavar="NAME", help="one benchmark, such as bench_motion")
    only = parser.parse_args().only
    missed = 0
    measured: dict[str, Row] = {}
    print(f"{'what':58} {'measured':>14} {'bar':>14}")
    for figure in FIGURES:
        if only and not figure.module.endswith(only):
            continue
        if figure.module not in measured:
            measured[figure.module] = run(figure.module)
        value = measured[figure.module][figure.key]
        held = figure.holds(value)
        missed += not held
        shown = f"{value:.3g}" if isinstance(value, float) else str(value)
        print(f"{figure.label:58} {shown:>14} {figure.bar:>14} {'' if held else 'MISSED'}", flush=True)
    print(json.dumps(measured))
    return 1 if missed else 0


if __name__ == "__main__":
    raise SystemExit(main())
