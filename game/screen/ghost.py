"""How the ghost of the best run looks: the hero's own pictures, every other pixel, in violet."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pygame

from ..world import World
from .appearance import hero_pictures
from .eyes import EYES, Eyes
from .sprites import Frame, SpriteSheet

GHOSTLY = ("hero_", "whip")
"""What the names of the sprites begin with that a ghost shows."""
GHOST_PALETTE = (0x13, 0x23, 0x33)
"""Palette indices of the three colours. Nobody else wears violet: neither the hero nor a foe of his size."""


def ghostly(frame: Frame) -> Frame:
    """The same picture of which every other pixel is a hole; its outline is whole."""
    drawn = frame.pixels > 0
    inside = drawn.copy()
    inside[1:-1, 1:-1] &= drawn[:-2, 1:-1] & drawn[2:, 1:-1] & drawn[1:-1, :-2] & drawn[1:-1, 2:]
    inside[[0, -1]] = inside[:, [0, -1]] = False
    rows, columns = np.indices(drawn.shape)
    holes = inside & ((rows + columns) % 2 == 1)
    return Frame(np.where(holes, 0, frame.pixels).astype(np.uint8), GHOST_PALETTE, frame.anchor_px)


class GhostSprites:
    """Draws ghosts."""

    def __init__(self, sprites: Mapping[str, tuple[Frame, ...]]) -> None:
        names = [name for name in sprites if name.startswith(GHOSTLY)]
        self._sheet = SpriteSheet({name: tuple(map(ghostly, sprites[name])) for name in names}, {})

    def draw(
        self,
        canvas: pygame.Surface,
        ghost: World | None,
        rooms: tuple[int, ...],
        camera_px: tuple[int, int],
        eyes: Eyes = EYES,
    ) -> None:
        """Draws a ghost where it is in one of these rooms. `camera_px`: left and top edge of the view."""
        if ghost is None or ghost.hero.state.room not in rooms:
            return
        for picture in hero_pictures(ghost, eyes):
            at_px = picture.x_px - camera_px[0], picture.y_px - camera_px[1]
            self._sheet.draw(canvas, picture.name, at_px, picture.frame, flip=picture.flip)
