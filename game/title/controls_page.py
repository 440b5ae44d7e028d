"""The page of the keys, drawn: a row for each thing to do, with what is printed on its keys or buttons."""

from __future__ import annotations

import pygame

from generator.nes.palette import BLACK, rgb_of

from ..controls import Device, Function
from ..controls.places import DIRECTIONS, name_of
from ..screen import SpriteSheet
from ..screen.screens import GOLD, GREY, RED, WHITE, bright, key_line
from ..texts import text
from .controls_menu import ROWS, ControlsMenu

TITLE_TOP_PX, TAB_TOP_PX, ROWS_TOP_PX, ROW_PX, FOOT_PX = 8, 19, 32, 10, (215, 226)
GROUPS, GAP_PX = (Function.NEW, Function.INSPECT, Function.PAUSE, None), 4
"""Rows that have a gap above them, and its height."""
NAME_LEFT_PX, VALUE_LEFT_PX = 24, 136
VALUE_LETTERS = 15
"""Letters of a row behind its name."""


class ControlsPage:
    """Draws it with one sprite sheet."""

    def __init__(self, sheet: SpriteSheet) -> None:
        self._sheet = sheet

    def draw(self, canvas: pygame.Surface, menu: ControlsMenu) -> None:
        """Draws all of a canvas of 256x240 px."""
        canvas.fill(rgb_of(BLACK))
        self._sheet.write(canvas, text("options.controls"), TITLE_TOP_PX, GOLD)
        shown = text("binding.pad" if menu.pads else "binding.keys")
        self._sheet.write(canvas, f"< {shown} >", TAB_TOP_PX, WHITE)
        for number, function in enumerate(ROWS):
            y_px, chosen = _top_px(number), number == menu.chosen
            called = text(f"binding.{function.value if function else 'reset'}")
            line = f"> {called}" if chosen else f"  {called}"
            colour = GOLD if chosen else WHITE
            canvas.blit(self._sheet.text(line, colour), (NAME_LEFT_PX - 16, y_px))
            value, shade = self._value(menu, function, chosen)
            canvas.blit(self._sheet.text(value, shade), (VALUE_LEFT_PX, y_px))
        for name, y_px in zip(_foot(menu), FOOT_PX, strict=True):
            self._sheet.write(canvas, key_line(text(name)), y_px, GREY)

    def _value(self, menu: ControlsMenu, function: Function | None, chosen: bool) -> tuple[str, int]:
        """What stands behind a row's name, and its colour."""
        if function is None:
            return (text("binding.sure"), RED) if menu.sure else ("", WHITE)
        if chosen and menu.asked_ticks is not None:
            asks = text("binding.press_button" if menu.pads else "binding.press_key")
            return (asks if bright(menu.asked_ticks) else ""), GOLD
        if chosen and menu.refused:
            return text("binding.refused"), RED
        names = [name_of(menu.device, number) for number in menu.bindings.numbers(menu.device, function)]
        if menu.device == Device.PAD_WITH_HAT and function in DIRECTIONS:
            names.append(text("pad.cross"))
        while len(" ".join(names)) > VALUE_LETTERS:
            names.pop()
        return (" ".join(names), GOLD if chosen else WHITE) if names else (text("pad.none"), GREY)


def _top_px(row: int) -> int:
    return ROWS_TOP_PX + row * ROW_PX + GAP_PX * sum(ROWS.index(first) <= row for first in GROUPS)


def _foot(menu: ControlsMenu) -> tuple[str, str]:
    """The names of the lines at the foot."""
    if menu.asks:
        return "binding.asks_1", "binding.asks_2_pad" if menu.pad and not menu.pads else "binding.asks_2"
    if menu.pads and menu.pad is None:
        return "binding.no_pad", "binding.foot_2"
    return "binding.foot_1", "binding.foot_2"
