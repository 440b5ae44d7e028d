"""How a hero of one's own walks and jumps: measured, and named where it cannot be."""

from __future__ import annotations

from typing import Any

import pytest

from generator.motion import (
    FLOATY_MOTION,
    RUN_MOTION,
    SUB,
    Around,
    Body,
    EventKind,
    FreeMotion,
    MotionError,
    OwnMotion,
    Posture,
    spawn,
)
from generator.motion.mechanisms import CollapsingFloor, MovingPlatform
from generator.proof import prove, replay
from generator.proof.gait import NEAR_PX, gait_of
from generator.proof.jumps import jumps_of
from generator.proof.trials import CLUMSY_TICKS, Trial
from tests.drawn.ascii_levels import place_from_ascii
from tests.drawn.heroes import JUMP, LEFT, PLAIN, RIGHT, Plain, Strange

OWN = [RUN_MOTION, FLOATY_MOTION, PLAIN]
FLAT = place_from_ascii("\n".join(["." * 40] * 8 + ["@" + "." * 39, "#" * 40]))


@pytest.mark.parametrize("motion", OWN)
def test_taps_lead_exactly_there(motion: OwnMotion) -> None:
    gait = gait_of(motion)
    assert set(range(8, NEAR_PX + 1)) <= set(gait.taps[1]) & set(gait.taps[-1]), "every mark is near another"
    for direction, taps in gait.taps.items():
        for far_px, ways in taps.items():
            start = spawn(FLAT)
            start = start._replace(body=start.body._replace(x_sub=320 * SUB))
            trial = Trial(FLAT, motion, start)
            for side, ticks in ways:
                assert ticks >= CLUMSY_TICKS
                trial.hold(RIGHT if side > 0 else LEFT, ticks)
                trial.settle()
            assert trial.state.body.x_sub == (320 + direction * far_px) * SUB


def test_what_was_measured() -> None:
    run, floaty, plain = (gait_of(motion) for motion in OWN)
    assert (run.rise_px, floaty.rise_px, plain.rise_px) == (54, 67, 41)
    assert [len(gait.leaps) for gait in (run, floaty, plain)] == [4, 6, 3], "its jump cannot be cut short"
    assert [len(floaty.leaps[number].presses) for number in floaty.straight] == [1, 1, 3]
    assert run.walk_px == plain.walk_px == 2


def test_jumps_are_measured_from_rest() -> None:
    assert jumps_of(RUN_MOTION).gaps == (4, 4, 3, 3, 3, 2, 2)
    weak = FreeMotion("weak", jump_sub=560)  # 20 px high
    assert jumps_of(weak).rise == 1
    assert jumps_of(FLOATY_MOTION).gap(0) > jumps_of(RUN_MOTION).gap(0)


def counting(before: Body, after: Body, buttons: int) -> Body:
    """Never the same at rest."""
    return after._replace(landing_tick=after.landing_tick + 1)


def gliding(before: Body, after: Body, buttons: int) -> Body:
    """It never comes down."""
    if after.posture == Posture.AIR and after.vy_sub > 0:
        return after._replace(y_sub=before.y_sub)
    return after


def skating(before: Body, after: Body, buttons: int) -> Body:
    """It does not stop."""
    return after if buttons or after.posture == Posture.AIR else after._replace(vx_sub=before.vx_sub)


STRANGE: list[tuple[str, Any, str]] = [
    ("counting", counting, "does not stay as it is while it stands .*landing_tick from 0 to 1"),
    ("gliding", gliding, "does not fall: 600 ticks after a jump it is still in the air"),
    ("skating", skating, "does not stop after RIGHT was let go within 240 ticks"),
    (
        "rooted",
        lambda before, after, buttons: after._replace(x_sub=before.x_sub),
        "does not walk: RIGHT, held",
    ),
    (
        "one-legged",
        lambda before, after, buttons: after._replace(x_sub=max(before.x_sub, after.x_sub)),
        "does not walk: LEFT, held for 120 ticks, leads 0 px",
    ),
    (
        "heavy",
        lambda before, after, buttons: before._replace(jump_held=0) if buttons & JUMP else after,
        "does not jump: JUMP, held, lifts it 0 px; a hero must jump 16 px high",
    ),
    ("lost", lambda before, after, buttons: before[99], "its move raised IndexError: tuple index"),
]


