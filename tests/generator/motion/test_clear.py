"""Nothing that stands in a place from the beginning stands inside a wall."""

from __future__ import annotations

import pytest

from generator.layout.structure import STREAM_OF_MODE, lay_out
from generator.motion import NES_MOTION, Place
from generator.motion.clear import is_clear, walled_in
from generator.motion.mechanisms import BreakableWall, Key, Mechanism, MovingPlatform, Passage
from generator.proof import Fault, prove
from tests.drawn.ascii_levels import place_from_ascii
from tests.drawn.effort import examples

HALL = """
..........
..........
..........
.........D
.@.......D
##########
"""


def found(place: Place, *spawns: tuple[str, int, int]) -> list[tuple[str, int, int]]:
    return [(what, x_px, y_px) for what, _, x_px, y_px, *_ in walled_in(place, NES_MOTION, spawns)]


def changed(text: str, *cells: tuple[int, int]) -> str:
    """A drawing with solid cells at (column, row)."""
    rows = [list(row) for row in text.strip("\n").splitlines()]
    for column, row in cells:
        rows[row][column] = "#"
    return "\n".join("".join(row) for row in rows)


def test_a_hall_is_clear() -> None:
    assert not found(place_from_ascii(HALL), ("zombie", 72, 80), ("candle", 72, 64), ("bat", 100, 30))


def test_a_start_with_the_head_in_a_wall_is_found_and_proves_nothing() -> None:
    place = place_from_ascii(changed(HALL, (1, 3)))
    assert found(place) == [("the start", 24, 80)]
    assert prove(place).faults == (Fault("walled in", 0, 24, 80),)
    assert prove(place).certificate == b""


def test_an_exit_with_its_upper_half_walled_up_is_found() -> None:
    rows = HALL.replace(".........D\n.@", "..........\n.@")
    assert found(place_from_ascii(changed(rows, (9, 3)))) == [("the exit", 152, 80)]


@pytest.mark.parametrize(
    ("spawn", "cell"),
    [(("candle", 72, 64), (4, 3)), (("treasure", 72, 80), (4, 4)), (("zombie", 72, 80), (4, 3))],
)
def test_what_lives_there_is_found(spawn: tuple[str, int, int], cell: tuple[int, int]) -> None:
    place = place_from_ascii(changed(HALL, cell))
    assert found(place, spawn) == [(f"a {spawn[0]}", *spawn[1:])]


@pytest.mark.parametrize(
    ("mechanism", "cells", "what"),
    [
        (MovingPlatform(0, 48, 64, 2, 0, -32, 1), [(3, 0)], ("a platform", 64, 32)),
        (MovingPlatform(0, 48, 64, 2, 32, 0, 1), [(6, 3), (5, 3)], ("a platform", 96, 64)),
        (Key(0, 72, 64, 1), [(4, 3)], ("a key", 72, 64)),
    ],
)
def test_what_moves_and_opens_is_found(
    mechanism: Mechanism, cells: list[tuple[int, int]], what: tuple[str, int, int]
) -> None:
    assert found(place_from_ascii(changed(HALL, *cells), (mechanism,))) == [what]
    assert not found(place_from_ascii(HALL, (mechanism,)))


def test_both_sides_of_a_door_are_looked_at_with_its_wall_broken() -> None:
    text = "\n".join(["." * 20] * 4 + [".@" + "." * 18] + ["#" * 20])
    rooms = ((0, 0, 10, 6), (10, 0, 10, 6))
    doors = (Passage(0, 1, 4, 1), Passage(1, -1, 4, 0))
    wall = BreakableWall(0, 8, 2, 2, 3, 1)
    assert not found(place_from_ascii(text, (*doors, wall), rooms))
    assert found(place_from_ascii(changed(text, (10, 4)), doors, rooms)) == [("a door", 168, 80)]
    assert found(place_from_ascii(changed(text, (9, 3)), doors, rooms)) == [("a door", 152, 80)]


def test_a_body_beside_and_below_a_wall_is_clear() -> None:
    terrain = place_from_ascii(changed(HALL, (1, 2), (0, 4))).terrain
    assert is_clear(terrain, 22, 80, 6, 28)
    assert not is_clear(terrain, 21, 80, 6, 28)
    assert is_clear(terrain, 24, 76, 6, 28)
    assert not is_clear(terrain, 24, 75, 6, 28)


def test_stages_of_all_modes_and_difficulties_are_clear() -> None:
    for seed in range(examples(8)):
        for mode in STREAM_OF_MODE:
            for stage in range(1, 7):
                structure = lay_out(seed, mode, 1 + seed % 3, stage)
                assert not found(structure, *(spawn[:3] for spawn in structure.spawns)), (seed, mode, stage)


@pytest.mark.parametrize(
    ("seed", "stage"), [(1410664858, 5), (1414743897, 5), (1423729283, 3), (2138251922, 4)]
)
def test_the_hero_stands_on_the_ground_however_high_it_begins(seed: int, stage: int) -> None:
    structure = lay_out(seed, stage=stage)
    x_px, y_px = structure.start
    terrain = structure.interiors[0].whole
    assert terrain.holds(x_px, y_px, NES_MOTION.half_width_px)
    assert is_clear(terrain, x_px, y_px, NES_MOTION.half_width_px, NES_MOTION.height_px)
