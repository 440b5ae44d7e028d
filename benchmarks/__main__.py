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


FIGURES: tuple[Figure, ...] = (
    Figure(
        "bench_build", "proven", "levels proven and played to the door, of 300", "300", lambda v: v == 300
    ),
    Figure("bench_build", "total_s_p95", "a level built, art and proof, p95, s", "<= 2", lambda v: v <= 2),
    Figure(
        "bench_build",
        "screen_ms",
        "the network's run for one screen, one thread, ms",
        "<= 20",
        lambda v: v <= 20,
    ),
    Figure(
        "bench_stages",
        "proven_percent",
        "stages proven, of 500, %",
        "100",
        lambda v: v == 100,
    ),
    Figure(
        "bench_stages",
        "without_repair_percent",
        "of these without any repair, %",
        ">= 95",
        lambda v: v >= 95,
    ),
    Figure("bench_stages", "rooms_twice_percent", "rooms that occur twice, %", "<= 1", lambda v: v <= 1),
    Figure(
        "bench_stages",
        "cpu_s_median",
        "structure and proof of a stage, CPU time, median, s",
        "<= 0.7",
        lambda v: v <= 0.7,
    ),
    Figure("bench_stages", "cpu_s_p95", "and p95, s", "<= 1.5", lambda v: v <= 1.5),
    Figure(
        "bench_stages",
        "range_bins",
        "bins of expressive range, of 400 (500 strips: 18)",
        ">= 54",
        lambda v: v >= 54,
    ),
    Figure(
        "bench_stages",
        "strips_range_bins",
        "the same of 500 strips of the first castle",
        "(peer)",
        lambda v: True,
    ),
    Figure("bench_worker", "peak_mb", "the worker's peak over 25 stages, MB", "<= 400", lambda v: v <= 400),
    Figure(
        "bench_laws",
        "stages_that_differ",
        "stages, of 20, where a world is not its folded steps",
        "0",
        lambda v: v == 0,
    ),
    Figure(
        "bench_look",
        "within_sub_palette_percent",
        "60 stages: tiles within one of four sub-palettes, %",
        "100",
        lambda v: v == 100,
    ),
    Figure(
        "bench_look",
        "contrast_wanted_percent",
        "stages whose ground is 20 L* above what is behind, %",
        ">= 99",
        lambda v: v >= 99,
    ),
    Figure("bench_look", "contrast_least", "and the least, L*", ">= 12", lambda v: v >= 12),
    Figure(
        "bench_look",
        "seamless_percent",
        "repeated tiles without a seam, as dreamed, %",
        ">= 80",
        lambda v: v >= 80,
    ),
    Figure("bench_look", "tiles_least", "distinct tiles a stage, least", ">= 16", lambda v: v >= 16),
    Figure("bench_look", "tiles_most", "and most", "<= 48", lambda v: v <= 48),
    Figure(
        "bench_look",
        "told_apart_percent",
        "views told apart by stage within a castle, %",
        ">= 95",
        lambda v: v >= 95,
    ),
    Figure("bench_look", "art_s_median", "art of a stage, CPU time, median, s", "<= 0.6", lambda v: v <= 0.6),
    Figure("bench_look", "total_s_p95", "structure, proof and art, p95, s", "<= 2", lambda v: v <= 2),
    Figure(
        "bench_motion",
        "certificate_steps_per_s",
        "motion, following certificates, steps/s",
        ">= 150000",
        lambda v: v >= 150_000,
    ),
    Figure(
        "bench_motion",
        "random_steps_per_s",
        "motion, random buttons, steps/s",
        ">= 150000",
        lambda v: v >= 150_000,
    ),
    Figure("bench_game", "tick_p999_ms", "100 presses of R: tick p99.9, ms", "<= 16.7", lambda v: v <= 16.7),
    Figure(
        "bench_game",
        "control_p999_ms",
        "the same loop with no worker: tick p99.9, ms",
        "(control)",
        lambda v: True,
    ),
    Figure("bench_game", "ready_swap_ticks", "a swap with a level ready, ticks", "<= 1", lambda v: v == 1),
    Figure("bench_game", "memory_mb", "game and worker together, MB", "<= 350", lambda v: v <= 350),
    Figure(
        "bench_game",
        "start_s_median",
        "start to first frame, a level built fresh, s",
        "<= 2.5",
        lambda v: v <= 2.5,
    ),
    Figure("bench_melt", "tick_p999_ms", "40 presses of T: tick p99.9, ms", "<= 16.7", lambda v: v <= 16.7),
    Figure(
        "bench_melt",
        "control_p999_ms",
        "the same loop with no worker: tick p99.9, ms",
        "(control)",
        lambda v: True,
    ),
    Figure(
        "bench_melt",
        "first_step_ms_max",
        "from T to the first step of the melt, the longest, ms",
        "<= 150",
        lambda v: 0 <= v <= 150,
    ),
    Figure(
        "bench_melt", "melt_s", "a melt's CPU time in the worker, median, s", "<= 1.2", lambda v: v <= 1.2
    ),
    Figure("bench_quantise", "ours_ms", "quantising a screen in OKLab, ms", "", lambda v: True),
    Figure("bench_quantise", "pillow_ms", "Pillow's quantize(palette=...), ms", "(peer)", lambda v: True),
    Figure("bench_quantise", "ratio", "our time over Pillow's", "<= 5", lambda v: v <= 5),
    Figure("bench_corpus", "paint_s", "10,000 screens of 400 games painted, s", "<= 60", lambda v: v <= 60),
    Figure("bench_corpus", "dry_run_s", "a dry run of all training, s", "<= 30", lambda v: v <= 30),
    Figure(
        "bench_intake",
        "pictures_per_s",
        "mixed screenshots taken in, pictures/s",
        ">= 150",
        lambda v: v >= 150,
    ),
    Figure(
        "bench_intake",
        "decoded_per_s_one_process",
        "the same only decoded, one process, pictures/s",
        "(peer)",
        lambda v: True,
    ),
    Figure("bench_large_corpus", "open_s", "a corpus of 20,000 screens open, s", "<= 1", lambda v: v <= 1),
    Figure(
        "bench_large_corpus",
        "training_mb",
        "training on it at batch 32, peak MB",
        "<= 3000",
        lambda v: v <= 3000,
    ),
    Figure("bench_training", "training_images_per_s", "training step, images/s", "", lambda v: True),
    Figure("bench_training", "plain_images_per_s", "plain fp32 loop, images/s", "(peer)", lambda v: True),
    Figure(
        "bench_training",
        "ratio",
        "training step over the plain loop (bar: CPUs with AMX)",
        ">= 3",
        lambda v: v >= 3,
    ),
)


def run(module: str) -> Row:
    """One benchmark's JSON object. Raises SystemExit with its error output where it fails."""
    done = subprocess.run(
        [sys.executable, "-m", f"benchmarks.{module}"], capture_output=True, text=True, check=False
    )
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
