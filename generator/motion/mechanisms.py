"""What a place does: doors between rooms, locks and keys, platforms that move, floors that collapse, walls
that break, stairs. Frozen data, and rules of integers that `motion.step` asks.

A room is a rectangle of the level's tiles; all positions are the level's. What happened is kept in the bits
of `State.flags`: bit 0 says that the exit was reached; bits 1 to 31 stay (keys taken, locks opened, walls
broken); from bit 32 on each collapsing floor of the room at hand counts its ticks, until the room is entered
anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..nes.roles import TILE, Role
from .terrain import EMPTY_KIND, ONE_WAY_KIND, SOLID_KIND, Terrain

FLAG_EXITED = 1
STAYING = (1 << 32) - 1
"""The flags that entering a room leaves as they are."""
LAST_STAYING_BIT = 31
COUNTER_BIT = 32
COUNTER_BITS = 6
COLLAPSE_TICKS = 40
"""From the first foot on it until a floor is gone. (ours: time for two tiles of walking)"""
SHAKE_TICKS = 16
"""Of these, the first in which it only shows its cracks. (ours)"""
GONE = COLLAPSE_TICKS
_COUNTER = (1 << COUNTER_BITS) - 1
KEY_HALF_PX = 8
"""Half the side of a key's box."""
OPENING_ROWS = 3
"""Height of a way from room to room, tiles."""
DOOR_HALF_TILE = TILE // 2


class Passage(NamedTuple):
    """A way through the side of a room: rows `row - 2` to `row` of its edge are open."""

    room: int
    side: int  # 1: through the right edge, -1: through the left
    row: int  # the lowest open row; its floor is the row below
    to_room: int
    lock: int = -1  # index of a `Lock`, or -1


class Key(NamedTuple):
    """Taken by touching it; opens one lock."""

    room: int
    x_px: int  # its middle
    y_px: int  # its bottom
    bit: int  # of the flags


class Lock(NamedTuple):
    """Both sides of a locked door. It opens to who has the key, for good."""

    key_bit: int
    bit: int


class MovingPlatform(NamedTuple):
    """A platform to land on, `tiles` wide, that goes to and fro with the room's clock."""

    room: int
    x_px: int  # its left edge, at one end
    y_px: int  # its top, at that end
    tiles: int
    dx_px: int  # where the other end lies: along one axis only
    dy_px: int
    ticks_per_px: int
    rest_ticks: int = 32  # at each end

    @property
    def period_ticks(self) -> int:
        """From leaving an end until leaving it again."""
        return 2 * ((abs(self.dx_px) + abs(self.dy_px)) * self.ticks_per_px + self.rest_ticks)

    def at(self, room_tick: int) -> tuple[int, int]:
        """Left edge and top at a tick, px."""
        dx_px, dy_px = self.dx_px, self.dy_px
        way = (dx_px + dy_px if dx_px + dy_px > 0 else -dx_px - dy_px) * self.ticks_per_px  # one is 0
        half = way + self.rest_ticks
        phase = room_tick % (2 * half)
        if phase >= half:
            phase = way - (phase - half)
        gone = (way if phase > way else max(phase, 0)) // self.ticks_per_px
        if dx_px:
            return self.x_px + (gone if dx_px > 0 else -gone), self.y_px
        return self.x_px, self.y_px + (gone if dy_px > 0 else -gone)


class CollapsingFloor(NamedTuple):
    """One-way tiles that are gone COLLAPSE_TICKS after a foot first rested on one."""

    room: int
    column: int
    row: int
    tiles: int


class BreakableWall(NamedTuple):
    """Solid until the whip meets it."""

    room: int
    column: int
    row: int
    w: int
    h: int
    bit: int


