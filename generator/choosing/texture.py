"""Textures: a plain pattern and the cells in which it breaks off, by what was dreamed side by side.

In a dream the bricks of a wall thin out into the dark, and break off. The cells that show this in the
pattern's own sub-palette become further states of a Markov field (`field`). Its costs are counted on the
dreamed screens, where every cell of a wall counts as the state that it looks most like.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..nes.roles import CELLS, TILE, Role
from ..tiles.candidates import Candidate, Candidates
from ..tiles.colours import LIGHTNESS, nearest_of, pixel_distance, reach_of
from ..tiles.measure import CellSet
from .field import FORBIDDEN, Field, sample

PATCHES = 2
"""Patches of a texture; each has a dreamed screen as its guide."""
LEAST_WALL, MOST_WALL = 0.45, 0.92
"""Share of a guide's backdrop and sky that is wall, at least and at most. (by eye)"""
LEAST_AIR = 0.5
"""Share of a guide's cells that are backdrop or sky, at least."""
WALL = 0.5
"""Share of a cell that its bricks fill, from which it counts as wall."""
GUIDE_COST = 2.5
"""Cost of a cell that is wholly other than the guide's: wall for dark. (by eye)"""
QUARTER_PX = TILE // 2
FORMS = (0b1100, 0b0011, 0b0101, 0b1010, 0b1110, 0b1101, 0b1011, 0b0111, 0b1000, 0b0100, 0b0010, 0b0001)
"""The quarters of a cell that wall may fill, one bit each, the lowest for the upper left: edges, then
corners."""
MOST_FORMS = 8
"""Forms that a texture has at most; each costs a tile."""
FULL = 0.55
"""Share of the pattern's ink from which a quarter of a cell counts as filled. (by eye)"""
BARE = 0.2
"""Share of the pattern's ink up to which a quarter of a cell counts as dark. (by eye)"""
LEAST_CRISP = 0.25
"""Least crispness of a broken cell."""
MOST_HARM = 0.04
"""Most mean perceived move of a broken cell's pixels into the pattern's sub-palette. (by eye)"""
LEAST_SHARE = 0.04
"""Least share of a pattern's pixels that a colour must have for broken cells to show it. (by eye)"""
LIKE_PX = 72
"""Pixels by which a dreamed cell may differ from the state that it counts as."""
EMPTY_PX = 8
"""A cell with fewer pixels that are not of the backdrop colour is dark."""
SEAM_COST = 1.2
"""Cost of each unit of seam ratio beyond 1: a break in the bricks. (by eye)"""
COUNT_COST = 0.35
"""Cost of each factor e by which a pair was dreamed less often than by chance. (by eye)"""
MOST_OFTEN = 2.0
"""Factors e, more or less often, beyond which more do not count."""
SEAM_FLOOR = 0.02
"""Perceived difference that nobody sees; it keeps the seam ratio of flat cells small."""
PRIOR = 3.0
"""Pairs of each kind that count as dreamed before any is counted."""
EDGE_COST = 0.5
"""Cost of a cell that is neither whole nor dark. (by eye)"""


@dataclass(frozen=True, eq=False)
class States:
    """The K cells that a texture is made of. The first h * w are those of the pattern [h, w], row by row;
    then comes a dark one; then those in which the wall breaks off."""

    cells: NDArray[np.intp]
    """[K] cell numbers."""
    shape: tuple[int, int]
    """Height and width of the pattern."""
    dark: int
    """The state that is nothing but the backdrop colour."""

    def plain(self, rows: int) -> NDArray[np.intp]:
        """The pattern over an area [rows, 14]."""
        row, column = np.indices((rows, CELLS))
        return np.asarray(row % self.shape[0] * self.shape[1] + column % self.shape[1])

    def keep_pattern(self, own: NDArray[np.float64]) -> None:
        """Forbids the pattern's states wherever else than in the pattern; own: costs [rows, 14, K]."""
        wrong = self.plain(len(own))[..., None] != np.arange(self.dark)
        own[:, :, : self.dark][wrong] += FORBIDDEN


