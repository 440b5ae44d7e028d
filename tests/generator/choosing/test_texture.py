"""Walls that break up: the states that are found for it, and where a patch is wall and where dark."""

import numpy as np
import pytest

from generator.choosing.selection import Selection
from generator.choosing.texture import find_states, weave
from generator.nes.palette import BLACK
from generator.nes.roles import CELLS, Role
from generator.tiles.candidates import Candidates
from generator.tiles.measure import CellSet, measure
from tests.drawn import onnx_files

BLUE, DARK = 0x01, BLACK


def brick() -> np.ndarray:
    """Two courses of bricks, mortar between them."""
    cell = np.full((16, 16), BLUE, np.uint8)
    cell[7], cell[15] = DARK, DARK
    cell[:7, 7], cell[8:15, 15] = DARK, DARK
    return cell


def ruin(dark_columns: range) -> np.ndarray:
    """A screen of bricks with a dark stripe; the cells beside it are half of bricks."""
    screen = np.tile(brick(), (CELLS, CELLS))
    screen[:, dark_columns.start * 16 - 8 : dark_columns.stop * 16 + 8] = DARK
    return screen


def cells(*screens: np.ndarray) -> CellSet:
    odds = onnx_files.certain_odds(np.full((len(screens), CELLS, CELLS), Role.BACKDROP, np.uint8))
    return measure(np.stack(screens), odds)


def colours() -> np.ndarray:
    return np.array([DARK, BLUE, DARK, DARK], np.uint8)


def test_the_halves_beside_the_dark_are_found() -> None:
    made = cells(ruin(range(5, 9)))
    candidates = Candidates(made)
    pattern = candidates.candidate(np.array([[0]], np.intp), 1.0)
    states = find_states(candidates, pattern, colours(), 1.0)
    assert states is not None
    assert states.dark == 1
    assert (made.clean[states.cells[states.dark]] == DARK).all()
    halves = [(made.clean[cell] != DARK).mean(0) for cell in states.cells[2:]]
    assert any(half[:8].all() and not half[8:].any() for half in halves)
    assert any(half[8:].any() and not half[:8].any() for half in halves)


def test_a_patch_is_dark_where_the_dream_is() -> None:
    made = cells(ruin(range(5, 9)))
    candidates = Candidates(made)
    pattern = candidates.candidate(np.array([[0]], np.intp), 1.0)
    states = find_states(candidates, pattern, colours(), 1.0)
    assert states is not None
    (patch,) = weave(made, states, colours(), 7)
    assert patch.shape == (CELLS, CELLS)
    assert (patch[:, 6:8] == states.dark).all()
    assert (patch[:, :3] < states.dark).all()
    assert (patch[:, 11:] < states.dark).all()
    (again,) = weave(made, states, colours(), 7)
    assert np.array_equal(patch, again)


def test_a_whole_wall_and_a_dark_one_have_nothing_to_break() -> None:
    whole = cells(np.tile(brick(), (CELLS, CELLS)))
    candidates = Candidates(whole)
    pattern = candidates.candidate(np.array([[0]], np.intp), 1.0)
    assert find_states(candidates, pattern, colours(), 1.0) is None
    dark = cells(np.full((224, 224), DARK, np.uint8))
    nothing = Candidates(dark)
    assert find_states(nothing, nothing.candidate(np.array([[0]], np.intp), 1.0), colours(), 1.0) is None


@pytest.mark.parametrize("most", [0, 2])
def test_a_wall_keeps_to_the_tiles_that_are_left(most: int) -> None:
    from generator.choosing.walls import Walls

    selection = Selection(cells(ruin(range(5, 9))), [0])
    pattern = selection.candidates.candidate(np.array([[0]], np.intp), 1.0)
    plain = selection.take(pattern, Role.BACKDROP)
    before = selection.bank.left
    Walls(selection).broken(pattern, plain, most, 1)
    assert before - selection.bank.left <= most
