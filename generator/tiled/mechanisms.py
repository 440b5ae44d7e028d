"""Mechanisms as objects that are dragged in Tiled, there and back.

Floors and walls are rectangles of whole tiles. A passage is a rectangle over the border of two rooms, three
tiles high, for both of its directions. A platform is a line of two points, from where its upper left corner
is to where it goes. A key stands on its point, or on the middle of its rectangle's bottom. Passages know
their lock and locks their key by reference.

Everything that is wrong with an object is a ValueError: what, a semicolon, what to do.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

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
from .objects import MapObject, Room, nearest, over_tiles, room_at

PLATFORM_TILES = 2
"""Width of a platform that does not say how wide it is."""
REST_TICKS = 32
"""Ticks that such a platform rests at its ends."""


def mechanism_objects(
    rooms: Sequence[Room], mechanisms: Sequence[Mechanism], first_id: int
) -> list[MapObject]:
    """The mechanisms in their order.

    Where the drawing alone would give another order, or would leave a platform's room in doubt, properties
    say both.
    """
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
    """The numbers of the mechanisms that are drawn, in order: each passage's together with that of its way
    back, the one from the lower room first. A passage that is there twice is drawn once."""
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
        return over_tiles(id, "passage", (border - 1, m.row + 1 - OPENING_ROWS, 2, OPENING_ROWS))
    if isinstance(m, Key):
        return MapObject(id, "key", m.x_px - TILE // 2, m.y_px - TILE, TILE, TILE, properties={"bit": m.bit})
    if isinstance(m, MovingPlatform):
        properties = {"tiles": m.tiles, "ticks_per_px": m.ticks_per_px, "rest_ticks": m.rest_ticks}
        line = (0.0, 0.0), (float(m.dx_px), float(m.dy_px))
        return MapObject(id, "platform", m.x_px, m.y_px, line=line, properties=properties)
    if isinstance(m, CollapsingFloor):
        return over_tiles(id, "floor", (m.column, m.row, m.tiles, 1))
    if isinstance(m, BreakableWall):
        return over_tiles(id, "wall", (m.column, m.row, m.w, m.h), bit=m.bit)
    # A lock has no position of its own: it is drawn on the first passage that it locks.
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
    """The mechanisms, and the label of each one's object."""
    bits = _bits(objects)
    # Objects that say their order come first, in that order; all others come as they are drawn.
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
    """The flag of each key, lock and wall, by its object's number: its own, or a free one for a copy and for
    an object without one."""
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
                most = f"keys, locks and walls are at most {LAST_STAYING_BIT}"
                raise ValueError(f"{found.label} is one too many; {most}")
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
    border = nearest((found.x_px + found.width_px / 2) / TILE)
    row = top + OPENING_ROWS - 1
    left, right = room_at(rooms, border - 1, row), room_at(rooms, border, row)
    if left < 0 or right < 0 or left == right:
        raise ValueError(f"{found.label} joins no two rooms; drag it onto the border between them")
    lock = found.number("lock", 0)
    if lock and lock not in locks:
        raise ValueError(f"{found.label} has a lock that is none; set its property 'lock' (an object) to one")
    lock = locks.index(lock) if lock else -1
    # From the lower room to the higher, then back.
    leftwards = (left > right) != back
    return Passage(right, -1, row, left, lock) if leftwards else Passage(left, 1, row, right, lock)


def _platform(found: MapObject, rooms: Sequence[Room]) -> MovingPlatform:
    if len(found.line) != 2:
        raise ValueError(f"{found.label} is no line of two points; draw it with Tiled's polyline tool")
    (x, y), (to_x, to_y) = ((nearest(found.x_px + x), nearest(found.y_px + y)) for x, y in found.line)
    room = found.number("room", -1)
    if room < 0:
        room = room_at(rooms, x // TILE, y // TILE)
    if room < 0:  # its top may lie on the room's bottom
        room = _room_of(found, rooms, x // TILE, (y - 1) // TILE)
    return MovingPlatform(
        room, x, y, found.number("tiles", PLATFORM_TILES), to_x - x, to_y - y,
        found.number("ticks_per_px", 1), found.number("rest_ticks", REST_TICKS),
    )  # fmt: skip


def _room_of(found: MapObject, rooms: Sequence[Room], column: int, row: int) -> int:
    room = room_at(rooms, column, row)
    if room < 0:
        raise ValueError(f"{found.label} lies in no room; drag it into one")
    return room
