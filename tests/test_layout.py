"""Stages laid out: the same integers give the same stage, and what a player may expect of one holds."""

from __future__ import annotations

import zlib
from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.layout import LAST_ATTEMPT, Structure, lay_out, main, to_ascii
from generator.motion import NES_MOTION, Body, Motion, whip_box
from generator.proof import Proof, build_structure, prove, replay
from generator.roles import DEADLY, SOLID, Role

STAGES = [(seed, 1 + seed % 6, 1 + seed % 3) for seed in range(24)]


@cache
def built(seed: int, stage: int, difficulty: int) -> tuple[Structure, Proof]:
    return build_structure(seed, stage, difficulty)


@given(st.integers(0, (1 << 64) - 1), st.integers(1, 6), st.integers(1, 4), st.integers(0, LAST_ATTEMPT))
@settings(max_examples=40)
def test_equal_integers_give_equal_stages(seed: int, stage: int, difficulty: int, attempt: int) -> None:
    first = lay_out(seed, "castle", difficulty, stage, attempt)
    second = lay_out(seed, "castle", difficulty, stage, attempt)
    assert (first is None) == (second is None)
    if first is not None and second is not None:
        assert to_ascii(first) == to_ascii(second)
        assert (first.spawns, first.sections, first.props) == (second.spawns, second.sections, second.props)
        height, width = first.roles.shape
        assert height == 15
        assert 12 * 16 <= width <= 20 * 16
        assert width % 16 == 0
        assert not first.roles.flags.writeable


PINNED = 831228323
"""CRC-32 of the role grid of seed 7, stage 1."""


def test_one_stage_is_pinned() -> None:
    """Structure is the same on every machine: a change of this sum is a new LEVEL_VERSION."""
    structure = lay_out(7, "castle", 1, 1, 0)
    assert structure is not None
    assert zlib.crc32(structure.roles.tobytes()) == PINNED


@pytest.mark.parametrize(("seed", "stage", "difficulty"), STAGES)
def test_stages_are_proven_with_and_without_air_control(seed: int, stage: int, difficulty: int) -> None:
    structure, proof = built(seed, stage, difficulty)
    assert proof.dead_ends == 0
    assert replay(structure, NES_MOTION, proof.certificate) is not None
    assert replay(structure, Motion(air_control=True), proof.certificate) is not None


@pytest.mark.parametrize(("seed", "stage", "difficulty"), STAGES)
def test_what_a_player_may_expect(seed: int, stage: int, difficulty: int) -> None:
    structure, proof = built(seed, stage, difficulty)
    roles = structure.roles
    _, width = roles.shape
    solid = np.isin(roles, [int(role) for role in SOLID])
    kinds = {section.kind for section in structure.sections}
    assert len(kinds) >= 6, "many ideas"
    assert structure.sections[-1].kind == "door"
    column, row = structure.exit
    assert (roles[row - 1 : row + 1, column] == Role.DOOR).all()
    assert solid[:, width - 1].all(), "a wall behind the door"
    assert solid[row + 1, column]
    # The entrance is calm.
    assert structure.start[0] // 16 == 2
    assert not np.isin(roles[:, :6], [int(role) for role in DEADLY]).any()
    for spawn in structure.spawns:
        at, bottom = spawn.x_px // 16, spawn.y_px // 16
        assert at > 5
        assert 0 <= bottom - 1 < 15
        assert not solid[bottom - 1, at], "nothing in the masonry"
        if spawn.kind == "zombie":
            assert at >= 10
            assert solid[bottom, at], "zombies stand"
            assert not solid[bottom - 2 : bottom, at].any(), "zombies have room"
        if spawn.kind == "candle":
            assert roles[bottom - 1, at] == Role.CANDLE
    assert int((roles == Role.CANDLE).sum()) == sum(s.kind == "candle" for s in structure.spawns)
    # Only the very tops of masonry are GROUND_TOP.
    assert not (solid[:-1] & (roles[1:] == Role.GROUND_TOP)).any()
    assert not ((roles[1:] == Role.GROUND_FILL) & ~solid[:-1]).any()
    # Set pieces are where the grid says so.
    role_of = {"window": Role.WINDOW, "column": Role.COLUMN, "tree": Role.BUSH}
    for prop in structure.props:
        cells = roles[prop.row : prop.row + prop.h, prop.column : prop.column + prop.w]
        assert cells.shape == (prop.h, prop.w)
        assert (cells == role_of[prop.kind]).all()
    assert len(proof.footholds) > 300


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
    footholds = set(proof.footholds)
    for spawn in structure.spawns:
        if spawn.kind == "candle":
            assert reachable_by_whip(spawn.x_px, spawn.y_px, footholds), (spawn, "out of reach")


@pytest.mark.parametrize("seed", range(20))
def test_the_last_attempt_cannot_fail(seed: int) -> None:
    structure = lay_out(seed, "castle", 1 + seed % 4, 1 + seed % 6, LAST_ATTEMPT)
    assert structure is not None
    proof = prove(structure, NES_MOTION, everywhere=True)
    assert proof is not None
    assert proof.dead_ends == 0
    assert {s.kind for s in structure.sections} <= {"courtyard", "graveyard", "corridor", "gate", "door"}


def test_there_is_more_to_fear_later() -> None:
    def fear(stage: int, difficulty: int) -> float:
        total = 0.0
        for seed in range(24):
            structure = lay_out(seed, "castle", difficulty, stage, 0)
            if structure is not None:
                foes = sum(spawn.kind != "candle" for spawn in structure.spawns)
                total += foes / structure.roles.shape[1]
        return total

    assert fear(1, 1) < fear(3, 1) < fear(5, 2)


def test_a_mode_that_does_not_exist_is_refused() -> None:
    with pytest.raises(ValueError, match="tower"):
        lay_out(1, "tower", 1, 1, 0)


def test_the_drawing_for_a_human_eye(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--seed", "7"]) == 0
    printed = capsys.readouterr().out
    assert "@" in printed
    assert "DD" not in printed
    assert "door@" in printed
