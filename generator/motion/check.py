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
"""How many rooms a level has at most, and how many mechanisms."""


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
            if not any(isinstance(k, Key) and k.bit == m.key_bit for k in mechanisms):
                raise ValueError(f"{name}: no key opens it")
        else:
            if not 0 <= m.room < len(rooms):
                raise ValueError(f"{name}: there is no room {m.room}")
            _check_inside(name, m, rooms[m.room])
        if isinstance(m, Lock | Key | BreakableWall):
            if not 1 <= m.bit <= LAST_STAYING_BIT or m.bit in bits:
                raise ValueError(f"{name}: flag {m.bit} is none of 1 to {LAST_STAYING_BIT}, or taken")
            bits.add(m.bit)
        elif isinstance(m, Passage):
            if m.side not in (-1, 1) or not 0 <= m.to_room < len(rooms) or not -1 <= m.lock < locks:
                raise ValueError(f"{name}: leads nowhere")
            if Passage(m.to_room, -m.side, m.row, m.room, m.lock) not in mechanisms:
                raise ValueError(f"{name}: there is no way back through it")
            near, far = rooms[m.room], rooms[m.to_room]
            left, right = (near, far) if m.side > 0 else (far, near)
            if left[0] + left[2] != right[0]:
                raise ValueError(f"{name}: rooms {m.room} and {m.to_room} do not meet there")


def _check_inside(name: str, m: Mechanism, room: tuple[int, int, int, int]) -> None:
    """Raises ValueError where a mechanism is not wholly in its room, or a platform moves in a wrong way."""
    x, y, w, h = room
    inside = True
    if isinstance(m, Passage):
        inside = y + OPENING_ROWS <= m.row + 1 < y + h
    elif isinstance(m, Key):
        inside = x * TILE < m.x_px < (x + w) * TILE and y * TILE < m.y_px <= (y + h) * TILE
    elif isinstance(m, MovingPlatform):
        if not 1 <= m.tiles <= 16 or not 1 <= m.ticks_per_px <= 16 or not 0 <= m.rest_ticks <= 600:
            raise ValueError(f"{name}: 1 to 16 tiles wide, 1 to 16 ticks a px, at most 600 of rest")
        if bool(m.dx_px) == bool(m.dy_px):
            raise ValueError(f"{name}: it moves along one axis")
        left, top, right, bottom = m.sweep_px
        inside = x * TILE <= left and right <= (x + w) * TILE and y * TILE <= top and bottom <= (y + h) * TILE
    elif isinstance(m, CollapsingFloor | BreakableWall):
        columns, rows = (m.tiles, 1) if isinstance(m, CollapsingFloor) else (m.w, m.h)
        inside = (
            columns >= 1 and x <= m.column <= x + w - columns and rows >= 1 and y <= m.row <= y + h - rows
        )
    if not inside:
        raise ValueError(f"{name}: it reaches out of its room")
