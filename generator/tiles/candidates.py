"""Candidates for every role: blocks of dreamed cells that could become tiles, before any of them is
chosen."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from ..nes.palette import PALETTE_OKLAB
from ..nes.roles import BASE, CELLS, NEVER_TILES, TILE, Role
from .measure import SAME_PX, CellSet, kinds_of, occurrences, often, seamless
from .pieces import components

T = TypeVar("T")

FALLBACK: dict[Role, tuple[Role, ...]] = {
    Role.GROUND_TOP: (Role.GROUND_FILL, Role.BREAKABLE, Role.PLATFORM, Role.STAIRS_RIGHT, Role.STAIRS_LEFT),
    Role.GROUND_FILL: (Role.GROUND_TOP, Role.BREAKABLE, Role.PLATFORM, Role.STAIRS_RIGHT, Role.STAIRS_LEFT),
    Role.PLATFORM: (Role.BREAKABLE, Role.GROUND_TOP, Role.GROUND_FILL),
    Role.BACKDROP: (Role.SKY, Role.COLUMN, Role.GROUND_FILL),
    Role.SKY: (Role.BACKDROP,),
    Role.WATER: (Role.SKY, Role.BACKDROP, Role.GROUND_FILL),
    Role.STAIRS_RIGHT: (Role.STAIRS_LEFT, Role.BREAKABLE, Role.GROUND_TOP, Role.PLATFORM),
    Role.STAIRS_LEFT: (Role.STAIRS_RIGHT, Role.BREAKABLE, Role.GROUND_TOP, Role.PLATFORM),
    Role.SPIKES: (Role.BUSH, Role.CANDLE, Role.STAIRS_RIGHT, Role.WATER),
}
"""The roles whose cells stand in for one that was not dreamed, in this order. In the end any cell does."""

LENT = frozenset({
    Role.STAIRS_RIGHT, Role.STAIRS_LEFT, Role.MOON, Role.CLOUD, Role.TREE, Role.FENCE, Role.GRAVE, Role.DOOR,
    Role.WATER,
})  # fmt: skip
"""Roles of cells that guests lend; what a stage is built of, it dreams itself."""
MIN_CRISP = 0.05
"""Crispness below which a cell is no tile unless there is nothing else. (by eye)"""
CERTAIN_SHARE = 0.65
"""Share of a cell's quality that depends on how certain its role is. (by eye)"""
OFTEN_SHARE = 0.5
"""Share of a cell's quality that depends on how often it was dreamed. (by eye)"""
PROMISING = 60
"""Cells of a role that are looked at closely: the time of `occurrences` grows with the square of them."""
FINALISTS = 14
"""Patterns of a role that are compared with those of other roles."""
ONE_CELL = {(1, 1): 1.0}
ROW_SHAPES = {(1, 1): 1.0, (1, 2): 1.05}
AREA_SHAPES = {(1, 1): 1.0, (2, 2): 1.08, (1, 2): 1.04, (2, 1): 1.04}
"""Height and width of patterns, cells -> worth: a larger repeat looks less mechanical, if its seams are as
good. (by eye)"""
SEEN = frozenset(
    {Role.GROUND_TOP, Role.GROUND_FILL, Role.PLATFORM, Role.SPIKES, Role.STAIRS_RIGHT, Role.STAIRS_LEFT}
)
"""Roles that must be seen at once."""
SEEN_L = 0.24
"""Mean L*, 0..1, from which a tile is seen well before darkness. (by eye)"""
WATER_L = 0.1
"""Mean L*, 0..1, from which water is seen. (by eye)"""
WATER_BLUE = 0.06
"""Mean OKLab -b from which a cell may pass for water. (by eye)"""
COLOURLESS_WATER, BLUER_WATER = 0.6, 4.0
"""Worth of water that is not blue, of 1, and what each unit of OKLab's -b adds. (by eye)"""
DARK_L = 0.3
"""Mean L*, 0..1, from which a wall or a sky is too bright to see the hero before it. (by eye)"""
BRIGHT_COST = 4.0
"""What each L* beyond DARK_L costs. (by eye)"""
TEXTURE = 0.1
"""Mean perceived difference of neighbouring pixels that is texture enough for masonry. (measured on painted
walls)"""
BARE_WALL = 0.4
"""Worth of a wall without any texture, of 1. (by eye)"""
UNFIT = 0.05
"""Worth of a cell that is wholly unfit for a role, of 1: it still stands in where there is nothing else."""
STAND_IN = 0.6
"""Worth of a cell of another role, of 1, once for each role along FALLBACK. (by eye)"""
LEAST_SCORE = 0.02
"""Score that the best pattern must have, or all cells are looked at."""


