"""The end of a castle: the hero looks back at it while the sun comes up. It reads a session, never writes."""

from __future__ import annotations

import pygame

from generator.nes.palette import BLACK, rgb_of

from ..controls.places import with_keys
from ..session import Session
from ..session.ended import Ended
from ..session.records import took
from ..texts import text
from ..world.camera import VIEW_SIZE
from .points import SQUARE_STEP_PX, Points
from .screens import GOLD, GREY, WHITE, bright, code_lines
from .sprites import GLYPH_PX, SpriteSheet

TITLE_SCALE, TITLE_TOP_PX = 2, 14
SKY = ((0x01, 40), (0x03, 30), (0x04, 24), (0x15, 20), (0x26, 18), (0x36, 24))
"""Palette index and height, px, of the sky's bands from the top."""
DITHER_PX = 4
"""Rows in which one band frays into the next, as the NES's artists drew it."""
HORIZON_PX = sum(height for _, height in SKY)
SUN, SUN_RADIUS_PX, SUN_X_PX = 0x37, 25, 84
SUN_LOW_PX, SUN_RISES_PX, SUN_TICKS_A_PX = 14, 44, 7
"""How far under the horizon the sun's middle is at first, how far it comes up, ticks a px."""
HILLS = ((0, 122), (30, 134), (64, 126), (104, 142), (150, 132), (200, 144), (256, 128))
HILL_COLOUR = 0x0C
"""The crest of the far hills, px, and their palette index."""
CASTLE_FOOT_PX = (176, 162)
CLIFF = ((0, 150), (50, 150), (57, 152), (62, 156), (65, 162), (66, 168))
CLIFF_RIM = 0x16
HERO_FOOT_PX = (38, 150)
STARS = ((14, 8), (60, 48), (96, 40), (150, 46), (170, 6), (236, 44), (222, 4), (32, 38), (246, 12), (8, 60))
TWINKLE_TICKS = 40
WING_BEAT = (0, 1, 2, 1)
"""A bat's frames."""
BAT_TICKS, BAT_EVERY_TICKS, BATS = 5, 70, 3
"""How long a wing beat takes; how long after one bat the next leaves the castle; how many there are."""
LINES_TOP_PX, LINE_PX = 175, 11


class Ending:
    """Draws the end with one sprite sheet."""

    def __init__(self, sheet: SpriteSheet) -> None:
        self._sheet = sheet
        self._points = Points(sheet)
        self._sky: pygame.Surface | None = None

    def draw(self, canvas: pygame.Surface, session: Session, tick: int, end: Ended | None = None) -> None:
        """Draws all of a canvas of 256x240 px; `tick` moves what moves. `end`: what the run came to."""
        if self._sky is None:
            self._sky = _sky()
        canvas.blit(self._sky, (0, 0))
        since = session.phase_tick
        for number, at_px in enumerate(STARS):
            if (tick // TWINKLE_TICKS + number) % 3:
                canvas.fill(rgb_of(WHITE), (*at_px, 1, 1))
        risen_px = min(since // SUN_TICKS_A_PX, SUN_RISES_PX)
        pygame.draw.circle(canvas, rgb_of(SUN), (SUN_X_PX, HORIZON_PX + SUN_LOW_PX - risen_px), SUN_RADIUS_PX)
        foot = VIEW_SIZE[0], HORIZON_PX + 10
        pygame.draw.polygon(canvas, rgb_of(HILL_COLOUR), [*HILLS, foot, (0, foot[1])])
        canvas.fill(rgb_of(BLACK), (0, HORIZON_PX + 2, VIEW_SIZE[0], VIEW_SIZE[1] - HORIZON_PX))
        self._sheet.draw(canvas, "far_castle", CASTLE_FOOT_PX)
        self._bats(canvas, since)
        pygame.draw.polygon(canvas, rgb_of(BLACK), [*CLIFF, (0, CLIFF[-1][1])])
        pygame.draw.lines(canvas, rgb_of(CLIFF_RIM), False, CLIFF)
        self._sheet.draw(canvas, "hero_stand", HERO_FOOT_PX)
        self._title(canvas)
        self._lines(canvas, session, tick, end)

    def _bats(self, canvas: pygame.Surface, since: int) -> None:
        """The bats leave with the night, one after another."""
        for number in range(BATS):
            age = since - BAT_EVERY_TICKS * (number + 1)
            if age > 0:
                x_px = CASTLE_FOOT_PX[0] - 14 + 20 * number + age * (2 + number) // 4
                y_px = 84 - age // 3 + 6 * number
                self._sheet.draw(canvas, "bat", (x_px, y_px), WING_BEAT[age // BAT_TICKS % len(WING_BEAT)])

    def _title(self, canvas: pygame.Surface) -> None:
        """The title is twice as large as other letters and has a shadow."""
        title = text("ending.title")
        left_px = (VIEW_SIZE[0] - len(title) * GLYPH_PX * TITLE_SCALE) // 2
        for colour, away_px in ((BLACK, 2), (GOLD, 0)):
            letters = pygame.transform.scale_by(self._sheet.text(title, colour), TITLE_SCALE)
            canvas.blit(letters, (left_px + away_px, TITLE_TOP_PX + away_px))

    def _lines(self, canvas: pygame.Surface, session: Session, tick: int, end: Ended | None) -> None:
        """Tells what the castle took and what it took at best, how to come back, and a day's squares."""
        play, daily = session.playthrough, end.daily if end else None
        score = text("ending.score", score=session.world.hero.score if session.world else 0)
        lines = [(score, WHITE), (took(play.record), WHITE if end and end.better else GREY)]
        if end is not None and end.record:
            lines.append((_record(end), GOLD if end.better else GREY))
        codes = code_lines(play.castle_code)
        if daily is not None:
            room = " " * (1 + len(daily.squares) * SQUARE_STEP_PX // GLYPH_PX)
            codes[-1] += room
            left_px = (VIEW_SIZE[0] + len(codes[-1]) * GLYPH_PX) // 2 - len(room) * GLYPH_PX + GLYPH_PX
            self._points.squares(
                canvas, daily.squares, left_px, LINES_TOP_PX + (len(lines) + len(codes) - 1) * LINE_PX
            )
        lines += [(line, GREY) for line in codes]
        if not session.message:
            push = with_keys(text("today.ending_keys" if daily else "ending.push_start"))
            lines.append((push if bright(tick) else "", GOLD))
        for number, (line, colour) in enumerate(lines):
            self._sheet.write(canvas, line, LINES_TOP_PX + number * LINE_PX, colour)


def _record(end: Ended) -> str:
    """The record as it was, or what of it is new."""
    if not end.better:
        return end.record
    if end.is_first:
        return text("best.record_first")
    return text("best.record_new", what=", ".join(text(f"best.{name}") for name in end.better))


def _sky() -> pygame.Surface:
    """The sky of bands, each frayed at its top into the one above."""
    sky = pygame.Surface(VIEW_SIZE, depth=32)
    top = 0
    for number, (colour, height) in enumerate(SKY):
        sky.fill(rgb_of(colour), (0, top, VIEW_SIZE[0], VIEW_SIZE[1] - top))
        for row in range(DITHER_PX if number else 0):
            # From one pixel in four to three in four.
            for x_px in range(row % 2 * 2, VIEW_SIZE[0], 4 if row in (0, 1) else 2):
                sky.set_at((x_px + (row > 1) * (row % 2), top - DITHER_PX + row), rgb_of(colour))
        top += height
    return sky
