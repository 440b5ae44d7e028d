"""Role grids out of arrays and out of text, as game makers hand them in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .errors import GanvaniaError, shown
from .nes.roles import FOLD, NEVER_TILES, Role

LEGEND: Mapping[str, Role] = {
    ".": Role.SKY,
    " ": Role.BACKDROP,
    "#": Role.GROUND_FILL,
    "=": Role.PLATFORM,
    "~": Role.WATER,
    "^": Role.SPIKES,
    "D": Role.DOOR,
    "B": Role.BREAKABLE,
    "/": Role.STAIRS_RIGHT,
    "\\": Role.STAIRS_LEFT,
    "|": Role.COLUMN,
    "I": Role.WINDOW,
    "&": Role.BUSH,
    "*": Role.CANDLE,
}
"""What each character of a drawing is."""
LEAST_SIDE, MOST_CELLS = 4, 1 << 16
"""Tiles of the shortest side of a grid, and cells of the largest one."""


def role_grid(drawn: Any) -> NDArray[np.uint8]:
    """A grid of base roles, uint8[H, W], of an array of `Role`, or of lines of LEGEND's characters.

    Raises GanvaniaError, one line that begins with "roles_grid", for anything else.
    """
    grid = _of_text(drawn) if _is_text(drawn) else _of_numbers(drawn)
    if grid.ndim != 2 or min(grid.shape) < LEAST_SIDE or grid.size > MOST_CELLS:
        shape = "x".join(map(str, grid.shape))
        wanted = f"rows and columns, {LEAST_SIDE} tiles or more a side and at most {MOST_CELLS} in all"
        raise GanvaniaError(f"roles_grid: its shape is {shape}; hand in {wanted}")
    return grid


def _is_text(drawn: Any) -> bool:
    """Whether it is a text, or lines of one."""
    if isinstance(drawn, str):
        return True
    lines = isinstance(drawn, Sequence) and len(drawn) > 0
    return lines and all(isinstance(line, str) for line in drawn)


def _of_text(drawn: str | Sequence[str]) -> NDArray[np.uint8]:
    lines = drawn.strip("\n").split("\n") if isinstance(drawn, str) else list(drawn)
    width = len(lines[0])
    for number, line in enumerate(lines):
        if len(line) != width:
            raise GanvaniaError(f"roles_grid: line {number} has {len(line)} characters, line 0 has {width}")
        if unknown := set(line) - LEGEND.keys():
            known = "".join(LEGEND)
            raise GanvaniaError(f"roles_grid: line {number} has {min(unknown)!r}; write one of {known!r}")
    return np.array([[LEGEND[character] for character in line] for line in lines], np.uint8)


def _of_numbers(drawn: Any) -> NDArray[np.uint8]:
    try:
        array = np.asarray(drawn)
    except ValueError:  # rows of different lengths
        array = np.zeros(0)
    if array.dtype.kind not in "iu" or array.ndim != 2:
        sides = "x".join(map(str, array.shape))
        what = "nothing" if not array.size else f"an array {sides} of {array.dtype}"
        if array.dtype.kind == "O":
            what = f"{shown(drawn)}"
        raise GanvaniaError(f"roles_grid: it is {what}; hand in rows of numbers of Role, or lines of text")
    allowed = [int(role) for role in Role if role not in NEVER_TILES]
    wrong = ~np.isin(array, allowed)
    if wrong.any():
        row, column = np.argwhere(wrong)[0].tolist()
        value = int(array[row, column])
        what = f"{value} at row {row}, column {column} is no Role of a level"
        raise GanvaniaError(f"roles_grid: {what}; GLYPH and FIGURE are none")
    return np.asarray(FOLD[array])
