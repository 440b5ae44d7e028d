"""Replays: what was played is played again alike, and files that are none are told apart."""

import json
import zlib

import pytest

from game.session import Command, Session
from game.world.replay import CHECK_TICKS, MAGIC, Begun, Recorder, Replay, ReplayError, verify
from game.world.world import Outcome, World
from generator.level import Level
from generator.level.codes import decode
from generator.motion import Button
from generator.stream import LevelKey
from tests.drawn.levels import proven_level
from tests.drawn.sessions import FakeStream, named

RIGHT = int(Button.RIGHT)


def level_of(code: str) -> Level:
    """What `FakeStream` gives for every code."""
    return named(LevelKey.of(decode(code))).level


def played_alone(masks: bytes) -> Replay:
    world, recorder = World(proven_level(3)), Recorder()
    recorder.begin(world, "C000-0074", Begun.STAGE)
    for mask in masks:
        world.step(mask)
        recorder.tick(world, mask)
    replay = recorder.replay
    assert replay is not None
    return replay


def test_a_run_is_played_again_alike() -> None:
    replay = played_alone(proven_level(3).certificate)
    assert len(replay.parts[0].checks) >= replay.ticks // CHECK_TICKS
    assert verify(replay, level_of) == ""


def test_deaths_other_castles_and_the_way_back_are_in_it() -> None:
    session = Session(FakeStream(), LevelKey(3))
    session.tick(0)
    session.skip_show()
    for command in (None, Command.REGENERATE, Command.BACK, Command.REGENERATE):
        if command is not None:
            session.command(command)
            session.tick(0)
            session.skip_show()
        for tick in range(260):
            session.tick(RIGHT if tick % 90 < 60 else int(Button.WHIP))
    replay = session.playthrough.recorder.replay
    assert replay is not None
    assert [(part.begun, part.of) for part in replay.parts][:3] == [
        (Begun.STAGE, -1), (Begun.STAGE, -1), (Begun.BACK, 0),
    ]  # fmt: skip
    assert verify(replay, level_of) == ""


def test_what_goes_on_after_a_death_is_in_it() -> None:
    world, recorder = World(proven_level(3)), Recorder()
    recorder.begin(world, "C000-0074", Begun.STAGE)
    for life in range(3):
        for tick in range(6000):
            mask = RIGHT if tick % 40 < 36 else int(Button.JUMP)
            world.step(mask)
            recorder.tick(world, mask)
            if world.outcome != Outcome.PLAYING:
                break
        if world.outcome != Outcome.DEAD:
            break
        dead, world = world, world.again(world.hero.carry())
        recorder.begin(world, "C000-0074", Begun.AGAIN, dead)
        assert life < 3
    replay = recorder.replay
    assert replay is not None and len(replay.parts) > 1
    assert verify(Replay.from_bytes(replay.to_bytes()), level_of) == ""


def test_another_button_shows() -> None:
    replay = played_alone(proven_level(3).certificate[:900])
    replay.parts[0].masks[100:160] = bytes(60)
    assert verify(replay, level_of).startswith("part 1 of 1 differs by second")


def test_a_file_is_what_was_recorded() -> None:
    replay = played_alone(proven_level(3).certificate)
    data = replay.to_bytes()
    again = Replay.from_bytes(data)
    assert [vars(part) for part in again.parts] == [vars(part) for part in replay.parts]
    assert (again.classic, again.network) == (replay.classic, replay.network)
    assert len(data) < 3000


def packed(told: object) -> bytes:
    return MAGIC + zlib.compress(json.dumps(told).encode())


GOOD = json.loads(zlib.decompress(played_alone(bytes(200)).to_bytes()[len(MAGIC) :]))


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "no replay"),
        (b"GIF89a" + bytes(40), "no replay"),
        (MAGIC, "broken"),
        (MAGIC + bytes(90), "broken"),
        (played_alone(bytes(200)).to_bytes()[:-9], "broken"),
        (packed([]), "broken"),
        (packed({"format": 1}), "broken"),
        (packed(GOOD | {"format": 2}), "of format 2"),
        (packed(GOOD | {"level_version": 1}), "castles of version 1"),
        (packed(GOOD | {"parts": 3}), "broken"),
        (packed(GOOD | {"parts": [GOOD["parts"][0] | {"of": 4}]}), "broken"),
        (packed(GOOD | {"parts": [GOOD["parts"][0] | {"begun": "again"}]}), "broken"),
        (packed(GOOD | {"parts": [GOOD["parts"][0] | {"carry": [1]}]}), "broken"),
        (packed(GOOD | {"parts": [GOOD["parts"][0] | {"masks": "?"}]}), "broken"),
        (bytes(9 << 20), "no replay"),
    ],
)
def test_what_is_no_replay_is_named_in_one_line(data: bytes, says: str) -> None:
    with pytest.raises(ReplayError, match=says) as error:
        Replay.from_bytes(data, "some.replay")
    assert str(error.value).startswith("some.replay: ") and "\n" not in str(error.value)


def test_a_level_that_no_code_leads_to_is_not_kept() -> None:
    world, recorder = World(proven_level(3)), Recorder()
    recorder.begin(world, "", Begun.STAGE)
    world.step(0)
    recorder.tick(world, 0)
    assert recorder.replay is None
