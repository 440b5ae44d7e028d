"""What judging a place costs: a glance at its roles and colours, beside a whole dream.

    python -m benchmarks.bench_glances [--model FILE] [--peer FILE]

A network that does not say roles is judged by the role network, on its screen. All take turns, so that a
busier moment of the machine meets all. The last line is JSON.
"""

from __future__ import annotations

import argparse
import json
import statistics
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from generator.dream.loading import load_networks
from generator.dream.network import Networks
from generator.nes.palette import quantise, to_rgb

ROUNDS, IN_A_ROW = 12, 16
"""A castle judges its places together."""


def judged(networks: Networks) -> Callable[[np.ndarray], object]:
    """How a network's places are judged."""
    if networks.generator.says_roles:
        return networks.generator.glance
    return lambda z: networks.roles.classify(to_rgb(quantise(networks.generator.dream(z))))


def main() -> None:
    """Prints medians in ms."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path, help="network (the one that ships)")
    parser.add_argument("--peer", type=Path, help="network to compare with")
    options = parser.parse_args()
    jobs: dict[str, tuple[Networks, Callable[[np.ndarray], object]]] = {}
    for name in ("model", "peer"):
        path = vars(options)[name]
        if name == "model" or path:
            networks = load_networks(path)
            jobs[f"{name}: a place judged"] = networks, judged(networks)
            jobs[f"{name}: a screen dreamed"] = networks, networks.generator.dream
    times: dict[str, list[float]] = {name: [] for name in jobs}
    for number in range(ROUNDS + 1):
        for name, (networks, job) in jobs.items():
            dice = np.random.default_rng(number)
            z = dice.standard_normal((IN_A_ROW, networks.generator.latent), np.float32)
            start = time.perf_counter()
            job(z)
            if number:
                times[name].append(1e3 * (time.perf_counter() - start) / IN_A_ROW)
    medians = {name: round(statistics.median(taken), 2) for name, taken in times.items()}
    for name, median in medians.items():
        print(f"{name:28s} {median:6.2f} ms, median of {ROUNDS} rounds of {IN_A_ROW}")
    print(json.dumps(medians))


if __name__ == "__main__":
    main()