def find_states(
    candidates: Candidates, pattern: Candidate, colours: NDArray[np.uint8], lightest: float
) -> States | None:
    """The pattern's cells, a dark one, and the best cell of each of FORMS. None where the dream has no dark
    cell, or none of any form.

    colours: uint8[4] of the pattern's sub-palette. lightest: most mean L*, 0..1, of a state.
    """
    cells = candidates.cells
    height, width = pattern.block.shape
    shares = pattern.histogram / pattern.histogram.sum()
    used = colours[(shares[colours] >= LEAST_SHARE) | (colours == cells.backdrop)]
    nearest = nearest_of(colours)
    harm = cells.histogram @ reach_of(used) / (TILE * TILE)
    light = cells.histogram @ LIGHTNESS[nearest] / (TILE * TILE)
    airy = cells.airy
    ink = cells.clean != cells.backdrop
    dark = np.flatnonzero(airy & (ink.sum((1, 2)) < EMPTY_PX))
    dark = dark[np.argsort(ink[dark].sum((1, 2)), kind="stable")]  # the emptiest is laid by the dozen
    pool = np.flatnonzero(airy & (cells.crisp >= LEAST_CRISP) & (harm <= MOST_HARM) & (light <= lightest))
    if not len(dark) or not len(pool) or LIGHTNESS[cells.backdrop] > lightest:
        return None
    whole = _quarters(ink[pattern.block.ravel()]).mean()
    if whole <= 0:
        return None
    filled = _quarters(ink[pool]) / whole  # [P, 4]
    worth = cells.crisp[pool] * cells.certain[pool]
    found = [*pattern.block.ravel().tolist(), int(dark[0])]
    for form in FORMS:
        if len(found) > pattern.block.size + MOST_FORMS:
            break
        wanted = np.array([form >> quarter & 1 for quarter in range(4)], bool)
        fits = np.where(wanted, filled >= FULL, filled <= BARE).all(1)
        if fits.any():
            off = np.abs(filled - wanted).mean(1)
            found.append(int(pool[np.where(fits, worth - off, -np.inf).argmax()]))
    if len(found) == pattern.block.size + 1:
        return None
    return States(np.array(found, np.intp), (height, width), pattern.block.size)


def weave(cells: CellSet, states: States, colours: NDArray[np.uint8], seed: int) -> list[NDArray[np.intp]]:
    """At most PATCHES patches of states, intp[14, 14] each. A patch has wall and dark where its guide has;
    what stands between is up to the field."""
    count = len(states.cells)
    ink = (cells.clean != cells.backdrop) & (cells.role != Role.SKY)[:, None, None]
    whole = max(_quarters(ink[states.cells[: states.dark]]).mean(), 1e-9)
    filled = _smooth(np.minimum(_quarters(ink) / whole, 1.0))
    ours = np.minimum(_quarters(cells.clean[states.cells] != cells.backdrop) / whole, 1.0)
    ours[: states.dark], ours[states.dark] = 1.0, 0.0
    airy = cells.airy
    plain = states.plain(CELLS)
    beside, below = pair_costs(cells, states, colours)
    out = []
    for number, screen in enumerate(_guides(filled, airy)):
        at = np.s_[screen * CELLS * CELLS : (screen + 1) * CELLS * CELLS]
        off = np.abs(filled[at][:, None] - ours[None]).mean(-1) * airy[at][:, None]
        own = GUIDE_COST * off.reshape(CELLS, CELLS, count)
        own[:, :, states.dark + 1 :] += EDGE_COST
        states.keep_pattern(own)
        out.append(sample(Field(beside, below, own), plain, seed + number))
    return out


