"""Stages laid out: the same integers give the same stage, and what a player may expect of one holds."""

from __future__ import annotations

import zlib
from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.layout.life import CALM_COLUMNS, FIRST_COLUMN
from generator.layout.stages import ATTEMPTS
from generator.layout.structure import PLAIN, Structure, lay_out
from generator.level.level import ENEMY_KINDS
from generator.motion import NES_MOTION, Body, Motion, whip_box
from generator.motion.check import check
from generator.motion.clear import TALL
from generator.motion.mechanisms import BreakableWall, Key, Lock, MovingPlatform, Passage
from generator.nes.roles import DEADLY, SOLID, TILE, Role
from generator.proof import Proof, prove, replay
from generator.proof.footing import WALK_PX
from tests.drawn.ascii_levels import drawn_structure
from tests.drawn.effort import examples
from tests.drawn.levels import proven

pytestmark = pytest.mark.slow

STAGES = [(seed, 1 + seed % 6, 1 + seed % 3) for seed in range(examples(6))]
"""Every stage and every difficulty."""


def built(seed: int, stage: int, difficulty: int) -> tuple[Structure, Proof]:
    return proven(seed, stage, difficulty)[:2]


@given(
    st.integers(0, (1 << 64) - 1),
    st.integers(1, 12),
    st.integers(1, 4),
    st.integers(0, ATTEMPTS - 1),
    st.dictionaries(st.integers(0, 8), st.sampled_from([1, 2, 3, PLAIN]), max_size=3),
)
@settings(max_examples=examples(13))
def test_equal_integers_give_equal_stages(
    seed: int, stage: int, difficulty: int, attempt: int, rolls: dict[int, int]
) -> None:
    first = lay_out(seed, "castle", difficulty, stage, attempt, rolls)
    second = lay_out(seed, "castle", difficulty, stage, attempt, rolls)
    assert drawn_structure(first) == drawn_structure(second)
    assert (first.plan, first.rooms, first.mechanisms) == (second.plan, second.rooms, second.mechanisms)
    assert (first.spawns, first.props) == (second.spawns, second.props)
    height, width = first.roles.shape
    assert height % 15 == 0 and width % 16 == 0, "a grid of screens"
    assert 12 <= first.plan.screens <= 20
    assert sum(w * h for _, _, w, h in first.rooms) == first.plan.screens * 15 * 16
    assert not first.roles.flags.writeable
    check(first.rooms, first.mechanisms, width, height)


@given(st.integers(0, (1 << 64) - 1), st.integers(1, 6), st.integers(1, 8))
@settings(max_examples=examples(6))
def test_another_roll_of_a_room_leaves_the_others_as_they_are(seed: int, stage: int, roll: int) -> None:
    before, after = lay_out(seed, stage=stage), lay_out(seed, stage=stage, rolls={1: roll})
    assert before.plan == after.plan
    for number, (x, y, w, h) in enumerate(before.rooms):
        solid_before, solid_after = (
            np.isin(s.roles[y : y + h, x : x + w], [*SOLID, *DEADLY, Role.PLATFORM]) for s in (before, after)
        )
        assert number == 1 or np.array_equal(solid_before, solid_after)


PINNED = 622738936
"""CRC-32 of the role grid of seed 7, stage 1."""


def test_one_stage_is_pinned() -> None:
    """Structure is the same on every machine: a change of this sum is a new LEVEL_VERSION."""
    assert zlib.crc32(lay_out(7, "castle", 1, 1, 0).roles.tobytes()) == PINNED


@pytest.mark.parametrize(("seed", "stage", "difficulty"), STAGES)
def test_stages_are_proven_with_and_without_air_control(seed: int, stage: int, difficulty: int) -> None:
    structure, proof = built(seed, stage, difficulty)
    assert proof.proven
    assert replay(structure, NES_MOTION, proof.certificate) is not None
    steered = Motion(air_control=True)
    again = prove(structure, steered)
    assert again.proven
    assert replay(structure, steered, again.certificate) is not None
    assert set(again.footholds) >= {
        (room, x_px, y_px) for room, x_px, y_px in proof.footholds if not x_px % WALK_PX
    }, "steering takes nothing away"


