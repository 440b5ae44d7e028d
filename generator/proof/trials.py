"""One thing that a player tries: buttons pressed from a state on, with the very step that the game uses."""

from __future__ import annotations

from enum import IntEnum
from typing import NamedTuple

from ..motion import Button, Event, EventKind, Motion, Place, Posture, State, step
from ..nes.roles import TILE

CLUMSY_TICKS = 4
"""No press of a player is shorter. (ours)"""
MAX_ARC_TICKS = 1_200
"""The longest single action: the stairs of three screens, a fall through 256 rows."""
EXIT = -1_000
"""As the end of an edge: the door out of the stage. -1, -2, ... are the room's passages."""

RIGHT_MASK, LEFT_MASK, JUMP_MASK = int(Button.RIGHT), int(Button.LEFT), int(Button.JUMP)
_STAND, _AIR = int(Posture.STAND), int(Posture.AIR)


class Act(IntEnum):
    """What a player does."""

    WALK = 0
    JUMP = 1
    LATE_JUMP = 2  # after the edge
    FALL = 3
    STAIRS = 4
    WHIP = 5
    WAIT = 6


class Edge(NamedTuple):
    """One thing that a player does from a node of a room's graph."""

    act: Act
    direction: int
    to: int  # node, -1 - passage, or EXIT
    masks: bytes  # one button mask a tick
    keys: int  # flags of the keys that are taken on the way
    at: int = -1  # the player first waits for this tick of the platforms' period; -1: goes at any time


class Trial:
    """Presses buttons from a state on and keeps what it took."""

    __slots__ = ("airborne", "fell", "keys", "left", "masks", "motion", "over", "path", "place", "state")

    def __init__(self, place: Place, motion: Motion, state: State) -> None:
        self.place, self.motion, self.state = place, motion, state
        self.path = [state]
        """The states at first and after each tick."""
        self.masks = bytearray()
        """The buttons of each tick."""
        self.keys = 0
        """Flags of the keys that were taken."""
        self.fell = False
        """Whether it walked off an edge."""
        self.airborne = False
        """Whether it was ever in the air."""
        self.left = 0
        """Where it went out of the room: -1 - passage, or EXIT; 0 while it is in the room."""
        self.over = False
        """Whether it is dead or out of the room."""

    def press(self, buttons: int) -> bool:
        """One tick. Returns False where the action is over."""
        before = self.state
        self.state, events = step(self.place, self.motion, before, buttons)
        self.masks.append(buttons)
        self.path.append(self.state)
        if events:
            self._note(before, events)
        return not self.over and len(self.masks) < MAX_ARC_TICKS

    def hold(self, buttons: int, ticks: int) -> None:
        """So many ticks, whatever happens."""
        for _ in range(ticks):
            self.press(buttons)

    def before_the_fall(self) -> Trial:
        """The trial as it was before its last tick, in which it walked off an edge."""
        earlier = Trial(self.place, self.motion, self.path[-2])
        earlier.path, earlier.masks = self.path[:-1], self.masks[:-1]
        earlier.keys = self.keys & earlier.state.flags
        return earlier

    def settle(self, buttons: int = 0) -> None:
        """Holds the buttons while in the air, and none until the body can act again."""
        goes_on = not self.over
        while goes_on and self.state.body.posture == _AIR:
            goes_on = self.press(buttons)
        while goes_on and not self.at_rest:
            goes_on = self.press(0)

    @property
    def at_rest(self) -> bool:
        """Whether the body stands and no press is left over."""
        body = self.state.body
        return body.posture == _STAND and not body.jump_held and not body.whip_held and not body.whip_tick

    @property
    def rests(self) -> bool:
        """Whether it ended well in the room: alive, there, and at rest."""
        return not self.over and self.at_rest

    def _note(self, before: State, events: tuple[Event, ...]) -> None:
        for event in events:
            if event.kind == EventKind.DIED:
                self.over = True
            elif event.kind == EventKind.EXITED:
                self.over, self.left = True, EXIT
            elif event.kind == EventKind.FELL:
                self.fell = self.airborne = True
            elif event.kind == EventKind.JUMPED:
                self.airborne = True
            elif event.kind == EventKind.KEY:
                self.keys |= self.state.flags & ~before.flags
            elif event.kind == EventKind.ENTERED:
                self.over = True
                room = self.place.interiors[before.room]
                side = 1 if event.x_px > room.left_px + TILE else -1
                doors = [(passage.side, (passage.row + 1) * TILE) for passage in room.passages]
                self.left = -1 - doors.index((side, event.y_px))


def jump(place: Place, motion: Motion, state: State, direction: int) -> Trial:
    """A jump from a state at rest, its direction held. `direction`: 1, 0 or -1."""
    mask = (0, RIGHT_MASK, LEFT_MASK)[direction]
    trial = Trial(place, motion, state)
    while trial.press(mask | JUMP_MASK) and len(trial.masks) < CLUMSY_TICKS:
        pass
    trial.settle(mask)
    return trial


def falls(place: Place, motion: Motion, state: State) -> bool:
    """Whether a body that stands there stands on nothing."""
    return any(event.kind == EventKind.FELL for event in step(place, motion, state, 0)[1])
