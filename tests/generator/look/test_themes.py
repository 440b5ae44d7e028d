"""Centres and who takes them: every theme gets one of its own, and they differ where they can."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.look.themes import (
    CENTRES,
    GLANCES,
    THEMES,
    WALL_GUESTS,
    WALL_PROBES,
    Centre,
    assign,
    judge,
    lenders,
    promising,
    walled,
)
from generator.nes.palette import BLACK
from generator.nes.roles import BASE_ROLES, Role
from generator.tiles.measure import measure
from tests.drawn import onnx_files
from tests.drawn.effort import examples


def centre(
    quality: float = 0.5, hue_degrees: float = 0.0, colour: int = 1, saturation: float = 0.2
) -> Centre:
    colours = np.zeros(64)
    colours[colour] = 1.0
    hue = saturation * np.exp(1j * np.radians(hue_degrees))
    return Centre(quality, complex(hue), np.zeros(len(Role)), colours)


@given(
    st.lists(st.tuples(st.floats(0, 1), st.floats(0, 360), st.integers(0, 63)), min_size=6, max_size=CENTRES)
)
@settings(max_examples=examples(16))
def test_every_theme_has_a_centre_of_its_own_and_shares_no_spare(
    made: list[tuple[float, float, int]],
) -> None:
    orders = assign([centre(*one) for one in made])
    own = [order[0] for order in orders]
    assert len(set(own)) == len(THEMES)
    dealt = [centre for order in orders for centre in order]
    assert sorted(dealt) == list(range(len(made)))
    assert max(map(len, orders)) - min(map(len, orders)) <= 1


def test_themes_get_the_hues_that_they_like() -> None:
    liked = [theme.hue_degrees for theme in THEMES]
    centres = [centre(hue_degrees=hue or 330.0, colour=number) for number, hue in enumerate(liked)]
    orders = assign(list(reversed(centres)))
    assert [order[0] for order in orders] == list(range(len(THEMES)))[::-1]


def test_equal_looks_are_avoided() -> None:
    """Of twelve centres, six of one colour and better, the themes still take those that differ."""
    same = [centre(0.6, colour=1, saturation=0) for _ in range(6)]
    other = [centre(0.5, colour=10 + n, saturation=0) for n in range(6)]
    own = [order[0] for order in assign(same + other)]
    assert sum(number >= 6 for number in own) >= 5


def test_of_many_centres_those_are_dreamed_that_hold_much_and_differ() -> None:
    dice = np.random.default_rng(0)
    odds = np.zeros((GLANCES, 14, 14, BASE_ROLES), np.float32)
    odds[..., Role.SKY] = 1
    colours = np.zeros((GLANCES, 13, 3), np.uint8)  # most are black skies
    good = list(range(3, 63, 5))
    for centre in good:
        odds[centre] = np.eye(BASE_ROLES, dtype=np.float32)[dice.permutation(196).reshape(14, 14) % 7]
        colours[centre] = dice.integers(0, 256, (13, 3))
    chosen = promising(odds, colours)
    assert len(chosen) == CENTRES and chosen == sorted(set(chosen))
    assert set(good) <= set(chosen)
    assert promising(odds[:5], colours[:5]) == [0, 1, 2, 3, 4], "where there are few, all"


def test_walls_are_looked_for_where_much_is_on_them() -> None:
    odds = np.zeros((20, 14, 14, len(Role)), np.float32)
    odds[..., Role.BACKDROP] = 1
    odds[3, :, ::4, Role.ARCH] = odds[7, :, ::2, Role.COLUMN] = odds[9, :, ::3, Role.STATUE] = 2
    assert walled(odds, [])[:3] == [7, 9, 3]
    assert len(walled(odds, [])) == WALL_PROBES
    assert walled(odds, [7])[:2] == [9, 3]
    assert walled(odds[:5], [0, 3]) == [1, 2, 4], "where there are few, all the others"


def test_the_best_walls_are_lent_to_whom_they_suit_and_not_to_everybody() -> None:
    plain = [replace(centre(), wall=0.1) for _ in range(8)]
    good = replace(centre(), wall=0.5, wall_motifs=(Role.COLUMN,))
    suits = replace(centre(), wall=0.45, wall_motifs=(Role.CURTAIN,))
    lent = lenders([good, suits, *plain], own=[0, 2, 3, 4, 5, 6])
    assert all(len(set(guests)) == WALL_GUESTS for guests in lent)
    assert 0 not in lent[0], "its own screen is there already"
    hall = next(number for number, theme in enumerate(THEMES) if Role.CURTAIN in theme.walls)
    assert lent[0][0] == 1 and lent[hall][0] == 0
    assert len({guest for guests in lent for guest in guests}) > 4


def test_too_few_centres_are_refused() -> None:
    with pytest.raises(ValueError, match="as many centres"):
        assign([centre()] * 5)


def test_a_painted_centre_is_better_than_the_dark_and_than_noise() -> None:
    screens, roles = onnx_files.painted(3, 1)
    painted = judge(measure(screens, onnx_files.certain_odds(roles)))
    dark = np.full_like(screens, BLACK)
    noise = np.random.default_rng(0).integers(0, 13, screens.shape, dtype=np.uint8)
    assert painted.quality > judge(measure(dark, onnx_files.certain_odds(roles))).quality
    assert painted.quality > judge(measure(noise, onnx_files.certain_odds(roles))).quality
    assert painted.colours.sum() == pytest.approx(1)
    assert 0 <= painted.quality <= 1
