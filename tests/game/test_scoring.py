"""Runs that end: who is asked for initials, what is kept, and what a day's castle gives to share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pygame
import pytest

from game.app import App
from game.gallery import Favourites
from game.home import Home
from game.scoring import Scoring
from game.screen import Window
from game.session import Phase, Session
from game.session.daily import Square
from game.session.ended import ENDS
from game.session.initials import WAIT_TICKS
from game.session.options import Options
from game.session.phases import ENDING_TICKS, GAME_OVER_TICKS
from game.session.records import records_in
from game.session.scores import Scores, scores_in
from game.sound import Sounds
from game.texts import text
from game.title import Choice, Page
from game.world.world import Outcome
from generator.level.codes import CastleCode, encode
from generator.stream import LevelKey
from tests.drawn.fingers import Fingers
from tests.drawn.pads import FakePad
from tests.drawn.sessions import FakeStream

FIRST = LevelKey(3)


class Player(Fingers):
    """An app that begins with the title, and fingers."""

    def __init__(self, folder: Path, *, bot: bool = False) -> None:
        super().__init__()
        self.session = Session(FakeStream(), FIRST, ask=False)
        home = Home(folder)
        self.runs = home.runs
        self.app = App(
            self.session, Window(1, False), Sounds(mute=True), favourites=Favourites(folder / "kept"),
            home=home, bot=bot,
        )  # fmt: skip
        self.app.front.open(FIRST, self.runs.read())
        self.wait(4)

    @property
    def scoring(self) -> Scoring:
        return self.app.scoring

    def choose(self, choice: Choice) -> None:
        title = self.app.front.title
        assert title is not None
        while title.chosen != choice:
            self.press(pygame.K_DOWN)
        self.press(pygame.K_x)
        self.wait(3)

    def begin(self, choice: Choice = Choice.START) -> None:
        self.choose(choice)
        self.session.skip_show()
        self.wait(3)
        assert self.session.phase == Phase.PLAYING

    def until(self, *phases: Phase) -> None:
        for _ in range(3000):
            if self.session.phase in phases:
                return
            self.session.skip_show()
            self.wait(1)
        raise AssertionError(f"no {phases}, but {self.session.phase}")

    def die(self, lives: int = 0) -> None:
        assert self.session.world is not None
        self.session.world.hero.lives = lives
        self.session.world.hero.kill()
        self.until(*((Phase.GAME_OVER,) if lives == 0 else (Phase.DYING,)))
        self.until(Phase.PLAYING, Phase.GAME_OVER)

    def clear(self) -> None:
        """Goes out by the door, up to the next stage or the castle's end."""
        assert self.session.world is not None
        self.session.world.outcome = Outcome.CLEARED
        self.until(Phase.TALLY)
        self.until(Phase.PLAYING, Phase.ENDING)

    def clear_all(self) -> None:
        while self.session.phase != Phase.ENDING:
            self.clear()

    def win(self, points: int) -> None:
        assert self.session.world is not None
        self.session.world.hero.win(points)

    def picture(self) -> np.ndarray:
        pixels: np.ndarray = pygame.surfarray.array3d(self.app.window.canvas)
        return pixels

    def kept(self) -> Scores:
        self.scoring.wait()
        return self.scoring.scores


def game_over(folder: Path, points: int = 700) -> Player:
    """A run that ended, where initials are asked for and felt."""
    player = Player(folder)
    player.begin()
    player.win(points)
    player.die()
    player.wait(WAIT_TICKS + 2)
    assert player.scoring.is_open
    return player


def test_a_run_gets_its_row_and_is_read_again(tmp_path: Path) -> None:
    player = game_over(tmp_path)
    player.press(pygame.K_DOWN, pygame.K_RETURN)
    assert not player.scoring.is_open and player.session.phase == Phase.GAME_OVER
    (row,) = player.kept().rows("castle")
    assert (row.initials, row.score, row.stage, row.code) == ("BAA", 700, 1, encode(CastleCode(3)))
    assert not row.helped and 0 < row.ticks < 100
    assert scores_in(tmp_path / "scores.json").read() == player.scoring.scores
    again = Player(tmp_path)
    again.begin()
    again.win(900)
    again.die()
    assert again.scoring.initials is not None and again.scoring.initials.letters == "BAA"


