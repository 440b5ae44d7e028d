"""How a body moves: one pure integer step a tick, 60 ticks a second, 1/256 px.

The rules are those of the NES's gothic platformers: a jump read from a table, its direction fixed at
take-off, falls that drop straight down, a whip that roots the feet. `step` is what the game moves its hero by
and what the proof searches with, so a proven path replays in the game by construction.

What the place does (doors, keys, stairs, what moves and breaks) is asked of `mechanisms`.
"""

from __future__ import annotations

from ..nes.roles import TILE
from .body import Body, Place, Posture, State
from .events import Event, EventKind
from .mechanisms import (
    FLAG_EXITED,
    KEY_HALF_PX,
    OPENING_ROWS,
    STAYING,
    Interior,
    MovingPlatform,
    count_floors,
)
from .numbers import SUB, Motion
from .terrain import DEADLY_KIND, SOLID_KIND

FALLEN_OUT_PX = 16
"""How far below the level's bottom the feet are when a fall is a death. (ours: the head is still in sight)"""
SINK_PX = 4
"""How deep the feet sink into water or spikes before they kill. (ours: a touched rim forgives)"""
DEADLY_HALF_PX = 3
"""Half the width of the feet that water and spikes look at. (ours: half the box, so that a rim forgives)"""

STAIR_SUB = SUB // 2
"""A tick on stairs, on each axis. (FACTS)"""
STAIR_STEP_PX = 8
"""A step of stairs; one rests only between steps. (FACTS)"""
STAIR_REACH_PX = 12
"""How far from the end of a flight UP or DOWN begins to walk there. (ours)"""
ARRIVAL_PX = TILE // 2
"""How far inside a room its door leads. (ours)"""

HURT_GRAVITY_SUB = SUB // 8
"""Of a body that was struck, a tick. (FACTS)"""
HURT_FALL_MAX_SUB = 5 * SUB
"""Its fastest fall, a tick. (FACTS)"""

# Plain integers and a bare constructor: enums and NamedTuple's own __new__ would cost more than the rest.
_STAND, _CROUCH, _AIR, _HURT, _LANDING, _DEAD, _STAIRS = (int(posture) for posture in Posture)
_RIGHT, _LEFT, _UP, _DOWN, _JUMP, _WHIP = 1, 2, 4, 8, 16, 32
_new = tuple.__new__


