"""What a place does to a body in one tick: it carries, crumbles, breaks, kills, gives keys and opens doors.

`step` calls these functions where a room has such things. All positions and sizes are in px.
"""

from __future__ import annotations

from ..nes.roles import TILE
from .body import Body, Posture, State, whip_box
from .events import Event, EventKind
from .interior import Interior
from .mechanisms import (
    COUNTER_BIT,
    COUNTER_BITS,
    COUNTER_MASK,
    FLAG_EXITED,
    GONE,
    KEY_HALF_PX,
    OPENING_ROWS,
    STAYING,
    MovingPlatform,
    Passage,
)
from .numbers import SUB
from .own import AnyMotion

ARRIVAL_PX = TILE // 2
"""How far inside a room its door leads. (ours)"""
FALLEN_OUT_PX = 16
"""How far below the level's bottom the feet are when a fall is a death. (ours: the head is still in sight)"""
SINK_PX = 4
"""How deep the feet sink into water or spikes before they kill. (ours: a touched rim forgives)"""
DEADLY_HALF_PX = 3
"""Half the width of the feet that water and spikes look at. (ours: half the box, so that a rim forgives)"""


def arrival_px(interior: Interior, passage: Passage) -> tuple[int, int]:
    """Where the feet of a body are that has just come into a room through a passage, px."""
    edge_px = interior.right_px if passage.side > 0 else interior.left_px
    return edge_px - passage.side * ARRIVAL_PX, (passage.row + 1) * TILE


def ridden(
    platforms: tuple[MovingPlatform, ...], room_tick: int, x: int, y: int, half: int
) -> MovingPlatform | None:
    """The platform that feet at (x, y) stand on at a tick, or None. `half`: half the width of the body."""
    for platform in platforms:
        if not platform.dy_px and y != platform.y_px:
            continue  # asking where it is costs more
        left, top = platform.at(room_tick)
        if y == top and x + half > left and x - half < left + platform.tiles * TILE:
            return platform
    return None


def carried(
    platforms: tuple[MovingPlatform, ...], room_tick: int, x: int, y: int, half: int
) -> tuple[int, int]:
    """How far the platform under the feet moves them in this tick, px * 256; 0, 0 where there is none."""
    ride = ridden(platforms, room_tick, x, y, half)
    if ride is None:
        return 0, 0
    before, after = ride.at(room_tick), ride.at(room_tick + 1)
    return (after[0] - before[0]) << 8, (after[1] - before[1]) << 8


def boarded(  # noqa: PLR0917 - plain numbers, where a tuple would cost time
    platforms: tuple[MovingPlatform, ...], room_tick: int, x: int, y: int, new: int, half: int
) -> int | None:
    """The top of the platform that feet land on which fall from y to `new` in this tick, or None."""
    for platform in platforms:
        if not platform.dy_px and not y <= platform.y_px <= new:
            continue
        left, top = platform.at(room_tick + 1)
        if (
            new >= top
            and x + half > left
            and x - half < left + platform.tiles * TILE
            and y <= platform.at(room_tick)[1]
        ):
            return top
    return None


def crumble(
    interior: Interior, flags: int, x: int, y: int, half: int, *, grounded: bool
) -> tuple[int, tuple[Event, ...]]:
    """The collapsing floors count a tick. Returns the flags then. `grounded`: the feet at (x, y) rest."""
    events: tuple[Event, ...] = ()
    for number, floor in enumerate(interior.floors):
        left, width = floor.column * TILE, floor.tiles * TILE
        shift = COUNTER_BIT + number * COUNTER_BITS
        counter = flags >> shift & COUNTER_MASK
        if counter == GONE:
            continue
        if not counter:
            if not (grounded and y == floor.row * TILE and left - half < x < left + width + half):
                continue
            events += (Event(EventKind.CRUMBLED, left + width // 2, y),)
        if counter + 1 == GONE:
            events += (Event(EventKind.COLLAPSED, left + width // 2, floor.row * TILE),)
        flags += 1 << shift
    return flags, events


def dead(body: Body) -> Body:
    """The body, dead where it is."""
    return body._replace(
        posture=int(Posture.DEAD), vx_sub=0, vy_sub=0, air_tick=0, whip_tick=0, safe_tick=0, landing_tick=0
    )


def take(  # noqa: PLR0917 - as above
    interior: Interior, motion: AnyMotion, body: Body, flags: int, x: int, y: int
) -> tuple[int, tuple[Event, ...]]:
    """The body with its feet at (x, y) takes keys, breaks walls, reaches the exit. Returns the flags then."""
    half, height = motion.half_width_px, motion.height_px
    events: tuple[Event, ...] = ()
    for key in interior.keys:
        if (
            not flags >> key.bit & 1
            and key.x_px - KEY_HALF_PX - half < x < key.x_px + KEY_HALF_PX + half
            and key.y_px - 2 * KEY_HALF_PX < y < key.y_px + height
        ):
            flags |= 1 << key.bit
            events += (Event(EventKind.KEY, key.x_px, key.y_px),)
    # A whip counts as one of level 1 here: a proof knows no better one.
    if body.whip_tick and interior.walls and (box := whip_box(motion, body)) is not None:
        for wall in interior.walls:
            left, top, wide, high = wall.column * TILE, wall.row * TILE, wall.w * TILE, wall.h * TILE
            meets = box[0] - wide < left < box[2] and box[1] - high < top < box[3]
            if meets and not flags >> wall.bit & 1:
                flags |= 1 << wall.bit
                events += (Event(EventKind.BROKE, left + wide // 2, top + high // 2),)
    if interior.exit is not None and not flags & FLAG_EXITED:
        left, top = interior.exit[0] * TILE, (interior.exit[1] - 1) * TILE
        if left - half < x < left + TILE + half and top < y < top + 2 * TILE + height:
            flags |= FLAG_EXITED
            events += (Event(EventKind.EXITED, x, y),)
    return flags, events


def leave(interior: Interior, motion: AnyMotion, state: State) -> tuple[State, tuple[Event, ...]]:
    """The body is at an edge of its room. A door leads it into another, or stays shut."""
    room, room_tick, body, flags = state
    x, y, half = body.x_sub >> 8, body.y_sub >> 8, motion.half_width_px
    side = 1 if x + half > interior.right_px else -1
    edge = interior.right_px if side > 0 else interior.left_px
    events: tuple[Event, ...] = ()
    for passage, lock in zip(interior.passages, interior.locks, strict=True):
        floor = (passage.row + 1) * TILE
        if passage.side != side or not 0 <= floor - y < OPENING_ROWS * TILE:
            continue
        if lock is not None and not flags >> lock.bit & 1:
            if not flags >> lock.key_bit & 1:
                body = body._replace(x_sub=(edge - side * half) << 8)
                return State(room, room_tick, body, flags), (Event(EventKind.LOCKED, edge, y),)
            flags |= 1 << lock.bit
            events += (Event(EventKind.UNLOCKED, edge, floor),)
        if (x < edge) == (side > 0):
            break  # in the frame of the door, not through it
        # A new room: the standard body; the room's clock, platforms and floors are as at first.
        x = edge + side * ARRIVAL_PX
        arrived = Body(
            x * SUB, floor * SUB, int(Posture.STAND), side,
            safe_tick=body.safe_tick, jump_held=body.jump_held, whip_held=body.whip_held,
        )  # fmt: skip
        events += (Event(EventKind.ENTERED, x, floor),)
        return State(passage.to_room, 0, arrived, flags & STAYING), events
    return State(room, room_tick, body, flags), events
