"""The boxes of a body, and what a blow does to it."""

from __future__ import annotations

import pytest

from generator.motion import (
    NES_MOTION,
    SUB,
    Body,
    Posture,
    hurt,
    spawn,
    whip_box,
)
from generator.motion.body import HURT_SAFE_TICKS
from tests.drawn.ascii_levels import place_from_ascii
from tests.drawn.presses import JUMP, LEFT, feet, press

FLAT = place_from_ascii(
    """
....................
....................
....................
....................
....................
..@.................
####################
"""
)


@pytest.mark.parametrize(
    ("level", "ahead", "width", "height"), [(1, 24, 16, 6), (2, 26, 18, 8), (3, 34, 26, 8)]
)
def test_the_whip_box(level: int, ahead: int, width: int, height: int) -> None:
    body = Body(100 * SUB, 96 * SUB, whip_tick=NES_MOTION.whip_hit_first)
    middle = 100 + ahead
    assert whip_box(NES_MOTION, body, level) == (
        middle - width, 78 - height, middle + width, 78 + height,
    )  # fmt: skip
    body = body._replace(posture=Posture.CROUCH, facing=-1)
    middle = 100 - ahead
    assert whip_box(NES_MOTION, body, level) == (
        middle - width, 87 - height, middle + width, 87 + height,
    )  # fmt: skip


def test_a_blow_throws_back_in_an_arc_of_14_pixels() -> None:
    state = spawn(FLAT)
    state = state._replace(body=hurt(state.body, 1))
    assert state.body.posture == Posture.HURT
    assert hurt(state.body, -1) is state.body, "safe"
    top, ticks = 96, 0
    while state.body.posture == Posture.HURT:
        state, _ = press(FLAT, state, LEFT | JUMP)
        top = min(top, feet(state)[1])
        ticks += 1
    assert 96 - top == 14
    assert feet(state)[0] == 40 + ticks
    assert state.body.safe_tick == HURT_SAFE_TICKS - ticks
    state, _ = press(FLAT, state, 0, 120 - ticks)
    assert state.body.safe_tick == 0
