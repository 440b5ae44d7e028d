"""Objects that are dragged in Tiled: rooms, start, exit and spawns, there and back.

Rooms are rectangles of whole tiles. What has feet stands on its point, or on the middle of its rectangle's
bottom. Everything that is wrong with an object is a ValueError: what, a semicolon, what to do.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from ..level import Spawn
from ..nes.roles import TILE
from .names import EXIT, START

Room = tuple[int, int, int, int]
"""Column, row, width and height in tiles."""
SPAWN_FACING = -1
"""Where a spawn looks that does not say it: to the left."""


@dataclass(frozen=True)
class MapObject:
    """An object of a map, px."""

    id: int
    kind: str
    x_px: float
    y_px: float
    width_px: float = 0
    height_px: float = 0
    line: tuple[tuple[float, float], ...] = ()
    """Points of a line, from (x, y); empty for points and rectangles."""
    properties: Mapping[str, int | str] = field(default_factory=dict)

    @property
    def label(self) -> str:
        """The object's name in messages."""
        return f"object {self.id} ({self.kind})" if self.kind else f"object {self.id}"

    @property
    def feet(self) -> tuple[int, int]:
        """The middle of its bottom, px."""
        return nearest(self.x_px + self.width_px / 2), nearest(self.y_px + self.height_px)

    @property
    def tiles(self) -> Room:
        """The whole tiles that it covers, as near as can be: column, row, width, height."""
        left, top = nearest(self.x_px / TILE), nearest(self.y_px / TILE)
        right = nearest((self.x_px + self.width_px) / TILE)
        bottom = nearest((self.y_px + self.height_px) / TILE)
        return left, top, right - left, bottom - top

    def number(self, name: str, default: int) -> int:
        """A property that is a number."""
        return int(self.properties.get(name, default))


def nearest(value: float) -> int:
    """The whole number nearest to a value, the greater one of two."""
    return math.floor(value + 0.5)


def over_tiles(id: int, kind: str, tiles: Room, **properties: int | str) -> MapObject:
    """A rectangle over whole tiles."""
    x, y, width, height = (number * TILE for number in tiles)
    return MapObject(id, kind, x, y, width, height, properties=properties)


# Rooms.


def room_objects(rooms: Iterable[Room], first_id: int) -> list[MapObject]:
    """One rectangle a room, in their order."""
    return [over_tiles(first_id + number, "room", room) for number, room in enumerate(rooms)]


def rooms_of(objects: Sequence[MapObject], start: tuple[int, int]) -> tuple[Room, ...]:
    """The rooms: the one with the start first, the others in the map's order."""
    rooms = [found.tiles for found in objects]
    for found, (_, _, width, height) in zip(objects, rooms, strict=True):
        if width < 1 or height < 2:
            raise ValueError(f"{found.label} of layer rooms is no rectangle; draw it over whole tiles")
    first = room_at(rooms, start[0] // TILE, (start[1] - 1) // TILE)
    if first < 0:
        raise ValueError("the start lies outside the walls, in no room; drag it into one")
    if start[0] <= rooms[first][0] * TILE:
        raise ValueError("the start lies in the wall of its room; drag it inside")
    if first > 0:
        rooms.insert(0, rooms.pop(first))
    return tuple(rooms)


def room_at(rooms: Sequence[Room], column: int, row: int) -> int:
    """The number of the room that holds a tile, or -1."""
    for number, (x, y, width, height) in enumerate(rooms):
        if x <= column < x + width and y <= row < y + height:
            return number
    return -1


# Start, exit and spawns.


def spawn_objects(
    start: tuple[int, int], exit: tuple[int, int], spawns: Iterable[Spawn], first_id: int
) -> list[MapObject]:
    """The start, the exit, and a point for each spawn."""
    column, row = exit
    objects = [
        MapObject(first_id, START, *start),
        over_tiles(first_id + 1, EXIT, (column, row - 1, 1, 2)),
    ]
    return objects + [
        MapObject(number, spawn.kind, spawn.x_px, spawn.y_px, properties={"facing": spawn.facing})
        for number, spawn in enumerate(spawns, first_id + 2)
    ]


def spawns_of(
    objects: Iterable[MapObject],
) -> tuple[tuple[int, int], tuple[int, int], tuple[Spawn, ...]]:
    """Start (px), exit (tile) and spawns. Raises ValueError where a start or an exit is missing or twice."""
    ends: dict[str, MapObject] = {}
    spawns = []
    for found in objects:
        if found.kind not in (START, EXIT):
            facing = found.number("facing", SPAWN_FACING)
            if facing not in (-1, 1):
                raise ValueError(f"{found.label} is facing {facing}; write 1 for right, -1 for left")
            spawns.append(Spawn(found.kind, *found.feet, facing))
        elif found.kind in ends:
            raise ValueError(f"{found.label} is a second {found.kind}; delete one of them")
        else:
            ends[found.kind] = found
    for kind in (START, EXIT):
        if kind not in ends:
            to_do = f"put a point of class {kind!r} into an object layer 'spawns'"
            raise ValueError(f"there is no {kind}; {to_do}")
    door = ends[EXIT]
    column, row = math.floor((door.x_px + door.width_px / 2) / TILE), math.floor(door.y_px / TILE)
    if door.height_px:
        row = nearest((door.y_px + door.height_px) / TILE) - 1
    return ends[START].feet, (column, row), tuple(spawns)
