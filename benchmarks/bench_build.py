"""Building levels, art and proof, as the worker does: many seeds, one thread.

The certificate of every level is pressed as buttons in the game: `proven` counts those that reach the door.
"""

from __future__ import annotations

import argparse
import json
import os
import time
from pathlib import Path

for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[variable] = "1"  # before numpy: the worker's level of parallelism

import numpy as np

from game.world import World
from game.world.world import Outcome
from generator.dream.loading import load_networks
from generator.dream.z import latents, z_seeds
from generator.layout.stages import build_stage
from generator.level import Level
from generator.look.art import SCREENS
from generator.stream import build_level


def exits(level: Level) -> bool:
    """Whether the certificate, pressed as buttons in the game's world without enemies, reaches the door."""
    world = World(level, enemies=False)
    for buttons in level.certificate:
        world.step(buttons)
    return world.outcome == Outcome.CLEARED


def main() -> int:
    """Measures and prints one JSON object."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.bench_build", description=__doc__)
    parser.add_argument("--seeds", type=int, default=300, metavar="N", help="how many (default 300)")
    parser.add_argument("--model", type=Path, metavar="FILE")
    parser.add_argument("--roles", type=Path, metavar="FILE")
    options = parser.parse_args()
    networks = load_networks(options.model, options.roles)
    build_level(0, networks=networks)  # tables and sessions warm up
    structure_s, total_s, screen_s = [], [], []
    proven = 0
    for seed in range(options.seeds):
        began = time.perf_counter()
        build_stage(seed, 1)
        structure_s.append(time.perf_counter() - began)
        began = time.perf_counter()
        level = build_level(seed, networks=networks).level
        total_s.append(time.perf_counter() - began)
        z = latents(z_seeds(seed, 1, 0, 1), networks.generator.latent)
        began = time.perf_counter()
        networks.generator.dream(z)
        screen_s.append(time.perf_counter() - began)
        proven += exits(level)
    total, structure = np.array(total_s), np.array(structure_s)
    figures = {
        "seeds": options.seeds,
        "proven": proven,
        "screens": SCREENS,
        "screen_ms": float(np.median(screen_s)) * 1000,
        "structure_ms_median": float(np.median(structure)) * 1000,
        "structure_ms_p95": float(np.quantile(structure, 0.95)) * 1000,
        "art_ms_median": float(np.median(total - structure)) * 1000,
        "total_ms_median": float(np.median(total)) * 1000,
        "total_s_p95": float(np.quantile(total, 0.95)),
        "total_s_max": float(total.max()),
    }
    print(json.dumps({key: round(value, 3) for key, value in figures.items()}))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
