"""What came of the daily castle."""

import datetime

from game.session.daily import Square, Today, daily_of
from game.session.playthrough import Playthrough
from generator.level.codes import STAGES, CastleCode, daily_seed, encode
from generator.stream import LevelKey

DAY = datetime.date(2026, 8, 24)
CASTLE = LevelKey(daily_seed(DAY))


def played(stage: int, cleared: set[int], died_in: set[int]) -> Playthrough:
    play = Playthrough(CASTLE._replace(stage=stage), True)
    play.daily = DAY
    play.journey.ticks = 754 * 60 + 59
    play.record.cleared, play.record.died_in = cleared, died_in
    return play


def test_a_line_to_share() -> None:
    daily = daily_of(played(4, {1, 2, 3}, {2, 4}), cleared=False)
    assert daily is not None
    code = encode(CastleCode(CASTLE.seed))
    assert daily.line == f"GANVANIA 2026-08-24 {code} STAGE 4 12:34 🟩🟨🟩🟥⬜⬜"
    assert daily._replace(helped=True).line.endswith(" 12:34* 🟩🟨🟩🟥⬜⬜")


def test_a_castle_that_was_cleared() -> None:
    every = set(range(1, STAGES + 1))
    daily = daily_of(played(STAGES, every, {6}), cleared=True)
    assert daily is not None and daily.squares == (*[Square.CLEAN] * 5, Square.DIED)


def test_a_stage_that_was_passed_over_was_not_cleared() -> None:
    daily = daily_of(played(5, {1}, set()), cleared=False)
    assert daily is not None
    assert daily.squares == (Square.CLEAN, *[Square.AHEAD] * 3, Square.ENDED, Square.AHEAD)


def test_another_castle_has_no_line() -> None:
    assert daily_of(Playthrough(CASTLE, True), cleared=False) is None


def test_the_best_of_the_day_is_remembered_and_yesterdays_is_not() -> None:
    today = Today(DAY, 4, False, 9000)
    assert today.is_better_than(None)
    assert today.is_better_than(Today(DAY, 3, False, 100)) and today.is_better_than(
        today._replace(ticks=9001)
    )
    assert not today.is_better_than(today) and not today.is_better_than(Today(DAY, 6, True, 99999))
    assert today.is_better_than(Today(DAY - datetime.timedelta(1), 6, True, 10))
