"""Choosing tiles as an artist would: the ground first, then what must not be mistaken for it, then ornaments.

Each step takes the candidate that is best beside what is chosen already: by its own quality, by how little
the stage's sub-palettes harm it, and by how it stands out from its neighbours. Where a dream offers nothing
for a role, cells of other roles stand in (FALLBACK), in the end any cell. So every dream, however poor,
dresses a stage without a hole. Ornaments are taken only while the stage has fewer than MOST_TILES.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ..nes.roles import CELLS, Role
from ..tiles.bank import Bank
from ..tiles.candidates import AREA_SHAPES, DARK_L, ONE_CELL, ROW_SHAPES, Candidate
from ..tiles.layers import Tiles
from ..tiles.measure import CellSet
from .grounds import DREAMED_TOGETHER, Grounds
from .ornaments import Ornaments
from .selection import LEGIBLE_L, LEGIBLE_WEIGHT, Selection
from .texture import PATCHES
from .walls import SECOND_WALL_TILES, WALL_TILES, Walls
from .wardrobe import Wardrobe

BLUE_WORTH, UNLIKE_GROUND, UNLIKE_WALL = 2.0, 5.0, 1.5
"""Worth of water for each unit of OKLab's -b, and of its distance to ground and wall: water kills, so nobody
must take it for ground. (by eye)"""
WATER_MOST_L = 0.4
"""L*, 0..1, above which water looks like ice. (by eye)"""
UNLIKE_ENOUGH = 0.3
"""OKLab distance of two colours beyond which more is worth no more. (by eye)"""
SURFACE_COST = 2.0
"""Cost of a water's surface for each unit of its OKLab distance to the water below. (by eye)"""


def choose(cells: CellSet, z_seeds: list[int]) -> tuple[Bank, Wardrobe]:
    """The tile bank of a stage, and what its tiles are for. z_seeds: one a screen."""
    return _Chooser(Selection(cells, z_seeds)).run()


class _Chooser:
    """The steps, the most important first: a later one finds the sub-palettes fuller."""

    def __init__(self, selection: Selection) -> None:
        self.selection = selection
        self.candidates = selection.candidates
        self.grounds = Grounds(selection)
        self.walls = Walls(selection)
        self.ornaments = Ornaments(selection)

    def run(self) -> tuple[Bank, Wardrobe]:
        """Takes all steps."""
        take = self.selection.take
        inside, fill = self.grounds.ground(None)
        wall = self.walls.behind(Role.BACKDROP, fill, textured=True)
        wall_tiles = take(wall, Role.BACKDROP)
        sky = self.walls.behind(Role.SKY, fill, textured=False)
        sky_tiles = take(sky, Role.SKY)
        surface, water = self._water(fill, wall)
        sky_l, wall_l = self.selection.shown_l(sky), self.selection.shown_l(wall)
        outside, outside_fill = self.grounds.ground((inside, fill), sky_l)
        platform, platform_l = self.grounds.platform(max(sky_l, wall_l))
        stairs = [self._stairs(role, wall) for role in (Role.STAIRS_RIGHT, Role.STAIRS_LEFT)]
        spikes = self._spikes(fill)
        first_wall, skyline = self.walls.broken(wall, wall_tiles, WALL_TILES)
        walls = [first_wall]
        column = self.ornaments.column()
        windows = self.ornaments.pieces(Role.WINDOW, (2, 1), (4, 4))
        trees = self.ornaments.pieces(Role.BUSH, (2, 1), (5, 5), sky)
        bushes = self.ornaments.pieces(Role.BUSH, (1, 1), (1, 1), sky)
        inside = self.grounds.finish(inside, fill)
        outside = inside if outside.fill is inside.fill else self.grounds.finish(outside, outside_fill)
        second = self.walls.second(wall, fill, platform_l)
        if second is not None and self.selection.bank.fits(second.block):
            second_tiles = take(second, Role.BACKDROP)
            walls.append(self.walls.broken(second, second_tiles, SECOND_WALL_TILES, PATCHES)[0])
        panorama, moon, clouds = self.ornaments.heavens(min(outside_fill.lightness - LEGIBLE_L, DARK_L))
        if panorama is None and wall.lightness <= outside_fill.lightness - LEGIBLE_L:
            panorama = skyline
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
        return self.selection.bank.finish(), wardrobe

    def _water(self, ground: Candidate, wall: Candidate) -> tuple[Tiles, Tiles]:
        """Surface and body of the water; where none was dreamed, of the bluest cells, unlike the ground."""
        selection = self.selection

        def worth(c: Candidate) -> float:
            return (
                BLUE_WORTH * _blueness(c)
                + UNLIKE_GROUND * _unlike(c, ground)
                + UNLIKE_WALL * _unlike(c, wall)
                - LEGIBLE_WEIGHT * max(0.0, c.lightness - WATER_MOST_L)
            )

        below_water = self._below_water()
        pool = self.candidates.finalists(Role.WATER, AREA_SHAPES, below_water)
        body = selection.best(pool + self.candidates.bluest(), worth)
        body_tiles = selection.take(body, Role.WATER)
        pool_of_water = self.candidates.of_role[Role.WATER]
        at_surface = pool_of_water[~below_water[pool_of_water]]
        surfaces = self.candidates.patterns(Role.WATER, at_surface, ROW_SHAPES)
        if not surfaces or not np.isin(body.block, pool_of_water).all():
            return body_tiles[:1], body_tiles

        def fits(c: Candidate) -> float:
            together = bool(np.isin(c.block + CELLS, body.block).any())
            return DREAMED_TOGETHER * together - SURFACE_COST * _colour_distance(c, body)

        return selection.take(selection.best(surfaces, fits), Role.WATER), body_tiles

    def _below_water(self) -> NDArray[np.bool_]:
        """bool[N]: the cells under a cell of water in their dream."""
        water = (self.selection.cells.role == Role.WATER).reshape(-1, CELLS, CELLS)
        below: NDArray[np.bool_] = np.zeros_like(water)
        below[:, 1:] = water[:, :-1]
        return below.reshape(-1)

    def _spikes(self, ground: Candidate) -> Tiles:
        """Spikes, or what looks least like something to stand on."""
        pool = self.candidates.finalists(Role.SPIKES, ROW_SHAPES)
        return self.selection.take(self.selection.best(pool, lambda c: _unlike(c, ground)), Role.SPIKES)

    def _stairs(self, role: Role, wall: Candidate) -> Tiles:
        """A cell of a flight, lighter than the wall behind it: a diagonal of such cells reads as stairs."""
        pool = self.candidates.finalists(role, ONE_CELL)
        return self.selection.take(self.selection.best_lighter(pool, wall.lightness), role)


def _unlike(a: Candidate, b: Candidate) -> float:
    """OKLab distance of their mean colours, as far as it is worth anything."""
    return min(_colour_distance(a, b), UNLIKE_ENOUGH)


def _colour_distance(a: Candidate, b: Candidate) -> float:
    """OKLab distance of their mean colours."""
    return float(np.sqrt(((a.mean_colour() - b.mean_colour()) ** 2).sum()))


def _blueness(c: Candidate) -> float:
    """OKLab's -b of its mean colour, or 0."""
    return max(0.0, float(-c.mean_colour()[2]))
