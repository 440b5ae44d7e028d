"""The tables of the best runs, drawn."""

from __future__ import annotations

import pygame

from ..controls.places import with_keys
from ..screen import SpriteSheet
from ..screen.screens import GOLD, GREY, WHITE, bright, code_lines
from ..session.daily import HELPED
from ..session.journey import clock
from ..session.scores import BEST, Row
from ..texts import text
from .title import Title

TITLE_TOP_PX, MODE_TOP_PX, HEAD_TOP_PX = 14, 30, 50
ROWS_TOP_PX, ROW_PX, LEFT_PX = 63, 13, 12
CODE_TOP_PX, CODE_PX, FOOT_PX = 198, 10, 224
EMPTY = 0x00
"""The colour of rows that nobody has."""
MOST_SCORE = 9_999_999
"""Capped, not cut."""


class ScoresPage:
    """Draws them with one sprite sheet."""

    def __init__(self, sheet: SpriteSheet) -> None:
        self._sheet = sheet

    def draw(self, canvas: pygame.Surface, title: Title, tick: int) -> None:
        """Draws over all of a canvas of 256x240 px. The row that was entered last is lit, and the chosen one
        tells its castle's code."""
        rows = title.scores.rows(title.mode)
        self._sheet.write(canvas, text("best.title"), TITLE_TOP_PX, GOLD)
        self._sheet.write(canvas, text("best.mode", mode=text(f"best.{title.mode}")), MODE_TOP_PX, WHITE)
        canvas.blit(self._sheet.text(text("best.head"), GREY), (LEFT_PX + 16, HEAD_TOP_PX))
        for number in range(BEST):
            row = rows[number] if number < len(rows) else None
            lit = row is not None and title.scores.entered == (title.mode, row)
            colour = EMPTY if row is None else (GOLD if bright(tick) else WHITE) if lit else WHITE
            y_px = ROWS_TOP_PX + number * ROW_PX
            canvas.blit(self._sheet.text(_line(number + 1, row), colour), (LEFT_PX, y_px))
            if row is not None and number == title.row:
                canvas.blit(self._sheet.text(">", GOLD), (LEFT_PX - 10, y_px))
        foot = code_lines(rows[title.row].code) if rows else [text("best.none")]
        if any(row.helped for row in rows):
            foot = [*foot, text("best.helped")]
        for number, line in enumerate(foot[:2]):
            self._sheet.write(canvas, line, CODE_TOP_PX + number * CODE_PX, GREY)
        self._sheet.write(canvas, with_keys(text("best.keys")), FOOT_PX, GREY)


def _line(rank: int, row: Row | None) -> str:
    if row is None:
        return f"{rank:2} ---"
    return text(
        "best.row", rank=rank, initials=row.initials, score=min(row.score, MOST_SCORE), stage=row.stage,
        time=clock(row.ticks), mark=HELPED * row.helped,
    )  # fmt: skip
