"""Castles that are kept ahead, and presses of R on castles that are there, or are waited for."""

import os

import pytest

from game.session import Command, Phase, Session
from game.session.asking import CASTLE_BYTES, CASTLES_AHEAD, castles_ahead
from game.session.route import next_castle
from generator.progress import Doing
from generator.stream import LevelKey
from tests.drawn.sessions import FakeStream, playing


def castles(seed: int, number: int) -> tuple[LevelKey, ...]:
    """What so many presses of R lead to from the castle of a seed."""
    keys = []
    for _ in range(number):
        seed = next_castle(seed)
        keys.append(LevelKey(seed))
    return tuple(keys)


def test_while_the_show_runs_only_other_castles_are_wanted() -> None:
    stream = FakeStream()
    session = Session(stream, LevelKey(3))
    session.tick(0)
    assert session.phase == Phase.SHOW and stream.wanted == castles(3, CASTLES_AHEAD)


def test_three_levels_are_wanted_ahead_then_more_castles() -> None:
    _, stream = playing()
    first, *others = castles(3, CASTLES_AHEAD)
    assert stream.wanted == (first, LevelKey(3, 2), LevelKey(3, 1, 1), *others)


def test_little_memory_keeps_fewer_castles(monkeypatch: pytest.MonkeyPatch) -> None:
    for free, number in ((0, 1), (3 * CASTLE_BYTES, 3), (1 << 40, CASTLES_AHEAD)):
        monkeypatch.setattr(os, "sysconf", lambda name, free=free: free if name == "SC_AVPHYS_PAGES" else 1)
        assert castles_ahead() == number
    monkeypatch.delattr(os, "sysconf")
    assert castles_ahead() == CASTLES_AHEAD, "Windows does not tell"


def test_every_press_swaps_in_a_castle_that_is_there() -> None:
    session, _ = playing()
    for key in castles(3, 8):
        session.command(Command.REGENERATE)
        session.tick(0)
        assert session.playthrough.key == key and not session.waits


def test_presses_while_one_waits_count_and_the_last_one_is_what_comes() -> None:
    session, stream = playing()
    stream.slow = True
    stream.doing = Doing("proving", 4, 9)
    lines = []
    for _ in range(3):
        session.command(Command.REGENERATE)
        session.tick(0)
        lines.append(session.message)
    assert lines == ["PROVING ROOM 4 OF 9", "{new}×2: PROVING ROOM 4 OF 9", "{new}×3: PROVING ROOM 4 OF 9"]
    assert session.playthrough.key == LevelKey(3) and stream.wanted[0] == castles(3, 3)[-1]
    stream.slow = False
    session.tick(0)
    assert session.playthrough.key == castles(3, 3)[-1] and not session.message
    session.command(Command.BACK)
    assert session.playthrough.key == LevelKey(3)
