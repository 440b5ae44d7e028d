"""A room as moving needs it: what is solid in it, and the things that belong to it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from copy import copy
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from ..nes.roles import TILE, Role
from .mechanisms import (
    COUNTER_BIT,
    GONE,
    OPENING_ROWS,
    BreakableWall,
    CollapsingFloor,
    Key,
    Lock,
    Mechanism,
    MovingPlatform,
    Passage,
    Stairs,
    cells,
    floor_counter,
)
from .terrain import EMPTY_KIND, ONE_WAY_KIND, SOLID_KIND, Terrain

MOST_TERRAINS = 256
"""A room remembers its terrain in so many states of its walls and floors."""


class Interior:
    """One room. Nobody changes it once it is built."""

    def __init__(
        self,
        number: int,
        room: tuple[int, int, int, int],
        roles: NDArray[np.uint8],
        mechanisms: Sequence[Mechanism],
        exit: tuple[int, int],
    ) -> None:
        """
        Args:
            number: of the room; the mechanisms name it.
            room: x, y, width, height, tiles.
            roles: of the whole level [H, W].
            mechanisms: of the whole level; they have passed `check`.
            exit: column and row of the lower tile of the level's exit.
        """
        left, top, width, height = self.room = room
        self.left_px, self.right_px = left * TILE, (left + width) * TILE
        self.bottom_px = (top + height) * TILE
        locks = [m for m in mechanisms if isinstance(m, Lock)]
        own = [m for m in mechanisms if not isinstance(m, Lock) and m.room == number]
        self.passages = tuple(m for m in own if isinstance(m, Passage))
        self.locks = tuple(locks[p.lock] if p.lock >= 0 else None for p in self.passages)
        """One a passage: its lock, or None."""
        self.keys = tuple(m for m in own if isinstance(m, Key))
        self.platforms = tuple(m for m in own if isinstance(m, MovingPlatform))
        self.floors = tuple(m for m in own if isinstance(m, CollapsingFloor))
        self.walls = tuple(m for m in own if isinstance(m, BreakableWall))
        grid = roles[top : top + height, left : left + width]
        self.stairs = find_stairs(grid, (left, top))
        here = left <= exit[0] < left + width and top <= exit[1] < top + height
        self.exit = exit if here else None
        self.wall_bits = sum(1 << wall.bit for wall in self.walls)
        self.change_bits = self.wall_bits | (-1 << COUNTER_BIT if self.floors else 0)
        """The flags that change its terrain."""
        openings = [
            (left + width if passage.side > 0 else left - 1, passage.row - up)
            for passage in self.passages
            for up in range(OPENING_ROWS)
        ]
        # The highest cell of a flight lies in the floor that it leads to, and carries like that.
        heads = [(s.head_x_px // TILE - (s.rise > 0), s.head_y_px // TILE) for s in self.stairs]
        carrying = [cell for floor in self.floors for cell in cells(floor)] + heads
        self.whole = (
            Terrain.from_roles(grid, (left, top), openings)
            .patched([cell for wall in self.walls for cell in cells(wall)], SOLID_KIND)
            .patched(carrying, ONE_WAY_KIND)
        )
        """The terrain with all walls unbroken and all floors there."""
        self._patched = lru_cache(maxsize=MOST_TERRAINS)(self._patch)

    def terrain(self, flags: int) -> Terrain:
        """The terrain as it is now."""
        if not flags & self.change_bits:
            return self.whole
        return self._patched(flags & self.wall_bits, self.gone(flags) if self.floors else 0)

    def gone(self, flags: int) -> int:
        """The floors that are gone, one bit each."""
        return sum(1 << number for number in range(len(self.floors)) if floor_counter(flags, number) == GONE)

    def shut(self) -> Interior:
        """The same room with all its ways shut."""
        other = copy(self)
        other.passages, other.locks = (), ()
        whole = self.whole
        other.whole = Terrain(whole.width, whole.height, whole.kinds, whole.origin)
        other._patched = lru_cache(maxsize=MOST_TERRAINS)(other._patch)
        return other

    def without_platforms(self) -> Interior:
        """The same room without its platforms."""
        other = copy(self)
        other.platforms = ()
        return other

    def _patch(self, broken: int, gone: int) -> Terrain:
        """The terrain without the broken walls and the floors that are gone; one bit each."""
        away = [cell for wall in self.walls if broken >> wall.bit & 1 for cell in cells(wall)]
        away += [cell for n, floor in enumerate(self.floors) if gone >> n & 1 for cell in cells(floor)]
        return self.whole.patched(away, EMPTY_KIND)


def interiors(
    roles: NDArray[np.uint8],
    rooms: Sequence[tuple[int, int, int, int]],
    mechanisms: Iterable[Mechanism],
    exit: tuple[int, int],
) -> tuple[Interior, ...]:
    """The rooms of a level; see `Interior`."""
    mechanisms = tuple(mechanisms)
    return tuple(Interior(number, room, roles, mechanisms, exit) for number, room in enumerate(rooms))


def find_stairs(roles: NDArray[np.uint8], origin: tuple[int, int] = (0, 0)) -> tuple[Stairs, ...]:
    """The flights of a room's role grid [h, w]: diagonals of one stairs role, from foot to head."""
    found = []
    for role, rise in ((Role.STAIRS_RIGHT, 1), (Role.STAIRS_LEFT, -1)):
        steps = {(row, column) for row, column in np.argwhere(roles == role).tolist()}
        for row, column in steps:
            if (row + 1, column - rise) in steps:
                continue  # not the lowest
            tiles = 1
            while (row - tiles, column + rise * tiles) in steps:
                tiles += 1
            left, top = origin
            foot_x = (left + column + (rise < 0)) * TILE
            found.append(Stairs(foot_x, (top + row + 1) * TILE, rise, tiles * TILE))
    return tuple(sorted(found))
