"""A panorama for the far layer: the best wide stretch of sky that was dreamed in one screen, as it stands."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from .roles import CELLS, TILE, Role
from .tiles import CellSet, seamless

LEAST_ROWS, LEAST_COLUMNS = 4, 9
"""A smaller piece of sky is no panorama, cells."""
HIGHEST_ROW, LOWEST_ROW = 2, 6
"""Where it may begin, cells from the screen's top: under the status bar, above the ground."""
LEAST_SKY = 0.3
"""Share of its cells that must be sky; the rest may be what lies far behind. (by eye)"""
LEAST_CRISP = 0.45
"""Mean crispness: a murky sky is worse than a plain one. (by eye)"""
LEAST_WORTH = 0.1
"""Of quality, size, seams and variety multiplied; below it a plain sky is better. (by eye)"""
LARGE_CELLS = 80
"""So many cells are as good as more."""


def find_panorama(cells: CellSet, lightest: float) -> tuple[NDArray[np.intp], float] | None:
    """Cell numbers [h, w] of the best panorama and its worth, 0..1, or None.

    It will be continued upwards by its upper row, downwards by its lower row, sideways by its last column and
    then by itself, so there it must have nothing that would be cut off.

    lightest: OKLab L that it may have in the mean, so that the ground stands out from it.
    """
    sky = (cells.role == Role.SKY) & ~cells.barred
    open_air = sky | ((cells.role == Role.BACKDROP) & ~cells.barred)
    numbers = np.arange(len(cells)).reshape(-1, CELLS, CELLS)
    every = np.arange(len(cells))
    goes_on_x = seamless(cells.seam_x(every[:, None, None]))
    goes_on_y = seamless(cells.seam_y(every[:, None], every[:, None]))
    # Equal cells have equal sums; that different ones have too is unlikely, and would do no harm.
    weights = np.random.default_rng(0).integers(0, 1 << 40, TILE * TILE)
    look = cells.clean.reshape(len(cells), -1).astype(np.int64) @ weights
    best: tuple[NDArray[np.intp], float] | None = None
    for grid in numbers:
        for top in range(HIGHEST_ROW, LOWEST_ROW + 1):
            for bottom in range(top + LEAST_ROWS, CELLS + 1):
                left, right = _longest_run(open_air[grid[top:bottom]].all(0))
                if right - left < LEAST_COLUMNS:
                    break
                block = grid[top:bottom, left:right]
                if sky[block].mean() < LEAST_SKY or cells.lightness[block].mean() > lightest:
                    continue
                crisp = float(cells.crisp[block].mean())
                edges = min(
                    goes_on_y[block[0]].min(),
                    goes_on_y[block[-1]].min(),
                    goes_on_x[block[:, -1]].min(),
                    seamless(cells.seam_x(block[:, None, :])).min(),
                )
                # Something to see: as many different cells as possible, up to half of them.
                variety = min(len(np.unique(look[block])) / block.size, 0.5)
                worth = crisp * min(block.size / LARGE_CELLS, 1.0) * float(edges) * (0.3 + variety)
                if crisp >= LEAST_CRISP and worth > (LEAST_WORTH if best is None else best[1]):
                    best = (block, worth)
    return best


def _longest_run(open_columns: NDArray[np.bool_]) -> tuple[int, int]:
    """First column and end of the longest run of True; (0, 0) where there is none."""
    edges = np.flatnonzero(np.diff(np.concatenate([[0], open_columns.astype(np.int8), [0]])))
    if not len(edges):
        return 0, 0
    lengths = edges[1::2] - edges[::2]
    longest = int(lengths.argmax())
    return int(edges[2 * longest]), int(edges[2 * longest + 1])
