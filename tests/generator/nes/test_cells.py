"""Cutting and joining are inverses, and cells lie where they should."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.nes.cells import cut, join

SIDES = st.integers(1, 5)


@given(SIDES, SIDES, st.sampled_from([(), (3,)]), st.integers(0, 2**32 - 1))
def test_join_undoes_cut(rows: int, columns: int, rest: tuple[int, ...], seed: int) -> None:
    screen = np.random.default_rng(seed).integers(0, 256, (rows * 16, columns * 16, *rest), dtype=np.uint8)
    cells = cut(screen)
    assert cells.shape == (rows, columns, 16, 16, *rest)
    assert np.array_equal(join(cells), screen)


@given(SIDES, SIDES, st.data())
def test_a_cell_is_the_square_at_its_place(rows: int, columns: int, data: st.DataObject) -> None:
    screen = np.arange(rows * columns * 256).reshape(rows * 16, columns * 16)
    row, column = data.draw(st.integers(0, rows - 1)), data.draw(st.integers(0, columns - 1))
    expected = screen[row * 16 : row * 16 + 16, column * 16 : column * 16 + 16]
    assert np.array_equal(cut(screen)[row, column], expected)


@pytest.mark.parametrize("shape", [(15, 16), (16, 17), (8, 8)])
def test_other_sides_are_refused(shape: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="multiples of 16"):
        cut(np.zeros(shape, np.uint8))
