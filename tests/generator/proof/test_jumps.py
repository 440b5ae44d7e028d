"""The table of jumps: measured with the motion, obeyed by the rooms."""

from __future__ import annotations

from dataclasses import replace

import pytest

from generator.layout.canvas import HIGHEST_RISE, WIDEST_GAP
from generator.layout.stages import build_stage
from generator.motion import NES_MOTION, SUB, Motion, Posture, spawn
from generator.proof.jumps import RISES, Jumps, jumps_of
from generator.proof.trials import jump
from tests.drawn.ascii_levels import place_from_ascii
from tests.drawn.levels import proven

pytestmark = pytest.mark.slow


def weaker(peak_px: int) -> Motion:
    """The NES's, whose jump goes no higher than this."""
    curve, height = [], 0
    for rise in NES_MOTION.jump_curve_px:
        curve.append(min(rise, peak_px - height))
        height += curve[-1]
    return replace(NES_MOTION, name="weak", jump_curve_px=tuple(curve))


def test_the_nes_jumps_two_tiles_far_and_two_high() -> None:
    assert jumps_of(NES_MOTION) == Jumps((3, 3, 2, 2, 2, 2, -1))
    assert jumps_of(NES_MOTION).rise == HIGHEST_RISE
    assert all(jumps_of(NES_MOTION).gap(rise) >= WIDEST_GAP for rise in range(HIGHEST_RISE + 1))


@pytest.mark.parametrize(("peak_px", "rise"), [(8, 0), (16, 1), (24, 1), (32, 2), (36, 2)])
def test_who_jumps_less_high_gets_lower_ledges(peak_px: int, rise: int) -> None:
    jumps = jumps_of(weaker(peak_px))
    assert jumps.rise == rise
    gaps = [jumps.gap(rows) for rows in RISES]
    assert gaps == sorted(gaps, reverse=True), "the higher, the less far"


def test_what_the_table_says_is_jumped() -> None:
    """In the middle of what a clumsy hero may do; one tile more, and no press helps."""
    for gap, lands in ((2, True), (4, False)):
        drawing = [
            row.format("." * gap)
            for row in (".....{}......", ".....{}......", "@....{}......", "#####{}######")
        ]
        place = place_from_ascii("\n".join(drawing))
        state, landed = spawn(place), False
        for x_px in range(8, 5 * 16 + 6):
            body = state.body._replace(x_sub=x_px * SUB)
            trial = jump(place, NES_MOTION, state._replace(body=body), 1)
            landed |= (
                not trial.over
                and trial.state.body.posture == Posture.STAND
                and trial.state.body.x_sub > 6 * 16 * SUB
            )
        assert landed == lands


@pytest.mark.parametrize(("stage", "differs"), [(1, False), (3, True), (6, True)])
def test_castles_are_built_for_a_hero_who_jumps_a_tile(stage: int, differs: bool) -> None:
    """Another one only where the rooms that were rolled have ledges of two."""
    built = build_stage(5, stage, motion=weaker(20))
    assert built.proof.proven
    assert (built.structure.roles.tobytes() != proven(5, stage).structure.roles.tobytes()) == differs
