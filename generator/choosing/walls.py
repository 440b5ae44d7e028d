"""Walls and skies: what the ground stands out from, and how walls break up."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ..nes.roles import Role
from ..tiles.candidates import AREA_SHAPES, DARK_L, TEXTURE, Candidate
from ..tiles.colours import LIGHTNESS
from ..tiles.layers import Tiles
from ..tiles.legibility import WANTED_L
from ..tiles.measure import FLAT_CONTRAST
from .grounds import TEXTURE_WORTH
from .selection import LEGIBLE_L, LEGIBLE_WEIGHT, Selection
from .skyline import skyline
from .texture import find_states, weave
from .wardrobe import Wall

WALL_TILES, SECOND_WALL_TILES = 14, 8
"""Most tiles of a stage that show the first and the second wall as they break up."""
GLARE_WEIGHT = 20.0
"""Cost of a wall whose pixels are all lighter than the ground. Thin bright lines leave the mean dark, and
catch the eye all the same. (by eye)"""
MOST_GLARE = 0.01
"""Share of pixels lighter than the ground above which a second wall is left out. (by eye)"""
CALM = 0.8
"""Share of the ground's contrast that a wall may have. (by eye)"""
RESTLESS_WEIGHT = 3.0
"""Cost of each unit of contrast beyond that. (by eye)"""
RESTLESS_SKY = 1.0
"""Cost of a sky with as much texture as masonry. (by eye)"""
LEAST_SECOND = 0.17
"""Worth below which a second wall is left out. (by eye)"""
LIGHTER = 0.03
"""L*, 0..1, by which a broken cell of a wall may be lighter than the whole ones."""


class Walls:
    """Takes walls and skies for one selection."""

    def __init__(self, selection: Selection) -> None:
        self.selection = selection
        self.candidates = selection.candidates

    def behind(self, role: Role, ground: Candidate, *, textured: bool) -> Candidate:
        """A wall or a sky that the ground stands out from; where none does, the darkest cell there is."""
        limit = ground.lightness - LEGIBLE_L

        def worth(c: Candidate) -> float:
            value = -LEGIBLE_WEIGHT * max(0.0, c.lightness - limit)
            value -= LEGIBLE_WEIGHT * max(0.0, c.lightness - DARK_L)
            value -= RESTLESS_WEIGHT * max(0.0, c.contrast - CALM * ground.contrast)
            value -= GLARE_WEIGHT * _glare(c, ground)
            if textured:
                value += TEXTURE_WORTH * min(c.contrast / TEXTURE, 1.0)
            else:
                value -= RESTLESS_SKY * c.contrast / TEXTURE
            return value

        finalists, shown_l = self.candidates.finalists, self.selection.shown_l
        dark = finalists(role, AREA_SHAPES, self.selection.cells.lightness <= limit)
        found = self.selection.best(finalists(role, AREA_SHAPES) + dark, worth)
        darkest = self.candidates.darkest()
        if shown_l(found) > ground.lightness - WANTED_L / 100 and shown_l(darkest) < shown_l(found):
            return darkest
        return found

    def second(self, first: Candidate, ground: Candidate, platform_l: float) -> Candidate | None:
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
        offer = self.selection.sub_palettes.offer
        worths = [c.score - offer(c.histogram, may_open=False).cost for c in fits]
        if not worths or max(worths) < LEAST_SECOND:
            return None
        return fits[worths.index(max(worths))]

    def broken(self, pattern: Candidate, plain: Tiles, most: int, turn: int = 0) -> tuple[Wall, Tiles | None]:
        """A wall of tiles that are taken already, with patches of it as it breaks up in the dream; and a
        skyline of it, -1 where there is sky.

        most: how many more tiles it may have. turn: another one, other patches.
        """
        selection = self.selection
        index = selection.bank.sub_palette(int(plain[0, 0]))
        seed = selection.bank.z_seeds[0] + turn
        colours = selection.colours(index)
        states = find_states(self.candidates, pattern, colours, pattern.lightness + LIGHTER)
        if states is None:
            return Wall(plain), None
        spent = 0

        def lay(cells: NDArray[np.intp]) -> Tiles | None:
            """The tiles of cells (-1: none), or None where they are too many."""
            nonlocal spent
            before = selection.bank.left
            if len(np.unique(cells[cells >= 0])) > min(most - spent, before):
                return None
            tiles = selection.bank.add(cells, index, Role.BACKDROP, pattern.score)
            spent += before - selection.bank.left
            return tiles

        woven = weave(selection.cells, states, colours, seed)
        patches = [tiles for patch in woven if (tiles := lay(states.cells[patch])) is not None]
        far = skyline(selection.cells, states, colours, seed)
        if far is None:
            return Wall(plain, tuple(patches)), None
        return Wall(plain, tuple(patches)), lay(np.where(far == states.dark, -1, states.cells[far]))


def _glare(candidate: Candidate, ground: Candidate) -> float:
    """Share of a candidate's pixels that are lighter than the ground is on the whole."""
    lighter = ground.lightness < LIGHTNESS
    return float(candidate.histogram[lighter].sum() / candidate.histogram.sum())
