"""A Markov field: what it costs, that it closes on itself, and that it is never worse than the plain
pattern."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.choosing.field import FORBIDDEN, Field, cost, sample


def field(states: int, shape: tuple[int, int], seed: int) -> Field:
    dice = np.random.default_rng(seed)
    return Field(
        dice.normal(size=(states, states)),
        dice.normal(size=(states, states)),
        dice.normal(size=(*shape, states)),
    )


def test_cost_counts_every_pair_once_and_around_the_edge() -> None:
    beside, below = np.array([[0.0, 1.0], [10.0, 0.0]]), np.array([[0.0, 100.0], [1000.0, 0.0]])
    one = Field(beside, below, np.zeros((2, 2, 2)))
    # 0 1 : each row has a step up (1) and, around the edge, one down (10); columns are equal
    assert cost(one, np.array([[0, 1], [0, 1]])) == 22
    assert cost(one, np.array([[0, 0], [1, 1]])) == 2200
    assert cost(Field(beside, below, np.full((2, 2, 2), 3.0)), np.zeros((2, 2), int)) == 12


@given(st.integers(2, 5), st.sampled_from([(2, 2), (4, 6), (14, 14)]), st.integers(0, 99))
@settings(max_examples=30, deadline=None)
def test_a_sample_costs_no_more_than_the_plain_pattern(
    states: int, shape: tuple[int, int], seed: int
) -> None:
    made = field(states, shape, seed)
    plain = np.zeros(shape, np.intp)
    found = sample(made, plain, seed)
    assert found.shape == shape
    assert set(np.unique(found)) <= set(range(states))
    assert cost(made, found) <= cost(made, plain)
    assert np.array_equal(found, sample(made, plain, seed))


def test_two_states_that_attract_make_a_chessboard() -> None:
    repel = np.array([[5.0, 0.0], [0.0, 5.0]])
    found = sample(Field(repel, repel, np.zeros((6, 8, 2))), np.zeros((6, 8), np.intp), 1)
    rows, columns = np.indices((6, 8))
    assert np.array_equal(found ^ found[0, 0], (rows + columns) % 2)


@pytest.mark.parametrize("seed", range(4))
def test_a_neighbour_has_a_side(seed: int) -> None:
    """0, 1, 2, 0, ... to the right and downwards; the way back costs."""
    onwards = np.full((3, 3), 5.0)
    onwards[[0, 1, 2], [1, 2, 0]] = 0.0
    free = np.zeros((3, 3))
    for beside, below, axis in ((onwards, free, 1), (free, onwards, 0)):
        # Rows, or columns, of their own: all others are free.
        shape = (2, 6) if axis == 1 else (6, 2)
        found = sample(Field(beside, below, np.zeros((*shape, 3))), np.zeros(shape, np.intp), seed)
        assert np.array_equal(np.roll(found, -1, axis), (found + 1) % 3)


def test_what_is_forbidden_gives_way() -> None:
    """The plain pattern breaks a rule, though everything else about it is cheapest."""
    own = np.zeros((4, 4, 2))
    own[1, 2, 0] = FORBIDDEN
    own[..., 1] += 1
    alike = np.array([[0.0, 1.0], [1.0, 0.0]])
    plain = np.zeros((4, 4), np.intp)
    allowed = plain.copy()
    allowed[1, 2] = 1
    assert np.array_equal(sample(Field(alike, alike, own), plain, 0), allowed)


def test_odd_sides_are_refused() -> None:
    with pytest.raises(ValueError, match="even"):
        sample(field(2, (3, 4), 0), np.zeros((3, 4), np.intp), 0)
