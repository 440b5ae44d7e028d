"""Grids of tiles as prepared surfaces of one screen each. It reads a level's arrays, never writes them."""

from __future__ import annotations

import numpy as np
import pygame
from numpy.typing import NDArray

from generator.level import SCREEN_COLUMNS, SCREEN_ROWS
from generator.nes.palette import PALETTE_RGB
from generator.nes.roles import TILE

STRIP_PX, STRIP_HEIGHT_PX = SCREEN_COLUMNS * TILE, SCREEN_ROWS * TILE

Cell = tuple[int, int]
"""Column and row."""
Grids = tuple[NDArray[np.int16], ...]
"""Grids [h, w] of bank indices over one another, the front first; -1 for no tile."""

CLEAR = len(PALETTE_RGB)
"""The palette index of "nothing here", one beyond the NES's colours."""
_KEY = (255, 0, 255)
"""Its colour: none of the NES's."""


class Strips:
    """A rectangle of grids, in strips of a screen each. A strip is named by its column and row."""

    def __init__(
        self,
        bank: NDArray[np.uint8],
        grids: Grids,
        area: tuple[int, int, int, int],
        clear: int,
        *,
        like: pygame.Surface | None = None,
    ) -> None:
        """`bank`: uint8[T + 1, 16, 16], its last tile all CLEAR. `area`: the rectangle's x, y, width, height,
        tiles. `clear`: the index that is seen where there is no tile; CLEAR lets through. `like`: a surface
        of the format that they are drawn on, where it is not that of 32 bits."""
        x, y, width, height = area
        self.surfaces: dict[Cell, pygame.Surface] = {}
        self._bank = bank
        self._grids = tuple(grid[y : y + height, x : x + width] for grid in grids)
        self._origin = x, y
        self._clear, self._like = clear, like
        self._across, self._down = -(-width // SCREEN_COLUMNS), -(-height // SCREEN_ROWS)
        self._hidden: frozenset[Cell] = frozenset()

    def corner_px(self, at: Cell) -> tuple[int, int]:
        """Left and top edge of a strip."""
        x, y = self._origin
        return x * TILE + at[0] * STRIP_PX, y * TILE + at[1] * STRIP_HEIGHT_PX

    def missing(self, box: tuple[int, int, int, int]) -> list[Cell]:
        """The strips in a box (left, top, right, bottom), px, that are not made yet."""
        return [at for at in self._within(box) if at not in self.surfaces]

    def make(self, at: Cell) -> None:
        """Makes one strip."""
        column, row = at[0] * SCREEN_COLUMNS, at[1] * SCREEN_ROWS
        area = np.s_[row : row + SCREEN_ROWS, column : column + SCREEN_COLUMNS]
        front = self._grids[0][area]
        if self._hidden:
            front = front.copy()
            for c, r in self._hidden:
                if (c // SCREEN_COLUMNS, r // SCREEN_ROWS) == at:
                    front[r - row, c - column] = -1
        self.surfaces[at] = self._surface((front, *(grid[area] for grid in self._grids[1:])))

    def hide(self, cells: frozenset[Cell]) -> None:
        """Takes the front grid's tiles away from these cells, and puts back what was hidden before; of strips
        that are made only those cells are drawn anew."""
        x, y = self._origin
        hidden = frozenset((column - x, row - y) for column, row in cells)
        if hidden == self._hidden:
            return
        changed, self._hidden = sorted(hidden ^ self._hidden), hidden
        for column, row in changed:
            at = column // SCREEN_COLUMNS, row // SCREEN_ROWS
            strip = self.surfaces.get(at)
            if strip is None:
                continue
            grids = [grid[row : row + 1, column : column + 1] for grid in self._grids]
            if (column, row) in hidden:
                grids[0] = np.full((1, 1), -1, np.int16)
            patch = self._surface(tuple(grids))
            if patch.get_colorkey() is not None:
                strip.set_colorkey(_KEY, pygame.RLEACCEL)
                patch.set_colorkey(None)  # where the patch is clear the strip must become clear
            strip.blit(patch, (column * TILE - at[0] * STRIP_PX, row * TILE - at[1] * STRIP_HEIGHT_PX))

    def draw(self, canvas: pygame.Surface, box: tuple[int, int, int, int]) -> None:
        """Draws a box (left, top, right, bottom), px, at the canvas's top left; makes the strips it lacks."""
        for at in self._within(box):
            if at not in self.surfaces:
                self.make(at)
            left_px, top_px = self.corner_px(at)
            canvas.blit(self.surfaces[at], (left_px - box[0], top_px - box[1]))

    def _within(self, box: tuple[int, int, int, int]) -> list[Cell]:
        left_px, top_px = self.corner_px((0, 0))
        columns = range((box[0] - left_px) // STRIP_PX, (box[2] - 1 - left_px) // STRIP_PX + 1)
        rows = range((box[1] - top_px) // STRIP_HEIGHT_PX, (box[3] - 1 - top_px) // STRIP_HEIGHT_PX + 1)
        return [(i, j) for j in rows if 0 <= j < self._down for i in columns if 0 <= i < self._across]

    def _surface(self, grids: Grids) -> pygame.Surface:
        indices = assembled(self._bank, grids[0])
        for grid in grids[1:]:
            holes = indices == CLEAR
            if not holes.any():
                break
            indices = np.where(holes, assembled(self._bank, grid), indices)
        holes = indices == CLEAR
        through = self._clear == CLEAR and bool(holes.any())
        if not through:
            indices[holes] = self._clear
        surface = surface_of(indices, keyed=through)
        return surface if self._like is None else surface.convert(self._like)


def assembled(bank: NDArray[np.uint8], grid: NDArray[np.int16]) -> NDArray[np.uint8]:
    """The pixels uint8[h*16, w*16] of a grid [h, w] of bank indices."""
    height, width = grid.shape
    return bank[grid].swapaxes(1, 2).reshape(height * TILE, width * TILE)


def surface_of_rgb(rgb: NDArray[np.uint8]) -> pygame.Surface:
    """RGB uint8[h, w, 3] as a surface."""
    surface = pygame.Surface((rgb.shape[1], rgb.shape[0]), depth=32)
    pygame.surfarray.blit_array(surface, rgb.swapaxes(0, 1))
    return surface


def surface_of(indices: NDArray[np.uint8], *, keyed: bool = False) -> pygame.Surface:
    """Palette indices uint8[h, w] as a surface; `keyed`: CLEAR lets through."""
    surface = pygame.Surface((indices.shape[1], indices.shape[0]), depth=32)
    colours = [*PALETTE_RGB.tolist(), _KEY]
    table = np.array([surface.map_rgb(colour) for colour in colours], np.uint32)
    pixels = pygame.surfarray.pixels2d(surface)
    pixels[:] = table.take(indices).T
    del pixels  # or the surface stays locked
    if keyed:
        # Runs of what lets through are skipped: a view takes a quarter of the time. (measured)
        surface.set_colorkey(_KEY, pygame.RLEACCEL)
    return surface
