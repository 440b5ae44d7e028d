"""How a hero with a motion of its own walks and jumps, found out by trying it: on a floor without an end.

A hero who gathers speed does not stop where one wishes. So it is measured once how far a body goes that
holds a direction for so many ticks and then lets go, and of these taps the way over every small distance is
put together. The search walks by them from mark to mark and needs no more places to stand than for a hero who
stops at once.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from ..motion import SUB, Body, MotionError, OwnMotion, Posture, State, spawn, step
from ..motion.interior import Interior, interiors
from ..nes.roles import TILE, Role
from .graphs import fastest
from .trials import CLUMSY_TICKS, JUMP_MASK, LEFT_MASK, RIGHT_MASK

FLOOR_TILES, SKY_ROWS = 400, 12
STILL_TICKS = 64
"""A body that stands must stay as it is for so long."""
MOST_REST_TICKS = 240
"""How long a body may take to stop. (ours)"""
MOST_AIR_TICKS = 600
"""How long a jump may take until it lands on the floor that it left. (ours)"""
LEAST_JUMP_PX = TILE
"""How high a jump must be, and how far a walk of WALK_TICKS must lead."""
WALK_TICKS = 120
MOST_AIR_JUMPS = 3
"""Jumps in the air that are tried."""
TAP_TICKS = 24
"""The longest of the taps of which small distances are put together."""
RUN_TICKS = 240
"""The longest run that is measured."""
NEAR_PX = 24
"""Distances up to this are put together of taps."""
BACK_PX = 4
"""How far behind its start a way of taps may lead."""
LOWER_PX = 6
"""A short jump that is lower than the full one by less is not tried. (ours)"""

Taps = tuple[tuple[int, int], ...]
"""(direction, ticks): held, then let go until the body stands still."""


class Press(NamedTuple):
    """Buttons that are held for some ticks of a jump."""

    ticks: int
    jump: bool
    steer: int  # 1: the direction of the jump, 0: none


class Leap(NamedTuple):
    """One way to jump."""

    presses: tuple[Press, ...]
    then: int  # what is held from then on until the feet land: 1 the direction of the jump, 0 nothing


@dataclass(frozen=True)
class Gait:
    """What a hero can do on level ground."""

    walk_px: int
    """The fastest walk, px a tick, rounded up."""
    rise_px: int
    """The highest jump."""
    reach_px: int
    """The farthest that a jump leads on level ground."""
    leaps: tuple[Leap, ...]
    """Ways to jump, the plainest first."""
    straight: tuple[int, ...]
    """Numbers of those that are worth trying without a direction."""
    taps: dict[int, dict[int, Taps]]
    """By direction and distance, px: the fastest taps that lead exactly there."""
    runs: dict[int, tuple[int, ...]]
    """By direction: how far a body comes, px, that holds it for CLUMSY_TICKS, CLUMSY_TICKS + 1, ... ticks."""


@lru_cache(maxsize=16)
def gait_of(motion: OwnMotion) -> Gait:
    """How a motion walks and jumps, measured once.

    Raises MotionError, one line, for a motion that does not stand still, walk, stop, jump or land.
    """
    motion.check()
    probe = _Probe(motion)
    probe.stands_still()
    runs = {direction: probe.runs(direction) for direction in (1, -1)}
    fastest_sub = max(probe.fastest_sub, 1)
    leaps, straight, rise_px = _leaps(probe)
    reach_px = max(probe.leap(leap)[1] for leap in leaps)
    taps = {direction: _ways(runs, direction) for direction in (1, -1)}
    return Gait(-(-fastest_sub // SUB), rise_px, reach_px, leaps, straight, taps, runs)


def _leaps(probe: _Probe) -> tuple[tuple[Leap, ...], tuple[int, ...], int]:
    """The ways to jump that differ, the numbers of those for straight up, and how high the highest is."""
    rises, full_px = probe.rises()
    full = Press(rises[0], jump=True, steer=1)
    leaps = [Leap((full,), 1)]
    straight = [0]
    short = Leap((Press(CLUMSY_TICKS, jump=True, steer=1),), 1)
    if probe.leap(short)[0] < probe.leap(leaps[0])[0] - LOWER_PX:
        straight.append(len(leaps))
        leaps.append(short)
    up_first = Leap((full._replace(steer=0),), 1)
    if probe.leap(up_first)[1]:  # it can be steered
        leaps += [Leap((full,), 0), up_first]
    again: tuple[Press, ...] = (full,)
    for more in rises[1:]:
        again += Press(CLUMSY_TICKS, jump=False, steer=1), Press(more, jump=True, steer=1)
        straight.append(len(leaps))
        leaps.append(Leap(again, 1))
    if len(rises) > 1:
        leaps.append(Leap(tuple(press._replace(steer=0) for press in again), 1))
    return tuple(leaps), tuple(straight), full_px


def _ways(runs: dict[int, tuple[int, ...]], direction: int) -> dict[int, Taps]:
    """The fastest taps over each small distance; never beyond it, and hardly behind its start."""
    single: dict[int, tuple[int, int]] = {}
    for side, led in runs.items():
        for more, far_px in enumerate(led[: TAP_TICKS - CLUMSY_TICKS]):
            single.setdefault(far_px * side * direction, (side, CLUMSY_TICKS + more))
    ways: dict[int, Taps] = {}
    for far_px in range(1, NEAR_PX + 1):
        moves = [
            (step_px, tap) for step_px, tap in sorted(single.items()) if step_px and abs(step_px) <= far_px
        ]

        def beyond(
            at: tuple[int], far_px: int = far_px, moves: list[tuple[int, tuple[int, int]]] = moves
        ) -> list[tuple[int, tuple[int], tuple[int, int]]]:
            return [
                (tap[1] + CLUMSY_TICKS, (at[0] + step_px,), tap)
                for step_px, tap in moves
                if -BACK_PX <= at[0] + step_px <= far_px
            ]

        found = fastest((0,), beyond)
        if (far_px,) in found.cost:
            ways[far_px] = tuple(tap for _, tap in found.to((far_px,)))
    return ways


class Floor:
    """A floor with nothing on it. It is a `Place`."""

    def __init__(self) -> None:
        roles = np.full((SKY_ROWS + 2, FLOOR_TILES), Role.SKY, np.uint8)
        roles[SKY_ROWS:] = Role.GROUND_FILL
        self.interiors: tuple[Interior, ...] = interiors(
            roles, [(0, 0, FLOOR_TILES, SKY_ROWS + 2)], (), (-100, -100)
        )
        self.start = FLOOR_TILES * TILE // 2, SKY_ROWS * TILE


class _Probe:
    """Tries a motion."""

    def __init__(self, motion: OwnMotion) -> None:
        self.motion, self.floor = motion, Floor()
        self.state = spawn(self.floor)
        self.fastest_sub = 0
        self.highest_sub = self.state.body.y_sub

    def _step(self, state: State, buttons: int) -> State:
        after, _ = step(self.floor, self.motion, state, buttons)
        self.highest_sub = min(self.highest_sub, after.body.y_sub)
        if after.body.posture != Posture.AIR:
            self.fastest_sub = max(self.fastest_sub, abs(after.body.x_sub - state.body.x_sub))
        return after

    def _wrong(self, what: str) -> MotionError:
        return MotionError(f"{self.motion} {what}")

    def stands_still(self) -> None:
        """Makes the first state one in which the body rests. Raises MotionError where it does not."""
        state = self._rested(self.state, "stand still")
        for _ in range(STILL_TICKS):
            after = self._step(state, 0)
            if after.body != state.body:
                raise self._wrong(
                    "does not stay as it is while it stands and no button is pressed: "
                    f"{_changed(state.body, after.body)}; then no search of its ways would end"
                )
        self.state = state

    def runs(self, direction: int) -> tuple[int, ...]:
        """See `Gait.runs`. Raises MotionError where the body does not walk, or does not stop."""
        mask = RIGHT_MASK if direction > 0 else LEFT_MASK
        button = "RIGHT" if direction > 0 else "LEFT"
        state, found = self.state, []
        for ticks in range(1, RUN_TICKS + 1):
            state = self._step(state, mask)
            if ticks >= CLUMSY_TICKS:
                end = self._rested(state, f"stop after {button} was let go")
                found.append((end.body.x_sub - self.state.body.x_sub) // SUB * direction)
            if ticks == WALK_TICKS and found[-1] < LEAST_JUMP_PX:
                raise self._wrong(
                    f"does not walk: {button}, held for {WALK_TICKS} ticks, leads {found[-1]} px; a hero "
                    f"must come {LEAST_JUMP_PX} px far"
                )
        return tuple(found)

    def rises(self) -> tuple[list[int], int]:
        """For how many ticks a jump rises while JUMP is held, then each further one in the air; and how high
        all that leads, px. Raises MotionError where the body does not jump, or does not land."""
        state, found = self.state, []
        floor_sub = self.highest_sub = state.body.y_sub
        for number in range(1 + MOST_AIR_JUMPS):
            if number:
                for _ in range(CLUMSY_TICKS):
                    state = self._step(state, 0)
                if state.body.posture != Posture.AIR:
                    break
            ticks, was_sub = 0, state.body.y_sub
            while ticks < MOST_AIR_TICKS:
                after = self._step(state, JUMP_MASK)
                if after.body.y_sub >= state.body.y_sub:
                    break
                state, ticks = after, ticks + 1
            if not ticks:
                break
            if ticks >= MOST_AIR_TICKS:
                raise self._wrong(
                    f"rises for ever: {MOST_AIR_TICKS} ticks after JUMP was pressed it still does"
                )
            if number and was_sub - state.body.y_sub < LOWER_PX * SUB:
                break
            found.append(max(ticks, CLUMSY_TICKS))
        high_px = (floor_sub - self.highest_sub) // SUB
        if not found or (len(found) == 1 and high_px < LEAST_JUMP_PX):
            raise self._wrong(
                f"does not jump: JUMP, held, lifts it {high_px if found else 0} px; a hero must jump "
                f"{LEAST_JUMP_PX} px high"
            )
        self._landed(state)
        return found, high_px

    def leap(self, leap: Leap) -> tuple[int, int]:
        """How high and how far to the right a leap leads, px."""
        state = self.state
        x_sub, y_sub = state.body.x_sub, state.body.y_sub
        self.highest_sub = y_sub
        for press in leap.presses:
            for _ in range(press.ticks):
                state = self._step(state, JUMP_MASK * press.jump | RIGHT_MASK * press.steer)
        state = self._landed(state, RIGHT_MASK * leap.then)
        return (y_sub - self.highest_sub) // SUB, (state.body.x_sub - x_sub) // SUB

    def _rested(self, state: State, what: str) -> State:
        """The state once the body stands still without a button. Raises MotionError where it never does."""
        for _ in range(MOST_REST_TICKS):
            body = state.body
            if body.posture == Posture.STAND and not body.vx_sub:
                return state
            state = self._step(state, 0)
        raise self._wrong(
            f"does not {what} within {MOST_REST_TICKS} ticks: its posture must come to be STAND, its vx_sub 0"
        )

    def _landed(self, state: State, buttons: int = 0) -> State:
        """The state after the body has come down. Raises MotionError where it does not."""
        for _ in range(MOST_AIR_TICKS):
            if state.body.posture != Posture.AIR:
                return state
            state = self._step(state, buttons)
        raise self._wrong(f"does not fall: {MOST_AIR_TICKS} ticks after a jump it is still in the air")


def _changed(before: Body, after: Body) -> str:
    """The fields that differ."""
    return ", ".join(
        f"{field} from {old} to {new}"
        for field, old, new in zip(Body._fields, before, after, strict=True)
        if old != new
    )
