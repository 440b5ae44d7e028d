"""What hangs in the sky: a wide panorama as one screen dreamed it, and single lights, the moon and clouds."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..nes.roles import CELLS, TILE, Role
from .colours import LIGHTNESS
from .measure import CellSet, seamless
from .pieces import components

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
EMPTY_PX = 6
"""A cell with fewer pixels that are not of the backdrop colour is empty sky. (by eye)"""
LEAST_LIGHT_PX, MOST_LIGHT_ROWS, MOST_LIGHT_COLUMNS = 120, 4, 6
"""A light is no speck, and no landscape. (by eye)"""
LEAST_SKY_OF_LIGHT = 0.6
"""Share of its cells that must be sky. (by eye)"""
LEAST_FREE = 0.5
"""Share of a light's outline that must be sky, or it is a piece of something. (by eye)"""
LARGE_CLOUD_PX = 400
"""A cloud of so many pixels is as good as a larger one."""
MOON_PX, MOON_L = 250, 0.33
"""What is more than a cell high is a moon if it has so many pixels, so light in the mean (L*), or
it is left out. (by eye)"""


@dataclass(frozen=True, eq=False)
class Light:
    """Something in a dreamed sky with empty sky all round."""

    block: NDArray[np.intp]
    """[h, w] cell numbers of its bounding box, -1 where a cell is empty."""
    worth: float
    """0..1."""
    is_moon: bool


def is_empty(cells: CellSet) -> NDArray[np.bool_]:
    """bool[N]: the cells that show hardly anything but the backdrop colour."""
    return cells.histogram[:, cells.backdrop] > TILE * TILE - EMPTY_PX


def lights(cells: CellSet) -> list[Light]:
    """All moons and clouds, the best first.

    What touches anything that is no sky belongs to it, so connected cells must be sky, most of them surely.
    """
    empty, in_air = is_empty(cells), cells.airy
    lightness = np.where(np.arange(64) == cells.backdrop, 0.0, LIGHTNESS)
    found = []
    for patch in components(np.zeros(len(cells), np.uint8), ~empty):
        own = patch.block[patch.block >= 0]
        height, width = patch.block.shape
        rows = own // CELLS % CELLS
        ink = len(own) * TILE * TILE - cells.histogram[own, cells.backdrop].sum()
        if (
            patch.at_edge
            or rows.min() < 1
            or height > MOST_LIGHT_ROWS
            or width > MOST_LIGHT_COLUMNS
            or ink < LEAST_LIGHT_PX
            or not in_air[own].all()
            or (cells.role[own] == Role.SKY).mean() < LEAST_SKY_OF_LIGHT
            or _rim(cells, patch.block) < LEAST_FREE
        ):
            continue
        bright = float(cells.histogram[own].sum(0) @ lightness / ink)
        is_moon = height > 1
        if is_moon and (ink < MOON_PX or bright < MOON_L):
            continue
        # A moon is round; of clouds the large ones are seen best.
        worth = float(cells.certain[own].mean() * cells.crisp[own].mean() ** 0.5) * bright
        worth *= _fullness(cells, patch.block) if is_moon else min(ink / LARGE_CLOUD_PX, 1.0)
        found.append(Light(patch.block, worth, is_moon))
    return sorted(found, key=lambda light: -light.worth)


def _rim(cells: CellSet, block: NDArray[np.intp]) -> float:
    """Share of the pixels along its bounding cells' outer edges that are of the backdrop colour."""
    free = (cells.clean[block] == cells.backdrop) | (block < 0)[..., None, None]
    edges = free[0, :, 0], free[-1, :, -1], free[:, 0, :, 0], free[:, -1, :, -1]
    return float(np.concatenate([edge.ravel() for edge in edges]).mean())


def _fullness(cells: CellSet, block: NDArray[np.intp]) -> float:
    """Share of its bounding box in pixels that is not of the backdrop colour; of a disc, 0.79."""
    ink = (cells.clean[block] != cells.backdrop) & (block >= 0)[..., None, None]  # [h, w, 16, 16]
    box = np.ptp(np.flatnonzero(ink.any((1, 3)))) + 1, np.ptp(np.flatnonzero(ink.any((0, 2)))) + 1
    return float(ink.sum() / (box[0] * box[1]))


def find_panorama(cells: CellSet, lightest: float) -> tuple[NDArray[np.intp], float] | None:
    """Cell numbers [h, w] of the best panorama and its worth, 0..1, or None.

    It will be continued downwards by its lower row, sideways by the walls of its last column and then by
    itself, so there it must have nothing that would be cut off; its upper row is empty.

    lightest: L* that it may have in the mean, so that the ground stands out from it.
    """
    sky = (cells.role == Role.SKY) & ~cells.barred
    empty, in_air = is_empty(cells), cells.airy
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
                left, right = _longest_run(in_air[grid[top:bottom]].all(0) & empty[grid[top]])
                if right - left < LEAST_COLUMNS:
                    break
                block = grid[top:bottom, left:right]
                if sky[block].mean() < LEAST_SKY or cells.lightness[block].mean() > lightest:
                    continue
                crisp = float(cells.crisp[block].mean())
                edges = min(
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
