"""Choosing tiles as an artist would: the ground first, then what must not be mistaken for it, then the
ornaments.

Each step takes the best candidate under what is chosen already: its own quality, how little the stage's sub-
palettes harm it, and how it reads against its neighbours. What a dream does not offer falls back along
FALLBACK, then on any cell; so every dream, however poor, dresses a stage without a hole.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from .bank import Bank, BankBuilder, Ground, Platform, Tiles, Wardrobe
from .candidates import AREA_SHAPES, DARK_L, ROW_SHAPES, STAND_IN, TEXTURE, Candidate, Candidates
from .ornaments import Ornaments
from .roles import CELLS, Role
from .subpalettes import Offer, SubPalettes
from .tiles import DISTANCE, FLAT_CONTRAST, LIGHTNESS, CellSet, seamless

LEGIBLE_L = 0.14
"""By how much OKLab L the ground should be lighter than what is behind it. (by eye)"""
LEGIBLE_WEIGHT = 6.0
"""Cost of each OKLab L that is missing: more than any texture is worth. (by eye)"""
GLARE_WEIGHT = 20.0
"""Cost of the share of a wall's pixels that are lighter than the ground: by their mean thin bright lines pass
for dark, and catch the eye all the same. (by eye)"""
MOST_GLARE = 0.01
"""Such share above which a second wall is left out. (by eye)"""
TEXTURE_WORTH = 0.25
LEAST_SECOND = 0.17
"""A second wall worth less is left out. (by eye)"""
LEAST_END = 0.8
"""Share of the middle's quality that the end of a platform must have."""
DREAMED_TOGETHER = 0.1
"""Worth of a top and a fill that stood upon one another in the dream. (by eye)"""
CORE_DARKER_L, CORE_HUE, CORE_COST = 0.05, 0.06, 0.15
"""A core is by so much darker than its fill, its mean OKLab a and b no further away, its cost no higher. (by
eye)"""
SECOND_GROUND_COST = 0.3
"""Cost in the sub-palettes above which the ground of the rooms serves outdoors too. (by eye)"""


def choose(cells: CellSet, z_seeds: list[int]) -> tuple[Bank, Wardrobe]:
    """The tile bank of a stage, and what its tiles are for. z_seeds: one a screen."""
    return _Chooser(cells, z_seeds).run()


