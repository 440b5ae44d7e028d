"""Bays: a wall's rhythm is found, however much stands before it; holes and fragments are no part of it."""

import numpy as np

from generator.nes.palette import BLACK
from generator.nes.roles import Role
from generator.tiles.bays import Bay, find_bays
from generator.tiles.measure import CellSet
from tests.drawn.drawn_dreams import blocks, dream, flat, grid, half_a_window

BLUE, WHITE, GREY, RED = 0x01, 0x20, 0x00, 0x06
KINDS = {
    "b": (blocks(BLUE, BLACK), Role.BACKDROP),
    "c": (blocks(GREY, BLUE, 2), Role.COLUMN),
    "w": (half_a_window(), Role.WINDOW),
    "v": (half_a_window()[:, ::-1], Role.WINDOW),
    "o": (flat(RED), Role.CANDLE),
    "f": (blocks(WHITE, GREY), Role.GROUND_FILL),
    "h": (flat(BLACK), Role.BACKDROP),
}
RHYTHM = ["bcbbbbcbbbbcbb", *["bcwvbbcwvbbcwv"] * 3, *["bcbbbbcbbbbcbb"] * 6]
"""Columns, and windows of three rows between them, five columns from one to the next."""


def screen(*rows: str) -> str:
    """A status bar's worth of night, these rows, and ground below."""
    return "\n".join(["." * 14] * 2 + list(rows) + ["f" * 14] * 2)


def best(*rows: str) -> tuple[CellSet, Bay]:
    cells = dream(KINDS, screen(*rows))
    return cells, find_bays(cells)[0]


def letters(rows: list[str], bay: Bay, text: str) -> list[str]:
    """The bay in the letters of its screen."""
    flat_text = "".join(grid(text))
    return ["".join(flat_text[cell] for cell in row) for row in bay.block]


def test_a_bay_is_as_wide_as_the_rhythm_and_as_high_as_the_wall() -> None:
    _, bay = best(*RHYTHM)
    assert bay.block.shape == (10, 5)
    found = letters(RHYTHM, bay, screen(*RHYTHM))
    assert found == [row[:5] for row in RHYTHM]
    assert bay.motifs == (Role.WINDOW, Role.COLUMN)
    assert bay.stretch > 3, "windows are never drawn out"
    assert len(np.unique(bay.block)) == 4, "one number for what is the same tile"


def test_what_stands_before_a_wall_is_outvoted() -> None:
    hidden = [row if number % 3 else "oo" + row[2:] for number, row in enumerate(RHYTHM)]
    cells, bay = best(*hidden)
    assert not np.isin(cells.detail[bay.block], [Role.CANDLE]).any()
    assert letters(hidden, bay, screen(*hidden)) == [row[:5] for row in RHYTHM]


def test_a_hole_of_one_cell_is_no_part_of_it() -> None:
    holed = [*RHYTHM[:6], "bcbhbbcbhbbcbh", *RHYTHM[7:]]
    cells, bay = best(*holed)
    assert bay.block.shape[1] == 5
    assert (cells.histogram[bay.block, BLACK] < 256).all()


def test_a_wall_that_ends_too_soon_is_none() -> None:
    assert find_bays(dream(KINDS, screen(*RHYTHM[:4], *["f" * 14] * 6))) == []


def test_fragments_are_worth_less_than_whole_things() -> None:
    stumps = ["bcwvbbcwvbbcwv" if row % 2 else "bbbbbbbbbbbbbb" for row in range(10)]
    assert best(*stumps)[1].worth < best(*RHYTHM)[1].worth
