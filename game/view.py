"""The playing field: a level's layers as prepared strips, and the sprites over them. Reads, never writes.

A strip is one screen of a layer as a surface. Strips are made when they are first seen, or before that by
`prepare`, one a tick, so that entering a level costs no tick more than another.
"""

from __future__ import annotations

import numpy as np
import pygame
from numpy.typing import NDArray

from generator.dressing import SEE_THROUGH
from generator.level import LEVEL_ROWS, SCREEN_COLUMNS, Level
from generator.palette import PALETTE_RGB
from generator.roles import TILE

from .appearance import pictures
from .sprites import SpriteSheet
from .world import VIEW_PX, World

VIEW_SIZE = (VIEW_PX, LEVEL_ROWS * TILE)
"""Width and height of the picture, px: the NES's."""
STRIP_PX = SCREEN_COLUMNS * TILE
FAR_SLOWNESS = 2
"""The far layer scrolls so many times slower than the field."""
SPRITE_MARGIN_PX = 64
"""Sprites whose anchor is farther outside the view are not drawn; larger than any sprite."""

_CLEAR = len(PALETTE_RGB)  # index of "nothing here", one beyond the NES's colours
_KEY = (255, 0, 255)  # its colour: none of the NES's


class Strips:
    """A grid of bank indices as surfaces of one screen's width."""

    def __init__(self, columns: int, clear: int) -> None:
        """`columns`: width of the grid. `clear`: the index where there is no tile; _CLEAR lets through."""
        self.surfaces: list[pygame.Surface | None] = [None] * -(-columns // SCREEN_COLUMNS)
        self._clear = clear

    def missing(self, camera_px: int) -> int | None:
        """The strip that is not made yet and is nearest to a camera's middle; None where all are."""
        here = (camera_px + VIEW_PX // 2) // STRIP_PX
        lacking = [number for number, surface in enumerate(self.surfaces) if surface is None]
        return min(lacking, key=lambda number: abs(number - here), default=None)

    def make(self, number: int, bank: NDArray[np.uint8], layers: tuple[NDArray[np.int16], ...]) -> None:
        """Makes one strip of layers, front first; bank: uint8[T + 1, 16, 16], its last tile all _CLEAR."""
        here = np.s_[:, number * SCREEN_COLUMNS : (number + 1) * SCREEN_COLUMNS]
        indices = _assembled(bank, layers[0][here])
        for layer in layers[1:]:
            holes = indices == _CLEAR
            if not holes.any():
                break
            indices = np.where(holes, _assembled(bank, layer[here]), indices)
        holes = indices == _CLEAR
        through = self._clear == _CLEAR and bool(holes.any())
        if not through:
            indices[holes] = self._clear
        self.surfaces[number] = surface_of(indices, keyed=through)

    def draw(self, canvas: pygame.Surface, left_px: int) -> None:
        """Draws what a view from `left_px` on shows; strips that are not made yet are left out."""
        for number in range(left_px // STRIP_PX, (left_px + VIEW_PX - 1) // STRIP_PX + 1):
            surface = self.surfaces[number] if number < len(self.surfaces) else None
            if surface is not None:
                canvas.blit(surface, (number * STRIP_PX - left_px, 0))


def _assembled(bank: NDArray[np.uint8], grid: NDArray[np.int16]) -> NDArray[np.uint8]:
    """The pixels uint8[h*16, w*16] of a grid [h, w] of bank indices."""
    height, width = grid.shape
    return bank[grid].swapaxes(1, 2).reshape(height * TILE, width * TILE)


def surface_of(indices: NDArray[np.uint8], *, keyed: bool = False) -> pygame.Surface:
    """Palette indices uint8[h, w] as a surface; `keyed`: index 64 lets through."""
    surface = pygame.Surface((indices.shape[1], indices.shape[0]), depth=32)
    colours = [*PALETTE_RGB.tolist(), _KEY]
    table = np.array([surface.map_rgb(colour) for colour in colours], np.uint32)
    pixels = pygame.surfarray.pixels2d(surface)
    pixels[:] = table.take(indices).T
    del pixels  # or the surface stays locked
    if keyed:
        surface.set_colorkey(_KEY)
    return surface


class Scenery:
    """All of a level that stands still."""

    def __init__(self, level: Level) -> None:
        self.level = level
        background = level.palettes[0, 0]
        nothing = np.full((1, TILE, TILE), _CLEAR, np.uint8)
        self._bank = np.concatenate([level.bank, nothing])  # so that index -1 is no tile
        seen_through = np.isin(level.bank_role, list(SEE_THROUGH))
        tiles = self._bank[:-1][seen_through]
        tiles[tiles == background] = _CLEAR
        self._bank[:-1][seen_through] = tiles
        self.widest_px = max(0, level.width_tiles * TILE - VIEW_PX)
        far_columns = (self.widest_px // FAR_SLOWNESS + VIEW_PX) // TILE + 1
        self._far_grid = level.far[:, np.arange(far_columns) % level.far.shape[1]]
        self._near = Strips(level.width_tiles, _CLEAR)
        self._far = Strips(far_columns, int(background))

    def prepare(self, camera_px: int) -> bool:
        """Makes the most urgent strip that is missing; False where there was none left to make."""
        far_px = camera_px // FAR_SLOWNESS
        near, far = self._near.missing(camera_px), self._far.missing(far_px)
        if near is None and far is None:
            return False
        # The far strip first only where it is needed sooner.
        if far is not None and (
            near is None or abs(far * STRIP_PX - far_px) * FAR_SLOWNESS < abs(near * STRIP_PX - camera_px)
        ):
            self._far.make(far, self._bank, (self._far_grid,))
        elif near is not None:
            self._near.make(near, self._bank, (self.level.tiles, self.level.backdrop))
        return True

    def draw(self, canvas: pygame.Surface, camera_px: int) -> None:
        """Draws the view from `camera_px` on, and makes what it lacks."""
        far_px = camera_px // FAR_SLOWNESS
        for strips, left_px, layers in (
            (self._far, far_px, (self._far_grid,)),
            (self._near, camera_px, (self.level.tiles, self.level.backdrop)),
        ):
            for number in range(left_px // STRIP_PX, (left_px + VIEW_PX - 1) // STRIP_PX + 1):
                if number < len(strips.surfaces) and strips.surfaces[number] is None:
                    strips.make(number, self._bank, layers)
            strips.draw(canvas, left_px)


class View:
    """Draws worlds, and remembers the scenery of the level that it drew last."""

    def __init__(self, sheet: SpriteSheet) -> None:
        self._sheet = sheet
        self._scenery: Scenery | None = None

    def scenery(self, level: Level) -> Scenery:
        """The strips of this level."""
        if self._scenery is None or self._scenery.level is not level:
            self._scenery = Scenery(level)
        return self._scenery

    def draw(self, canvas: pygame.Surface, world: World) -> None:
        """The field and everybody on it, 256x240; the status bar is not drawn here."""
        camera_px = world.camera_px
        self.scenery(world.level).draw(canvas, camera_px)
        self.draw_sprites(canvas, world)

    def draw_sprites(self, canvas: pygame.Surface, world: World) -> None:
        """Everybody, without the field."""
        camera_px = world.camera_px
        sheet = self._sheet
        for name, frame, x_px, y_px, flip in pictures(world):
            left_px = x_px - camera_px
            if -SPRITE_MARGIN_PX < left_px < VIEW_PX + SPRITE_MARGIN_PX:
                dx, dy = sheet.offset(name, frame, flip)
                canvas.blit(sheet.get(name, frame, flip), (left_px + dx, y_px + dy))
