"""Walls: what the ground stands out from, plain and in bays."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from ..nes.roles import CELLS, TILE, Role
from ..tiles.bays import Bay, find_bays
from ..tiles.candidates import AREA_SHAPES, TEXTURE, Candidate
from ..tiles.colours import LIGHTNESS
from ..tiles.legibility import WANTED_L
from ..tiles.measure import FLAT_CONTRAST, SAME_PX
from ..tiles.subpalettes import SubPalettes
from .grounds import MISREAD_COST, TEXTURE_WORTH
from .reading import misread
from .selection import LEGIBLE_L, LEGIBLE_WEIGHT, Selection
from .wardrobe import WallBay

WISHED_L, WISHED_BAYS = 0.25, 12
"""Most L*, 0..1, of the bay that the ground is chosen for, and the number of the best of which it is one."""
WALL_L = 0.27
"""Most L*, 0..1, of what is behind a room: lighter walls are taken for ground. (measured with the reader)"""
BAY_MARGIN = 0.17
"""L*, 0..1, by which a bay is darker than the ground: somewhat less than is wanted, since what counts are the
rims, which are measured when a room is dressed."""
MOST_BAYS = 4
"""Bays of a stage. (by eye)"""
TRIED_BAYS = 8
"""Bays of which the best is taken, each time."""
LEAST_BAY = 0.12
"""Worth of a bay, less its cost in the sub-palettes, below which it is left out. (by eye)"""
BAY_COST = 1.5
"""What a bay's cost in the sub-palettes counts: its picture is seen as a whole. (by eye)"""
NEWS_WORTH = 0.15
"""Worth of each kind of thing that a further bay shows and none before it did, up to two. (by eye)"""
MOST_READ, READ_FLOOR = 2, 10
"""Bays that are read, each time, and the row of the floor in the room that they are read in."""
GROUNDS = frozenset({Role.GROUND_TOP, Role.GROUND_FILL, Role.PLATFORM})
"""Roles of tiles that nothing behind a room may look like."""
GLARE_WEIGHT = 20.0
"""Cost of a wall whose pixels are all lighter than the ground. Thin bright lines leave the mean dark, and
catch the eye all the same. (by eye)"""
MOST_GLARE = 0.01
"""Share of pixels lighter than the ground above which a second wall is left out. (by eye)"""
CALM = 0.8
"""Share of the ground's contrast that a wall may have. (by eye)"""
RESTLESS_WEIGHT = 3.0
"""Cost of each unit of contrast beyond that. (by eye)"""
LEAST_FULL = 0.6
"""Share of a wall that is not of the backdrop colour, beyond which more is worth no more. (by eye)"""
INK_WORTH, GLARE_COST = 0.6, 0.8
"""Worth of a wall that is drawn all over, and cost of a bay whose pixels are all lighter than the ground. (by
eye)"""
DEEP_L = 0.08
"""Most L*, 0..1, of the wall behind stairs. (by eye)"""
STROKE_L, STROKE_WEIGHT = 0.6, 60.0
"""L*, 0..1, from which a pixel of a wall is a bright stroke, and the cost of a wall of nothing else: a few
white strokes on black leave the mean dark, and look like letters. (by eye)"""
LEAST_SECOND = 0.17
"""Worth below which a second wall is left out. (by eye)"""


