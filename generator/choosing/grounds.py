"""Grounds and platforms: tops and fills that belong together, with the ends and accents that were dreamed."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from ..nes.roles import CELLS, ONE_WAY, SOLID, TILE, Role
from ..tiles.candidates import AREA_SHAPES, ROW_SHAPES, STAND_IN, TEXTURE, Candidate
from ..tiles.layers import Tiles
from ..tiles.measure import SAME_PX, seamless
from ..tiles.subpalettes import Offer
from .reading import misread
from .selection import LEGIBLE_L, LEGIBLE_WEIGHT, Selection
from .wardrobe import Ground, Platform

TEXTURE_WORTH = 0.25
"""Worth of a fill or a wall with texture enough. (by eye)"""
LIGHT_ENOUGH = 0.5
"""L*, 0..1, beyond which a lighter ground is worth no more."""
LEAST_END = 0.8
"""Share of the middle's quality that the end of a platform must have."""
JUNCTION_WORTH = 0.2
"""Worth of a top and a fill without a seam between them. (by eye)"""
DREAMED_TOGETHER = 0.1
"""Worth of a top and a fill that stood upon one another in the dream. (by eye)"""
CORE_DARKER_L, CORE_HUE, CORE_COST = 0.06, 0.06, 0.15
"""A core is at least so much darker than its fill, its mean OKLab a and b at most so far from the fill's, and
it costs at most so much in the sub-palettes. (by eye)"""
SECOND_GROUND_COST = 0.3
"""Cost in the sub-palettes above which the ground of the rooms serves outdoors too. (by eye)"""
LEAST_EDGE = 0.12
"""Least quality times seams of an end or an accent. (by eye)"""
EDGE_HARM = 0.03
"""Most mean perceived move of an end's or an accent's pixels into the ground's sub-palette. (by eye)"""
EDGE_L = 0.1
"""L* by which an end or an accent may differ from what it belongs to. (by eye)"""
EDGE_SHADES = 0.7
"""Sum of the differences of two histograms' shares, 0..2, up to which cells are of the same masonry. (by
eye)"""
PAIRED = 7
"""Tops and fills that are tried with one another. (for speed)"""
MOST_READ, MISREAD_COST = 3, 4.0
"""Grounds that are read, and the cost of one that is taken for air altogether. (by eye)"""
MOST_ACCENTS = 2
LEFT, RIGHT = -1, 1


