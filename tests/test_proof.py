"""The proof: its certificates replay, and it tells the impossible, the trap, the unfair and the hidden from
the level."""

from __future__ import annotations

import pytest
from ascii_levels import place_from_ascii

from generator.motion import NES_MOTION, EventKind, Mode, Motion, spawn, step
from generator.proof import Fault, prove, replay
from generator.stages import build_structure

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
WELL = """
....................
....................
..........#...######
..........#...######
.D........#...######
.D.@......#...######
####################
"""


def kinds_and_rows(faults: tuple[Fault, ...]) -> set[tuple[str, int]]:
    """What is wrong, and on the top of which row of tiles."""
    return {(fault.kind, fault.y_px // 16) for fault in faults}


def test_a_certificate_is_a_fold_of_step() -> None:
    place = place_from_ascii(COURSE)
    proof = prove(place)
    assert proof.proven
    state, told = spawn(place), []
    for buttons in proof.certificate:
        state, events = step(place, NES_MOTION, state, buttons)
        told.append([event.kind for event in events])
    assert EventKind.EXITED in told[-1]
    assert not any(EventKind.EXITED in kinds for kinds in told[:-1])
    assert replay(place, NES_MOTION, proof.certificate) == state
    assert replay(place, NES_MOTION, proof.certificate[:-1]) is None
    assert replay(place, NES_MOTION, proof.certificate + b"\0") is None
    assert (0, 24, 80) in proof.footholds


def test_the_certificate_also_holds_with_air_control() -> None:
    place = place_from_ascii(COURSE)
    assert replay(place, Motion(air_control=True), prove(place).certificate) is not None


@pytest.mark.parametrize("drawing", [TOO_FAR, TOO_HIGH])
def test_the_impossible_has_no_way(drawing: str) -> None:
    proof = prove(place_from_ascii(drawing))
    assert not proof.proven
    assert proof.certificate == b""
    assert [fault.kind for fault in proof.faults] == ["no way"]
    assert (0, 24, proof.faults[0].y_px) in proof.footholds, "how far one gets is told"


def test_nobody_starts_in_the_air() -> None:
    proof = prove(place_from_ascii(".....D\n.@...D\n......\n######"))
    assert proof.faults == (Fault("no way", 0, 24, 32),)


def test_the_bound_of_nodes_holds() -> None:
    proof = prove(place_from_ascii(COURSE), NES_MOTION, 10)
    assert not proof.proven
    assert "too large" in {fault.kind for fault in proof.faults}
    assert proof.nodes < 20


def test_a_pocket_that_cannot_be_left_is_a_dead_end() -> None:
    place = place_from_ascii(POCKET)
    proof = prove(place)
    assert replay(place, NES_MOTION, proof.certificate) is not None, "it can be jumped over"
    assert not proof.proven
    assert kinds_and_rows(proof.faults) == {("dead end", 7)}


def test_what_a_blow_could_throw_into_counts_too() -> None:
    place = place_from_ascii(WELL)
    reached, everywhere = prove(place, fair=False), prove(place)
    assert reached.proven, "nobody walks into the well"
    assert kinds_and_rows(everywhere.faults) == {("dead end", 6)}
    assert everywhere.certificate == reached.certificate
    assert everywhere.footholds == reached.footholds


def test_footholds_are_places_where_a_body_stands() -> None:
    structure, proof = build_structure(11, 2)
    assert {room for room, _, _ in proof.footholds} == set(range(len(structure.rooms)))
    moving = {room for room, inside in enumerate(structure.interiors) if inside.platforms or inside.floors}
    for room, x_px, y_px in proof.footholds:
        if room in moving:
            continue  # who rides a platform stands there at some ticks only
        state = spawn(structure)
        body = state.body._replace(x_sub=x_px * 256, y_sub=y_px * 256)
        after, events = step(structure, NES_MOTION, state._replace(room=room, body=body), 0)
        assert after.body.mode == Mode.STAND
        happens = {event.kind for event in events}
        assert happens <= {EventKind.EXITED, EventKind.KEY, EventKind.LOCKED}, "nothing that moves it"
