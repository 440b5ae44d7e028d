"""PCG32: the only source of chance in everything that must be the same on every machine.

M. E. O'Neill, "PCG: A Family of Simple Fast Space-Efficient Statistically Good Algorithms for Random Number
Generation", 2014 (XSH-RR, 64-bit state). Python's `random` promises no equal `randrange` across versions.
"""

from __future__ import annotations

from collections.abc import MutableSequence, Sequence
from typing import Any, TypeVar

T = TypeVar("T")

_MULTIPLIER = 6364136223846793005
_MASK64 = (1 << 64) - 1
_MASK32 = (1 << 32) - 1


class Pcg32:
    """A stream of 32-bit integers, a pure function of (seed, stream)."""

    __slots__ = ("_increment", "_state")

    def __init__(self, seed: int, stream: int = 0) -> None:
        self._increment = ((stream << 1) | 1) & _MASK64
        self._state = 0
        self.next_u32()
        self._state = (self._state + seed) & _MASK64
        self.next_u32()

    def next_u32(self) -> int:
        """The next integer, 0 <= n < 2^32."""
        old = self._state
        self._state = (old * _MULTIPLIER + self._increment) & _MASK64
        xorshifted = (((old >> 18) ^ old) >> 27) & _MASK32
        rotation = old >> 59
        return ((xorshifted >> rotation) | (xorshifted << (-rotation & 31))) & _MASK32

    def below(self, bound: int) -> int:
        """An unbiased integer, 0 <= n < bound. Raises ValueError unless 1 <= bound <= 2^32."""
        if not 1 <= bound <= 1 << 32:
            raise ValueError(f"bound must be in 1..2^32, got {bound}")
        threshold = (1 << 32) % bound
        while (n := self.next_u32()) < threshold:
            pass
        return n % bound

    def between(self, low: int, high: int) -> int:
        """An integer, low <= n <= high, both included."""
        return low + self.below(high - low + 1)

    def chance(self, numerator: int, denominator: int) -> bool:
        """True in numerator of denominator cases."""
        return self.below(denominator) < numerator

    def choice(self, items: Sequence[T]) -> T:
        """One of items, all equally likely."""
        return items[self.below(len(items))]

    def weighted(self, weights: Sequence[int]) -> int:
        """An index, likely in proportion to its integer weight."""
        at = self.below(sum(weights))
        for index, weight in enumerate(weights):
            at -= weight
            if at < 0:
                return index
        raise AssertionError("unreachable: below(sum) is less than the sum")

    def shuffle(self, items: MutableSequence[Any]) -> None:
        """Shuffles in place (Fisher and Yates)."""
        for i in range(len(items) - 1, 0, -1):
            j = self.below(i + 1)
            items[i], items[j] = items[j], items[i]


def mix(*numbers: int) -> int:
    """Numbers to one 64-bit seed: neighbouring inputs give unrelated streams (splitmix64's finaliser)."""
    state = 0x9E3779B97F4A7C15
    for number in numbers:
        state = (state ^ (number & _MASK64)) * 0xBF58476D1CE4E5B9 & _MASK64
        state = (state ^ (state >> 27)) * 0x94D049BB133111EB & _MASK64
        state ^= state >> 31
    return state