def step(level: Place, motion: Motion, state: State, buttons: int) -> tuple[State, tuple[Event, ...]]:
    """One tick: (state, buttons) -> (state, events), pure. A dead body stays as it is.

    One sequence, because the order of operations is the design: presses, timers, what carries, intent,
    sideways, up or down, what crumbles, what kills, what is taken and struck, the doors. Speeds are at most
    8 px a tick, half a tile, so looking at the leading edge in its new position and falling back to the
    tile's border equals moving pixel by pixel; what is left of a pixel stays in x_sub and y_sub.
    """
    room, room_tick, body, flags = state
    (
        x_sub, y_sub, posture, facing, vx_sub, vy_sub,
        air_tick, whip_tick, safe_tick, landing_tick, jump_held, whip_held, stairs,
    ) = body  # fmt: skip
    if posture == _DEAD:
        return _new(State, (room, room_tick + 1, body, flags)), ()
    interior = level.interiors[room]
    terrain = interior.whole if interior.simple else interior.terrain(flags)
    tiles = terrain.padded
    stride = terrain.stride
    base = terrain.base
    half = motion.half_width_px
    height = motion.height_px
    buffer = motion.buffer_ticks
    events: tuple[Event, ...] = ()

    # Presses: a held button counts as pressed for the buffer's ticks, until something uses it up.
    if buttons & _JUMP:
        if jump_held <= buffer:
            jump_held += 1
    else:
        jump_held = 0
    if buttons & _WHIP:
        if whip_held <= buffer:
            whip_held += 1
    else:
        whip_held = 0
    direction = (buttons & _RIGHT) - ((buttons & _LEFT) >> 1)

    # Timers.
    if safe_tick:
        safe_tick -= 1
    if whip_tick:
        whip_tick += 1
        if whip_tick > (motion.whip_air_ticks if posture == _AIR else motion.whip_ticks):
            whip_tick = 0

    # What carries: who stands on nothing but a platform goes where it goes.
    drift_sub = 0
    platforms = interior.platforms
    if platforms and posture in (_STAND, _CROUCH, _LANDING):
        ride = _ridden(platforms, room_tick, x_sub >> 8, y_sub >> 8, half)
        if ride is not None:
            below = base + (y_sub >> 12) * stride
            kind = tiles[below + (((x_sub >> 8) - half) >> 4)]
            other = tiles[below + (((x_sub >> 8) + half - 1) >> 4)]
            if y_sub >> 8 & 15 or not (0 < kind < DEADLY_KIND or 0 < other < DEADLY_KIND):
                before, after = ride.at(room_tick), ride.at(room_tick + 1)
                drift_sub = (after[0] - before[0]) << 8
                y_sub += (after[1] - before[1]) << 8

    # Intent.
    if posture == _AIR:
        fall_tick = motion.fall_tick
        if 0 < jump_held <= buffer and fall_tick <= air_tick < fall_tick + motion.coyote_ticks:
            if direction:
                facing = direction
            vx_sub = direction * motion.walk_sub
            air_tick = 0
            jump_held = buffer + 1
            events = (Event(EventKind.JUMPED, x_sub >> 8, y_sub >> 8),)
        elif motion.air_control:
            vx_sub = direction * motion.walk_sub
            if direction and not whip_tick:
                facing = direction
        if not whip_tick and 0 < whip_held <= buffer:
            whip_tick = 1
            whip_held = buffer + 1
            events += (Event(EventKind.WHIPPED, x_sub >> 8, y_sub >> 8),)
    elif posture == _STAIRS:
        flight = interior.stairs[stairs - 1]
        if not whip_tick:
            if 0 < whip_held <= buffer:
                whip_tick = 1
                whip_held = buffer + 1
                events = (Event(EventKind.WHIPPED, x_sub >> 8, y_sub >> 8),)
            else:
                if not (x_sub - (flight.foot_x_px << 8)) % (STAIR_STEP_PX * SUB):
                    climb = ((buttons & _UP) >> 2) - ((buttons & _DOWN) >> 3) or direction * flight.rise
                    vx_sub = climb * flight.rise * STAIR_SUB
                    vy_sub = -climb * STAIR_SUB
                    if climb:
                        facing = climb * flight.rise
                x_sub += vx_sub
                y_sub += vy_sub
                if vx_sub and not (x_sub - (flight.foot_x_px << 8)) % (STAIR_STEP_PX * SUB):
                    at_end = y_sub >> 8 in (flight.foot_y_px, flight.head_y_px)
                    kind_of = EventKind.DISMOUNTED if at_end else EventKind.STEPPED
                    events = (Event(kind_of, x_sub >> 8, y_sub >> 8),)
                    if at_end:
                        posture = _STAND
                        vx_sub = vy_sub = stairs = 0
    elif posture != _HURT:
        vx_sub = 0
        if whip_tick:
            pass  # rooted until it is done
        elif landing_tick:
            landing_tick -= 1
            if not landing_tick:
                posture = _STAND
        else:
            target = number = 0
            if interior.stairs and buttons & (_UP | _DOWN):
                target, number = _stairs_near(interior, x_sub, y_sub >> 8, buttons)
            posture = _CROUCH if buttons & _DOWN and not number else _STAND
            if number and target == x_sub >> 8 and not x_sub & 255:
                flight = interior.stairs[number - 1]
                climb = 1 if buttons & _UP else -1
                posture = _STAIRS
                stairs = number
                facing = climb * flight.rise
                vx_sub = climb * flight.rise * STAIR_SUB
                vy_sub = -climb * STAIR_SUB
                x_sub += vx_sub
                y_sub += vy_sub
                events = (Event(EventKind.MOUNTED, x_sub >> 8, y_sub >> 8),)
            else:
                if number:
                    away_sub = (target << 8) - x_sub
                    direction = 1 if away_sub > 0 else -1
                if direction:
                    facing = direction
                if 0 < whip_held <= buffer:
                    whip_tick = 1
                    whip_held = buffer + 1
                    events = (Event(EventKind.WHIPPED, x_sub >> 8, y_sub >> 8),)
                elif posture == _STAND:
                    vx_sub = direction * motion.walk_sub
                    if number:
                        vx_sub = direction * min(motion.walk_sub, abs(away_sub))
                    if 0 < jump_held <= buffer:
                        posture = _AIR
                        air_tick = 0
                        jump_held = buffer + 1
                        events = (Event(EventKind.JUMPED, x_sub >> 8, y_sub >> 8),)

    # Sideways. Against a wall the speed is kept: a jump goes on once it has risen above the ledge.
    y = y_sub >> 8
    moved_sub = vx_sub + drift_sub
    if posture == _STAIRS:
        x = x_sub >> 8
    elif moved_sub:
        x_sub += moved_sub
        x = x_sub >> 8
        column = (x + half - 1) >> 4 if moved_sub > 0 else (x - half) >> 4
        row = (y - height) >> 4
        last = (y - 1) >> 4
        at = base + row * stride + column
        while row <= last:
            if tiles[at] == SOLID_KIND:
                x = column * TILE - half if moved_sub > 0 else column * TILE + TILE + half
                x_sub = x << 8
                break
            row += 1
            at += stride
    else:
        x = x_sub >> 8

    # Up, down, or still supported.
    if posture in (_AIR, _HURT):
        if posture == _AIR:
            dy = motion.air_dy_px[air_tick]
            vy_sub = dy << 8
            falling = air_tick >= motion.fall_tick >> 1
            new_sub = y_sub + vy_sub
        else:
            vy_sub += HURT_GRAVITY_SUB
            vy_sub = min(vy_sub, HURT_FALL_MAX_SUB)
            # The tick of the blow itself does not lift: so the arc peaks at the documented 14 px.
            new_sub = y_sub + vy_sub if air_tick else y_sub
            falling = vy_sub > 0
        new = new_sub >> 8
        left = base + ((x - half) >> 4)
        right = base + ((x + half - 1) >> 4)
        landed = False
        if not falling:
            above = ((new - height) >> 4) * stride
            if tiles[left + above] == SOLID_KIND or tiles[right + above] == SOLID_KIND:
                new = (((new - height) >> 4) + 1) * TILE + height
                new_sub = new << 8
                events += (Event(EventKind.BUMPED, x, new),)
                if posture == _AIR:
                    air_tick = motion.fall_tick + motion.coyote_ticks
                else:
                    vy_sub = 0
            elif posture == _AIR:
                air_tick += 1
        else:
            row = new >> 4
            if y <= row << 4:  # the feet were at or above this row's top, so its tiles can carry them
                below = row * stride
                kind, other = tiles[left + below], tiles[right + below]
                if 0 < kind < DEADLY_KIND or 0 < other < DEADLY_KIND:
                    landed = True
                    new = row << 4
            if platforms:
                top = _boarded(platforms, room_tick, x, y, new, half)
                if top is not None:
                    if not landed:
                        events += (Event(EventKind.BOARDED, x, top),)
                    landed = True
                    new = top
            if landed:
                new_sub = new << 8
                if posture == _AIR and air_tick >= motion.fall_tick + motion.long_fall_ticks:
                    events += (Event(EventKind.LANDED_HARD, x, new),)
                    posture = _LANDING
                    landing_tick = motion.landing_ticks
                    if not landing_tick:
                        posture = _STAND
                else:
                    events += (Event(EventKind.LANDED, x, new),)
                    posture = _STAND
                vx_sub = vy_sub = air_tick = 0
            elif posture == _AIR:
                air_tick += 1
                if air_tick == motion.fall_tick:
                    air_tick = motion.fast_tick
                elif air_tick >= len(motion.air_dy_px):
                    air_tick -= 1
        if posture == _HURT:
            air_tick = 1
        y_sub = new_sub
        y = new
    elif posture != _STAIRS:
        carried = False
        if not y & 15:
            below = base + (y >> 4) * stride
            kind, other = tiles[below + ((x - half) >> 4)], tiles[below + ((x + half - 1) >> 4)]
            carried = 0 < kind < DEADLY_KIND or 0 < other < DEADLY_KIND
        if not carried and not (platforms and _ridden(platforms, room_tick + 1, x, y, half) is not None):
            events += (Event(EventKind.FELL, x, y),)
            posture = _AIR
            air_tick = motion.fall_tick
            vx_sub = landing_tick = 0

    # What crumbles.
    if interior.floors:
        flags, crumbled = _crumble(
            interior, flags, x, y, half, grounded=posture in (_STAND, _CROUCH, _LANDING)
        )
        events += crumbled

    # What kills, and what is taken, struck, or opened.
    feet = base + ((y - SINK_PX) >> 4) * stride
    if posture != _STAIRS and (
        tiles[feet + ((x - DEADLY_HALF_PX) >> 4)] == DEADLY_KIND
        or tiles[feet + ((x + DEADLY_HALF_PX - 1) >> 4)] == DEADLY_KIND
        or y >= interior.bottom_px + FALLEN_OUT_PX
    ):
        events += (Event(EventKind.DIED, x, y),)
        posture = _DEAD
        vx_sub = vy_sub = air_tick = whip_tick = safe_tick = landing_tick = 0
    else:
        for key in interior.keys:
            if (
                not flags >> key.bit & 1
                and x + half > key.x_px - KEY_HALF_PX
                and x - half < key.x_px + KEY_HALF_PX
                and y > key.y_px - 2 * KEY_HALF_PX
                and y - height < key.y_px
            ):
                flags |= 1 << key.bit
                events += (Event(EventKind.KEY, key.x_px, key.y_px),)
        if interior.walls and 0 <= whip_tick - motion.whip_hit_first < motion.whip_hit_ticks:
            flags, struck = _strike(interior, motion, flags, x, y, facing, low=posture == _CROUCH)
            events += struck
        if interior.exit is not None and not flags & FLAG_EXITED:
            column, row = interior.exit
            if (
                x + half > column * TILE
                and x - half < column * TILE + TILE
                and y > row * TILE - TILE
                and y - height < row * TILE + TILE
            ):
                events += (Event(EventKind.EXITED, x, y),)
                flags |= FLAG_EXITED
        if x + half > interior.right_px or x - half < interior.left_px:
            side = 1 if x + half > interior.right_px else -1
            edge = interior.right_px if side > 0 else interior.left_px
            for passage, lock in zip(interior.passages, interior.locks, strict=True):
                if passage.side != side or not 0 <= (passage.row + 1) * TILE - y < OPENING_ROWS * TILE:
                    continue
                if lock is not None and not flags >> lock.bit & 1:
                    if not flags >> lock.key_bit & 1:
                        events += (Event(EventKind.LOCKED, edge, y),)
                        x_sub = (edge - side * half) << 8
                        break
                    flags |= 1 << lock.bit
                    events += (Event(EventKind.UNLOCKED, edge, (passage.row + 1) * TILE),)
                if (x < edge) == (side > 0):
                    break  # in the frame of the door, not through it
                # A new room: the standard body, its clock, its platforms and floors as at first.
                x_sub, y_sub = (edge + side * ARRIVAL_PX) << 8, ((passage.row + 1) * TILE) << 8
                events += (Event(EventKind.ENTERED, x_sub >> 8, y_sub >> 8),)
                arrived = _new(
                    Body,
                    (x_sub, y_sub, _STAND, side, 0, 0, 0, 0, safe_tick, 0, jump_held, whip_held, 0),
                )
                return _new(State, (passage.to_room, 0, arrived, flags & STAYING)), events

    body = _new(
        Body,
        (
            x_sub, y_sub, posture, facing, vx_sub, vy_sub,
            air_tick, whip_tick, safe_tick, landing_tick, jump_held, whip_held, stairs,
        ),
    )  # fmt: skip
    return _new(State, (room, room_tick + 1, body, flags)), events


