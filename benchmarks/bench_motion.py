"""Steps of motion a second on one core, in real stages: along a proven way, and with random buttons.

    python -m benchmarks.bench_motion [--steps 200000]

The last line on stdout is JSON.
"""

from __future__ import annotations

import argparse
import json
import statistics
import time

from generator.layout.stages import build_stage
from generator.motion import NES_MOTION, Posture, hurt, spawn, step
from generator.rng import Pcg32

STAGES = 6
ROUNDS = 5
"""The figure is the median of so many runs, since other programs disturb single ones."""


def random_buttons(seed: int, ticks: int) -> bytes:
    """Random masks, each held for 1 to 40 ticks, to the right more often than not."""
    rng = Pcg32(seed)
    masks = bytearray()
    while len(masks) < ticks:
        mask = rng.below(64) | (1 if rng.chance(1, 2) else 0)
        masks += bytes([mask]) * rng.between(1, 40)
    return bytes(masks[:ticks])


def main(arguments: list[str] | None = None) -> int:
    """Measures and prints."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.bench_motion", description=__doc__)
    parser.add_argument("--steps", type=int, default=200_000, help="steps a round (default: 200000)")
    options = parser.parse_args(arguments)
    places = [build_stage(seed, 1 + seed % 6)[:2] for seed in range(STAGES)]
    results: dict[str, float] = {}
    for name in ("certificate", "random"):
        rates = []
        for _ in range(ROUNDS):
            done, elapsed = 0, 0.0
            while done < options.steps:
                for seed, (structure, proof) in enumerate(places):
                    masks = proof.certificate if name == "certificate" else random_buttons(seed, 4000)
                    state = spawn(structure)
                    begin = time.perf_counter()
                    for mask in masks:
                        state, _ = step(structure, NES_MOTION, state, mask)
                        if state.body.posture == Posture.DEAD:
                            state = spawn(structure)
                    elapsed += time.perf_counter() - begin
                    done += len(masks)
            rates.append(done / elapsed)
        results[name] = statistics.median(rates)
        print(f"{name:<12} {results[name]:>10,.0f} steps/s")
    structure, _ = places[0]
    state, hits, begin = spawn(structure), 0, time.perf_counter()
    for _ in range(20_000):
        if not state.body.safe_tick:
            state = state._replace(body=hurt(state.body, 1))
            hits += 1
        state, _ = step(structure, NES_MOTION, state, 0)
    results["hurt"] = 20_000 / (time.perf_counter() - begin)
    print(f"{'hurt':<12} {results['hurt']:>10,.0f} steps/s   ({hits} blows)")
    rates_out = {f"{name}_steps_per_s": round(rate) for name, rate in results.items()}
    print(json.dumps({"bench": "motion", **rates_out}))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