def _smooth(filled: NDArray[np.float64]) -> NDArray[np.float64]:
    """Quarters [N, 4], each as the mean of the nine about it: single bricks are no guide."""
    side = 2 * CELLS
    grid = filled.reshape(-1, CELLS, CELLS, 2, 2).swapaxes(2, 3).reshape(-1, side, side)
    padded = np.pad(grid, ((0, 0), (1, 1), (1, 1)), mode="edge")
    about = np.lib.stride_tricks.sliding_window_view(padded, (3, 3), axis=(1, 2))
    blurred = about.mean((3, 4))
    return np.asarray(blurred.reshape(-1, CELLS, 2, CELLS, 2).swapaxes(2, 3).reshape(-1, 4))


def _guides(filled: NDArray[np.float64], airy: NDArray[np.bool_]) -> list[int]:
    """The screens whose wall breaks up most clearly: into large areas of wall and of dark."""
    wall = (filled.mean(1) >= WALL).reshape(-1, CELLS, CELLS)
    air = airy.reshape(wall.shape)
    share = (wall & air).sum((1, 2)) / np.maximum(air.sum((1, 2)), 1)
    smooth = (wall[:, 1:] == wall[:, :-1]).mean((1, 2)) + (wall[:, :, 1:] == wall[:, :, :-1]).mean((1, 2))
    fits = (share >= LEAST_WALL) & (share <= MOST_WALL) & (air.mean((1, 2)) >= LEAST_AIR)
    order = np.argsort(-smooth, kind="stable")
    return [int(screen) for screen in order if fits[screen]][:PATCHES]


def pair_costs(
    cells: CellSet, states: States, colours: NDArray[np.uint8]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Costs [K, K] of state b at the right of a, and of b below a: by the seam, and by how often that was
    dreamed."""
    nearest = nearest_of(colours)
    shown = nearest[cells.clean[states.cells]]
    seams = (
        pixel_distance(shown[:, None, :, -1], shown[None, :, :, 0]).mean(-1),
        pixel_distance(shown[:, None, -1, :], shown[None, :, 0, :]).mean(-1),
    )
    label = _labels(cells, shown, nearest).reshape(-1, CELLS, CELLS)
    pairs = (
        (label[:, :, :-1].ravel(), label[:, :, 1:].ravel()),
        (label[:, :-1].ravel(), label[:, 1:].ravel()),
    )
    count = len(states.cells)
    out = []
    for seam, edge, (one, other) in zip(seams, (cells.edge_x, cells.edge_y), pairs, strict=True):
        allowed = np.maximum(edge[states.cells][:, None], edge[states.cells][None])
        ratio = (seam + SEAM_FLOOR) / (allowed + SEAM_FLOOR)
        known = (one >= 0) & (other >= 0)
        dreamed = np.bincount(one[known] * count + other[known], minlength=count * count)
        dreamed = dreamed.reshape(count, count).astype(np.float64)
        chance = dreamed.sum(1)[:, None] * dreamed.sum(0)[None] / max(dreamed.sum(), 1.0)
        often = np.log((dreamed + PRIOR) / (chance + PRIOR))
        out.append(
            SEAM_COST * np.maximum(ratio - 1.0, 0.0) - COUNT_COST * np.clip(often, -MOST_OFTEN, MOST_OFTEN)
        )
    return out[0], out[1]


def _labels(cells: CellSet, shown: NDArray[np.uint8], nearest: NDArray[np.uint8]) -> NDArray[np.intp]:
    """The state that each cell of sky and backdrop looks most like, intp[N]; -1 for none."""
    airy = np.flatnonzero(cells.airy)
    flat = nearest[cells.clean[airy]].reshape(len(airy), -1)
    differ = np.stack([(flat != one.ravel()).sum(1) for one in shown], axis=1)
    out = np.full(len(cells), -1, np.intp)
    out[airy] = np.where(differ.min(1) <= LIKE_PX, differ.argmin(1), -1)
    return out


def _quarters(ink: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Share of ink in the quarters of cells bool[n, 16, 16], row by row: float64[n, 4]."""
    parts = ink.reshape(len(ink), 2, QUARTER_PX, 2, QUARTER_PX)
    return np.asarray(parts.mean((2, 4)).reshape(len(ink), 4))
