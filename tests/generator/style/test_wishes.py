"""Wishes: dreams are chosen by hue, darkness and roles; what no dream meets is an error that names it."""

from __future__ import annotations

import math
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from generator.dream.network import Networks
from generator.dream.z import SPREAD, VARIES, latents, varied, z_of, z_seeds
from generator.look.themes import Centre
from generator.look.wish import Wish, WishError
from generator.nes.palette import COLOURS, PALETTE_OKLAB
from generator.nes.roles import ONE_WAY, SOLID, Role
from generator.stream import build_level
from generator.style import Style
from generator.tiles.legibility import LEAST_L
from tests.drawn.coloured import coloured_level

LEVEL = coloured_level()
RED = 29.0


def painted(contrast_l: float = 30.0) -> Any:
    return SimpleNamespace(bank=LEVEL.bank, layers=LEVEL.layers, contrast_l=contrast_l)


def unmet(**wish: Any) -> list[str]:
    return Wish(**wish).unmet(LEVEL.roles, painted())


def centre(hue_degrees: float, quality: float = 0.5, windows: float = 0.0) -> Centre:
    motifs = np.zeros(len(Role))
    motifs[Role.WINDOW] = windows
    hue = 0.1 * complex(math.cos(math.radians(hue_degrees)), math.sin(math.radians(hue_degrees)))
    return Centre(quality, hue, motifs, np.eye(COLOURS)[0x0F])


def test_a_red_ground_is_red_and_not_blue() -> None:
    assert unmet(hues=((0.0, 60.0),)) == []
    assert unmet(hues=((200.0, 300.0), (330.0, 400.0))) == []  # over 360
    (said,) = unmet(hues=((200.0, 300.0),))
    assert said.startswith("hues: the ground's hue is ")


def test_darkness_is_that_of_the_whole_picture() -> None:
    assert unmet(darkness=(0.5, 1.0)) == []
    (said,) = unmet(darkness=(0.0, 0.2))
    assert said.startswith("darkness: it is 0.") and said.endswith(", not 0 to 0.2")


def test_tiles_of_a_role_are_counted_once_each() -> None:
    assert unmet(roles={Role.WINDOW: 1}) == []
    assert unmet(roles={Role.WINDOW: 2}) == ["roles: there are 1 different tiles of window, not 2"]


def test_what_is_not_legible_is_not_taken() -> None:
    (said,) = Wish(z=5).unmet(LEVEL.roles, painted(LEAST_L - 1))
    assert said.startswith("z: the ground stands out by only")


def test_centres_are_tried_by_how_near_they_come_then_by_their_quality() -> None:
    judged = {3: centre(200), 5: centre(RED, 0.2), 8: centre(RED + 5, 0.9), 9: centre(100)}
    wish = Wish(hues=((RED - 10, RED + 10),))
    assert list(wish.order(judged)) == [8, 5, 9, 3]
    first, *_, last = list(wish.passes(1, 6))
    assert list(first[1].order(judged)) == [8, 5] and list(last[1].order(judged)) == [9, 3]
    assert first[0] == last[0] == 1 and len({look % 6 for look, _ in wish.passes(1, 6)}) == 1
    assert list(Wish(roles={Role.WINDOW: 4}).order({1: centre(0), 2: centre(0, windows=4)})) == [2, 1]


def test_the_first_that_is_as_wished_is_taken_and_none_is_an_error() -> None:
    made = iter([painted(2.0), painted(), painted()])
    assert next(Wish(hues=((0.0, 60.0),)).met(made, LEVEL.roles)).contrast_l == 30.0
    with pytest.raises(
        WishError, match=r"hues: the ground's hue is .* degrees \(of 2 centres tried, the nearest\); ask"
    ):
        next(Wish(hues=((200.0, 300.0),)).met(iter([painted(), painted()]), LEVEL.roles))


# One centre.


def test_screens_of_a_locked_centre_differ_by_the_share_that_is_asked_for() -> None:
    seed = z_seeds(7, 0, 0, 1, 3)[0]
    own = z_of(seed, 64)
    assert varied(seed, SPREAD, 4) == z_seeds(7, 0, 0, 4, 3)
    spreads = []
    for vary in VARIES:
        seeds = varied(seed, vary, 20)
        assert len(set(seeds)) == 20 and all(-(1 << 63) <= one < -1 for one in seeds)
        z = latents(seeds, 64)
        spreads.append(float(z.std(0).mean()))
        assert varied(seeds[3], SPREAD, 1) == [seed >> 8 << 8]  # its centre is known still
    assert spreads == sorted(spreads) and spreads[0] < 1e-6
    assert spreads[-1] == pytest.approx(1.0, abs=0.1)
    assert abs(float(own.std()) - 1.0) < 0.3


@pytest.mark.parametrize("seed", [-1, 1 << 63, -(1 << 63) - 1])
def test_what_is_no_z_seed_is_said(seed: int) -> None:
    with pytest.raises(ValueError, match="a z seed is an integer from 0 to"):
        z_of(seed, 8)


def test_dream_rooms_are_as_they_are_dreamed(small_networks: Networks) -> None:
    with pytest.raises(WishError, match="style: dream rooms are as they are dreamed; leave it out"):
        build_level(1, mode="dream", networks=small_networks, style=Style(hues=[(0, 60)]))


def test_no_dream_of_a_grey_network_is_green(small_networks: Networks) -> None:
    with pytest.raises(
        WishError, match=r"^hues: .* centres tried, the nearest\); ask for less, or take another"
    ):
        build_level(1, networks=small_networks, style=Style(hues=[(140, 141)]))


@pytest.mark.slow
def test_levels_of_the_shipped_network_are_as_wished() -> None:
    from generator.dream.loading import shipped_networks

    level = build_level(
        7, networks=shipped_networks(), style=Style(hues=[(240, 300)], roles={"window": 5})
    ).level
    ground = level.tiles[np.isin(level.roles, sorted(SOLID | ONE_WAY)) & (level.tiles >= 0)]
    pixels = level.bank.pixels[ground]
    mean = PALETTE_OKLAB[pixels[pixels != level.bank.palettes[0, 0]]].mean(0)
    assert 240 <= math.degrees(math.atan2(mean[2], mean[1])) % 360 <= 300
    assert (level.bank.role == Role.WINDOW).sum() >= 5
    for tile, palette in zip(level.bank.pixels, level.bank.palette.tolist(), strict=True):
        assert set(np.unique(tile).tolist()) <= set(level.bank.palettes[palette].tolist())


@pytest.mark.slow
def test_a_locked_centre_looks_the_same_in_other_castles() -> None:
    from generator.dream.loading import shipped_networks

    networks = shipped_networks()
    style = Style(z=z_seeds(7, 0, 0, 1, 3)[0], vary=0.05)
    levels = [build_level(seed, networks=networks, style=style).level for seed in (1, 2)]
    assert not np.array_equal(levels[0].roles[:30, :30], levels[1].roles[:30, :30])
    first, second = (set(level.bank.provenance[:, 0].tolist()) for level in levels)
    assert min(first) < 0 and len(first & second) > len(first) / 2
    assert np.array_equal(levels[0].bank.palettes[0], levels[1].bank.palettes[0])