class _Chooser:
    """The state of one choice: sub-palettes that fill up, and a bank that grows."""

    def __init__(self, cells: CellSet, z_seeds: list[int]) -> None:
        self.cells = cells
        self.candidates = Candidates(cells)
        self.quality = self.candidates.quality
        self.sub_palettes = SubPalettes(cells.backdrop)
        self.bank = BankBuilder(cells, self.sub_palettes, z_seeds)
        self.ornaments = Ornaments(self.candidates, self.sub_palettes, self.bank)

    def run(self) -> tuple[Bank, Wardrobe]:
        """The steps, most important first: what comes late makes do with the sub-palettes that are there."""
        inside, fill = self._ground(None)
        wall = self._behind(Role.BACKDROP, fill, textured=True)
        walls = [self._take(wall, Role.BACKDROP)]
        sky = self._behind(Role.SKY, fill, textured=False)
        sky_tiles = self._take(sky, Role.SKY)
        outside, outside_fill = self._ground(inside)
        platform, platform_l = self._platform(wall)
        surface, water = self._water(fill, wall)
        stairs = [self._stairs(role, wall) for role in (Role.STAIRS_RIGHT, Role.STAIRS_LEFT)]
        column = self.ornaments.column()
        windows = self.ornaments.pieces(Role.WINDOW, (2, 1), (4, 4))
        trees = self.ornaments.pieces(Role.BUSH, (2, 1), (5, 5), sky)
        bushes = self.ornaments.pieces(Role.BUSH, (1, 1), (1, 3), sky)
        spikes = self._spikes(fill)
        panorama, moon, clouds = self.ornaments.heavens(min(outside_fill.lightness - LEGIBLE_L, DARK_L))
        second = self._second_wall(wall, fill, platform_l)
        if second is not None:
            walls.append(self._take(second, Role.BACKDROP))
        wardrobe = Wardrobe(
            outside=outside,
            inside=inside,
            walls=tuple(walls),
            sky=sky_tiles,
            panorama=panorama,
            moon=moon,
            clouds=clouds,
            platform=platform,
            water_surface=surface,
            water=water,
            spikes=spikes,
            stairs_right=stairs[0],
            stairs_left=stairs[1],
            column=column,
            windows=windows,
            trees=trees,
            bushes=bushes,
        )
        return self.bank.finish(), wardrobe

    # Taking.

    def _take(self, candidate: Candidate, role: Role, offer: Offer | None = None) -> Tiles:
        """Puts a candidate into the bank, in the sub-palette that harms it least."""
        index = self.sub_palettes.take(offer or self.sub_palettes.offer(candidate.histogram))
        return self.bank.add(candidate.block, index, role, candidate.score)

    def _best(self, candidates: Iterable[Candidate], worth: Callable[[Candidate], float]) -> Candidate:
        """The candidate with the greatest score + worth - cost in the sub-palettes."""
        return max(candidates, key=lambda c: c.score + worth(c) - self.sub_palettes.offer(c.histogram).cost)

    # The steps.

    def _ground(self, other: Ground | None) -> tuple[Ground, Candidate]:
        """A top and a fill that belong together; with `other`, a second ground, or that one where none is as
        good."""
        tops = self.candidates.finalists(Role.GROUND_TOP, ROW_SHAPES)
        fills = self.candidates.finalists(Role.GROUND_FILL, AREA_SHAPES)
        best: tuple[float, Candidate, Candidate, Offer] | None = None
        for top in tops:
            for fill in fills:
                both = top.histogram / top.block.size + fill.histogram / fill.block.size
                offer = self.sub_palettes.offer(both.astype(np.float32))
                beside = top.block[:, :1], fill.block[:1, :1]
                junction = float(seamless(self.cells.seam_y(*beside))[0])
                worth = (top.score + fill.score) / 2 - offer.cost + 0.2 * junction
                worth += DREAMED_TOGETHER * bool(np.isin(top.block + CELLS, fill.block).any())
                worth += TEXTURE_WORTH * min(fill.contrast / TEXTURE, 1.0)
                worth += min(fill.lightness, top.lightness, 0.5)
                if other is not None:
                    worth -= self._likeness(top, fill, other)
                if best is None or worth > best[0]:
                    best = (worth, top, fill, offer)
        assert best is not None, "finalists are at least one"
        _, top, fill, offer = best
        if other is not None and self.sub_palettes.offer(fill.histogram).cost > SECOND_GROUND_COST:
            return other, fill
        fill_tiles = self._take(fill, Role.GROUND_FILL, offer)
        top_tiles = self.bank.add(top.block, offer.index, Role.GROUND_TOP, top.score)
        return Ground(top_tiles, fill_tiles, self._core(fill, fills, fill_tiles)), fill

    def _likeness(self, top: Candidate, fill: Candidate, other: Ground) -> float:
        """How much a ground repeats what another one shows, 0..1."""
        taken = {cell for cell, _ in self.bank.numbers()}
        repeated = sum(int(cell) in taken for cell in (*top.block.ravel(), *fill.block.ravel()))
        return repeated / (top.block.size + fill.block.size)

    def _core(self, fill: Candidate, fills: list[Candidate], fallback: Tiles) -> Tiles:
        """A quieter, darker fill for the depth of thick masonry, or the fill itself."""
        darker = [
            c
            for c in fills
            if c.lightness < fill.lightness - CORE_DARKER_L
            and c.contrast <= fill.contrast
            and np.linalg.norm((c.mean_colour() - fill.mean_colour())[1:]) < CORE_HUE
        ]
        if darker:
            offers = [(self.sub_palettes.offer(c.histogram, may_open=False), c) for c in darker]
            offer, best = min(offers, key=lambda pair: pair[0].cost - pair[1].score)
            if offer.cost < CORE_COST:
                return self._take(best, Role.GROUND_FILL, offer)
        return fallback

    def _behind(self, role: Role, ground: Candidate, *, textured: bool) -> Candidate:
        """A wall or a sky that the ground stands out from."""

        def worth(c: Candidate) -> float:
            value = -LEGIBLE_WEIGHT * max(0.0, c.lightness - (ground.lightness - LEGIBLE_L))
            value -= LEGIBLE_WEIGHT * max(0.0, c.lightness - DARK_L)
            value -= 3.0 * max(0.0, c.contrast - 0.8 * ground.contrast)
            value -= GLARE_WEIGHT * _glare(c, ground)
            if textured:
                value += TEXTURE_WORTH * min(c.contrast / TEXTURE, 1.0)
            else:
                value -= c.contrast / TEXTURE * 0.3
            return value

        return self._best(self.candidates.finalists(role, AREA_SHAPES), worth)

    def _second_wall(self, first: Candidate, ground: Candidate, platform_l: float) -> Candidate | None:
        """Another wall, for variety, in the sub-palettes that are there; or None."""
        limit = min(min(ground.lightness, platform_l) - LEGIBLE_L, DARK_L)
        fits = [
            c
            for c in self.candidates.finalists(Role.BACKDROP, AREA_SHAPES)
            if c.lightness < limit
            and c.contrast > FLAT_CONTRAST
            and _glare(c, ground) <= MOST_GLARE
            and not self.candidates.same(c.block, first.block)
        ]
        offers = [
            (self.sub_palettes.offer(c.histogram, may_open=False).cost - c.score, i)
            for i, c in enumerate(fits)
        ]
        if not offers or min(offers)[0] > -LEAST_SECOND:
            return None
        return fits[min(offers)[1]]

    def _platform(self, wall: Candidate) -> tuple[Platform, float]:
        """A platform with the ends that it had in the dream, and its OKLab L as it will be shown."""

        def worth(c: Candidate) -> float:
            return min(0.0, self._shown_l(c) - wall.lightness - LEGIBLE_L) * LEGIBLE_WEIGHT

        tops = self.candidates.finalists(Role.GROUND_TOP, ROW_SHAPES)
        pool = self.candidates.finalists(Role.PLATFORM, ROW_SHAPES)
        pool += [replace(top, score=top.score * STAND_IN) for top in tops]  # where all platforms are dim
        middle = self._best(pool, worth)
        offer = self.sub_palettes.offer(middle.histogram)
        tiles = self._take(middle, Role.PLATFORM, offer)
        fitness = self.quality * self.candidates.suits[Role.PLATFORM]
        least = LEAST_END * fitness[middle.block].mean()
        ends = []
        for side, start in ((-1, int(middle.block[0, 0])), (1, int(middle.block[0, -1]))):
            cell = start
            while self._is_same_role(cell, cell + side):
                cell += side
            end = np.array([[cell]], dtype=np.intp)
            shown = cell not in middle.block and fitness[cell] >= least
            ends.append(
                self.bank.add(end, offer.index, Role.PLATFORM, middle.score)[0, 0] if shown else tiles[0, 0]
            )
        return Platform(int(ends[0]), tiles, int(ends[1])), self._shown_l(middle)

    def _shown_l(self, c: Candidate) -> float:
        """Mean OKLab L of a candidate in the sub-palette that harms it least."""
        colours = np.array([self.sub_palettes.backdrop, *self.sub_palettes.offer(c.histogram).colours])
        shown = colours[DISTANCE[:, colours].argmin(1)]
        return float(c.histogram @ LIGHTNESS[shown] / c.histogram.sum())

    def _is_same_role(self, cell: int, beside: int) -> bool:
        return (
            0 <= beside < len(self.cells)
            and beside // CELLS == cell // CELLS
            and self.cells.role[beside] == self.cells.role[cell]
        )

    def _water(self, ground: Candidate, wall: Candidate) -> tuple[Tiles, Tiles]:
        """Surface and body; where no water was dreamed, the bluest calm cells, unlike the ground."""

        def worth(c: Candidate) -> float:
            return 1.5 * _blueness(c) + 1.5 * (self._unlike(c, ground) + self._unlike(c, wall))

        below_water = self._below_water()
        body = self._best(self.candidates.finalists(Role.WATER, AREA_SHAPES, below_water), worth)
        offer = self.sub_palettes.offer(body.histogram)
        body_tiles = self._take(body, Role.WATER, offer)
        pool = self.candidates.of_role[Role.WATER]
        surfaces = self.candidates.patterns(Role.WATER, pool[~below_water[pool]], ROW_SHAPES)
        if not surfaces:
            return body_tiles[:1], body_tiles

        def fits(c: Candidate) -> float:
            together = bool(np.isin(c.block + CELLS, body.block).any())
            return DREAMED_TOGETHER * together - 2.0 * _colour_distance(c, body)

        return self._take(self._best(surfaces, fits), Role.WATER), body_tiles

    def _below_water(self) -> NDArray[np.bool_]:
        """bool[N]: the cells with water right above them."""
        water = self.cells.role.reshape(-1, CELLS, CELLS) == Role.WATER
        below = np.zeros_like(water)
        below[:, 1:] = water[:, :-1]
        return below.reshape(-1)

    def _spikes(self, ground: Candidate) -> Tiles:
        """Spikes, or whatever looks least like something to stand on."""
        best = self._best(
            self.candidates.finalists(Role.SPIKES, ROW_SHAPES), lambda c: self._unlike(c, ground)
        )
        return self._take(best, Role.SPIKES)

    def _stairs(self, role: Role, wall: Candidate) -> Tiles:
        """A cell of a flight, lighter than the wall behind it: a diagonal of such cells reads as stairs."""

        def worth(c: Candidate) -> float:
            return min(0.0, self._shown_l(c) - wall.lightness - LEGIBLE_L) * LEGIBLE_WEIGHT

        return self._take(self._best(self.candidates.finalists(role, {(1, 1): 1.0}), worth), role)

    def _unlike(self, a: Candidate, b: Candidate) -> float:
        return min(_colour_distance(a, b), 0.3)


def _colour_distance(a: Candidate, b: Candidate) -> float:
    """OKLab distance of their mean colours."""
    return float(np.sqrt(((a.mean_colour() - b.mean_colour()) ** 2).sum()))


def _glare(candidate: Candidate, ground: Candidate) -> float:
    """Share of a candidate's pixels that are lighter than the ground is on the whole."""
    lighter = ground.lightness < LIGHTNESS
    return float(candidate.histogram[lighter].sum() / candidate.histogram.sum())


def _blueness(c: Candidate) -> float:
    return max(0.0, float(-c.mean_colour()[2]))
