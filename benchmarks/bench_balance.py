"""How hard the stages are: a bot of one skill begins each of them again and again, with one life.

    python -m benchmarks.bench_balance [--starts 60] [--skill middling] [--difficulties 1,2,3]
        [--processes 2] [--plot OUT.png] [--json OUT.json]

Start n of a stage is that stage of castle n, with five hearts and the plain whip. It ends at the door, with
the life, or when the time is up. Intervals are Wilson's, of 95 %. A minute is one of play, not of the clock.
The last line is JSON.
"""

from __future__ import annotations

import argparse
import json
import math
import multiprocessing
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from game.world import World
from game.world.bot import SKILLS, Bot
from game.world.enemies import ENEMIES
from game.world.world import STAGE_TIME, TIME_TICKS, Outcome
from generator.layout.life import CALM
from generator.layout.stages import build_stage
from generator.level.codes import STAGES
from generator.motion import SUB, room_at
from generator.nes.roles import TILE
from generator.stream.bare import bare_level

MINUTE_TICKS = 3600
CONFIDENCE = 1.96
HERE_PX = 48
BARS = {"first_percent": (85, 100), "last_percent": (30, 55)}
"""What the middling bot should clear of stage 1 and of stage 6 on difficulty 1."""


class Start(NamedTuple):
    """What became of one start."""

    difficulty: int
    stage: int
    seed: int
    outcome: str
    """"cleared", "time", or the cause of death: an enemy's kind, "fall"."""
    ticks: int
    met: int
    """Enemies that woke."""
    hits: int
    hearts_found: int
    hearts_spent: int
    longest_idle_ticks: int
    """The longest time in which he stayed within HERE_PX of a place, won nothing and fought no boss."""
    empty_kinds: tuple[str, ...]
    """Kinds of rooms without an enemy, of those that should have one; a name for each such room."""


class Cell(NamedTuple):
    """What the starts at one stage on one difficulty come to."""

    cleared: int
    of: int
    low: float
    high: float
    met_a_minute: float
    hits: float
    hearts_found: float
    hearts_spent: float

    @property
    def share(self) -> float:
        """How many are cleared, of 1."""
        return self.cleared / self.of


def play(what: tuple[int, int, int, str]) -> Start:
    """Plays one start: difficulty, stage, seed, skill."""
    difficulty, stage, seed, skill = what
    built = build_stage(seed, stage, difficulty)
    world = World(bare_level(built, seed, stage, difficulty))
    bot, known = Bot(SKILLS[skill], seed), set[int]()
    kept: list[object] = []  # so that no identity is given twice
    met = hits = found = spent = idle = here_tick = score = 0
    here = _place(world)
    cause, health, hearts = "fall", world.hero.health, world.hero.hearts
    while world.outcome == Outcome.PLAYING and world.tick < STAGE_TIME * TIME_TICKS:
        near = list(world.enemies)
        world.step(bot.buttons(world))
        for enemy in world.enemies:
            if id(enemy) not in known and enemy.kind in ENEMIES:
                known.add(id(enemy))
                kept.append(enemy)
                met += 1
        hero = world.hero
        if hero.health < health:
            hits += 1
            nearest = min(near, key=lambda enemy: _away(world, enemy.x_px, enemy.middle_px), default=None)
            cause = nearest.kind if nearest else "fall"
        found += max(0, hero.hearts - hearts)
        spent += max(0, hearts - hero.hearts)
        health, hearts = hero.health, hero.hearts
        now = _place(world)
        moved = now[0] != here[0] or max(abs(now[1] - here[1]), abs(now[2] - here[2])) > HERE_PX
        if moved or hero.score != score or world.bosses:
            here, here_tick, score = now, world.tick, hero.score
        idle = max(idle, world.tick - here_tick)
    if world.outcome == Outcome.CLEARED:
        outcome = "cleared"
    elif world.outcome == Outcome.DEAD:
        outcome = cause if health <= 0 and hits else "fall"
    else:
        outcome = "time"
    rooms = {room_at(world.level, s.x_px, s.y_px) for s in world.level.spawns if s.kind in ENEMIES}
    empty = tuple(
        room.kind
        for number, room in enumerate(built.structure.plan.rooms)
        if number not in rooms and room.kind not in CALM
    )
    return Start(difficulty, stage, seed, outcome, world.tick, met, hits, found, spent, idle, empty)


def _place(world: World) -> tuple[int, int, int]:
    """Room and feet."""
    body = world.hero.body
    return world.hero.state.room, body.x_sub // SUB, body.y_sub // SUB


