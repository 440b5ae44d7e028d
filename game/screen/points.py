"""The screens of points: a stage that was cleared, initials that are asked for, the end of a day's castle."""

from __future__ import annotations

import pygame

from generator.nes.palette import BLACK, rgb_of

from ..controls.places import with_keys
from ..session import Phase, Session
from ..session.daily import HELPED, Daily, Square
from ..session.ended import Ended
from ..session.initials import DONE, Initials
from ..session.journey import clock
from ..session.playthrough import Playthrough
from ..session.scores import INITIALS
from ..session.tally import HEART_POINTS, TIME_POINTS
from ..texts import text
from ..world import World
from ..world.camera import VIEW_SIZE
from .screens import GOLD, GREY, LINE_PX, WHITE, bright
from .sprites import GLYPH_PX, SpriteSheet

GREEN, PINK, DARK = 0x2A, 0x26, 0x00
RIM_PX = 2
"""How far a box's frame is from its edge."""
TALLY_SIZE_PX, TALLY_TOP_PX = (216, 92), 74
TALLY_LEFT_PX, TIMES_RIGHT_PX, POINTS_RIGHT_PX = 16, 140, 200
"""Within that box: the left of its words, the right of what is left, the right of its points."""
ASKED_SIZE_PX, ASKED_TOP_PX, ASKED_LOW_PX = (248, 132), 66, 104
"""The lower one covers what a castle's end tells."""
OVER_PX = 16
"""Height of the words over it, where the game is lost."""
LETTER_SCALE, LETTER_STEP_PX = 2, 28
LETTERS_TOP_PX = 62
"""Within that box."""
SQUARE_PX, SQUARE_STEP_PX = 8, 11
DAILY_SIZE_PX, DAILY_TOP_PX = (224, 62), 146


