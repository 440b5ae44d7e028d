"""The show between two castles: dreams appear, lose their colours to the NES's, and fall into tiles.

Sixteen dreams hang in a collage of 4x4. Every tile of the level's first view then flies from the very cell
that it was cut from to its place. The work is spread over the ticks: the collage grows by a dream a tick.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pygame

from generator.build import Built
from generator.level import LEVEL_ROWS, SCREEN_COLUMNS
from generator.palette import BLACK, PALETTE_RGB, quantise
from generator.rng import Pcg32
from generator.roles import SCREEN_PX, TILE

from .session import SHOW_TICKS
from .view import VIEW_SIZE, surface_of

COLLAGE = 4
"""Dreams a row."""
SHRINK = 4
"""How much smaller than it was dreamed a dream hangs in the collage: all fit into one dream's size."""
LEFT_PX, TOP_PX = (VIEW_SIZE[0] - SCREEN_PX) // 2, (VIEW_SIZE[1] - SCREEN_PX) // 2

APPEAR_TICKS = 24
DISSOLVE_FROM_TICK, DISSOLVE_TICKS = 28, 22
FLY_FROM_TICK, FLIGHT_TICKS = 44, 20
LAST_START_TICK = SHOW_TICKS - FLIGHT_TICKS - 4
GRAIN_PX = 4
"""Side of the squares in which the colours go over."""


class Flight(NamedTuple):
    """A tile on its way. Start: where its cell hangs in the collage; end: its place in the view. Px."""

    tile: pygame.Surface
    start_x: int
    start_y: int
    end_x: int
    end_y: int
    start_tick: int


class Dreaming:
    """The show of one level. Draw it with rising ticks."""

    def __init__(self, built: Built) -> None:
        self._built = built
        side = COLLAGE * (SCREEN_PX // SHRINK)
        self._rgb = np.zeros((side, side, 3), np.uint8)
        self._nes = np.zeros((side, side, 3), np.uint8)
        self._hung = 0  # dreams in the collage so far
        self._surface = pygame.Surface((side, side), depth=32)
        self._flights: list[Flight] = []
        self._tiles: dict[int, pygame.Surface] = {}
        # Each square's turn, 0..255: a fixed shuffle, so that no two shows look alike and each replays alike.
        squares = side // GRAIN_PX
        turns = np.arange(squares * squares, dtype=np.int64) * 256 // (squares * squares)
        np.random.default_rng(built.level.seed & 0xFFFFFFFF).shuffle(turns)
        self._turn = np.kron(turns.reshape(squares, squares), np.ones((GRAIN_PX, GRAIN_PX), np.int64))

    def draw(self, canvas: pygame.Surface, tick: int) -> None:
        """The show's picture at a tick, 0 to SHOW_TICKS."""
        canvas.fill(PALETTE_RGB[BLACK].tolist())
        wanted = min(len(self._built.dreams), COLLAGE * COLLAGE * (tick + 1) // APPEAR_TICKS + 1)
        if self._hung < wanted:
            self._hang(self._hung)
        if tick >= DISSOLVE_FROM_TICK and not self._flights:
            self._plan()
        self._draw_collage(canvas, tick)
        for flight in self._flights:
            self._draw_flight(canvas, flight, tick)

    def _hang(self, number: int) -> None:
        """Puts one dream into the collage, in its own colours and in the NES's."""
        dream = self._built.dreams[number]
        side = SCREEN_PX // SHRINK
        pooled = dream.reshape(side, SHRINK, side, SHRINK, 3).mean(axis=(1, 3)).astype(np.uint8)
        row, column = divmod(number, COLLAGE)
        at = np.s_[row * side : (row + 1) * side, column * side : (column + 1) * side]
        if row < COLLAGE:
            self._rgb[at] = pooled
            self._nes[at] = PALETTE_RGB[quantise(pooled)]
        self._hung = number + 1

    def _draw_collage(self, canvas: pygame.Surface, tick: int) -> None:
        """Own colours, then square by square the NES's, then square by square nothing."""
        gone_to_nes = (tick - DISSOLVE_FROM_TICK) * 256 // DISSOLVE_TICKS
        gone = (tick - FLY_FROM_TICK) * 256 // (LAST_START_TICK - FLY_FROM_TICK)
        if gone >= 256:
            return
        picture = self._rgb
        if gone_to_nes > 0:
            picture = np.where((self._turn < gone_to_nes)[..., None], self._nes, self._rgb)
        if gone > 0:
            picture = np.where((self._turn < gone)[..., None], np.uint8(0), picture)
        pygame.surfarray.blit_array(self._surface, picture.swapaxes(0, 1))
        canvas.blit(self._surface, (LEFT_PX, TOP_PX))

    def _plan(self) -> None:
        """The flights of the level's first view, row by row from the bottom."""
        level = self._built.level
        chance = Pcg32(level.seed)
        rows = min(LEVEL_ROWS, level.height_tiles)
        for row in reversed(range(rows)):
            for column in range(min(SCREEN_COLUMNS, level.width_tiles)):
                index = self._seen(row, column)
                if index < 0:
                    continue
                _, screen, cell_row, cell_column = (int(n) for n in level.provenance[index])
                slot_row, slot_column = divmod(screen % (COLLAGE * COLLAGE), COLLAGE)
                side, cell = SCREEN_PX // SHRINK, TILE // SHRINK
                wait = (rows - 1 - row) * 2 + chance.below(8)
                self._flights.append(
                    Flight(
                        self._tile(index),
                        LEFT_PX + slot_column * side + cell_column * cell,
                        TOP_PX + slot_row * side + cell_row * cell,
                        column * TILE,
                        row * TILE,
                        min(FLY_FROM_TICK + wait, LAST_START_TICK),
                    )
                )

    def _seen(self, row: int, column: int) -> int:
        """The bank index on top at a place of the first view, or -1."""
        level = self._built.level
        for grid in (level.tiles, level.backdrop):
            if grid[row, column] >= 0:
                return int(grid[row, column])
        if row < level.far.shape[0]:
            return int(level.far[row, column % level.far.shape[1]])
        return -1

    def _tile(self, index: int) -> pygame.Surface:
        if index not in self._tiles:
            self._tiles[index] = surface_of(self._built.level.bank[index])
        return self._tiles[index]

    @staticmethod
    def _draw_flight(canvas: pygame.Surface, flight: Flight, tick: int) -> None:
        done = tick - flight.start_tick
        if done < 0:
            return
        if done >= FLIGHT_TICKS:
            canvas.blit(flight.tile, (flight.end_x, flight.end_y))
            return
        share = done / FLIGHT_TICKS
        eased = share * share * (3 - 2 * share)
        side = TILE // SHRINK + round((TILE - TILE // SHRINK) * eased)
        x_px = flight.start_x + round((flight.end_x - flight.start_x) * eased)
        y_px = flight.start_y + round((flight.end_y - flight.start_y) * eased)
        canvas.blit(pygame.transform.scale(flight.tile, (side, side)), (x_px, y_px))
