"""The game's loop: what a window's events do to what is played."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pygame
import pytest

from game.app import App
from game.gallery import Favourites
from game.screen import Window
from game.session import Phase, Session
from game.sound import Sounds
from generator.motion import Button
from generator.stream import LevelKey
from tests.drawn.fingers import Fingers
from tests.drawn.sessions import FakeStream, playing


def frames(*each: list[pygame.event.Event]) -> Iterator[list[pygame.event.Event]]:
    """The events of frames; then none, until the game has had a tick, and then the window's end."""
    yield from each
    yield []
    while True:
        yield [pygame.event.Event(pygame.QUIT)]


def test_a_game_that_loses_the_focus_pauses_and_lets_go_of_keys(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    session, _ = playing()
    app = App(session, Window(1, False), Sounds(mute=True), favourites=Favourites(tmp_path))
    held = pygame.event.Event(
        pygame.KEYDOWN, key=pygame.K_RIGHT, scancode=pygame.KSCAN_RIGHT, mod=0, unicode=""
    )
    lost = pygame.event.Event(pygame.WINDOWFOCUSLOST)
    coming = frames([held], [lost])
    monkeypatch.setattr(pygame.event, "get", lambda: next(coming))
    app.run()
    assert session.phase == Phase.PAUSED
    assert not session._buttons & Button.RIGHT


@pytest.mark.parametrize(
    ("key", "ends"), [(pygame.K_g, True), (pygame.K_RETURN, True), (pygame.K_p, True), (pygame.K_F12, False)]
)
def test_any_key_ends_the_show_but_one_that_is_pressed_for_a_picture(
    tmp_path: Path, key: int, ends: bool
) -> None:
    session, hand = Session(FakeStream(), LevelKey(3)), Fingers()
    hand.app = App(
        session,
        Window(1, False),
        Sounds(mute=True),
        favourites=Favourites(tmp_path),
        screenshot_folder=tmp_path,
    )
    hand.wait(3)
    assert session.phase == Phase.SHOW
    hand.press(key)
    assert (session.phase == Phase.PLAYING) == ends
    hand.app.screenshots.wait()


def test_a_bot_goes_on_without_the_focus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    session, _ = playing()
    app = App(session, Window(1, False), Sounds(mute=True), bot=True, favourites=Favourites(tmp_path))
    coming = frames([pygame.event.Event(pygame.WINDOWFOCUSLOST)])
    monkeypatch.setattr(pygame.event, "get", lambda: next(coming))
    app.run()
    assert session.phase == Phase.PLAYING
