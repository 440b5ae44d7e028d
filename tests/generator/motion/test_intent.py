"""What the buttons ask for on stairs."""

from __future__ import annotations

import pytest

from generator.motion import (
    EventKind,
    Posture,
    hurt,
)
from generator.motion.mechanisms import (
    Stairs,
)
from tests.drawn.ascii_levels import AsciiPlace, place_from_ascii
from tests.drawn.presses import DOWN, JUMP, LEFT, RIGHT, UP, WHIP, at, feet, kinds, press

FLIGHT = place_from_ascii(
    """
................
................
................
......./####....
....../.........
...../..........
@.../...........
################
"""
)


MIRRORED = place_from_ascii(
    """
................
................
....####\\.......
.........\\......
..........\\....@
################
"""
)


def test_flights_are_read_off_the_roles() -> None:
    assert FLIGHT.interiors[0].stairs == (Stairs(64, 112, 1, 64),)
    (left,) = MIRRORED.interiors[0].stairs
    assert left == Stairs(176, 80, -1, 48)
    assert (left.head_x_px, left.head_y_px) == (128, 32)


@pytest.mark.parametrize(("place", "side"), [(FLIGHT, RIGHT), (MIRRORED, LEFT)])
def test_up_the_flight_takes_half_a_pixel_a_tick_on_both_axes(place: AsciiPlace, side: int) -> None:
    (flight,) = place.interiors[0].stairs
    state, events = press(place, at(flight.foot_x_px, flight.foot_y_px), UP)
    assert kinds(events) == [EventKind.MOUNTED]
    state, _ = press(place, state, UP, 15)
    assert feet(state) == (flight.foot_x_px + 8 * flight.rise, flight.foot_y_px - 8)
    assert state.body.posture == Posture.STAIRS
    state, events = press(place, state, side, 2 * flight.length_px - 16)
    assert feet(state) == (flight.head_x_px, flight.head_y_px)
    assert state.body.posture == Posture.STAND
    assert kinds(events).count(EventKind.STEPPED) == flight.length_px // 8 - 2
    assert kinds(events)[-1] == EventKind.DISMOUNTED
    state, events = press(place, state, DOWN, 2 * flight.length_px)
    assert feet(state) == (flight.foot_x_px, flight.foot_y_px)
    assert kinds(events)[0] == EventKind.MOUNTED


@pytest.mark.parametrize("away", range(-12, 13))
def test_up_walks_to_the_foot_by_itself(away: int) -> None:
    state, events = press(FLIGHT, at(64 + away, 112), UP, abs(away) + 1)
    assert kinds(events) == [EventKind.MOUNTED]
    assert press(FLIGHT, at(64 + 13, 112), UP, 30)[0].body.posture == Posture.STAND
    assert state.body.posture == Posture.STAIRS


def test_one_rests_only_between_steps_and_cannot_jump() -> None:
    state, _ = press(FLIGHT, at(64, 112), UP, 20)
    state, _ = press(FLIGHT, state, 0, 40)
    assert feet(state) == (80, 96)
    state, events = press(FLIGHT, state, JUMP, 10)
    assert not events
    assert feet(state) == (80, 96)
    state, events = press(FLIGHT, state, WHIP, 10)
    assert kinds(events) == [EventKind.WHIPPED]
    assert feet(press(FLIGHT, state, UP, 5)[0]) == (80, 96), "the whip roots the feet"
    assert feet(press(FLIGHT, press(FLIGHT, state, 0, 20)[0], LEFT, 16)[0]) == (72, 104)


def test_a_blow_does_not_push_on_stairs() -> None:
    state, _ = press(FLIGHT, at(64, 112), UP, 20)
    struck = hurt(state.body, 1)
    assert struck.posture == Posture.STAIRS
    assert struck.safe_tick
    assert struck[:2] == state.body[:2]
    assert hurt(struck, 1) is struck


def test_one_walks_past_a_flight() -> None:
    state, _ = press(FLIGHT, at(8, 112), RIGHT, 100)
    assert feet(state) == (108, 112)
