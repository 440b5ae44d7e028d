"""Heavens: a wide panorama as one screen dreamed it, and single lights in the sky, the moon and clouds.

What is found here is hung in a stage's sky by `look/dressing.py`.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..nes.palette import COLOURS
from ..nes.roles import CELLS, TILE, Role
from .colours import LIGHTNESS
from .measure import CellSet, seamless
from .pieces import components, runs

LEAST_ROWS, LEAST_COLUMNS = 4, 9
"""Height and width of the smallest panorama, cells."""
HIGHEST_ROW, LOWEST_ROW = 2, 6
"""Rows of the screen in which a panorama may begin: under the status bar, above the ground."""
LEAST_SKY = 0.3
"""Share of a panorama's cells that must be sky; the others may be backdrop. (by eye)"""
LEAST_CRISP = 0.45
"""Least mean crispness of a panorama: a murky sky is worse than a plain one. (by eye)"""
LEAST_WORTH = 0.1
"""Least worth of a panorama, its quality, size, seams and variety multiplied: below it a plain sky is better.
(by eye)"""
LARGE_CELLS = 80
"""Cells of a panorama beyond which more are no better."""
PLAIN_SHARE, MOST_VARIETY = 0.3, 0.5
"""What a panorama of equal cells is worth, and the share of different cells beyond which more are no better.
(by eye)"""
EMPTY_PX = 6
"""A cell with fewer pixels that are not of the backdrop colour is empty sky. (by eye)"""
LEAST_LIGHT_PX, MOST_LIGHT_ROWS, MOST_LIGHT_COLUMNS = 120, 4, 6
"""Pixels, rows and columns of cells of a light: it is no speck, and no landscape. (by eye)"""
LEAST_SKY_OF_LIGHT = 0.6
"""Share of a light's cells that must be sky. (by eye)"""
LEAST_FREE = 0.5
"""Share of a light's outline that must be sky, or it is a piece of something else. (by eye)"""
LARGE_CLOUD_PX = 400
"""Pixels of a cloud beyond which more are no better."""
MOON_PX, MOON_L = 250, 0.33
"""Least pixels and least mean L*, 0..1, of a moon. A light more than a cell high that has less is left out.
(by eye)"""


@dataclass(frozen=True, eq=False)
class Light:
    """Something in a dreamed sky that has empty sky on all sides: a moon or a cloud."""

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

    Cells that touch something other than sky belong to that. So all connected cells must be sky or backdrop,
    and most of them sky.
    """
    empty, in_air = is_empty(cells), cells.airy
    lightness = np.where(np.arange(COLOURS) == cells.backdrop, 0.0, LIGHTNESS)
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
        # A moon is round. Large clouds are seen best.
        worth = float(cells.certain[own].mean() * cells.crisp[own].mean() ** 0.5) * bright
        worth *= _fullness(cells, patch.block) if is_moon else min(ink / LARGE_CLOUD_PX, 1.0)
        found.append(Light(patch.block, worth, is_moon))
    return sorted(found, key=lambda light: -light.worth)


def _rim(cells: CellSet, block: NDArray[np.intp]) -> float:
    """Share of the pixels along a block's outer edges that are of the backdrop colour."""
    free = (cells.clean[block] == cells.backdrop) | (block < 0)[..., None, None]
    edges = free[0, :, 0], free[-1, :, -1], free[:, 0, :, 0], free[:, -1, :, -1]
    return float(np.concatenate([edge.ravel() for edge in edges]).mean())


def _fullness(cells: CellSet, block: NDArray[np.intp]) -> float:
    """Share of a block's bounding box in pixels that is not of the backdrop colour; 0.79 for a disc."""
    ink = (cells.clean[block] != cells.backdrop) & (block >= 0)[..., None, None]  # [h, w, 16, 16]
    box = np.ptp(np.flatnonzero(ink.any((1, 3)))) + 1, np.ptp(np.flatnonzero(ink.any((0, 2)))) + 1
    return float(ink.sum() / (box[0] * box[1]))


def find_panorama(cells: CellSet, lightest: float) -> tuple[NDArray[np.intp], float] | None:
    """Cell numbers [h, w] of the best panorama and its worth, 0..1, or None.

    Its lower row will be repeated below it, the walls of its last column and then itself beside it. So
    nothing there may be cut off. Its upper row is empty.

    lightest: its most mean L*, 0..1, so that the ground stands out from it.
    """
    sky = (cells.role == Role.SKY) & ~cells.barred
    empty, in_air = is_empty(cells), cells.airy
    numbers = np.arange(len(cells)).reshape(-1, CELLS, CELLS)
    every = np.arange(len(cells))
    goes_on_x = seamless(cells.seam_x(every[:, None, None]))
    goes_on_y = seamless(cells.seam_y(every[:, None], every[:, None]))
    # Equal cells have equal sums. Different cells hardly ever have, and it would do no harm.
    weights = np.random.default_rng(0).integers(0, 1 << 40, TILE * TILE)
    kind = cells.clean.reshape(len(cells), -1).astype(np.int64) @ weights
    best: tuple[NDArray[np.intp], float] | None = None
    for grid in numbers:
        for top in range(HIGHEST_ROW, LOWEST_ROW + 1):
            for bottom in range(top + LEAST_ROWS, CELLS + 1):
                wide = runs(in_air[grid[top:bottom]].all(0) & empty[grid[top]])
                left, right = max(wide, key=lambda run: run[1] - run[0], default=(0, 0))
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
                variety = PLAIN_SHARE + min(len(np.unique(kind[block])) / block.size, MOST_VARIETY)
                worth = crisp * min(block.size / LARGE_CELLS, 1.0) * float(edges) * variety
                if crisp >= LEAST_CRISP and worth > (LEAST_WORTH if best is None else best[1]):
                    best = (block, worth)
    return best
