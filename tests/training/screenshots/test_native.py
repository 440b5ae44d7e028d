"""What an enlargement did is undone: the console's own pixels come back."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image

from generator.nes.palette import quantise
from tests.drawn.pictures import console_picture, covered, jpeg, resized, scale2x, through_a_mask
from training.screenshots.native import KEPT_BASES, WINDOW_PX, Filter, _basis, native_resolution
from training.screenshots.screens import Unfit, resolved, screens_of

pytestmark = pytest.mark.slow

NEAREST, BILINEAR = Image.Resampling.NEAREST, Image.Resampling.BILINEAR
BICUBIC, LANCZOS = Image.Resampling.BICUBIC, Image.Resampling.LANCZOS
SCREENS = [(3, 0), (11, 1), (25, 2)]


def same_pixels(found: np.ndarray, original: np.ndarray) -> float:
    assert found.shape == original.shape
    return float((quantise(found) == quantise(original)).mean())


@pytest.mark.parametrize(("game", "screen"), SCREENS)
@pytest.mark.parametrize(
    ("width", "height", "resampling"),
    [
        (256, 240, NEAREST),
        (512, 480, NEAREST),
        (768, 720, NEAREST),
        (1280, 1200, NEAREST),
        (320, 240, NEAREST),
        (292, 240, NEAREST),
        (640, 480, NEAREST),
        (1024, 768, NEAREST),
        (320, 240, BILINEAR),
        (512, 480, BILINEAR),
        (640, 480, BILINEAR),
        (640, 480, BICUBIC),
        (768, 720, BICUBIC),
        (1024, 960, LANCZOS),
    ],
)
def test_enlarged_or_stretched_pictures_come_back(
    game: int, screen: int, width: int, height: int, resampling: Image.Resampling
) -> None:
    picture = console_picture(game, screen)
    assert same_pixels(native_resolution(resized(picture, width, height, resampling)), picture) > 0.95


@pytest.mark.parametrize(("game", "screen"), SCREENS)
@pytest.mark.parametrize(
    ("size", "resampling", "quality"),
    [
        ((512, 480), NEAREST, 75),
        ((768, 720), NEAREST, 75),
        ((1024, 960), NEAREST, 85),
        ((640, 480), BILINEAR, 85),
    ],
)
def test_so_they_do_after_jpeg(
    game: int, screen: int, size: tuple[int, int], resampling: Image.Resampling, quality: int
) -> None:
    picture = console_picture(game, screen)
    spoilt = jpeg(resized(picture, *size, resampling), quality)
    assert same_pixels(native_resolution(spoilt), picture) > 0.85


@pytest.mark.parametrize(("game", "screen"), SCREENS)
@pytest.mark.parametrize(("width", "height"), [(320, 240), (640, 480), (1280, 1024)])
def test_nearest_pixels_of_the_other_kind(game: int, screen: int, width: int, height: int) -> None:
    picture = console_picture(game, screen)
    rows, columns = np.arange(height) * 240 // height, np.arange(width) * 256 // width
    assert same_pixels(native_resolution(picture[rows][:, columns]), picture) > 0.95


@pytest.mark.parametrize(("game", "screen"), SCREENS)
@pytest.mark.parametrize(("width", "height"), [(1550, 1274), (640, 480), (1440, 1080)])
def test_uneven_enlargements_by_area(game: int, screen: int, width: int, height: int) -> None:
    picture = console_picture(game, screen)
    assert same_pixels(native_resolution(covered(picture, width, height)), picture) > 0.98


@pytest.mark.parametrize(("game", "screen"), SCREENS)
def test_repeated_and_then_blended(game: int, screen: int) -> None:
    picture = console_picture(game, screen)
    large = resized(resized(picture, 5 * 256, 4 * 240), 1440, 1080, BILINEAR)
    assert same_pixels(native_resolution(large), picture) > 0.95


@pytest.mark.parametrize(("game", "screen"), SCREENS)
def test_rounded_corners_come_off(game: int, screen: int) -> None:
    picture = console_picture(game, screen)
    assert same_pixels(resolved(scale2x(picture)), picture) > 0.98
    assert same_pixels(resolved(scale2x(scale2x(picture))), picture) > 0.98


@pytest.mark.parametrize(("game", "screen"), SCREENS)
def test_what_cannot_be_undone_is_no_map(game: int, screen: int) -> None:
    masked = through_a_mask(console_picture(game, screen))
    for shown in (masked, resized(masked, 1117, 803, BICUBIC)):
        found = screens_of(shown)
        assert isinstance(found, Unfit) or found.native.shape == (240, 256)


def test_a_map_of_four_screens_is_one() -> None:
    rows = [np.concatenate([console_picture(n)[8:232] for n in row], 1) for row in ((3, 4), (4, 3))]
    found = screens_of(np.concatenate(rows))
    assert not isinstance(found, Unfit)
    assert found.native.shape == (448, 512) and len(found.screens) == 4


def test_what_is_kept_of_sizes_is_bounded() -> None:
    for length in (700, 1500, 3000):
        basis = _basis(256, length, Filter.BICUBIC)
        assert basis.shape[0] <= WINDOW_PX
    assert _basis.cache_info().maxsize == KEPT_BASES


def test_a_picture_that_was_cut_anywhere() -> None:
    picture = console_picture()
    cut = resized(picture, 768, 720)[5:, 7:]
    assert np.array_equal(native_resolution(cut), picture[2:, 3:])


@pytest.mark.parametrize("height", [192, 224, 240])
def test_what_was_not_enlarged_is_left_alone(height: int) -> None:
    picture = console_picture(height=height)
    assert np.array_equal(native_resolution(picture), picture)
    assert native_resolution(jpeg(picture, 75)).shape == picture.shape


def test_scanlines_are_forgotten() -> None:
    picture = console_picture()
    enlarged = picture.repeat(3, 0).repeat(3, 1)
    enlarged[2::3] //= 2
    assert np.array_equal(native_resolution(enlarged), picture)


def test_pictures_of_nothing() -> None:
    for shape in ((480, 512, 3), (1, 1, 3), (3, 700, 3), (2, 2, 3)):
        black = np.zeros(shape, np.uint8)
        assert native_resolution(black).size <= black.size
