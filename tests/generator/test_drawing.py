"""Role grids as they are handed in."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from generator.drawing import MOST_CELLS, role_grid
from generator.errors import GanvaniaError
from generator.nes.roles import Role


def test_text_and_numbers_say_the_same() -> None:
    text = ["..D.", "=  ~", "#^^#", "####"]
    grid = role_grid(text)
    assert grid.dtype == np.uint8
    assert grid[0].tolist() == [Role.SKY, Role.SKY, Role.DOOR, Role.SKY]
    assert grid[1].tolist() == [Role.PLATFORM, Role.BACKDROP, Role.BACKDROP, Role.WATER]
    assert np.array_equal(role_grid("\n".join(text)), grid)
    assert np.array_equal(role_grid(grid.tolist()), grid)
    assert np.array_equal(role_grid(grid.astype(np.int64)), grid)


def test_roles_that_levels_do_not_have_are_folded() -> None:
    grid = role_grid(np.full((4, 4), Role.TREE))
    assert (grid == Role.BUSH).all()


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        (["....", "..."], "line 1 has 3 characters, line 0 has 4"),
        (["..!."] * 4, "line 0 has '!'; write one of"),
        (["..."] * 4, "its shape is 4x3"),
        (np.zeros((4, MOST_CELLS)), "it is an array 4x65536 of float64"),
        (np.zeros((4, MOST_CELLS), int), "its shape is 4x65536"),
        (np.zeros(16, int), "it is an array 16 of int64"),
        (np.full((4, 4), 200), "200 at row 0, column 0 is no Role"),
        (np.full((4, 4), -1), "-1 at row 0, column 0 is no Role"),
        (
            np.full((4, 4), Role.GLYPH),
            "15 at row 0, column 0 is no Role of a level; GLYPH and FIGURE are none",
        ),
        ([[0, 1], [0]], "hand in rows of numbers"),
        ([], "it is nothing; hand in rows of numbers"),
        (None, "hand in rows of numbers"),
    ],
)
def test_anything_else_is_told_in_one_line(wrong: Any, told: str) -> None:
    with pytest.raises(GanvaniaError, match=r"^roles_grid: [^\n]*$") as caught:
        role_grid(wrong)
    assert told in str(caught.value)
