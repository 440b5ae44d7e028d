"""The integer random numbers: the reference vector, and properties."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.rng import Pcg32, mix

SEEDS = st.integers(0, (1 << 64) - 1)


def test_the_reference_vector() -> None:
    """pcg32 of the PCG paper's demo program: seed 42, stream 54."""
    rng = Pcg32(42, 54)
    assert [rng.next_u32() for _ in range(6)] == [
        0xA15C02B7, 0x7B47F409, 0xBA1D3330, 0x83D2F293, 0xBFA4784B, 0xCBED606E,
    ]  # fmt: skip


@given(SEEDS, SEEDS)
def test_equal_seeds_give_equal_streams(seed: int, stream: int) -> None:
    first, second = Pcg32(seed, stream), Pcg32(seed, stream)
    numbers = [first.next_u32() for _ in range(20)]
    assert numbers == [second.next_u32() for _ in range(20)]
    assert all(0 <= number < 1 << 32 for number in numbers)


@given(SEEDS, st.integers(1, 1 << 32))
def test_below_is_below(seed: int, bound: int) -> None:
    rng = Pcg32(seed)
    assert all(0 <= rng.below(bound) < bound for _ in range(10))


@given(SEEDS, st.integers(-50, 50), st.integers(0, 50))
def test_between_includes_both_ends(seed: int, low: int, span: int) -> None:
    rng = Pcg32(seed)
    assert all(low <= rng.between(low, low + span) <= low + span for _ in range(10))


def test_every_value_comes_up() -> None:
    rng = Pcg32(1)
    counts = [0] * 6
    for _ in range(6000):
        counts[rng.below(6)] += 1
    assert all(850 < count < 1150 for count in counts)
    assert {rng.between(3, 5) for _ in range(100)} == {3, 4, 5}
    assert 200 < sum(rng.chance(1, 4) for _ in range(1000)) < 300


@given(SEEDS, st.lists(st.integers(0, 5), min_size=1, max_size=8).filter(sum))
def test_weights_of_nothing_never_win(seed: int, weights: list[int]) -> None:
    rng = Pcg32(seed)
    assert all(weights[rng.weighted(weights)] for _ in range(20))


@given(SEEDS, st.lists(st.integers()))
def test_shuffling_keeps_what_is_there(seed: int, items: list[int]) -> None:
    shuffled = list(items)
    Pcg32(seed).shuffle(shuffled)
    assert sorted(shuffled) == sorted(items)


@pytest.mark.parametrize("bound", [0, -1, (1 << 32) + 1])
def test_impossible_bounds_are_refused(bound: int) -> None:
    with pytest.raises(ValueError, match="bound"):
        Pcg32(0).below(bound)


@given(st.lists(st.integers(-(1 << 70), 1 << 70), max_size=5))
def test_mix_is_a_64_bit_function(numbers: list[int]) -> None:
    assert mix(*numbers) == mix(*numbers)
    assert 0 <= mix(*numbers) < 1 << 64


def test_mix_tells_neighbours_and_orders_apart() -> None:
    mixed = {mix(a, b) for a in range(60) for b in range(60)}
    assert len(mixed) == 3600
    flips = [(mix(7, n) ^ mix(7, n + 1)).bit_count() for n in range(200)]
    assert 28 < sum(flips) / len(flips) < 36
