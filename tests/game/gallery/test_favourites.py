"""Kept castles on disk: a picture is a favourite, nothing is lost, and what goes wrong is a line to show."""

from __future__ import annotations

import dataclasses
import os
from pathlib import Path

import numpy as np
import pygame
import pytest
from PIL import Image

from game.app import App
from game.controls import Action, Presses
from game.gallery import Favourites, write_png
from game.gallery.favourites import (
    THUMBNAIL_PX,
    read_code,
    read_thumbnail,
)
from game.gallery.screenshots import CODE_KEY
from game.screen import Window
from game.screen.hud import HUD_PX
from game.session import Session
from game.sound import Sounds
from game.texts import text
from game.world.camera import VIEW_SIZE
from generator.layout.handmade import judge_kept
from generator.level.codes import STAGES, CastleCode, encode
from generator.stream import Built, LevelKey
from tests.drawn.levels import built
from tests.drawn.sessions import named

pytestmark = pytest.mark.slow

SEVEN, EIGHT = encode(CastleCode(7)), encode(CastleCode(8, "endless", 2, 3, 1))
F = Presses(0, (Action.FAVOURITE,))


@pytest.fixture(autouse=True)
def display() -> None:
    pygame.display.init()
    pygame.display.set_mode(VIEW_SIZE)


def view(colour: tuple[int, int, int] = (80, 40, 20)) -> pygame.Surface:
    surface = pygame.Surface(VIEW_SIZE, depth=32)
    surface.fill(colour)
    surface.fill((255, 255, 255), (0, 0, VIEW_SIZE[0], HUD_PX))
    return surface


def settled(favourites: Favourites) -> list[str]:
    """All that it has to say, once nothing is under way."""
    lines = []
    for _ in range(20):
        favourites.wait()
        lines += [line for line in [favourites.poll()] if line]
    return lines


def read(folder: Path) -> Favourites:
    """The favourites of a folder, read."""
    favourites = Favourites(folder)
    favourites.scan()
    settled(favourites)
    assert favourites.known
    return favourites


def codes(favourites: Favourites) -> list[str]:
    return [entry.code for entry in favourites.entries]


