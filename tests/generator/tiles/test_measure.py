"""Measuring cells: the measures on cells whose answer is known."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.nes.cells import cut
from generator.nes.palette import BLACK, CANONICAL
from generator.nes.roles import BASE_ROLES, NEVER_TILES, Role
from generator.tiles.measure import SAME_PX, measure, occurrences, seamless
from tests.drawn.drawn_dreams import BLUE, bricks, of_cells, sure
from tests.drawn.effort import examples

pytestmark = pytest.mark.slow


def test_flat_cells_are_perfect_and_flat() -> None:
    cells = measure(np.full((1, 224, 224), BLUE, np.uint8), sure(Role.SKY))
    assert len(cells) == 196
    assert np.allclose(cells.crisp, 1)
    assert np.allclose(cells.contrast, 0)
    assert (cells.role == Role.SKY).all()
    blocks = np.array([[[0]]])
    assert seamless(cells.seam_x(blocks))[0] == 1


def test_mortar_on_the_border_is_no_seam_where_it_was_dreamed_so() -> None:
    cells = measure(of_cells(bricks()), sure(Role.GROUND_FILL))
    blocks = np.array([[[20]], [[100]]])
    assert (cells.seam_x(blocks) <= 1.25).all()
    assert (cells.seam_y(blocks[:, 0], blocks[:, 0]) <= 1.25).all()


def test_half_a_picture_has_a_seam() -> None:
    ramp = np.repeat(np.array([[BLACK, 0x2D, 0x00, 0x10]], np.uint8), 4, axis=1).repeat(16, axis=0)
    cells = measure(of_cells(ramp, ramp[:, ::-1]), sure(Role.BACKDROP))
    assert cells.seam_x(np.array([[[16]]]))[0] > 1.25  # alone, dark meets light
    assert cells.seam_x(np.array([[[16, 17]]]))[0] <= 1.25  # together with its mirror image it goes on


def test_noise_is_not_crisp() -> None:
    noise = np.random.default_rng(0).choice(CANONICAL, (1, 224, 224)).astype(np.uint8)
    assert measure(noise, sure(Role.BACKDROP)).crisp.max() < 0.05


def test_cleaning_drops_strays_and_keeps_four_colours() -> None:
    cell = bricks()
    cell[4, 4] = 0x06  # a dark red speck
    cells = measure(of_cells(cell, np.full((16, 16), BLACK, np.uint8)), sure(Role.GROUND_FILL))
    assert cells.backdrop == BLACK
    assert np.array_equal(cells.clean[0], bricks())
    assert np.array_equal(cells.pixels[0], cell), "what was dreamed is kept"


def test_a_cell_of_few_colours_keeps_them_however_rare_they_are_among_all() -> None:
    common = np.random.default_rng(0).choice(CANONICAL[:30], (3, 224, 224)).astype(np.uint8)
    rare = of_cells(np.where(bricks() == BLACK, BLACK, CANONICAL[40]).astype(np.uint8))
    odds = np.concatenate([sure(Role.BACKDROP)] * 4)
    common[:, :, ::2] = BLACK
    cells = measure(np.concatenate([common, rare]), odds)
    assert cells.backdrop == BLACK
    assert np.array_equal(cells.clean[-196:], cells.pixels[-196:])
    assert cells.crisp[-1] > 0.9


@given(st.integers(0, 2**32 - 1))
@settings(max_examples=examples(6))
def test_measures_are_shares(seed: int) -> None:
    rng = np.random.default_rng(seed)
    screens = rng.choice(CANONICAL[: rng.integers(1, 54)], (1, 224, 224)).astype(np.uint8)
    cells = measure(screens, rng.dirichlet(np.ones(17), (1, 14, 14)).astype(np.float32))
    assert np.array_equal(cells.pixels.reshape(14, 14, 16, 16), cut(screens[0]))
    for share in (cells.crisp, cells.certain):
        assert ((share >= 0) & (share <= 1 + 1e-6)).all()
    assert not np.isin(cells.role, list(NEVER_TILES)).any()
    assert (np.sort(cells.histogram, axis=1)[:, :-4] == 0).all()
    assert np.allclose(cells.histogram.sum(1), 256)


def barred(**written: float) -> np.ndarray:
    """bool[14, 14]: what is no tile of a wall with these odds of glyphs in it; r8c5: row 8, column 5."""
    odds = np.zeros((1, 14, 14, BASE_ROLES), np.float32)
    for place, likely in written.items():
        row, column = place[1:].split("c")
        odds[0, int(row), int(column), Role.GLYPH] = likely
    odds[..., Role.BACKDROP] = 1 - odds[..., Role.GLYPH]
    return measure(np.full((1, 224, 224), BLACK, np.uint8), odds).barred.reshape(14, 14)


def test_a_cell_that_may_be_a_glyph_or_a_figure_is_no_tile() -> None:
    assert np.argwhere(barred(r8c5=0.4, r9c9=0.3, r12c0=0.6)).tolist() == [[8, 5], [12, 0]]


def test_words_go_on_beside_a_glyph_but_not_cornerwise() -> None:
    found = barred(r8c5=0.6, r8c4=0.05, r8c6=0.05, r7c5=0.05, r9c5=0.02, r7c4=0.05, r10c10=0.05)
    assert np.argwhere(found).tolist() == [[7, 5], [8, 4], [8, 5], [8, 6]]
    assert not barred(r8c5=0.3, r8c4=0.05)[8, 4], "nothing is sure beside it"


def test_all_above_the_last_line_of_a_status_bar_is_no_tile() -> None:
    assert barred(r2c1=0.6, r2c9=0.6).all(1).tolist() == [True] * 3 + [False] * 11
    assert barred(r1c1=0.4).all(1).tolist() == [True] * 2 + [False] * 12, "at the very top one is enough"
    assert not barred(r3c1=0.6).all(1).any(), "below that one glyph is no bar"
    assert not barred(r6c1=0.6, r6c9=0.6).all(1).any(), "a bar is at the top"


def test_occurrences_counts_cells_that_are_nearly_the_same() -> None:
    base = bricks()
    near, far = base.copy(), base.copy()
    near.reshape(-1)[40 : 40 + SAME_PX] = BLUE
    far.reshape(-1)[40 : 40 + SAME_PX + 1] = BLUE
    assert occurrences(np.stack([base, near, far])).tolist() == [2, 3, 2]
