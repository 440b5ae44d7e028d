"""The window: a 256x240 canvas, shown through a glass."""

from __future__ import annotations

import os
import sys
import warnings

import pygame

from generator.errors import GanvaniaError

from ..world.camera import VIEW_SIZE
from .glass import Glass

TITLE = "Ganvania"
INVISIBLE = ("dummy", "offscreen")
"""SDL's drivers that show nothing. Without a display SDL takes the second by itself, and does not say so."""
DESKTOP = ("DISPLAY", "WAYLAND_DISPLAY", "XDG_RUNTIME_DIR", "SDL_VIDEODRIVER")
"""Variables of which one is set wherever SDL may find a display on Linux."""

ROOM_OF_10 = 9
"""How much of a desktop a window may fill, in tenths of its sides."""


class DisplayError(GanvaniaError):
    """There is nowhere to show the game."""


class Window:
    """`canvas` is drawn on, `present` shows it."""

    def __init__(self, scale: int | None = None, fullscreen: bool = False) -> None:
        """`scale`: px of the screen for a px, None for what fits. Raises DisplayError without a display."""
        self._scale = scale
        self.fullscreen = fullscreen
        self._glass = Glass()
        self._left_at: tuple[int, int] | None = None
        """Where the window was before it filled the screen, if it was moved for that."""
        self._screen: pygame.Surface
        self.canvas: pygame.Surface
        try:
            if sys.platform == "linux" and not any(os.environ.get(name) for name in DESKTOP):
                # SDL's Wayland would complain in a line of its own.
                raise pygame.error("this is no desktop session")
            pygame.display.init()
            driver = pygame.display.get_driver()
            if driver in INVISIBLE and driver not in os.environ.get("SDL_VIDEODRIVER", "").split(","):
                raise pygame.error("there is no desktop to open a window on")
            pygame.display.set_caption(TITLE)
            self._open()
        except pygame.error as error:
            reason = str(error).strip() or "no reason given"
            raise DisplayError(
                f"no display ({reason}); start it in a desktop, or play with --headless"
            ) from None
        pygame.mouse.set_visible(False)

    def _open(self) -> None:
        if self.fullscreen or self._scale is not None or not self._glass.plain:
            # Scaled by `present`: pygame.SCALED keeps neither to whole numbers in full screen, nor to a size
            # that is asked for.
            size = (0, 0) if self.fullscreen else self._glass.size(self._scale or self._fitting())
            grows = pygame.RESIZABLE if self._scale is None else 0
            self._screen = pygame.display.set_mode(size, pygame.FULLSCREEN if self.fullscreen else grows)
            self.canvas = pygame.Surface(VIEW_SIZE, depth=32)
            return
        if pygame.display.get_driver() in INVISIBLE:
            self.canvas = self._screen = pygame.display.set_mode(VIEW_SIZE, depth=32)
            return
        try:
            self._screen = pygame.display.set_mode(VIEW_SIZE, pygame.SCALED | pygame.RESIZABLE, vsync=1)
        except pygame.error:  # not every driver waits for the beam
            self._screen = pygame.display.set_mode(VIEW_SIZE, pygame.SCALED | pygame.RESIZABLE)
        self.canvas = self._screen

    def resize(self, scale: int | None) -> None:
        """Shows a px as so many px of the screen; None: as many as fit. Where that fails, nothing changes."""
        if scale == self._scale:
            return
        before, self._scale = self._scale, scale
        try:
            self._open()
        except pygame.error:
            self._scale = before
            self._open()

    def look(self, *, aspect: bool, scanlines: bool) -> None:
        """Shows the canvas with wide pixels, or with scanlines. Where that fails, nothing changes."""
        if (aspect, scanlines) == (self._glass.aspect, self._glass.scanlines):
            return
        before, self._glass = self._glass, Glass(aspect, scanlines)
        try:
            self._open()
        except pygame.error:
            self._glass = before
            self._open()

    def toggle_fullscreen(self) -> None:
        """Changes between window and full screen; where that fails, it stays as it is."""
        self.fullscreen = not self.fullscreen
        if self.fullscreen:
            self._left_at = _move_to((0, 0))
        try:
            self._open()
        except pygame.error:
            self.fullscreen = not self.fullscreen
            self._open()
        if not self.fullscreen and self._left_at is not None:
            self._left_at = _move_to(self._left_at)

    def on_canvas(self, at_px: tuple[int, int]) -> tuple[int, int] | None:
        """The pixel of the canvas at a pixel of the window; None beside it."""
        if self.canvas is self._screen:
            return at_px  # SDL has scaled it back
        at = self._glass.at(at_px, self._screen.get_size())
        return at if self.canvas.get_rect().collidepoint(at) else None

    def _fitting(self) -> int:
        """The largest scale whose window leaves a desktop room for its own."""
        width, height = pygame.display.get_desktop_sizes()[0]
        return self._glass.fit((width * ROOM_OF_10 // 10, height * ROOM_OF_10 // 10)).scale

    def present(self) -> None:
        """Shows the canvas."""
        if self.canvas is not self._screen:
            self._screen = pygame.display.get_surface() or self._screen  # the window may have another size
            self._glass.show(self.canvas, self._screen)
        pygame.display.flip()


def _move_to(corner: tuple[int, int]) -> tuple[int, int] | None:
    """Moves a window of X11 on the only screen there is; returns where it was, None where it was not moved.

    A window that is to fill the screen is moved into its corner first: where no window manager runs, nobody
    else does it, and SDL does not know where the window really is.
    """
    if pygame.display.get_driver() != "x11" or len(pygame.display.get_desktop_sizes()) != 1:
        return None
    try:
        from pygame._sdl2.video import Window as SdlWindow

        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # pygame-ce has another way by now, which pygame has not
            window = SdlWindow.from_display_module()
        before = window.position
        window.position = corner
    except (pygame.error, ImportError, AttributeError):
        return None
    return int(before[0]), int(before[1])
