"""Choosing tiles as an artist would: the ground first, then what must not be mistaken for it, then ornaments.

Each step takes the candidate that is best beside what is chosen already: by its own quality, by how little
the stage's sub-palettes harm it, and by how it stands out from its neighbours. Where a dream offers nothing
for a role, cells of other roles stand in (FALLBACK), in the end any cell. So every dream, however poor,
dresses a stage without a hole. Ornaments are taken only while the stage has fewer than MOST_TILES.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ..nes.palette import SUB_PALETTES
from ..nes.roles import CELLS, TILE, Role
from ..tiles.bank import Bank
from ..tiles.candidates import AREA_SHAPES, ONE_CELL, ROW_SHAPES, Candidate
from ..tiles.colours import LIGHTNESS, nearest_of
from ..tiles.layers import Tiles
from ..tiles.legibility import WANTED_L
from ..tiles.measure import CellSet
from .distance import FAR_L, Distance
from .grounds import DREAMED_TOGETHER, Grounds
from .ornaments import Ornaments
from .reading import Classify
from .selection import LEGIBLE_L, LEGIBLE_WEIGHT, Selection
from .walls import MOST_BAYS, Walls
from .wardrobe import Column, Wall, Wardrobe

BLUE_WORTH, UNLIKE_GROUND, UNLIKE_WALL = 2.0, 5.0, 1.5
"""Worth of water for each unit of OKLab's -b, and of its distance to ground and wall: water kills, so nobody
must take it for ground. (by eye)"""
WATER_MOST_L = 0.4
"""L*, 0..1, above which water looks like ice. (by eye)"""
UNLIKE_ENOUGH = 0.3
"""OKLab distance of two colours beyond which more is worth no more. (by eye)"""
FLOATING = 0.4
"""Worth of steps without anything that bears them, of 1. (by eye)"""
STEP_HARM, LEAST_STEPS = 2.0, -0.2
"""Cost of each unit by which the ground's sub-palette moves the mean pixel of a stair, and the worth below
which any lighter cell will do. (by eye)"""
SKY_L = 0.2
"""Most mean L*, 0..1, of a horizon. (by eye)"""
SURFACE_COST = 2.0
"""Cost of a water's surface for each unit of its OKLab distance to the water below. (by eye)"""


def choose(cells: CellSet, z_seeds: list[int], classify: Classify | None = None) -> tuple[Bank, Wardrobe]:
    """The tile bank of a stage, and what its tiles are for.

    z_seeds: one a screen. classify: a role network, which is asked whether ground looks like ground.
    """
    return _Chooser(Selection(cells, z_seeds, classify)).run()


