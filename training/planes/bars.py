"""Status bars of screenshots, found by their letters, at the top or at the bottom.

The role network knows the letters of painted games, which are few. What all letters have in common is seen
without it: squares of 8x8 px with strokes of one or two colours on the bar's one colour, different from one
another, with gaps between the words.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from generator.nes.roles import CELLS, SCREEN_PX, TILE, Role

LETTER_PX = 8
MOST_ROWS = 4
"""Of a bar, in cells."""
STROKES = (7, 44)
"""So many pixels of a letter's 64 are strokes. (measured on the painter's letters)"""
LEAST_TALL_PX = 5
"""Rows of a letter that strokes are in."""
LEAST_LETTERS, LEAST_SHAPES = 5, 4
"""In a line of text, and how many of them must be different."""
LEAST_QUIET = 0.6
"""The share of a line's squares that are letters or empty. Bars of life and boxes are the others."""
LEAST_EMPTY = 0.3
"""The share of empty squares of a bar's other lines."""
MOST_HANGING = 8
"""Squares of a line below the last letters that may belong to the bar: a box, a bar of life."""
_SQUARES = SCREEN_PX // LETTER_PX


def bar_rows(screen: NDArray[np.uint8]) -> tuple[int, int]:
    """The heights of the status bars at the top and at the bottom of a screen uint8[224, 224], in cells."""
    return _height(screen), _height(screen[::-1])


def roles_of_bars(screen: NDArray[np.uint8], roles: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """A screen's roles uint8[14, 14], with those of its bars: letters where something is drawn, else
    backdrop."""
    top, bottom = bar_rows(screen)
    said = roles.copy()
    for rows in (range(top), range(CELLS - bottom, CELLS)):
        for row in rows:
            cells = screen[row * TILE : (row + 1) * TILE].reshape(TILE, CELLS, TILE)
            drawn = (cells != _commonest(cells)).any((0, 2))
            said[row] = np.where(drawn, Role.GLYPH, Role.BACKDROP)
    return said


def _height(screen: NDArray[np.uint8]) -> int:
    """The height of the bar at the upper edge, in cells: its lines have one colour behind them, and its last
    line of letters, or what hangs on below it, ends in its last cell."""
    lines = [_line(screen[at : at + LETTER_PX]) for at in range(0, MOST_ROWS * TILE, LETTER_PX)]
    last, behind = -1, lines[0].behind
    for number, line in enumerate(lines):
        if line.behind != behind or not (line.letters or line.empty >= LEAST_EMPTY):
            break
        hangs_on = number == last + 1 > 0 and 0 < line.drawn <= MOST_HANGING
        if line.letters or hangs_on:
            last = number
    return -(-(last + 1) * LETTER_PX // TILE)


class _Line(NamedTuple):
    """What 8 px of height show."""

    behind: int
    """The commonest colour."""
    letters: bool
    empty: float
    """The share of squares that show nothing else."""
    drawn: int
    """The others."""


def _line(band: NDArray[np.uint8]) -> _Line:
    behind = _commonest(band)
    ruled = (band == band[:, :1]).all(1, keepdims=True)  # a line along the bar's edge
    columns = np.where(ruled, behind, band).T
    squares = columns.reshape(_SQUARES, -1)  # of each the columns of its 8x8 px, one after the other
    drawn = squares != behind
    strokes = drawn.sum(1)
    colours = np.array([len(np.unique(square[there])) for square, there in zip(squares, drawn, strict=True)])
    tall = drawn.reshape(_SQUARES, LETTER_PX, LETTER_PX).any(1).sum(1) >= LEAST_TALL_PX
    letters = (strokes >= STROKES[0]) & (strokes <= STROKES[1]) & (colours <= 2) & tall
    empty = strokes == 0
    shapes = len(np.unique(drawn[letters], axis=0))
    said = letters.sum() >= LEAST_LETTERS and shapes >= LEAST_SHAPES
    quiet = empty.sum() >= 2 and (letters | empty).mean() >= LEAST_QUIET
    return _Line(behind, bool(said and quiet), float(empty.mean()), int((~empty).sum()))


def _commonest(pixels: NDArray[np.uint8]) -> int:
    return int(np.bincount(pixels.ravel()).argmax())