def _ridden(
    platforms: tuple[MovingPlatform, ...], room_tick: int, x: int, y: int, half: int
) -> MovingPlatform | None:
    """The platform that feet at (x, y) stand on at a tick."""
    for platform in platforms:
        left, top = platform.at(room_tick)
        if y == top and x + half > left and x - half < left + platform.tiles * TILE:
            return platform
    return None


def _boarded(  # noqa: PLR0917 - plain numbers, where a tuple would cost time
    platforms: tuple[MovingPlatform, ...], room_tick: int, x: int, y: int, new: int, half: int
) -> int | None:
    """The top, px, that feet falling from y to `new` in this tick land on."""
    for platform in platforms:
        left, top = platform.at(room_tick + 1)
        if (
            y <= platform.at(room_tick)[1]
            and new >= top
            and x + half > left
            and x - half < left + platform.tiles * TILE
        ):
            return top
    return None


def _stairs_near(interior: Interior, x_sub: int, y: int, buttons: int) -> tuple[int, int]:
    """x in px of the nearest end that UP or DOWN leads onto, and 1 + the index of its flight, or 0, 0."""
    best, number, target = STAIR_REACH_PX * SUB + 1, 0, 0
    up = bool(buttons & _UP)
    if up and buttons & _DOWN:
        return 0, 0
    for i, flight in enumerate(interior.stairs):
        end_x, end_y = (flight.foot_x_px, flight.foot_y_px) if up else (flight.head_x_px, flight.head_y_px)
        away = abs((end_x << 8) - x_sub)
        if end_y == y and away < best:
            best, number, target = away, i + 1, end_x
    return target, number


