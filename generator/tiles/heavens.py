"""Heavens: what stood on the horizon of a dream, and single lights in its sky, the moon and clouds.

What is found here is hung in a stage's sky by `look/far.py`.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..nes.palette import COLOURS
from ..nes.roles import BASE_ROLES, CELLS, TILE, Role
from .colours import LIGHTNESS
from .measure import FLAT_CONTRAST, SAME_PX, CellSet
from .pieces import components, runs

LEAST_COLUMNS, HORIZON_ROWS = 8, 8
"""Columns of the narrowest horizon, and rows of it that are as they were dreamed."""
HIGHEST_ROW, LOWEST_TOP = 4, 12
"""Row under the status bar, at which a horizon is cut off; row before which it must begin."""
DRAWN, FULL = 0.12, 0.5
"""Least share of a cell that is not of the backdrop colour, where something is drawn at all, and where it is
drawn all over. (by eye)"""
LEAST_CRISP, SEEN_L = 0.3, 0.05
"""Least crispness of a horizon, by its certainty; mean L*, 0..1, from which it is seen well. (by eye)"""
LEVEL_WORTH = 0.4
"""Worth of a horizon as level as a wall, of 1. (by eye)"""
DIM_L = 0.08
"""L*, 0..1, up to which a horizon may go on as a plain colour: a lighter one looks like a patch behind an
opening. (by eye)"""
EMPTY_PX = 6
"""A cell with fewer pixels that are not of the backdrop colour is empty sky. (by eye)"""
LEAST_LIGHT_PX, MOST_LIGHT_ROWS, MOST_LIGHT_COLUMNS = 120, 4, 6
"""Pixels, rows and columns of cells of a light: it is no speck, and no landscape. (by eye)"""
HIGHEST_LIGHT, LEAST_MOON = 2, 0.25
"""Row that a light may begin in, under the status bar; worth below which a moon is none. (by eye)"""
LEAST_NAMED = 0.5
"""Share of a moon's cells that are called so, by networks that know the word; for others, what is more than a
cell high is a moon."""
LEAST_SKY_OF_LIGHT = 0.6
"""Share of a light's cells that must be sky. (by eye)"""
LEAST_FREE = 0.5
"""Share of a light's outline that must be sky, or it is a piece of something else. (by eye)"""
LARGE_CLOUD_PX = 400
"""Pixels of a cloud beyond which more are no better."""
RAGGED = 3.2
"""Times the outline of a disc from which a picture is no moon; a crescent has 2.4 times. (by eye)"""
MOON_PX, MOON_L = 250, 0.33
"""Least pixels and least mean L*, 0..1, of a moon. (by eye)"""


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
    and most of them sky; or they are called moon or cloud by the network, whatever they touch.
    """
    empty, in_air = is_empty(cells), cells.airy
    lightness = np.where(np.arange(COLOURS) == cells.backdrop, 0.0, LIGHTNESS)
    told = (cells.detail >= BASE_ROLES).any()  # by a network that knows what a moon is
    called = np.isin(cells.detail, (Role.MOON, Role.CLOUD))
    patches = components(np.zeros(len(cells), np.uint8), ~empty)
    cut_out = components(cells.detail, called)
    found = []
    for number, patch in enumerate(patches + cut_out):
        own = patch.block[patch.block >= 0]
        height, width = patch.block.shape
        rows = own // CELLS % CELLS
        ink = len(own) * TILE * TILE - cells.histogram[own, cells.backdrop].sum()
        if (
            patch.at_edge
            or rows.min() < HIGHEST_LIGHT
            or height > MOST_LIGHT_ROWS
            or width > MOST_LIGHT_COLUMNS
            or ink < LEAST_LIGHT_PX
            or not in_air[own].all()
            or (cells.role[own] == Role.SKY).mean() < LEAST_SKY_OF_LIGHT
            or _rim(cells, patch.block) < LEAST_FREE
        ):
            continue
        bright = float(cells.histogram[own].sum(0) @ lightness / ink)
        is_moon = (cells.detail[own] == Role.MOON).mean() >= LEAST_NAMED if told else height > 1
        whole = number < len(patches) or patch.fullness == 1
        seen = height > 1 and ink >= MOON_PX and bright >= MOON_L
        if (is_moon and not (whole and seen)) or width == 1:
            continue
        # A moon has a smooth outline. Large clouds are seen best.
        worth = float(cells.certain[own].mean() * cells.crisp[own].mean())
        worth *= _roundness(cells, patch.block) if is_moon else min(ink / LARGE_CLOUD_PX, 1.0)
        if is_moon and worth < LEAST_MOON:
            continue
        found.append(Light(patch.block, worth, is_moon))
    out: list[Light] = []
    for light in sorted(found, key=lambda light: -light.worth):
        if not any(np.isin(light.block[light.block >= 0], other.block).any() for other in out):
            out.append(light)
    return out


def _rim(cells: CellSet, block: NDArray[np.intp]) -> float:
    """Share of the pixels along a block's outer edges that are of the backdrop colour."""
    free = (cells.clean[block] == cells.backdrop) | (block < 0)[..., None, None]
    edges = free[0, :, 0], free[-1, :, -1], free[:, 0, :, 0], free[:, -1, :, -1]
    return float(np.concatenate([edge.ravel() for edge in edges]).mean())


