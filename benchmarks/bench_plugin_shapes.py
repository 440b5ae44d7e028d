"""What game makers build with `Dreamer`: strips, proven, and their own levels, dressed, beside a stage's art.

Both arts are measured in one run, in turns, by processor time: a grid of 64x15 tiles, seed by seed, and the
same seed's first stage.
"""

from __future__ import annotations

import argparse
import json
import os
import time
from collections.abc import Callable
from functools import partial
from typing import Any

for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[variable] = "1"  # before numpy: the worker's level of parallelism

import numpy as np

from generator.dreamer import Dreamer
from generator.layout.plan import WINGS
from generator.layout.stages import build_stage
from generator.layout.strips import build_strip
from generator.look.art import paint
from generator.look.building import Building
from generator.motion import NES_MOTION, Button
from generator.nes.roles import Role
from generator.proof import replay
from generator.rng import Pcg32

GRID_COLUMNS, GRID_ROWS, FLOOR = 64, 15, 12
"""The grid of the bar: four screens side by side, and the row of its ground."""
WIDEST = 12
"""Strips of 1 to so many screens are built in turn."""


def main(arguments: list[str] | None = None) -> int:
    """Measures and prints one JSON object."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.bench_plugin_shapes", description=__doc__)
    parser.add_argument("--strips", type=int, default=200, metavar="N", help="how many (default 200)")
    parser.add_argument("--grids", type=int, default=24, metavar="N", help="how many (default 24)")
    options = parser.parse_args(arguments)
    result = {"bench": "plugin_shapes", **strips(options.strips), **arts(options.grids)}
    for name, value in result.items():
        print(f"{name:36} {value}")
    print(json.dumps(result))
    return 0


def strips(count: int) -> dict[str, float]:
    """Proofs of strips in all wings, stages and difficulties: repairs, nodes, processor time."""
    build_strip(0, 1, "gate")  # the table of jumps
    seconds, nodes, jumps, proven, repaired = [], [], [], 0, 0
    for number in range(count):
        width, wing = 1 + number % WIDEST, tuple(WINGS)[number % len(WINGS)]
        built, took_s = _timed(partial(build_strip, number, width, wing, 1 + number // 6 % 6, 1 + number % 3))
        certificate = built.proof.certificate
        proven += replay(built.structure, NES_MOTION, certificate) is not None
        repaired += bool(built.repairs)
        seconds.append(took_s)
        nodes.append(built.proof.nodes)
        held = np.array([mask & Button.JUMP for mask in certificate], bool)
        jumps.append(int((held[1:] & ~held[:-1]).sum()) / width)
    return {
        "strips": count,
        "strips_proven": proven,
        "strips_repaired": repaired,
        "strip_s_median": round(float(np.median(seconds)), 3),
        "strip_s_most": round(max(seconds), 3),
        "strip_nodes_median": float(np.median(nodes)),
        "strip_nodes_most": max(nodes),
        "strip_jumps_a_screen": round(float(np.mean(jumps)), 2),
    }


def arts(count: int) -> dict[str, float]:
    """The art of grids beside that of stages, of the same seeds and themes."""
    dreamer = Dreamer()
    networks = dreamer.networks
    dreamer.tiles(grid(0))  # what is built once is nobody's time
    own_s, stage_s = [], []
    for seed in range(1, count + 1):
        structure = build_stage(seed, 1).structure
        roles = grid(seed)
        # The castle's first dreams are kept, so the two have other seeds.
        own_s.append(_timed(partial(dreamer.tiles, roles, 1000 + seed))[1])
        stage_s.append(_timed(partial(paint, Building.of(structure), seed, 1, 0, networks))[1])
    return {
        "grids": count,
        "own_art_s_mean": round(float(np.mean(own_s)), 3),
        "stage_art_s_mean": round(float(np.mean(stage_s)), 3),
        "own_over_stage_mean": round(float(np.mean(own_s) / np.mean(stage_s)), 3),
        "own_over_stage_median": round(float(np.median(own_s) / np.median(stage_s)), 3),
    }


def grid(seed: int) -> np.ndarray:
    """A level that nobody's layout drew: sky over ground with holes, blocks, platforms and a house."""
    rng = Pcg32(seed)
    roles = np.full((GRID_ROWS, GRID_COLUMNS), Role.SKY, np.uint8)
    roles[FLOOR:] = Role.GROUND_FILL
    for column in range(8, GRID_COLUMNS - 8, 8):
        at, what = column + rng.below(4), rng.below(4)
        if what == 0:
            roles[FLOOR:, at : at + 2] = Role.SKY
        elif what == 1:
            roles[FLOOR - 1 - rng.below(2) : FLOOR, at : at + 3] = Role.GROUND_FILL
        elif what == 2:
            roles[FLOOR - 3 - rng.below(3), at : at + 4] = Role.PLATFORM
        else:
            roles[FLOOR:, at : at + 3] = Role.WATER
    left = 24 + rng.below(12)
    roles[4:FLOOR, left : left + 12] = Role.BACKDROP
    roles[3, left : left + 12] = Role.GROUND_FILL
    return roles


def _timed(do: Callable[[], Any]) -> tuple[Any, float]:
    """What comes of it, and its processor time, s."""
    began = time.process_time()
    made = do()
    return made, time.process_time() - began


if __name__ == "__main__":
    raise SystemExit(main())
