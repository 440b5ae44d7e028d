"""What is remembered is what would have been stepped."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.layout.structure import lay_out
from generator.motion import NES_MOTION, RELAXED_MOTION, SUB, Body, Event, Motion, Place, State, spawn, step
from generator.motion.mechanisms import Key, MovingPlatform
from generator.proof import memory, prove
from generator.proof.footing import WAIT_TICKS, Footing
from generator.proof.memory import RoomMemory
from generator.proof.trials import Trial
from tests.drawn.ascii_levels import place_from_ascii
from tests.drawn.effort import examples

COURSE = """
....................
....................
............####....
..................D.
.@............==..D.
####..##..##......##
####..##..##^^^^^^##
"""


@pytest.fixture
def steps(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Grows with every step of a trial; nothing is remembered of earlier tests."""
    made: list[int] = []

    def counted(place: Place, motion: Motion, state: State, buttons: int) -> tuple[State, tuple[Event, ...]]:
        made.append(buttons)
        return step(place, motion, state, buttons)

    monkeypatch.setattr("generator.proof.trials.step", counted)
    memory.memory_of.cache_clear()
    return made


def without_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(RoomMemory, "recall", lambda *_: None)
    monkeypatch.setattr(RoomMemory, "keep", lambda *_: None)
    monkeypatch.setattr(Footing, "glide", lambda *_: False)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("stage", "motion"),
    [(1, NES_MOTION), (4, NES_MOTION), (4, RELAXED_MOTION), (1, Motion(walk_sub=384, air_control=True))],
)
def test_proofs_are_those_that_were_stepped(
    stage: int, motion: Motion, monkeypatch: pytest.MonkeyPatch
) -> None:
    structure = lay_out(20 + stage, stage=stage)
    remembered = prove(structure, motion)
    without_memory(monkeypatch)
    assert remembered == prove(structure, motion)


@pytest.mark.slow
def test_a_stage_takes_a_third_of_the_steps(steps: list[int]) -> None:
    """180,000 were stepped before anything was remembered; benchmarks/bench_proof.py counts more stages."""
    counts = []
    for seed in range(5):
        memory.memory_of.cache_clear()
        before = len(steps)
        prove(lay_out(seed))
        counts.append(len(steps) - before)
    assert sum(counts) / len(counts) <= 60_000


@settings(max_examples=examples(60), deadline=None)
@given(st.data())
def test_pieces_are_what_pressing_comes_to(data: st.DataObject) -> None:
    place = place_from_ascii(COURSE, (Key(0, 120, 64, 1), MovingPlatform(0, 208, 80, 2, 48, 0, 1)))
    recalled = Trial(place, NES_MOTION, spawn(place), RoomMemory(place.interiors[0], NES_MOTION))
    stepped = Trial(place, NES_MOTION, spawn(place))
    for _ in range(data.draw(st.integers(1, 30))):
        buttons, ticks = data.draw(st.sampled_from((0, 1, 2, 16, 17, 18, 33))), data.draw(st.integers(1, 9))
        if recalled.go(buttons, ticks) != stepped.go(buttons, ticks) or stepped.over:
            break
    for name in ("state", "before", "path_px", "masks", "keys", "fell", "airborne", "left", "over"):
        assert getattr(recalled, name) == getattr(stepped, name), name


def test_what_is_met_again_is_not_stepped(steps: list[int]) -> None:
    place = place_from_ascii(COURSE)
    room = RoomMemory(place.interiors[0], NES_MOTION)
    for expected in (8, 0):
        before = len(steps)
        trial = Trial(place, NES_MOTION, spawn(place), room)
        trial.go(1, 8)
        assert (len(steps) - before, trial.state.body.x_sub) == (expected, 32 * SUB)


def test_what_is_remembered_in_one_place_is_known_in_another(steps: list[int]) -> None:
    for text in (COURSE, COURSE.replace("D", ".")):
        place = place_from_ascii(text)
        Trial(place, NES_MOTION, spawn(place), RoomMemory(place.interiors[0], NES_MOTION)).go(1, 8)
    assert len(steps) == 8


@pytest.mark.parametrize("up", [False, True])
def test_who_rides_through_air_goes_along_as_if_it_were_stepped(up: bool) -> None:
    move = (0, -40) if up else (48, 0)
    platform = MovingPlatform(0, 208, 80, 2, *move, 1, 16)
    place = place_from_ascii(COURSE.replace("==", "..").replace("####....", "........"), (platform,))
    footing = Footing(place.interiors[0], NES_MOTION)
    for tick in range(0, platform.period_ticks, 8):
        left, top = platform.at(tick)
        state = State(0, tick, Body((left + 16) * SUB, top * SUB))
        glided, stepped = Trial(place, NES_MOTION, state), Trial(place, NES_MOTION, state)
        assert footing.glide(glided, WAIT_TICKS)
        stepped.hold(0, WAIT_TICKS)
        assert (glided.state, glided.masks) == (stepped.state, stepped.masks)


def test_who_rides_into_a_wall_is_stepped() -> None:
    platform = MovingPlatform(0, 176, 64, 2, 64, 0, 1)
    place = place_from_ascii(COURSE.replace("####....", "...#####"), (platform,))
    footing = Footing(place.interiors[0], NES_MOTION)
    assert not footing.glide(Trial(place, NES_MOTION, State(0, 0, Body(192 * SUB, 64 * SUB))), WAIT_TICKS)
