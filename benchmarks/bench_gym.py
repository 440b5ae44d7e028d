"""Steps of the environment a second on one core, beside those of crafter, in one run and in turns.

    pip install -c constraints.txt -e '.[gym]' && pip install crafter
    python -m benchmarks.bench_gym [--rounds 5] [--seconds 2]

All are stepped with random actions, by processor time; resets are counted apart, of levels that are there
already and of fresh ones. The world's ticks along a proven way, enemies about, are the dear case: there
everybody is awake. The last line on stdout is JSON.
"""

from __future__ import annotations

import os

for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"):
    os.environ.setdefault(name, "1")

import argparse
import json
import statistics
import time
from collections.abc import Callable, Iterator
from itertools import cycle
from typing import Any

import crafter
import gymnasium
import numpy as np

import game.gym
from game.gym.levels import bare, dreamed
from game.world.hero import HEALTH_MAX

SEEDS = range(1, 5)
ACTIONS = 1 << 16
CHUNK = 20
"""Steps between two looks at the clock."""


def drawn(number: int) -> Iterator[int]:
    """Random actions, drawn beforehand: what an environment costs, and not what drawing does."""
    return cycle(np.random.default_rng(1).integers(number, size=ACTIONS).tolist())


class Crafter:
    """crafter, which draws every step: 64x64 px."""

    def __init__(self) -> None:
        self._env = crafter.Env(seed=1)
        self._env.reset()
        self._actions = drawn(self._env.action_space.n)

    def step(self) -> bool:
        """One step; whether the episode is over."""
        return bool(self._env.step(next(self._actions))[2])

    def reset(self) -> None:
        self._env.reset()


class Ours:
    """The environment, bare of wrappers."""

    def __init__(self, **settings: Any) -> None:
        self._env: Any = gymnasium.make(game.gym.ENVIRONMENT, seeds=SEEDS, **settings).unwrapped
        self._actions = drawn(len(game.gym.ACTIONS))
        self._env.reset(seed=1)

    def step(self) -> bool:
        """One step; whether the episode is over."""
        _, _, terminated, truncated, _ = self._env.step(next(self._actions))
        return bool(terminated or truncated)

    def reset(self) -> None:
        self._env.reset()


class AlongTheWay(Ours):
    """The same, pressing the certificate's buttons, and never dead: so it comes to where the enemies are."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(actions="buttons", frame_skip=1, **settings)
        self.reset()

    def step(self) -> bool:
        env = self._env
        mask = next(self._masks, None)
        if mask is None:
            return True
        env.world.hero.health = HEALTH_MAX
        _, _, terminated, truncated, _ = env.step([mask >> bit & 1 for bit in range(6)])
        return bool(terminated or truncated)

    def reset(self) -> None:
        _, info = self._env.reset()
        self._masks = iter(info["certificate"])


def steps_a_second(run: Crafter | Ours, seconds: float) -> float:
    """How many steps it makes in a second of processor time, resets aside."""
    took, steps = 0.0, 0
    while took < seconds:
        began, over = time.process_time(), False
        for _ in range(CHUNK):
            steps += 1
            over = run.step()
            if over:
                break
        took += time.process_time() - began
        if over:
            run.reset()
    return steps / took


def seconds_of(call: Callable[[], object]) -> float:
    """Processor time of one call."""
    began = time.process_time()
    call()
    return time.process_time() - began


def main(arguments: list[str] | None = None) -> int:
    """Measures and prints."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.bench_gym", description=__doc__)
    parser.add_argument("--rounds", type=int, default=5, help="turns of each (default: 5)")
    parser.add_argument("--seconds", type=float, default=2.0, help="of each turn (default: 2)")
    options = parser.parse_args(arguments)
    runs: dict[str, Crafter | Ours] = {
        "crafter": Crafter(),
        "roles": Ours(),
        "roles_skip_1": Ours(frame_skip=1),
        "roles_skip_1_along_the_way": AlongTheWay(),
        "pixels": Ours(observation="pixels"),
        "pixels_skip_1": Ours(observation="pixels", frame_skip=1),
        "pixels_skip_1_along_the_way": AlongTheWay(observation="pixels"),
    }
    rates: dict[str, list[float]] = {name: [] for name in runs}
    for _ in range(options.rounds):
        for name, run in runs.items():
            rates[name].append(steps_a_second(run, options.seconds))
    result: dict[str, object] = {"bench": "gym", "rounds": options.rounds}
    for name, found in rates.items():
        result[f"{name}_steps_a_s"] = round(statistics.median(found), 1)
        if name != "crafter":
            # Within a round both had the same machine.
            times = [one / other for one, other in zip(found, rates["crafter"], strict=True)]
            result[f"{name}_times"] = round(statistics.median(times), 1)
            result[f"{name}_times_least"] = round(min(times), 1)
    result["crafter_reset_ms"] = round(1000 * seconds_of(runs["crafter"].reset), 1)
    result["roles_reset_kept_ms"] = round(1000 * seconds_of(runs["roles"].reset), 1)
    bare.cache_clear()
    result["roles_reset_fresh_ms"] = round(1000 * seconds_of(runs["roles"].reset), 1)
    dreamed.cache_clear()
    result["pixels_reset_fresh_ms"] = round(1000 * seconds_of(runs["pixels"].reset), 1)
    for key, value in result.items():
        print(f"{key:40} {value}")
    print(json.dumps(result))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