class Walls:
    """Takes walls for one selection."""

    def __init__(self, selection: Selection) -> None:
        self.selection = selection
        self.candidates = selection.candidates
        self.found = find_bays(selection.cells)
        self._walls_read: dict[int, float] = {}
        """How much of a bay is taken for ground, by its identity."""

    def wished_l(self) -> float:
        """L*, 0..1, of the best bay that is not too bright, which the ground had better stand out from; 0
        where there is none."""
        fit = [light for bay in self.found[:WISHED_BAYS] if (light := self._light(bay)) <= WISHED_L]
        return fit[0] if fit else 0.0

    def behind(self, ground: Candidate) -> Candidate:
        """A wall that the ground stands out from; where none does, the darkest cell there is."""
        limit = ground.lightness - LEGIBLE_L

        def worth(c: Candidate) -> float:
            value = -LEGIBLE_WEIGHT * max(0.0, c.lightness - limit)
            value -= LEGIBLE_WEIGHT * max(0.0, c.lightness - WALL_L)
            value -= RESTLESS_WEIGHT * max(0.0, c.contrast - CALM * ground.contrast)
            value -= GLARE_WEIGHT * _glare(c, ground) + STROKE_WEIGHT * _strokes(c)
            value += TEXTURE_WORTH * min(c.contrast / TEXTURE, 1.0)
            return value + INK_WORTH * min(self.drawn(c) / LEAST_FULL, 1.0)

        finalists = self.candidates.finalists
        dark = finalists(Role.BACKDROP, AREA_SHAPES, self.selection.cells.lightness <= limit)
        pool = {c.block.tobytes(): c for c in finalists(Role.BACKDROP, AREA_SHAPES) + dark}.values()
        ranked = sorted(pool, key=lambda c: -(c.score + worth(c) - self.selection.offer(c).cost))
        return self.dark_enough(self._best_read(ranked, worth, ground), ground)

    def dark_enough(self, found: Candidate, ground: Candidate) -> Candidate:
        """A wall or a sky, or, where the ground does not stand out from it, the darkest cell there is."""
        darkest, shown_l = self.candidates.darkest(), self.selection.shown_l
        if shown_l(found) > ground.lightness - WANTED_L / 100 and shown_l(darkest) < shown_l(found):
            return darkest
        return found

    def darkest(self, wall: Candidate) -> Candidate:
        """A wall for rooms with stairs, which are thin: one with as much texture as darkness allows; the wall
        itself where that is as dark."""
        if self.selection.shown_l(wall) <= DEEP_L:
            return wall
        light = self.selection.cells.lightness
        pool = self.candidates.finalists(Role.BACKDROP, AREA_SHAPES, light <= DEEP_L)
        dark = [c for c in pool if c.lightness <= DEEP_L]
        if not dark:
            return self.candidates.darkest()
        return self.selection.best(
            dark, lambda c: TEXTURE_WORTH * min(c.contrast / TEXTURE, 1.0) - STROKE_WEIGHT * _strokes(c)
        )

    def second(self, first: Candidate, ground: Candidate, platform_l: float) -> Candidate | None:
        """Another wall, for variety, in the sub-palettes that are there; or None."""
        limit = min(min(ground.lightness, platform_l) - LEGIBLE_L, WALL_L)
        fits = [
            c
            for c in self.candidates.finalists(Role.BACKDROP, AREA_SHAPES)
            if c.lightness < limit
            and c.contrast > FLAT_CONTRAST
            and _glare(c, ground) <= MOST_GLARE
            and not self.candidates.same(c.block, first.block)
        ]
        offer = self.selection.sub_palettes.offer
        worths = [c.score - offer(c.histogram, may_open=False).cost for c in fits]
        if not worths or max(worths) < LEAST_SECOND:
            return None
        return fits[worths.index(max(worths))]

    def bays(self, ground: Candidate, most: int, out: tuple[WallBay, ...] = ()) -> tuple[WallBay, ...]:
        """Up to so many bays that the ground stands out from, the best first, no two of one kind.

        out: those that are taken already.
        """
        taken = self.selection.bank.cells_of(frozenset({Role.GROUND_TOP}))
        grounds = taken[None, :1] if len(taken) else ground.block[:1], ground.block
        limit = min(ground.lightness - BAY_MARGIN, WALL_L)
        self.found = [bay for bay in self.found if self._may_be_behind(bay, limit)]
        while self.found and len(out) < most:
            shown = {role for bay in out for role in bay.motifs}
            priced: list[tuple[float, Bay, SubPalettes]] = []
            for bay in self.found[:TRIED_BAYS]:
                trial, cost = self.selection.sub_palettes.with_block(
                    self.selection.cells.histogram, bay.block
                )
                news = len(set(bay.motifs) - shown)
                worth = bay.worth - BAY_COST * cost - GLARE_COST * self._glare(bay, ground)
                priced.append((worth + NEWS_WORTH * min(news, 2) * bool(out), bay, trial))
            worth, best, trial = max(self._read(priced, grounds), key=lambda one: one[0])
            if worth < LEAST_BAY or not self.selection.bank.fits(best.block):
                break
            out = (*out, self._take(best, trial))
            self.found = [bay for bay in self.found if self._differs(bay, best)]
        return out

    def drawn(self, candidate: Candidate) -> float:
        """Share of its pixels that are not of the backdrop colour."""
        backdrop = self.selection.cells.backdrop
        return 1.0 - float(candidate.histogram[backdrop] / candidate.histogram.sum())

    def _read(
        self,
        priced: list[tuple[float, Bay, SubPalettes]],
        grounds: tuple[NDArray[np.intp], NDArray[np.intp]],
    ) -> list[tuple[float, Bay, SubPalettes]]:
        """The best bays with their worth less what of them is taken for ground. grounds: top and fill."""
        if self.selection.classify is None:
            return priced
        read = sorted(priced, key=lambda one: -one[0])[:MOST_READ]
        fresh = [bay for _, bay, _ in read if id(bay) not in self._walls_read]
        if fresh:
            rooms = [(*grounds, _aloft(bay.block)) for bay in fresh]
            found = misread(self.selection.cells, self.selection.classify, rooms)
            self._walls_read |= {id(bay): wall for bay, (_, wall) in zip(fresh, found, strict=True)}
        return [(worth - MISREAD_COST * self._walls_read[id(bay)], bay, trial) for worth, bay, trial in read]

    def _best_read(
        self, ranked: list[Candidate], worth: Callable[[Candidate], float], ground: Candidate
    ) -> Candidate:
        """The best of some walls, the best first, less what of the first of them is taken for ground."""
        if self.selection.classify is None:
            return ranked[0]
        read = self.candidates.unlike(ranked, lambda one: one.block, MOST_READ)
        found = misread(
            self.selection.cells,
            self.selection.classify,
            [(ground.block[:1], ground.block, one.block) for one in read],
        )
        worths = [
            one.score + worth(one) - self.selection.offer(one).cost - MISREAD_COST * wall
            for one, (_, wall) in zip(read, found, strict=True)
        ]
        return read[int(np.argmax(worths))]

    def _may_be_behind(self, bay: Bay, limit: float) -> bool:
        """Whether a bay is dark enough, on the whole and at its foot, and shows no tile that is one of the
        ground's."""
        cells = self.selection.cells
        if self._light(bay) > limit:
            return False
        taken = self.selection.bank.cells_of(GROUNDS)
        own = np.unique(bay.block)
        differ = (cells.clean[own][:, None] != cells.clean[taken][None]).sum((2, 3))
        return bool((differ > SAME_PX).all())

    def _light(self, bay: Bay) -> float:
        """L*, 0..1, of a bay, or of its foot where that is lighter."""
        light = self.selection.cells.lightness[bay.block]
        return float(max(light.mean(), light[-1].mean()))

    def _glare(self, bay: Bay, ground: Candidate) -> float:
        """Share of a bay's pixels that are lighter than the ground is on the whole."""
        lighter = ground.lightness < LIGHTNESS
        return float((self.selection.cells.histogram[bay.block][..., lighter].sum(-1) / TILE**2).mean())

    def _take(self, bay: Bay, trial: SubPalettes) -> WallBay:
        """The tiles of a bay, in sub-palettes that it has a place in already."""
        cells, selection = self.selection.cells, self.selection
        selection.sub_palettes.sets = trial.sets
        tiles = np.empty(bay.block.shape, np.int16)
        for number in np.unique(bay.block):
            index = trial.offer(cells.histogram[number]).index
            tile = selection.bank.add_one(int(number), index, Role(int(cells.role[number])), bay.worth)
            tiles[bay.block == number] = tile
        mere = tiles[bay.detail == Role.BACKDROP]
        common = np.bincount(mere if len(mere) else tiles.ravel()).argmax()
        plain = np.array([[common]], np.int16)
        return WallBay(tiles, bay.stretch, bay.detail, bay.motifs, self._light(bay), plain)

    def _differs(self, bay: Bay, other: Bay) -> bool:
        """Whether two bays do not show the same things, or not the same way."""
        if bay.motifs != other.motifs:
            return True
        return not np.isin(bay.block // CELLS**2, other.block // CELLS**2).any() and len(bay.block[0]) != len(
            other.block[0]
        )


def _aloft(block: NDArray[np.intp]) -> NDArray[np.intp]:
    """A bay [h, w] as it stands in the room that is read, [14, w]: its foot on the row above the floor."""
    rows = np.clip(np.arange(CELLS) - READ_FLOOR + len(block), 0, len(block) - 1)
    return block[rows]


def _strokes(candidate: Candidate) -> float:
    """Share of a candidate's pixels that are bright strokes."""
    bright = LIGHTNESS > STROKE_L
    return float(candidate.histogram[bright].sum() / candidate.histogram.sum())


def _glare(candidate: Candidate, ground: Candidate) -> float:
    """Share of a candidate's pixels that are lighter than the ground is on the whole."""
    lighter = ground.lightness < LIGHTNESS
    return float(candidate.histogram[lighter].sum() / candidate.histogram.sum())
