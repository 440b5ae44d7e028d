"""The proof: its certificates replay, on firm ground, on platforms and over floors that collapse."""

from __future__ import annotations

import pytest

from generator.motion import NES_MOTION, EventKind, Motion, Place, Posture, spawn, step
from generator.motion.mechanisms import CollapsingFloor, MovingPlatform
from generator.proof import Fault, prove, replay
from tests.drawn.ascii_levels import place_from_ascii
from tests.drawn.levels import proven

pytestmark = pytest.mark.slow

COURSE = """
....................
....................
....................
..................D.
.@............==..D.
####..##..##......##
####..##..##^^^^^^##
"""


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


def test_nobody_starts_in_the_air() -> None:
    proof = prove(place_from_ascii(".....D\n.@...D\n......\n######"))
    assert proof.faults == (Fault("no way", 0, 24, 32),)


def test_the_bound_of_nodes_holds() -> None:
    proof = prove(place_from_ascii(COURSE), NES_MOTION, 10)
    assert not proof.proven
    assert "too large" in {fault.kind for fault in proof.faults}
    assert proof.nodes < 20


def test_footholds_are_places_where_a_body_stands() -> None:
    structure, proof, _ = proven(11, 2)
    assert {room for room, _, _ in proof.footholds} == set(range(len(structure.rooms)))
    moving = {room for room, inside in enumerate(structure.interiors) if inside.platforms or inside.floors}
    for room, x_px, y_px in proof.footholds:
        if room in moving:
            continue  # who rides a platform stands there at some ticks only
        state = spawn(structure)
        body = state.body._replace(x_sub=x_px * 256, y_sub=y_px * 256)
        after, events = step(structure, NES_MOTION, state._replace(room=room, body=body), 0)
        assert after.body.posture == Posture.STAND
        happens = {event.kind for event in events}
        assert happens <= {EventKind.EXITED, EventKind.KEY, EventKind.LOCKED}, "nothing that moves it"


def told(place: Place, masks: bytes) -> list[EventKind]:
    """Everything that happens along a certificate."""
    state, kinds = spawn(place), []
    for mask in masks:
        state, events = step(place, NES_MOTION, state, mask)
        kinds += [event.kind for event in events]
    return kinds


PIT = """
....................
....................
..................D.
.@................D.
####............####
####............####
"""


FERRY = (MovingPlatform(0, 4 * 16, 4 * 16, 3, 9 * 16, 0, 1),)


FLOORS = tuple(CollapsingFloor(0, 4 + 2 * i, 4, 2) for i in range(6))


def test_a_ride_on_a_platform_is_proven_and_replayed() -> None:
    assert [fault.kind for fault in prove(place_from_ascii(PIT)).faults] == ["no way"]
    place = place_from_ascii(PIT, FERRY)
    proof = prove(place)
    assert proof.proven
    assert EventKind.BOARDED in told(place, proof.certificate)
    lift = place_from_ascii(LIFT, (MovingPlatform(0, 5 * 16, 9 * 16, 3, 0, -5 * 16, 1),))
    proof = prove(lift)
    assert proof.proven
    assert EventKind.EXITED in told(lift, proof.certificate)
    assert not prove(place_from_ascii(LIFT)).proven


LIFT = """
..............
..............
...........D..
...........D..
........######
........######
........######
........######
.@......######
########......
##############
"""


def test_a_way_over_floors_that_collapse_is_proven_and_replayed() -> None:
    place = place_from_ascii(PIT, FLOORS)
    proof = prove(place)
    assert proof.proven
    assert told(place, proof.certificate).count(EventKind.CRUMBLED) == len(FLOORS)
