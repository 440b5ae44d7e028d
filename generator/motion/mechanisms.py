"""The things that a place can have: passages, keys, locks, platforms, floors that collapse, walls, stairs.

A room is a rectangle of the level's tiles: x, y, width, height. All positions are the level's. What happened
to the things is kept in the bits of `State.flags`: bit 0 says that the exit was reached. Bits 1 to 31 stay:
keys taken, locks opened, walls broken. From bit 32 on, each collapsing floor of the body's room has a counter
of ticks. All counters are 0 when a room is entered.
"""

from __future__ import annotations

from typing import NamedTuple

from ..nes.roles import TILE

FLAG_EXITED = 1
STAYING = (1 << 32) - 1
"""The flags that entering a room leaves as they are."""
LAST_STAYING_BIT = 31
COUNTER_BIT = 32
"""The bit at which the counter of the room's first collapsing floor begins."""
COUNTER_BITS = 6
"""The width of one counter."""
COUNTER_MASK = (1 << COUNTER_BITS) - 1
COLLAPSE_TICKS = 40
"""Ticks from the first foot on a floor until it is gone; `rules.crumble` counts them. (ours: time for two
tiles of walking)"""
SHAKE_TICKS = 16
"""The first of these ticks, in which a floor only shows its cracks. (ours)"""
GONE = COLLAPSE_TICKS
"""The counter of a floor that is gone."""
KEY_HALF_PX = 8
"""Half the side of a key's box."""
OPENING_ROWS = 3
"""Height of a way from room to room, tiles."""


class Passage(NamedTuple):
    """A way through the side of a room. Rows `row - 2` to `row` of its edge are open."""

    room: int
    side: int  # 1: through the right edge, -1: through the left
    row: int  # the lowest open row; its floor is the row below
    to_room: int
    lock: int = -1  # index of a `Lock`, or -1


class Key(NamedTuple):
    """A body takes it by touching it. It opens one lock."""

    room: int
    x_px: int  # its middle
    y_px: int  # its bottom
    bit: int  # of the flags


class Lock(NamedTuple):
    """Both sides of a locked door. Whoever has the key opens it for good."""

    key_bit: int
    bit: int


class MovingPlatform(NamedTuple):
    """A platform to land on. It goes to and fro with the room's clock."""

    room: int
    x_px: int  # its left edge, at one end
    y_px: int  # its top, at that end
    tiles: int  # its width
    dx_px: int  # where the other end lies: along one axis only
    dy_px: int
    ticks_per_px: int
    rest_ticks: int = 32  # at each end

    @property
    def period_ticks(self) -> int:
        """Ticks from leaving an end until leaving it again."""
        return 2 * ((abs(self.dx_px) + abs(self.dy_px)) * self.ticks_per_px + self.rest_ticks)

    @property
    def sweep_px(self) -> tuple[int, int, int, int]:
        """All that its top ever passes: left, top, right, bottom, px."""
        left, right = sorted((self.x_px, self.x_px + self.dx_px))
        top, bottom = sorted((self.y_px, self.y_px + self.dy_px))
        return left, top, right + self.tiles * TILE, bottom

    def at(self, room_tick: int) -> tuple[int, int]:
        """Left edge and top at a tick, px."""
        dx_px, dy_px = self.dx_px, self.dy_px
        way = (dx_px + dy_px if dx_px + dy_px > 0 else -dx_px - dy_px) * self.ticks_per_px  # one is 0
        half = way + self.rest_ticks
        phase = room_tick % (2 * half)
        if phase >= half:
            phase = way - (phase - half)
        gone = (way if phase > way else phase if phase > 0 else 0) // self.ticks_per_px
        if dx_px:
            return self.x_px + (gone if dx_px > 0 else -gone), self.y_px
        return self.x_px, self.y_px + (gone if dy_px > 0 else -gone)


class CollapsingFloor(NamedTuple):
    """One-way tiles. They are gone COLLAPSE_TICKS after a foot first rested on one."""

    room: int
    column: int
    row: int
    tiles: int  # its width


class BreakableWall(NamedTuple):
    """Tiles that are solid until the whip meets them."""

    room: int
    column: int
    row: int
    w: int
    h: int
    bit: int  # of the flags


Mechanism = Passage | Key | Lock | MovingPlatform | CollapsingFloor | BreakableWall
MECHANISM_KINDS: dict[str, type[Mechanism]] = {
    "passage": Passage,
    "key": Key,
    "lock": Lock,
    "platform": MovingPlatform,
    "floor": CollapsingFloor,
    "wall": BreakableWall,
}
"""By the name that level files use."""


class Stairs(NamedTuple):
    """A straight flight, read off the role grid. Its line goes through both ends, 1 px up for 1 px aside."""

    foot_x_px: int
    foot_y_px: int
    rise: int  # 1: to the right, -1: to the left
    length_px: int  # on each axis

    @property
    def head_x_px(self) -> int:
        return self.foot_x_px + self.rise * self.length_px

    @property
    def head_y_px(self) -> int:
        return self.foot_y_px - self.length_px


def cells(mechanism: BreakableWall | CollapsingFloor) -> list[tuple[int, int]]:
    """(column, row) of its tiles."""
    if isinstance(mechanism, CollapsingFloor):
        return [(mechanism.column + i, mechanism.row) for i in range(mechanism.tiles)]
    return [(mechanism.column + i, mechanism.row + j) for j in range(mechanism.h) for i in range(mechanism.w)]


def stands_before(wall: BreakableWall, way: Passage, room: tuple[int, int, int, int]) -> bool:
    """Whether a wall is in the way out of a room, on either side of the border."""
    border = room[0] + (room[2] if way.side > 0 else 0)
    return (
        wall.column <= border <= wall.column + wall.w
        and wall.row <= way.row
        and wall.row + wall.h > way.row + 1 - OPENING_ROWS
    )


def floor_counter(flags: int, number: int) -> int:
    """Ticks since a foot first rested on a floor of the body's room; GONE once it is gone."""
    return flags >> (COUNTER_BIT + number * COUNTER_BITS) & COUNTER_MASK