def _away(world: World, x_px: int, y_px: int) -> int:
    body = world.hero.body
    return abs(body.x_sub // SUB - x_px) + abs(body.y_sub // SUB - TILE - y_px)


def wilson(cleared: int, of: int) -> tuple[float, float]:
    """Low and high end of the interval of a share."""
    share, z = cleared / of, CONFIDENCE
    middle = (share + z * z / (2 * of)) / (1 + z * z / of)
    half = z * math.sqrt(share * (1 - share) / of + z * z / (4 * of * of)) / (1 + z * z / of)
    return max(0.0, middle - half), min(1.0, middle + half)


def summed(starts: Sequence[Start]) -> Cell:
    """What these starts come to."""
    of, cleared = len(starts), sum(start.outcome == "cleared" for start in starts)
    minutes = sum(start.ticks for start in starts) / MINUTE_TICKS
    return Cell(
        cleared,
        of,
        *wilson(cleared, of),
        sum(start.met for start in starts) / minutes,
        sum(start.hits for start in starts) / of,
        sum(start.hearts_found for start in starts) / of,
        sum(start.hearts_spent for start in starts) / of,
    )


def plot(cells: dict[tuple[int, int], Cell], path: Path) -> None:
    """Draws the curves, a line a difficulty."""
    import matplotlib as mpl

    mpl.use("Agg")
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(2, 2, figsize=(10, 7), constrained_layout=True)
    panels: tuple[tuple[str, Callable[[Cell], float]], ...] = (
        ("cleared, %", lambda c: 100 * c.share),
        ("enemies met a minute", lambda c: c.met_a_minute),
        ("hits taken a start", lambda c: c.hits),
        ("hearts found (line) and spent (dashes) a start", lambda c: c.hearts_found),
    )
    for axis, (title, value) in zip(axes.flat, panels, strict=True):
        axis.set_title(title)
        axis.set_xlabel("stage")
        for difficulty in sorted({key[0] for key in cells}):
            stages = sorted(stage for d, stage in cells if d == difficulty)
            here = [cells[difficulty, stage] for stage in stages]
            shown = [value(cell) for cell in here]
            colour = f"C{difficulty - 1}"
            axis.plot(stages, shown, "o-", color=colour, label=f"difficulty {difficulty}")
            if axis is axes[0, 0]:
                low, high = [100 * cell.low for cell in here], [100 * cell.high for cell in here]
                axis.fill_between(stages, low, high, color=colour, alpha=0.15)
            if axis is axes[1, 1]:
                axis.plot(stages, [cell.hearts_spent for cell in here], "--", color=colour)
    for axis in axes.flat:
        axis.set_ylim(bottom=0)
    axes[0, 0].set_ylim(top=100)
    axes[0, 0].legend()
    figure.savefig(path, dpi=80)


def figures(cells: dict[tuple[int, int], Cell]) -> dict[str, object]:
    """What the table shows."""
    first = [cells[1, stage] for stage in range(1, STAGES + 1) if (1, stage) in cells]
    rises = sum(one.share < other.share for one, other in pairwise(first))
    result: dict[str, object] = {"stages_easier_than_the_one_before": rises}
    if first:
        result["first_percent"] = round(100 * first[0].share, 1)
        result["last_percent"] = round(100 * first[-1].share, 1)
    for difficulty in sorted({key[0] for key in cells}):
        mine = [cell for (d, _), cell in cells.items() if d == difficulty]
        result[f"cleared_percent_{difficulty}"] = round(
            100 * sum(cell.cleared for cell in mine) / sum(cell.of for cell in mine), 1
        )
    return result


def main(arguments: list[str] | None = None) -> int:
    """Plays and prints."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.bench_balance", description=__doc__)
    parser.add_argument("--starts", type=int, default=60, metavar="N", help="of each stage (default: 60)")
    parser.add_argument("--stages", type=_integers, default=range(1, STAGES + 1), metavar="1,2,..")
    parser.add_argument("--difficulties", type=_integers, default=(1, 2, 3), metavar="1,2,3")
    parser.add_argument("--skill", choices=sorted(SKILLS), default="middling")
    parser.add_argument("--processes", type=int, default=2, metavar="N")
    parser.add_argument("--plot", type=Path, metavar="PNG", help="needs matplotlib")
    parser.add_argument("--json", type=Path, metavar="FILE", help="every start")
    options = parser.parse_args(arguments)
    jobs = [
        (difficulty, stage, seed, options.skill)
        for seed in range(1, options.starts + 1)
        for difficulty in options.difficulties
        for stage in options.stages
    ]
    by = defaultdict[tuple[int, int], list[Start]](list)
    everyone = []
    with multiprocessing.get_context("spawn").Pool(options.processes) as pool:
        for start in pool.imap_unordered(play, jobs, chunksize=2):
            by[start.difficulty, start.stage].append(start)
            everyone.append(start)
    cells = {key: summed(starts) for key, starts in sorted(by.items())}
    print("difficulty stage  cleared %  (95 %)   met/min  hits  hearts found, spent   lost to")
    for (difficulty, stage), cell in cells.items():
        lost = Counter(s.outcome for s in by[difficulty, stage] if s.outcome != "cleared")
        between = f"({100 * cell.low:.0f}-{100 * cell.high:.0f})"
        causes = ", ".join(f"{name} {count}" for name, count in lost.most_common(5))
        print(
            f"{difficulty:10} {stage:5} {100 * cell.share:10.0f} {between:>8} {cell.met_a_minute:9.1f}"
            f" {cell.hits:5.1f} {cell.hearts_found:8.1f} {cell.hearts_spent:8.1f}   {causes}"
        )
    empty = Counter(kind for start in everyone for kind in start.empty_kinds)
    print("rooms without an enemy:", dict(empty))
    result = {
        "bench": "balance",
        **figures(cells),
        "rooms_without_enemies": sum(empty.values()),
        "longest_idle_s": round(max(start.longest_idle_ticks for start in everyone) / TIME_TICKS, 1),
    }
    if options.json:
        options.json.write_text(json.dumps([start._asdict() for start in everyone]), "utf-8")
    if options.plot:
        plot(cells, options.plot)
    print(json.dumps(result))
    return 0


def _integers(text: str) -> Iterable[int]:
    return tuple(int(word) for word in text.split(","))


if __name__ == "__main__":
    raise SystemExit(main())
