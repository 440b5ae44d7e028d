"""What colours look like: the nearest of some, and tiles in sub-palettes of their own."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from generator.nes.palette import BLACK, CANONICAL
from generator.tiles.colours import DISTANCE, histograms, shared_backdrop, to_palette, to_palettes


@given(st.lists(st.sampled_from(CANONICAL.tolist()), min_size=4, max_size=4))
def test_to_palette_takes_the_nearest(colours: list[int]) -> None:
    own = np.array(colours, np.uint8)
    mapped = to_palette(CANONICAL, own)
    assert np.isin(mapped, own).all()
    assert np.allclose(DISTANCE[CANONICAL, mapped], DISTANCE[CANONICAL][:, own].min(1))
    assert np.array_equal(to_palette(own, own), own)


def test_every_tile_goes_into_its_own_sub_palette() -> None:
    pixels = np.random.default_rng(0).choice(CANONICAL, (5, 16, 16)).astype(np.uint8)
    palettes = CANONICAL[:16].reshape(4, 4)
    palette = np.array([3, 0, 1, 3, 2], np.uint8)
    shown = to_palettes(pixels, palettes, palette)
    for tile, own, number in zip(shown, pixels, palette, strict=True):
        assert np.array_equal(tile, to_palette(own, palettes[number]))


def test_histograms_count_pixels_and_black_is_the_backdrop_in_a_tie() -> None:
    cells = np.full((2, 16, 16), BLACK, np.uint8)
    cells[1] = CANONICAL[5]
    counted = histograms(cells)
    assert counted.shape == (2, 64) and counted.dtype == np.float32
    assert counted[0, BLACK] == counted[1, CANONICAL[5]] == 256 and counted.sum() == 512
    assert shared_backdrop(counted) == BLACK