@pytest.mark.parametrize(("seed", "stage", "difficulty"), STAGES)
def test_what_a_player_may_expect(seed: int, stage: int, difficulty: int) -> None:
    structure, proof = built(seed, stage, difficulty)
    roles = structure.roles
    solid = np.isin(roles, [int(role) for role in SOLID])
    assert len({room.kind for room in structure.plan.rooms}) >= 6, "many ideas"
    column, row = structure.exit
    assert (roles[row - 1 : row + 1, column] == Role.DOOR).all()
    assert solid[row + 1, column]
    x, y, w, h = structure.rooms[[room.purpose for room in structure.plan.rooms].index("exit")]
    assert x <= column < x + w and y <= row < y + h
    outside = np.ones(roles.shape, bool)
    for x, y, w, h in structure.rooms:
        outside[y : y + h, x : x + w] = False
    assert solid[outside].all()
    # The entrance is calm.
    x, y, w, h = structure.rooms[0]
    assert structure.start[0] // TILE == x + 3
    entrance = roles[y : y + h, x : x + 6]
    assert not np.isin(entrance, [int(role) for role in DEADLY]).any()
    assert len(proof.footholds) > 300


@pytest.mark.parametrize(("seed", "stage", "difficulty"), STAGES)
def test_who_lives_there(seed: int, stage: int, difficulty: int) -> None:
    structure, _ = built(seed, stage, difficulty)
    roles = structure.roles
    solid = np.isin(roles, [int(role) for role in SOLID])
    for spawn in structure.spawns:
        at, bottom = spawn.x_px // TILE, spawn.y_px // TILE
        (room,) = [
            number
            for number, (x, y, w, h) in enumerate(structure.rooms)
            if x <= at < x + w and y < bottom <= y + h
        ]
        x, _, w, _ = structure.rooms[room]
        assert not solid[bottom - 1, at], "nothing in the masonry"
        if spawn.kind in ENEMY_KINDS:
            assert x + CALM_COLUMNS < at < x + w - CALM_COLUMNS, "nobody near a door"
            assert structure.plan.rooms[room].purpose not in ("boss", "exit")
            assert room or at >= x + FIRST_COLUMN
        if spawn.kind in (TALL | {"slime", "flea_man", "raven"}) - {"fish_man"}:
            assert solid[bottom, at] or roles[bottom, at] == Role.PLATFORM, "who walks stands"
            assert not solid[bottom - 2 : bottom, at].any(), "and has room"
        if spawn.kind == "candle":
            assert roles[bottom - 1, at] == Role.CANDLE
        if spawn.kind in ("treasure", "roast"):
            assert solid[bottom, at]
            assert structure.plan.rooms[room].purpose in ("reward", "secret")
    assert int((roles == Role.CANDLE).sum()) == sum(s.kind == "candle" for s in structure.spawns)


@pytest.mark.parametrize(("seed", "stage", "difficulty"), STAGES)
def test_roles_say_what_is_there(seed: int, stage: int, difficulty: int) -> None:
    structure, _ = built(seed, stage, difficulty)
    for x, y, w, h in structure.rooms:
        roles = structure.roles[y : y + h, x : x + w]
        # Only the very tops of masonry are GROUND_TOP; what breaks is a way.
        masonry = np.isin(roles, [Role.GROUND_TOP, Role.GROUND_FILL])
        assert not (masonry[:-1] & (roles[1:] == Role.GROUND_TOP)).any()
        assert not ((roles[1:] == Role.GROUND_FILL) & ~masonry[:-1]).any()
    role_of = {"window": Role.WINDOW, "column": Role.COLUMN, "tree": Role.BUSH}
    for prop in structure.props:
        cells = structure.roles[prop.row : prop.row + prop.h, prop.column : prop.column + prop.w]
        assert cells.shape == (prop.h, prop.w)
        assert (cells == role_of[prop.kind]).all()
    for m in structure.mechanisms:
        if isinstance(m, BreakableWall):
            cells = structure.roles[m.row : m.row + m.h, m.column : m.column + m.w]
            assert (cells == Role.BREAKABLE).all()
    broken = sum(m.w * m.h for m in structure.mechanisms if isinstance(m, BreakableWall))
    assert int((structure.roles == Role.BREAKABLE).sum()) == broken