def test_typed_letters_and_return(tmp_path: Path) -> None:
    player = game_over(tmp_path)
    player.press(pygame.K_DOWN, *map(ord, "rzz"), pygame.K_BACKSPACE, ord("x"))  # keys that do something else
    assert player.scoring.initials is not None and player.scoring.initials.letters == "RZX"
    player.press(pygame.K_RETURN)
    assert player.kept().rows("castle")[0].initials == "RZX" and player.session.phase == Phase.GAME_OVER


def test_escape_leaves_without_a_row_and_only_the_next_one_leads_to_the_title(tmp_path: Path) -> None:
    player = game_over(tmp_path)
    player.press(pygame.K_ESCAPE)
    assert not player.scoring.is_open and player.session.phase == Phase.GAME_OVER
    assert player.kept().rows("castle") == () and player.app.front.title is None
    player.press(pygame.K_ESCAPE)
    assert player.app.front.title is not None


def test_a_jump_that_is_held_skips_nothing(tmp_path: Path) -> None:
    player = Player(tmp_path)
    player.begin()
    player.win(700)
    player._input.feed([pygame.event.Event(pygame.KEYDOWN, key=pygame.K_x, mod=0, unicode="x")])
    player.die()
    player.wait(400)
    assert player.scoring.initials is not None and player.scoring.initials.letters == "AAA"
    player.press(pygame.K_RETURN)
    player.wait(GAME_OVER_TICKS + 10)
    assert not player.scoring.is_open and player.session.phase == Phase.GAME_OVER
    player._input.feed([pygame.event.Event(pygame.KEYUP, key=pygame.K_x, mod=0)])
    player.wait(2)
    player.press(pygame.K_x)
    assert player.session.phase == Phase.PLAYING, "a press of its own continues"


def test_the_jump_that_confirms_does_not_continue(tmp_path: Path) -> None:
    player = game_over(tmp_path)
    player._input._open_pad = lambda index: FakePad(5)
    player._input.feed([pygame.event.Event(pygame.JOYDEVICEADDED, device_index=0)])
    player.press(pygame.K_RIGHT, pygame.K_RIGHT, pygame.K_RIGHT)
    player._input.feed([pygame.event.Event(pygame.JOYBUTTONDOWN, instance_id=5, button=0)])
    player.wait(GAME_OVER_TICKS + 100)
    assert not player.scoring.is_open and player.session.phase == Phase.GAME_OVER


def test_a_pad_enters_and_leaves(tmp_path: Path) -> None:
    def pushed(player: Player, button: int) -> None:
        for kind in (pygame.JOYBUTTONDOWN, pygame.JOYBUTTONUP):
            player._input.feed([pygame.event.Event(kind, instance_id=5, button=button)])
            player.wait(2)

    for buttons, rows in (((0, 0, 0), 1), ((7,), 1), ((6,), 0)):
        player = game_over(tmp_path / str(buttons))
        player._input._open_pad = lambda index: FakePad(5)
        player._input.feed([pygame.event.Event(pygame.JOYDEVICEADDED, device_index=0)])
        for button in buttons:
            pushed(player, button)
        assert not player.scoring.is_open and len(player.kept().rows("castle")) == rows
        assert player.session.phase == Phase.GAME_OVER


def test_who_continues_begins_another_run(tmp_path: Path) -> None:
    player = game_over(tmp_path)
    player.press(pygame.K_RETURN)
    player.wait(GAME_OVER_TICKS)
    player.press(pygame.K_x)
    assert player.session.phase == Phase.PLAYING
    assert player.session.playthrough.journey.ticks < 10
    player.die()
    player.wait(WAIT_TICKS + 2)
    assert not player.scoring.is_open, "no points, no row"
    assert player.scoring.ended is not None and player.scoring.ended.row.score == 0


