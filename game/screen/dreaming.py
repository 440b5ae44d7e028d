"""The show of how a dream becomes a level: four dreamed screens appear, their colours become the NES's, they
come apart into cells, and the cells that the level uses fly to where it uses them.

What is drawn is a function of the level and of the tick alone. It is prepared in small pieces, one a tick and
always in time, so that no tick is long.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import pygame
from numpy.typing import NDArray

from generator.level import Level
from generator.nes.palette import quantise, to_rgb
from generator.nes.roles import CELLS, SCREEN_PX, TILE
from generator.stream import Built

from ..session.phases import SHOW_TICKS
from ..world.camera import VIEW_SIZE, first_view, room_px
from .hud import HUD_PX
from .scenery import FAR_SLOWNESS, Scenery
from .strips import surface_of_rgb

SHOWN = 4
"""How many dreams are shown: those that most of the cells in view come from."""
SIDE_PX = SCREEN_PX // 2
"""A dream is shown at half its size."""
CELL_PX = TILE // 2
"""Side of a cell of it."""
CORNERS_PX = ((14, 11), (130, 11), (14, 127), (130, 127))
"""Top left of each dream."""
SIXTEENTH_TICKS = 7
"""A sixteenth of the bar that is heard meanwhile: what begins in the show begins with a note. (ours)"""
APPEAR_EVERY_TICKS = SIXTEENTH_TICKS
"""How long after one dream the next appears."""
MOSAIC_PX = (28, 14, 7, 4, 2)
"""Sides of the blocks of which a dream consists while it appears."""
MOSAIC_TICKS = 2
"""How long it consists of each."""
LOSE_TICK = 6 * SIXTEENTH_TICKS
"""From this tick on row after row loses its colours, in LEVELS and then to the palette."""
LOSE_EVERY_TICKS = 4
"""How long a row keeps the colours that it has."""
LEVELS = (5, 3)
"""How many levels each channel has before the palette takes over."""
CUT_TICK = 9 * SIXTEENTH_TICKS
"""From this tick on the dreams are cells."""
FLIGHT_TICKS = 3 * SIXTEENTH_TICKS
LATER_TICKS = (3, 2)
"""How much later a row's cells leave than those of the row below: as a fraction of ticks."""
LATE_TICKS = 5
"""Within so many ticks the cells of a row leave."""
FLYING_PX = (CELL_PX, CELL_PX * 3 // 2, TILE)
"""Sides of a cell while it flies: at first as in the dream, at last as in the level."""

_BLACK = (0, 0, 0)


class Flight(NamedTuple):
    """A cell on its way to where it is in the view, px."""

    start_tick: int
    from_px: tuple[int, int]
    to_px: tuple[int, int]


class Fall(NamedTuple):
    """A cell of a dream that falls out of it."""

    start_tick: int
    from_px: tuple[int, int]
    dream: pygame.Surface
    area: tuple[int, int, int, int]


class Dreaming:
    """The show of one level. `draw` may be asked for any tick, in any order.

    A cell is drawn as a part of its dream's surface or of the scene's: hundreds of small surfaces a show
    would have to be freed one day, in a tick that is long.
    """

    def __init__(self, built: Built) -> None:
        self.built = built
        self._sources = _sources(built)
        self._dreams: list[list[pygame.Surface]] = []
        """By dream: as it is, with fewer colours, with still fewer, with the palette's."""
        self._scenes: list[tuple[pygame.Surface, int]] = []
        """The view at different sizes, the smallest first; and px of a cell in it."""
        self._flights: list[Flight] = []
        self._falls: list[Fall] = []
        self._pieces = self._prepare()
        self._prepared = 0

    def draw(self, canvas: pygame.Surface, tick: int) -> None:
        """Draws this tick of the show."""
        while self._prepared < min(tick + 1, CUT_TICK):
            next(self._pieces, None)
            self._prepared += 1
        canvas.fill(_BLACK)
        if tick < CUT_TICK:
            for rank, corner_px in enumerate(CORNERS_PX[: len(self._dreams)]):
                self._draw_dream(canvas, rank, corner_px, tick)
        else:
            self._draw_cells(canvas, tick)

    def _draw_dream(self, canvas: pygame.Surface, rank: int, corner_px: tuple[int, int], tick: int) -> None:
        looks = self._dreams[rank]
        age = tick - rank * APPEAR_EVERY_TICKS
        if age < 0:
            return
        mosaic = age // MOSAIC_TICKS
        if mosaic < len(MOSAIC_PX):
            blocks = SIDE_PX // MOSAIC_PX[mosaic]
            small = pygame.transform.scale(looks[0], (blocks, blocks))
            canvas.blit(pygame.transform.scale(small, (SIDE_PX, SIDE_PX)), corner_px)
            return
        for row in range(CELLS):
            lost = (tick - LOSE_TICK - row // 2) // LOSE_EVERY_TICKS + 1
            look = looks[min(max(lost, 0), len(looks) - 1)]
            y_px = row * CELL_PX
            canvas.blit(look, (corner_px[0], corner_px[1] + y_px), (0, y_px, SIDE_PX, CELL_PX))

    def _draw_cells(self, canvas: pygame.Surface, tick: int) -> None:
        blits: list[tuple[pygame.Surface, tuple[int, int], tuple[int, int, int, int]]] = []
        bottom_px = VIEW_SIZE[1]
        for start_tick, (x_px, y_px), dream, area in self._falls:
            age = max(0, tick - start_tick)
            fallen_px = y_px + age * age // 3
            if fallen_px < bottom_px:
                blits.append((dream, (x_px, fallen_px), area))
        for start_tick, (x_px, y_px), (to_x_px, to_y_px) in self._flights:
            age = min(tick - start_tick, FLIGHT_TICKS)
            if age <= 0:
                continue
            # Smoothly away and smoothly down: 3p^2 - 2p^3, in integers.
            way, whole = age * age * (3 * FLIGHT_TICKS - 2 * age), FLIGHT_TICKS**3
            at_px = (x_px + (to_x_px - x_px) * way // whole, y_px + (to_y_px - y_px) * way // whole)
            scene, cell_px = self._scenes[min(age * len(self._scenes) // FLIGHT_TICKS, len(self._scenes) - 1)]
            column, row = to_x_px // TILE, to_y_px // TILE
            blits.append((scene, at_px, (column * cell_px, row * cell_px, cell_px, cell_px)))
        canvas.blits(blits, False)

    def _prepare(self) -> Iterator[None]:
        """Prepares what `draw` needs, in pieces, one for each tick before the cut."""
        for dream in self._sources.dreams:
            self._dreams.append(_looks(self.built.dreams[dream]))
            yield
        scene = pygame.Surface(VIEW_SIZE, depth=32)
        Scenery(self.built.level).draw(scene, start_view(self.built.level))
        yield
        for cell_px in FLYING_PX:
            size = (VIEW_SIZE[0] * cell_px // TILE, VIEW_SIZE[1] * cell_px // TILE)
            self._scenes.append((pygame.transform.scale(scene, size), cell_px))
        yield
        self._falls = [fall for rank, looks in enumerate(self._dreams) for fall in _falls(looks[-1], rank)]
        yield
        self._flights = _flights(self._sources)


def _looks(dream: NDArray[np.uint8]) -> list[pygame.Surface]:
    """A dream, RGB [224, 224, 3], at half its size, with fewer and fewer colours."""
    wide = dream.astype(np.uint16)
    half = (wide[::2, ::2] + wide[1::2, ::2] + wide[::2, 1::2] + wide[1::2, 1::2]) // 4
    rgb = half.astype(np.uint8)
    looks = [rgb]
    for levels in LEVELS:
        table = ((np.arange(256) * levels // 256) * 255 // (levels - 1)).astype(np.uint8)
        looks.append(table[rgb])
    looks.append(to_rgb(quantise(rgb)))
    return [surface_of_rgb(look) for look in looks]


def _falls(look: pygame.Surface, rank: int) -> Iterator[Fall]:
    """The cells of one dream, which fall in no order that the eye would find."""
    x_px, y_px = CORNERS_PX[rank]
    for row in range(CELLS):
        for column in range(CELLS):
            left_px, top_px = column * CELL_PX, row * CELL_PX
            start_tick = CUT_TICK + 3 + (row * 5 + column * 3 + rank * 7) % 11
            # They are a pixel smaller on two sides, so that the cut is seen before anything moves.
            area = (left_px, top_px, CELL_PX - 1, CELL_PX - 1)
            yield Fall(start_tick, (x_px + left_px, y_px + top_px), look, area)


def _flights(sources: Sources) -> list[Flight]:
    """The flights to every cell of the view below the status bar. Lower rows are filled first."""
    flights = []
    for row in range(HUD_PX // TILE, VIEW_SIZE[1] // TILE):
        for column, origin in enumerate(sources.cells[row]):
            from_px = (column * TILE, -TILE)
            if origin is not None:
                rank, cell_row, cell_column = origin
                x_px, y_px = CORNERS_PX[rank]
                from_px = (x_px + cell_column * CELL_PX, y_px + cell_row * CELL_PX)
            start_tick = CUT_TICK + LATER_TICKS[0] * (CELLS - row) // LATER_TICKS[1] + column * 7 % LATE_TICKS
            flights.append(Flight(start_tick, from_px, (column * TILE, row * TILE)))
    return flights


class Sources(NamedTuple):
    """Where the cells in view come from."""

    dreams: list[int]
    """Indices of the dreams on show, the most used first."""
    cells: list[list[tuple[int, int, int] | None]]
    """By row and column of the view: the number of a dream on show, row and column in it; None for others."""


def start_view(level: Level) -> tuple[int, int]:
    """Left and top edge of a level's first view, px."""
    return first_view(room_px(level.interiors[0]), *level.start)


def _sources(built: Built) -> Sources:
    """Where the cells of a level's first view come from."""
    level, count = built.level, len(built.dreams)
    left_px, top_px = start_view(level)
    # The view may begin within a tile: what counts is the tile in the middle of each 16 px of it.
    columns = np.minimum(
        (left_px + TILE // 2) // TILE + np.arange(VIEW_SIZE[0] // TILE), level.width_tiles - 1
    )
    rows = np.minimum(top_px // TILE + np.arange(VIEW_SIZE[1] // TILE), level.height_tiles - 1)
    room_top = room_px(level.interiors[0])[1] // TILE
    far_rows = rows - room_top - (top_px // TILE - room_top) // FAR_SLOWNESS
    far_rows = np.clip(far_rows, 0, len(level.far) - 1)
    far_columns = (columns - left_px // TILE // FAR_SLOWNESS) % level.far.shape[1]
    seen: NDArray[np.int16] = level.tiles[np.ix_(rows, columns)]
    seen = np.where(seen >= 0, seen, level.backdrop[np.ix_(rows, columns)])
    seen = np.where(seen >= 0, seen, level.far[np.ix_(far_rows, far_columns)])
    screens = np.where(seen >= 0, level.bank.provenance[:, 1][seen], -1)
    known = screens[(screens >= 0) & (screens < count)]
    used = np.bincount(known, minlength=count) if count else np.zeros(0, np.int64)
    dreams = [int(index) for index in np.argsort(-used, kind="stable")[:SHOWN]]
    rank_of = {dream: rank for rank, dream in enumerate(dreams)}

    def origin(tile: int, screen: int) -> tuple[int, int, int] | None:
        if screen not in rank_of:
            return None
        _, _, row, column = level.bank.provenance[tile].tolist()
        return rank_of[screen], row, column

    lines = zip(seen.tolist(), screens.tolist(), strict=True)
    return Sources(dreams, [[origin(*cell) for cell in zip(*line, strict=True)] for line in lines])


_LAST_TICK = (
    CUT_TICK + LATER_TICKS[0] * (CELLS - HUD_PX // TILE) // LATER_TICKS[1] + LATE_TICKS - 1 + FLIGHT_TICKS
)
"""When the last cell has arrived."""
assert _LAST_TICK <= SHOW_TICKS
