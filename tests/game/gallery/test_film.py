"""Films: a picture every so many ticks, in a file that others can read."""

from pathlib import Path

import pygame
import pytest
from PIL import Image

from game.gallery.film import EVERY_TICKS, GIF, SCALE, Film
from game.world.camera import VIEW_SIZE
from generator.command_line import UsageError
from generator.files import WriteError


def test_a_film_shows_what_was_drawn(tmp_path: Path) -> None:
    path, canvas = tmp_path / "out.gif", pygame.Surface(VIEW_SIZE, depth=32)
    film = Film(path)
    for tick in range(30):
        canvas.fill((8 * tick, 0, 0))
        film.take(canvas)
    film.write()
    with Image.open(path) as shown:
        assert shown.size == (VIEW_SIZE[0] * SCALE, VIEW_SIZE[1] * SCALE)
        assert getattr(shown, "n_frames", 1) == 30 // EVERY_TICKS[GIF]
        for frame in range(10):
            shown.seek(frame)
            red = shown.convert("RGB").getpixel((9, 9))
            assert isinstance(red, tuple) and abs(red[0] - 8 * (3 * frame + 2)) <= 8


def test_other_files_and_folders_that_refuse_are_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"out\.avi"):
        Film(tmp_path / "out.avi")
    with pytest.raises(WriteError, match="none"):
        Film(tmp_path / "none" / "out.gif")


def test_nothing_played_is_no_film(tmp_path: Path) -> None:
    Film(tmp_path / "out.gif").write()
    assert not (tmp_path / "out.gif").exists()
