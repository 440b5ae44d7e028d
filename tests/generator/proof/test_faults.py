"""Faults: the proof tells the impossible, the trap and the hidden from the level."""

from __future__ import annotations

import pytest

from generator.motion import NES_MOTION
from generator.motion.mechanisms import BreakableWall, CollapsingFloor, Key, Lock
from generator.proof import Fault, prove, replay
from tests.drawn.ascii_levels import place_from_ascii
from tests.drawn.levels import doorway


def kinds_and_rows(faults: tuple[Fault, ...]) -> set[tuple[str, int]]:
    """What is wrong, and on the top of which row of tiles."""
    return {(fault.kind, fault.y_px // 16) for fault in faults}


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


@pytest.mark.parametrize("drawing", [TOO_FAR, TOO_HIGH])
def test_the_impossible_has_no_way(drawing: str) -> None:
    proof = prove(place_from_ascii(drawing))
    assert not proof.proven
    assert proof.certificate == b""
    assert [fault.kind for fault in proof.faults] == ["no way"]
    assert (0, 24, proof.faults[0].y_px) in proof.footholds, "how far one gets is told"


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


def test_a_pocket_that_cannot_be_left_is_a_dead_end() -> None:
    place = place_from_ascii(POCKET)
    proof = prove(place)
    assert replay(place, NES_MOTION, proof.certificate) is not None, "it can be jumped over"
    assert not proof.proven
    assert kinds_and_rows(proof.faults) == {("dead end", 7)}


WELL = """
....................
....................
..........#...######
..........#...######
.D........#...######
.D.@......#...######
####################
"""


def test_what_a_blow_could_throw_into_counts_too() -> None:
    place = place_from_ascii(WELL)
    reached, everywhere = prove(place, fair=False), prove(place)
    assert reached.proven, "nobody walks into the well"
    assert kinds_and_rows(everywhere.faults) == {("dead end", 6)}
    assert everywhere.certificate == reached.certificate
    assert everywhere.footholds == reached.footholds


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
    end = replay(place, NES_MOTION, proof.certificate)
    assert end is not None and not end.flags >> 1 & 1, "nobody must find it"


def test_a_wall_out_of_reach_hides_itself_and_what_is_behind_it() -> None:
    rows = ["####################", "#........B.........#", "#........B.........#", "#........B.........#"]
    rows += ["#........###########"] * 5 + ["#......D.###########", "#.@....D.###########", "#" * 20]
    wall = BreakableWall(0, 9, 1, 1, 3, 1)
    rooms = ((0, 0, 10, 12), (10, 0, 10, 12))
    proof = prove(place_from_ascii("\n".join(rows), (wall, *doorway(0, 1, 3)), rooms))
    assert proof.certificate
    assert {(fault.kind, fault.room) for fault in proof.faults} == {("hidden", 0), ("hidden", 1)}
