"""What the buttons ask of a body: jumps, whips, crouching, steps of stairs.

Each function takes the fields of a body in order, after presses and timers were counted. It returns the
fields of the body that means to move, and what happened. `step` moves it then; only on stairs does it move
here. `direction` is 1 where RIGHT is pressed, -1 where LEFT is. Fields are plain numbers here, since
`Body._replace` costs as much as a whole step.
"""

from __future__ import annotations

from .body import Posture
from .events import Event, EventKind
from .interior import Interior
from .numbers import SUB, Motion

STAIR_SUB = SUB // 2
"""A tick on stairs, on each axis, px * 256. (FACTS)"""
STAIR_STEP_PX = 8
"""A step of stairs. A body rests only between steps. (FACTS)"""
STAIR_REACH_PX = 12
"""How far from the end of a flight UP or DOWN begins to walk there. (ours)"""

_STAND, _CROUCH, _AIR, _STAIRS = map(int, (Posture.STAND, Posture.CROUCH, Posture.AIR, Posture.STAIRS))
_UP, _DOWN = 4, 8

Fields = tuple[int, ...]
Meant = tuple[Fields, tuple[Event, ...]]


def steer(interior: Interior, motion: Motion, fields: Fields, buttons: int, direction: int) -> Meant:
    """In the air: a jump just after the edge, what control the motion gives, a whip."""
    (
        x_sub, y_sub, posture, facing, vx_sub, vy_sub, air_tick,
        whip_tick, safe_tick, landing_tick, jump_held, whip_held, stairs,
    ) = fields  # fmt: skip
    events: tuple[Event, ...] = ()
    buffer, since_edge = motion.buffer_ticks, air_tick - motion.fall_tick
    if 0 < jump_held <= buffer and 0 <= since_edge < motion.coyote_ticks:
        facing, vx_sub = direction or facing, direction * motion.walk_sub
        air_tick, jump_held = 0, buffer + 1
        events = (Event(EventKind.JUMPED, x_sub >> 8, y_sub >> 8),)
    elif motion.air_control:
        vx_sub = direction * motion.walk_sub
        if not whip_tick:
            facing = direction or facing
    if not whip_tick and 0 < whip_held <= buffer:
        whip_tick, whip_held = 1, buffer + 1
        events += (Event(EventKind.WHIPPED, x_sub >> 8, y_sub >> 8),)
    return (
        x_sub, y_sub, posture, facing, vx_sub, vy_sub, air_tick,
        whip_tick, safe_tick, landing_tick, jump_held, whip_held, stairs,
    ), events  # fmt: skip


def climb(interior: Interior, motion: Motion, fields: Fields, buttons: int, direction: int) -> Meant:
    """On stairs: a whip, or on along the flight."""
    (
        x_sub, y_sub, posture, facing, vx_sub, vy_sub, air_tick,
        whip_tick, safe_tick, landing_tick, jump_held, whip_held, stairs,
    ) = fields  # fmt: skip
    events: tuple[Event, ...] = ()
    flight = interior.stairs[stairs - 1]
    foot_sub, step_sub = flight.foot_x_px * SUB, STAIR_STEP_PX * SUB
    if not whip_tick and 0 < whip_held <= motion.buffer_ticks:
        whip_tick, whip_held = 1, motion.buffer_ticks + 1
        events = (Event(EventKind.WHIPPED, x_sub >> 8, y_sub >> 8),)
    elif not whip_tick:
        if not (x_sub - foot_sub) % step_sub:
            up = bool(buttons & _UP) - bool(buttons & _DOWN) or direction * flight.rise
            facing = up * flight.rise or facing
            vx_sub, vy_sub = up * flight.rise * STAIR_SUB, -up * STAIR_SUB
        x_sub += vx_sub
        y_sub += vy_sub
        if vx_sub and not (x_sub - foot_sub) % step_sub:
            at_end = y_sub >> 8 in (flight.foot_y_px, flight.head_y_px)
            events = (Event(EventKind.DISMOUNTED if at_end else EventKind.STEPPED, x_sub >> 8, y_sub >> 8),)
            if at_end:
                posture = _STAND
                vx_sub = vy_sub = stairs = 0
    return (
        x_sub, y_sub, posture, facing, vx_sub, vy_sub, air_tick,
        whip_tick, safe_tick, landing_tick, jump_held, whip_held, stairs,
    ), events  # fmt: skip


def tread(interior: Interior, motion: Motion, fields: Fields, buttons: int, direction: int) -> Meant:
    """On the ground: rooted by a whip or a landing, onto stairs, crouching, a whip, walking, a jump."""
    (
        x_sub, y_sub, posture, facing, vx_sub, vy_sub, air_tick,
        whip_tick, safe_tick, landing_tick, jump_held, whip_held, stairs,
    ) = fields  # fmt: skip
    events: tuple[Event, ...] = ()
    buffer, vx_sub, number = motion.buffer_ticks, 0, 0
    if interior.stairs and buttons & (_UP | _DOWN):
        away_sub, number = _stairs_near(interior, x_sub, y_sub >> 8, buttons)
    if whip_tick:
        pass  # rooted until it is done
    elif landing_tick:
        landing_tick -= 1
        if not landing_tick:
            posture = _STAND
    elif number and not away_sub:
        up, rise = 1 if buttons & _UP else -1, interior.stairs[number - 1].rise
        posture, stairs, facing = _STAIRS, number, up * rise
        vx_sub, vy_sub = up * rise * STAIR_SUB, -up * STAIR_SUB
        x_sub += vx_sub
        y_sub += vy_sub
        events = (Event(EventKind.MOUNTED, x_sub >> 8, y_sub >> 8),)
    else:
        speed_sub = motion.walk_sub
        if number:
            direction = 1 if away_sub > 0 else -1
            speed_sub = min(speed_sub, abs(away_sub))
        facing = direction or facing
        posture = _CROUCH if buttons & _DOWN and not number else _STAND
        if 0 < whip_held <= buffer:
            whip_tick, whip_held = 1, buffer + 1
            events = (Event(EventKind.WHIPPED, x_sub >> 8, y_sub >> 8),)
        elif posture == _STAND:
            vx_sub = direction * speed_sub
            if 0 < jump_held <= buffer:
                posture, air_tick, jump_held = _AIR, 0, buffer + 1
                events = (Event(EventKind.JUMPED, x_sub >> 8, y_sub >> 8),)
    return (
        x_sub, y_sub, posture, facing, vx_sub, vy_sub, air_tick,
        whip_tick, safe_tick, landing_tick, jump_held, whip_held, stairs,
    ), events  # fmt: skip


def _stairs_near(interior: Interior, x_sub: int, y: int, buttons: int) -> tuple[int, int]:
    """How far the nearest end is that UP or DOWN leads onto, px * 256, and 1 + its flight's index, or 0."""
    best, number = STAIR_REACH_PX * SUB + 1, 0
    up = bool(buttons & _UP)
    if up and buttons & _DOWN:
        return 0, 0
    nearest_sub = 0
    for i, flight in enumerate(interior.stairs):
        end_x, end_y = (flight.foot_x_px, flight.foot_y_px) if up else (flight.head_x_px, flight.head_y_px)
        away_sub = end_x * SUB - x_sub
        if end_y == y and abs(away_sub) < best:
            best, number, nearest_sub = abs(away_sub), i + 1, away_sub
    return nearest_sub, number
