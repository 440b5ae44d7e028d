"""The ghost of the best run: what is kept, who runs along, and that the game never feels it."""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Sequence
from pathlib import Path

import pytest

from game.session import Command, Phase, Session
from game.session.ghosts import KEPT, Ghosts, read_ghost
from game.session.phases import DYING_TICKS
from game.world.assists import NO_ASSISTS, Assists
from game.world.hero import Carry
from game.world.replay import MAGIC, Begun, Part, Replay
from generator.motion import Button
from generator.rng import Pcg32
from generator.stream import Built, LevelKey
from tests.drawn.sessions import FakeStream

KEY = LevelKey(3)
WAIT = 90


class QuietStream(FakeStream):
    """Has castles in which nobody lives: a certificate leads through them."""

    def take(self, key: LevelKey) -> Built | None:
        given = super().take(key)
        return given and dataclasses.replace(given, level=dataclasses.replace(given.level, spawns=()))


class Player:
    """A session in a stage, and a ghost beside it."""

    def __init__(self, folder: Path | None, stream: FakeStream | None = None) -> None:
        self.session = Session(stream or QuietStream(), KEY)
        self.ghosts = Ghosts(folder)
        self.shown: list[tuple[int, int]] = []
        """Ticks of the hero's world, and of the ghost's, where it was seen."""
        while self.session.phase != Phase.PLAYING:
            self.tick(0)
            self.session.skip_show()
        self.ghosts.wait()
        self.shown.clear()

    def tick(self, mask: int) -> None:
        self.session.tick(mask)
        self.ghosts.tick(self.session)
        if self.ghosts.shown is not None and self.session.world is not None:
            self.shown.append((self.session.world.tick, self.ghosts.shown.tick))

    def play(self, masks: Sequence[int]) -> None:
        for mask in masks:
            while self.session.phase == Phase.PASSING:
                self.tick(0)
            self.tick(mask)
        self.ghosts.wait()

    def clear(self, waiting: int) -> None:
        """Waits, and then goes straight to the door."""
        assert self.session.world is not None
        self.play([0] * waiting + list(self.session.world.level.certificate))
        assert self.session.phase == Phase.TALLY

    @property
    def code(self) -> str:
        return self.session.playthrough.played_code


def kept_ticks(folder: Path, code: str) -> int:
    part = read_ghost(folder, code)
    return 0 if part is None else len(part.masks)


