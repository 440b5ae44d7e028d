"""The title, drawn: the name and the menu over the castle that is dreamed meanwhile."""

from __future__ import annotations

import pygame

from generator.nes.palette import BLACK, rgb_of

from ..controls.places import with_keys
from ..screen import SpriteSheet, View
from ..screen.hud import Hud, Numbers
from ..screen.screens import GOLD, GREY, WHITE, bright
from ..screen.sprites import GLYPH_PX
from ..texts import text
from ..world import World
from ..world.camera import VIEW_PX, VIEW_SIZE, room_px
from .demo import Demo
from .scores_page import ScoresPage
from .title import Choice, Page, Title

NAME_TOP_PX = 24
MENU_TOP_PX, LINE_PX = 76, 12
FOOT_PX = 224
BEHIND_LIGHT, FAINT_LIGHT = 54, 28
"""How bright the castle behind the menu is, and behind small print, of 255."""
TICKS_A_PX = 3
"""How slowly the view goes over it."""
PINK = 0x26
"""A palette index: what is wrong with a code."""
LETTERS = VIEW_PX // GLYPH_PX - 2
"""Letters of a line."""
HELP = "walk", "jump", "whip", "throw", "new", "anew", "back", "keep", "inspect", "pause"
"""Texts of keys, which with `_means` are those of what they do."""
CODE_KEYS = "title.code_keys_1", "title.code_keys_2", "title.code_keys_3"
KEY_LEFT_PX, MEANS_LEFT_PX = 8, 90


class TitleScreen:
    """Draws the title with one sprite sheet."""

    def __init__(self, sheet: SpriteSheet, view: View, hud: Hud) -> None:
        self._sheet = sheet
        self._view = view
        self._hud = hud
        self._scores = ScoresPage(sheet)

    def draw(
        self,
        canvas: pygame.Surface,
        title: Title,
        behind: World | None,
        tick: int,
        waits: str = "",
        *,
        demo: Demo | None = None,
    ) -> None:
        """Draws all of a canvas of 256x240 px. `behind`: the castle that START leads to, once it is there.
        `waits`: what is being done until then. `demo`: what is shown instead of all that."""
        if demo is not None:
            self._draw_demo(canvas, demo, tick)
            return
        self._draw_behind(canvas, behind, tick, BEHIND_LIGHT if title.page == Page.MAIN else FAINT_LIGHT)
        if title.page == Page.KEYS:
            self._draw_help(canvas)
        elif title.page == Page.SCORES:
            self._scores.draw(canvas, title, tick)
        elif title.page == Page.CODE:
            self._draw_code(canvas, title, tick)
        else:
            self._draw_menu(canvas, title)
            sure = text("title.sure") if title.asked else ""
            self._sheet.write(canvas, sure or waits, FOOT_PX, GOLD if sure else GREY)

    def _draw_demo(self, canvas: pygame.Surface, demo: Demo, tick: int) -> None:
        world = demo.world
        if demo.passing is None:
            self._view.draw(canvas, world)
        else:
            self._view.draw_passing(canvas, world, demo.passing, demo.passing_tick)
        self._view.prepare(world)
        self._hud.draw(canvas, Numbers.of(world, world.level.stage, eyes=self._view.eyes))
        if bright(tick):
            line = text("title.any_key")
            width_px = (len(line) + 2) * GLYPH_PX
            left_px = (VIEW_SIZE[0] - width_px) // 2
            canvas.fill(rgb_of(BLACK), (left_px, FOOT_PX - 3, width_px, GLYPH_PX + 5))
            self._sheet.write(canvas, line, FOOT_PX, WHITE)

    def _draw_behind(self, canvas: pygame.Surface, behind: World | None, tick: int, light: int) -> None:
        canvas.fill(rgb_of(BLACK))
        if behind is None:
            return
        left, top, right, _ = room_px(behind.interior)
        far = max(0, right - left - VIEW_PX)
        along = tick // TICKS_A_PX % (2 * far) if far else 0
        camera_px = left + (along if along <= far else 2 * far - along), top
        self._view.scenery(behind.level).draw(canvas, camera_px, behind.hero.state.room)
        canvas.fill((light,) * 3, special_flags=pygame.BLEND_RGB_MULT)

    def _draw_menu(self, canvas: pygame.Surface, title: Title) -> None:
        name = self._sheet.get("title")
        canvas.blit(name, ((VIEW_SIZE[0] - name.get_width()) // 2, NAME_TOP_PX))
        entries = title.offered
        widest = max(len(title.text_of(entry)) for entry in entries) + 2
        left_px = (VIEW_SIZE[0] - widest * GLYPH_PX) // 2
        for number, entry in enumerate(entries):
            chosen, called = entry == title.chosen, title.text_of(entry)
            if entry == Choice.DIFFICULTY and chosen:
                called = f"{text(entry.value)} <{title.difficulty}>"
            line = f"> {called}" if chosen else f"  {called}"
            y_px = MENU_TOP_PX + number * LINE_PX
            canvas.blit(self._sheet.text(line, GOLD if chosen else WHITE), (left_px, y_px))

    def _draw_help(self, canvas: pygame.Surface) -> None:
        self._sheet.write(canvas, text(Choice.KEYS.value), NAME_TOP_PX, GOLD)
        for number, name in enumerate(HELP):
            key, means = with_keys(text(f"help.{name}")), text(f"help.{name}_means")
            y_px = NAME_TOP_PX + 28 + number * (LINE_PX + 3)
            canvas.blit(self._sheet.text(key, WHITE), (KEY_LEFT_PX, y_px))
            # A long key moves on what it does.
            left_px = max(MEANS_LEFT_PX, KEY_LEFT_PX + (len(key) + 1) * GLYPH_PX)
            canvas.blit(self._sheet.text(means, GREY), (left_px, y_px))
        self._sheet.write(canvas, text("title.any_key"), FOOT_PX, GREY)

    def _draw_code(self, canvas: pygame.Surface, title: Title, tick: int) -> None:
        self._sheet.write(canvas, text(Choice.CODE.value), NAME_TOP_PX + 20, GOLD)
        shown = title.typed + ("_" if bright(tick) else " ")
        for number, at in enumerate(range(0, len(shown), LETTERS)):
            line = shown[at : at + LETTERS]
            self._sheet.write(canvas, line, NAME_TOP_PX + 56 + number * LINE_PX, WHITE)
        for number, line in enumerate(_wrapped(title.line)):
            self._sheet.write(canvas, line, NAME_TOP_PX + 100 + number * LINE_PX, PINK)
        for number, name in enumerate(CODE_KEYS):
            self._sheet.write(canvas, with_keys(text(name)), FOOT_PX - 26 + number * LINE_PX, GREY)


def _wrapped(line: str) -> list[str]:
    """A text in lines, parted at spaces."""
    lines = [""]
    for word in line.split():
        joined = f"{lines[-1]} {word}".strip()
        if len(joined) > LETTERS:
            lines.append(word[:LETTERS])
        else:
            lines[-1] = joined
    return lines
