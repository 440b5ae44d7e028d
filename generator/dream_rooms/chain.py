"""Dream rooms in a row, as a place that can be walked in and proven; and the plain rooms that cannot fail."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from ..level import SCREEN_COLUMNS, SCREEN_ROWS
from ..motion import DEADLY_KIND, EMPTY_KIND, ONE_WAY_KIND, SOLID_KIND
from ..motion.interior import Interior, interiors
from ..motion.mechanisms import OPENING_ROWS, Mechanism, Passage
from ..nes.roles import TILE, Role
from .grid import HIDDEN_ROWS

START_COLUMN = 2
"""Column of the start in the first room."""
EXIT_FROM_RIGHT = 3
"""Columns from the door out to the right edge of the last room."""
STUB_COLUMNS = 5
"""Width of the empty room that stands for a neighbour while one room is tried."""

PLAIN_ROLE: NDArray[np.uint8] = np.empty(4, np.uint8)
PLAIN_ROLE[[EMPTY_KIND, SOLID_KIND, ONE_WAY_KIND, DEADLY_KIND]] = [
    Role.BACKDROP, Role.GROUND_FILL, Role.PLATFORM, Role.SPIKES,
]  # fmt: skip
"""uint8[4]: a role of each kind that a cell is to a body."""


@dataclass(frozen=True, eq=False)
class Chain:
    """Rooms side by side with a door between each two. It is a `Place`."""

    kinds: tuple[NDArray[np.uint8], ...]
    """[15, w] of each room: what each cell is to a body, the doors open."""
    doors: tuple[int, ...]
    """Lowest open row of the door after each room but the last."""
    start_row: int
    """Row of the cell that the hero's feet are in at the start."""
    exit_row: int
    """Row of the lower tile of the door out."""

    @cached_property
    def rooms(self) -> tuple[tuple[int, int, int, int], ...]:
        """x, y, width, height, tiles."""
        widths = [room.shape[1] for room in self.kinds]
        return tuple((sum(widths[:n]), 0, width, SCREEN_ROWS) for n, width in enumerate(widths))

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
        """The hero's feet at the entrance, px."""
        return START_COLUMN * TILE + TILE // 2, (self.start_row + 1) * TILE

    @property
    def exit(self) -> tuple[int, int]:
        """Column and row of the lower tile of the door."""
        x, _, width, _ = self.rooms[-1]
        return x + width - EXIT_FROM_RIGHT, self.exit_row

    @cached_property
    def interiors(self) -> tuple[Interior, ...]:
        """The rooms as `motion.step` reads them."""
        return interiors(
            PLAIN_ROLE[np.concatenate(self.kinds, axis=1)], self.rooms, self.mechanisms, self.exit
        )


def with_doors(kinds: NDArray[np.uint8], left: int | None, right: int | None) -> NDArray[np.uint8]:
    """The kinds of a room [15, w] with doors in its walls, given by their lowest open rows."""
    out = kinds.copy()
    for column, row in ((0, left), (-1, right)):
        if row is not None:
            out[row - OPENING_ROWS + 1 : row + 1, column] = EMPTY_KIND
    return out


def stub(left: int | None, right: int | None) -> NDArray[np.uint8]:
    """The kinds [15, 5] of a room with nothing but a floor, at the height of its only door."""
    row = right if left is None else left
    assert row is not None
    kinds = np.full((SCREEN_ROWS, STUB_COLUMNS), SOLID_KIND, np.uint8)
    kinds[HIDDEN_ROWS : row + 1, 1:-1] = EMPTY_KIND
    return with_doors(kinds, left, right)


def plain_room(left: int | None, right: int | None, start_row: int, exit_row: int) -> NDArray[np.uint8]:
    """The kinds [15, 16] of a room that cannot fail: ground that rises or falls a row at a time from the way
    in to the way out, and air over it."""
    row = start_row if left is None else left
    end = exit_row if right is None else right
    kinds = np.full((SCREEN_ROWS, SCREEN_COLUMNS), SOLID_KIND, np.uint8)
    for column in range(1, SCREEN_COLUMNS - 1):
        # The ground is level at the start and at the door out.
        if START_COLUMN < column < SCREEN_COLUMNS - EXIT_FROM_RIGHT - 1 and row != end:
            row += 1 if end > row else -1
        kinds[HIDDEN_ROWS : row + 1, column] = EMPTY_KIND
    return with_doors(kinds, left, right)
