"""How the canvas becomes the picture on the screen: whole-number steps of its size, on wish with a
television's wide pixels and with the dark between its lines."""

from __future__ import annotations

from typing import NamedTuple

import pygame

from ..world.camera import VIEW_SIZE

WIDE, HIGH = 8, 7
"""How wide and how high a pixel was on a television. (the NES's pixel aspect)"""
LINE_LIGHT = 150
"""How bright the last row of a pixel is, of 255, where there are scanlines. (by eye)"""


class Fit(NamedTuple):
    """Where the picture lies on a screen."""

    scale: int
    """Rows of the screen a row of the canvas."""
    box: pygame.Rect
    """px of the screen; it may reach beyond one that is smaller than the canvas."""


class Glass:
    """What the canvas is seen through."""

    def __init__(self, aspect: bool = False, scanlines: bool = False) -> None:
        self.aspect = aspect
        self.scanlines = scanlines
        self._lines: pygame.Surface | None = None

    @property
    def plain(self) -> bool:
        """Whether it changes nothing."""
        return not (self.aspect or self.scanlines)

    def size(self, scale: int) -> tuple[int, int]:
        """Width and height of the picture, px of the screen."""
        width = VIEW_SIZE[0] * scale
        return (width * WIDE // HIGH if self.aspect else width), VIEW_SIZE[1] * scale

    def fit(self, screen_size: tuple[int, int]) -> Fit:
        """The largest picture that fits into a screen, in its middle."""
        scale = max(1, screen_size[1] // VIEW_SIZE[1])
        while scale > 1 and self.size(scale)[0] > screen_size[0]:
            scale -= 1
        size = self.size(scale)
        corner = (screen_size[0] - size[0]) // 2, (screen_size[1] - size[1]) // 2
        return Fit(scale, pygame.Rect(corner, size))

    def show(self, canvas: pygame.Surface, screen: pygame.Surface) -> None:
        """Draws a canvas on a screen."""
        scale, box = self.fit(screen.get_size())
        if not screen.get_rect().contains(box):
            screen.blit(canvas, canvas.get_rect(center=screen.get_rect().center))
            return
        target = screen.subsurface(box)
        if self.aspect:
            # First to whole columns a little too wide, then narrower: so all of them look equally wide.
            columns = -(-scale * WIDE // HIGH)
            whole = pygame.transform.scale(canvas, (VIEW_SIZE[0] * columns, box.height))
            pygame.transform.smoothscale(whole, box.size, target)
        else:
            pygame.transform.scale(canvas, box.size, target)
        if self.scanlines and scale > 1:
            target.blit(self._dark(scale, box.size), (0, 0), special_flags=pygame.BLEND_RGB_MULT)

    def at(self, point_px: tuple[int, int], screen_size: tuple[int, int]) -> tuple[int, int]:
        """The pixel of the canvas in the middle of one of the screen; it may lie beside the canvas."""
        box = self.fit(screen_size).box
        x_px, y_px = 2 * (point_px[0] - box.left) + 1, 2 * (point_px[1] - box.top) + 1
        return x_px * VIEW_SIZE[0] // (2 * box.width), y_px * VIEW_SIZE[1] // (2 * box.height)

    def _dark(self, scale: int, size: tuple[int, int]) -> pygame.Surface:
        if self._lines is None or self._lines.get_size() != size:
            self._lines = pygame.Surface(size, depth=32)
            self._lines.fill((255,) * 3)
            for row in range(scale - 1, size[1], scale):
                self._lines.fill((LINE_LIGHT,) * 3, (0, row, size[0], 1))
        return self._lines
