"""How a dream becomes a level, for the eye: four of its dreamed screens appear, lose their colours to the
NES's, come apart into cells, and the cells that the level uses fly to where it uses them.

What is drawn is a function of the level and of the tick alone. It is prepared in small pieces, one a tick
and always in time, so that no tick is long.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

import numpy as np
import pygame
from numpy.typing import NDArray

from generator.build import Built
from generator.palette import quantise, to_rgb
from generator.roles import CELLS, SCREEN_PX, TILE

from .hud import HUD_PX
from .session import SHOW_TICKS
from .view import VIEW_SIZE, Scenery

SHOWN = 4
"""Dreams on show: those that most of the cells in view come from."""
SIDE_PX = SCREEN_PX // 2
"""A dream is shown at half its size."""
CELL_PX = TILE // 2
CORNERS_PX = ((14, 11), (130, 11), (14, 127), (130, 127))

APPEAR_EVERY_TICKS = 5
MOSAIC_PX = (28, 14, 7, 4, 2)
"""Sides of the blocks as which a dream appears."""
MOSAIC_TICKS = 3
"""How long each of them lasts."""
LOSE_TICK = 34
"""From here on row after row loses its colours, in LEVELS and then to the palette."""
LOSE_STEP_TICKS = 4
LEVELS = (5, 3)
"""Levels a channel before the palette takes over."""
CUT_TICK = 60
"""From here on the screens are cells."""
FLIGHT_TICKS = 18

_BLACK = (0, 0, 0)


class Flight(NamedTuple):
    """A cell on its way to where the level has it, px."""

    start_tick: int
    from_px: tuple[int, int]
    to_px: tuple[int, int]
    sizes: tuple[pygame.Surface, pygame.Surface, pygame.Surface]


class Fall(NamedTuple):
    """A cell of a dream that lets go."""

    start_tick: int
    from_px: tuple[int, int]
    picture: pygame.Surface


class Dreaming:
    """The show of one level. `draw` may be asked for any tick, in any order."""

    def __init__(self, built: Built, camera_px: int = 0) -> None:
        self.built = built
        self._camera_px = camera_px
        self._sources = _sources(built, camera_px)
        self._dreams: list[list[pygame.Surface]] = []  # by dream: RGB, fewer colours, fewer, the palette's
        self._flights: list[Flight] = []
        self._falls: list[Fall] = []
        self._scene: pygame.Surface | None = None
        self._pieces: list[Callable[[], None]] = []
        for rank in range(len(self._sources.dreams)):
            self._pieces.append(partial(self._prepare_dream, rank))
        self._pieces.append(self._prepare_scene)
        for row in range(HUD_PX // TILE, VIEW_SIZE[1] // TILE):
            self._pieces.append(partial(self._prepare_row, row))
        for rank in range(len(self._sources.dreams)):
            self._pieces.append(partial(self._prepare_falls, rank))
        self._prepared = 0

    def draw(self, canvas: pygame.Surface, tick: int) -> None:
        """The picture of this tick of the show."""
        while self._prepared < min(tick + 1, len(self._pieces)):
            self._pieces[self._prepared]()
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
        step = age // MOSAIC_TICKS
        if step < len(MOSAIC_PX):
            blocks = SIDE_PX // MOSAIC_PX[step]
            small = pygame.transform.scale(looks[0], (blocks, blocks))
            canvas.blit(pygame.transform.scale(small, (SIDE_PX, SIDE_PX)), corner_px)
            return
        for row in range(CELLS):
            lost = (tick - LOSE_TICK - row // 2) // LOSE_STEP_TICKS + 1
            look = looks[min(max(lost, 0), len(looks) - 1)]
            y_px = row * CELL_PX
            canvas.blit(look, (corner_px[0], corner_px[1] + y_px), (0, y_px, SIDE_PX, CELL_PX))

    def _draw_cells(self, canvas: pygame.Surface, tick: int) -> None:
        blits: list[tuple[pygame.Surface, tuple[int, int]]] = []
        bottom_px = VIEW_SIZE[1]
        for start_tick, (x_px, y_px), picture in self._falls:
            age = max(0, tick - start_tick)
            fallen_px = y_px + age * age // 3
            if fallen_px < bottom_px:
                blits.append((picture, (x_px, fallen_px)))
        for start_tick, (x_px, y_px), (to_x_px, to_y_px), sizes in self._flights:
            age = tick - start_tick
            if age >= FLIGHT_TICKS:
                blits.append((sizes[2], (to_x_px, to_y_px)))
            elif age > 0:
                # Smoothly away and smoothly down: 3p^2 - 2p^3, in integers.
                way, whole = age * age * (3 * FLIGHT_TICKS - 2 * age), FLIGHT_TICKS**3
                at_px = (x_px + (to_x_px - x_px) * way // whole, y_px + (to_y_px - y_px) * way // whole)
                blits.append((sizes[age * 3 // FLIGHT_TICKS], at_px))
        canvas.blits(blits, False)

    def _prepare_dream(self, rank: int) -> None:
        """One dream at half size, in all its looks."""
        dream = self.built.dreams[self._sources.dreams[rank]].astype(np.uint16)
        half = (dream[::2, ::2] + dream[1::2, ::2] + dream[::2, 1::2] + dream[1::2, 1::2]) // 4
        rgb = half.astype(np.uint8)
        looks = [rgb]
        for levels in LEVELS:
            table = ((np.arange(256) * levels // 256) * 255 // (levels - 1)).astype(np.uint8)
            looks.append(table[rgb])
        looks.append(to_rgb(quantise(rgb)))
        self._dreams.append([_surface(look) for look in looks])

    def _prepare_scene(self) -> None:
        """The tiles of the view that the show ends with."""
        self._scene = pygame.Surface(VIEW_SIZE, depth=32)
        Scenery(self.built.level).draw(self._scene, self._camera_px)

    def _prepare_row(self, row: int) -> None:
        """The flights to one row of the view. Lower rows fill first."""
        assert self._scene is not None
        shift_px = -(self._camera_px % TILE)
        for column, origin in enumerate(self._sources.cells[row]):
            area = pygame.Rect(column * TILE + shift_px, row * TILE, TILE, TILE)
            area = area.clip(self._scene.get_rect())
            if not area.width:
                continue
            cell = self._scene.subsurface(area).copy()
            from_px = (area.x, -TILE)
            if origin is not None:
                rank, cell_row, cell_column = origin
                x_px, y_px = CORNERS_PX[rank]
                from_px = (x_px + cell_column * CELL_PX, y_px + cell_row * CELL_PX)
            middle = CELL_PX + CELL_PX // 2
            sizes = (
                pygame.transform.scale(cell, (CELL_PX, CELL_PX)),
                pygame.transform.scale(cell, (middle, middle)),
                cell,
            )
            start_tick = CUT_TICK + (CELLS - row) + column * 7 % 5
            self._flights.append(Flight(start_tick, from_px, (area.x, area.y), sizes))

    def _prepare_falls(self, rank: int) -> None:
        """The cells of one dream, which let go in no order that the eye would find."""
        look = self._dreams[rank][-1]
        x_px, y_px = CORNERS_PX[rank]
        for row in range(CELLS):
            for column in range(CELLS):
                place = (column * CELL_PX, row * CELL_PX)
                # One pixel less on two sides: the cut is seen before anything moves.
                picture = look.subsurface((*place, CELL_PX - 1, CELL_PX - 1))
                start_tick = CUT_TICK + 3 + (row * 5 + column * 3 + rank * 7) % 11
                self._falls.append(Fall(start_tick, (x_px + place[0], y_px + place[1]), picture))


class Sources(NamedTuple):
    """Where the cells in view come from."""

    dreams: list[int]
    """Indices of the dreams on show, the most used first."""
    cells: list[list[tuple[int, int, int] | None]]
    """By row and column of the view: the rank of a dream, row and column in it; None for other dreams."""


def _sources(built: Built, camera_px: int) -> Sources:
    level, count = built.level, len(built.dreams)
    columns = np.arange(VIEW_SIZE[0] // TILE + 1) + camera_px // TILE
    near = np.minimum(columns, level.width_tiles - 1)
    far = np.minimum(columns - camera_px // TILE + camera_px // TILE // 2, level.far.shape[1] - 1)
    seen: NDArray[np.int16] = level.tiles[:, near]
    seen = np.where(seen >= 0, seen, level.backdrop[:, near])
    seen = np.where(seen >= 0, seen, level.far[:, far])
    screens = np.where(seen >= 0, level.provenance[:, 1][seen], -1)
    known = screens[(screens >= 0) & (screens < count)]
    used = np.bincount(known, minlength=count) if count else np.zeros(0, np.int64)
    dreams = [int(index) for index in np.argsort(-used, kind="stable")[:SHOWN]]
    rank_of = {dream: rank for rank, dream in enumerate(dreams)}
    cells: list[list[tuple[int, int, int] | None]] = []
    for row in range(level.height_tiles):
        line: list[tuple[int, int, int] | None] = []
        for tile, screen in zip(seen[row].tolist(), screens[row].tolist(), strict=True):
            rank = rank_of.get(screen)
            if rank is None:
                line.append(None)
            else:
                _, _, cell_row, cell_column = level.provenance[tile].tolist()
                line.append((rank, cell_row, cell_column))
        cells.append(line)
    return Sources(dreams, cells)


def _surface(rgb: NDArray[np.uint8]) -> pygame.Surface:
    """RGB [h, w, 3] as a surface in the display's format."""
    surface = pygame.Surface((rgb.shape[1], rgb.shape[0]), depth=32)
    pygame.surfarray.blit_array(surface, rgb.swapaxes(0, 1))
    return surface


assert CUT_TICK + CELLS + 4 + FLIGHT_TICKS <= SHOW_TICKS
