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
_LITTLE, _BIG = (0x0000FF, 0x00FF00, 0xFF0000, 0), (0xFF0000, 0x00FF00, 0x0000FF, 0)
_RGB = _LITTLE if sys.byteorder == "little" else _BIG
"""Masks of a surface of 24 bits whose bytes are red, green and blue, in this order."""


@lru_cache(maxsize=1)
def _sheet() -> SpriteSheet:
    """The sprites, read once a process."""
    return SpriteSheet.load()


class Painter:
    """Draws the worlds of one environment."""

    def __init__(self) -> None:
        # Sprites are of 24 bits, so strips and canvas are, too, and nothing is converted. The canvas stays
        # the same: SDL would prepare each strip anew for another one.
        self._canvas = pygame.Surface(VIEW_SIZE, depth=24, masks=_RGB)
        self._view, self._hud = View(_sheet(), self._canvas), Hud(_sheet())

    def picture(self, world: World) -> NDArray[np.uint8]:
        """RGB uint8[240, 256, 3], a new array."""
        self._view.draw(self._canvas, world)
        self._hud.draw(self._canvas, Numbers.of(world, world.level.stage))
        pixels = np.frombuffer(memoryview(self._canvas.get_view("0")), np.uint8)  # type: ignore[arg-type]
        return pixels.reshape(HEIGHT_PX, WIDTH_PX, 3).copy()