class _Chooser:
    """The steps, the most important first: a later one finds the sub-palettes fuller."""

    def __init__(self, selection: Selection) -> None:
        self.selection = selection
        self.candidates = selection.candidates
        self.grounds = Grounds(selection)
        self.walls = Walls(selection)
        self.distance = Distance(selection, self.walls)
        self.ornaments = Ornaments(selection)

    def run(self) -> tuple[Bank, Wardrobe]:
        """Takes all steps."""
        take = self.selection.take
        inside, fill = self.grounds.ground(None, self.walls.wished_l())
        bays = self.walls.bays(fill, 1)
        # Where there is no bay, a plain wall has to show something. Its windows and columns come before the
        # sky's sights then: later the sub-palettes are full.
        behind = None if bays else self._wall(fill)
        furniture = None if bays else self._furniture()
        heavens = self.ornaments.heavens(SKY_L)
        bays = self.walls.bays(fill, MOST_BAYS, bays)
        wall, shown = behind or self._wall(fill)
        walls = [shown]
        sky = self.distance.sky(fill)
        sky_tiles = take(sky, Role.SKY)
        surface, water = self._water(fill, wall)
        sky_l = self.selection.shown_l(sky)
        wall_l = self.selection.shown_l(wall)
        dark = self.walls.darkest(wall)
        dark_l = self.selection.shown_l(dark)
        horizon, moon, clouds = heavens
        far_l = FAR_L if horizon is None else self._light(horizon)
        outside, outside_fill = self.grounds.ground((inside, fill), max(sky_l, far_l))
        platform, platform_l = self.grounds.platform(max(sky_l, wall_l))
        right, right_l = self._stairs(Role.STAIRS_RIGHT, dark_l, inside.fill)
        left, left_l = self._stairs(Role.STAIRS_LEFT, dark_l, inside.fill)
        spikes = self._spikes(fill)
        skyline = self.distance.skyline(wall, outside_fill)
        column, windows = furniture or self._furniture()
        gates = self.ornaments.pieces((Role.DOOR, Role.ARCH), (2, 2), (6, 5))
        trees = self.ornaments.pieces((Role.TREE, Role.BUSH), (2, 1), (6, 5), sky)
        growth = tuple(
            (role, piece)
            for role in (Role.BUSH, Role.FENCE, Role.GRAVE)
            for piece in self.ornaments.pieces((role,), (1, 1), (1, 3), sky)
        )
        inside = self.grounds.finish(inside, fill)
        outside = inside if outside.fill is inside.fill else self.grounds.finish(outside, outside_fill)
        second = self.walls.second(wall, fill, platform_l)
        if second is not None and self.selection.bank.fits(second.block):
            second_tiles = take(second, Role.BACKDROP)
            walls.append(Wall(second_tiles, self.selection.shown_l(second)))
        darks = [dark]
        if min(right_l, left_l) < dark_l + WANTED_L / 100:
            darks.append(self.candidates.darkest())
        wardrobe = Wardrobe(
            outside=outside,
            inside=inside,
            walls=tuple(walls),
            dark=tuple(Wall(take(wall, Role.BACKDROP), self.selection.shown_l(wall)) for wall in darks),
            bays=bays,
            sky=sky_tiles,
            star=self.distance.star(),
            horizon=horizon,
            skyline=skyline,
            moon=moon,
            clouds=clouds,
            platform=platform,
            water_surface=surface,
            water=water,
            spikes=spikes,
            stairs_right=right,
            stairs_left=left,
            column=column,
            windows=windows,
            gates=gates,
            trees=trees,
            growth=growth,
        )
        return self.selection.bank.finish(), wardrobe

    def _wall(self, ground: Candidate) -> tuple[Candidate, Wall]:
        """A plain wall, taken."""
        wall = self.walls.behind(ground)
        return wall, Wall(self.selection.take(wall, Role.BACKDROP), self.selection.shown_l(wall))

    def _furniture(self) -> tuple[Column | None, tuple[Tiles, ...]]:
        """A column and windows, taken."""
        return self.ornaments.column(), self.ornaments.pieces((Role.WINDOW,), (2, 1), (4, 4))

    def _light(self, tiles: Tiles) -> float:
        """Mean L*, 0..1, of what these tiles were dreamed as."""
        cells = [self.selection.bank.cell(tile) for tile in tiles[tiles >= 0].tolist()]
        return float(self.selection.cells.lightness[cells].mean())

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

    def _stairs(self, role: Role, behind_l: float, ground: Tiles) -> tuple[Tiles, float]:
        """A cell of a flight, lighter than what is behind it, in the ground's sub-palette or else in another;
        and its L*, 0..1, as it will be shown."""
        cells, selection = self.selection.cells, self.selection
        own = selection.bank.sub_palette(int(ground[0, 0]))
        way = 1 if role == Role.STAIRS_RIGHT else -1
        pool = np.flatnonzero(self.candidates.usable & (cells.detail == role) & _in_flight(cells, role, way))
        whole = _steps(cells.clean[pool] != cells.backdrop, way) * cells.crisp[pool] * cells.certain[pool]
        for index in (own, *(other for other in range(SUB_PALETTES) if other != own)) if len(pool) else ():
            light = cells.histogram[pool] @ LIGHTNESS[nearest_of(selection.colours(index))] / TILE**2
            worth = whole - STEP_HARM * selection.harm(index)[pool]
            worth -= LEGIBLE_WEIGHT * np.maximum(0.0, behind_l + LEGIBLE_L - light)
            best = int(worth.argmax())
            if worth[best] > LEAST_STEPS:
                steps = selection.bank.add(pool[[[best]]], index, role, float(worth[best]))
                return steps, float(light[best])
        found = selection.best_lighter(self.candidates.finalists(role, ONE_CELL), behind_l)
        return selection.take(found, role), selection.shown_l(found)


def _in_flight(cells: CellSet, role: Role, way: int) -> NDArray[np.bool_]:
    """bool[N]: the cells with one of the same role diagonally above or below; way: 1 rises to the right."""
    flight = (cells.detail == role).reshape(-1, CELLS, CELLS)
    padded = np.pad(flight, ((0, 0), (1, 1), (1, 1)))
    above, below = padded[:, :-2, 1 + way : CELLS + 1 + way], padded[:, 2:, 1 - way : CELLS + 1 - way]
    return np.asarray((above | below).reshape(-1))


def _steps(ink: NDArray[np.bool_], way: int) -> NDArray[np.float64]:
    """How much cells bool[n, 16, 16] look like two steps of 8 px, 0..1: a tread at the top of one half and in
    the middle of the other, air above that, and the more the better below."""
    half, tread = TILE // 2, TILE // 4
    ink = ink if way > 0 else ink[:, :, ::-1]
    upper, lower = ink[:, :tread, half:].mean((1, 2)), ink[:, half : half + tread, :half].mean((1, 2))
    air = 1.0 - ink[:, :half, :half].mean((1, 2))
    body = (ink[:, tread:half, half:].mean((1, 2)) + ink[:, half + tread :].mean((1, 2))) / 2
    return np.asarray(upper * lower * air * (FLOATING + (1.0 - FLOATING) * body))


def _unlike(a: Candidate, b: Candidate) -> float:
    """OKLab distance of their mean colours, as far as it is worth anything."""
    return min(_colour_distance(a, b), UNLIKE_ENOUGH)


def _colour_distance(a: Candidate, b: Candidate) -> float:
    """OKLab distance of their mean colours."""
    return float(np.sqrt(((a.mean_colour() - b.mean_colour()) ** 2).sum()))


def _blueness(c: Candidate) -> float:
    """OKLab's -b of its mean colour, or 0."""
    return max(0.0, float(-c.mean_colour()[2]))
