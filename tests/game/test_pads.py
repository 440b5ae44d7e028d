"""A pad alone: every screen is entered and left by it, and one that is pulled out leaves nobody helpless."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pygame
import pytest

from game.app import App
from game.controls import Device
from game.gallery import Favourites
from game.inspector import Overlay
from game.screen import Window
from game.session import Phase, Session
from game.session.phases import ENDING_TICKS, GAME_OVER_TICKS
from game.sound import Sounds
from game.title import Choice, Page, Title
from game.title.options_menu import SECTIONS
from generator.level.codes import CastleCode, encode
from generator.motion import Button
from generator.stream import LevelKey
from tests.drawn.pads import BACK, LB, LS, RS, START, A, B, PadFingers, X, Y
from tests.drawn.sessions import FakeStream

UP, DOWN, LEFT, RIGHT = Button.UP, Button.DOWN, Button.LEFT, Button.RIGHT


class Player(PadFingers):
    """An app with a title, and a pad that was there before."""

    def __init__(self, folder: Path) -> None:
        self.stream = FakeStream()
        self.session = Session(self.stream, LevelKey(3), ask=False)
        self.app = App(self.session, Window(1, False), Sounds(mute=True), favourites=Favourites(folder))
        self.app.front.open(LevelKey(3))
        self.plug_in()
        self.wait(4)

    @property
    def title(self) -> Title:
        assert self.app.front.title is not None and self.app.front.is_open
        return self.app.front.title

    def choose(self, choice: Choice) -> None:
        while self.title.chosen != choice:
            self.push(DOWN)
        self.push(A)

    def play(self) -> None:
        """From the title into a room that is played."""
        self.choose(Choice.START)
        self.push(A)
        assert self.session.phase == Phase.PLAYING

    def pause(self, *ups: Button) -> None:
        """Into the pause's menu, and up to an entry."""
        self.push(START, *ups)
        assert self.session.phase == Phase.PAUSED


@pytest.fixture
def player(tmp_path: Path) -> Player:
    return Player(tmp_path)


def test_the_title_and_its_pages(player: Player) -> None:
    for button in (A, B, X, Y, LB, BACK, START, UP):
        player.choose(Choice.KEYS)
        assert player.title.page == Page.KEYS
        player.push(button)
        assert player.title.page == Page.MAIN, "any is pressed"
    for button in (B, BACK):
        player.choose(Choice.CODE)
        assert player.title.page == Page.CODE
        player.push(button)
        assert player.title.page == Page.MAIN
    player.choose(Choice.QUIT)
    assert player.app.done


def test_a_code_is_written_by_a_pad_even_after_keys(player: Player) -> None:
    player.choose(Choice.CODE)
    player.press(pygame.K_c)
    player.push(RIGHT, RIGHT, UP, LB)
    assert player.title.typed == "C0"
    player.title.typed = encode(CastleCode(41))[:-1]
    player.push(RIGHT)
    while player.title.typed != encode(CastleCode(41)):
        player.push(UP)
    player.push(START)
    player.wait(3)
    assert player.session.playthrough.key == LevelKey(41)


def test_the_options_and_every_section(player: Player) -> None:
    player.choose(Choice.OPTIONS)
    for number, section in enumerate(SECTIONS):
        menu = player.app.pausing.options_menu
        assert menu is not None and menu.chosen == number
        player.push(A)
        assert menu.section == section
        player.push(DOWN, RIGHT, (B, BACK, LB)[number % 3])
        assert not menu.section
        player.push(DOWN)
    player.push(B)
    assert player.app.pausing.options_menu is None and player.title.page == Page.MAIN


def test_the_gallery(player: Player) -> None:
    player.choose(Choice.FAVOURITES)
    assert player.app.pausing.gallery is not None
    player.push(B)
    player.play()
    player.push(RS)
    assert len(player.app.favourites.entries) == 1
    player.pause(DOWN, DOWN, DOWN)
    player.push(A)
    assert player.app.pausing.gallery is not None
    player.push(RS)
    assert player.app.favourites.entries[0].out
    player.push(RS, BACK)
    assert not player.app.favourites.entries[0].out
    assert player.app.pausing.gallery is None and player.session.phase == Phase.PAUSED


