"""The status bar over the top two rows, as on the NES: score, time, stage, life, weapon, hearts, lives.

It is drawn anew only when a number changes.
"""

from __future__ import annotations

from typing import NamedTuple

import pygame

from generator.nes.palette import BLACK, rgb_of
from generator.nes.roles import TILE

from ..texts import text
from ..world import World
from ..world.camera import VIEW_PX
from ..world.hero import HEALTH_MAX
from ..world.world import Outcome
from .eyes import EYES, Eyes
from .sprites import GLYPH_PX, WHITE, SpriteSheet

HUD_PX = 2 * TILE
"""Height of the status bar."""
LINES_PX = (2, 12, 21)
"""Top of its three lines."""
LEFT_PX = 4
BARS_LEFT_PX, BAR_PX = LEFT_PX + 7 * GLYPH_PX, 4
BOX_LEFT_PX, BOX_TOP_PX = 136, 10
ICONS_LEFT_PX = 180
KEYS_LEFT_PX = ICONS_LEFT_PX + 5 * GLYPH_PX
KEY_PX = GLYPH_PX
MOST_KEYS = 4
"""The most keys that there is room for."""
KEPT_LEFT_PX, KEPT = KEYS_LEFT_PX + (MOST_KEYS - 1) * KEY_PX, 0x27
"""Where a favourite's heart stands, and its colour: gold, unlike the hearts that are spent."""


LOW_LIFE, LOW_TIME = 4, 30
"""Fewer bars and less time than this are warned of. (ours)"""
ALARM, ALARM_PIP = 0x16, (0x16, 0x36, WHITE)
"""Colours of what warns: its letters, and the bars of life."""


class Numbers(NamedTuple):
    """All that the bar shows."""

    score: int
    time: int
    stage: int
    health: int
    enemy: int
    hearts: int
    lives: int
    weapon: str
    """The hero's second weapon, or "" for none."""
    shots: int = 1
    keys: int = 0
    kept: bool = False
    """Whether the castle is among the favourites."""
    life_warns: bool = False
    time_warns: bool = False
    """Whether they stand out now because little is left."""

    @classmethod
    def of(cls, world: World, stage: int, kept: bool = False, eyes: Eyes = EYES) -> Numbers:
        """What a world has to tell. The enemy is the room's boss; where there is none, it has all bars."""
        hero = world.hero
        warned = world.outcome == Outcome.PLAYING and eyes.warned(world.tick)
        return cls(
            hero.score, world.time_left, stage, hero.health, world.boss_bars, hero.hearts, hero.lives,
            hero.weapon, hero.shots, world.keys_held, kept,
            warned and hero.health < LOW_LIFE, warned and world.time_left < LOW_TIME,
        )  # fmt: skip


class Hud:
    """Draws the status bar."""

    def __init__(self, sheet: SpriteSheet) -> None:
        self._sheet = sheet
        self._bar = pygame.Surface((VIEW_PX, HUD_PX), depth=32)
        self._shown: Numbers | None = None

    def draw(self, canvas: pygame.Surface, numbers: Numbers) -> None:
        """Over the top of a canvas."""
        if numbers != self._shown:
            self._shown = numbers
            self._redraw(numbers)
        canvas.blit(self._bar, (0, 0))

    def _redraw(self, numbers: Numbers) -> None:
        bar, sheet = self._bar, self._sheet
        bar.fill(rgb_of(BLACK))
        top, middle, bottom = LINES_PX
        # Capped, not cut: a score that has run over shows nines.
        score, time, stage = min(numbers.score, 999999), min(numbers.time, 9999), min(numbers.stage, 99)
        head = text("hud.head", score=score, time=time, stage=stage)
        bar.blit(sheet.text(head), (LEFT_PX, top))
        if numbers.time_warns:
            told = text("hud.time", time=time)  # over the same letters of the head
            bar.blit(sheet.text(told, ALARM), (LEFT_PX + head.index(told) * GLYPH_PX, top))
        for line_px, name, pip, health, warns in (
            (middle, "hud.player", "pip_player", numbers.health, numbers.life_warns),
            (bottom, "hud.enemy", "pip_enemy", numbers.enemy, False),
        ):
            bar.blit(sheet.text(text(name), ALARM if warns else WHITE), (LEFT_PX, line_px))
            full = sheet.get(pip, colours=ALARM_PIP if warns else ())
            for number in range(HEALTH_MAX):
                at_px = BARS_LEFT_PX + number * BAR_PX, line_px
                bar.blit(full if number < health else sheet.get("pip_empty"), at_px)
        box = sheet.get("weapon_box")
        bar.blit(box, (BOX_LEFT_PX, BOX_TOP_PX))
        self._draw_weapon(numbers, box.get_size())
        bar.blit(sheet.get("heart_icon"), (ICONS_LEFT_PX, middle))
        bar.blit(sheet.text(f"-{min(numbers.hearts, 99):02}"), (ICONS_LEFT_PX + GLYPH_PX, middle))
        bar.blit(sheet.text(f"P-{max(0, min(numbers.lives, 99)):02}"), (ICONS_LEFT_PX, bottom))
        for number in range(min(numbers.keys, MOST_KEYS)):
            bar.blit(sheet.get("key_small"), (KEYS_LEFT_PX + number * KEY_PX, middle))
        if numbers.kept:
            bar.blit(sheet.text("♥", KEPT), (KEPT_LEFT_PX, bottom))

    def _draw_weapon(self, numbers: Numbers, box_size: tuple[int, int]) -> None:
        """Draws the second weapon, and how many of it fly at once from two on."""
        if not numbers.weapon:
            return
        picture = self._sheet.get(f"item_{numbers.weapon}")
        x_px = BOX_LEFT_PX + (box_size[0] - picture.get_width()) // 2
        y_px = BOX_TOP_PX + (box_size[1] - picture.get_height()) // 2
        self._bar.blit(picture, (x_px, y_px))
        if numbers.shots > 1:
            mark = self._sheet.text(f"{numbers.shots}")
            at_px = BOX_LEFT_PX + box_size[0] - mark.get_width(), BOX_TOP_PX + box_size[1] - GLYPH_PX
            self._bar.blit(mark, at_px)
