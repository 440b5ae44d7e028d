"""A replay shown in a session is that run once more; runs are kept in a folder."""

import os
from pathlib import Path

import pytest

from game.session import Command, Phase, Session
from game.session.replaying import KEPT, Replaying, keep, read_replay
from game.world.assists import Assists
from game.world.replay import Replay, ReplayError
from generator.files import WriteError
from generator.motion import Button
from generator.rng import Pcg32
from generator.stream import LevelKey
from tests.drawn.sessions import FakeStream

COMMANDS = (Command.REGENERATE, Command.BACK, Command.REDREAM, Command.PAUSE)


def played(seed: int, ticks: int = 4000) -> Replay:
    """A run of random buttons, in which castles are thrown away and gone back to, and helps are changed."""
    session, random, mask = Session(FakeStream(), LevelKey(3)), Pcg32(seed), 0
    for tick in range(ticks):
        if tick % 10 == 0:
            mask = random.below(64) | int(Button.RIGHT)
        if tick % 500 == 499 or session.phase == Phase.PAUSED:
            session.command(random.choice(COMMANDS) if session.phase != Phase.PAUSED else Command.PAUSE)
        for _ in range(2 if tick % 700 == 350 else 0):
            session.help(Assists(air_control=bool(random.below(2)), more_life=bool(random.below(2))))
        if session.phase == Phase.GAME_OVER:
            session.command(Command.CONTINUE)
        session.tick(mask)
    replay = session.playthrough.recorder.replay
    assert replay is not None
    return replay


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_shown_again_it_is_the_same_run(seed: int) -> None:
    replay = played(seed)
    assert len(replay.parts) > 3
    session, replaying = Session(FakeStream(), LevelKey(3)), Replaying(replay)
    for _ in range(12_000):
        session.tick(replaying.buttons(session))
        if replaying.done:
            break
    again = session.playthrough.recorder.replay
    assert replaying.done and again is not None
    assert [vars(part) for part in again.parts] == [vars(part) for part in replay.parts]


def test_it_ends_where_the_session_goes_another_way() -> None:
    replay = played(1, 800)
    session, replaying = Session(FakeStream(), LevelKey(99)), Replaying(replay)
    for _ in range(200):
        session.tick(replaying.buttons(session))
    assert replaying.done and session.phase == Phase.PLAYING


def test_the_folder_keeps_the_newest(tmp_path: Path) -> None:
    replay, folder = played(1, 300), tmp_path / "runs"
    for number in range(KEPT + 3):
        os.utime(keep(replay, folder, f"{number:03}"), (number, number))
    keep(replay, folder, "last")
    names = sorted(path.stem for path in folder.iterdir())
    assert len(names) == KEPT and names[-1] == "last" and "003" not in names and "004" in names
    assert read_replay(folder / "last.replay").to_bytes() == replay.to_bytes()


def test_a_folder_that_refuses_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(WriteError, match="file"):
        keep(played(1, 300), tmp_path / "file", "run")


def test_files_that_are_none_are_named(tmp_path: Path) -> None:
    missing, empty, elsewhere = (tmp_path / name for name in ("missing", "empty", "elsewhere"))
    empty.write_bytes(b"")
    replay = played(1, 300)
    replay.parts[0].code = "ZZZZ-ZZZZ"
    elsewhere.write_bytes(replay.to_bytes())
    for path in (missing, empty, elsewhere, tmp_path):
        with pytest.raises(ReplayError) as error:
            read_replay(path)
        assert str(error.value).startswith(f"{path}: ") and "\n" not in str(error.value)
