"""What is shown while nobody presses anything: the runs that ship, and what comes where they do not fit."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from game.session.replaying import levels_of, read_replay
from game.title.demo import FOLDER, Attract, Demo, read_parts
from game.world import World
from game.world.replay import Part, verify
from game.world.world import Outcome
from generator.level.codes import decode
from generator.stream import LevelKey
from tests.drawn.levels import built, proven_level

SHIPPED = sorted(FOLDER.iterdir())


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.name)
def test_every_run_that_ships_is_as_it_was(path: Path) -> None:
    """Where a change of the rules is meant: `python -m benchmarks.attract` records them anew."""
    replay = read_replay(path)
    assert not verify(replay, levels_of(None)), "record them anew: CONTRIBUTING.md"
    assert len(replay.parts) == 1 and 30 <= replay.ticks / 60 <= 60
    assert path.stat().st_size < 4096


def test_there_are_enough() -> None:
    assert 3 <= len(SHIPPED) <= 6 and len(read_parts(FOLDER)) == len(SHIPPED)


def first_part() -> Part:
    return read_parts(FOLDER)[0]


def test_a_run_fits_its_castle_in_any_art() -> None:
    part = first_part()
    seed, stage = LevelKey.of(decode(part.code))[:2]
    demo = Demo(proven_level(seed, stage, 5), part)
    rooms = set()
    passed = 0
    while not demo.over:
        demo.tick()
        rooms.add(demo.world.hero.state.room)
        passed += demo.passing is not None
    assert not demo.differs and demo.world.tick == len(part.masks)
    assert demo.world.outcome == Outcome.PLAYING
    assert len(rooms) > 2 and passed > 60, "the view goes over from room to room"


def test_a_run_in_another_castle_ends_within_a_second_and_comes_no_more() -> None:
    attract = Attract()
    attract.wait()
    attract.poll()
    names = []
    for _ in range(len(SHIPPED)):
        assert attract.key is not None and attract.key.art > 0
        names.append(attract.key[:2])
        attract.give(built(3))
        demo = attract.demo(proven_level(3))
        while not demo.over:
            demo.tick()
        assert demo.differs and demo.world.tick == 60
        attract.next(demo)
    assert attract.key is None and len(set(names)) == len(SHIPPED)
    assert not attract.demo(proven_level(3)).over, "the bot plays"


def test_runs_follow_one_another_in_other_arts() -> None:
    attract = Attract(chance=random.Random(1))
    attract.wait()
    attract.poll()
    keys = []
    for _ in range(len(SHIPPED) + 1):
        assert attract.waits and attract.key is not None
        keys.append(attract.key)
        attract.give(built(3))
        assert not attract.waits
        attract.next(attract.demo(proven_level(3)))
    assert keys[0][:2] == keys[-1][:2] and keys[0].art != keys[-1].art
    assert len({key[:2] for key in keys}) == len(SHIPPED)


def test_files_that_do_not_fit_leave_the_bot(tmp_path: Path) -> None:
    (tmp_path / "a.replay").write_bytes(b"nothing")
    (tmp_path / "b.replay").mkdir()
    for folder in (tmp_path, tmp_path / "missing"):
        attract = Attract(folder)
        attract.wait()
        attract.poll()
        demo = attract.demo(proven_level(3))
        for _ in range(90):
            demo.tick()
        assert attract.key is None and demo.world.tick == 90
        assert demo.world.hero.state != World(proven_level(3)).hero.state
        attract.next(demo)
