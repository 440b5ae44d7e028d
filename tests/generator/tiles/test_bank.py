"""The bank as a value: it cannot be changed, and its arrays do not contradict one another."""

from __future__ import annotations

import dataclasses
from typing import Any

import numpy as np
import pytest

from generator.tiles.bank import MAX_BANK, Bank


def bank(count: int = 5) -> Bank:
    rng: Any = np.random.default_rng(0)  # its numbers are of wider types than a bank's
    return Bank(
        pixels=rng.integers(0, 64, (count, 16, 16)),
        palettes=rng.integers(0, 64, (4, 4)),
        palette=rng.integers(0, 4, count),
        role=rng.integers(0, 17, count),
        quality=rng.random(count),
        provenance=rng.integers(0, 1 << 62, (count, 4)),
    )


def test_a_bank_cannot_be_changed() -> None:
    made = bank()
    assert len(made) == 5 and made.pixels.dtype == made.palettes.dtype == np.uint8
    for array in dataclasses.fields(made):
        with pytest.raises(ValueError, match="read-only"):
            getattr(made, array.name)[0] = 1


def test_more_tiles_than_any_level_has_are_refused() -> None:
    with pytest.raises(ValueError, match="more than 4096 tiles"):
        bank(MAX_BANK + 1)


@pytest.mark.parametrize(
    ("field", "value", "named"),
    [
        ("pixels", np.zeros((5, 8, 8)), "bank"),
        ("pixels", np.full((5, 16, 16), 64), "bank"),
        ("palettes", np.zeros((4, 3)), "palettes"),
        ("palette", np.full(5, 4), "bank_palette"),
        ("role", np.full(5, 17), "bank_role"),
        ("quality", np.full(5, np.nan), "bank_quality"),
        ("provenance", np.zeros((4, 4)), "provenance"),
    ],
)
def test_contradictions_in_the_bank_are_refused(field: str, value: Any, named: str) -> None:
    with pytest.raises(ValueError, match=f"^{named} "):
        dataclasses.replace(bank(), **{field: value})


def test_banks_are_equal_in_all_arrays_or_not_at_all() -> None:
    made = bank()
    assert made.equals(dataclasses.replace(made))
    for array in dataclasses.fields(made):
        assert not made.equals(dataclasses.replace(made, **{array.name: 1 + getattr(made, array.name) // 2}))
