"""The distance: the sky with its stars, and what a far castle is built of."""

from __future__ import annotations

import numpy as np

from ..nes.roles import TILE, Role
from ..tiles.candidates import AREA_SHAPES, ONE_CELL, TEXTURE, Candidate
from .selection import LEGIBLE_L, Selection
from .walls import LEAST_FULL, WALL_L, Walls
from .wardrobe import Skyline

RESTLESS_SKY, MOST_STARS = 4.0, 0.03
"""Cost of a sky with as much texture as masonry; most share of its pixels that are stars. (by eye)"""
FAR_L = 0.12
"""L*, 0..1, that a far castle may have whatever the ground has. (by eye)"""
FULL_WORTH, SEEN_FAR_L = 1.0, 0.03
"""Worth of a far wall that is drawn all over; the least L*, 0..1, that is seen in the distance. (by eye)"""
NEAR_COST = 6.0
"""Cost of each L*, 0..1, beyond FAR_L: what is light looks near. (by eye)"""
LEAST_CRISP, BARE, FULL, PARAPET_HARM = 0.4, 0.1, 0.6, 0.05
"""Least crispness of a far cell; shares of a parapet's upper and lower half that are drawn, at most and at
least; how far its mean pixel may be moved. (by eye)"""


class Distance:
    """Takes skies and far castles for one selection."""

    def __init__(self, selection: Selection, walls: Walls) -> None:
        self.selection = selection
        self.candidates = selection.candidates
        self.walls = walls

    def sky(self, ground: Candidate) -> Candidate:
        """A sky: nothing but the backdrop colour; where none was dreamed, the calmest dark cell."""
        cells = self.selection.cells
        ink = cells.ink
        night = np.flatnonzero(cells.airy & (ink <= MOST_STARS))
        if len(night):
            return self.candidates.candidate(night[[[int(ink[night].argmin())]]], 1.0)
        pool = self.candidates.finalists(Role.SKY, ONE_CELL)
        calm = self.selection.best(pool, lambda c: -RESTLESS_SKY * c.contrast / TEXTURE - c.lightness)
        return self.walls.dark_enough(calm, ground)

    def star(self) -> int:
        """A cell of the sky with a few stars; -1 where there is none that a sub-palette can show."""
        cells, selection = self.selection.cells, self.selection
        ink = cells.ink
        fits = (cells.detail == Role.SKY) & ~cells.barred & (ink > 0) & (ink <= MOST_STARS)
        pool = np.flatnonzero(fits & (cells.lightness <= WALL_L))
        if not len(pool) or selection.bank.left < 1:
            return -1
        best = int(pool[(ink * cells.crisp)[pool].argmax()])
        offer = selection.sub_palettes.ornament_offer(cells.histogram[best])
        if offer is None:
            return -1
        return selection.bank.add_one(
            best, selection.sub_palettes.take(offer), Role.SKY, float(cells.crisp[best])
        )

    def skyline(self, wall: Candidate, ground: Candidate) -> Skyline | None:
        """What a far castle is built of: a pattern that the ground stands out from, drawn all over rather
        than in part, and a cell that ends it upwards. None where nothing dark is seen."""
        limit = min(max(ground.lightness - LEGIBLE_L, FAR_L), WALL_L)
        selection = self.selection
        pool = [wall, *self.candidates.finalists(Role.BACKDROP, AREA_SHAPES)]
        seen = [c for c in pool if SEEN_FAR_L <= c.lightness <= limit]
        if not seen:
            return None

        def worth(c: Candidate) -> float:
            full = FULL_WORTH * min(self.walls.drawn(c) / LEAST_FULL, 1.0)
            return full - c.contrast - NEAR_COST * max(0.0, c.lightness - FAR_L)

        fill = selection.best(seen, worth)
        tiles = selection.take(fill, Role.BACKDROP)
        index = selection.bank.sub_palette(int(tiles[0, 0]))
        return Skyline(tiles, self._parapet(index, limit))

    def _parapet(self, index: int, limit: float) -> int:
        """A cell that is bare above and full below, in a sub-palette; -1 where there is none."""
        cells = self.selection.cells
        ink = cells.clean != cells.backdrop
        half = TILE // 2
        fits = cells.airy & (cells.crisp >= LEAST_CRISP) & (cells.lightness <= limit)
        fits &= (ink[:, :half].mean((1, 2)) <= BARE) & (ink[:, half:].mean((1, 2)) >= FULL)
        fits &= self.selection.harm(index) <= PARAPET_HARM
        pool = np.flatnonzero(fits)
        if not len(pool) or self.selection.bank.left < 1:
            return -1
        best = pool[(cells.crisp * cells.certain)[pool].argmax()]
        return self.selection.bank.add_one(int(best), index, Role.SKY, float(cells.crisp[best]))
