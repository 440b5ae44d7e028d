"""One picture becomes screens: what lies around it goes, it is cut where tiles begin, or it is unfit."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image

from generator.nes.cells import colour_counts, cut
from generator.nes.palette import PALETTE_RGB, quantise
from tests.drawn.pictures import console_picture, jpeg, resized
from training.screenshots.borders import without_borders
from training.screenshots.phase import tile_phase
from training.screenshots.screens import Unfit, crops, resolved, screens_of

pytestmark = pytest.mark.slow


def test_the_crop_begins_on_a_tile_wherever_the_picture_was_cut() -> None:
    picture = console_picture()
    screens = screens_of(picture[3:, 5:])
    assert not isinstance(screens, Unfit)
    (screen,) = screens.screens
    wanted = quantise(picture)
    # 8 + 16 k from the top, 16 k from the left.
    assert any(
        np.array_equal(screen, wanted[top : top + 224, left : left + 224])
        for top in (8,)
        for left in (16, 32)
    )


def test_a_map_gives_many_screens_none_over_another() -> None:
    whole = np.concatenate([console_picture(n)[8:232] for n in (3, 3, 4)], axis=1)
    screens = screens_of(whole)
    assert not isinstance(screens, Unfit)
    assert len(screens.screens) == 3


@pytest.mark.parametrize(("width", "height"), [(160, 144), (240, 136), (240, 160), (224, 144)])
@pytest.mark.parametrize("scale", [1, 3])
def test_screens_of_small_consoles(width: int, height: int, scale: int) -> None:
    picture = console_picture(5)[-height - 8 : -8, 16:][:, :width]
    found = screens_of(picture.repeat(scale, 0).repeat(scale, 1))
    assert not isinstance(found, Unfit)
    (screen,) = found.screens
    assert found.native.shape == (height, width) and screen.shape == (224, 224)
    assert (screen[0] == 0x0F).all(), "black above"
    if width < 224:
        assert np.array_equal(screen[:, : 224 - width], screen[:, width:]), "it goes on as it began"


def test_a_lower_screen_gets_black_to_the_full_height() -> None:
    native = quantise(console_picture(height=192))
    (screen,) = crops(native, tile_phase(native))
    assert screen.shape == (224, 224)
    assert (screen[0] == 0x0F).all()


@pytest.mark.parametrize("resampling", [Image.Resampling.NEAREST, Image.Resampling.BILINEAR])
def test_black_margins_of_a_stretched_screen_are_its_own(resampling: Image.Resampling) -> None:
    picture = console_picture().copy()
    picture[:16] = picture[-16:] = 0
    wanted = quantise(picture)[8:232, 16:240]
    screens = screens_of(resized(picture, 640, 480, resampling))
    assert not isinstance(screens, Unfit)
    assert (screens.screens[0] == wanted).mean() > 0.95


def test_bars_of_a_video_are_cut_off() -> None:
    picture = console_picture()
    framed = np.zeros((300, 256, 3), np.uint8)
    framed[30:270] = np.maximum(picture, 1)
    assert np.array_equal(without_borders(framed), np.maximum(picture, 1))
    assert np.array_equal(without_borders(picture), picture)


@pytest.mark.parametrize("shape", [(240, 256), (400, 400), (300, 1)])
def test_halves_of_two_colours_are_no_borders(shape: tuple[int, int]) -> None:
    picture = np.zeros((*shape, 3), np.uint8)
    picture[shape[0] // 2 :] = 200
    for turned in (picture, picture.swapaxes(0, 1)):
        assert isinstance(screens_of(turned), Unfit)


@pytest.mark.parametrize("shown", [(8, 232), (8, 230), (4, 236), (12, 235)])
def test_tiles_are_kept_whole_where_the_picture_has_none_to_spare(shown: tuple[int, int]) -> None:
    picture = console_picture(5)  # its tiles begin at 8 px
    native = quantise(picture)[shown[0] : shown[1]]
    (screen,) = crops(native, tile_phase(native))
    assert screen.shape == (224, 224)
    assert (colour_counts(cut(screen)[2:12].reshape(-1, 16, 16)) <= 4).all()


def test_a_window_on_a_desk_is_cut_out() -> None:
    picture = np.maximum(console_picture(), 1)
    desk = np.full((600, 800, 3), 240, np.uint8)
    desk[60:540, 20:532] = picture.repeat(2, 0).repeat(2, 1)
    assert np.array_equal(resolved(desk), picture)


@pytest.mark.parametrize("scale", [1, 2])
def test_a_windows_menu_goes(scale: int) -> None:
    picture = np.maximum(console_picture(), 1)
    window = np.full((240 * scale + 26 + 18, 256 * scale + 8, 3), 0, np.uint8)
    window[:26], window[-18:] = 236, 210  # a menu, and a line of messages, with letters on them
    window[8:18, 6:120:4] = window[-12:-5, 9:90:3] = 30
    window[26:-18, 4:-4] = picture.repeat(scale, 0).repeat(scale, 1)
    assert np.array_equal(resolved(window), picture)


def test_shades_are_no_pixel_art_and_dithering_is() -> None:
    y, x = np.mgrid[:480, :640]
    dice = np.random.default_rng(3)
    shades = np.stack([x / 3, y / 2, 128 + 60 * np.sin(x / 70)], axis=2) + dice.normal(0, 4, (480, 640, 1))
    photograph = shades.clip(0, 255).astype(np.uint8)
    for picture in (photograph, jpeg(photograph, 90), resized(photograph, 320, 240)):
        assert screens_of(picture) == Unfit("no pixel art: too many shades")
    dithered = PALETTE_RGB[dice.choice([0x01, 0x11], (240, 256))]
    assert not isinstance(screens_of(dithered), Unfit)
