"""Bays: upright strips of a dream that go on sideways, with all that the dream put together in them.

A dreamed wall has a rhythm: a column, a window, a column, a window. Where a screen has one, cells that are so
many columns apart are equal, but for what hides some of them, a candle or a ledge. So for every period the
cells of a row that are a period apart vote, and the one that most others are like stands for all. Where that
gives a strip of walls, windows and columns without a gap, it can be laid again and again: a wall as it was
dreamed, with its base and its cornice.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..nes.roles import CELLS, TILE, Role
from .measure import SAME_PX, CellSet, seamless
from .pieces import runs
from .tidying import without_fragments, without_lone_cells

PERIODS = range(2, 8)
"""Columns from one bay to the next: at least two of a kind in a screen."""
WALLS = frozenset({
    Role.BACKDROP, Role.WINDOW, Role.COLUMN, Role.ARCH, Role.CURTAIN, Role.CHAIN, Role.STATUE,
})  # fmt: skip
"""Roles that a wall behind a room consists of."""
MOTIFS = (Role.WINDOW, Role.COLUMN, Role.ARCH, Role.CURTAIN, Role.CHAIN, Role.STATUE)
"""Roles that are worth looking at."""
LEAST_MOTIF = 2
"""Cells of such a role that are no accident."""
STRETCHED = frozenset({Role.BACKDROP, Role.COLUMN, Role.CHAIN, Role.CURTAIN})
"""Roles of which there may be more, upwards, than was dreamed: twice a window is no window."""
FIRST_ROW = 2
"""Rows from the top of a dream that are left out: its status bar, or its ceiling."""
LEAST_ROWS = 6
"""Height of the lowest bay, cells."""
HIGH_ROWS = 9
"""Height of a room of one screen: a higher bay is worth no more."""
CERTAIN_SHARE = 0.65
"""Share of a cell's quality that depends on how certain its role is. (by eye)"""
ENOUGH_MOTIF, ENOUGH_WALL = 0.2, 0.25
"""Shares of a bay's cells, of what is worth looking at and of plain wall, beyond which more are no better.
(by eye)"""
MOST_JUDGED = 24
"""Bays that are judged closely, those that repeat and show most. (for speed)"""
FRAGMENTS_COST = 3.0
"""What the share of a bay's cells that were fragments costs of its worth, of 1: at a third nothing is left.
(by eye)"""
NARROW_WORTH = {2: 0.5, 3: 0.8}
"""Worth of bays by their width where they are so narrow that a wall of them is restless, of 1. (by eye)"""
ENOUGH_INK = 0.55
"""Share of a bay's pixels that are drawn, beyond which more are no better: columns in a void are no wall. (by
eye)"""
PLAIN_WORTH, LONELY_WORTH = 0.3, 0.3
"""Worth of a bay with nothing to look at, and of one that its dream did not repeat, of 1. (by eye)"""


@dataclass(frozen=True, eq=False)
class Bay:
    """A strip of one dream that repeats sideways."""

    block: NDArray[np.intp]
    """[h, w] cell numbers, w the period; what is the same tile has one number."""
    detail: NDArray[np.uint8]
    """[h, w] of all roles, that of each cell."""
    worth: float
    """0..1."""
    stretch: int
    """The row that may be laid several times over, or -1."""

    @property
    def motifs(self) -> tuple[Role, ...]:
        """What there is to look at in it: of each of these roles it has LEAST_MOTIF cells or more."""
        return tuple(role for role in MOTIFS if (self.detail == role).sum() >= LEAST_MOTIF)


