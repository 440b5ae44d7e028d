"""The level as a value: it cannot be changed, and its parts do not contradict one another."""

from __future__ import annotations

import dataclasses
from typing import Any

import numpy as np
import pytest

from generator.level import Level, Spawn
from tests.drawn.levels import noise_level as level


def test_a_level_cannot_be_changed() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        level().seed = 5  # type: ignore[misc]
    with pytest.raises(ValueError):
        level().roles[0, 0] = 1
    with pytest.raises(ValueError):
        Level.from_bytes(level().to_bytes()).bank.pixels[0, 0, 0] = 1


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("tiles", np.full((15, 3), -1)),
        ("tiles", np.full((15, 208), 5)),
        ("backdrop", np.full((15, 208), -2)),
        ("roles", np.full((15, 208), 17)),
        ("roles", np.zeros((0, 0))),
        ("spawns", (Spawn("x" * 99, 1, 1),)),
        ("exit", (-1, 5)),
    ],
)
def test_contradictions_are_refused(field: str, value: Any) -> None:
    with pytest.raises(ValueError):
        dataclasses.replace(level(), **{field: value})


@pytest.mark.parametrize(("field", "value"), [("mode", "garden"), ("stage", 0), ("difficulty", 0)])
def test_integers_that_lead_to_no_castle_are_refused_in_one_line(field: str, value: object) -> None:
    with pytest.raises(ValueError, match=f"there is no {'mode' if field == 'mode' else 'stage'}"):
        dataclasses.replace(level(), **{field: value})  # type: ignore[arg-type]


def test_spawns_of_no_known_kind_are_refused() -> None:
    original = level()
    with pytest.raises(ValueError, match="of no kind"):
        dataclasses.replace(original, spawns=(Spawn("dragon", 40, 160),))
