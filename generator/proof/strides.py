"""What a hero with a motion of its own can do from a place to stand: walk to a mark, run, step off, leap.

As in `acts`, but here a body gathers speed and stops late, so its ways are put together of measured taps; see
`gait`. Whatever was measured, a trial with the motion itself in the room itself has the last word.
"""

from __future__ import annotations

from typing import NamedTuple

from ..motion import DEADLY_KIND, SOLID_KIND, SUB, Place, Posture, State, Terrain
from ..motion.rules import DEADLY_HALF_PX, SINK_PX
from ..nes.roles import TILE
from .footing import RIDE_PX, WALK_PX, Footing
from .gait import Gait, Leap
from .trials import CLUMSY_TICKS, JUMP_MASK, LEFT_MASK, PIECE_TICKS, RIGHT_MASK, Act, Trial

FAR_TILES = 24
"""No run is longer."""
OFF_TICKS = 48
"""How long a body tries to step off an edge. (ours: from rest it is off after 20)"""

_STAND, _AIR = int(Posture.STAND), int(Posture.AIR)

Tried = tuple[Act, int, Trial]


class Ahead(NamedTuple):
    """What lies in one direction of a body at rest."""

    free_px: int
    """How far it can walk at most."""
    drops: bool
    """Whether an edge is there, and no wall."""


def leap_on(trial: Trial, direction: int, leap: Leap) -> None:
    """Goes on with a leap, as long as the feet are off the ground, and until the body rests."""
    mask = (0, RIGHT_MASK, LEFT_MASK)[direction]
    for number, press in enumerate(leap.presses):
        buttons = mask * press.steer | JUMP_MASK * press.jump
        end = len(trial.masks) + press.ticks
        # The first press lasts, whatever happens; later ones are let go when the feet are down.
        least = len(trial.masks) + CLUMSY_TICKS if not number else 0
        while len(trial.masks) < end and not trial.over:
            if trial.state.body.posture != _AIR and len(trial.masks) >= least:
                break
            if not trial.go(buttons, min(PIECE_TICKS, end - len(trial.masks))):
                break
    _settle(trial, mask * leap.then)


def stroll(place: Place, footing: Footing, gait: Gait, state: State, direction: int) -> list[Tried]:
    """On to the next mark, wall or edge; a long run; and from an edge, off it."""
    found: list[Tried] = []
    ahead, to_mark = _ahead(footing, state, direction)
    taps = gait.taps[direction]
    near = max((px for px in taps if px <= min(ahead.free_px, to_mark)), default=0)
    if near:
        walk = Trial(place, footing.motion, state, footing.memory)
        for side, ticks in taps[near]:
            _tap(walk, side, ticks)
        if not walk.fell:
            found.append((Act.WALK, direction, walk))
    run = _run(place, footing, gait, state, direction, ahead.free_px)
    if run is not None:
        found.append((Act.WALK, direction, run))
    if ahead.drops and ahead.free_px <= WALK_PX:
        found += _off(place, footing, state, direction)
    return found


def to_near_mark(footing: Footing, gait: Gait, trial: Trial, x_px: int, width_px: int) -> None:
    """A body that came down on a platform walks to the nearest mark on it. `x_px`: from its left edge."""
    half = footing.motion.half_width_px
    marks = [mark for mark in range(0, width_px + 1, RIDE_PX) if -half < mark < width_px + half]
    mark = min(marks, key=lambda mark: abs(mark - x_px))
    direction = 1 if mark > x_px else -1
    for side, ticks in gait.taps[direction].get(abs(mark - x_px), ()):
        _tap(trial, side, ticks)


def _tap(trial: Trial, direction: int, ticks: int) -> None:
    """Holds a direction for so many ticks, then waits until the body stands still."""
    _hold(trial, RIGHT_MASK if direction > 0 else LEFT_MASK, ticks)
    _settle(trial)


def _hold(trial: Trial, mask: int, ticks: int) -> None:
    """So many ticks, whatever happens, unless it is over."""
    end = len(trial.masks) + ticks
    while (
        len(trial.masks) < end and not trial.over and trial.go(mask, min(PIECE_TICKS, end - len(trial.masks)))
    ):
        pass


def _settle(trial: Trial, mask: int = 0) -> None:
    """Holds the buttons while in the air, then none until the body stands still."""
    goes_on = not trial.over
    while goes_on and trial.state.body.posture == _AIR:
        goes_on = trial.go(mask, PIECE_TICKS)
    while goes_on and not trial.at_rest:
        goes_on = trial.go(0, PIECE_TICKS)


