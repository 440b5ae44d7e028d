"""Skylines: far castles behind open ground, of a wall's tiles, as high as what stood in a dream."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ..nes.roles import CELLS
from ..tiles.measure import CellSet
from .field import FORBIDDEN, Field, sample
from .texture import EDGE_COST, GUIDE_COST, States, pair_costs

SKYLINE_ROWS = 14
SKYLINE_MEAN, SKYLINE_TOPS = 7.0, (3, 11)
"""Mean and bounds of the tops, rows from under the status bar: the ground hides the feet. (by eye)"""
LEAST_SPREAD = 1.0
"""Standard deviation of a skyline's tops, rows, below which there is nothing to see. (by eye)"""
STANDS_FROM_ROW, FULL_CELL = 10, 0.4
"""Row that a tower reaches down to at least; least share of its cells' pixels that are not of the backdrop
colour."""


def skyline(cells: CellSet, states: States, colours: NDArray[np.uint8], seed: int) -> NDArray[np.intp] | None:
    """A patch of states, intp[SKYLINE_ROWS, 14], dark above and wall below; None where all dreams are level.

    The wall is as high as what stood in the columns of one dreamed screen. Its last column is the lowest.
    """
    heights = _heights(cells)
    spread = heights.std(1)
    screen = int(spread.argmax())
    if spread[screen] < LEAST_SPREAD:
        return None
    tops = heights[screen] - heights[screen].mean() + SKYLINE_MEAN
    tops = np.clip(np.rint(tops), *SKYLINE_TOPS)
    tops = np.roll(tops, CELLS - 2 - int(tops.argmax()))  # the lowest tower comes last
    count = len(states.cells)
    beside, below = pair_costs(cells, states, colours)
    plain = states.plain(SKYLINE_ROWS)
    wall = np.arange(SKYLINE_ROWS)[:, None] >= tops
    own = np.full((SKYLINE_ROWS, CELLS, count), EDGE_COST)
    own[:, :, : states.dark] = np.where(wall, 0.0, GUIDE_COST)[..., None]
    own[:, :, states.dark] = np.where(wall, GUIDE_COST, 0.0)
    own[0, :, np.arange(count) != states.dark] = FORBIDDEN  # it is open above; its last row is laid below it
    own[-1, :, states.dark] = FORBIDDEN
    own[-1, :, states.dark + 1 :] = FORBIDDEN
    states.keep_pattern(own)
    return sample(Field(beside, below, own), np.where(wall, plain, states.dark), seed)


def _heights(cells: CellSet) -> NDArray[np.float64]:
    """The row from which on something stands in every column of every screen, without a gap down to
    STANDS_FROM_ROW: [screens, 14]."""
    ink = (cells.clean != cells.backdrop).mean((1, 2)).reshape(-1, CELLS, CELLS) >= FULL_CELL
    barred = cells.barred.reshape(ink.shape)
    stands = np.logical_and.accumulate((ink & ~barred)[:, STANDS_FROM_ROW::-1], axis=1)
    heights = STANDS_FROM_ROW + 1.0 - stands.sum(1)
    # Two columns a tower: none is as thin as a candle.
    return np.repeat(np.minimum(heights[:, ::2], heights[:, 1::2]), 2, axis=1)
