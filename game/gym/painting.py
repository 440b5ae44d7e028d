"""An environment's pixels: the picture that a player has, status bar included. It needs pygame, no window."""

from __future__ import annotations

import sys
from functools import lru_cache

import numpy as np
import pygame
from numpy.typing import NDArray

from ..screen.hud import Hud, Numbers
from ..screen.sprites import SpriteSheet
from ..screen.view import View
from ..world import World
from ..world.camera import VIEW_SIZE

HEIGHT_PX, WIDTH_PX = VIEW_SIZE[1], VIEW_SIZE[0]
_RED_FIRST = (0x0000FF, 0x00FF00, 0xFF0000, 0)
"""Masks of a surface of 24 bits whose bytes are red, green, blue, in this order: an array as it is."""
_RGB = _RED_FIRST if sys.byteorder == "little" else (0xFF0000, 0x00FF00, 0x0000FF, 0)


@lru_cache(maxsize=1)
def _sheet() -> SpriteSheet:
    """The sprites, read once a process."""
    return SpriteSheet.load()


class Painter:
    """Draws the worlds of one environment."""

    def __init__(self) -> None:
        self._view, self._hud = View(_sheet()), Hud(_sheet())
        self._canvas = pygame.Surface(VIEW_SIZE, depth=32)
        # Drawing straight onto 24 bits would be slower than this one copy, and taking bytes off 32 is, too.
        self._rgb = pygame.Surface(VIEW_SIZE, depth=24, masks=_RGB)

    def picture(self, world: World) -> NDArray[np.uint8]:
        """RGB uint8[240, 256, 3], a new array."""
        self._view.draw(self._canvas, world)
        self._hud.draw(self._canvas, Numbers.of(world, world.level.stage))
        self._rgb.blit(self._canvas, (0, 0))
        pixels = np.frombuffer(self._rgb.get_view("0"), np.uint8)
        return pixels.reshape(HEIGHT_PX, WIDTH_PX, 3).copy()