def _roundness(cells: CellSet, block: NDArray[np.intp]) -> float:
    """How smooth the outline of a block's picture is: 1 for a disc, 0 from RAGGED times its outline on."""
    ink = (cells.clean[block] != cells.backdrop) & (block >= 0)[..., None, None]  # [h, w, 16, 16]
    picture = np.pad(ink.swapaxes(1, 2).reshape(ink.shape[0] * TILE, -1), 1)
    outline = (picture[1:] != picture[:-1]).sum() + (picture[:, 1:] != picture[:, :-1]).sum()
    disc = 4.0 * np.sqrt(4.0 * picture.sum() / np.pi)  # edges of pixels around a disc of that area
    return float(np.clip((RAGGED - outline / disc) / (RAGGED - 1.0), 0.0, 1.0))


@dataclass(frozen=True, eq=False)
class Horizon:
    """What stands in the distance of a dream: hills, a forest or a castle, open above."""

    block: NDArray[np.intp]
    """[h, w] cell numbers from its highest top down, -1 where there is sky; it repeats sideways."""
    fill: int
    """The cell that it goes on with below."""
    worth: float
    """0..1."""


def horizons(cells: CellSet, lightest: float) -> list[Horizon]:
    """All horizons of at least LEAST_COLUMNS columns, at most one a screen, the best first.

    In each column of a screen it begins where, from above, the sky ends, if that is at something that is sky
    or backdrop; where something else stands before it, it goes on with its commonest cell.

    lightest: its most mean L*, 0..1, so that the ground stands out from it.
    """
    shape = (-1, CELLS, CELLS)
    ink = cells.ink
    far = (cells.airy & ~np.isin(cells.detail, (Role.MOON, Role.CLOUD))).reshape(shape)
    drawn = ((ink >= DRAWN) & ~np.isin(cells.detail, (Role.MOON, Role.CLOUD))).reshape(shape)
    numbers = np.arange(len(cells)).reshape(shape)
    out = []
    drawn[:, :HIGHEST_ROW] = False
    for stands, at, number in zip(far & drawn, drawn, numbers, strict=True):
        tops = np.where(at.any(0), at.argmax(0), CELLS)
        begins = stands[np.minimum(tops, CELLS - 1), np.arange(CELLS)]
        begins &= (tops > HIGHEST_ROW) & (tops < LOWEST_TOP)
        left, right = max(runs(begins), key=lambda run: run[1] - run[0], default=(0, 0))
        if right - left < LEAST_COLUMNS:
            continue
        own = tops[left:right]
        block = np.where(np.arange(CELLS)[:, None] >= own, number[:, left:right], -1)[own.min() :]
        hidden = ~stands[own.min() :, left:right] & (block >= 0)
        full = block[(block >= 0) & ~hidden]
        same = (cells.clean[full][:, None] != cells.clean[full][None]).sum((2, 3)) <= SAME_PX
        common = same.sum(1) * (ink[full] >= FULL)
        if common.max() < 1:
            continue
        fill = int(full[common.argmax()])
        block[np.logical_or.accumulate(hidden, axis=0)] = fill
        crisp = float((cells.crisp[full] * cells.certain[full]).mean())
        light = float(cells.lightness[block[block >= 0]].mean())
        if light > lightest or crisp < LEAST_CRISP or ink[full].mean() < FULL:
            continue
        worth = (
            crisp * (right - left) / CELLS * (LEVEL_WORTH + min(float(own.std()), 1.0) * (1.0 - LEVEL_WORTH))
        )
        if cells.contrast[fill] >= FLAT_CONTRAST or cells.lightness[fill] <= DIM_L:
            out.append(Horizon(block[:HORIZON_ROWS], fill, worth * min(light / SEEN_L, 1.0)))
    return sorted(out, key=lambda horizon: -horizon.worth)
