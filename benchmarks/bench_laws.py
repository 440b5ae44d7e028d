"""A law of every stage, tried on many: a world without enemies does what folding `step` does.

    python -m benchmarks.bench_laws [--stages 20] [--ticks 10000]

It must hold tick by tick, whatever buttons are pressed. The last line on stdout is JSON.
"""

from __future__ import annotations

import argparse
import json

from game.world import World
from game.world.world import Outcome
from generator.layout.stages import build_stage
from generator.level import Level
from generator.motion import spawn, step
from generator.rng import Pcg32
from generator.stream.bare import bare_level

LONGEST_HOLD_TICKS = 40
"""A random mask is held for 1 to so many ticks."""
RESTART_TICKS = 60
"""A life ends so long after a death."""
MASKS = 64
"""How many button masks there are."""


def main(arguments: list[str] | None = None) -> int:
    """Tries and prints. Returns 1 where the law does not hold."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.bench_laws", description=__doc__)
    parser.add_argument("--stages", type=int, default=20, metavar="N", help="how many (default: 20)")
    parser.add_argument("--ticks", type=int, default=10_000, metavar="N", help="of each (default: 10000)")
    options = parser.parse_args(arguments)
    lives, rooms, broken = 0, 0, 0
    for number in range(options.stages):
        failed_at, deaths, visited = fold(number, options.ticks)
        lives, rooms = lives + 1 + deaths, rooms + visited
        if failed_at >= 0:
            broken += 1
            print(f"stage {number}: another state at tick {failed_at}")
    result = {
        "bench": "laws",
        "stages": options.stages,
        "ticks": options.stages * options.ticks,
        "stages_that_differ": broken,
        "lives": lives,
        "rooms_visited": rooms,
    }
    for key, value in result.items():
        print(f"{key:24} {value}")
    print(json.dumps(result))
    return 1 if broken else 0


def fold(number: int, ticks: int) -> tuple[int, int, int]:
    """Returns the tick at which world and folded step part, or -1; deaths; rooms that were visited.

    Each life presses the certificate up to a random tick, then random buttons. So far rooms are tried too.
    """
    level = level_of(number)
    random = Pcg32(number, 0)
    deaths, rooms, tick = 0, set[int](), 0
    while tick < ticks:
        world, state = World(level, enemies=False), spawn(level)
        known, over = random.below(len(level.certificate)), 0
        mask = held = 0
        for at in range(ticks - tick):
            if at < known:
                mask = level.certificate[at]
            elif not held:
                mask, held = random.below(MASKS), 1 + random.below(LONGEST_HOLD_TICKS)
            held -= at >= known
            world.step(mask)
            state, _ = step(level, level.motion, state, mask)
            tick += 1
            if world.outcome == Outcome.CLEARED:
                break
            if world.hero.state != state:
                return tick, deaths, len(rooms)
            rooms |= world.visited
            over += world.outcome == Outcome.DEAD
            if over > RESTART_TICKS or not world.time_left:
                break
        deaths += world.outcome == Outcome.DEAD
    return -1, deaths, len(rooms)


def level_of(number: int) -> Level:
    """A stage without art."""
    stage, difficulty = 1 + number % 6, 1 + number // 6 % 3
    return bare_level(build_stage(number, stage, difficulty), number, stage, difficulty)


if __name__ == "__main__":
    raise SystemExit(main())
