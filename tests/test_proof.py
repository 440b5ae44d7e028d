"""The proof: its certificates replay, and it tells the impossible and the trap from the level."""

from __future__ import annotations

import pytest
from ascii_levels import place_from_ascii

from generator import proof as proof_module
from generator.layout import LAST_ATTEMPT, Structure, lay_out
from generator.motion import NES_MOTION, EventKind, Mode, Motion, spawn, step
from generator.proof import Proof, build_structure, prove, replay

COURSE = """
....................
....................
....................
..................D.
.@............==..D.
####..##..##......##
####..##..##^^^^^^##
"""
TOO_FAR = """
....................
....................
..................D.
.@................D.
######......########
######......########
"""
TOO_HIGH = """
..............
...........D..
...........D..
.......#######
.......#######
.@.....#######
##############
"""
POCKET = """
................
................
..............D.
.@............D.
#####..#########
#####..#########
#####..#########
################
"""
CLOSED_ROOM = """
##########
#...#.....
#...#...D.
#####...D.
.......###
.@.....###
##########
"""


def test_a_certificate_is_a_fold_of_step() -> None:
    place = place_from_ascii(COURSE)
    proof = prove(place)
    assert proof is not None
    state, told = spawn(place), []
    for buttons in proof.certificate:
        state, events = step(place, NES_MOTION, state, buttons)
        told.append([event.kind for event in events])
    assert EventKind.EXITED in told[-1]
    assert not any(EventKind.EXITED in kinds for kinds in told[:-1])
    assert replay(place, NES_MOTION, proof.certificate) == state
    assert replay(place, NES_MOTION, proof.certificate[:-1]) is None
    assert replay(place, NES_MOTION, proof.certificate + b"\0") is None
    assert proof.dead_ends == 0
    assert (24, 80) in proof.footholds


def test_the_certificate_also_holds_with_air_control() -> None:
    place = place_from_ascii(COURSE)
    proof = prove(place)
    assert proof is not None
    assert replay(place, Motion(air_control=True), proof.certificate) is not None


@pytest.mark.parametrize("drawing", [TOO_FAR, TOO_HIGH])
def test_the_impossible_has_no_proof(drawing: str) -> None:
    assert prove(place_from_ascii(drawing)) is None


def test_a_start_in_the_air_falls_first() -> None:
    place = place_from_ascii(".....D\n.@...D\n......\n######")
    proof = prove(place)
    assert proof is not None
    assert replay(place, NES_MOTION, proof.certificate) is not None


def test_the_bound_of_nodes_holds() -> None:
    assert prove(place_from_ascii(COURSE), NES_MOTION, 10) is None


def test_a_pocket_that_cannot_be_left_is_a_dead_end() -> None:
    proof = prove(place_from_ascii(POCKET))
    assert proof is not None, "it can be jumped over"
    assert proof.dead_ends > 0
    assert len(proof.trapped) == proof.dead_ends
    assert all(y == 7 * 16 for _, y in proof.trapped)


def test_everywhere_also_looks_where_the_start_does_not_lead() -> None:
    place = place_from_ascii(CLOSED_ROOM)
    reachable, everywhere = prove(place), prove(place, everywhere=True)
    assert reachable is not None
    assert everywhere is not None
    assert reachable.dead_ends == 0
    assert everywhere.dead_ends > 0
    assert {y for _, y in everywhere.trapped} == {3 * 16}
    assert (everywhere.footholds, everywhere.certificate) == (reachable.footholds, reachable.certificate)


def test_build_structure_counts_its_attempts_down_to_the_plain_one(monkeypatch: pytest.MonkeyPatch) -> None:
    tried: list[int] = []

    def refuse(structure: Structure, motion: Motion, **_: object) -> Proof | None:
        tried.append(1)
        return prove(structure, motion, everywhere=True) if len(tried) > LAST_ATTEMPT else None

    monkeypatch.setattr(proof_module, "prove", refuse)
    structure, proof = build_structure(5, 1)
    plain = lay_out(5, "castle", 1, 1, LAST_ATTEMPT)
    assert plain is not None
    assert structure.sections == plain.sections
    assert replay(structure, NES_MOTION, proof.certificate) is not None


def test_a_motion_that_cannot_move_fails_loudly() -> None:
    with pytest.raises(RuntimeError, match="seed 3"):
        build_structure(3, 1, motion=Motion(walk_sub=0))


def test_footholds_are_places_where_a_body_stands() -> None:
    structure, proof = build_structure(11, 2)
    for x_px, y_px in proof.footholds:
        state = spawn(structure)
        state = state._replace(body=state.body._replace(x_sub=x_px * 256, y_sub=y_px * 256))
        after, events = step(structure, NES_MOTION, state, 0)
        assert after.body.mode == Mode.STAND
        assert not [event for event in events if event.kind != EventKind.EXITED]
