"""Sub-palettes of an ornament: its light and dark stay what they are, its hue may change, but not much."""

import numpy as np
import pytest

from generator.nes.palette import BLACK, SUB_PALETTES
from generator.tiles import subpalettes
from generator.tiles.colours import to_palette
from generator.tiles.subpalettes import SubPalettes

RED, ORANGE = (0x06, 0x16, 0x26), (0x07, 0x17, 0x27)
"""Three shades each, dark to light: neighbours on the palette's wheel."""
BLUE, TEAL, PURPLE = (0x02, 0x12, 0x22), (0x0C, 0x1C, 0x2C), (0x04, 0x14, 0x24)
GREY = (0x2D, 0x10, 0x20)


def full(*sets: tuple[int, ...]) -> SubPalettes:
    """Sub-palettes of which all four are taken, the last of these over and over."""
    made = SubPalettes(BLACK)
    made.sets = [*sets, *[sets[-1]] * (SUB_PALETTES - len(sets))]
    return made


def drawn_in(colours: tuple[int, ...]) -> np.ndarray:
    """float32[64]: an ornament with as many pixels of each."""
    histogram = np.zeros(64, np.float32)
    histogram[list(colours)] = 64
    return histogram


def shown(colours: tuple[int, ...], own: tuple[int, ...]) -> list[int]:
    moved: list[int] = to_palette(np.array(colours, np.uint8), np.array([BLACK, *own], np.uint8)).tolist()
    return moved


@pytest.fixture
def any_harm(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hues may change as they like: what is asked is what they change to."""
    monkeypatch.setattr(subpalettes, "MOST_HARM", 1.0)


@pytest.mark.usefixtures("any_harm")
def test_an_ornament_keeps_its_shades_rather_than_its_hue() -> None:
    middle = (0x16, 0x17, 0x15)  # one of the reds, and as light as one another
    sub_palettes, red = full(middle, GREY, ORANGE), drawn_in(RED)
    assert sub_palettes.offer(red).colours == middle, "pixel by pixel it is the nearest"
    offer = sub_palettes.ornament_offer(red)
    assert offer is not None
    assert offer.colours == sub_palettes.sets[offer.index] == ORANGE
    assert offer.cost < sub_palettes.offer(red).cost
    assert shown(RED, ORANGE) == list(ORANGE)


@pytest.mark.usefixtures("any_harm")
def test_one_flat_shade_is_worse_than_another_hue() -> None:
    flat = (0x14,) * 3
    assert shown(BLUE, flat) == list(flat), "as light in the mean, and nothing is left to be seen"
    assert shown(BLUE, TEAL) == list(TEAL)
    offer = full(flat, TEAL).ornament_offer(drawn_in(BLUE))
    assert offer is not None and offer.colours == TEAL


@pytest.mark.usefixtures("any_harm")
def test_all_shades_much_darker_are_worse_than_two_that_run_together() -> None:
    assert shown(PURPLE, ORANGE) == [BLACK, *ORANGE[:2]], "a step darker, each of them"
    assert shown(PURPLE, GREY) == [GREY[0], *GREY[:2]], "as light in the mean"
    offer = full(ORANGE, GREY).ornament_offer(drawn_in(PURPLE))
    assert offer is not None and offer.colours == GREY


def test_an_ornament_takes_its_own_colours_where_there_are_places() -> None:
    free, red = SubPalettes(BLACK), drawn_in(RED)
    offer = free.ornament_offer(red)
    assert offer is not None and offer == free.offer(red)
    assert sorted(offer.colours) == list(RED)


def test_an_ornament_that_all_harm_is_not_shown() -> None:
    made = full(TEAL, GREY)
    assert made.ornament_offer(drawn_in(RED)) is None
    near = drawn_in(TEAL)
    near[0x11] = 20  # a stray tenth of another blue
    offer = made.ornament_offer(near)
    assert offer is not None and offer.colours == TEAL
    assert made.harm(near, TEAL) <= subpalettes.MOST_HARM < made.harm(drawn_in(RED), TEAL)


def test_sub_palettes_share_and_fill_up() -> None:
    sub_palettes = SubPalettes(BLACK)

    def histogram(*colours: int) -> np.ndarray:
        out = np.zeros(64, np.float32)
        out[list(colours)] = 64
        return out

    first = sub_palettes.take(sub_palettes.offer(histogram(BLACK, 0x16, 0x20)))
    assert sub_palettes.offer(histogram(BLACK, 0x16)).index == first
    grown = sub_palettes.offer(histogram(BLACK, 0x16, 0x20, 0x1A))
    assert (grown.index, grown.cost) == (first, pytest.approx(0))
    sub_palettes.take(grown)
    for colours in ((0x01, 0x11, 0x21), (0x08, 0x18, 0x28), (0x04, 0x14, 0x24)):
        sub_palettes.take(sub_palettes.offer(histogram(*colours)))
    last = sub_palettes.offer(histogram(0x0A, 0x1B, 0x2B))
    assert last.index < 4
    assert last.cost > 0
    assert sub_palettes.array().shape == (4, 4)
    assert (sub_palettes.array()[:, 0] == BLACK).all()