def _run(  # noqa: PLR0917 - as stroll
    place: Place, footing: Footing, gait: Gait, state: State, direction: int, free_px: int
) -> Trial | None:
    """The longest run that ends on a mark of firm ground; None where there is none beyond the next mark."""
    if footing.rides(state):
        return None
    x_px, led = state.body.x_sub // SUB, gait.runs[direction]
    for more in range(len(led) - 1, -1, -1):
        far_px = led[more]
        if far_px <= WALK_PX:
            return None
        if far_px > free_px or (x_px + direction * far_px) % WALK_PX:
            continue
        there = state._replace(body=state.body._replace(x_sub=(x_px + direction * far_px) * SUB))
        if footing.gives_way(there):
            continue
        run = Trial(place, footing.motion, state, footing.memory)
        _tap(run, direction, CLUMSY_TICKS + more)
        return None if run.fell else run
    return None


def _off(place: Place, footing: Footing, state: State, direction: int) -> list[Tried]:
    """Off an edge: without a button, straight on, or back under it; or onto what stands level with it."""
    mask, back = (RIGHT_MASK, LEFT_MASK) if direction > 0 else (LEFT_MASK, RIGHT_MASK)
    rode = footing.rides(state)
    found: list[Tried] = []
    for then in (0, mask, back) if footing.bold else (0,):
        trial = Trial(place, footing.motion, state, footing.memory)
        while len(trial.masks) < OFF_TICKS and not trial.fell:
            if not trial.go(mask, 1):
                break
            if len(trial.masks) >= CLUMSY_TICKS and not trial.fell and footing.rides(trial.state) != rode:
                break
        if not trial.fell:
            _settle(trial)
            return [(Act.WALK, direction, trial)]
        while len(trial.masks) < CLUMSY_TICKS and trial.go(mask, 1):
            pass
        _settle(trial, then)
        found.append((Act.FALL, direction, trial))
    return found


def _ahead(footing: Footing, state: State, direction: int) -> tuple[Ahead, int]:
    """What lies in a direction of a body at rest, and how far the next mark there is, px."""
    half = footing.motion.half_width_px
    platform = footing.platform(state)
    if platform is not None:
        x_px = footing.spot(state)[0] // SUB
        last = platform.tiles * TILE + half - 1 if direction > 0 else 1 - half
        to_mark = RIDE_PX - x_px % RIDE_PX if direction > 0 else x_px % RIDE_PX or RIDE_PX
        return Ahead(max(0, (last - x_px) * direction), True), to_mark
    x_px = state.body.x_sub // SUB
    to_mark = WALK_PX - x_px % WALK_PX if direction > 0 else x_px % WALK_PX or WALK_PX
    terrain = footing.interior.terrain(state.flags)
    return _ahead_on(terrain, footing, x_px, state.body.y_sub // SUB, direction), to_mark


def _ahead_on(terrain: Terrain, footing: Footing, x_px: int, y_px: int, direction: int) -> Ahead:
    """See `_ahead`, on firm ground: until the first column that does not carry, stops or kills a body."""
    half, height = footing.motion.half_width_px, footing.motion.height_px
    left, right = (x_px - half) // TILE, (x_px + half - 1) // TILE
    back, front = (left, right) if direction > 0 else (right, left)
    outside = terrain.origin[0] - 2, terrain.origin[0] + terrain.width + 1
    stride, base, row = terrain.stride, terrain.base, y_px // TILE
    rows = range((y_px - height) // TILE, (y_px - 1) // TILE + 1)
    deadly_row = base + (y_px - SINK_PX) // TILE * stride
    first = back if terrain.carries[base + row * stride + back] else front
    for column in range(first, first + direction * FAR_TILES, direction):
        if column in outside:
            # Through a door, or along the wall beside it.
            return Ahead(FAR_TILES * TILE, False)
        if (column - front) * direction > 0:
            if any(terrain.padded[base + at * stride + column] == SOLID_KIND for at in rows):
                last = column * TILE - half if direction > 0 else column * TILE + TILE + half
                return Ahead(max(0, (last - x_px) * direction), False)
            if terrain.padded[deadly_row + column] == DEADLY_KIND:
                last = (
                    column * TILE - DEADLY_HALF_PX if direction > 0 else (column + 1) * TILE + DEADLY_HALF_PX
                )
                return Ahead(max(0, (last - x_px) * direction), False)
        if not terrain.carries[base + row * stride + column]:
            last = column * TILE - 1 + half if direction > 0 else (column + 1) * TILE - half + 1
            return Ahead(max(0, (last - x_px) * direction), True)
    return Ahead(FAR_TILES * TILE, False)
