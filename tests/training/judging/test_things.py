"""Whole things: what is one, and what is none."""

from __future__ import annotations

import numpy as np
import pytest

from generator.nes.roles import Role
from training.judging.things import KINDS, count_things, parts_of

LETTERS = {
    ".": Role.BACKDROP, "#": Role.GROUND_TOP, "I": Role.COLUMN, "W": Role.WINDOW, "A": Role.ARCH,
    "D": Role.DOOR, "/": Role.STAIRS_RIGHT, "\\": Role.STAIRS_LEFT, "M": Role.MOON,
}  # fmt: skip


def grid(drawing: str) -> np.ndarray:
    """Role grids [1, 14, 14] of a drawing in the lower left of a screen, over a floor."""
    rows = drawing.split()
    roles = np.full((1, 14, 14), Role.BACKDROP, np.uint8)
    roles[0, 13] = Role.GROUND_TOP
    for row, line in enumerate(rows, 13 - len(rows)):
        for column, letter in enumerate(line, 1):
            roles[0, row, column] = LETTERS[letter]
    return roles


@pytest.mark.parametrize(
    ("kind", "whole", "broken"),
    [
        ("columns", "I I I I", "I I . I I"),
        ("columns", "II II II II", "I I I I ."),
        ("windows", "WW WW ..", "WW W. .."),
        ("arches", "AAA A.A A.A", "AAA A.. A.."),
        ("doors", "D D", "D D ."),
        ("stairs", "...../ ..../. .../.. ../...", "...../ ..../. ...... ../..."),
        ("stairs", "\\..... .\\.... ..\\... ...\\..", "\\..... .\\.... ..\\... ....\\."),
        ("moons", "MM MM ..", "MM M. .."),
    ],
)
def test_what_is_whole_and_what_is_not(kind: str, whole: str, broken: str) -> None:
    assert count_things(grid(whole)) == {name: float(name == kind) for name in KINDS}
    assert count_things(grid(broken))[kind] == 0


def test_a_flight_is_counted_once_however_long() -> None:
    flight = np.full((2, 14, 14), Role.BACKDROP, np.uint8)
    np.fill_diagonal(flight[0], Role.STAIRS_LEFT)
    assert count_things(flight)["stairs"] == 0.5, "the mean over two screens"


def test_parts_touch_at_their_sides() -> None:
    roles = grid("W. .W")[0]
    assert [part.cells.shape for part in parts_of(roles, Role.WINDOW)] == [(1, 1), (1, 1)]
