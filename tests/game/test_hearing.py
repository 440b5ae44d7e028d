"""Which tune belongs to what goes on, and that every press of a menu is answered, by keys through the app."""

from __future__ import annotations

from pathlib import Path

import pygame
import pytest

from game.app import App
from game.controls.menu import Entry
from game.gallery import Favourites
from game.hearing import LOW_BARS, OF_KEYS
from game.screen import Window
from game.session import Phase, Session
from game.sound import Sounds
from game.sound.effects import EFFECTS
from game.title import Choice
from game.world.enemies import enemy_of
from generator.stream import LevelKey
from tests.drawn.fingers import Fingers
from tests.drawn.sessions import FakeStream


class Ears(Sounds):
    """Writes down what is asked for."""

    def __init__(self) -> None:
        super().__init__(mute=True)
        self.heard: list[str] = []
        self.tunes: list[tuple[str | None, bool]] = []

    def play(self, name: str) -> None:
        super().play(name)
        self.heard.append(name)

    def music(self, name: str | None, *, anew: bool = False) -> None:
        super().music(name, anew=anew)
        self.tunes.append((name, anew))


class Listener(Fingers):
    """An app at its title, or in its first level."""

    def __init__(self, folder: Path, *, titled: bool = False, mode: str = "castle") -> None:
        super().__init__()
        self.ears, key = Ears(), LevelKey(3, mode=mode)
        self.session = Session(FakeStream(), key, ask=not titled)
        self.app = App(self.session, Window(1, False), self.ears, favourites=Favourites(folder))
        if titled:
            self.app.front.open(key)
        self.wait(4)

    def play(self) -> None:
        self.session.skip_show()
        self.wait(1)
        assert self.session.phase == Phase.PLAYING and self.session.world is not None
        self.session.world.enemies.clear()
        self.session.world.asleep.clear()

    def answers(self, key: int) -> list[str]:
        """What is heard of a press."""
        self.ears.heard.clear()
        self.press(key)
        return list(self.ears.heard)


@pytest.fixture
def titled(tmp_path: Path) -> Listener:
    return Listener(tmp_path, titled=True)


@pytest.fixture
def played(tmp_path: Path) -> Listener:
    player = Listener(tmp_path)
    player.play()
    return player


def test_all_that_may_be_asked_for_is_there() -> None:
    assert set(OF_KEYS.values()) <= set(EFFECTS)


def test_the_title_has_its_tune_and_every_entry_answers(titled: Listener) -> None:
    title = titled.app.front.title
    assert title is not None and titled.ears.tunes == [("title", True)]
    assert titled.answers(pygame.K_DOWN) == ["choose"]
    for choice, key in ((Choice.CODE, pygame.K_ESCAPE), (Choice.KEYS, pygame.K_ESCAPE),
                        (Choice.OPTIONS, pygame.K_ESCAPE), (Choice.SCORES, pygame.K_ESCAPE)):  # fmt: skip
        title.chosen = choice
        assert titled.answers(pygame.K_x) == ["enter"], choice
        assert titled.answers(key) == ["leave"], choice
    title.chosen = Choice.DIFFICULTY
    assert titled.answers(pygame.K_RIGHT) == ["choose"]
    title.chosen = Choice.CODE
    titled.press(pygame.K_x)
    assert titled.answers(pygame.K_q) == ["letter"]
    assert titled.answers(pygame.K_RETURN) == ["locked"]


def test_return_turns_the_difficulty_as_audibly_as_the_jump_does(titled: Listener) -> None:
    title = titled.app.front.title
    assert title is not None
    for key in (pygame.K_x, pygame.K_RETURN):
        title.chosen = Choice.DIFFICULTY
        assert titled.answers(key) == ["choose"]


