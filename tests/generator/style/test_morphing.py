"""Morphs: a level's art on the way to another's, or to a z; its structure stays."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from generator.dream.network import Networks
from generator.dream.z import z_seeds
from generator.level import Level
from generator.stream import build_level
from generator.style import StyleError, morph, morph_frames
from tests.drawn.levels import strip_level


@pytest.fixture(scope="module")
def levels(small_networks: Networks) -> tuple[Level, Level, Level]:
    """A castle, the same dreamed anew, and another castle."""
    keys = ((3, 0), (3, 1), (4, 0))
    a, b, c = (build_level(seed, art=art, networks=small_networks).level for seed, art in keys)
    if {a.network, b.network, c.network} != {small_networks.generator.sha256}:
        # The small network dreams nothing legible: its levels are the shipped one's.
        a, b, c = (replace(level, network=small_networks.generator.sha256) for level in (a, b, c))
    return a, b, c


def test_both_ends_are_the_levels_themselves(
    levels: tuple[Level, Level, Level], small_networks: Networks
) -> None:
    a, b, _ = levels
    generator = small_networks.generator
    assert morph(a, b, 0, generator=generator) is a and morph(a, b, 1, generator=generator) is b


def test_frames_have_the_structure_of_the_first_and_tiles_in_four_sub_palettes(
    levels: tuple[Level, Level, Level], small_networks: Networks
) -> None:
    a, b, _ = levels
    frames = morph_frames(a, b, 5, generator=small_networks.generator)
    assert len(frames) == 5 and frames[0] is a and frames[-1] is b
    for frame in frames:
        assert np.array_equal(frame.roles, a.roles) and frame.rooms == a.rooms and frame.start == a.start
        for tile, palette in zip(frame.bank.pixels, frame.bank.palette.tolist(), strict=True):
            assert set(np.unique(tile).tolist()) <= set(frame.bank.palettes[palette].tolist())
    assert len(frames[1].bank) == len(a.bank) and len(frames[3].bank) == len(b.bank)


def test_to_another_castle_or_a_z_the_structure_stays(
    levels: tuple[Level, Level, Level], small_networks: Networks
) -> None:
    a, _, c = levels
    for goal in (c, z_seeds(9, 0, 0, 1)[0]):
        there = morph(a, goal, 1, generator=small_networks.generator)
        assert np.array_equal(there.roles, a.roles) and np.array_equal(there.tiles, a.tiles)
        assert there.certificate == a.certificate and len(there.bank) == len(a.bank)


@pytest.mark.parametrize("part", [-0.1, 1.5, float("nan")])
def test_a_part_of_the_way_is_between_0_and_1(part: float, small_networks: Networks) -> None:
    level = strip_level(0)
    with pytest.raises(StyleError, match=r"t: .* is no part of the way; write a number from 0 to 1"):
        morph(level, level, part, generator=small_networks.generator)


def test_what_is_wrong_is_said(small_networks: Networks) -> None:
    level, generator = strip_level(0), small_networks.generator
    with pytest.raises(
        StyleError, match="generator: it did not dream these levels; hand in the network that did"
    ):
        morph(level, level, 0.5, generator=generator)
    with pytest.raises(StyleError, match="frames: 1; write a whole number from 2 to 256"):
        morph_frames(level, level, 1, generator=generator)
    with pytest.raises(StyleError, match="b: -1 is no Level and no z seed; take one from a level's"):
        morph(replace(level, network=generator.sha256), -1, 0.5, generator=generator)