def test_the_pause_and_the_way_to_the_title(player: Player) -> None:
    player.play()
    for button in (B, START, BACK, A):
        player.pause()
        player.push(button)
        assert player.session.phase == Phase.PLAYING
    player.push(BACK, UP, UP, A, A)
    assert player.title.chosen == Choice.CONTINUE
    player.push(START)
    player.wait(3)
    assert player.app.front.title is None


def test_the_inspector(player: Player) -> None:
    player.play()
    for button in (LS, B):
        player.push(LS)
        assert player.session.phase == Phase.INSPECTING
        before = player.app.inspector.overlay
        player.push(RIGHT, A)
        assert player.app.inspector.overlay == before.next()
        player.push(button)
        assert player.session.phase == Phase.PLAYING
    player.pause()
    player.push(LS, B)
    assert player.session.phase == Phase.PAUSED and player.app.inspector.overlay == Overlay.PROOF


@pytest.mark.parametrize(
    ("phase", "ticks"), [(Phase.GAME_OVER, GAME_OVER_TICKS), (Phase.ENDING, ENDING_TICKS)]
)
@pytest.mark.parametrize("on", [A, START])
def test_the_end_is_left_to_the_title_and_gone_on_from(
    player: Player, phase: Phase, ticks: int, on: int
) -> None:
    player.play()
    player.session.go(phase)
    player.push(BACK)
    assert player.title.page == Page.MAIN
    player.play()
    player.session.go(phase)
    player.wait(ticks + 2)
    player.push(on)
    player.wait(3)
    assert player.session.phase in (Phase.PLAYING, Phase.SHOW)


def test_waiting_for_a_castle_is_left_to_the_title(player: Player) -> None:
    player.stream.slow = True
    player.choose(Choice.DAILY)
    assert player.app.front.title is None and player.session.phase == Phase.LOADING
    player.push(BACK)
    assert player.title.page == Page.MAIN


def test_a_pad_that_is_pulled_out_holds_the_game_and_nothing_else(player: Player) -> None:
    player.play()
    player._feed(pygame.JOYHATMOTION, hat=0, value=(1, 0))
    player.wait(3)
    assert player.session.felt == Button.RIGHT
    player.pull_out()
    player.wait(2)
    assert player.session.phase == Phase.PAUSED and not player.session._buttons
    player.plug_in()
    player.push(B)
    assert player.session.phase == Phase.PLAYING, "it is plugged in again"
    player.press(pygame.K_q)
    player.pull_out()
    player.wait(2)
    assert player.session.phase == Phase.PLAYING, "the keys are played with"


def places(player: Player) -> Iterator[str]:
    """Every screen, one after another, with a pad in use."""
    yield "title"
    for choice, way in ((Choice.KEYS, [B]), (Choice.CODE, [B]), (Choice.FAVOURITES, [B])):
        player.choose(choice)
        yield choice.name
        player.push(*way)
    player.choose(Choice.OPTIONS)
    player.push(UP, A, A)
    yield "a button is asked for"
    player.press(pygame.K_ESCAPE)
    player.push(B, B)
    player.play()
    yield "play"
    player.pause()
    yield "pause"
    player.push(LS)
    yield "inspector"


def test_pads_come_and_go_everywhere_while_something_is_held(tmp_path: Path) -> None:
    """Two of one kind, in every screen; whatever is held then is let go of, and nothing stops."""
    player, seen = Player(tmp_path), []
    for place in places(player):
        other = PadFingers()
        other.app, other.number = player.app, 77
        other.plug_in()
        other._feed(pygame.JOYAXISMOTION, axis=1, value=0.2)
        for kind in (pygame.JOYBUTTONUP, pygame.JOYBUTTONDOWN):
            player._input.feed([pygame.event.Event(kind, instance_id=99, button=0)])
        other._feed(pygame.JOYAXISMOTION, axis=1, value=0.9)
        other.pull_out()
        player.wait(2)
        told = player._input.take()
        assert told.mask == 0 and told.by == Device.KEYS and told.pad == Device.PAD_WITH_HAT
        if player.session.phase == Phase.PAUSED and place == "play":
            player.push(B)
        seen.append(place)
    assert len(seen) == 8 and not player.app.done