def _crumble(
    interior: Interior, flags: int, x: int, y: int, half: int, *, grounded: bool
) -> tuple[int, tuple[Event, ...]]:
    """One tick of the collapsing floors under feet at (x, y)."""
    stands_on = 0
    if grounded:
        for number, floor in enumerate(interior.floors):
            left = floor.column * TILE
            if y == floor.row * TILE and x + half > left and x - half < left + floor.tiles * TILE:
                stands_on |= 1 << number
    flags, began, gone = count_floors(interior, flags, stands_on)
    events: tuple[Event, ...] = ()
    if began or gone:
        for number, floor in enumerate(interior.floors):
            middle = floor.column * TILE + floor.tiles * TILE // 2
            if began >> number & 1:
                events += (Event(EventKind.CRUMBLED, middle, floor.row * TILE),)
            if gone >> number & 1:
                events += (Event(EventKind.COLLAPSED, middle, floor.row * TILE),)
    return flags, events


def _strike(  # noqa: PLR0917 - as above
    interior: Interior, motion: Motion, flags: int, x: int, y: int, facing: int, *, low: bool
) -> tuple[int, tuple[Event, ...]]:
    """What the whip of level 1 breaks: walls know no better whip, or a proof would have to."""
    middle_x = x + facing * motion.whip_ahead_px[0]
    middle_y = y - (motion.whip_crouch_px if low else motion.whip_stand_px)
    wide, high = motion.whip_half_width_px[0], motion.whip_half_height_px[0]
    events: tuple[Event, ...] = ()
    for wall in interior.walls:
        if flags >> wall.bit & 1:
            continue
        left, top = wall.column * TILE, wall.row * TILE
        if (
            left < middle_x + wide
            and middle_x - wide < left + wall.w * TILE
            and top < middle_y + high
            and middle_y - high < top + wall.h * TILE
        ):
            flags |= 1 << wall.bit
            events += (Event(EventKind.BROKE, left + wall.w * TILE // 2, top + wall.h * TILE // 2),)
    return flags, events