class Points:
    """Draws all of them with one sprite sheet. It reads, never writes."""

    def __init__(self, sheet: SpriteSheet) -> None:
        self._sheet = sheet

    def _tally(self, canvas: pygame.Surface, play: Playthrough, world: World) -> None:
        """Draws what a cleared stage is worth, as it is counted."""
        box = self._box(canvas, TALLY_SIZE_PX, TALLY_TOP_PX)
        self._sheet.write(canvas, text("card.cleared", title=play.title), box.top + 10, GOLD)
        counted, hero = play.counted, world.hero
        rows = (
            ("time", f"{world.time_left:04}", TIME_POINTS, counted.time),
            ("hearts", f"{hero.hearts:02}", HEART_POINTS, counted.hearts),
        )
        for number, (name, left, points, won) in enumerate(rows):
            y_px = box.top + 30 + number * 16
            runs = bool(world.time_left) if name == "time" else not world.time_left and bool(hero.hearts)
            colour = WHITE if runs else GREY
            canvas.blit(self._sheet.text(text(f"tally.{name}"), colour), (box.left + TALLY_LEFT_PX, y_px))
            times = text("tally.times", number=left, points=f"{points:3}")
            self._right(canvas, times, box.left + TIMES_RIGHT_PX, y_px, colour)
            self._right(canvas, f"{won * points}", box.left + POINTS_RIGHT_PX, y_px, colour)
        y_px = box.bottom - 28
        canvas.fill(rgb_of(DARK), (box.left + TALLY_LEFT_PX, y_px, POINTS_RIGHT_PX - TALLY_LEFT_PX, 1))
        canvas.blit(self._sheet.text(text("tally.score")), (box.left + TALLY_LEFT_PX, y_px + 9))
        self._right(canvas, f"{hero.score:06}", box.left + POINTS_RIGHT_PX, y_px + 9, GOLD)

    def over(
        self, canvas: pygame.Surface, session: Session, end: Ended | None, asked: Initials | None
    ) -> None:
        """Draws what they put over the picture: the count of a cleared stage, initials that are asked for,
        or, below the words of a lost game, what came of a day's castle."""
        play = session.playthrough
        if session.phase == Phase.TALLY and session.world is not None and not play.is_endless:
            self._tally(canvas, play, session.world)
        elif end is not None and asked is not None:
            self._initials(
                canvas, end, asked, ASKED_LOW_PX if session.phase == Phase.ENDING else ASKED_TOP_PX
            )
        elif end is not None and end.daily is not None and session.phase == Phase.GAME_OVER:
            self._daily(canvas, end.daily)

    def squares(self, canvas: pygame.Surface, squares: tuple[Square, ...], left_px: int, top_px: int) -> None:
        """Draws a box a stage: full, half full, crossed out, empty."""
        for number, square in enumerate(squares):
            box = pygame.Rect(left_px + number * SQUARE_STEP_PX, top_px, SQUARE_PX, SQUARE_PX)
            colour = {Square.CLEAN: GREEN, Square.DIED: GOLD, Square.ENDED: PINK, Square.AHEAD: GREY}[square]
            canvas.fill(rgb_of(colour), box)
            if square == Square.CLEAN:
                continue
            canvas.fill(rgb_of(BLACK), box.inflate(-2, -2))
            if square == Square.DIED:
                canvas.fill(rgb_of(colour), (box.left, box.centery, SQUARE_PX, SQUARE_PX // 2))
            elif square == Square.ENDED:
                ends = (box.topleft, (box.right - 1, box.bottom - 1))
                pygame.draw.line(canvas, rgb_of(colour), *ends)
                pygame.draw.line(canvas, rgb_of(colour), (box.left, box.bottom - 1), (box.right - 1, box.top))

    def _initials(self, canvas: pygame.Surface, end: Ended, asked: Initials, top_px: int) -> None:
        box = self._box(canvas, ASKED_SIZE_PX, top_px)
        if top_px == ASKED_TOP_PX:
            canvas.fill(rgb_of(BLACK), (box.left, box.top - OVER_PX, box.width, OVER_PX))
            self._sheet.write(canvas, text("over.title"), box.top - OVER_PX + 4, WHITE)
        rank = text("initials.rank", rank=end.rank, mode=text(f"best.{end.mode}"))
        score = text("initials.score", score=end.row.score, stage=end.row.stage)
        for number, (line, colour) in enumerate(((rank, GOLD), (score, WHITE), (text("initials.ask"), GREY))):
            self._sheet.write(canvas, line, box.top + 10 + number * 14, colour)
        left_px = box.centerx - (INITIALS + 1) * LETTER_STEP_PX // 2
        lit = GOLD if bright(asked.ticks) else WHITE
        for number, letter in enumerate(asked.letters):
            chosen = number == asked.at
            at_px = left_px + number * LETTER_STEP_PX, box.top + LETTERS_TOP_PX
            drawn = pygame.transform.scale_by(
                self._sheet.text(letter, lit if chosen else WHITE), LETTER_SCALE
            )
            canvas.blit(drawn, at_px)
            width_px = GLYPH_PX * LETTER_SCALE
            canvas.fill(rgb_of(lit if chosen else DARK), (at_px[0], at_px[1] + width_px + 2, width_px - 2, 2))
            if chosen:
                middle_px = at_px[0] + width_px // 2 - GLYPH_PX // 2 - 1
                canvas.blit(self._sheet.text("↑", lit), (middle_px, at_px[1] - GLYPH_PX - 2))
                canvas.blit(self._sheet.text("↓", lit), (middle_px, at_px[1] + width_px + 7))
        done = self._sheet.text(text("initials.done"), lit if asked.at == DONE else DARK)
        canvas.blit(done, (left_px + DONE * LETTER_STEP_PX + 4, box.top + LETTERS_TOP_PX + 4))
        for number, name in enumerate(("initials.keys_1", "initials.keys_2")):
            self._sheet.write(canvas, with_keys(text(name)), box.bottom - 27 + number * LINE_PX, GREY)

    def _daily(self, canvas: pygame.Surface, daily: Daily) -> None:
        box = self._box(canvas, DAILY_SIZE_PX, DAILY_TOP_PX)
        self._sheet.write(canvas, text("today.title", date=daily.date.isoformat()), box.top + 8, GOLD)
        reached = text(
            "today.reached", stage=daily.stage, time=clock(daily.ticks), mark=HELPED * daily.helped
        )
        wide_px = len(daily.squares) * SQUARE_STEP_PX + GLYPH_PX
        left_px = box.centerx - (wide_px + len(reached) * GLYPH_PX) // 2
        self.squares(canvas, daily.squares, left_px, box.top + 25)
        canvas.blit(self._sheet.text(reached), (left_px + wide_px, box.top + 25))
        self._sheet.write(canvas, with_keys(text("today.keys")), box.bottom - 18, GREY)

    def _box(self, canvas: pygame.Surface, size_px: tuple[int, int], top_px: int) -> pygame.Rect:
        box = pygame.Rect(((VIEW_SIZE[0] - size_px[0]) // 2, top_px), size_px)
        canvas.fill(rgb_of(BLACK), box)
        pygame.draw.rect(canvas, rgb_of(WHITE), box.inflate(-2 * RIM_PX, -2 * RIM_PX), 1, border_radius=2)
        return box

    def _right(self, canvas: pygame.Surface, line: str, right_px: int, y_px: int, colour: int) -> None:
        """Writes a line that ends at a point."""
        canvas.blit(self._sheet.text(line, colour), (right_px - len(line) * GLYPH_PX, y_px))