def files(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def test_a_castle_is_kept_as_a_picture_that_names_it(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "folder"
    favourites = Favourites(folder)
    favourites.keep(SEVEN, view())
    assert favourites.is_kept(SEVEN), "at once"
    assert settled(favourites) == []
    assert files(folder) == [f"{SEVEN}.png"]
    with Image.open(folder / f"{SEVEN}.png") as picture:
        assert picture.size == VIEW_SIZE and picture.info[CODE_KEY] == SEVEN
    assert codes(read(folder)) == [SEVEN]


def test_what_is_taken_out_is_moved_and_can_be_put_back(tmp_path: Path) -> None:
    favourites = Favourites(tmp_path)
    favourites.keep(SEVEN, view())
    (entry,) = favourites.entries
    favourites.take_out(entry)
    assert not favourites.is_kept(SEVEN) and settled(favourites) == []
    assert files(tmp_path) == [f"removed/{SEVEN}.png"]
    favourites.put_back(entry)
    assert favourites.is_kept(SEVEN) and settled(favourites) == []
    assert files(tmp_path) == [f"{SEVEN}.png"]


def test_no_picture_is_ever_overwritten(tmp_path: Path) -> None:
    for _ in range(3):
        favourites = Favourites(tmp_path)
        favourites.keep(SEVEN, view())
        favourites.take_out_castle(SEVEN)
        favourites.wait()
    assert len(files(tmp_path)) == 3
    (tmp_path / f"{SEVEN}.png").write_bytes(b"put here by hand")
    favourites.keep(SEVEN, view())
    favourites.wait()
    assert (tmp_path / f"{SEVEN}.png").read_bytes() == b"put here by hand"
    assert len(files(tmp_path)) == 5


def test_one_odd_picture_does_not_end_the_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_png(view(), tmp_path / "a.png", code=EIGHT)
    favourites = read(tmp_path)

    def run_into_something(*_: object) -> None:
        raise IndexError("index out of range")

    monkeypatch.setattr("game.gallery.favourites.read_thumbnail", run_into_something)
    favourites.ask(favourites.entries[0])
    favourites.keep(SEVEN, view())
    assert settled(favourites) == []
    assert files(tmp_path) == [f"{SEVEN}.png", "a.png"], "what was kept later is kept"
    assert favourites.entries[1].thumbnail is None


def test_a_picture_that_cannot_be_packed_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def run_into_something(*_: object, **__: object) -> None:
        raise TypeError("what nobody foresaw")

    monkeypatch.setattr("game.gallery.favourites.save_png", run_into_something)
    favourites = Favourites(tmp_path)
    favourites.keep(SEVEN, view())
    assert settled(favourites) == [text("gallery.not_kept")] and not favourites.is_kept(SEVEN)
    monkeypatch.undo()
    favourites.keep(SEVEN, view())
    assert settled(favourites) == [] and files(tmp_path) == [f"{SEVEN}.png"]


def test_the_newest_comes_first_and_a_castle_may_hang_twice(tmp_path: Path) -> None:
    for age, (name, code) in enumerate([("b", SEVEN), ("a", EIGHT), ("from a friend", SEVEN)]):
        write_png(view(), tmp_path / f"{name}.png", scale=1 + age, code=code.lower())
        os.utime(tmp_path / f"{name}.png", (1000 - age, 1000 - age))
    favourites = read(tmp_path)
    assert codes(favourites) == [SEVEN, EIGHT, SEVEN]
    favourites.take_out_castle(SEVEN)
    favourites.scan()
    settled(favourites)
    assert codes(favourites) == [EIGHT]


def test_broken_and_foreign_pictures_are_skipped_and_counted(tmp_path: Path) -> None:
    write_png(view(), tmp_path / "good.png", code=SEVEN)
    whole = (tmp_path / "good.png").read_bytes()
    write_png(view(), tmp_path / "no code.png")
    write_png(view(), tmp_path / "mistyped.png", code="C000-0084")
    write_png(view(), tmp_path / "of an older version.png", code="4000-0075")
    (tmp_path / "empty.png").write_bytes(b"")
    (tmp_path / "text.png").write_text("no picture")
    (tmp_path / "cut off.png").write_bytes(whole[:30])
    (tmp_path / "folder.png").mkdir()
    (tmp_path / "notes.txt").write_text("not looked at")
    favourites = read(tmp_path)
    assert codes(favourites) == [SEVEN] and favourites.skipped == 7


def test_whatever_bytes_are_wrong_nothing_is_raised(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    write_png(view(), path, code=SEVEN)
    whole = path.read_bytes()
    for at in range(0, len(whole), 3):
        for broken in (whole[:at], whole[:at] + bytes([whole[at] ^ 0xFF]) + whole[at + 1 :]):
            path.write_bytes(broken)
            assert read_code(path) in (None, SEVEN)
            assert len(read_thumbnail(path) or b"") in (0, 3 * THUMBNAIL_PX[0] * THUMBNAIL_PX[1])


def test_thumbnails_come_when_they_are_asked_for_one_a_tick(tmp_path: Path) -> None:
    for number in range(4):
        write_png(view((9 * number, 50, 60)), tmp_path / f"{number}.png", 3, encode(CastleCode(number)))
        os.utime(tmp_path / f"{number}.png", (number, number))
    broken = tmp_path / "9.png"
    broken.write_bytes((tmp_path / "3.png").read_bytes()[:-300])
    favourites = read(tmp_path)
    assert not any(entry.thumbnail for entry in favourites.entries)
    for entry in favourites.entries[:3]:
        favourites.ask(entry)
        favourites.ask(entry)
    favourites.wait()
    shown = []
    for _ in range(4):
        favourites.poll()
        shown.append(sum(entry.thumbnail is not None for entry in favourites.entries))
    assert shown == [1, 2, 2, 2], "the broken one has none"
    thumbnail = favourites.entries[1].thumbnail
    assert thumbnail is not None and thumbnail.get_size() == THUMBNAIL_PX
    assert thumbnail.get_at((0, 0))[:3] == (27, 50, 60), "without the status bar"


def test_a_folder_that_cannot_be_written_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    favourites = Favourites(tmp_path / "file" / "folder")
    favourites.keep(SEVEN, view())
    favourites.take_out_castle(SEVEN)
    favourites.keep(EIGHT, view())
    assert settled(favourites) == [text("gallery.not_kept"), text("gallery.not_kept")]
    assert favourites.entries == []


def test_a_full_disk_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    favourites = Favourites(tmp_path)
    favourites.keep(SEVEN, view())
    assert settled(favourites) == [text("gallery.not_kept")] and files(tmp_path) == []


def test_a_picture_that_cannot_be_moved_stays_where_it_is(tmp_path: Path) -> None:
    (tmp_path / "removed").write_text("in the way")
    favourites = Favourites(tmp_path)
    favourites.keep(SEVEN, view())
    (entry,) = favourites.entries
    favourites.take_out(entry)
    assert settled(favourites) == [text("gallery.not_taken_out")] and favourites.is_kept(SEVEN)
    (tmp_path / "removed").unlink()
    favourites.take_out(entry)
    favourites.wait()
    (tmp_path / "removed" / f"{SEVEN}.png").unlink()
    favourites.put_back(entry)
    assert settled(favourites) == [text("gallery.not_put_back")] and not favourites.is_kept(SEVEN)


def test_a_folder_that_is_not_there_is_empty_and_is_not_made(tmp_path: Path) -> None:
    favourites = read(tmp_path / "nowhere")
    assert favourites.entries == [] and not (tmp_path / "nowhere").exists()


def test_what_changes_while_the_folder_is_read_is_not_forgotten(tmp_path: Path) -> None:
    favourites = Favourites(tmp_path)
    favourites.scan()
    favourites.keep(SEVEN, view())
    settled(favourites)
    assert codes(favourites) == [SEVEN] and favourites.known


def test_a_picture_of_a_stage_that_no_castle_has_is_none(tmp_path: Path) -> None:
    for castle in (CastleCode(7, stage=STAGES + 1), CastleCode(7, "endless", stage=STAGES + 1)):
        write_png(view(), tmp_path / f"{castle.mode}.png", code=encode(castle))
    favourites = Favourites(tmp_path)
    favourites.scan()
    settled(favourites)
    assert codes(favourites) == [encode(CastleCode(7, "endless", stage=STAGES + 1))]
    assert favourites.skipped == 1


def playing(folder: Path, given: Built) -> App:
    session = Session(None, given)
    session.skip_show()
    return App(session, Window(1, False), Sounds(mute=True), favourites=Favourites(folder))


def test_f_keeps_the_castle_that_is_played_and_takes_it_out_again(tmp_path: Path) -> None:
    app = playing(tmp_path, named(LevelKey(7, 2, 1)))
    app.tick(F, 0)
    assert "KEPT" in app.session.message and app.favourites.is_kept(app.session.playthrough.code)
    app.tick(F, 0)
    assert "NO FAVOURITE" in app.session.message and not app.favourites.is_kept(app.session.playthrough.code)
    app.favourites.wait()
    assert files(tmp_path) == [f"removed/{encode(CastleCode(7, stage=2, art=1))}.png"]


def test_a_heart_shows_that_a_castle_is_kept(tmp_path: Path) -> None:
    app = playing(tmp_path, built(7))
    app.tick(Presses(0, ()), 0)
    bar = app.window.canvas.subsurface((0, 0, VIEW_SIZE[0], HUD_PX))
    before = pygame.image.tobytes(bar, "RGB")
    app.tick(F, 0)
    assert pygame.image.tobytes(bar, "RGB") != before
    app.favourites.wait()


def test_the_picture_is_of_the_castle_even_from_a_pause(tmp_path: Path) -> None:
    pictures = []
    for number, before in enumerate([(), (Action.PAUSE,)]):
        app = playing(tmp_path / str(number), built(7))
        for presses in (Presses(0, before), F):  # a press counts before the tick's step
            app.tick(presses, 0)
        app.favourites.wait()
        (path,) = (tmp_path / str(number)).iterdir()
        pixels = read_thumbnail(path)
        assert pixels is not None
        pictures.append(np.frombuffer(pixels, np.uint8))
    one, other = pictures
    assert (one != other).mean() < 0.05, "neither the box of the pause nor the stage's card is on it"


def test_what_no_code_can_say_is_not_kept(tmp_path: Path) -> None:
    given = built(7)
    drawn = dataclasses.replace(given.level, spawns=())
    session = Session(None, Built(drawn, given.dreams), judgement=judge_kept(drawn))
    session.skip_show()
    app = App(session, Window(1, False), Sounds(mute=True), favourites=Favourites(tmp_path))
    app.tick(F, 0)
    assert "NO CODE" in app.session.message and app.favourites.entries == []
    app.favourites.wait()
    assert files(tmp_path) == []
