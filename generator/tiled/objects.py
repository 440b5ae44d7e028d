"""What a level holds beside its grids, as objects that are dragged in Tiled, and back.

Rooms, floors and walls are rectangles of whole tiles. A passage is a rectangle over the border of two rooms,
three tiles high, for both of its directions. A platform is a line of two points, from where its upper left
corner is to where it goes. What has feet (spawns, keys, the start) stands on its point, or on the middle of
its rectangle's bottom. Passages know their lock and locks their key by reference.

Everything that is wrong with an object is a ValueError: what, a semicolon, what to do.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from ..level import Spawn
from ..motion.mechanisms import (
    LAST_STAYING_BIT,
    OPENING_ROWS,
    BreakableWall,
    CollapsingFloor,
    Key,
    Lock,
    Mechanism,
    MovingPlatform,
    Passage,
)
from ..nes.roles import TILE
from .names import EXIT, START

Room = tuple[int, int, int, int]
PLATFORM_TILES = 2
"""Width of a platform that does not say how wide it is."""
SPAWN_FACING = -1


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
        """As messages call it."""
        return f"object {self.id} ({self.kind})" if self.kind else f"object {self.id}"

    @property
    def feet(self) -> tuple[int, int]:
        """The middle of its bottom, px."""
        return _nearest(self.x_px + self.width_px / 2), _nearest(self.y_px + self.height_px)

    @property
    def tiles(self) -> Room:
        """The whole tiles that it covers, as near as can be: column, row, width, height."""
        left, top = _nearest(self.x_px / TILE), _nearest(self.y_px / TILE)
        right = _nearest((self.x_px + self.width_px) / TILE)
        bottom = _nearest((self.y_px + self.height_px) / TILE)
        return left, top, right - left, bottom - top

    def number(self, name: str, default: int) -> int:
        """A property that is a number."""
        return int(self.properties.get(name, default))


def _nearest(value: float) -> int:
    return math.floor(value + 0.5)


def _over_tiles(id: int, kind: str, tiles: Room, properties: Mapping[str, int | str]) -> MapObject:
    x, y, width, height = (number * TILE for number in tiles)
    return MapObject(id, kind, x, y, width, height, properties=properties)


# Rooms.


def room_objects(rooms: Iterable[Room], first_id: int) -> list[MapObject]:
    """One rectangle a room, in their order."""
    return [_over_tiles(first_id + number, "room", room, {}) for number, room in enumerate(rooms)]


def rooms_of(objects: Sequence[MapObject], start: tuple[int, int]) -> tuple[Room, ...]:
    """The rooms, the one with the start first, the others in the map's order."""
    rooms = [found.tiles for found in objects]
    for found, (_, _, width, height) in zip(objects, rooms, strict=True):
        if width < 1 or height < 2:
            raise ValueError(f"{found.label} of layer rooms is no rectangle; draw it over whole tiles")
    first = _room_at(rooms, start[0] // TILE, (start[1] - 1) // TILE)
    if first < 0:
        raise ValueError("the start lies outside the walls, in no room; drag it into one")
    if start[0] <= rooms[first][0] * TILE:
        raise ValueError("the start lies in the wall of its room; drag it inside")
    if first > 0:
        rooms.insert(0, rooms.pop(first))
    return tuple(rooms)


def _room_at(rooms: Sequence[Room], column: int, row: int) -> int:
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
        _over_tiles(first_id + 1, EXIT, (column, row - 1, 1, 2), {}),
    ]
    for number, spawn in enumerate(spawns, first_id + 2):
        facing = {"facing": spawn.facing}
        objects.append(MapObject(number, spawn.kind, spawn.x_px, spawn.y_px, properties=facing))
    return objects


def spawns_of(
    objects: Iterable[MapObject],
) -> tuple[tuple[int, int], tuple[int, int], tuple[Spawn, ...]]:
    """Start (px), exit (tile) and spawns; the first two must be there once."""
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
            raise ValueError(
                f"there is no {kind}; put a point of class {kind!r} into an object layer 'spawns'"
            )
    door = ends[EXIT]
    column = math.floor((door.x_px + door.width_px / 2) / TILE)
    row = (
        math.floor(door.y_px / TILE)
        if not door.height_px
        else _nearest((door.y_px + door.height_px) / TILE) - 1
    )
    return ends[START].feet, (column, row), tuple(spawns)


# Mechanisms.


