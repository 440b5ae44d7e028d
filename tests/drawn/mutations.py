"""Bytes as a broken disk, an impatient download or a joker would leave them."""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np

NUMBERS = (b"-1", b"0", b"65536", b"4294967295", b"4294967296", b"9999999999", b"1e999", b"nan", b"")
"""What a number in a text becomes."""


def mutations(data: bytes, count: int, seed: int = 0) -> Iterator[bytes]:
    """So many mutations of some bytes: flipped, cut off, cut out, doubled, and with other numbers in them."""
    dice = np.random.default_rng(seed)
    numbers = [match.span() for match in re.finditer(rb"\d+", data)]
    for _ in range(count):
        made = bytearray(data)
        kind = dice.integers(0, 6 if numbers else 5)
        at, other = (int(place) for place in np.sort(dice.integers(0, len(data), 2)))
        if kind == 0:
            for place in dice.integers(0, len(data), dice.integers(1, 5)):
                made[place] = dice.integers(0, 256)
        elif kind == 1:
            made[at] ^= 1 << int(dice.integers(0, 8))
        elif kind == 2:
            del made[other:]
        elif kind == 3:
            del made[at : at + int(dice.integers(1, 40))]
        elif kind == 4:
            made[at:at] = made[at : at + int(dice.integers(1, 40))]
        else:
            first, last = numbers[dice.integers(0, len(numbers))]
            made[first:last] = NUMBERS[dice.integers(0, len(NUMBERS))]
        yield bytes(made)