class Grounds:
    """Takes grounds and platforms for one selection."""

    def __init__(self, selection: Selection) -> None:
        self.selection = selection
        self.cells = selection.cells
        self.candidates = selection.candidates
        self.bank = selection.bank

    def ground(
        self, other: tuple[Ground, Candidate] | None, behind_l: float = 0.0
    ) -> tuple[Ground, Candidate]:
        """A top and a fill that belong together, and the fill.

        other: the first ground, where a second one is wanted; it is returned where none is as good.
        behind_l: L*, 0..1, of what will be behind the ground.
        """
        tops = self.candidates.finalists(Role.GROUND_TOP, ROW_SHAPES)
        fills = self.candidates.finalists(Role.GROUND_FILL, AREA_SHAPES)
        sub_palettes = self.selection.sub_palettes
        ranked: list[tuple[float, Candidate, Candidate, Offer]] = []
        for top in tops[:PAIRED]:
            for fill in fills[:PAIRED]:
                both = top.histogram / top.block.size + fill.histogram / fill.block.size
                offer = sub_palettes.offer(both.astype(np.float32))
                beside = top.block[:, :1], fill.block[:1, :1]
                junction = float(seamless(self.cells.seam_y(*beside))[0])
                worth = (top.score + fill.score) / 2 - offer.cost + JUNCTION_WORTH * junction
                worth += DREAMED_TOGETHER * bool(np.isin(top.block + CELLS, fill.block).any())
                worth += TEXTURE_WORTH * min(fill.contrast / TEXTURE, 1.0)
                dimmest = min(fill.lightness, top.lightness)
                worth += min(dimmest, LIGHT_ENOUGH)
                worth += LEGIBLE_WEIGHT * min(0.0, dimmest - behind_l - LEGIBLE_L)
                if other is not None:
                    worth -= self._likeness(top, fill)
                ranked.append((worth, top, fill, offer))
        ranked.sort(key=lambda one: -one[0])
        _, top, fill, offer = max(self._read(ranked), key=lambda one: one[0])
        if other is not None and sub_palettes.offer(fill.histogram).cost > SECOND_GROUND_COST:
            return other
        fill_tiles = self.selection.take(fill, Role.GROUND_FILL, offer)
        top_tiles = self.bank.add(top.block, offer.index, Role.GROUND_TOP, top.score)
        return Ground(top_tiles, fill_tiles, self._core(fill, fills, fill_tiles)), fill

    def _read(
        self, ranked: list[tuple[float, Candidate, Candidate, Offer]]
    ) -> list[tuple[float, Candidate, Candidate, Offer]]:
        """The best grounds, no fill twice, with their worth less what is misread of them before darkness."""
        if self.selection.classify is None:
            return ranked[:1]
        read = self.candidates.unlike(ranked, lambda one: one[2].block, MOST_READ)
        dark = self.candidates.darkest().block
        found = misread(
            self.cells, self.selection.classify, [(top.block, fill.block, dark) for _, top, fill, _ in read]
        )
        return [
            (one[0] - MISREAD_COST * ground, *one[1:]) for one, (ground, _) in zip(read, found, strict=True)
        ]

    def finish(self, ground: Ground, fill: Candidate) -> Ground:
        """A ground with the ends and accents that the dream offers in its sub-palette."""
        index = self.bank.sub_palette(int(ground.fill[0, 0]))
        cell = self.bank.cell(int(ground.top[0, 0]))
        top = self.candidates.candidate(np.array([[cell]], np.intp), float(self.candidates.quality[cell]))
        return replace(
            ground,
            left=self._edge(fill, LEFT, Role.GROUND_FILL, index),
            right=self._edge(fill, RIGHT, Role.GROUND_FILL, index),
            top_left=self._edge(top, LEFT, Role.GROUND_TOP, index),
            top_right=self._edge(top, RIGHT, Role.GROUND_TOP, index),
            accents=self._accents(fill, index),
        )

    def platform(self, behind_l: float) -> tuple[Platform, float]:
        """A platform with the ends that it had in the dream, and its L*, 0..1, as it will be shown.

        behind_l: L*, 0..1, of the lightest that will be behind it anywhere.
        """
        selection = self.selection
        tops = self.candidates.finalists(Role.GROUND_TOP, ROW_SHAPES)
        pool = self.candidates.finalists(Role.PLATFORM, ROW_SHAPES)
        pool += [replace(top, score=top.score * STAND_IN) for top in tops]  # where all platforms are dim
        middle = selection.best_lighter(pool, behind_l)
        offer = selection.offer(middle)
        tiles = selection.take(middle, Role.PLATFORM, offer)
        fitness = self.candidates.quality * self.candidates.suits[Role.PLATFORM]
        least = LEAST_END * fitness[middle.block].mean()
        ends = []
        for side, start in ((LEFT, middle.block[0, 0]), (RIGHT, middle.block[0, -1])):
            cell = int(start)
            while self._is_same_role(cell, cell + side):
                cell += side
            fits = cell not in middle.block and fitness[cell] >= least
            end = self.bank.add_one(cell, offer.index, Role.PLATFORM, middle.score) if fits else tiles[0, 0]
            ends.append(int(end))
        return Platform(ends[0], tiles, ends[1]), selection.shown_l(middle)

    def _likeness(self, top: Candidate, fill: Candidate) -> float:
        """How much a ground repeats what is taken already, 0..1."""
        taken = self.bank.taken()
        repeated = sum(int(cell) in taken for cell in (*top.block.ravel(), *fill.block.ravel()))
        return repeated / (top.block.size + fill.block.size)

    def _core(self, fill: Candidate, fills: list[Candidate], fallback: Tiles) -> Tiles:
        """A quieter, darker fill for the depth of thick masonry, or the fallback."""
        darker = [
            c
            for c in fills
            if c.lightness < fill.lightness - CORE_DARKER_L
            and c.contrast <= fill.contrast
            and np.linalg.norm((c.mean_colour() - fill.mean_colour())[1:]) < CORE_HUE
        ]
        if darker:
            sub_palettes = self.selection.sub_palettes
            offers = [(sub_palettes.offer(c.histogram, may_open=False), c) for c in darker]
            offer, best = min(offers, key=lambda pair: pair[0].cost - pair[1].score)
            if offer.cost < CORE_COST:
                return self.selection.take(best, Role.GROUND_FILL, offer)
        return fallback

    def _edge(self, of: Candidate, side: int, role: Role, index: int) -> int:
        """The bank index of the best cell that ended such ground at one side in the dream, or -1."""
        solid = np.isin(self.cells.role, sorted(SOLID | ONE_WAY))
        # Beyond a screen's edge a neighbour is another screen's: there no cell counts.
        outer, inner = np.roll(solid, -side), np.roll(solid, side)
        column = np.arange(len(solid)) % CELLS
        ends = solid & ~outer & inner & (column > 0) & (column < CELLS - 1)
        pool = np.flatnonzero(self._related(of, role, index) & ends)
        if not len(pool):
            return -1
        inside = np.full(len(pool), of.block[0, 0 if side == LEFT else -1])
        pair = np.stack([inside, pool] if side == LEFT else [pool, inside], axis=1)[:, None]
        worth = self.candidates.quality[pool] * seamless(self.cells.seam_x(pair))
        if role == Role.GROUND_FILL:
            worth = worth * seamless(self.cells.seam_y(pool[:, None], pool[:, None]))
        return self._take_best(pool, worth, role, index)

    def _accents(self, fill: Candidate, index: int) -> tuple[int, ...]:
        """Bank indices of other cells of the same masonry, without a seam on any side."""
        found: list[int] = []
        related = self._related(fill, Role.GROUND_FILL, index)
        for _ in range(MOST_ACCENTS):
            pool = np.flatnonzero(related)
            if not len(pool):
                break
            inside = np.full(len(pool), fill.block[0, 0])
            worth = self.candidates.quality[pool]
            for pair in (np.stack([inside, pool], 1), np.stack([pool, inside], 1)):
                worth = worth * seamless(self.cells.seam_x(pair[:, None]))
                worth = worth * seamless(self.cells.seam_y(pair[:, :1], pair[:, 1:]))
            tile = self._take_best(pool, worth, Role.GROUND_FILL, index)
            if tile < 0:
                break
            found.append(tile)
            related &= ~self._like(int(pool[worth.argmax()]))
        return tuple(found)

    def _take_best(self, pool: NDArray[np.intp], worth: NDArray[np.floating], role: Role, index: int) -> int:
        """The bank index of the cell of a pool that is worth most, or -1 where none is worth enough."""
        best = int(worth.argmax())
        if worth[best] < LEAST_EDGE or self.bank.left < 1:
            return -1
        return self.bank.add_one(int(pool[best]), index, role, float(worth[best]))

    def _related(self, of: Candidate, role: Role, index: int) -> NDArray[np.bool_]:
        """bool[N]: the cells of a role that would pass for the same masonry, and yet are others."""
        shares = self.cells.histogram / TILE**2 - of.histogram / of.histogram.sum()
        found: NDArray[np.bool_] = self.candidates.usable & (self.cells.role == role)
        found &= self.selection.harm(index) <= EDGE_HARM
        found &= np.abs(self.cells.lightness - of.lightness) <= EDGE_L
        found &= np.abs(shares).sum(1) <= EDGE_SHADES
        for cell in of.block.ravel():
            found &= ~self._like(int(cell))
        return found

    def _like(self, cell: int) -> NDArray[np.bool_]:
        """bool[N]: the cells that are the same tile as this one."""
        return np.asarray((self.cells.clean != self.cells.clean[cell]).sum((1, 2)) <= SAME_PX)

    def _is_same_role(self, cell: int, beside: int) -> bool:
        """Whether two cells are of one role and in one row of one screen."""
        return (
            0 <= beside < len(self.cells)
            and beside // CELLS == cell // CELLS
            and self.cells.role[beside] == self.cells.role[cell]
        )
