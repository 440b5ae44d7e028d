"""The gallery, and the ways between it, the pause's menu and the game: keys in, what is chosen out, the look.

Where a picture is meant to change: look at the new one, which a failure saves and names, and copy it over.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import numpy as np
import pygame
import pytest
from PIL import Image

from game.app import App
from game.controls import Action, Presses
from game.controls.menu import Entry
from game.gallery import Favourites, write_png
from game.gallery.gallery import COLUMNS, PAGE, Gallery, Wish
from game.gallery.page import CODE_LETTERS, short_code
from game.screen import Window
from game.session import Phase, Session
from game.sound import Sounds
from game.texts import text
from game.world.camera import VIEW_SIZE
from generator.level.codes import CastleCode, encode
from generator.motion import Button
from generator.stream import LevelKey
from tests.drawn.fingers import Fingers
from tests.drawn.levels import built
from tests.drawn.sessions import FakeStream

PICTURES = Path(__file__).parents[2] / "pictures" / "gallery"
UP, DOWN, LEFT, RIGHT = (int(b) for b in (Button.UP, Button.DOWN, Button.LEFT, Button.RIGHT))
JUMP, WHIP = int(Button.JUMP), int(Button.WHIP)


def test_where_nothing_dreams_the_menu_offers_no_new_castle(tmp_path: Path) -> None:
    session = Session(None, built(7))
    session.skip_show()
    app = App(session, Window(1, False), Sounds(mute=True), favourites=Favourites(tmp_path))
    app.tick(Presses(0, (Action.PAUSE,)), 0)
    for mask in (0, DOWN, 0):
        app.tick(Presses(mask, ()), 0)
    assert app.pausing.menu.entries == (
        Entry.RESUME, Entry.MAP, Entry.FAVOURITES, Entry.OPTIONS, Entry.QUIT,
    )  # fmt: skip
    assert app.pausing.menu.chosen == Entry.MAP


@pytest.mark.parametrize(
    ("count", "presses", "chosen"),
    [
        (0, [RIGHT, DOWN, LEFT, UP], 0),
        (1, [RIGHT, DOWN, LEFT, UP], 0),
        (5, [RIGHT, RIGHT, RIGHT], 3),
        (5, [DOWN], 3),
        (5, [RIGHT, RIGHT, DOWN], 4),  # the last row is shorter
        (5, [DOWN, DOWN], 3),
        (5, [RIGHT, UP], 1),
        (20, [DOWN] * 4, 12),  # onto the next page
        (20, [DOWN] * 9, 18),
        (20, [DOWN] * 9 + [UP] * 9, 0),
        (20, [RIGHT] * 30, 19),
    ],
)
def test_arrows_in_the_gallery(count: int, presses: list[int], chosen: int) -> None:
    gallery = Gallery()
    for pressed in presses:
        assert gallery.tick(pressed, count) is None
    assert gallery.chosen == chosen and gallery.chosen in gallery.page


def test_the_gallery_knows_what_is_wished_and_follows_when_castles_go() -> None:
    gallery = Gallery()
    assert gallery.tick(JUMP, 0) is None and gallery.tick(WHIP, 0) == Wish.LEAVE
    for _ in range(PAGE + 1):
        gallery.tick(RIGHT, 40)
    assert gallery.page == range(PAGE, 2 * PAGE) and gallery.tick(JUMP, 40) == Wish.PLAY
    gallery.tick(0, 2)
    assert gallery.chosen == 1 and gallery.page.start == 0


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        (encode(CastleCode(7)), "C000-0074"),
        (encode(CastleCode(7, stage=3)), encode(CastleCode(7, stage=3))),
        (encode(CastleCode(7, stage=3, art=2)), encode(CastleCode(7, stage=3, art=2)).replace("-", "")),
    ],
)
def test_codes_beneath_thumbnails(code: str, shown: str) -> None:
    assert short_code(code) == shown and len(shown) <= CODE_LETTERS


def test_a_code_that_is_too_long_says_so() -> None:
    longest = short_code(encode(CastleCode(2**64 - 1, "dream", 2**16 - 1, 2**16 - 1, 2**32 - 1)))
    assert len(longest) <= CODE_LETTERS and longest.endswith("..")


class Player(Fingers):
    """An app, and fingers: keys go through the game's own input, the disk is waited for."""

    def __init__(self, folder: Path, *, gallery: bool = False, slow: bool = False) -> None:
        super().__init__()
        self.stream = FakeStream()
        self.stream.slow = slow
        self.session = Session(self.stream, LevelKey(3), ask=not gallery)
        self.favourites = Favourites(folder)
        self.app = App(self.session, Window(1, False), Sounds(mute=True), favourites=self.favourites)
        if gallery:
            self.app.pausing.open_gallery()
            self.wait(12)
        else:
            self.press(pygame.K_x)  # past the show
            self.wait(4)
            assert self.session.phase == Phase.PLAYING

    @property
    def gallery(self) -> Gallery | None:
        return self.app.pausing.gallery

    @property
    def world(self) -> Any:
        return self.session.world

    def picture(self) -> np.ndarray:
        return pygame.surfarray.array3d(self.app.window.canvas).swapaxes(0, 1)


