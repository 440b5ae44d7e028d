"""What enemies cost a tick, and that nobody ever gets into a wall, whatever buttons are pressed.

    python -m benchmarks.bench_fight [--seeds 100] [--ticks 1000]

The hero stands in a stage's first room, once alone and once among twelve of ten kinds, who are put back there
every second; rounds of the two take turns, and each round starts its hero afresh. After it, random buttons in
stage after stage of every difficulty, from a random tick of the certificate on. The last line is JSON.
"""

from __future__ import annotations

import argparse
import json
import statistics
import time

from game.world import World
from game.world.enemies import ENEMIES, Enemy, enemy_of
from game.world.hero import HEALTH_MAX
from game.world.world import Outcome
from generator.layout.stages import build_stage
from generator.motion import SOLID_KIND, body_box
from generator.nes.roles import TILE
from generator.rng import Pcg32
from generator.stream.bare import bare_level

ON_SCREEN, APART_PX, FIRST_PX = 12, 16, 40
ROUNDS, ROUND_TICKS, BACK_TICKS = 9, 3000, 60
LONGEST_HOLD_TICKS, MASKS = 40, 64


def ticks_a_second(enemies: int) -> float:
    """How many ticks a second the world makes with so many enemies about."""
    world = World(bare_level(build_stage(3, 1), 3, 1, 1), enemies=False)
    kinds = [name for name, kind in ENEMIES.items() if not kind.traits.boss and name != "fish_man"]
    took = 0.0
    for _ in range(ROUND_TICKS // BACK_TICKS):
        left_px, y_px = world.camera_px[0] + FIRST_PX, world.hero.body.y_sub // 256
        world.enemies = [
            enemy_of(kinds[n % len(kinds)], left_px + APART_PX * n, y_px, -1) for n in range(enemies)
        ]
        world.items, world.hero.health, world.tick = [], HEALTH_MAX, 0
        began = time.perf_counter()
        for _ in range(BACK_TICKS):
            world.step(0)
        took += time.perf_counter() - began
    return ROUND_TICKS / took


def faults(seed: int, ticks: int) -> list[str]:
    """What is wrong in so many ticks of random buttons in one stage."""
    stage, difficulty, random = 1 + seed % 6, 1 + seed // 6 % 3, Pcg32(seed)
    level = bare_level(build_stage(seed, stage, difficulty), seed, stage, difficulty)
    world, found = World(level), set[str]()
    at, mask, held = random.below(len(level.certificate)), 0, 0
    for tick in range(at + ticks):
        if tick < at:
            world.hero.health = HEALTH_MAX
            mask = level.certificate[tick]
        elif held == 0:
            mask, held = random.below(MASKS), 1 + random.below(LONGEST_HOLD_TICKS)
        held = max(0, held - 1)
        world.step(mask)
        if world.outcome != Outcome.PLAYING or not world.time_left:
            world = World(level)
        if tick >= at:
            found |= {f"seed {seed}, tick {tick}: {fault}" for fault in _wrong(world)}
    return sorted(found)


def _wrong(world: World) -> list[str]:
    terrain, room = world.interior.terrain(world.hero.state.flags), world.room_px
    out = [
        f"{e.kind} in a wall at {e.x_px}, {e.y_px}" for e in world.enemies if not _is_out_of_walls(e, world)
    ]
    left, top, right, bottom = body_box(world.level.motion, world.hero.body)
    inside = room[0] - TILE < (left + right) // 2 < room[2] + TILE
    rows = range(top // TILE, (bottom - 1) // TILE + 1)
    middle = (left + right) // 2 // TILE
    if not inside or any(terrain.kind(middle, row) == SOLID_KIND for row in rows):
        out.append(f"hero in a wall at {left}, {top}")
    return out


def _is_out_of_walls(enemy: Enemy, world: World) -> bool:
    """Whether its middle is in no wall; a missile ends in the tick in which it meets one."""
    terrain = world.interior.terrain(world.hero.state.flags)
    return terrain.kind(enemy.x_px // TILE, enemy.middle_px // TILE) != SOLID_KIND


def main(arguments: list[str] | None = None) -> int:
    """Measures, tries and prints. Returns 1 where somebody was in a wall."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.bench_fight", description=__doc__)
    parser.add_argument("--seeds", type=int, default=100, metavar="N", help="stages (default: 100)")
    parser.add_argument("--ticks", type=int, default=1000, metavar="N", help="of each (default: 1000)")
    options = parser.parse_args(arguments)
    alone, among = [], []
    for _ in range(ROUNDS):
        alone.append(ticks_a_second(0))
        among.append(ticks_a_second(ON_SCREEN))
    wrong = [fault for seed in range(options.seeds) for fault in faults(seed, options.ticks)]
    for fault in wrong[:20]:
        print(fault)
    result = {
        "bench": "fight",
        "ticks_per_s_alone": round(statistics.median(alone)),
        "ticks_per_s_among_twelve": round(statistics.median(among)),
        "times": round(statistics.median(alone) / statistics.median(among), 2),
        "random_ticks": options.seeds * options.ticks,
        "faults": len(wrong),
    }
    for key, value in result.items():
        print(f"{key:26} {value}")
    print(json.dumps(result))
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main())