@pytest.mark.parametrize(("name", "change", "said"), STRANGE, ids=[name for name, *_ in STRANGE])
def test_who_does_not_walk_jump_or_land_is_named(name: str, change: Any, said: str) -> None:
    with pytest.raises(MotionError, match=said) as told:
        prove(FLAT, Strange(name, change))
    assert str(told.value).startswith(f"motion '{name}'") and "\n" not in str(told.value)


def test_who_cannot_be_hashed_is_named() -> None:
    class Loose(Plain):  # noqa: PLW1641 - that is the point
        def __eq__(self, other: object) -> bool:
            return True

    with pytest.raises(MotionError, match="cannot be hashed"):
        Loose().check()


STEP = """
............
............
............
............
...........D
@..........D
####..######
####..######
"""
TRAP = """
............
............
............
...........D
@..........D
####..######
####..######
####..######
####..######
####..######
############
"""


@pytest.mark.parametrize("motion", OWN)
class TestPlaces:
    """What a hero of one's own is proven for."""

    def test_a_gap_is_jumped(self, motion: OwnMotion) -> None:
        place = place_from_ascii(STEP)
        proof = prove(place, motion)
        assert proof.proven and replay(place, motion, proof.certificate) is not None

    def test_a_pit_too_deep_is_a_dead_end(self, motion: OwnMotion) -> None:
        assert {fault.kind for fault in prove(place_from_ascii(TRAP), motion).faults} == {"dead end"}

    def test_a_floor_that_gives_way_is_run_over(self, motion: OwnMotion) -> None:
        place = place_from_ascii(
            "............\n............\n...........D\n@..........D\n###...######\n............",
            (CollapsingFloor(0, 3, 4, 3),),
        )
        assert prove(place, motion).proven

    def test_a_platform_is_ridden(self, motion: OwnMotion) -> None:
        place = place_from_ascii(
            "\n".join(
                ["." * 24] * 3
                + ["." * 23 + "D", "@" + "." * 22 + "D", "###" + "." * 16 + "#####"]
                + ["." * 24]
            ),
            (MovingPlatform(0, 48, 80, 3, 208, 0, 2, 32),),
        )
        proof = prove(place, motion)
        assert proof.proven
        assert replay(place, motion, proof.certificate) is not None


class Moody(Plain):
    """Walks as it should for so many ticks, then not at all."""

    name = "moody"

    def __init__(self, patience: int) -> None:
        self.ticks, self.patience = 0, patience

    def move(self, around: Around, body: Body, buttons: int) -> Body:
        """See `OwnMotion.move`."""
        self.ticks += 1
        return super().move(around, body, buttons) if self.ticks <= self.patience else body


def test_a_way_that_differs_the_second_time_is_named() -> None:
    place, patient = place_from_ascii(STEP), Moody(1 << 60)
    proof = prove(place, patient)
    assert proof.proven
    # The last thing that a proof does is to go its way once more.
    moody = Moody(patient.ticks - len(proof.certificate) + 5)
    with pytest.raises(MotionError, match="'moody' does not do the same twice"):
        prove(place, moody)


def test_events_are_those_of_the_search() -> None:
    """A double jump says so twice."""
    trial = Trial(FLAT, FLOATY_MOTION, spawn(FLAT))
    kinds: list[EventKind] = []
    gait = gait_of(FLOATY_MOTION)
    for press in gait.leaps[gait.straight[-1]].presses:
        for _ in range(press.ticks):
            events, _ = trial._step(JUMP * press.jump)
            kinds += [event.kind for event in events]
    assert kinds.count(EventKind.JUMPED) == 2
