"""Stages for heroes with motions of their own: proven, kept in files, and bounded where a hero is strange."""

from __future__ import annotations

import json
import zlib
from dataclasses import replace
from typing import Any

import pytest

from generator.layout import stages
from generator.layout.handmade import judge_kept
from generator.layout.stages import build_stage
from generator.level import Level, LevelError
from generator.level.file import _PREFIX, _TEXT_LENGTH
from generator.motion import (
    FLOATY_MOTION,
    NES_MOTION,
    RUN_MOTION,
    AbsentMotion,
    Body,
    FreeMotion,
    Motion,
    OwnMotion,
    Posture,
)
from generator.proof import UnprovenError, replay
from generator.stream.bare import bare_level
from tests.drawn.heroes import JUMP, PLAIN, Plain, Strange

pytestmark = pytest.mark.slow


def level_for(motion: Motion | OwnMotion, seed: int = 0, stage: int = 1) -> Level:
    return replace(bare_level(build_stage(seed, stage, motion=motion), seed, stage, 1), motion=motion)


def header_of(data: bytes) -> dict[str, Any]:
    raw = zlib.decompress(data[_PREFIX.size :])
    (length,) = _TEXT_LENGTH.unpack_from(raw)
    header: dict[str, Any] = json.loads(raw[_TEXT_LENGTH.size : _TEXT_LENGTH.size + length])
    return header


@pytest.mark.parametrize("motion", [RUN_MOTION, FLOATY_MOTION, PLAIN], ids=lambda motion: motion.name)
def test_a_stage_is_proven_and_kept(motion: OwnMotion) -> None:
    level = level_for(motion)
    assert replay(level, motion, level.certificate) is not None
    again = Level.from_bytes(level.to_bytes())
    assert again.equals(level) and again.motion == motion
    assert replay(again, again.motion, again.certificate) is not None
    judgement = judge_kept(again)
    assert judgement is not None and judgement.proven


def test_the_same_stage_twice_and_another_for_another_hero() -> None:
    assert level_for(RUN_MOTION).to_bytes() == level_for(replace(RUN_MOTION)).to_bytes()
    assert level_for(RUN_MOTION).certificate != level_for(NES_MOTION).certificate


def test_a_file_without_a_kind_is_of_the_nes_like_numbers() -> None:
    level = level_for(NES_MOTION)
    assert "kind" not in header_of(level.to_bytes())["motion"], "older games read it, and old files are alike"
    assert header_of(level_for(RUN_MOTION).to_bytes())["motion"]["kind"] == "free"


def test_a_file_of_a_hero_that_is_not_there_says_so_when_it_is_walked_in() -> None:
    absent = AbsentMotion("x", "nowhere.py:X", 6, 28)
    again = Level.from_bytes(replace(level_for(NES_MOTION), motion=absent).to_bytes())
    assert again.motion == absent
    with pytest.raises(Exception, match=r"load it with load_motion\('nowhere.py:X'\)"):
        replay(again, again.motion, again.certificate)


def test_a_file_of_an_unknown_kind_is_one_line() -> None:
    class Newer(AbsentMotion):
        def to_dict(self) -> dict[str, Any]:
            return {"kind": "swimming"}

    with pytest.raises(LevelError, match="no kind 'swimming' of motion; a newer version may read it"):
        Level.from_bytes(replace(level_for(NES_MOTION), motion=Newer()).to_bytes())


def remembering(before: Body, after: Body, buttons: int) -> Body:
    """Counts its jumps up to ten thousand, in a body that otherwise is well."""
    landed = before.posture == Posture.AIR and after.posture == Posture.STAND
    return after._replace(landing_tick=(before.landing_tick + landed) % 10_000)


def test_ten_thousand_states_a_cell_end_in_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    """By the number of places to stand, and never by time."""
    monkeypatch.setattr(stages, "MOST_OWN_NODES", 1_500)
    with pytest.raises(UnprovenError, match=r"'remembering' in 1,500 places .* must come back to few values"):
        build_stage(0, 1, motion=Strange("remembering", remembering))


def test_however_slow_a_step_is_their_number_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """A step of 5 ms takes as long as it takes; but no search asks for more of them than this."""

    class Counted(Plain):
        name = "slow"
        steps = 0

        def move(self, around: Any, body: Body, buttons: int) -> Body:
            """It would take 5 ms."""
            Counted.steps += 1
            return super().move(around, body, buttons & ~JUMP if self.tires(body) else buttons)

        def tires(self, body: Body) -> bool:
            """Where it does not jump any more: so that nothing is proven."""
            return body.x_sub > 60 * 16 * 256

    monkeypatch.setattr(stages, "MOST_OWN_NODES", 1_500)
    with pytest.raises(UnprovenError, match="'slow' in 1,500 places"):
        build_stage(0, 2, motion=Counted())
    assert Counted.steps < 1_500 * 400


def test_a_weak_hero_gets_a_stage_of_his_own() -> None:
    weak = FreeMotion("weak", jump_sub=560)  # 20 px high
    level = level_for(weak)
    assert replay(level, weak, level.certificate) is not None
