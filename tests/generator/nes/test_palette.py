"""Quantising: what comes out, and that nothing nearer was overlooked."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from generator.nes.palette import (
    BLACK,
    CANONICAL,
    PALETTE_OKLAB,
    PALETTE_PERCEIVED,
    PALETTE_RGB,
    _bin_centres,
    oklab,
    perceived,
    quantise,
    to_rgb,
)

RGB = arrays(np.uint8, array_shapes(min_dims=1, max_dims=3, max_side=6).map(lambda shape: (*shape, 3)))
LEVEL = st.integers(0, 255)


def test_the_palette_has_54_colours() -> None:
    assert len(CANONICAL) == 54
    assert len(np.unique(PALETTE_RGB[CANONICAL], axis=0)) == 54
    assert BLACK in CANONICAL


def test_oklab_of_known_colours() -> None:
    # Björn Ottosson, "A perceptual color space for image processing": white is L 1, a 0, b 0.
    assert np.allclose(oklab(np.array([255, 255, 255], np.uint8)), [1, 0, 0], atol=1e-3)
    assert np.allclose(oklab(np.array([0, 0, 0], np.uint8)), 0)
    assert np.allclose(oklab(np.array([255, 0, 0], np.uint8)), [0.628, 0.2249, 0.1258], atol=1e-3)


@given(RGB)
def test_output_is_canonical_and_keeps_the_shape(rgb: np.ndarray) -> None:
    indices = quantise(rgb)
    assert indices.shape == rgb.shape[:-1]
    assert indices.dtype == np.uint8
    assert np.isin(indices, CANONICAL).all()


@given(RGB)
def test_quantising_again_changes_nothing(rgb: np.ndarray) -> None:
    once = quantise(rgb)
    assert np.array_equal(quantise(to_rgb(once)), once)


def test_every_palette_colour_is_its_own_nearest() -> None:
    assert np.array_equal(quantise(to_rgb(CANONICAL)), CANONICAL)


@given(RGB)
def test_a_pixel_does_not_depend_on_its_neighbours(rgb: np.ndarray) -> None:
    flat = rgb.reshape(-1, 3)
    one_by_one = [int(quantise(pixel[None])[0]) for pixel in flat]
    assert quantise(rgb).reshape(-1).tolist() == one_by_one


@given(st.tuples(*[st.integers(0, 63)] * 3))
def test_bin_centres_get_the_nearest_colour(bins: tuple[int, int, int]) -> None:
    centre = _bin_centres()[list(bins)]
    rgb = np.array(bins, np.uint8) * 4 + 2
    distances = ((PALETTE_PERCEIVED[CANONICAL] - perceived(oklab(centre))) ** 2).sum(1)
    chosen = ((PALETTE_PERCEIVED[int(quantise(rgb[None])[0])] - perceived(oklab(centre))) ** 2).sum()
    assert chosen <= distances.min() + 1e-12


@given(LEVEL, LEVEL, LEVEL)
def test_no_colour_is_much_nearer_than_the_chosen_one(red: int, green: int, blue: int) -> None:
    """A bin stands for its centre: the way there, for each of the two colours compared, is all that it may
    cost."""
    pixel = np.array([red, green, blue], np.uint8)
    seen = perceived(oklab(pixel))
    distances = np.linalg.norm(PALETTE_PERCEIVED[CANONICAL] - seen, axis=1)
    chosen = float(np.linalg.norm(PALETTE_PERCEIVED[int(quantise(pixel[None])[0])] - seen))
    centre = _bin_centres()[pixel // 4]
    moved = float(np.linalg.norm(perceived(oklab(centre)) - seen))
    assert chosen <= distances.min() + 2 * moved + 1e-9


def test_dark_greys_stay_grey() -> None:
    """What plain RGB distance gets wrong, and plain OKLab too below 48: greys turn brown, olive or teal."""
    greys = np.repeat(np.arange(256, dtype=np.uint8)[:, None], 3, axis=1)
    assert np.abs(PALETTE_OKLAB[quantise(greys)][:, 1:]).max() < 0.01


def test_what_is_nearly_black_is_black() -> None:
    """A dream's darkness trembles; its specks must not become colours."""
    trembling = np.random.default_rng(0).integers(0, 17, (1000, 3)).astype(np.uint8)
    assert (quantise(trembling) == BLACK).mean() > 0.97


@pytest.mark.parametrize(
    "wrong", [np.zeros((2, 4), np.uint8), np.zeros((2, 3), np.float32), np.zeros(3, np.int64)]
)
def test_wrong_input_is_refused(wrong: np.ndarray) -> None:
    with pytest.raises(ValueError, match="quantise needs"):
        quantise(wrong)