@dataclass(frozen=True, eq=False)
class Candidate:
    """A block of cells that could repeat, with what the chooser weighs."""

    block: NDArray[np.intp]
    """[h, w] cell numbers."""
    score: float
    """Quality of its cells and of its seams, about 0..1."""
    lightness: float
    """Mean L*, 0..1."""
    contrast: float
    """Mean perceived distance of neighbouring pixels."""
    histogram: NDArray[np.float32]
    """[64] pixels of each colour."""

    def mean_colour(self) -> NDArray[np.float64]:
        """OKLab, float64[3]."""
        weight = self.histogram.astype(np.float64)
        colour: NDArray[np.float64] = weight @ PALETTE_OKLAB / weight.sum()
        return colour


class Candidates:
    """All that a stage's cells offer."""

    def __init__(self, cells: CellSet) -> None:
        self.cells = cells
        lent = ~cells.guest | np.isin(cells.detail, sorted(LENT))
        self.usable = ~cells.barred & lent & (cells.crisp >= MIN_CRISP)
        self.kind = kinds_of(cells.clean)
        """[N] equal numbers for equal cells."""
        self.quality = cells.crisp * (1.0 - CERTAIN_SHARE + CERTAIN_SHARE * cells.certain)
        """[N] 0..1"""
        self.suits = {role: _suits(cells, role) for role in BASE}
        """[N] for each role, 0..1: how well a cell would do for it, whatever role it has."""
        self.of_role = {
            role: self._best_of(np.flatnonzero((cells.role == role) & self.usable), role)
            for role in BASE
            if role not in NEVER_TILES
        }
        """The numbers of the best cells of each role, the best first."""
        looked_at = np.unique(np.concatenate(list(self.of_role.values())))
        frequency = np.zeros(len(cells), np.float32)
        frequency[looked_at] = often(occurrences(cells.clean[looked_at]))
        self.quality = self.quality * (1.0 - OFTEN_SHARE + OFTEN_SHARE * frequency)
        self.patches = components(cells.detail, self.usable)
        self._kept: dict[object, list[Candidate]] = {}

    def finalists(
        self, role: Role, shapes: dict[tuple[int, int], float], also: NDArray[np.bool_] | None = None
    ) -> list[Candidate]:
        """The best patterns for a role, the best first, at least one: of its own cells, of those along
        FALLBACK, and of any cell where none of these is good for anything.

        also: bool[N], a further condition on its own cells.
        """
        found: list[Candidate] = []
        worth = 1.0
        for stand_in in (role, *FALLBACK[role]):
            pool = self.of_role[stand_in]
            if also is not None and stand_in == role:
                own = self.patterns(role, pool[also[pool]], shapes)
            else:
                own = self._usual(role, stand_in, tuple(shapes.items()))
            found += [replace(c, score=c.score * worth) for c in own]
            worth *= STAND_IN
        found.sort(key=lambda c: -c.score)
        if not found or found[0].score < LEAST_SCORE:
            found += self.patterns(role, self._best_of(self._anything(), role), ONE_CELL)
            found.sort(key=lambda c: -c.score)
        return found[:FINALISTS]

    def _usual(
        self, role: Role, stand_in: Role, shapes: tuple[tuple[tuple[int, int], float], ...]
    ) -> list[Candidate]:
        """The best patterns of the cells of one role for another; kept, since several steps ask for them."""
        key = role, stand_in, shapes
        if key not in self._kept:
            self._kept[key] = self.patterns(role, self.of_role[stand_in], dict(shapes))
        return self._kept[key]

    def darkest(self) -> Candidate:
        """The cell that is darkest as a whole, of all that may be tiles."""
        pool = self._anything()
        cell = pool[self.cells.lightness[pool].argmin()]
        return self.candidate(np.array([[cell]], np.intp), float(self.cells.crisp[cell]))

    def _anything(self) -> NDArray[np.intp]:
        """The cells that may be tiles; all of them where none may."""
        pool = np.flatnonzero(~self.cells.barred & ~self.cells.guest)
        return pool if len(pool) else np.arange(len(self.cells))

    def bluest(self) -> list[Candidate]:
        """Patterns for water, of cells that are blue, whatever they were dreamed for; may be none."""
        blue = self.cells.histogram @ PALETTE_OKLAB[:, 2] / (TILE * TILE) <= -WATER_BLUE
        pool = self._best_of(np.flatnonzero(blue & self.usable), Role.WATER)
        found = self.patterns(Role.WATER, pool, ONE_CELL)
        return [replace(c, score=c.score * STAND_IN) for c in found]

    def patterns(
        self, role: Role, pool: NDArray[np.intp], shapes: dict[tuple[int, int], float]
    ) -> list[Candidate]:
        """The best distinct blocks of these shapes, for a role, whose cells are all in the pool."""
        cells = self.cells
        fitness = self.quality * self.suits[role]
        in_pool = np.zeros(len(cells) + CELLS + 2, bool)
        in_pool[pool] = True
        scored: list[tuple[float, NDArray[np.intp]]] = []
        for (height, width), worth in shapes.items():
            offsets = np.arange(height)[:, None] * CELLS + np.arange(width)
            first = pool[(pool % CELLS <= CELLS - width) & (pool // CELLS % CELLS <= CELLS - height)]
            blocks = first[:, None, None] + offsets
            blocks = blocks[in_pool[blocks].all((1, 2))]
            if not len(blocks):
                continue
            score = fitness[blocks].mean((1, 2)) * worth * seamless(cells.seam_x(blocks))
            if height > 1 or (2, 2) in shapes:
                score = score * seamless(cells.seam_y(blocks[:, -1], blocks[:, 0]))
            scored += [(float(s), block) for s, block in zip(score, blocks, strict=True)]
        scored.sort(key=lambda pair: -pair[0])
        out: list[Candidate] = []
        seen = set()
        for score, block in scored:
            if len(out) == FINALISTS:
                break
            key = block.shape, self.kind[block].tobytes()
            if key in seen:
                continue
            seen.add(key)
            if not any(self.same(block, other.block) for other in out):
                out.append(self.candidate(block, score))
        return out

    def unlike(self, ranked: Iterable[T], block_of: Callable[[T], NDArray[np.intp]], most: int) -> list[T]:
        """The first of some things, at most so many, whose blocks share no cell that looks alike."""
        out: list[T] = []
        seen = np.array([], np.intp)
        for one in ranked:
            kinds = self.kind[block_of(one)].ravel()
            if len(out) < most and not np.isin(kinds, seen).any():
                out.append(one)
                seen = np.concatenate([seen, kinds])
        return out

    def same(self, a: NDArray[np.intp], b: NDArray[np.intp]) -> bool:
        """Whether two blocks look alike, cell by cell."""
        if a.shape != b.shape:
            return False
        differ = (self.cells.clean[a] != self.cells.clean[b]).sum((2, 3))
        return bool((differ <= SAME_PX).all())

    def _best_of(self, pool: NDArray[np.intp], role: Role) -> NDArray[np.intp]:
        """The PROMISING best of the pool for a role, best first."""
        fitness = (self.quality * self.suits[role])[pool]
        return pool[np.argsort(-fitness, kind="stable")[:PROMISING]]

    def candidate(self, block: NDArray[np.intp], score: float) -> Candidate:
        """A block [h, w] of cell numbers with its measures."""
        cells = self.cells
        return Candidate(
            block,
            score,
            float(cells.lightness[block].mean()),
            float(cells.contrast[block].mean()),
            cells.histogram[block].sum((0, 1)),
        )


def _suits(cells: CellSet, role: Role) -> NDArray[np.float32]:
    """How well each cell would do for a role, by its lightness and texture, float32[N]."""
    texture = cells.contrast / TEXTURE
    fit: NDArray[np.floating]
    if role in SEEN:
        fit = np.clip(texture, UNFIT, 1.0) * np.clip(cells.lightness / SEEN_L, UNFIT, 1.0)
    elif role == Role.WATER:
        blue = -(cells.histogram @ PALETTE_OKLAB[:, 2]) / (TILE * TILE)
        coloured = np.clip(COLOURLESS_WATER + BLUER_WATER * blue, COLOURLESS_WATER, 1.0)
        fit = np.clip(cells.lightness / WATER_L, UNFIT, 1.0) * coloured
    else:
        fit = np.clip(1.0 - (cells.lightness - DARK_L) * BRIGHT_COST, UNFIT, 1.0)
        if role == Role.BACKDROP:
            fit = fit * np.clip(texture, BARE_WALL, 1.0)
    return fit.astype(np.float32)
