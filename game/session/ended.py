"""What a run that has just ended came to."""

from __future__ import annotations

from typing import NamedTuple

from .daily import Daily, daily_of
from .phases import Phase
from .records import Best, Records
from .scores import Row, Scores
from .session import Session

ENDS = (Phase.GAME_OVER, Phase.ENDING)
"""Phases in which a run has ended."""


class Ended(NamedTuple):
    """The end of a run of the player's own."""

    mode: str
    """The table that it belongs to."""
    row: Row
    """What stands there, with the initials that were given last."""
    rank: int | None
    """Where; None: nowhere."""
    record: str = ""
    """The record of the castle that was cleared, as it is shown."""
    better: tuple[str, ...] = ()
    """What of it is new: names of `Best`'s fields."""
    daily: Daily | None = None
    """What came of a day's castle."""

    @property
    def is_first(self) -> bool:
        """Whether everything about the record is new."""
        return self.better == Best._fields


def ended(session: Session, scores: Scores, records: Records) -> tuple[Ended, Scores, Records]:
    """What a run that has just ended came to, and what is kept of it before it has initials."""
    play, cleared = session.playthrough, session.phase == Phase.ENDING
    journey, code = play.journey, play.castle_code
    score = session.world.hero.score if session.world else 0
    row = Row(scores.initials, score, play.stage, journey.ticks, code, journey.helped)
    better: tuple[str, ...] = ()
    if cleared:
        records, better = records.after(code, play.record)
    daily = daily_of(play, cleared)
    if daily is not None:
        scores = scores.after(daily.today)
    record = records.of(code) if cleared else ""
    rank = scores.rank(play.mode, row, journey.row)
    return Ended(play.mode, row, rank, record, better, daily), scores, records
