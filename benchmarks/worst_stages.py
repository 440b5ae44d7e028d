"""Which stages a player would like least, by five scores, and a sheet of their maps to look at.

- wait: seconds that the fastest way stands still, for platforms;
- walk: seconds of its longest stretch on which nothing is done but walk;
- back: seconds in rooms where it has been before;
- same: rooms of the kind that the stage has most of;
- bare: percent of its screens without a candle, an enemy or a treasure.

A stage's badness is the mean of how many standard deviations each lies above the mean of all.
"""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path
from typing import NamedTuple

import numpy as np

from generator.files import writing
from generator.inspect.maps import map_sheet, stage_map
from generator.layout.stages import Stage, build_stage
from generator.level import SCREEN_COLUMNS, SCREEN_ROWS
from generator.motion import NES_MOTION, Button, Posture, spawn, step
from generator.nes.roles import TILE

TICKS_PER_S = 60


class Scores(NamedTuple):
    """What can be held against a stage; the higher the worse."""

    wait_s: float
    walk_s: float
    back_s: float
    same: int
    bare_percent: float


def scores(built: Stage) -> Scores:
    """Of a stage, following its certificate."""
    structure = built.structure
    state = spawn(structure)
    wait = walk = longest = back = 0
    left: set[int] = set()
    room = state.room
    for mask in built.proof.certificate:
        state, events = step(structure, NES_MOTION, state, mask)
        wait += not mask and state.body.posture == Posture.STAND
        plain = not events and not mask & Button.JUMP and state.body.posture == Posture.STAND
        walk = walk + 1 if plain else 0
        longest = max(longest, walk)
        if state.room != room:
            left, room = left | {room}, state.room
        back += room in left
    kinds = Counter(planned.kind for planned in structure.plan.rooms)
    lively = {
        (s.x_px // TILE // SCREEN_COLUMNS, (s.y_px - 1) // TILE // SCREEN_ROWS) for s in structure.spawns
    }
    screens = structure.plan.screens
    return Scores(
        wait / TICKS_PER_S,
        longest / TICKS_PER_S,
        back / TICKS_PER_S,
        max(kinds.values()),
        100 * (1 - len(lively) / screens),
    )


def main(arguments: list[str] | None = None) -> int:
    """Prints the scores' means and the worst stages, and draws these."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.worst_stages", description=__doc__)
    parser.add_argument("--stages", type=int, default=200, metavar="N", help="how many (default: 200)")
    parser.add_argument("--worst", type=int, default=12, metavar="N", help="how many of them (default: 12)")
    parser.add_argument("--picture", type=Path, metavar="PNG", help="their maps")
    options = parser.parse_args(arguments)
    stages = [build_stage(number, 1 + number % 6, 1 + number // 6 % 3) for number in range(options.stages)]
    found = np.array([scores(stage) for stage in stages])
    spread = np.maximum(found.std(0), 1e-9)
    badness = ((found - found.mean(0)) / spread).mean(1)
    print("mean of all:", Scores(*found.mean(0).round(1).tolist()))
    maps = []
    for number in np.argsort(-badness, kind="stable")[: options.worst].tolist():
        told = Scores(*found[number].round(1).tolist())
        name = f"{number}-{1 + number % 6}"
        print(f"{name:8} {badness[number]:5.2f} {told}")
        words = ", ".join(f"{field} {value}" for field, value in told._asdict().items())
        maps.append(
            (f"{name}  {words}", stage_map(stages[number].structure, stages[number].proof.certificate))
        )
    if options.picture is not None:
        with writing(options.picture):
            map_sheet(maps).save(options.picture, "PNG")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
