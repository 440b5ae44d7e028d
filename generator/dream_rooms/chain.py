"""Rooms of the dream in a row, as a place that can be walked in and proven."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from ..level import LEVEL_ROWS, SCREEN_COLUMNS
from ..motion import DEADLY_KIND, EMPTY_KIND, ONE_WAY_KIND, SOLID_KIND
from ..motion.interior import Interior, interiors
from ..motion.mechanisms import OPENING_ROWS, Mechanism, Passage
from ..nes.roles import TILE, Role
from .grid import HIDDEN_ROWS

START_COLUMN = 2
EXIT_FROM_RIGHT = 3
"""Columns of the start and of the door in the first and the last room."""
STUB_COLUMNS = 5
"""Of the empty room that stands for a neighbour while one room is tried."""

PLAIN_ROLE: NDArray[np.uint8] = np.empty(4, np.uint8)
PLAIN_ROLE[[EMPTY_KIND, SOLID_KIND, ONE_WAY_KIND, DEADLY_KIND]] = [
    Role.BACKDROP, Role.GROUND_FILL, Role.PLATFORM, Role.SPIKES,
]  # fmt: skip
"""uint8[4]: a role of each kind."""


@dataclass(frozen=True, eq=False)
class Chain:
    """Rooms side by side, a door between each two. It is a `Place`."""

    kinds: tuple[NDArray[np.uint8], ...]
    """[15, w] of each room, its doors open."""
    doors: tuple[int, ...]
    """Lowest open row of the door after each room but the last."""
    start_row: int
    """Of the cell that the hero's feet are in."""
    exit_row: int
    """Of the lower tile of the door out."""

    @cached_property
    def rooms(self) -> tuple[tuple[int, int, int, int], ...]:
        """x, y, width, height, tiles."""
        widths = [room.shape[1] for room in self.kinds]
        return tuple((sum(widths[:n]), 0, width, LEVEL_ROWS) for n, width in enumerate(widths))

    @cached_property
    def mechanisms(self) -> tuple[Mechanism, ...]:
        """Both sides of every door."""
        return tuple(
            passage
            for n, row in enumerate(self.doors)
            for passage in (Passage(n, 1, row, n + 1), Passage(n + 1, -1, row, n))
        )

    @property
    def start(self) -> tuple[int, int]:
        """The feet at the entrance, px."""
        return START_COLUMN * TILE + TILE // 2, (self.start_row + 1) * TILE

    @property
    def exit(self) -> tuple[int, int]:
        """Column and row of the lower tile of the door."""
        x, _, width, _ = self.rooms[-1]
        return x + width - EXIT_FROM_RIGHT, self.exit_row

    @cached_property
    def interiors(self) -> tuple[Interior, ...]:
        """What `motion.step` reads."""
        return interiors(
            PLAIN_ROLE[np.concatenate(self.kinds, axis=1)], self.rooms, self.mechanisms, self.exit
        )


def with_doors(kinds: NDArray[np.uint8], left: int | None, right: int | None) -> NDArray[np.uint8]:
    """The kinds of a room [15, w] with these doors, by their lowest open rows, in its walls."""
    out = kinds.copy()
    for column, row in ((0, left), (-1, right)):
        if row is not None:
            out[row - OPENING_ROWS + 1 : row + 1, column] = EMPTY_KIND
    return out


def stub(left: int | None, right: int | None) -> NDArray[np.uint8]:
    """A room that is nothing but a floor, at the height of its only door."""
    row = left if left is not None else right
    assert row is not None
    kinds = np.full((LEVEL_ROWS, STUB_COLUMNS), SOLID_KIND, np.uint8)
    kinds[HIDDEN_ROWS : row + 1, 1:-1] = EMPTY_KIND
    return with_doors(kinds, left, right)


def plain_room(left: int | None, right: int | None, start_row: int, exit_row: int) -> NDArray[np.uint8]:
    """The kinds of a room that cannot fail [15, 16]: ground that goes in steps of one row from where one
    comes in to where one goes out, and air over it."""
    begin = left if left is not None else start_row
    end = right if right is not None else exit_row
    kinds = np.full((LEVEL_ROWS, SCREEN_COLUMNS), SOLID_KIND, np.uint8)
    row = begin
    for column in range(1, SCREEN_COLUMNS - 1):
        # Level where one starts and where the door stands.
        if START_COLUMN < column < SCREEN_COLUMNS - EXIT_FROM_RIGHT - 1 and row != end:
            row += 1 if end > row else -1
        kinds[HIDDEN_ROWS : row + 1, column] = EMPTY_KIND
    return with_doors(kinds, left, right)
