"""Pictures on disk: exact, never over another one, and a line instead of a crash."""

from pathlib import Path

import numpy as np
import pygame
import pytest
from PIL import Image

from game.app import App
from game.controls import Action, Presses
from game.gallery import Screenshots, screenshots, write_png
from game.screen import Window
from game.session import Session
from game.sound import Sounds
from generator.files import WriteError, check_folder
from generator.level.codes import CastleCode, decode
from generator.stream import LevelKey
from tests.drawn.sessions import named


def canvas() -> pygame.Surface:
    surface = pygame.Surface((256, 240), depth=32)
    surface.fill((8, 76, 196))
    surface.set_at((3, 5), (236, 238, 236))
    return surface


def test_a_picture_is_exact(tmp_path: Path) -> None:
    write_png(canvas(), tmp_path / "a.png", 2)
    pixels = np.asarray(Image.open(tmp_path / "a.png"))
    assert pixels.shape == (480, 512, 3)
    assert (pixels[10:12, 6:8] == (236, 238, 236)).all()
    assert (pixels == (236, 238, 236)).all(axis=2).sum() == 4


def about(path: Path) -> dict[str, str]:
    """A picture's metadata."""
    with Image.open(path) as picture:
        picture.load()
        return {str(key): str(value) for key, value in picture.info.items()}


def test_a_picture_knows_its_castle(tmp_path: Path) -> None:
    write_png(canvas(), tmp_path / "a.png", code="C000-0074")
    write_png(canvas(), tmp_path / "b.png")
    assert about(tmp_path / "a.png") == {"Software": "Ganvania", "ganvania-code": "C000-0074"}
    assert about(tmp_path / "b.png") == {"Software": "Ganvania"}


def test_f12_takes_a_picture_of_the_castle_that_is_played(tmp_path: Path) -> None:
    session = Session(None, named(LevelKey(7, 2, 1)))
    app = App(session, Window(1, False), Sounds(mute=True), screenshot_folder=tmp_path)
    app.tick(Presses(0, (Action.SCREENSHOT,)), 0)
    app.screenshots.wait()
    (picture,) = tmp_path.iterdir()
    assert picture.name == "ganvania-7-2.png"
    assert decode(about(picture)["ganvania-code"]) == CastleCode(7, stage=2, art=1)


def test_pictures_are_named_by_castle_and_stage_and_none_is_overwritten(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "folder"
    shots = Screenshots(folder, scale=1)
    for _ in range(3):
        shots.take(canvas(), 77, 2)
        shots.wait()
        assert "SAVED" in (shots.news() or "")
    names = sorted(path.name for path in folder.iterdir())
    assert len(names) == 3 and "ganvania-77-2.png" in names
    assert shots.news() is None


def test_a_folder_that_cannot_be_written_is_a_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    shots = Screenshots(tmp_path / "file" / "folder")
    shots.take(canvas(), 1, 1)
    shots.wait()
    assert shots.news() == "NO SCREENSHOT: CANNOT WRITE"


def test_the_default_folder_is_looked_up_late(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(screenshots, "default_folder", lambda: tmp_path / "Pictures")
    shots = Screenshots()
    assert not (tmp_path / "Pictures").exists()
    shots.take(canvas(), 1, 1)
    shots.wait()
    assert len(list((tmp_path / "Pictures").iterdir())) == 1


def test_errors_name_the_place_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(WriteError, match="file") as folder_error:
        check_folder(tmp_path / "file")
    with pytest.raises(WriteError, match=r"a\.png") as file_error:
        write_png(canvas(), tmp_path / "nowhere" / "a.png")
    assert "\n" not in str(folder_error.value) + str(file_error.value)


def test_checking_a_folder_leaves_nothing_in_it(tmp_path: Path) -> None:
    check_folder(tmp_path / "pictures")
    assert list((tmp_path / "pictures").iterdir()) == []