Mechanism = Passage | Key | Lock | MovingPlatform | CollapsingFloor | BreakableWall
KINDS: dict[str, type[Mechanism]] = {
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


@dataclass(frozen=True, eq=False)
class Interior:
    """One room, as moving needs it."""

    room: tuple[int, int, int, int]
    """x, y, width, height, tiles."""
    whole: Terrain
    """With all walls unbroken and all floors there."""
    passages: tuple[Passage, ...] = ()
    locks: tuple[Lock | None, ...] = ()
    """One a passage."""
    keys: tuple[Key, ...] = ()
    platforms: tuple[MovingPlatform, ...] = ()
    floors: tuple[CollapsingFloor, ...] = ()
    walls: tuple[BreakableWall, ...] = ()
    stairs: tuple[Stairs, ...] = ()
    exit: tuple[int, int] | None = None
    """Column and row of the lower tile of the door."""

    def __post_init__(self) -> None:
        left, top, width, height = self.room
        object.__setattr__(self, "left_px", left * TILE)
        object.__setattr__(self, "right_px", (left + width) * TILE)
        object.__setattr__(self, "bottom_px", (top + height) * TILE)
        object.__setattr__(self, "simple", not (self.floors or self.walls))
        object.__setattr__(self, "still", not (self.platforms or self.floors or self.walls or self.keys))
        object.__setattr__(self, "wall_bits", sum(1 << wall.bit for wall in self.walls))
        object.__setattr__(self, "terrain_of", lru_cache(maxsize=256)(self._terrain_of))

    left_px: int = 0
    right_px: int = 0
    bottom_px: int = 0
    simple: bool = True
    """Whether its terrain never changes."""
    still: bool = True
    """Whether nothing in it moves, breaks or is taken."""
    wall_bits: int = 0

    def terrain(self, flags: int) -> Terrain:
        """What is solid now."""
        if self.simple:
            return self.whole
        return self.terrain_of(flags & self.wall_bits, self.gone(flags) if self.floors else 0)

    def gone(self, flags: int) -> int:
        """One bit a collapsed floor."""
        counters, found = flags >> COUNTER_BIT, 0
        for number in range(len(self.floors)):
            if counters & _COUNTER == GONE:
                found |= 1 << number
            counters >>= COUNTER_BITS
        return found

    def terrain_of(self, broken: int, gone: int) -> Terrain:  # replaced by a cached one
        raise NotImplementedError

    def _terrain_of(self, broken: int, gone: int) -> Terrain:
        terrain = self.whole
        for wall in self.walls:
            if broken >> wall.bit & 1:
                terrain = terrain.patched(cells(wall), EMPTY_KIND)
        for number, floor in enumerate(self.floors):
            if gone >> number & 1:
                terrain = terrain.patched(cells(floor), EMPTY_KIND)
        return terrain


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


def count_floors(interior: Interior, flags: int, stands_on: int) -> tuple[int, int, int]:
    """One tick of the collapsing floors. `stands_on`: one bit a floor that carries the body.

    Returns: the flags, one bit a floor that began to crumble, one bit a floor that has gone.
    """
    began = gone = 0
    for number in range(len(interior.floors)):
        shift = COUNTER_BIT + number * COUNTER_BITS
        counter = flags >> shift & _COUNTER
        if counter == GONE or not (counter or stands_on >> number & 1):
            continue
        if not counter:
            began |= 1 << number
        if counter + 1 == GONE:
            gone |= 1 << number
        flags += 1 << shift
    return flags, began, gone


def floor_counter(flags: int, number: int) -> int:
    """Ticks since a foot first rested on a floor; GONE once it is gone."""
    return flags >> (COUNTER_BIT + number * COUNTER_BITS) & _COUNTER


def interiors(
    roles: NDArray[np.uint8],
    rooms: Sequence[tuple[int, int, int, int]],
    mechanisms: Iterable[Mechanism],
    exit: tuple[int, int],
) -> tuple[Interior, ...]:
    """The rooms of a role grid [H, W]. The mechanisms must have passed `check`."""
    mechanisms = tuple(mechanisms)
    locks = [m for m in mechanisms if isinstance(m, Lock)]
    found = []
    for number, room in enumerate(rooms):
        left, top, width, height = room
        passages = tuple(m for m in mechanisms if isinstance(m, Passage) and m.room == number)
        openings = [
            (left + width if passage.side > 0 else left - 1, passage.row - up)
            for passage in passages
            for up in range(OPENING_ROWS)
        ]
        grid = roles[top : top + height, left : left + width]
        terrain = Terrain.from_roles(grid, (left, top), openings)
        walls = tuple(m for m in mechanisms if isinstance(m, BreakableWall) and m.room == number)
        floors = tuple(m for m in mechanisms if isinstance(m, CollapsingFloor) and m.room == number)
        for wall in walls:
            terrain = terrain.patched(cells(wall), SOLID_KIND)
        for floor in floors:
            terrain = terrain.patched(cells(floor), ONE_WAY_KIND)
        stairs = find_stairs(grid, (left, top))
        # The highest cell of a flight lies in the floor that it leads to, and carries like that.
        heads = [(s.head_x_px // TILE - (s.rise > 0), s.head_y_px // TILE) for s in stairs]
        terrain = terrain.patched(heads, ONE_WAY_KIND)
        inside = left <= exit[0] < left + width and top <= exit[1] < top + height
        found.append(
            Interior(
                room=room,
                whole=terrain,
                passages=passages,
                locks=tuple(locks[p.lock] if p.lock >= 0 else None for p in passages),
                keys=tuple(m for m in mechanisms if isinstance(m, Key) and m.room == number),
                platforms=tuple(m for m in mechanisms if isinstance(m, MovingPlatform) and m.room == number),
                floors=floors,
                walls=walls,
                stairs=stairs,
                exit=exit if inside else None,
            )
        )
    return tuple(found)


def find_stairs(roles: NDArray[np.uint8], origin: tuple[int, int] = (0, 0)) -> tuple[Stairs, ...]:
    """The flights of a room's role grid [h, w]: diagonals of one stairs role, from foot to head."""
    found = []
    height, width = roles.shape
    for role, rise in ((Role.STAIRS_RIGHT, 1), (Role.STAIRS_LEFT, -1)):
        for row, column in np.argwhere(roles == role).tolist():
            before = row + 1 < height and 0 <= column - rise < width
            if before and roles[row + 1, column - rise] == role:
                continue
            tiles = 1
            while (
                row - tiles >= 0
                and 0 <= column + rise * tiles < width
                and roles[row - tiles, column + rise * tiles] == role
            ):
                tiles += 1
            left, top = origin
            foot_x = (left + column + (rise < 0)) * TILE
            found.append(Stairs(foot_x, (top + row + 1) * TILE, rise, tiles * TILE))
    return tuple(sorted(found))