def mechanism_objects(
    rooms: Sequence[Room], mechanisms: Sequence[Mechanism], first_id: int
) -> list[MapObject]:
    """The mechanisms in their order. What a map does not show by itself, it says in properties: only where
    the order is unlike any that is drawn, or a platform's room is in doubt."""
    plain = _draw(rooms, mechanisms, first_id, exact=False)
    if mechanisms_of(plain, rooms)[0] == tuple(mechanisms):
        return plain
    return _draw(rooms, mechanisms, first_id, exact=True)


def _draw(
    rooms: Sequence[Room], mechanisms: Sequence[Mechanism], first_id: int, *, exact: bool
) -> list[MapObject]:
    numbers = _in_pairs(mechanisms)
    ids = {order[0]: first_id + at for at, order in enumerate(numbers)}
    locks = [number for number, m in enumerate(mechanisms) if isinstance(m, Lock)]
    keys = {m.bit: ids[number] for number, m in enumerate(mechanisms) if isinstance(m, Key)}
    objects = []
    for order in numbers:
        number, m = order[0], mechanisms[order[0]]
        drawn = _draw_one(ids[number], m, rooms, mechanisms)
        properties = dict(drawn.properties)
        if isinstance(m, Passage) and m.lock >= 0:
            properties["lock"] = ids[locks[m.lock]]
        elif isinstance(m, Lock):
            properties["key"] = keys[m.key_bit]
        if exact:
            properties["order"] = " ".join(map(str, order))
            if isinstance(m, MovingPlatform):
                properties["room"] = m.room
        objects.append(replace(drawn, properties=properties))
    return objects


def _in_pairs(mechanisms: Sequence[Mechanism]) -> list[tuple[int, ...]]:
    """The numbers of all mechanisms, in order; a passage's with that of its way back, from the lower room.

    A passage that is there twice is drawn once.
    """
    found: list[tuple[int, ...]] = []
    paired: set[int] = set()
    for number, m in enumerate(mechanisms):
        if number in paired:
            continue
        if not isinstance(m, Passage):
            found.append((number,))
            continue
        back = Passage(m.to_room, -m.side, m.row, m.room, m.lock)
        there = next((i for i, other in enumerate(mechanisms) if other == back and i not in paired), -1)
        if there < 0:
            continue
        paired.add(there)
        found.append((number, there) if m.room < m.to_room else (there, number))
    return found


