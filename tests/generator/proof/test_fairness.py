"""The clumsy hero: in drawings, and on whole stages without the search's own idea of him."""

from __future__ import annotations

import pytest

from generator.motion import (
    NES_MOTION,
    RELAXED_MOTION,
    Button,
    EventKind,
    Place,
    Posture,
    State,
    spawn,
    step,
)
from generator.proof import prove, replay
from generator.proof.fairness import CLUMSY_SLIP_TICKS
from generator.proof.trials import CLUMSY_TICKS
from tests.drawn.ascii_levels import place_from_ascii
from tests.drawn.effort import examples
from tests.drawn.levels import proven

pytestmark = pytest.mark.slow

TOO_FAR = """
....................
....................
..................D.
.@................D.
######......########
######......########
"""


GAP = """
....................
....................
..................D.
.@................D.
######...###########
######...###########
"""


GAP_UP = """
....................
..................D.
..................D.
.@.......###########
######...###########
######...###########
"""


def test_a_jump_that_needs_luck_is_unfair() -> None:
    """Three tiles and one up need a press after the edge; two tiles and one up need none."""
    place = place_from_ascii(GAP_UP)
    proof = prove(place, RELAXED_MOTION)
    assert replay(place, RELAXED_MOTION, proof.certificate) is not None
    assert [(fault.kind, fault.y_px) for fault in proof.faults] == [("unfair", 64)]
    assert prove(place, RELAXED_MOTION, fair=False).proven
    assert not prove(place, fair=False).certificate, "nobody else can"
    assert prove(place_from_ascii(GAP_UP.replace("...#", "..##"))).proven


def test_a_gap_of_three_tiles_is_fair_only_where_late_jumps_are_forgiven() -> None:
    """Landing from as early as 3 ticks before the edge, and jumping as late as 3 ticks after it."""
    place = place_from_ascii(GAP)
    assert prove(place, RELAXED_MOTION).proven
    assert [fault.kind for fault in prove(place).faults] == ["unfair"]
    assert prove(place_from_ascii(GAP.replace("...#", "..##"))).proven
    assert prove(place_from_ascii(TOO_FAR)).certificate == b""


STAGES = [(seed, 1 + seed % 6, 1 + seed % 3) for seed in range(examples(6))]
"""Every stage and every difficulty."""
JUMP = int(Button.JUMP)


@pytest.mark.parametrize(("seed", "stage", "difficulty"), STAGES)
def test_no_press_of_a_certificate_is_shorter_than_4_ticks(seed: int, stage: int, difficulty: int) -> None:
    structure, proof, _ = proven(seed, stage, difficulty)
    assert replay(structure, NES_MOTION, proof.certificate) is not None
    for button in Button:
        held = "".join("x" if mask & button else " " for mask in proof.certificate[:-1])
        assert min(map(len, held.split()), default=CLUMSY_TICKS) >= CLUMSY_TICKS, button


def landed(place: Place, state: State, masks: bytes, held: int) -> tuple[State, bool]:
    """The state at rest after these masks and, in the air, a held direction; and whether a door was gone
    through or the exit reached."""
    begun = state.room
    for at, mask in enumerate(masks + bytes([held]) * 90):
        state, events = step(place, NES_MOTION, state, mask)
        if state.room != begun or any(event.kind == EventKind.EXITED for event in events):
            return state, True
        down = state.body.posture == Posture.STAND and at >= len(masks)
        if down or state.body.posture == Posture.DEAD:
            break
    return state, False


@pytest.mark.parametrize(("seed", "stage", "difficulty"), STAGES)
def test_every_jump_of_a_certificate_lands_when_it_is_pressed_early_or_late(
    seed: int, stage: int, difficulty: int
) -> None:
    structure, proof, _ = proven(seed, stage, difficulty)
    masks, states = proof.certificate, [spawn(structure)]
    for mask in masks:
        states.append(step(structure, NES_MOTION, states[-1], mask)[0])
    jumps = [at for at, mask in enumerate(masks) if mask & JUMP and not masks[at - 1] & JUMP]
    assert len(jumps) > 10
    for at in jumps:
        if states[at].room != states[at - CLUMSY_SLIP_TICKS].room:
            continue  # he has just come in
        direction = masks[at] & ~JUMP
        press = bytes([masks[at]]) * CLUMSY_TICKS
        meant = landed(structure, states[at], press, direction)
        early = landed(structure, states[at - CLUMSY_SLIP_TICKS], press, direction)
        late = landed(structure, states[at], masks[at - 1 : at] * CLUMSY_SLIP_TICKS + press, direction)
        moving = structure.interiors[states[at].room].platforms
        tries = [late]
        if all(state.body.posture == Posture.STAND for state in states[at - CLUMSY_SLIP_TICKS : at]):
            tries.append(early)  # a press in the air does nothing, and he stands where he landed
        for slipped, out in tries:
            assert slipped.body.posture != Posture.DEAD, (at, states[at])
            assert out == meant[1]
            assert slipped.body.y_sub == meant[0].body.y_sub or moving or out, (at, states[at])