def test_helps_and_slowness_are_marked_for_the_run_that_had_them(tmp_path: Path) -> None:
    for number, options in enumerate((Options(speed=90), Options(coyote=True))):
        player = Player(tmp_path / str(number))
        player.begin()
        player.app.apply(options)
        player.wait(1)
        player.app.apply(Options())
        player.win(700)
        player.die()
        player.wait(WAIT_TICKS + 2)
        player.press(pygame.K_RETURN)
        assert player.kept().rows("castle")[0].helped
        assert not player.session.playthrough.past.record.cleared


def test_what_a_bot_plays_does_not_count(tmp_path: Path) -> None:
    player = Player(tmp_path, bot=True)
    player.session.begin(FIRST)
    player.app.front._close()
    player.until(Phase.PLAYING)
    player.win(700)
    assert player.session.world is not None
    player.session.world.hero.lives = 0
    player.session.world.hero.kill()
    for _ in range(400):
        player.wait(1)
        assert player.scoring.ended is None and not player.scoring.is_open
    assert player.session.playthrough.deaths > 0


def test_a_level_alone_does_not_count(tmp_path: Path) -> None:
    player = Player(tmp_path)
    player.begin()
    player.session.stream = None
    player.win(700)
    player.die()
    assert player.scoring.ended is None


def test_a_castle_from_its_first_stage_to_its_end_sets_a_record(tmp_path: Path) -> None:
    player = Player(tmp_path)
    player.begin()
    player.die(lives=2)
    assert player.session.world is not None
    assert player.session.world.hero.harm(2, 1)
    player.session.playthrough.spend(1)
    player.clear_all()
    end = player.scoring.ended
    assert end is not None and end.is_first and end.row.stage == 6
    best = player.scoring.records.castles[encode(CastleCode(3))]
    assert (best.deaths, best.hits) == (1, 1) and best.ticks == player.session.playthrough.record.ticks
    player.app.home.records.wait()
    assert records_in(tmp_path / "records.json").read() == player.scoring.records
    assert player.scoring.is_open
    player.wait(WAIT_TICKS)
    player.press(pygame.K_RETURN)
    player.wait(ENDING_TICKS)
    player.press(pygame.K_x)
    player.until(Phase.PLAYING)
    score = player.session.world.hero.score
    player.win(100)
    player.die()
    player.wait(WAIT_TICKS + 2)
    player.press(pygame.K_RETURN)
    (row,) = player.kept().rows("castle")
    assert row.score > score, "it is the same run: it has one row"


def test_a_castle_that_was_come_into_later_sets_none(tmp_path: Path) -> None:
    player = Player(tmp_path)
    player.begin()
    player.session.play(LevelKey(3, 4))
    player.wait(3)
    player.session.skip_show()
    player.clear_all()
    assert player.scoring.ended is not None and not player.scoring.ended.better
    assert player.scoring.records.castles == {}


