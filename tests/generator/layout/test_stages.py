"""Stages that are proven: repairs in their stated order, and check sums that hold on every machine."""

from __future__ import annotations

import os
import subprocess
import sys
import zlib
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from generator.layout import structure as layout
from generator.layout.canvas import FLOOR_ROW, Canvas
from generator.layout.plan import ROOM_KINDS, Join, Plan, PlannedRoom
from generator.layout.rooms import draw_plain, draw_room
from generator.layout.stages import ATTEMPTS, ROLLS, Repairs, add_ledges, build_stage
from generator.motion import NES_MOTION, Motion
from generator.nes.roles import Role
from generator.proof import Fault, prove, replay
from generator.rng import Pcg32

pytestmark = pytest.mark.slow

Sides = tuple[tuple[int, int], ...]


def walled_up(monkeypatch: pytest.MonkeyPatch, kind: str, times: int) -> list[int]:
    """Lets the first so many drawings of rooms of a kind be halved by a wall; returns a list that grows with
    each of them."""
    bad: list[int] = []

    def draw(
        rng: Pcg32, name: str, size: tuple[int, int], openings: Sides, hard: int, *rest: object
    ) -> Canvas:
        canvas = draw_room(rng, name, size, openings, hard)
        if name == kind and len(bad) < times:
            bad.append(1)
            canvas.grid[:, canvas.x // 2] = Role.GROUND_FILL
        return canvas

    monkeypatch.setattr(layout, "draw_room", draw)
    return bad


def seed_with_one(kind: str) -> int:
    """A seed whose first stage has one room of a kind."""
    for seed in range(200):
        plan = layout.stage_plan(seed, "castle", 1, 1)
        if [room.kind for room in plan.rooms].count(kind) == 1:
            return seed
    raise AssertionError("not seen")


def test_most_stages_need_no_repair() -> None:
    built = build_stage(1, 1)
    assert not built.repairs
    assert built.repairs == Repairs()
    assert built.structure.roles.tobytes() == layout.lay_out(1).roles.tobytes()


@pytest.mark.parametrize("kind", ["arena", "ledges"])
def test_a_bad_room_is_rolled_again(monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    seed = seed_with_one(kind)
    plain = build_stage(seed, 1).structure
    bad = walled_up(monkeypatch, kind, 1)
    built = build_stage(seed, 1)
    assert bad == [1]
    assert built.proof.proven
    assert replay(built.structure, NES_MOTION, built.proof.certificate) is not None
    assert built.repairs.rolls >= 1
    assert (built.repairs.ledges, built.repairs.templates, built.repairs.plans) == (0, 0, 0)
    assert built.structure.plan == plain.plan


def test_a_room_that_stays_bad_becomes_its_template(monkeypatch: pytest.MonkeyPatch) -> None:
    seed = seed_with_one("ledges")
    bad = walled_up(monkeypatch, "ledges", 1 << 30)
    built = build_stage(seed, 1)
    assert len(bad) == 1 + ROLLS
    assert built.proof.proven
    assert built.repairs.rolls >= ROLLS
    assert built.repairs.templates >= 1 and built.repairs.plans == 0
    number = [room.kind for room in built.structure.plan.rooms].index("ledges")
    x, y, w, _ = built.structure.rooms[number]
    floor = built.structure.roles[y + FLOOR_ROW, x : x + w]
    assert (floor == Role.GROUND_TOP).sum() >= w - 2, "level ground"


def test_a_plan_that_stays_bad_becomes_another(monkeypatch: pytest.MonkeyPatch) -> None:
    seed = seed_with_one("arena")
    first = layout.stage_plan(seed, "castle", 1, 1)
    tries: list[int] = []
    assemble = layout.assemble

    def spoiled(plan: Plan, *rest: object) -> layout.Structure:
        structure = assemble(plan, *rest)  # type: ignore[arg-type]
        if plan == first:
            tries.append(1)
            return replace(structure, exit=(-1, -1))
        return structure

    monkeypatch.setattr(layout, "assemble", spoiled)
    built = build_stage(seed, 1)
    assert built.repairs.plans == 1
    assert len(tries) == ROLLS + 2
    assert built.structure.plan == layout.stage_plan(seed, "castle", 1, 1, attempt=1)
    assert built.proof.proven


def with_a_trap() -> layout.Structure:
    """A corridor whose floor is raised in two steps, with a pocket three tiles deep in its middle."""
    plan = Plan(
        "gate",
        (PlannedRoom("corridor", 0, 0, 2, 1, "start"), PlannedRoom("vestibule", 2, 0, 1, 1, "exit")),
        (Join(0, 1, 0, 1),),
    )
    drawn = [
        draw_plain(Pcg32(1), room.kind, (room.w, room.h), plan.openings(number), 0)
        for number, room in enumerate(plan.rooms)
    ]
    grid = drawn[0].grid
    grid[3:FLOOR_ROW, 1:-1] = Role.BACKDROP
    grid[FLOOR_ROW - 2 : FLOOR_ROW, 8:24] = Role.GROUND_FILL
    grid[FLOOR_ROW - 2 : FLOOR_ROW + 1, 15:17] = Role.BACKDROP
    drawn[0].wishes.clear()
    drawn[0].candles.clear()
    return layout.assemble(plan, drawn, Pcg32(1), Pcg32(1))


def test_a_dead_end_gets_a_ledge() -> None:
    structure = with_a_trap()
    faults = prove(structure).faults
    assert {(fault.kind, fault.y_px // 16) for fault in faults} == {("dead end", FLOOR_ROW + 1)}
    mended = add_ledges(structure, faults)
    assert mended is not None
    assert prove(mended).proven
    changed = np.argwhere(mended.roles != structure.roles)
    assert len(changed) >= 1
    assert {int(mended.roles[row, column]) for row, column in changed} == {int(Role.PLATFORM)}
    assert not mended.roles.flags.writeable


def test_ledges_help_against_nothing_else() -> None:
    structure = with_a_trap()
    faults = prove(structure).faults
    assert add_ledges(structure, (*faults, Fault("unfair", 0, 64, 192))) is None
    low = Fault("dead end", 0, 64, 64)  # right under the roof
    assert add_ledges(structure, (low,)) is None


@pytest.mark.parametrize("motion", [Motion(walk_sub=0), Motion(jump_curve_px=(0,) * 20)])
def test_a_motion_that_cannot_move_fails_loudly(motion: Motion) -> None:
    with pytest.raises(RuntimeError, match=r"seed 3, stage 1: no proof was found.*in room.*jump a tile high"):
        build_stage(3, 1, motion=motion)


def check_sum(seed: int, stage: int, difficulty: int, mode: str = "castle") -> int:
    """Of all that a stage's structure is: roles, mechanisms, who lives there, where one starts and leaves."""
    structure = layout.lay_out(seed, mode, difficulty, stage)
    told = repr((structure.rooms, structure.mechanisms, structure.spawns, structure.start, structure.exit))
    return zlib.crc32(told.encode(), zlib.crc32(structure.roles.tobytes()))


KEYS = [
    *((seed, 1 + seed % 6, 1 + seed % 3, "castle") for seed in range(9)),
    ((1 << 64) - 1, 8, 4, "castle"),
    (5, 1, 1, "endless"),
    (5, 40, 2, "endless"),
]
"""Seed, stage, difficulty, mode."""
PINNED: dict[tuple[int, int, int, str], int] = {
    (0, 1, 1, "castle"): 254370145,
    (1, 2, 2, "castle"): 1624328614,
    (2, 3, 3, "castle"): 2791820907,
    (3, 4, 1, "castle"): 563093271,
    (4, 5, 2, "castle"): 3114113983,
    (5, 6, 3, "castle"): 2090946067,
    (6, 1, 1, "castle"): 378185294,
    (7, 2, 2, "castle"): 1123659198,
    (8, 3, 3, "castle"): 339661097,
    (18446744073709551615, 8, 4, "castle"): 3479467934,
    (5, 1, 1, "endless"): 4148274661,
    (5, 40, 2, "endless"): 487002855,
}
"""A change of any of these sums is a new LEVEL_VERSION once levels are shared. This file run as a
program, the checkout on PYTHONPATH, prints them."""


def measured() -> dict[tuple[int, int, int, str], int]:
    """The check sums, as they are now."""
    return {key: check_sum(*key) for key in KEYS}


def test_structures_are_the_same_on_every_machine() -> None:
    assert measured() == PINNED


def test_and_in_every_process() -> None:
    environment = {**os.environ, "PYTHONHASHSEED": "12345", "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run(
        [sys.executable, str(Path(__file__))], capture_output=True, text=True, check=True, env=environment
    )
    assert done.stdout.strip() == repr(PINNED)


def test_a_castle_has_six_stages_of_its_own() -> None:
    assert len({check_sum(7, stage, 1) for stage in range(1, 7)}) == 6
    assert len({check_sum(7, 1, difficulty) for difficulty in range(1, 5)}) == 4
    assert ATTEMPTS > 1 and len(ROOM_KINDS) > 20


if __name__ == "__main__":
    print(repr(measured()))
