"""Whether the rooms and mechanisms of a level point somewhere and agree with one another."""

from __future__ import annotations

from collections.abc import Sequence

from ..nes.roles import TILE
from .mechanisms import (
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

MAX_MECHANISMS = 256
"""Rooms of a level at most, and mechanisms."""


def check(
    rooms: Sequence[tuple[int, int, int, int]],
    mechanisms: Sequence[Mechanism],
    width: int,
    height: int,
) -> None:
    """Raises ValueError, one line, where rooms or mechanisms point nowhere or contradict one another."""
    if not rooms or len(rooms) > MAX_MECHANISMS or len(mechanisms) > MAX_MECHANISMS:
        raise ValueError(f"1 to {MAX_MECHANISMS} rooms, and no more mechanisms than that")
    for number, (x, y, w, h) in enumerate(rooms):
        if not (x >= 0 and y >= 0 and w >= 1 and h >= 2 and x + w <= width and y + h <= height):
            raise ValueError(f"room {number} lies outside the level")
        for other, (ox, oy, ow, oh) in enumerate(rooms[:number]):
            if x < ox + ow and ox < x + w and y < oy + oh and oy < y + h:
                raise ValueError(f"rooms {other} and {number} overlap")
    locks = sum(isinstance(m, Lock) for m in mechanisms)
    bits: set[int] = set()
    for number, m in enumerate(mechanisms):
        name = f"mechanism {number} ({type(m).__name__})"
        if isinstance(m, Lock):
            own: tuple[int, ...] = (m.bit,)
            if not any(isinstance(k, Key) and k.bit == m.key_bit for k in mechanisms):
                raise ValueError(f"{name}: no key opens it")
        else:
            if not 0 <= m.room < len(rooms):
                raise ValueError(f"{name}: there is no room {m.room}")
            own = (m.bit,) if isinstance(m, Key | BreakableWall) else ()
            _check_inside(name, m, rooms[m.room])
        for bit in own:
            if not 1 <= bit <= LAST_STAYING_BIT or bit in bits:
                raise ValueError(f"{name}: flag {bit} is none of 1 to {LAST_STAYING_BIT}, or taken")
            bits.add(bit)
        if isinstance(m, Passage):
            if m.side not in (-1, 1) or not 0 <= m.to_room < len(rooms) or not -1 <= m.lock < locks:
                raise ValueError(f"{name}: leads nowhere")
            back = [p for p in mechanisms if isinstance(p, Passage) and p.room == m.to_room]
            if not any((p.to_room, p.side, p.row, p.lock) == (m.room, -m.side, m.row, m.lock) for p in back):
                raise ValueError(f"{name}: there is no way back through it")
            near, far = rooms[m.room], rooms[m.to_room]
            meets = near[0] + near[2] == far[0] if m.side > 0 else far[0] + far[2] == near[0]
            if not meets:
                raise ValueError(f"{name}: rooms {m.room} and {m.to_room} do not meet there")


def _check_inside(name: str, m: Mechanism, room: tuple[int, int, int, int]) -> None:
    x, y, w, h = room
    if isinstance(m, Passage):
        inside = y + OPENING_ROWS <= m.row + 1 < y + h
    elif isinstance(m, Key):
        inside = x * TILE < m.x_px < (x + w) * TILE and y * TILE < m.y_px <= (y + h) * TILE
    elif isinstance(m, MovingPlatform):
        if not 1 <= m.tiles <= 16 or not 1 <= m.ticks_per_px <= 16 or not 0 <= m.rest_ticks <= 600:
            raise ValueError(f"{name}: 1 to 16 tiles wide, 1 to 16 ticks a px, at most 600 of rest")
        if bool(m.dx_px) == bool(m.dy_px):
            raise ValueError(f"{name}: it moves along one axis")
        right = max(m.x_px, m.x_px + m.dx_px) + m.tiles * TILE
        ends = min(m.x_px, m.x_px + m.dx_px), min(m.y_px, m.y_px + m.dy_px), max(m.y_px, m.y_px + m.dy_px)
        inside = x * TILE <= ends[0] and right <= (x + w) * TILE
        inside = inside and y * TILE <= ends[1] and ends[2] <= (y + h) * TILE
    elif isinstance(m, CollapsingFloor):
        inside = x <= m.column and m.tiles >= 1 and m.column + m.tiles <= x + w and y <= m.row < y + h
    elif isinstance(m, BreakableWall):
        inside = x <= m.column and y <= m.row and m.w >= 1 and m.h >= 1
        inside = inside and m.column + m.w <= x + w and m.row + m.h <= y + h
    else:
        inside = True
    if not inside:
        raise ValueError(f"{name}: it reaches out of its room")
