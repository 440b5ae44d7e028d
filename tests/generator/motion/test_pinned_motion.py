"""The motion is frozen: what a body does is pinned, tick by tick, and so are the ways that are found with it.

A change of any of these sums makes levels that were kept, replays and certificates worth nothing: it is a new
LEVEL_VERSION. This file run as a program, the checkout and its tests on PYTHONPATH, prints them.
"""

from __future__ import annotations

import zlib

import pytest

from generator.motion import NES_MOTION, EventKind, Posture, State, hurt, spawn, step
from generator.rng import Pcg32
from tests.drawn.levels import proven, rooms_level, rooms_route

pytestmark = pytest.mark.slow

Key = tuple[int, int, int, str]
"""Seed, stage, difficulty, mode."""
CERTIFICATES: dict[Key, int] = {
    (0, 1, 1, "castle"): 2971035201,
    (1, 2, 2, "castle"): 2127936154,
    (2, 3, 3, "castle"): 2504469242,
    (3, 4, 1, "castle"): 2159801934,
    (4, 5, 2, "castle"): 1953999244,
    (5, 6, 3, "castle"): 741918468,
    (18446744073709551615, 8, 4, "castle"): 4265047894,
    (5, 1, 1, "endless"): 2357234141,
    (5, 40, 2, "endless"): 1299336947,
}
"""Of the stages whose structure is pinned in `test_stages`."""
SEED = 18
"""With it everything happens that can happen."""
LIVES, RANDOM_TICKS, LONGEST_HOLD_TICKS = 40, 400, 24
BLOW_OF = 90
"""In random play, one tick in so many brings a blow."""
TRAJECTORY = 857231095
"""Of all states and events of the lives in `rooms_level`."""


def lives() -> tuple[int, set[EventKind], set[Posture]]:
    """Lives in a castle where everything is that a place can do: each goes the way of the certificate for a
    while, then presses random buttons and is struck now and then. The check sum of all that happens, and what
    happened."""
    level, route, random = rooms_level(), rooms_route(), Pcg32(SEED, 0)
    total, kinds, postures = 0, set[EventKind](), set[Posture]()
    for life in range(LIVES):
        # The last goes to the exit.
        known = len(route) if life == LIVES - 1 else random.below(len(route))
        state, mask, held = spawn(level), 0, 0
        for tick in range(known + RANDOM_TICKS):
            if tick < known:
                mask = route[tick]
            elif not held:
                mask, held = random.below(1 << 6), 1 + random.below(LONGEST_HOLD_TICKS)
            held -= tick >= known
            state, events = step(level, NES_MOTION, state, mask)
            body = state.body
            if (
                tick >= known
                and not body.safe_tick
                and body.posture != Posture.DEAD
                and not random.below(BLOW_OF)
            ):
                state = state._replace(body=hurt(body, 1 - 2 * random.below(2)))
            told = [(int(event.kind), event.x_px, event.y_px) for event in events]
            total = zlib.crc32(repr((numbers(state), told)).encode(), total)
            kinds |= {event.kind for event in events}
            postures.add(Posture(state.body.posture))
            if any(event.kind == EventKind.EXITED for event in events):
                break
    return total, kinds, postures


def numbers(state: State) -> tuple[int, ...]:
    """Plain ones, whose words are the same in every Python."""
    return tuple(map(int, (state.room, state.room_tick, *state.body, state.flags)))


def certificate_sum(seed: int, stage: int, difficulty: int, mode: str) -> int:
    return zlib.crc32(proven(seed, stage, difficulty, mode=mode).proof.certificate)


@pytest.mark.parametrize("key", CERTIFICATES)
def test_the_ways_through_stages_are_the_same(key: Key) -> None:
    assert certificate_sum(*key) == CERTIFICATES[key]


def test_whatever_is_pressed_the_same_happens() -> None:
    total, kinds, postures = lives()
    assert kinds == set(EventKind) and postures == set(Posture), "everything was tried"
    assert total == TRAJECTORY


if __name__ == "__main__":
    print({key: certificate_sum(*key) for key in CERTIFICATES}, lives()[0])
