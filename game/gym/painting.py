"""An environment's pixels: the picture that a player has, status bar included. It needs pygame, no window."""

from __future__ import annotations

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


@lru_cache(maxsize=1)
def _sheet() -> SpriteSheet:
    """The sprites, read once a process."""
    return SpriteSheet.load()


class Painter:
    """Draws the worlds of one environment."""

    def __init__(self) -> None:
        self._view, self._hud = View(_sheet()), Hud(_sheet())
        self._canvas = pygame.Surface(VIEW_SIZE, depth=32)

    def picture(self, world: World) -> NDArray[np.uint8]:
        """RGB uint8[240, 256, 3], a new array."""
        self._view.draw(self._canvas, world)
        self._hud.draw(self._canvas, Numbers.of(world, world.level.stage))
        # Drawn on 32 bits, which is faster, and copied once, into the array's own memory.
        pixels = np.empty((HEIGHT_PX, WIDTH_PX, 3), np.uint8)
        pygame.image.frombuffer(pixels.data, VIEW_SIZE, "RGB").blit(self._canvas, (0, 0))
        return pixels
