"""The options, drawn."""

from __future__ import annotations

import pygame

from generator.nes.palette import BLACK, rgb_of

from ..controls.places import with_keys
from ..screen import SpriteSheet
from ..screen.screens import GOLD, GREY, WHITE, key_line
from ..session.options import FULL
from ..texts import text
from .controls_page import ControlsPage
from .options_menu import OptionsMenu, text_of

TITLE_TOP_PX, ROWS_TOP_PX, ROW_PX, FOOT_PX = 24, 46, 17, 220
NAME_LEFT_PX, VALUE_LEFT_PX, PIP_PX = 24, 172, 6
ABOUT_PX = 204
VOLUMES = ("music", "effects")


class OptionsPage:
    """Draws them with one sprite sheet."""

    def __init__(self, sheet: SpriteSheet) -> None:
        self._sheet = sheet
        self._controls = ControlsPage(sheet)

    def draw(self, canvas: pygame.Surface, menu: OptionsMenu) -> None:
        """Draws all of a canvas of 256x240 px."""
        if menu.controls is not None:
            self._controls.draw(canvas, menu.controls)
            return
        canvas.fill(rgb_of(BLACK))
        self._sheet.write(canvas, text(f"options.{menu.section or 'title'}"), TITLE_TOP_PX, GOLD)
        for number, name in enumerate(menu.rows):
            chosen, y_px = number == menu.chosen, ROWS_TOP_PX + number * ROW_PX
            colour, called = GOLD if chosen else WHITE, with_keys(text(f"options.{name}"))
            line = f"> {called}" if chosen else f"  {called}"
            canvas.blit(self._sheet.text(line, colour), (NAME_LEFT_PX - 16, y_px))
            if not menu.section:
                continue
            if name in VOLUMES:
                self._draw_volume(canvas, getattr(menu.options, name), y_px)
            else:
                canvas.blit(self._sheet.text(text_of(menu.options, name), colour), (VALUE_LEFT_PX, y_px))
        self._sheet.write(canvas, text(f"about.{menu.rows[menu.chosen]}"), ABOUT_PX, WHITE)
        keys = key_line(text("options.keys" if menu.section else "options.keys_sections"))
        self._sheet.write(canvas, keys, FOOT_PX, GREY)

    def _draw_volume(self, canvas: pygame.Surface, value: int, y_px: int) -> None:
        for number in range(FULL):
            pip = self._sheet.get("pip_enemy" if number < value else "pip_empty")
            canvas.blit(pip, (VALUE_LEFT_PX + number * PIP_PX, y_px))