@pytest.fixture
def copied(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    lines: list[str] = []
    monkeypatch.setattr(pygame.scrap, "put_text", lines.append, raising=False)
    return lines


def test_a_days_castle_is_shared_and_remembered(tmp_path: Path, copied: list[str]) -> None:
    player = Player(tmp_path)
    player.begin(Choice.DAILY)
    player.clear()
    player.die(lives=2)
    player.die()
    end = player.scoring.ended
    assert end is not None and end.daily is not None and end.mode == "daily"
    assert end.daily.squares == (Square.CLEAN, Square.ENDED, *[Square.AHEAD] * 4)
    player.press(pygame.K_ESCAPE)
    assert not player.scoring.is_open and not copied
    asked = player.picture()
    player.press(pygame.K_f)
    assert copied == [end.daily.line] and player.session.message == text("today.copied")
    assert (asked != player.picture()).any() and not player.app.favourites.entries
    player.press(pygame.K_ESCAPE)
    title = player.app.front.title
    assert title is not None and title.text_of(Choice.DAILY) == "DAILY CASTLE - BEST STAGE 2"
    player.app.home.scores.wait()
    again = Player(tmp_path).app.front.title
    assert again is not None and again.text_of(Choice.DAILY) == "DAILY CASTLE - BEST STAGE 2"


def test_a_days_castle_to_its_end(tmp_path: Path, copied: list[str]) -> None:
    player = Player(tmp_path)
    player.begin(Choice.DAILY)
    day = player.session.playthrough.daily
    assert day is not None
    player.clear_all()
    end = player.scoring.ended
    assert end is not None and end.daily is not None and end.daily.squares == (Square.CLEAN,) * 6
    player.wait(WAIT_TICKS)
    player.press(pygame.K_RETURN)
    player.press(pygame.K_f)
    assert copied and copied[0].startswith(f"GANVANIA {day.isoformat()} ")
    player.wait(ENDING_TICKS)
    player.press(pygame.K_x)
    player.until(Phase.PLAYING)
    assert player.session.playthrough.daily is None, "the next castle is not the day's"
    assert player.kept().today is not None and player.kept().rows("daily")


def test_where_there_is_no_clipboard_the_line_is_printed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(*_: object) -> None:
        raise pygame.error("no clipboard")

    monkeypatch.setattr(pygame.scrap, "put_text", refuse, raising=False)
    player = Player(tmp_path)
    player.begin(Choice.DAILY)
    player.die()
    player.press(pygame.K_f)
    assert player.scoring.ended is not None and player.scoring.ended.daily is not None
    assert player.scoring.ended.daily.line in capsys.readouterr().out
    assert player.session.message == text("today.printed")


def test_the_older_pygame_has_another_way_to_the_clipboard(monkeypatch: pytest.MonkeyPatch) -> None:
    from game.controls import clipboard

    put: dict[str, bytes] = {}
    monkeypatch.delattr(pygame.scrap, "put_text", raising=False)
    monkeypatch.setattr(pygame.scrap, "init", lambda: None)
    monkeypatch.setattr(pygame.scrap, "put", put.__setitem__)
    assert clipboard.copy("🟩") and put == {"text/plain;charset=utf-8": "🟩".encode()}


def test_another_castle_and_another_run_are_not_the_days(tmp_path: Path) -> None:
    leave: list[Callable[[Player], None]] = [
        lambda player: player.press(pygame.K_r),
        lambda player: player.die(),
    ]
    for number, act in enumerate(leave):
        player = Player(tmp_path / str(number))
        player.begin(Choice.DAILY)
        assert player.session.playthrough.mode == "daily"
        act(player)
        if player.session.phase in ENDS:
            player.wait(GAME_OVER_TICKS)
            player.press(pygame.K_x)
        player.until(Phase.PLAYING)
        assert player.session.playthrough.daily is None and player.session.playthrough.mode == "castle"


def test_a_days_run_that_was_left_goes_on_as_one(tmp_path: Path) -> None:
    player = Player(tmp_path)
    player.begin(Choice.DAILY)
    player.clear()
    player.wait(5)
    before = player.session.playthrough
    ticks = before.journey.ticks
    player.press(pygame.K_ESCAPE, pygame.K_UP, pygame.K_UP, pygame.K_x, pygame.K_x)
    player.runs.wait()
    again = Player(tmp_path)
    again.begin(Choice.CONTINUE)
    play = again.session.playthrough
    assert play is not before and play.daily == before.daily and play.journey.ticks >= ticks - 5
    again.die()
    end = again.scoring.ended
    assert end is not None and end.daily is not None
    assert end.daily.squares[:3] == (Square.CLEAN, Square.ENDED, Square.AHEAD)


def test_the_page_of_scores(tmp_path: Path) -> None:
    player = game_over(tmp_path)
    player.press(pygame.K_RETURN, pygame.K_ESCAPE)
    title = player.app.front.title
    assert title is not None
    for leave in (pygame.K_z, pygame.K_ESCAPE, pygame.K_RETURN):
        player.choose(Choice.SCORES)
        assert title.page is Page.SCORES and title.mode == "castle" and title.scores.rows("castle")
        seen = {player.picture().tobytes()}
        for _ in range(3):
            player.press(pygame.K_RIGHT)
            seen.add(player.picture().tobytes())
        assert title.mode == "daily" and len(seen) == 4
        player.press(pygame.K_RIGHT, leave)
        assert title.page is Page.MAIN and player.app.front.title is title