def hang(folder: Path, count: int) -> list[str]:
    """So many kept castles, the first code the newest: bricks of some colour under a night."""
    codes = [encode(CastleCode(number, stage=1 + number % 3)) for number in range(count)]
    folder.mkdir(parents=True, exist_ok=True)
    for number, code in enumerate(codes):
        picture = pygame.Surface(VIEW_SIZE, depth=32)
        for column in range(16):
            top_px = 240 - 16 * (2 + (column * (number + 1) // 3) % 5)
            picture.fill(((53 * number) % 200, 80, 120), (16 * column, top_px, 14, 240))
        path = folder / f"{code}.png"
        write_png(picture, path, code=code)
        os.utime(path, (9000 - number, 9000 - number))
    return codes


def open_gallery(player: Player) -> None:
    player.press(pygame.K_p, pygame.K_DOWN, pygame.K_DOWN, pygame.K_DOWN, pygame.K_x)
    player.wait(12)
    assert player.gallery is not None


def test_time_stands_still_in_menu_and_gallery(tmp_path: Path) -> None:
    hang(tmp_path, 3)
    player = Player(tmp_path)
    player.press(pygame.K_p)
    assert player.session.phase == Phase.PAUSED
    tick, state = player.world.tick, player.world.hero.state
    player.press(
        pygame.K_DOWN,
        pygame.K_DOWN,
        pygame.K_DOWN,
        pygame.K_RETURN,
        pygame.K_RIGHT,
        pygame.K_LEFT,
        pygame.K_t,
    )
    player.wait(100)
    assert player.gallery is not None
    player.press(pygame.K_z)
    player.wait(100)
    assert player.gallery is None and player.session.phase == Phase.PAUSED
    assert (player.world.tick, player.world.hero.state) == (tick, state)


@pytest.mark.parametrize("key", [pygame.K_x, pygame.K_z, pygame.K_RETURN, pygame.K_ESCAPE, pygame.K_p])
def test_every_way_out_of_the_menu_and_the_hero_feels_none(tmp_path: Path, key: int) -> None:
    player = Player(tmp_path)
    player.wait(60)  # he stands
    player.press(pygame.K_p)
    before = player.world.hero.body
    player.press(key)
    assert player.session.phase == Phase.PLAYING and not player.app.done
    assert player.world.hero.body == before, "neither jumps nor whips"


def test_escape_leads_out_of_all_and_pauses_play(tmp_path: Path) -> None:
    player = Player(tmp_path)
    open_gallery(player)
    player.press(pygame.K_ESCAPE)
    assert player.gallery is None and player.session.phase == Phase.PAUSED
    player.press(pygame.K_ESCAPE)
    assert player.session.phase == Phase.PLAYING and not player.app.done
    player.press(pygame.K_ESCAPE)
    assert player.session.phase == Phase.PAUSED and not player.app.done


def test_the_inspector_opens_from_the_menu_and_not_from_the_gallery(tmp_path: Path) -> None:
    player = Player(tmp_path)
    open_gallery(player)
    player.press(pygame.K_F1)
    assert player.gallery is not None and player.session.phase == Phase.PAUSED
    player.press(pygame.K_ESCAPE, pygame.K_F1)
    assert player.session.phase == Phase.INSPECTING
    player.press(pygame.K_F1)
    assert player.session.phase == Phase.PAUSED, "back to where it was opened"
    player.press(pygame.K_F1, pygame.K_ESCAPE)
    assert player.session.phase == Phase.PAUSED and not player.app.done
    player.press(pygame.K_ESCAPE, pygame.K_F1, pygame.K_F1)
    assert player.session.phase == Phase.PLAYING


def test_the_menu_quits_and_leads_to_a_new_castle(tmp_path: Path) -> None:
    player = Player(tmp_path)
    player.press(pygame.K_p, pygame.K_DOWN, pygame.K_DOWN, pygame.K_x)
    assert player.session.playthrough.key.seed != 3 and player.session.phase == Phase.SHOW
    player.press(pygame.K_x, pygame.K_p, pygame.K_UP, pygame.K_x)
    assert not player.app.done, "it asks"
    player.press(pygame.K_x)
    assert player.app.done


def test_a_favourite_is_played_and_one_can_go_back(tmp_path: Path) -> None:
    codes = hang(tmp_path, 5)
    player = Player(tmp_path)
    player.world.hero.score = 4200
    open_gallery(player)
    player.press(pygame.K_DOWN, pygame.K_RIGHT, pygame.K_x)
    assert player.gallery is None and player.session.playthrough.code == codes[4]
    assert player.session.phase == Phase.SHOW and player.world.hero.score == 4200
    player.press(pygame.K_BACKSPACE)
    assert player.session.playthrough.key.seed == 3 and player.session.phase == Phase.PLAYING


def test_the_gallery_waits_for_a_castle_that_is_still_dreamed(tmp_path: Path) -> None:
    codes = hang(tmp_path, 2)
    player = Player(tmp_path)
    open_gallery(player)
    player.stream.slow = True
    player.press(pygame.K_x)
    player.wait(50)
    assert player.gallery is not None and player.session.message == text("doing.nothing")
    player.stream.slow = False
    player.wait(2)
    assert player.gallery is None and player.session.playthrough.code == codes[0]


def test_a_castle_that_cannot_be_built_is_told_and_the_game_goes_on(tmp_path: Path) -> None:
    hang(tmp_path, 2)
    player = Player(tmp_path)
    open_gallery(player)
    player.stream.failed[LevelKey(0)] = "made up"
    player.press(pygame.K_x)
    assert player.session.message == "THAT DREAM FAILED" and player.gallery is not None
    player.press(pygame.K_z, pygame.K_z)
    assert player.session.playthrough.key.seed == 3 and player.session.phase == Phase.PLAYING


def test_dream_rooms_that_are_others_here_say_so(tmp_path: Path) -> None:
    theirs = CastleCode(8, "dream", grid=1)
    write_png(pygame.Surface(VIEW_SIZE), tmp_path / "theirs.png", code=encode(theirs))
    player = Player(tmp_path)
    open_gallery(player)
    player.press(pygame.K_x)
    assert player.session.playthrough.key == LevelKey.of(theirs) and player.session.message == text(
        "say.other_rooms"
    )


def test_dream_rooms_of_another_network_are_refused_as_the_command_line_does(tmp_path: Path) -> None:
    theirs = encode(CastleCode(8, "dream", network=1, grid=1))
    write_png(pygame.Surface(VIEW_SIZE), tmp_path / "theirs.png", code=theirs)
    player = Player(tmp_path)
    open_gallery(player)
    player.press(pygame.K_x)
    assert player.session.playthrough.key.seed == 3 and player.gallery is not None
    assert player.session.message == text("say.other_network")


def test_choosing_the_castle_that_is_played_goes_on_with_it(tmp_path: Path) -> None:
    player = Player(tmp_path)
    player.press(pygame.K_f)
    world = player.world
    open_gallery(player)
    player.press(pygame.K_x)
    assert player.world is world and player.session.phase == Phase.PLAYING


def test_a_game_that_begins_in_the_gallery(tmp_path: Path) -> None:
    codes = hang(tmp_path, 2)
    player = Player(tmp_path, gallery=True)
    player.wait(200)
    assert player.gallery is not None and player.world is None and player.stream.wanted == ()
    player.press(pygame.K_RIGHT, pygame.K_x)
    assert player.session.playthrough.code == codes[1] == player.session.playthrough.first_code


def test_who_leaves_it_plays_the_castle_that_nobody_has_seen(tmp_path: Path) -> None:
    player = Player(tmp_path, gallery=True)
    player.press(pygame.K_ESCAPE)
    assert (
        player.gallery is None
        and player.session.playthrough.key.seed == 3
        and player.session.phase == Phase.SHOW
    )


@pytest.mark.parametrize("key", [pygame.K_f, pygame.K_DELETE])
def test_what_is_taken_out_hangs_on_in_the_dark_until_the_gallery_closes(tmp_path: Path, key: int) -> None:
    codes = hang(tmp_path, 3)
    player = Player(tmp_path, gallery=True)
    player.press(pygame.K_RIGHT, key)
    assert not player.favourites.is_kept(codes[1]) and len(player.favourites.entries) == 3
    player.press(key)
    assert player.favourites.is_kept(codes[1]), "pressed again, it is back"
    player.press(key, pygame.K_ESCAPE, pygame.K_x)
    open_gallery(player)
    assert [entry.code for entry in player.favourites.entries] == [codes[0], codes[2]]
    assert (tmp_path / "removed" / f"{codes[1]}.png").is_file()


def test_hundreds_hang_there_and_only_those_in_sight_are_looked_at(tmp_path: Path) -> None:
    hang(tmp_path, 12 * PAGE)
    player = Player(tmp_path, gallery=True)
    looked_at = [entry.thumbnail is not None for entry in player.favourites.entries]
    assert looked_at == [True] * PAGE + [False] * (11 * PAGE)
    player.press(*[pygame.K_DOWN] * (PAGE // COLUMNS))
    player.wait(12)
    assert sum(entry.thumbnail is not None for entry in player.favourites.entries) == 2 * PAGE


def hurt(folder: Path) -> None:
    """A picture without a code, and one whose pixels are cut off."""
    write_png(pygame.Surface((8, 8)), folder / "holiday.png")
    path = sorted(folder.glob("C*.png"))[2]
    path.write_bytes(path.read_bytes()[:-200])


def show_empty(player: Player) -> None:
    player.wait(4)


def show_page(player: Player) -> None:
    player.press(pygame.K_RIGHT)
    player.wait(16 - player.app.ticks % 16)


def show_out(player: Player) -> None:
    player.press(pygame.K_DOWN, pygame.K_DOWN, pygame.K_DOWN, pygame.K_f)
    player.wait(12)


def show_rooms(player: Player) -> None:
    """The code of dream rooms takes two lines, and the keys keep theirs."""
    player.wait(16 - player.app.ticks % 16)


NAMED = {"rooms": (9, show_rooms), "empty": (0, show_empty), "page": (7, show_page), "out": (11, show_out)}


def assert_as_before(picture: np.ndarray, name: str, folder: Path) -> None:
    path, fresh = PICTURES / f"{name}.png", folder / f"{name}.png"
    Image.fromarray(picture).save(fresh)
    assert path.exists(), f"no reference picture; {fresh} is what it would be"
    assert np.array_equal(picture, np.asarray(Image.open(path).convert("RGB"))), f"differs: look at {fresh}"


@pytest.mark.parametrize("name", NAMED)
def test_reference_pictures(tmp_path: Path, name: str) -> None:
    count, show = NAMED[name]
    folder = tmp_path / "kept"
    hang(folder, count)
    if name == "page":
        hurt(folder)
    if name == "rooms":
        code = encode(CastleCode(2**31 - 1, "dream", 2, 3, 1, network=2**20 - 1, grid=2**20 - 1))
        write_png(pygame.Surface(VIEW_SIZE), folder / "rooms.png", code=code)
    player = Player(folder, gallery=True)
    show(player)
    assert_as_before(player.picture(), name, tmp_path)


def test_reference_picture_of_the_menu(tmp_path: Path) -> None:
    player = Player(tmp_path / "kept")
    player.press(pygame.K_p, pygame.K_DOWN, pygame.K_DOWN)
    assert_as_before(player.picture()[32:], "menu", tmp_path)


def test_no_reference_picture_is_left_over() -> None:
    assert {path.stem for path in PICTURES.glob("*.png")} == {*NAMED, "menu"}
