"""Buttons pressed in a drawn place, and what came of it."""

from __future__ import annotations

from generator.motion import (
    NES_MOTION,
    SUB,
    AnyMotion,
    Body,
    Button,
    Event,
    EventKind,
    Place,
    State,
    step,
)
from generator.motion.mechanisms import (
    Mechanism,
    Passage,
)

RIGHT, LEFT, UP, DOWN, JUMP, WHIP = (
    int(b) for b in (Button.RIGHT, Button.LEFT, Button.UP, Button.DOWN, Button.JUMP, Button.WHIP)
)


TWO_ROOMS = """
................................
................................
................................
................................
..@.............................
################################
"""


ROOMS = ((0, 0, 16, 6), (16, 0, 16, 6))


def press(
    place: Place, state: State, buttons: int, ticks: int = 1, motion: AnyMotion = NES_MOTION
) -> tuple[State, list[Event]]:
    """Holds the buttons for so many ticks."""
    events: list[Event] = []
    for _ in range(ticks):
        state, now = step(place, motion, state, buttons)
        events += now
    return state, events


def kinds(events: list[Event]) -> list[EventKind]:
    return [event.kind for event in events]


def feet(state: State) -> tuple[int, int]:
    return state.body.x_sub // SUB, state.body.y_sub // SUB


def at(x_px: int, y_px: int, room: int = 0, flags: int = 0) -> State:
    return State(room, 0, Body(x_px * SUB, y_px * SUB), flags)


def doors(lock: int = -1) -> tuple[Mechanism, ...]:
    return Passage(0, 1, 4, 1, lock), Passage(1, -1, 4, 0, lock)
