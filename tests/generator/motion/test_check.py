"""Rooms and mechanisms that point nowhere are named."""

from __future__ import annotations

import pytest

from generator.motion.check import check
from generator.motion.mechanisms import (
    BreakableWall,
    CollapsingFloor,
    Key,
    Lock,
    Mechanism,
    MovingPlatform,
    Passage,
)
from tests.drawn.presses import ROOMS, doors

GOOD: tuple[Mechanism, ...] = (*doors(0), Lock(1, 2), Key(0, 72, 80, 1))


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ((Passage(0, 1, 4, 7),), "leads nowhere"),
        ((Passage(0, 1, 4, 1),), "no way back"),
        ((Passage(0, 2, 4, 1),), "leads nowhere"),
        ((*doors(1), Lock(1, 2), Key(0, 72, 80, 1)), "leads nowhere"),
        ((Passage(9, 1, 4, 1),), "there is no room 9"),
        ((Lock(1, 2),), "no key opens it"),
        ((Key(0, 300, 80, 1),), "reaches out of its room"),
        ((Key(0, 72, 80, 40),), "flag 40"),
        ((Key(0, 72, 80, 1), Key(0, 90, 80, 1)), "flag 1 is none .* or taken"),
        ((MovingPlatform(0, 64, 64, 2, 300, 0, 1),), "reaches out of its room"),
        ((MovingPlatform(0, 64, 64, 2, 30, 30, 1),), "one axis"),
        ((CollapsingFloor(0, 14, 3, 4),), "reaches out of its room"),
        ((BreakableWall(0, 3, 5, 1, 3, 1),), "reaches out of its room"),
    ],
)
def test_mechanisms_that_point_nowhere_are_named(wrong: tuple[Mechanism, ...], said: str) -> None:
    check(ROOMS, GOOD, 32, 6)
    with pytest.raises(ValueError, match=said):
        check(ROOMS, wrong, 32, 6)


@pytest.mark.parametrize("rooms", [(), ((0, 0, 16, 6), (10, 0, 16, 6)), ((0, 0, 64, 6),)])
def test_rooms_must_fit(rooms: tuple[tuple[int, int, int, int], ...]) -> None:
    with pytest.raises(ValueError, match="room"):
        check(rooms, (), 32, 6)