def test_the_faster_run_is_kept_and_runs_along_in_step(tmp_path: Path) -> None:
    folder = tmp_path / "ghosts"
    first = Player(folder)
    first.clear(WAIT)
    assert not first.shown and not first.session.message, "there was nobody to be faster than"
    ticks = kept_ticks(folder, first.code)
    assert ticks > WAIT
    second = Player(folder)
    second.clear(WAIT // 3)
    assert kept_ticks(folder, first.code) == ticks - WAIT * 2 // 3
    assert second.session.message == "1.0 S FASTER THAN THE GHOST"
    assert len(second.shown) > 600 and all(one == other for one, other in second.shown)
    third = Player(folder)
    third.clear(WAIT)
    assert kept_ticks(folder, first.code) == ticks - WAIT * 2 // 3, "it was slower"
    assert third.shown[-1][0] == ticks - WAIT * 2 // 3 - 1, "the ghost went out before him"
    assert not third.session.message


@pytest.mark.parametrize("how", ["helped", "dead", "thrown away"])
def test_a_run_with_help_or_in_parts_is_not_kept(tmp_path: Path, how: str) -> None:
    player = Player(tmp_path)
    if how == "helped":
        player.session.help(Assists(steady=True))
        player.tick(0)
        player.session.help(NO_ASSISTS)
    elif how == "dead":
        assert player.session.world is not None
        player.session.world.hero.kill()
        player.play([0] * (DYING_TICKS + 60))
        assert player.session.playthrough.deaths == 1
    else:
        leave_and_come_back(player)
    player.clear(0)
    assert not list(tmp_path.iterdir())


def leave_and_come_back(player: Player) -> None:
    player.play([0] * 4)
    player.session.command(Command.REGENERATE)
    player.play([0] * 4)
    player.session.command(Command.BACK)
    player.play([0] * 2)
    assert player.session.playthrough.key == KEY


def test_the_ghost_is_gone_after_a_death_and_there_after_a_castle_was_gone_back_to(tmp_path: Path) -> None:
    Player(tmp_path).clear(WAIT)
    player = Player(tmp_path)
    leave_and_come_back(player)
    player.shown.clear()
    player.play([int(Button.RIGHT)] * 20)
    assert len(player.shown) == 20 and player.shown[-1][0] == player.shown[-1][1]
    assert player.session.world is not None
    player.session.world.hero.kill()
    player.shown.clear()
    player.play([0] * (DYING_TICKS + 60))
    assert player.session.phase == Phase.PLAYING and not player.shown
    player.session.playthrough.restart()  # as after a game over
    player.tick(0)
    player.ghosts.wait()
    player.shown.clear()
    player.play([0] * 10)
    assert len(player.shown) >= 8, "it comes to the stage's beginning again"


def test_the_game_is_the_same_with_a_ghost_and_without(tmp_path: Path) -> None:
    stream = FakeStream()
    part = Part(CODE, Begun.STAGE, -1, Carry(), masks=bytearray(b"\x01" * 400))
    ran, parts = [], []
    for folder in (None, tmp_path):
        (tmp_path / f"{part.code}.replay").write_bytes(Replay((part,)).to_bytes())
        player, random = Player(folder, stream), Pcg32(5)
        player.play([random.below(64) for _ in range(500)])
        ran.append(bool(player.shown))
        parts.append([vars(one) for one in player.session.playthrough.recorder.parts])
    assert ran == [False, True] and parts[0] == parts[1]


def test_a_ghost_of_other_rules_goes_and_makes_room(tmp_path: Path) -> None:
    player = Player(tmp_path)
    player.clear(WAIT)
    path = tmp_path / f"{player.code}.replay"
    (part,) = Replay.from_bytes(path.read_bytes()).parts
    part.checks[1] += 1
    path.write_bytes(Replay((part,)).to_bytes())
    player = Player(tmp_path)
    player.clear(2 * WAIT)
    assert max(tick for tick, _ in player.shown) < 120, "it was believed up to the second sum"
    assert kept_ticks(tmp_path, player.code) == len(part.masks) + WAIT


CODE = Player(None).code


def told(**changes: object) -> bytes:
    part = Part(CODE, Begun.STAGE, -1, Carry(), masks=bytearray(b"\x01" * 90), checks=[1])
    for name, value in changes.items():
        setattr(part, name, value)
    return Replay((part,)).to_bytes()


@pytest.mark.parametrize(
    "data",
    [
        b"", b"nothing", MAGIC + b"x", b"x" * 70_000, told()[:-9], Replay(()).to_bytes(),
        told(code="C000-0074"), told(carry=Carry(weapon="axes")), told(carry=Carry(whip_level=9)),
        told(masks=bytearray(90_000)), told(masks=bytearray()), told(begun=Begun.BACK),
        told(checks=[]), told(checks=["x"]), told(assists=Assists(steady=True)),
    ],
)  # fmt: skip
def test_files_of_anybodys_do_no_harm(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / f"{CODE}.replay"
    path.write_bytes(data)
    player = Player(tmp_path)
    player.play([0] * 130)
    assert all(tick < 60 for tick, _ in player.shown)
    player.clear(0)
    assert kept_ticks(tmp_path, CODE) > 500, "a run of this game's takes its place"


def test_a_folder_that_cannot_be_used_does_no_harm(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    (tmp_path / f"{CODE}.replay").mkdir()
    for folder in (tmp_path / "file", tmp_path):
        Player(folder).clear(0)
    assert (tmp_path / f"{CODE}.replay").is_dir()


def test_the_folder_keeps_the_newest(tmp_path: Path) -> None:
    for number in range(KEPT + 5):
        (tmp_path / f"{number}.replay").write_bytes(b"")
        os.utime(tmp_path / f"{number}.replay", (number, number))
    Player(tmp_path).clear(0)
    names = {path.stem for path in tmp_path.iterdir()}
    assert len(names) == KEPT and CODE in names and "5" not in names and "6" in names
