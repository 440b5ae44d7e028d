"""The window: whole-number scaling, and what is said where there is nowhere to open one."""

import os
import subprocess
import sys
from pathlib import Path

import pygame
import pytest

from game.screen import Window
from game.screen.window import DisplayError, _move_to
from game.world.camera import VIEW_SIZE
from tests.drawn.waiting import HANGS_S

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(autouse=True)
def _closed_afterwards() -> object:
    yield
    pygame.display.quit()


def test_a_headless_window_is_its_own_canvas() -> None:
    window = Window()
    assert window.canvas.get_size() == VIEW_SIZE
    window.canvas.fill((1, 2, 3))
    window.present()
    screen = pygame.display.get_surface()
    assert screen is not None and screen.get_at((0, 0))[:3] == (1, 2, 3)


def test_scale_makes_every_pixel_a_square() -> None:
    window = Window(scale=3)
    window.canvas.fill((0, 0, 0))
    window.canvas.set_at((1, 1), (255, 255, 255))
    window.present()
    screen = pygame.display.get_surface()
    assert screen is not None and screen.get_size() == (768, 720)
    lit = {(x, y) for x in range(12) for y in range(12) if screen.get_at((x, y))[0]}
    assert lit == {(x, y) for x in range(3, 6) for y in range(3, 6)}


@pytest.mark.skipif(
    not getattr(pygame, "IS_CE", False), reason="SDL 2.28's dummy driver keeps the size of the full screen"
)
def test_full_screen_and_back() -> None:
    window = Window(scale=2)
    window.toggle_fullscreen()
    window.present()
    window.toggle_fullscreen()
    screen = pygame.display.get_surface()
    assert not window.fullscreen and screen is not None and screen.get_size() == (512, 480)


def test_a_driver_that_shows_nothing_must_be_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    pygame.display.init()  # the dummy driver, as the tests ask for
    monkeypatch.delenv("SDL_VIDEODRIVER")
    with pytest.raises(DisplayError, match="--headless"):
        Window()


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other systems always have a display")
def test_no_display_is_one_line_and_exit_code_2() -> None:
    hidden = {"SDL_VIDEODRIVER", "DISPLAY", "WAYLAND_DISPLAY"}
    environment = {name: value for name, value in os.environ.items() if name not in hidden}
    command = [sys.executable, "-m", "game", "--seed", "7", "--mute"]
    done = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=HANGS_S, check=False
    )
    errors = [line for line in done.stderr.splitlines() if "XDG_RUNTIME_DIR" not in line]
    assert done.returncode == 2
    assert len(errors) == 1 and errors[0].startswith("error: no display") and "--headless" in errors[0]


def test_without_vsync_it_opens_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """As on a desktop whose driver does not wait for the beam."""
    plain = pygame.display.set_mode
    asked: list[int] = []

    def no_vsync(size: tuple[int, int], _flags: int = 0, vsync: int = 0) -> pygame.Surface:
        asked.append(vsync)
        if vsync:
            raise pygame.error("vsync is not supported")
        return plain(size, depth=32)

    pygame.display.init()
    monkeypatch.setattr(pygame.display, "get_driver", lambda: "x11")
    monkeypatch.setattr(pygame.display, "set_mode", no_vsync)
    assert Window().canvas.get_size() == VIEW_SIZE
    assert asked == [1, 0]


def test_the_screen_is_filled_from_its_corner_on(monkeypatch: pytest.MonkeyPatch) -> None:
    """Under X11 without a window manager the window once stayed where it was, as large as the screen."""
    window = Window(scale=1)
    moved: list[tuple[int, int]] = []

    def move_to(corner: tuple[int, int]) -> tuple[int, int]:
        moved.append(corner)
        return (128, 32)

    monkeypatch.setattr("game.screen.window._move_to", move_to)
    window.toggle_fullscreen()
    assert moved == [(0, 0)], "before it grows"
    window.toggle_fullscreen()
    assert moved == [(0, 0), (128, 32)], "and back to where it was"


@pytest.mark.parametrize(("driver", "screens"), [("x11", 2), ("wayland", 1), ("windows", 1)])
def test_elsewhere_no_window_is_moved(driver: str, screens: int, monkeypatch: pytest.MonkeyPatch) -> None:
    Window(scale=1)
    monkeypatch.setattr(pygame.display, "get_driver", lambda: driver)
    monkeypatch.setattr(pygame.display, "get_desktop_sizes", lambda: [(1280, 1024)] * screens)
    assert _move_to((0, 0)) is None


def test_a_window_is_moved_and_says_where_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    Window(scale=1)
    monkeypatch.setattr(pygame.display, "get_driver", lambda: "x11")
    monkeypatch.setattr(pygame.display, "get_desktop_sizes", lambda: [(1280, 1024)])
    assert _move_to((7, 9)) is not None
    assert _move_to((0, 0)) == (7, 9)
