"""What the buttons ask of a body: jumps, whips, crouching, walking onto stairs and along them."""

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


def intend(
    interior: Interior, motion: Motion, fields: Fields, buttons: int, direction: int
) -> tuple[Fields, tuple[Event, ...]]:
    """What a body in the air, on stairs or on the ground means to do; `step` moves it then.

    Args:
        fields: those of a `Body`, in order, after presses and timers were counted. They are plain numbers,
            since `Body._replace` costs as much as a whole step.
        direction: 1 where RIGHT is pressed, -1 where LEFT is, 0 where neither is or both.

    Returns: the fields of the body that means to move, and what happened. On stairs it has moved already.
    """
    (
        x_sub, y_sub, posture, facing, vx_sub, vy_sub, air_tick,
        whip_tick, safe_tick, landing_tick, jump_held, whip_held, stairs,
    ) = fields  # fmt: skip
    buffer = motion.buffer_ticks
    jumps, whips = 0 < jump_held <= buffer, not whip_tick and 0 < whip_held <= buffer
    happens: EventKind | None = None
    if posture == _AIR:
        # Just after an edge a jump still works; a motion may let a body steer.
        if jumps and 0 <= air_tick - motion.fall_tick < motion.coyote_ticks:
            facing, vx_sub = direction or facing, direction * motion.walk_sub
            air_tick, happens = 0, EventKind.JUMPED
        elif motion.air_control:
            facing, vx_sub = facing if whip_tick else direction or facing, direction * motion.walk_sub
    elif posture == _STAIRS:
        if not (whip_tick or whips):
            flight = interior.stairs[stairs - 1]
            foot_sub, step_sub = flight.foot_x_px * SUB, STAIR_STEP_PX * SUB
            if not (x_sub - foot_sub) % step_sub:
                up = bool(buttons & _UP) - bool(buttons & _DOWN) or direction * flight.rise
                facing = up * flight.rise or facing
                vx_sub, vy_sub = up * flight.rise * STAIR_SUB, -up * STAIR_SUB
            x_sub, y_sub = x_sub + vx_sub, y_sub + vy_sub
            if vx_sub and not (x_sub - foot_sub) % step_sub:
                happens = EventKind.STEPPED
                if y_sub >> 8 in (flight.foot_y_px, flight.head_y_px):
                    happens, posture = EventKind.DISMOUNTED, _STAND
                    vx_sub = vy_sub = stairs = 0
    elif whip_tick:
        vx_sub = 0  # rooted until it is done
    elif landing_tick:
        vx_sub, whips = 0, False
        landing_tick -= 1
        posture = posture if landing_tick else _STAND
    else:
        number, away_sub, speed_sub = 0, 0, motion.walk_sub
        if interior.stairs and buttons & (_UP | _DOWN):
            number, away_sub = stairs_near(interior, x_sub, y_sub >> 8, buttons)
        if number and not away_sub:
            up, rise = 1 if buttons & _UP else -1, interior.stairs[number - 1].rise
            posture, stairs, facing = _STAIRS, number, up * rise
            vx_sub, vy_sub = up * rise * STAIR_SUB, -up * STAIR_SUB
            x_sub, y_sub = x_sub + vx_sub, y_sub + vy_sub
            happens, whips = EventKind.MOUNTED, False
        else:
            if number:
                direction, speed_sub = 1 if away_sub > 0 else -1, min(speed_sub, abs(away_sub))
            facing = direction or facing
            posture = _CROUCH if buttons & _DOWN and not number else _STAND
            vx_sub = 0 if whips or posture == _CROUCH else direction * speed_sub
            if jumps and not whips and posture == _STAND:
                posture, air_tick, happens = _AIR, 0, EventKind.JUMPED
    events: tuple[Event, ...] = ()
    if happens is not None:
        events = (Event(happens, x_sub >> 8, y_sub >> 8),)
        if happens == EventKind.JUMPED:
            jump_held = buffer + 1
    if whips:
        whip_tick, whip_held = 1, buffer + 1
        events += (Event(EventKind.WHIPPED, x_sub >> 8, y_sub >> 8),)
    return (
        x_sub, y_sub, posture, facing, vx_sub, vy_sub, air_tick,
        whip_tick, safe_tick, landing_tick, jump_held, whip_held, stairs,
    ), events  # fmt: skip


def stairs_near(interior: Interior, x_sub: int, y: int, buttons: int) -> tuple[int, int]:
    """The nearest end of stairs that UP or DOWN leads onto: 1 + the index of its flight, and how far it is to
    the right, px * 256; or 0, 0."""
    up = bool(buttons & _UP)
    number, nearest_sub = 0, STAIR_REACH_PX * SUB + 1
    for i, flight in enumerate(interior.stairs if not (up and buttons & _DOWN) else ()):
        end_x, end_y = (flight.foot_x_px, flight.foot_y_px) if up else (flight.head_x_px, flight.head_y_px)
        away_sub = end_x * SUB - x_sub
        if end_y == y and abs(away_sub) < abs(nearest_sub):
            number, nearest_sub = i + 1, away_sub
    return (number, nearest_sub) if number else (0, 0)
