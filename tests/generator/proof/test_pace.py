"""A motion that is too slow is told at once; no test waits for it, the clock is handed in."""

from __future__ import annotations

import itertools

import pytest

from generator.motion import FLOATY_MOTION, MotionError
from generator.proof.pace import CALLS, SLOWEST_S, TICKS, check_pace
from tests.drawn.heroes import PLAIN, Strange


def clock(tick_s: float) -> itertools.count[float]:
    """What a clock shows, from reading to reading, where a tick takes so long."""
    return itertools.count(0.0, tick_s * TICKS)


def test_a_slow_motion_is_told_with_its_time() -> None:
    told = rf"^motion 'plain' is too slow: its move takes 2\.0 ms, and a level takes up to {CALLS:,} of them"
    with pytest.raises(MotionError, match=told):
        check_pace(PLAIN, clock(0.002).__next__)
    check_pace(PLAIN, clock(SLOWEST_S / 2).__next__)


def test_the_fastest_of_some_measurements_counts() -> None:
    readings = iter([0.0, 9.0, 9.0, 9.0 + SLOWEST_S * TICKS / 2, *([99.0] * 99)])
    check_pace(PLAIN, readings.__next__)


def test_motions_of_ours_and_faulty_ones_are_not_measured() -> None:
    check_pace(FLOATY_MOTION, lambda: pytest.fail("it needs no clock"))
    check_pace(Strange("divides", lambda *_: 1 // 0), clock(1.0).__next__)
