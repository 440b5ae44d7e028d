"""What came of the daily castle: one line that a player may send to whom he likes. The game sends nothing."""

from __future__ import annotations

import datetime
from enum import Enum
from typing import NamedTuple

from generator.level.codes import STAGES

from ..texts import text
from .journey import clock
from .playthrough import Playthrough

HELPED = "*"
"""The mark of a run with helps."""


class Square(Enum):
    """What became of a stage. The value stands for it in the line."""

    CLEAN = "\N{LARGE GREEN SQUARE}"
    """Cleared without a death."""
    DIED = "\N{LARGE YELLOW SQUARE}"
    """Cleared with deaths."""
    ENDED = "\N{LARGE RED SQUARE}"
    """The run ended here."""
    AHEAD = "\N{WHITE LARGE SQUARE}"
    """Not cleared, and not what the run ended in."""


class Today(NamedTuple):
    """The best that was reached in a day's castle."""

    date: datetime.date
    stage: int
    cleared: bool
    ticks: int

    def is_better_than(self, other: Today | None) -> bool:
        """Whether this is to be remembered instead. Yesterday's is not remembered any more."""
        if other is None or other.date != self.date:
            return True
        return (self.cleared, self.stage, -self.ticks) > (other.cleared, other.stage, -other.ticks)


class Daily(NamedTuple):
    """What came of one run through a day's castle."""

    date: datetime.date
    code: str
    """The castle's share code."""
    stage: int
    """The stage that was reached."""
    cleared: bool
    """Whether the castle's end was."""
    ticks: int
    helped: bool
    squares: tuple[Square, ...]
    """One a stage."""

    @property
    def today(self) -> Today:
        """What is remembered of it."""
        return Today(self.date, self.stage, self.cleared, self.ticks)

    @property
    def line(self) -> str:
        """What is sent to friends."""
        return text(
            "today.share",
            date=self.date.isoformat(),
            code=self.code,
            stage=self.stage,
            time=clock(self.ticks) + HELPED * self.helped,
            squares="".join(square.value for square in self.squares),
        )


def daily_of(play: Playthrough, cleared: bool) -> Daily | None:
    """What came of a run that has just ended; None where it was no day's castle. `cleared`: whether it ended
    at the castle's end."""
    if play.daily is None:
        return None
    squares = tuple(_square(play, stage, cleared) for stage in range(1, STAGES + 1))
    journey = play.journey
    return Daily(play.daily, play.castle_code, play.stage, cleared, journey.ticks, journey.helped, squares)


def _square(play: Playthrough, stage: int, cleared: bool) -> Square:
    if stage == play.stage and not cleared:
        return Square.ENDED
    if stage not in play.record.cleared:
        return Square.AHEAD
    return Square.DIED if stage in play.record.died_in else Square.CLEAN
