"""Whole things in screens, counted by what the role network says of their cells: of dreams and of painted
screens alike."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from generator.nes.roles import CELLS, ONE_WAY, SOLID, Role

LONG = 4
"""Cells from which a column is tall, and stairs are a flight."""
WIDEST_COLUMN = 2
CARRIES = np.isin(np.arange(len(Role)), sorted(SOLID | ONE_WAY))
"""bool[26]: what a column, a door or an arch stands on."""


class Part(NamedTuple):
    """Cells of one role that touch at their sides."""

    top: int
    left: int
    cells: NDArray[np.bool_]
    """bool[height, width] of its bounding box."""

    @property
    def whole(self) -> bool:
        """Whether it fills its bounding box."""
        return bool(self.cells.all())

    def stands(self, roles: NDArray[np.uint8]) -> bool:
        """Whether all that touches the bottom of its bounding box is carried, or the screen ends there."""
        below = self.top + len(self.cells)
        if below == CELLS:
            return True
        feet = np.flatnonzero(self.cells[-1]) + self.left
        return bool(CARRIES[roles[below, feet]].all())


def count_things(roles: NDArray[np.uint8]) -> dict[str, float]:
    """How many whole things of each of KINDS a screen has, in the mean over role grids uint8[n, 14, 14]."""
    return {kind: float(np.mean([count(grid) for grid in roles])) for kind, count in KINDS.items()}


def _columns(roles: NDArray[np.uint8]) -> int:
    """Tall columns that stand."""
    return sum(
        part.whole
        and part.cells.shape[0] >= LONG
        and part.cells.shape[1] <= WIDEST_COLUMN
        and part.stands(roles)
        for part in parts_of(roles, Role.COLUMN)
    )


def _windows(roles: NDArray[np.uint8]) -> int:
    """Windows of two cells and more that are rectangles, with wall on both sides."""
    count = 0
    for part in parts_of(roles, Role.WINDOW):
        height, width = part.cells.shape
        inside = part.left > 0 and part.left + width < CELLS
        count += part.whole and inside and height >= 2
    return count


def _arches(roles: NDArray[np.uint8]) -> int:
    """Arches over an opening: a closed top, and two feet or more."""
    count = 0
    for part in parts_of(roles, Role.ARCH):
        feet = np.diff(part.cells[-1].astype(np.int8), prepend=0, append=0)
        count += bool(part.cells.shape[1] >= 3 and part.cells[0].all() and (feet == 1).sum() >= 2)
    return count


def _doors(roles: NDArray[np.uint8]) -> int:
    """Doors of two cells and more that are rectangles and stand."""
    return sum(
        part.whole and part.cells.shape[0] >= 2 and part.stands(roles) for part in parts_of(roles, Role.DOOR)
    )


def _stairs(roles: NDArray[np.uint8]) -> int:
    """Flights without a gap."""
    count = 0
    for role, grid in ((Role.STAIRS_RIGHT, roles[::-1]), (Role.STAIRS_LEFT, roles)):
        for offset in range(-CELLS + LONG, CELLS - LONG + 1):
            steps = np.diff((grid.diagonal(offset) == role).astype(np.int8), prepend=0, append=0)
            count += int((np.flatnonzero(steps == -1) - np.flatnonzero(steps == 1) >= LONG).sum())
    return count


def _moons(roles: NDArray[np.uint8]) -> int:
    """Moons: two to four cells wide and high, all of them."""
    return sum(
        part.whole and min(part.cells.shape) >= 2 and max(part.cells.shape) <= 4
        for part in parts_of(roles, Role.MOON)
    )


KINDS: dict[str, Callable[[NDArray[np.uint8]], int]] = {
    "columns": _columns,
    "windows": _windows,
    "arches": _arches,
    "doors": _doors,
    "stairs": _stairs,
    "moons": _moons,
}


def parts_of(roles: NDArray[np.uint8], role: Role) -> Iterator[Part]:
    """The parts of a role in a grid uint8[14, 14], in the order of their first cells."""
    left = {(int(row), int(column)) for row, column in np.argwhere(roles == role)}
    while left:
        reached = {min(left)}
        edge = list(reached)
        while edge:
            row, column = edge.pop()
            beside = {(row - 1, column), (row + 1, column), (row, column - 1), (row, column + 1)}
            fresh = (beside & left) - reached
            reached |= fresh
            edge += fresh
        left -= reached
        where = np.array(sorted(reached))
        (top, first), (bottom, last) = where.min(0), where.max(0)
        cells = np.zeros((bottom - top + 1, last - first + 1), bool)
        cells[where[:, 0] - top, where[:, 1] - first] = True
        yield Part(int(top), int(first), cells)
