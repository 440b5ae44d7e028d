"""What the buttons ask of a body: jumps, whips, crouching, steps of stairs.

Each function takes a body after its presses and timers were counted, and returns the body that means to move,
with what happened. `step` moves it then. Positions change here only on stairs.
"""

from __future__ import annotations

from .body import Body, Posture
from .events import Event, EventKind
from .interior import Interior
from .mechanisms import Stairs
from .numbers import SUB, Motion

STAIR_SUB = SUB // 2
"""A tick on stairs, on each axis, px * 256. (FACTS)"""
STAIR_STEP_PX = 8
"""A step of stairs. A body rests only between steps. (FACTS)"""
STAIR_REACH_PX = 12
"""How far from the end of a flight UP or DOWN begins to walk there. (ours)"""

_STAND, _CROUCH, _AIR, _STAIRS = map(int, (Posture.STAND, Posture.CROUCH, Posture.AIR, Posture.STAIRS))
_UP, _DOWN = 4, 8

Meant = tuple[Body, tuple[Event, ...]]


def intend(interior: Interior, motion: Motion, body: Body, buttons: int, direction: int) -> Meant:
    """What a body in the air, on stairs or on the ground means to do. `direction`: 1 is right, -1 is left."""
    if body.posture == _AIR:
        return _steer(motion, body, direction)
    if body.posture == _STAIRS:
        climb = bool(buttons & _UP) - bool(buttons & _DOWN)
        return _climb(motion, interior.stairs[body.stairs - 1], body, climb, direction)
    return _tread(interior, motion, body, buttons, direction)


def _steer(motion: Motion, body: Body, direction: int) -> Meant:
    """In the air: a jump just after the edge, what control the motion gives, a whip."""
    events: tuple[Event, ...] = ()
    since_edge = body.air_tick - motion.fall_tick
    if 0 < body.jump_held <= motion.buffer_ticks and 0 <= since_edge < motion.coyote_ticks:
        body, events = _jump(motion, body, direction or body.facing, direction * motion.walk_sub)
    elif motion.air_control:
        facing = body.facing if body.whip_tick else direction or body.facing
        body = body._replace(facing=facing, vx_sub=direction * motion.walk_sub)
    if not body.whip_tick and 0 < body.whip_held <= motion.buffer_ticks:
        body, whipped = _whip(motion, body, _AIR, body.facing)
        events += whipped
    return body, events


def _climb(motion: Motion, flight: Stairs, body: Body, climb: int, direction: int) -> Meant:
    """On stairs: a whip, or on along the flight. `climb`: 1 is up, -1 is down, 0 is as `direction` leads."""
    if body.whip_tick:
        return body, ()
    if 0 < body.whip_held <= motion.buffer_ticks:
        return _whip(motion, body, _STAIRS, body.facing)
    foot_sub = flight.foot_x_px * SUB
    if not (body.x_sub - foot_sub) % (STAIR_STEP_PX * SUB):
        body = _along(flight, body, body.stairs, climb or direction * flight.rise)
    else:
        body = body._replace(x_sub=body.x_sub + body.vx_sub, y_sub=body.y_sub + body.vy_sub)
    if not body.vx_sub or (body.x_sub - foot_sub) % (STAIR_STEP_PX * SUB):
        return body, ()
    x_px, y_px = body.x_sub >> 8, body.y_sub >> 8
    if y_px not in (flight.foot_y_px, flight.head_y_px):
        return body, (Event(EventKind.STEPPED, x_px, y_px),)
    body = body._replace(posture=_STAND, vx_sub=0, vy_sub=0, stairs=0)
    return body, (Event(EventKind.DISMOUNTED, x_px, y_px),)


def _tread(interior: Interior, motion: Motion, body: Body, buttons: int, direction: int) -> Meant:
    """On the ground: rooted by a whip or a landing, onto stairs, crouching, a whip, walking, a jump."""
    if body.whip_tick:
        return body._replace(vx_sub=0), ()
    if body.landing_tick:
        left = body.landing_tick - 1
        return body._replace(vx_sub=0, landing_tick=left, posture=body.posture if left else _STAND), ()
    target, number = 0, 0
    if interior.stairs and buttons & (_UP | _DOWN):
        target, number = _stairs_near(interior, body, buttons)
    speed_sub = motion.walk_sub
    if number:
        away_sub = target * SUB - body.x_sub
        if not away_sub:
            body = _along(interior.stairs[number - 1], body, number, 1 if buttons & _UP else -1)
            return body, (Event(EventKind.MOUNTED, body.x_sub >> 8, body.y_sub >> 8),)
        direction = 1 if away_sub > 0 else -1
        speed_sub = min(speed_sub, abs(away_sub))
    facing = direction or body.facing
    crouches = buttons & _DOWN and not number
    if 0 < body.whip_held <= motion.buffer_ticks:
        return _whip(motion, body._replace(vx_sub=0), _CROUCH if crouches else _STAND, facing)
    if crouches:
        return body._replace(posture=_CROUCH, facing=facing, vx_sub=0), ()
    if 0 < body.jump_held <= motion.buffer_ticks:
        return _jump(motion, body, facing, direction * speed_sub)
    return body._replace(posture=_STAND, facing=facing, vx_sub=direction * speed_sub), ()


def _jump(motion: Motion, body: Body, facing: int, vx_sub: int) -> Meant:
    body = body._replace(
        posture=_AIR, facing=facing, vx_sub=vx_sub, air_tick=0, jump_held=motion.buffer_ticks + 1
    )
    return body, (Event(EventKind.JUMPED, body.x_sub >> 8, body.y_sub >> 8),)


def _whip(motion: Motion, body: Body, posture: int, facing: int) -> Meant:
    body = body._replace(posture=posture, facing=facing, whip_tick=1, whip_held=motion.buffer_ticks + 1)
    return body, (Event(EventKind.WHIPPED, body.x_sub >> 8, body.y_sub >> 8),)


def _along(flight: Stairs, body: Body, number: int, climb: int) -> Body:
    """The first tick of a step on stairs: up where `climb` is 1, down where it is -1."""
    aside = climb * flight.rise
    vx_sub, vy_sub = aside * STAIR_SUB, -climb * STAIR_SUB
    return body._replace(
        x_sub=body.x_sub + vx_sub,
        y_sub=body.y_sub + vy_sub,
        posture=_STAIRS,
        facing=aside or body.facing,
        vx_sub=vx_sub,
        vy_sub=vy_sub,
        stairs=number,
    )


def _stairs_near(interior: Interior, body: Body, buttons: int) -> tuple[int, int]:
    """x in px of the nearest end that UP or DOWN leads onto, and 1 + the index of its flight; or 0, 0."""
    best, number, target = STAIR_REACH_PX * SUB + 1, 0, 0
    up = bool(buttons & _UP)
    if up and buttons & _DOWN:
        return 0, 0
    for i, flight in enumerate(interior.stairs):
        end_x, end_y = (flight.foot_x_px, flight.foot_y_px) if up else (flight.head_x_px, flight.head_y_px)
        away = abs(end_x * SUB - body.x_sub)
        if end_y == body.y_sub >> 8 and away < best:
            best, number, target = away, i + 1, end_x
    return target, number
