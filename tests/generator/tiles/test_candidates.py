"""Candidates: of cells that are equally well drawn, the one that was dreamed again and again is the better
tile."""

import numpy as np
import pytest

from generator.nes.roles import NEVER_TILES, Role
from generator.tiles.candidates import FALLBACK, ROW_SHAPES, Candidates
from generator.tiles.measure import OFTEN
from tests.drawn.drawn_dreams import blocks, dream, places

BROWN, DARK = 0x17, 0x07
RARE, COMMON = blocks(BROWN, DARK, 4), blocks(DARK, BROWN, 4)
"""Alike but for which square is dark."""
KINDS = {"r": (RARE, Role.GROUND_FILL), "o": (COMMON, Role.GROUND_FILL)}
SCREEN = "..............\n.r............\n..............\n.oooooooooooo."


def test_what_was_dreamed_often_is_worth_twice_as_much() -> None:
    made = Candidates(dream(KINDS, SCREEN))
    (rare,), common = places(SCREEN, "r"), places(SCREEN, "o")
    assert len(common) == OFTEN
    assert made.cells.crisp[rare] == made.cells.crisp[common[0]]
    assert made.quality[common] == pytest.approx(2 * made.quality[rare])


def test_what_was_dreamed_often_comes_first() -> None:
    made = Candidates(dream(KINDS, SCREEN))
    found = made.finalists(Role.GROUND_FILL, {(1, 1): 1.0})
    firsts = [made.cells.pixels[candidate.block[0, 0]] for candidate in found[:2]]
    assert np.array_equal(firsts, [COMMON, RARE])


def test_a_pattern_stands_once_among_the_finalists() -> None:
    made = Candidates(dream(KINDS, SCREEN))
    blocks_ = [candidate.block for candidate in made.finalists(Role.GROUND_FILL, ROW_SHAPES)]
    for number, block in enumerate(blocks_):
        assert not any(made.same(block, other) for other in blocks_[:number])


def test_every_role_that_a_level_needs_has_a_fallback() -> None:
    assert set(FALLBACK) == {
        Role.GROUND_TOP, Role.GROUND_FILL, Role.PLATFORM, Role.BACKDROP, Role.SKY, Role.WATER, Role.SPIKES,
        Role.STAIRS_RIGHT, Role.STAIRS_LEFT,
    }  # fmt: skip
    for role, stand_ins in FALLBACK.items():
        assert role not in stand_ins
        assert not NEVER_TILES & set(stand_ins)
