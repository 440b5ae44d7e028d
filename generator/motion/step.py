"""How a body moves: one pure integer step a tick, 60 ticks a second, positions in 1/256 px.

The rules are those of the NES's gothic platformers: a jump read from a table, its direction fixed at
take-off, falls that drop straight down, a whip that roots the feet. The game moves its hero by `step` and the
proof searches with it, so a proven path replays in the game by construction.

`intent` says what the buttons ask for, `rules` what the place does; here the body moves.
"""

from __future__ import annotations

from ..nes.roles import TILE
from .body import HURT_FALL_MAX_SUB, HURT_GRAVITY_SUB, Body, Place, Posture, State
from .events import Event, EventKind
from .intent import intend
from .interior import Interior
from .mechanisms import STAYING
from .numbers import Motion
from .own import AnyMotion, OwnMotion
from .own_step import step_own
from .rules import (
    DEADLY_HALF_PX,
    FALLEN_OUT_PX,
    SINK_PX,
    boarded,
    carried,
    crumble,
    dead,
    leave,
    ridden,
    take,
)
from .terrain import DEADLY_KIND, SOLID_KIND, Terrain

# Plain integers and a bare constructor: enums and NamedTuple's own __new__ would cost more than the rest.
_STAND, _CROUCH, _AIR, _HURT, _LANDING, _DEAD, _STAIRS = (int(posture) for posture in Posture)
_GROUNDED, _FLYING = (_STAND, _CROUCH, _LANDING), (_AIR, _HURT)
_RIGHT, _LEFT, _UP_OR_DOWN, _JUMP, _WHIP, _JUMP_OR_WHIP = 1, 2, 4 | 8, 16, 32, 16 | 32
_new = tuple.__new__


def step(place: Place, motion: AnyMotion, state: State, buttons: int) -> tuple[State, tuple[Event, ...]]:
    """One tick: (state, buttons) -> (state, events), pure. A dead body stays as it is.

    The order of operations is the design. A body moves at most 8 px a tick, half a tile: so looking at its
    leading edge in the new position and falling back to the tile's border equals moving pixel by pixel. What
    is left of a pixel stays in x_sub and y_sub.
    """
    if isinstance(motion, OwnMotion):
        return step_own(place, motion, state, buttons)
    room, room_tick, body, flags = state
    (
        x_sub, y_sub, posture, facing, vx_sub, vy_sub, air_tick,
        whip_tick, safe_tick, landing_tick, jump_held, whip_held, stairs,
    ) = body  # fmt: skip
    if posture == _DEAD:
        return _new(State, (room, room_tick + 1, body, flags)), ()
    interior = place.interiors[room]
    terrain = interior.terrain(flags) if flags & interior.change_bits else interior.whole
    tiles, stride, base = terrain.padded, terrain.stride, terrain.base
    half, buffer = motion.half_width_px, motion.buffer_ticks
    events: tuple[Event, ...] = ()

    # Presses and timers: a held button counts as pressed for the buffer's ticks, until something uses it up.
    direction = (buttons & _RIGHT) - ((buttons & _LEFT) >> 1)
    pressed = False
    if buttons & _JUMP_OR_WHIP:
        jump_held = (jump_held + 1 if jump_held <= buffer else jump_held) if buttons & _JUMP else 0
        whip_held = (whip_held + 1 if whip_held <= buffer else whip_held) if buttons & _WHIP else 0
        pressed = 0 < jump_held <= buffer or 0 < whip_held <= buffer
    else:
        jump_held = whip_held = 0
    if safe_tick:
        safe_tick -= 1
    if whip_tick:
        whip_tick += 1
        if whip_tick > (motion.whip_air_ticks if posture == _AIR else motion.whip_ticks):
            whip_tick = 0

    # What carries: who stands on nothing but a platform goes where it goes.
    drift_sub = 0
    if interior.platforms and posture in _GROUNDED and not terrain.holds(x_sub >> 8, y_sub >> 8, half):
        drift_sub, rise_sub = carried(interior.platforms, room_tick, x_sub >> 8, y_sub >> 8, half)
        y_sub += rise_sub

    # Intent. In most ticks a body only walks on or flies on.
    if posture == _STAND and not (pressed or whip_tick or landing_tick or buttons & _UP_OR_DOWN):
        vx_sub = direction * motion.walk_sub
        facing = direction or facing
    elif posture != _HURT and (posture != _AIR or pressed or motion.air_control):
        (
            x_sub, y_sub, posture, facing, vx_sub, vy_sub, air_tick,
            whip_tick, safe_tick, landing_tick, jump_held, whip_held, stairs,
        ), events = intend(interior, motion, (
            x_sub, y_sub, posture, facing, vx_sub, vy_sub, air_tick,
            whip_tick, safe_tick, landing_tick, jump_held, whip_held, stairs,
        ), buttons, direction)  # fmt: skip

    # Sideways. Against a wall the speed is kept: a jump goes on once it has risen above the ledge.
    x, y = x_sub >> 8, y_sub >> 8
    moved_sub = vx_sub + drift_sub
    if moved_sub and posture != _STAIRS:
        x_sub += moved_sub
        was, x = x, x_sub >> 8
        # Who moves less than a pixel looks at the next one, or would push at a wall and be set back for ever.
        column = (x + half - (x > was) if moved_sub > 0 else x - half) >> 4
        above = base + ((y - motion.height_px) >> 4) * stride + column
        if SOLID_KIND in tiles[above : base + ((y - 1) >> 4) * stride + column + 1 : stride]:
            x = column * TILE - half if moved_sub > 0 else column * TILE + TILE + half
            x_sub = x << 8

    # Up, down, or still supported.
    if posture in _FLYING:
        y_sub, posture, vx_sub, vy_sub, air_tick, landing_tick, met = _fly(
            interior, terrain, motion, room_tick, x, y_sub, posture, vx_sub, vy_sub, air_tick, landing_tick
        )
        events += met
        y = y_sub >> 8
    elif (
        posture != _STAIRS
        and not terrain.holds(x, y, half)
        and (not interior.platforms or ridden(interior.platforms, room_tick + 1, x, y, half) is None)
    ):
        events += (Event(EventKind.FELL, x, y),)
        posture, air_tick = _AIR, motion.fall_tick
        vx_sub = landing_tick = 0

    # What crumbles.
    if interior.floors and (posture in _GROUNDED or flags > STAYING):
        flags, crumbled = crumble(interior, flags, x, y, half, grounded=posture in _GROUNDED)
        events += crumbled
    body = _new(Body, (
        x_sub, y_sub, posture, facing, vx_sub, vy_sub, air_tick,
        whip_tick, safe_tick, landing_tick, jump_held, whip_held, stairs,
    ))  # fmt: skip

    # What kills, then what is taken and struck, and the doors.
    killed = y >= interior.bottom_px + FALLEN_OUT_PX
    if terrain.has_deadly:
        feet = base + ((y - SINK_PX) >> 4) * stride
        left, right = feet + ((x - DEADLY_HALF_PX) >> 4), feet + ((x + DEADLY_HALF_PX - 1) >> 4)
        killed = killed or tiles[left] == DEADLY_KIND or tiles[right] == DEADLY_KIND
    if killed and posture != _STAIRS:
        return _new(State, (room, room_tick + 1, dead(body), flags)), (*events, Event(EventKind.DIED, x, y))
    if interior.keys or interior.exit or (whip_tick and interior.walls):
        flags, taken = take(interior, motion, body, flags, x, y)
        events += taken
    state = _new(State, (room, room_tick + 1, body, flags))
    if x + half > interior.right_px or x - half < interior.left_px:
        state, passed = leave(interior, motion, state)
        events += passed
    return state, events


