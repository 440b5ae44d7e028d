"""The proof: its certificates replay, and it tells the impossible, the trap, the unfair and the hidden from
the level."""

from __future__ import annotations

import pytest

from generator.layout.stages import build_stage
from generator.motion import NES_MOTION, Button, EventKind, Motion, Place, Posture, State, spawn, step
from generator.motion.mechanisms import BreakableWall, CollapsingFloor, Key, Lock, MovingPlatform
from generator.proof import Fault, prove, replay
from generator.proof.fairness import CLUMSY_SLIP_TICKS
from generator.proof.trials import CLUMSY_TICKS
from tests.drawn.ascii_levels import place_from_ascii
from tests.drawn.levels import doorway

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
    structure, proof, _ = build_stage(11, 2)
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


# What can be held against a place, and what cannot: one drawing each.

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
    place = place_from_ascii(GAP_UP)
    proof = prove(place)
    assert replay(place, NES_MOTION, proof.certificate) is not None, "three tiles and one up can be jumped"
    assert [(fault.kind, fault.y_px) for fault in proof.faults] == [("unfair", 64)]
    assert prove(place, fair=False).proven
    assert prove(place_from_ascii(GAP_UP.replace("...#", "..##"))).proven, "two tiles and one up are fair"


def test_a_gap_of_three_tiles_is_fair_only_where_late_jumps_are_forgiven() -> None:
    """Landing from as early as 3 ticks before the edge, and jumping as late as 3 ticks after it."""
    place, strict = place_from_ascii(GAP), Motion(coyote_ticks=0)
    assert prove(place).proven
    assert [fault.kind for fault in prove(place, strict).faults] == ["unfair"]
    assert prove(place_from_ascii(GAP.replace("...#", "..##")), strict).proven
    assert prove(place_from_ascii(TOO_FAR), strict).certificate == b""


CELLAR = """
....................
....................
..................D.
.@................D.
####################
#########....#######
#########....#######
####################
"""


def test_a_key_that_nobody_gets_to_is_hidden() -> None:
    lying, walled_in = Key(0, 160, 64, 1), Key(0, 168, 112, 1)
    assert prove(place_from_ascii(CELLAR, (lying,))).proven
    proof = prove(place_from_ascii(CELLAR, (walled_in,)))
    assert proof.certificate
    assert proof.faults == (Fault("hidden", 0, 168, 112),)


TWO_ROOMS = """
####################
#........##........#
#........##........#
#..................#
#..................#
#.@................#
####################
"""
THREE_ROOMS = """
##############################
#........##........##........#
#........##........##........#
#............................#
#..........................D.#
#.@........................D.#
##############################
"""
TWO, THREE = ((0, 0, 10, 7), (10, 0, 10, 7)), ((0, 0, 10, 7), (10, 0, 10, 7), (20, 0, 10, 7))
LOCKED = (Lock(1, 2), *doorway(0, 1, 5), *doorway(1, 2, 5, lock=0))


def test_a_key_before_its_lock_opens_it() -> None:
    place = place_from_ascii(THREE_ROOMS, (*LOCKED, Key(1, 240, 96, 1)), THREE)
    proof = prove(place)
    assert proof.proven
    end = replay(place, NES_MOTION, proof.certificate)
    assert end is not None and end.room == 2 and end.flags >> 1 & 3 == 3


def test_a_key_behind_its_own_lock_is_no_way() -> None:
    proof = prove(place_from_ascii(THREE_ROOMS, (*LOCKED, Key(2, 400, 96, 1)), THREE))
    assert not proof.proven
    assert [(fault.kind, fault.room) for fault in proof.faults] == [("no way", 1)]


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


def test_a_floor_over_a_pocket_is_a_trap() -> None:
    drawing = PIT.replace("####............####\n####............####\n", "")
    drawing += 3 * "####..##############\n" + 20 * "#"
    proof = prove(place_from_ascii(drawing.lstrip("\n"), (CollapsingFloor(0, 4, 4, 2),)))
    assert kinds_and_rows(proof.faults) == {("dead end", 7)}


def test_a_secret_behind_a_wall_is_found_and_left_again() -> None:
    rows = TWO_ROOMS.strip().splitlines()
    rows[4], rows[5] = "#D.......B.........#", "#D..@....B.........#"
    rows[3] = "#........B.........#"
    wall = BreakableWall(0, 9, 3, 1, 3, 1)
    place = place_from_ascii("\n".join(rows), (wall, *doorway(0, 1, 5)), TWO)
    proof = prove(place)
    assert proof.proven
    assert {room for room, _, _ in proof.footholds} == {0, 1}
    assert EventKind.BROKE not in told(place, proof.certificate), "nobody must find it"


def test_a_wall_out_of_reach_hides_itself_and_what_is_behind_it() -> None:
    rows = ["####################", "#........B.........#", "#........B.........#", "#........B.........#"]
    rows += ["#........###########"] * 5 + ["#......D.###########", "#.@....D.###########", "#" * 20]
    wall = BreakableWall(0, 9, 1, 1, 3, 1)
    rooms = ((0, 0, 10, 12), (10, 0, 10, 12))
    proof = prove(place_from_ascii("\n".join(rows), (wall, *doorway(0, 1, 3)), rooms))
    assert proof.certificate
    assert {(fault.kind, fault.room) for fault in proof.faults} == {("hidden", 0), ("hidden", 1)}


# The clumsy hero, on whole stages and without the search's own idea of him.

STAGES = [(seed, 1 + seed % 6) for seed in range(12)]
JUMP = int(Button.JUMP)


def told(place: Place, masks: bytes) -> list[EventKind]:
    """Everything that happens along a certificate."""
    state, kinds = spawn(place), []
    for mask in masks:
        state, events = step(place, NES_MOTION, state, mask)
        kinds += [event.kind for event in events]
    return kinds


@pytest.mark.parametrize(("seed", "stage"), STAGES)
def test_no_press_of_a_certificate_is_shorter_than_4_ticks(seed: int, stage: int) -> None:
    structure, proof, _ = build_stage(seed, stage)
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


@pytest.mark.parametrize(("seed", "stage"), STAGES)
def test_every_jump_of_a_certificate_lands_when_it_is_pressed_early_or_late(seed: int, stage: int) -> None:
    structure, proof, _ = build_stage(seed, stage)
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
        for slipped, out in (early, late):
            assert slipped.body.posture != Posture.DEAD, (at, states[at])
            assert out == meant[1]
            assert slipped.body.y_sub == meant[0].body.y_sub or moving or out, (at, states[at])
