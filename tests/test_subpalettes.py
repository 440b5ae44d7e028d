"""Sub-palettes of an ornament: its light and dark stay what they are, its hue may change."""

import numpy as np

from generator.palette import BLACK
from generator.subpalettes import SUB_PALETTES, SubPalettes
from generator.tiles import DISTANCE, LIGHTNESS

RED, ORANGE = (0x06, 0x16, 0x26), (0x07, 0x17, 0x27)
"""Three shades each, dark to light: neighbours on the palette's wheel."""
MIDDLE = (0x16, 0x17, 0x15)
"""As light as one another, one of the reds among them."""


def spoken_for() -> SubPalettes:
    """Four sub-palettes without a free place; of reds there is only the middle one."""
    full = SubPalettes(BLACK)
    full.sets = [MIDDLE, (0x00, 0x0C, 0x10), ORANGE, (0x01, 0x11, 0x21)]
    assert len(full.sets) == SUB_PALETTES
    return full


def red() -> np.ndarray:
    """float32[64]: an ornament in as many pixels of each of three reds."""
    histogram = np.zeros(64, np.float32)
    histogram[list(RED)] = 64
    return histogram


def test_an_ornament_keeps_its_shades_rather_than_its_hue() -> None:
    full = spoken_for()
    assert full.sets[full.offer(red()).index] == MIDDLE, "nearest pixel by pixel, and all of one shade"
    offer = full.ornament_offer(red())
    assert full.sets[offer.index] == ORANGE
    assert offer.colours == ORANGE, "nothing is added"
    assert offer.cost < full.offer(red()).cost


def test_the_shades_that_an_ornament_keeps_are_those_that_it_had() -> None:
    own = np.array([BLACK, *ORANGE])
    shown = own[DISTANCE[list(RED)][:, own].argmin(1)]
    assert shown.tolist() == list(ORANGE)
    assert np.abs(LIGHTNESS[shown] - LIGHTNESS[list(RED)]).max() < 0.05


def test_an_ornament_takes_its_own_colours_where_there_are_places() -> None:
    free = SubPalettes(BLACK)
    assert free.ornament_offer(red()) == free.offer(red())
    assert sorted(free.ornament_offer(red()).colours) == list(RED)


def test_one_dull_shade_is_worse_than_another_hue() -> None:
    """A set that makes light pixels dark is no way to show an ornament, whatever its hue."""
    dull = SubPalettes(BLACK)
    dull.sets = [(0x06, 0x07, 0x08)] * SUB_PALETTES
    dull.sets[3] = ORANGE
    assert dull.ornament_offer(red()).index == 3