@pytest.mark.parametrize("key", [pygame.K_x, pygame.K_RETURN])
@pytest.mark.parametrize("entry", [Entry.TITLE, Entry.QUIT])
def test_what_wants_a_second_press_asks_for_it(tmp_path: Path, key: int, entry: Entry) -> None:
    player = Listener(tmp_path)
    player.play()
    player.press(pygame.K_p)
    player.app.pausing.menu.chosen = entry
    assert player.answers(key) == ["ask"]
    assert player.answers(pygame.K_UP) == ["choose"], "nothing is asked any more"


def test_the_gallery_has_its_tune_and_the_titles_goes_on_after_it(titled: Listener) -> None:
    title = titled.app.front.title
    assert title is not None
    title.chosen = Choice.FAVOURITES
    assert titled.answers(pygame.K_x) == ["enter"]
    assert titled.answers(pygame.K_ESCAPE) == ["leave"]
    assert titled.ears.tunes == [("title", True), ("gallery", True), ("title", False)]


def test_a_game_begins_with_the_shows_figure_then_the_stages_tune_begins(titled: Listener) -> None:
    assert "begin" in titled.answers(pygame.K_x)
    assert ("show", True) in titled.ears.tunes
    titled.play()
    assert titled.ears.tunes[-1] == ("stage_1", True)
    assert "dream" not in titled.ears.heard


def test_music_is_only_quieter_in_the_pause_and_in_the_inspector(played: Listener) -> None:
    before = len(played.ears.tunes)
    assert played.answers(pygame.K_p) == ["pause"] and played.ears.ducked
    assert played.answers(pygame.K_DOWN) == ["choose"]
    assert played.answers(pygame.K_p) == ["pause"] and not played.ears.ducked
    assert played.answers(pygame.K_F1)[0] == "look" and played.ears.ducked
    assert "look" in played.answers(pygame.K_F1) and not played.ears.ducked
    assert len(played.ears.tunes) == before


def test_after_a_death_and_after_the_show_the_stages_tune_goes_on(played: Listener) -> None:
    world = played.session.world
    assert world is not None
    world.hero.kill()
    while played.session.phase != Phase.PLAYING or played.session.world is world:
        played.wait(1)
    assert played.ears.tunes[-2:] == [(None, True), ("stage_1", False)]
    assert "ask" in played.answers(pygame.K_r)
    played.play()
    assert played.ears.tunes[-2:] == [("show", True), ("stage_1", False)]


def test_a_boss_has_its_tune_as_long_as_it_lives(played: Listener) -> None:
    world = played.session.world
    assert world is not None
    x_px = world.hero.body.x_sub // 256
    world.enemies.append(enemy_of("great_bat", x_px + 200, 60, -1))
    played.wait(1)
    assert played.ears.tunes[-1] == ("boss", True)
    world.enemies.clear()
    played.wait(1)
    assert played.ears.tunes[-1] == ("stage_1", False)


def test_after_the_last_life_another_tune_and_then_the_stages_begins_anew(played: Listener) -> None:
    world = played.session.world
    assert world is not None
    world.hero.lives = 0
    world.hero.kill()
    while played.session.phase != Phase.GAME_OVER:
        played.wait(1)
    played.wait(1)
    assert played.ears.tunes[-1] == ("game_over", True)
    played.wait(120)
    played.press(pygame.K_RETURN)
    played.wait(4)
    assert played.ears.tunes[-1] == ("stage_1", True)


def test_dream_rooms_have_their_tune(tmp_path: Path) -> None:
    player = Listener(tmp_path, mode="dream")
    player.play()
    assert player.ears.tunes[-1] == ("dream", True)


def test_little_life_and_little_time_are_heard_once(played: Listener) -> None:
    world = played.session.world
    assert world is not None
    played.ears.heard.clear()
    world.hero.health = LOW_BARS
    played.wait(30)
    assert played.ears.heard.count("low_life") == 1
    world.tick = 100_000
    played.wait(1)
    assert "hurry" in played.ears.heard or played.session.phase == Phase.DYING