def find_bays(cells: CellSet) -> list[Bay]:
    """The bays of the screens, at most one a screen and period, the best first."""
    grid = (-1, CELLS, CELLS)
    lent = ~cells.guest | cells.lends_walls
    wall = (np.isin(cells.detail, sorted(WALLS)) & ~cells.barred & lent).reshape(grid)
    quality = (cells.crisp * (1.0 - CERTAIN_SHARE + CERTAIN_SHARE * cells.certain)).reshape(grid)
    flat = cells.clean.reshape(-1, CELLS, CELLS, cells.clean[0].size)
    alike = np.stack(
        [(flat[:, :, :, None] != flat[:, :, None, one : one + 1]).sum(-1)[..., 0] for one in range(CELLS)], -1
    )  # [n, 14, 14, 14] pixels that differ between two cells of a row
    alike = (alike <= SAME_PX) & wall[:, :, :, None] & wall[:, :, None]
    found_bays: list[tuple[float, NDArray[np.intp], float]] = []
    for period in PERIODS:
        columns = np.arange(CELLS)
        kin = (columns[:, None] - columns) % period == 0
        votes = (alike & kin).sum(-1)
        score = np.where(wall, votes + quality / 2, -1.0)
        blocks, best = _elected(score, period)
        others = (kin.sum(1) - 1)[:period]
        seconded = np.take_along_axis(votes.reshape(-1), blocks.reshape(-1), 0).reshape(blocks.shape) - 1
        support = np.clip(seconded, 0, None) / others
        for block, found, agree in zip(blocks, best >= 0, support, strict=True):
            rows = runs(found.all(1) & (np.arange(CELLS) >= FIRST_ROW))
            top, bottom = max(rows, key=lambda run: run[1] - run[0], default=(0, 0))
            if bottom - top >= LEAST_ROWS:
                own, agreed = block[top:bottom], float(agree[top:bottom].mean())
                rich = float(np.isin(cells.detail[own], MOTIFS).mean())
                promise = (
                    (LONELY_WORTH + agreed) * min(rich, 2 * ENOUGH_MOTIF) * NARROW_WORTH.get(period, 1.0)
                )
                found_bays.append((promise, own, agreed))
    found_bays.sort(key=lambda one: -one[0])
    out = [_bay(cells, own, agreed, quality.ravel()) for _, own, agreed in found_bays[:MOST_JUDGED]]
    return sorted(out, key=lambda bay: -bay.worth)


def _elected(score: NDArray[np.float64], period: int) -> tuple[NDArray[np.intp], NDArray[np.float64]]:
    """Of the cells of each row that are a period apart the one with the best score, cell numbers
    [n, 14, period], and that score."""
    numbers = np.arange(score.size).reshape(score.shape)
    times = -(-CELLS // period)
    width = ((0, 0), (0, 0), (0, times * period - CELLS))
    shape = (len(score), CELLS, times, period)
    padded = np.pad(score, width, constant_values=-1.0).reshape(shape)
    at = padded.argmax(2)[:, :, None]
    named = np.pad(numbers, width).reshape(shape)
    return np.take_along_axis(named, at, 2)[:, :, 0], np.take_along_axis(padded, at, 2)[:, :, 0]


def _bay(cells: CellSet, block: NDArray[np.intp], support: float, quality: NDArray[np.float32]) -> Bay:
    """The bay of a block; support: share of the cells a period apart that agree with it."""
    tidied = without_fragments(cells, one_number_each(cells, block))
    block, detail, fragments = without_lone_cells(tidied)
    beside = np.stack([np.roll(block, -1, 1).ravel(), block.ravel()], 1)[:, None]
    seams_x = seamless(cells.seam_x(beside)).mean()
    seams_y = seamless(cells.seam_y(block[:-1].reshape(-1, 1), block[1:].reshape(-1, 1))).mean()
    rich = float(np.isin(detail, MOTIFS).mean())
    sights = min(rich / ENOUGH_MOTIF, 1.0) * min((1.0 - rich) / ENOUGH_WALL, 1.0)
    worth = float(quality[block].mean() * seams_x * seams_y)
    worth *= LONELY_WORTH + (1.0 - LONELY_WORTH) * support
    worth *= PLAIN_WORTH + (1.0 - PLAIN_WORTH) * sights
    worth *= max(0.0, 1.0 - FRAGMENTS_COST * fragments)
    worth *= NARROW_WORTH.get(block.shape[1], 1.0) * min(len(block) / HIGH_ROWS, 1.0)
    bare = float((cells.histogram[block, cells.backdrop] / TILE**2).mean())
    worth *= min((1.0 - bare) / ENOUGH_INK, 1.0)
    return Bay(block, detail, worth, _stretch(cells, block, detail))


def one_number_each(cells: CellSet, block: NDArray[np.intp]) -> NDArray[np.intp]:
    """The block with one number for all cells that are the same tile, that of the first of them; -1 stays."""
    own = block[block >= 0]
    flat = cells.clean[own].reshape(len(own), -1)
    out = block.copy()
    out[block >= 0] = own[((flat[:, None] != flat[None]).sum(-1) <= SAME_PX).argmax(1)]
    return out


def _stretch(cells: CellSet, block: NDArray[np.intp], detail: NDArray[np.uint8]) -> int:
    """The row of a bay that goes on downwards into itself best, or -1."""
    inner = np.arange(len(block)) % (len(block) - 1) > 0  # neither its cornice nor its base
    fits = np.isin(detail, sorted(STRETCHED)).all(1) & inner
    if not fits.any():
        return -1
    seams = seamless(cells.seam_y(block.reshape(-1, 1), block.reshape(-1, 1))).reshape(block.shape).mean(1)
    again = np.zeros(len(block))
    again[1:] = (block[1:] == block[:-1]).mean(1)
    return int(np.where(fits, seams + again, -1.0).argmax())
