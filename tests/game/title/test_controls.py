"""The page on which keys and pads are bound, through the app: asked, answered, swapped, kept and put back."""

from __future__ import annotations

from pathlib import Path

import pygame
import pytest

from game.app import App
from game.controls import Bindings, Device, Function
from game.controls.places import with_keys
from game.gallery import Favourites
from game.home import Home
from game.screen import Window
from game.session import Session
from game.session.kept import ASIDE
from game.sound import Sounds
from game.title.controls_menu import ROWS, ControlsMenu
from generator.motion import Button
from generator.stream import LevelKey
from tests.drawn import pads
from tests.drawn.pads import PadFingers
from tests.drawn.sessions import FakeStream

KEYS, HAT, NO_HAT = Device
Q, X, Z = pygame.KSCAN_Q, pygame.KSCAN_X, pygame.KSCAN_Z


class Player(PadFingers):
    """An app over whose title the page of the controls is open."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "controls.json"
        self.app = App(
            Session(FakeStream(), LevelKey(3), ask=False), Window(1, False), Sounds(mute=True),
            favourites=Favourites(folder), home=Home(settings=folder),
        )  # fmt: skip
        self.app.front.open(LevelKey(3))
        self.app.pausing.open_options()
        self.wait(4)
        self.press(pygame.K_UP, pygame.K_RETURN)

    @property
    def page(self) -> ControlsMenu:
        menu = self.app.pausing.options_menu
        assert menu is not None and menu.controls is not None
        return menu.controls

    def choose(self, function: Function | None) -> None:
        while ROWS[self.page.chosen] != function:
            self.press(pygame.K_DOWN)

    def bound(self, function: Function, device: Device = KEYS) -> tuple[int, ...]:
        return self.app.binding.input.bindings.numbers(device, function)


@pytest.fixture
def player(tmp_path: Path) -> Player:
    return Player(tmp_path)


def test_a_key_is_asked_for_bound_named_and_kept(player: Player) -> None:
    player.choose(Function.JUMP)
    player.press(pygame.K_x)
    assert player.page.asks and player.bound(Function.JUMP)[0] == X, "the press that asked is no answer"
    player.press(pygame.K_q)
    assert not player.page.asks and player.bound(Function.JUMP)[0] == Q
    assert with_keys("{jump}") == "Q"
    player.press(pygame.K_x)
    assert not player.page.asks, "it does nothing any more"
    player.press(pygame.K_q, pygame.K_q)
    assert not player.page.asks and player.bound(Function.JUMP)[0] == Q
    player.app.binding.kept.wait()
    assert Home(settings=player.file.parent).bindings.read() == player.app.binding.input.bindings


def test_keys_of_the_menu_are_answers_too_and_are_swapped(player: Player) -> None:
    player.choose(Function.JUMP)
    player.press(pygame.K_RETURN, pygame.K_z)
    assert (player.bound(Function.JUMP)[0], player.bound(Function.WHIP)[0]) == (Z, X)
    assert player.page.chosen == ROWS.index(Function.JUMP), "the press did nothing else"
    for key, function in ((pygame.K_DOWN, Function.NEW), (pygame.K_RETURN, Function.ANEW)):
        player.choose(function)
        player.press(pygame.K_RETURN, key)
        assert not player.page.asks and player.page.chosen == ROWS.index(function)
    player.press(pygame.K_DOWN)
    assert player.page.function == Function.KEEP, "arrows lead about in menus, whatever they are bound to"


def test_escape_cancels_and_what_is_not_to_be_bound_is_refused(player: Player) -> None:
    player.press(pygame.K_RETURN, pygame.K_ESCAPE)
    assert not player.page.asks and not player.page.refused
    player.press(pygame.K_RETURN, pygame.K_F12)
    assert not player.page.asks and player.page.refused
    assert player.app.binding.input.bindings == Bindings()
    player.press(pygame.K_ESCAPE)
    menu = player.app.pausing.options_menu
    assert menu is not None and menu.controls is None and menu.rows[menu.chosen] == "controls"


def test_all_is_put_back_once_that_is_sure(player: Player) -> None:
    player.choose(Function.JUMP)
    player.press(pygame.K_f)
    assert player.bound(Function.JUMP) == (X,)
    player.press(pygame.K_RETURN, pygame.K_q)
    player.choose(None)
    player.press(pygame.K_RETURN, pygame.K_UP, pygame.K_DOWN)
    assert not player.page.sure and player.bound(Function.JUMP) == (Q,)
    player.press(pygame.K_RETURN, pygame.K_RETURN)
    assert player.app.binding.input.bindings == Bindings()


def test_a_pad_binds_its_buttons_and_leaves_keys_alone(player: Player) -> None:
    player.press(pygame.K_RIGHT)
    assert player.page.pad is None and player.page.device == HAT
    player.plug_in()
    player.choose(Function.NEW)
    player.push(pads.A)
    assert player.page.asks
    player.press(pygame.K_q)
    assert player.page.asks, "a key is no button"
    player.push(pads.X)
    assert player.bound(Function.NEW, HAT) == (pads.X,)
    assert player.bound(Function.WHIP, HAT) == (pads.B, pads.Y)
    player.push(Button.LEFT, pads.A)
    assert player.page.device == KEYS and player.page.asks
    player.push(pads.START)
    assert not player.page.asks, "a pad alone gets out of it"
    player.push(pads.B)
    menu = player.app.pausing.options_menu
    assert menu is not None and menu.controls is None


def test_a_pad_that_goes_while_it_is_asked_for_leaves_escape(player: Player) -> None:
    player.plug_in()
    player.push(Button.RIGHT, pads.A)
    player.pull_out()
    player.wait(3)
    assert player.page.asks
    player.press(pygame.K_ESCAPE)
    assert not player.page.asks


def test_a_broken_file_is_set_aside(tmp_path: Path) -> None:
    (tmp_path / "controls.json").write_bytes(b'{"format": 1, "keys": {}}')
    player = Player(tmp_path)
    assert player.app.binding.kept.set_aside and player.app.binding.input.bindings == Bindings()
    assert (tmp_path / f"controls.json{ASIDE}").exists()
