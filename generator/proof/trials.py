"""One thing that a player tries: buttons pressed from a state on, with the very step that the game uses."""

from __future__ import annotations

from enum import IntEnum
from typing import NamedTuple

from ..motion import (
    SUB,
    AnyMotion,
    Body,
    Button,
    Event,
    EventKind,
    OwnMotion,
    Place,
    Posture,
    State,
    step,
)
from ..nes.roles import TILE
from .memory import Piece, RoomMemory

CLUMSY_TICKS = 4
"""No press of a player is shorter. (ours)"""
MAX_ARC_TICKS = 1_200
"""The longest single action: the stairs of three screens, a fall through 256 rows."""
PIECE_TICKS = 8
"""Ticks of flight that are remembered together. (measured: with 16 or 40 more is stepped, as fast)"""
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
    leap: int = 0  # which of the motion's ways to jump it is


class Trial:
    """Presses buttons from a state on and keeps what it took."""

    __slots__ = (
        "airborne", "before", "brakes", "fell", "keys", "leap", "left", "masks", "memory", "motion", "over",
        "path_px", "place", "state",
    )  # fmt: skip

    def __init__(
        self, place: Place, motion: AnyMotion, state: State, memory: RoomMemory | None = None
    ) -> None:
        """`memory`: what is known of the room; without it every tick is stepped."""
        self.place, self.motion, self.state, self.memory = place, motion, state, memory
        self.brakes = isinstance(motion, OwnMotion)
        """Whether a body on the ground goes on by itself for a while."""
        self.leap = 0
        """Which of the motion's ways to jump it is."""
        self.before = state
        """The state before the last tick."""
        self.path_px = [(state.body.x_sub // SUB, state.body.y_sub // SUB)]
        """Where the feet were at first and after each tick."""
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
        return self._step(buttons)[1]

    def hold(self, buttons: int, ticks: int) -> None:
        """So many ticks, whatever happens."""
        for _ in range(ticks):
            self.press(buttons)

    def go(self, buttons: int, ticks: int) -> bool:
        """So many ticks, or fewer: it ends with a tick in which something happens, or in which a body on the
        ground did not move. Returns False where the action is over."""
        if self.memory is None:
            return self._step_on(buttons, ticks)[1]
        begun, length = self.state, len(self.path_px)
        piece = self.memory.recall(self.place, begun, buttons, ticks)
        if piece is not None:
            self._take(piece, buttons)
            return not self.over and len(self.masks) < MAX_ARC_TICKS
        events, goes_on = self._step_on(buttons, ticks)
        if not self.left and self.state.flags == begun.flags:
            path_px = self.path_px[length - 1 :]
            self.memory.keep(self.place, begun, buttons, ticks, self._piece(begun, path_px, events))
        return goes_on

    def carry(self, body: Body, ticks: int) -> None:
        """So many ticks without a button, after which the body is known."""
        self.before = self.state = self.state._replace(room_tick=self.state.room_tick + ticks, body=body)
        self.masks += bytes(ticks)
        self.path_px.append((body.x_sub // SUB, body.y_sub // SUB))

    def before_the_fall(self) -> Trial:
        """The trial as it was before its last tick, in which it walked off an edge."""
        earlier = Trial(self.place, self.motion, self.before, self.memory)
        earlier.path_px, earlier.masks = self.path_px[:-1], self.masks[:-1]
        earlier.keys = self.keys & earlier.state.flags
        return earlier

    def settle(self, buttons: int = 0) -> None:
        """Holds the buttons while in the air, and none until the body can act again."""
        goes_on = not self.over
        while goes_on and self.state.body.posture == _AIR:
            goes_on = self.go(buttons, PIECE_TICKS)
        while goes_on and not self.at_rest:
            goes_on = self.press(0)

    def _step(self, buttons: int) -> tuple[tuple[Event, ...], bool]:
        """One tick; what happened in it, and whether the action goes on."""
        before = self.before = self.state
        self.state, events = step(self.place, self.motion, before, buttons)
        self.masks.append(buttons)
        body = self.state.body
        self.path_px.append((body.x_sub // SUB, body.y_sub // SUB))
        if events:
            self._note(before, events)
        return events, not self.over and len(self.masks) < MAX_ARC_TICKS

    def _step_on(self, buttons: int, ticks: int) -> tuple[tuple[Event, ...], bool]:
        """See `go`; what happened in the last tick, and whether the action goes on."""
        events: tuple[Event, ...] = ()
        goes_on = True
        for _ in range(ticks):
            events, goes_on = self._step(buttons)
            if events or not goes_on:
                break
            body, was = self.state.body, self.before.body
            if body.posture != _AIR and body.x_sub == was.x_sub and body.y_sub == was.y_sub:
                break
        return events, goes_on

    def _piece(self, begun: State, path_px: list[tuple[int, int]], events: tuple[Event, ...]) -> Piece:
        """What was stepped since a state, from where it began. `path_px`: with the first position."""
        (x_px, y_px), start = path_px[0], begun.body
        ends = tuple(
            state.body._replace(x_sub=state.body.x_sub - start.x_sub, y_sub=state.body.y_sub - start.y_sub)
            for state in (self.before, self.state)
        )
        moved = [(x - x_px, y - y_px) for x, y in path_px]
        xs, ys = zip(*moved, strict=True)
        swept_px = min(xs), min(ys), max(xs), max(ys)
        return Piece((ends[0], ends[1]), tuple(moved[1:]), tuple(event.kind for event in events), swept_px)

    def _take(self, piece: Piece, buttons: int) -> None:
        """Goes on by what is remembered."""
        (room, tick, begun, flags), ticks = self.state, len(piece.path_px)
        self.before, self.state = (
            State(room, tick + at, Body(body[0] + begun.x_sub, body[1] + begun.y_sub, *body[2:]), flags)
            for at, body in zip((ticks - 1, ticks), piece.ends, strict=True)
        )
        x_px, y_px = self.path_px[-1]
        self.path_px += [(x_px + x, y_px + y) for x, y in piece.path_px]
        self.masks += bytes([buttons]) * ticks
        for kind in piece.events:
            self._note_kind(kind)

    @property
    def at_rest(self) -> bool:
        """Whether the body stands and no press is left over."""
        body = self.state.body
        return (
            body.posture == _STAND
            and not body.jump_held
            and not body.whip_held
            and not body.whip_tick
            and not (self.brakes and body.vx_sub)
        )

    @property
    def rests(self) -> bool:
        """Whether it ended well in the room: alive, there, and at rest."""
        return not self.over and self.at_rest

    def _note(self, before: State, events: tuple[Event, ...]) -> None:
        for event in events:
            self._note_kind(event.kind)
            if event.kind == EventKind.EXITED:
                self.over, self.left = True, EXIT
            elif event.kind == EventKind.KEY:
                self.keys |= self.state.flags & ~before.flags
            elif event.kind == EventKind.ENTERED:
                self.over = True
                room = self.place.interiors[before.room]
                side = 1 if event.x_px > room.left_px + TILE else -1
                doors = [(passage.side, (passage.row + 1) * TILE) for passage in room.passages]
                self.left = -1 - doors.index((side, event.y_px))

    def _note_kind(self, kind: EventKind) -> None:
        """What happened, as far as its kind says it all."""
        if kind == EventKind.DIED:
            self.over = True
        elif kind == EventKind.FELL:
            self.fell = self.airborne = True
        elif kind == EventKind.JUMPED:
            self.airborne = True


def jump(
    place: Place, motion: AnyMotion, state: State, direction: int, memory: RoomMemory | None = None
) -> Trial:
    """A jump from a state at rest, its direction held. `direction`: 1, 0 or -1."""
    mask = (0, RIGHT_MASK, LEFT_MASK)[direction]
    trial = Trial(place, motion, state, memory)
    while trial.go(mask | JUMP_MASK, CLUMSY_TICKS - len(trial.masks)) and len(trial.masks) < CLUMSY_TICKS:
        pass
    trial.settle(mask)
    return trial


def falls(place: Place, motion: AnyMotion, state: State) -> bool:
    """Whether a body that stands there stands on nothing."""
    return any(event.kind == EventKind.FELL for event in step(place, motion, state, 0)[1])
