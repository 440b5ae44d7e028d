"""What a player can do from a state at rest: walk on, step off an edge, jump, take stairs, whip, wait.

Every press lasts CLUMSY_TICKS at least.
"""

from __future__ import annotations

from ..motion import SUB, Button, Motion, Place, Posture, State
from ..nes.roles import TILE
from .footing import WAIT_TICKS, Footing
from .sight import Sight
from .strides import Tried, leap_on, stroll
from .trials import CLUMSY_TICKS, JUMP_MASK, LEFT_MASK, RIGHT_MASK, Act, Trial, jump

WHIP_REACH_PX = 48
"""Walls that are farther away are not whipped at."""

_UP, _DOWN, _WHIP = int(Button.UP), int(Button.DOWN), int(Button.WHIP)
_STAND = int(Posture.STAND)


def all_acts(place: Place, footing: Footing, sight: Sight, state: State) -> list[Tried]:
    """Everything that is worth trying from a state at rest."""
    found: list[Tried] = []
    motion = footing.motion
    committed = footing.gives_way(state)
    spot, jumps = footing.spot(state)
    for direction in (1, -1):
        if not committed or direction == state.body.facing:
            walks = walk_on(place, footing, state, direction)
            # From an edge, and with the back to a wall, too.
            jumps = (
                jumps or not walks or walks[0][0] != Act.WALK or footing.spot(walks[0][2].state)[0] == spot
            )
            found += walks
    found += _stairs(place, footing, state)
    found += _whips(place, footing, state)
    if footing.rides(state):
        wait = Trial(place, motion, state)
        if not footing.glide(wait, WAIT_TICKS):
            wait.hold(0, WAIT_TICKS)
        found.append((Act.WAIT, 0, wait))
    if jumps:
        for direction in (state.body.facing,) if committed else (1, -1, 0):
            if not sight.dull(state.body, direction):
                found += jumps_from(place, footing, state, direction)
    return found


def jumps_from(place: Place, footing: Footing, state: State, direction: int) -> list[Tried]:
    """All ways to jump that the motion has, with a direction held or without."""
    if footing.gait is None:
        return [(Act.JUMP, direction, jump(place, footing.motion, state, direction, footing.memory))]
    if footing.bold:
        numbers = tuple(range(len(footing.gait.leaps))) if direction else footing.gait.straight
    else:
        numbers = (0,)
    return [(Act.JUMP, direction, leap(place, footing, state, direction, number)) for number in numbers]


def leap(place: Place, footing: Footing, state: State, direction: int, number: int) -> Trial:
    """One way to jump from a state at rest."""
    if footing.gait is None:
        return jump(place, footing.motion, state, direction, footing.memory)
    trial = Trial(place, footing.motion, state, footing.memory)
    trial.leap = number
    leap_on(trial, direction, footing.gait.leaps[number])
    return trial


def walk_on(place: Place, footing: Footing, state: State, direction: int) -> list[Tried]:
    """On to the next mark, wall or edge; from an edge, off it, and a jump just after it."""
    motion = footing.motion
    if not isinstance(motion, Motion):
        assert footing.gait is not None
        return stroll(place, footing, footing.gait, state, direction)
    mask = RIGHT_MASK if direction > 0 else LEFT_MASK
    walk = Trial(place, motion, state, footing.memory)
    while walk.go(mask, footing.to_mark(walk.state, direction)) and not walk.fell:
        now, marked = footing.spot(walk.state)
        if len(walk.masks) >= CLUMSY_TICKS and (marked or now == footing.spot(walk.before)[0]):
            break
    if not walk.fell:
        return [(Act.WALK, direction, walk)]
    found: list[Tried] = []
    if len(walk.masks) > CLUMSY_TICKS:
        # The edge itself is a node: the farthest jumps start there.
        found.append((Act.WALK, direction, walk.before_the_fall()))
    elif motion.coyote_ticks:
        late = Trial(place, motion, state, footing.memory)
        late.hold(mask, len(walk.masks))
        if not late.over:
            late.hold(mask | JUMP_MASK, CLUMSY_TICKS)
            late.settle(mask)
        found.append((Act.LATE_JUMP, direction, late))
    while len(walk.masks) < CLUMSY_TICKS and walk.press(mask):
        pass
    walk.settle()
    found.append((Act.FALL, direction, walk))
    return found


def _stairs(place: Place, footing: Footing, state: State) -> list[Tried]:
    found: list[Tried] = []
    for mask in (_UP, _DOWN) if footing.interior.stairs else ():
        trial = Trial(place, footing.motion, state)
        trial.press(mask)
        body = trial.state.body
        if body.posture == Posture.CROUCH or (body.x_sub == state.body.x_sub and body.posture == _STAND):
            continue
        while trial.press(mask) and (
            trial.state.body.posture == Posture.STAIRS or len(trial.masks) < 2 * TILE
        ):
            if trial.state.body.posture == _STAND and trial.state.body.y_sub != state.body.y_sub:
                break
        trial.settle()
        found.append((Act.STAIRS, 1 if mask == _UP else -1, trial))
    return found


def _whips(place: Place, footing: Footing, state: State) -> list[Tried]:
    found: list[Tried] = []
    x_px, y_px = state.body.x_sub // SUB, state.body.y_sub // SUB
    for wall in footing.interior.walls:
        left, right = wall.column * TILE, (wall.column + wall.w) * TILE
        near = left - WHIP_REACH_PX < x_px < right + WHIP_REACH_PX
        high = wall.row * TILE < y_px and y_px - 2 * TILE < (wall.row + wall.h) * TILE
        if state.flags >> wall.bit & 1 or not near or not high:
            continue
        direction = 1 if x_px < (left + right) // 2 else -1
        trial = Trial(place, footing.motion, state)
        trial.hold(RIGHT_MASK if direction > 0 else LEFT_MASK, CLUMSY_TICKS)
        trial.hold(_WHIP, CLUMSY_TICKS)
        trial.settle()
        if trial.state.flags != state.flags:
            found.append((Act.WHIP, direction, trial))
    return found