def _draw_one(id: int, m: Mechanism, rooms: Sequence[Room], mechanisms: Sequence[Mechanism]) -> MapObject:
    if isinstance(m, Passage):
        border = rooms[m.room][0] + (rooms[m.room][2] if m.side > 0 else 0)
        return _over_tiles(id, "passage", (border - 1, m.row + 1 - OPENING_ROWS, 2, OPENING_ROWS), {})
    if isinstance(m, Key):
        return MapObject(id, "key", m.x_px - TILE // 2, m.y_px - TILE, TILE, TILE, properties={"bit": m.bit})
    if isinstance(m, MovingPlatform):
        properties = {"tiles": m.tiles, "ticks_per_px": m.ticks_per_px, "rest_ticks": m.rest_ticks}
        line = (0.0, 0.0), (float(m.dx_px), float(m.dy_px))
        return MapObject(id, "platform", m.x_px, m.y_px, line=line, properties=properties)
    if isinstance(m, CollapsingFloor):
        return _over_tiles(id, "floor", (m.column, m.row, m.tiles, 1), {})
    if isinstance(m, BreakableWall):
        return _over_tiles(id, "wall", (m.column, m.row, m.w, m.h), {"bit": m.bit})
    # A lock has no place of its own: it is drawn on the first passage that it locks.
    number = [other for other in mechanisms if isinstance(other, Lock)].index(m)
    passage = next((p for p in mechanisms if isinstance(p, Passage) and p.lock == number), None)
    column, row = 0, 0
    if passage is not None:
        x, _, width, _ = rooms[passage.room]
        column, row = x + (width if passage.side > 0 else 0), passage.row
    return MapObject(id, "lock", column * TILE - TILE // 2, row * TILE, TILE, TILE, properties={"bit": m.bit})


def mechanisms_of(
    objects: Sequence[MapObject], rooms: Sequence[Room]
) -> tuple[tuple[Mechanism, ...], tuple[str, ...]]:
    """The mechanisms, and of each one the label of its object."""
    bits = _bits(objects)
    # What says its order comes first, in that order; everything else as it is drawn.
    parts: list[tuple[int, MapObject, bool]] = []
    for found in objects:
        directions = (False, True) if found.kind == "passage" else (False,)
        orders = _orders(found, len(directions))
        parts += [(order, found, back) for order, back in zip(orders, directions, strict=True)]
    parts.sort(key=lambda part: part[0])
    locks = [found.id for _, found, _ in parts if found.kind == "lock"]
    made = tuple(_mechanism(found, back, rooms, bits, locks) for _, found, back in parts)
    return made, tuple(found.label for _, found, _ in parts)


def _orders(found: MapObject, count: int) -> list[int]:
    last = 1 << 30
    if "order" not in found.properties:
        return [last] * count
    words = str(found.properties["order"]).split()
    if len(words) != count or not all(word.isdecimal() and len(word) < 10 for word in words):
        raise ValueError(f"{found.label} has an order that is none; delete its property 'order'")
    return [int(word) for word in words]


def _bits(objects: Sequence[MapObject]) -> dict[int, int]:
    """The flag of each key, lock and wall, by its object: its own, or a free one for a copy and for what has
    none."""
    flagged = [found for found in objects if found.kind in ("key", "lock", "wall")]
    bits: dict[int, int] = {}
    for found in flagged:
        bit = found.number("bit", 0)
        if bit and bit not in bits.values():
            bits[found.id] = bit
    free = [bit for bit in range(1, LAST_STAYING_BIT + 1) if bit not in bits.values()]
    for found in flagged:
        if found.id not in bits:
            if not free:
                raise ValueError(
                    f"{found.label} is one too many; keys, locks and walls are at most {LAST_STAYING_BIT}"
                )
            bits[found.id] = free.pop(0)
    return bits


def _mechanism(
    found: MapObject, back: bool, rooms: Sequence[Room], bits: Mapping[int, int], locks: Sequence[int]
) -> Mechanism:
    if found.kind == "passage":
        return _passage(found, back, rooms, locks)
    if found.kind == "lock":
        key = found.number("key", 0)
        if key not in bits:
            raise ValueError(f"{found.label} has no key; set its property 'key' (an object) to one")
        return Lock(bits[key], bits[found.id])
    if found.kind == "key":
        x_px, y_px = found.feet
        room = _room_of(found, rooms, x_px // TILE, (y_px - 1) // TILE)
        return Key(room, x_px, y_px, bits[found.id])
    if found.kind == "platform":
        return _platform(found, rooms)
    column, row, width, height = found.tiles
    room = _room_of(found, rooms, column, row)
    if found.kind == "wall":
        return BreakableWall(room, column, row, width, height, bits[found.id])
    if height != 1:
        raise ValueError(f"{found.label} is {height} tiles high; make it 1")
    return CollapsingFloor(room, column, row, width)


def _passage(found: MapObject, back: bool, rooms: Sequence[Room], locks: Sequence[int]) -> Passage:
    _, top, _, height = found.tiles
    if height != OPENING_ROWS:
        raise ValueError(f"{found.label} is {height} tiles high; make it {OPENING_ROWS}")
    border = _nearest((found.x_px + found.width_px / 2) / TILE)
    row = top + OPENING_ROWS - 1
    left, right = _room_at(rooms, border - 1, row), _room_at(rooms, border, row)
    if left < 0 or right < 0 or left == right:
        raise ValueError(f"{found.label} joins no two rooms; drag it onto the border between them")
    lock = -1
    if found.number("lock", 0):
        if found.number("lock", 0) not in locks:
            raise ValueError(
                f"{found.label} has a lock that is none; set its property 'lock' (an object) to one"
            )
        lock = locks.index(found.number("lock", 0))
    # From the lower room to the higher, then back.
    leftwards = (left > right) != back
    return Passage(right, -1, row, left, lock) if leftwards else Passage(left, 1, row, right, lock)


def _platform(found: MapObject, rooms: Sequence[Room]) -> MovingPlatform:
    if len(found.line) != 2:
        raise ValueError(f"{found.label} is no line of two points; draw it with Tiled's polyline tool")
    (x, y), (to_x, to_y) = ((_nearest(found.x_px + x), _nearest(found.y_px + y)) for x, y in found.line)
    room = found.number("room", -1)
    if room < 0:
        room = _room_at(rooms, x // TILE, y // TILE)
    if room < 0:  # its top may lie on the room's bottom
        room = _room_of(found, rooms, x // TILE, (y - 1) // TILE)
    return MovingPlatform(
        room, x, y, found.number("tiles", PLATFORM_TILES), to_x - x, to_y - y,
        found.number("ticks_per_px", 1), found.number("rest_ticks", 32),
    )  # fmt: skip


def _room_of(found: MapObject, rooms: Sequence[Room], column: int, row: int) -> int:
    room = _room_at(rooms, column, row)
    if room < 0:
        raise ValueError(f"{found.label} lies in no room; drag it into one")
    return room
