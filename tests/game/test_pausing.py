"""The map, out of the pause's menu and back, by keys."""

from pathlib import Path

import pygame
import pytest

from game.app import App
from game.controls.menu import Entry
from game.gallery import Favourites
from game.screen import Window
from game.session import Phase, Session
from game.sound import Sounds
from generator.stream import Built, LevelKey
from tests.drawn.fingers import Fingers
from tests.drawn.levels import built, strip_level
from tests.drawn.sessions import FakeStream


class Player(Fingers):
    """An app in its first level, paused."""

    def __init__(self, folder: Path, level: Built | None = None) -> None:
        super().__init__()
        self.session = Session(FakeStream(), level or LevelKey(3))
        self.app = App(self.session, Window(1, False), Sounds(mute=True), favourites=Favourites(folder))
        self.wait(4)
        self.session.skip_show()
        self.press(pygame.K_p)
        assert self.session.phase == Phase.PAUSED

    def open_map(self) -> None:
        self.press(pygame.K_DOWN, pygame.K_x)
        assert self.app.pausing.map_open


@pytest.mark.parametrize(
    "key", [pygame.K_x, pygame.K_z, pygame.K_ESCAPE, pygame.K_RETURN, pygame.K_p, pygame.K_BACKSPACE]
)
def test_any_of_these_leads_back_to_the_menu(tmp_path: Path, key: int) -> None:
    player = Player(tmp_path)
    shown = pygame.surfarray.array3d(player.app.window.canvas)
    player.open_map()
    assert (pygame.surfarray.array3d(player.app.window.canvas) != shown).any()
    player.press(pygame.K_r, pygame.K_f, pygame.K_F1, pygame.K_DOWN)
    assert player.app.pausing.map_open, "nothing else means anything here"
    player.press(key)
    assert not player.app.pausing.map_open and player.session.phase == Phase.PAUSED
    assert player.app.pausing.menu.chosen == Entry.MAP
    player.press(pygame.K_z)
    assert player.session.phase == Phase.PLAYING


def test_return_opens_it_as_well(tmp_path: Path) -> None:
    player = Player(tmp_path)
    player.press(pygame.K_DOWN, pygame.K_RETURN)
    assert player.app.pausing.map_open


def test_a_level_that_comes_meanwhile_closes_it(tmp_path: Path) -> None:
    player = Player(tmp_path)
    stream = player.session.stream
    assert isinstance(stream, FakeStream)
    stream.slow = True
    player.press(pygame.K_r)
    player.open_map()
    stream.slow = False
    player.wait(3)
    assert player.session.phase == Phase.SHOW and not player.app.pausing.map_open


def test_a_level_of_one_room_has_none(tmp_path: Path) -> None:
    player = Player(tmp_path, Built(strip_level(1), built(3).dreams))
    assert Entry.MAP not in player.app.pausing.menu.entries
    player.press(pygame.K_DOWN)
    assert player.app.pausing.menu.chosen == Entry.NEW_CASTLE
