"""The options, drawn."""

from __future__ import annotations

import pygame

from generator.nes.palette import BLACK, rgb_of

from ..controls.places import with_keys
from ..screen import SpriteSheet
from ..screen.screens import GOLD, GREY, WHITE
from ..session.options import FULL
from .options_menu import ROWS, OptionsMenu, text_of

TITLE_TOP_PX, ROWS_TOP_PX, ROW_PX, FOOT_PX = 32, 64, 20, 216
NAME_LEFT_PX, VALUE_LEFT_PX, PIP_PX = 24, 152, 6
VOLUMES = ("music", "effects")
KEYS = "LEFT RIGHT CHANGE   {whip} BACK"


class OptionsPage:
    """Draws them with one sprite sheet."""

    def __init__(self, sheet: SpriteSheet) -> None:
        self._sheet = sheet

    def draw(self, canvas: pygame.Surface, menu: OptionsMenu) -> None:
        """Draws all of a canvas of 256x240 px."""
        canvas.fill(rgb_of(BLACK))
        self._sheet.write(canvas, "OPTIONS", TITLE_TOP_PX, GOLD)
        for number, (name, called) in enumerate(ROWS):
            chosen, y_px = number == menu.chosen, ROWS_TOP_PX + number * ROW_PX
            colour = GOLD if chosen else WHITE
            line = f"> {called}" if chosen else f"  {called}"
            canvas.blit(self._sheet.text(line, colour), (NAME_LEFT_PX - 16, y_px))
            if name in VOLUMES:
                self._draw_volume(canvas, getattr(menu.options, name), y_px)
            else:
                canvas.blit(self._sheet.text(text_of(menu.options, name), colour), (VALUE_LEFT_PX, y_px))
        self._sheet.write(canvas, with_keys(KEYS), FOOT_PX, GREY)

    def _draw_volume(self, canvas: pygame.Surface, value: int, y_px: int) -> None:
        for number in range(FULL):
            pip = self._sheet.get("pip_enemy" if number < value else "pip_empty")
            canvas.blit(pip, (VALUE_LEFT_PX + number * PIP_PX, y_px))