@pytest.mark.parametrize(("seed", "stage", "difficulty"), STAGES)
def test_doors_lead_from_room_to_room(seed: int, stage: int, difficulty: int) -> None:
    structure, _ = built(seed, stage, difficulty)
    doors = [m for m in structure.mechanisms if isinstance(m, Passage)]
    locks = [m for m in structure.mechanisms if isinstance(m, Lock)]
    keys = [m for m in structure.mechanisms if isinstance(m, Key)]
    assert len(doors) == 2 * len(structure.plan.joins)
    assert len(locks) == len(keys) == 1
    assert locks[0].key_bit == keys[0].bit != locks[0].bit
    assert sum(door.lock == 0 for door in doors) == 2
    for door in doors:
        there = structure.interiors[door.room].terrain(structure.interiors[door.room].wall_bits)
        x, _, w, _ = structure.rooms[door.room]
        edge = x + w - 1 if door.side > 0 else x
        assert all(there.kind(edge, door.row - up) == 0 for up in range(3)), "open"
        assert there.kind(edge, door.row + 1) == 1, "over firm ground"


def reachable_by_whip(candle_x: int, candle_y: int, footholds: set[tuple[int, int]]) -> bool:
    """Whether a whip, standing or on a jump straight up, meets the candle's box of 12x12 px."""
    for x_px, y_px in footholds:
        if abs(x_px - candle_x) > 48 or not -32 <= y_px - candle_y <= 64:
            continue
        for rise in (0, 10, 19, 27, 33, 36):
            for facing in (-1, 1):
                body = Body(x_px * 256, (y_px - rise) * 256, facing=facing)
                box = whip_box(NES_MOTION, body._replace(whip_tick=NES_MOTION.whip_hit_first))
                assert box is not None
                left, top, right, bottom = box
                if (
                    left < candle_x + 6 and right > candle_x - 6
                    and top < candle_y - 2 and bottom > candle_y - 14
                ):  # fmt: skip
                    return True
    return False


@pytest.mark.parametrize(("seed", "stage", "difficulty"), STAGES)
def test_every_candle_can_be_whipped(seed: int, stage: int, difficulty: int) -> None:
    structure, proof = built(seed, stage, difficulty)
    footholds = {(x_px, y_px) for _, x_px, y_px in proof.footholds}
    for spawn in structure.spawns:
        if spawn.kind == "candle":
            assert reachable_by_whip(spawn.x_px, spawn.y_px, footholds), (spawn, "out of reach")


@pytest.mark.parametrize("seed", range(20))
def test_templates_cannot_fail(seed: int) -> None:
    structure = lay_out(seed, "castle", 1 + seed % 4, 1 + seed % 6, rolls=dict.fromkeys(range(30), PLAIN))
    assert prove(structure).proven
    gentle = {"stairwell", "hall", "treasury", "chapel", "arena", "vestibule"}
    for room, (x, y, w, h) in zip(structure.plan.rooms, structure.rooms, strict=True):
        drawn = structure.roles[y : y + h, x : x + w]
        assert room.kind in gentle or not np.isin(drawn, [int(role) for role in DEADLY]).any()
    assert not [m for m in structure.mechanisms if isinstance(m, MovingPlatform)]


@cache
def fear(stage: int, difficulty: int = 1) -> float:
    """Enemies a screen."""
    total = 0.0
    for seed in range(16):
        structure = lay_out(seed, "castle", difficulty, stage)
        total += sum(s.kind in ENEMY_KINDS for s in structure.spawns) / structure.plan.screens
    return total / 16


def test_there_is_more_to_fear_later() -> None:
    assert fear(1) < fear(6), "in the keep than at the gate"
    assert fear(1) < fear(7), "in the second castle"
    assert fear(1, 1) < fear(1, 2) < fear(1, 3)
    assert fear(3, 1) < fear(3, 3)


def test_a_mode_that_does_not_exist_is_refused() -> None:
    with pytest.raises(ValueError, match="tower"):
        lay_out(1, "tower", 1, 1, 0)


def test_the_drawing_for_a_human_eye() -> None:
    structure = lay_out(7, "castle", 1, 1)
    rows = drawn_structure(structure).splitlines()
    assert (len(rows), len(rows[0])) == structure.roles.shape
    assert len({len(row) for row in rows}) == 1
    drawn = "".join(rows)
    assert drawn.count("@") == 1 and drawn.count("D") == 2 and drawn.count("k") == 1
    assert drawn.count("B") == int((structure.roles == Role.BREAKABLE).sum())