def _fly(  # noqa: PLR0917 - plain numbers, where a tuple would cost time
    interior: Interior,
    terrain: Terrain,
    motion: Motion,
    room_tick: int,
    x: int,
    y_sub: int,
    posture: int,
    vx_sub: int,
    vy_sub: int,
    air_tick: int,
    landing_tick: int,
) -> tuple[int, int, int, int, int, int, tuple[Event, ...]]:
    """One tick of a body in the air, or knocked back: up to a ceiling, or down until something carries it.

    Returns y_sub, posture, vx_sub, vy_sub, air_tick, landing_tick, and the events.
    """
    half, height, stride = motion.half_width_px, motion.height_px, terrain.stride
    y = y_sub >> 8
    events: tuple[Event, ...] = ()
    if posture == _AIR:
        vy_sub = motion.air_dy_px[air_tick] << 8
        falling = air_tick >= motion.fall_tick >> 1
        y_sub += vy_sub
        next_tick = motion.next_air_tick[air_tick]
    else:
        vy_sub = min(vy_sub + HURT_GRAVITY_SUB, HURT_FALL_MAX_SUB)
        falling = vy_sub > 0
        # The tick of the blow itself does not lift: so the arc peaks at the documented 14 px.
        y_sub += vy_sub if air_tick else 0
        next_tick = 1
    new = y_sub >> 8
    left, right = terrain.base + ((x - half) >> 4), terrain.base + ((x + half - 1) >> 4)
    if not falling:
        above = ((new - height) >> 4) * stride
        if terrain.padded[left + above] != SOLID_KIND and terrain.padded[right + above] != SOLID_KIND:
            return y_sub, posture, vx_sub, vy_sub, next_tick, landing_tick, events
        new = (((new - height) >> 4) + 1) * TILE + height
        if posture == _AIR:
            next_tick = motion.fall_tick + motion.coyote_ticks
        else:
            vy_sub = 0
        return new << 8, posture, vx_sub, vy_sub, next_tick, landing_tick, (Event(EventKind.BUMPED, x, new),)
    row = new >> 4
    landed = y <= row << 4 and (  # the feet were at or above this row's top, so its tiles can carry them
        terrain.carries[left + row * stride] or terrain.carries[right + row * stride]
    )
    if landed:
        new = row << 4
    if interior.platforms:
        top = boarded(interior.platforms, room_tick, x, y, new, half)
        if top is not None:
            if not landed:
                events = (Event(EventKind.BOARDED, x, top),)
            landed, new = True, top
    if not landed:
        return y_sub, posture, vx_sub, vy_sub, next_tick, landing_tick, events
    hard = posture == _AIR and air_tick >= motion.fall_tick + motion.long_fall_ticks
    events = (*events, Event(EventKind.LANDED_HARD if hard else EventKind.LANDED, x, new))
    if hard:
        landing_tick = motion.landing_ticks
    return new << 8, _LANDING if hard and landing_tick else _STAND, 0, 0, 0, landing_tick, events
