"""Finds the fewest changes of a dreamed room by which a hero gets from one cell of it to another.

It searches the room's cells. Each stride that a hero's legs allow (to walk, to step off, to climb, to jump
over a gap) needs some cells open and one to carry him, and costs what would have to change for that. The
changes of the cheapest way are the answer. It is a guess, coarser than the motion and on the safe side of it:
the proof has the last word.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from heapq import heappop, heappush
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..level import SCREEN_COLUMNS, SCREEN_ROWS
from ..motion import DEADLY_KIND, EMPTY_KIND, ONE_WAY_KIND, SOLID_KIND
from ..motion.mechanisms import OPENING_ROWS
from ..proof.jumps import Jumps
from .grid import HIDDEN_ROWS

BODY_ROWS = 2
"""Rows that a standing hero fills."""
JUMP_ROWS = 4
"""Rows that he fills when he jumps straight up: 36 px and 28 of body. (FACTS)"""
WIDEST_GAP, HIGHEST_RISE = 2, 2
"""Tiles that a clumsy hero jumps over and climbs, whatever a motion can do beyond that. (FACTS)"""
# Costs are in changed cells.
STRIDE_COST = 0.01
"""Cost of every stride, so that ways are short."""
SURE_COST = 0.5
"""How much more it costs to change a cell that the network is sure of than one it is not at all sure of."""
NEVER = 1e6
"""Cost of a cell that cannot be changed: of a wall, or under the status bar."""

Cell = tuple[int, int]
"""Column and row of a room's cell."""


class Stride(NamedTuple):
    """A way from one standing cell to another, by the cells that it needs."""

    to: Cell
    """Where the hero's feet are then: the cell above the floor."""
    open: tuple[Cell, ...]
    """Cells that must not stop him or kill him."""
    floor: Cell
    """The cell that must carry him."""
    one_way: bool = False
    """Whether he comes through the floor from below."""
    fall: tuple[Cell, ...] = ()
    """Cells that must be empty, without a plank that would end a fall."""


class Change(NamedTuple):
    """A cell that becomes another kind."""

    column: int
    row: int
    kind: int


def cheapest_way(
    kinds: NDArray[np.uint8],
    certain: NDArray[np.float32],
    begin: Cell,
    ends: Collection[Cell],
    jumps: Jumps,
) -> tuple[float, list[Change]]:
    """The cheapest way in a room's kinds [15, 16] from one standing cell to any of several others.

    Returns: its cost, and the changes that it needs; NEVER and no changes where there is no way.
    """
    costs = _Costs(kinds, certain)
    best = {begin: 0.0}
    came: dict[Cell, tuple[Cell, Stride]] = {}
    done: set[Cell] = set()
    queue = [(0.0, begin)]
    goals = set(ends)
    while queue:
        cost, at = heappop(queue)
        if at in goals:
            return cost, _traced(kinds, came, begin, at)
        if at in done:
            continue
        done.add(at)
        for stride in _strides(at, jumps):
            after = cost + STRIDE_COST + costs.of(stride)
            if after < best.get(stride.to, NEVER):
                best[stride.to] = after
                came[stride.to] = at, stride
                heappush(queue, (after, stride.to))
    return NEVER, []


def landing(column: int, row: int, rows: int = OPENING_ROWS) -> Stride:
    """What it takes to stand in a cell with so many rows of nothing but air, such as inside of a door."""
    air = tuple((column, row - up) for up in range(rows))
    return Stride((column, row), (), (column, row + 1), fall=air)


def changes_for(kinds: NDArray[np.uint8], stride: Stride) -> list[Change]:
    """The changes of a room's kinds [15, 16] that a stride needs."""
    blocked = [(x, y) for x, y in stride.open if kinds[y, x] in (SOLID_KIND, DEADLY_KIND)]
    blocked += [(x, y) for x, y in stride.fall if kinds[y, x] != EMPTY_KIND]
    changes = [Change(x, y, EMPTY_KIND) for x, y in blocked]
    column, row = stride.floor
    kind = kinds[row, column]
    if kind in (EMPTY_KIND, DEADLY_KIND) or (stride.one_way and kind == SOLID_KIND):
        # Over a bottom that is deep enough to carry it, masonry looks better than a plank.
        on_ground = row + 1 >= SCREEN_ROWS or kinds[row + 1, column] == SOLID_KIND
        solid = on_ground and not stride.one_way
        changes.append(Change(column, row, SOLID_KIND if solid else ONE_WAY_KIND))
    return changes


def applied(kinds: NDArray[np.uint8], changes: Collection[Change]) -> NDArray[np.uint8]:
    """The kinds [15, 16] with these changes."""
    out = kinds.copy()
    for column, row, kind in changes:
        out[row, column] = kind
    return out


class _Costs:
    """What it costs to make each cell open, or to make it carry."""

    def __init__(self, kinds: NDArray[np.uint8], certain: NDArray[np.float32]) -> None:
        price = 1.0 + SURE_COST * certain.astype(np.float64)
        price[:HIDDEN_ROWS] = price[:, 0] = price[:, -1] = NEVER
        blocks = (kinds == SOLID_KIND) | (kinds == DEADLY_KIND)
        carries = (kinds == SOLID_KIND) | (kinds == ONE_WAY_KIND)
        self.open, self.fall, self.floor, self.one_way = (
            np.where(changes, price, 0.0).tolist()
            for changes in (blocks, kinds != EMPTY_KIND, ~carries, kinds != ONE_WAY_KIND)
        )

    def of(self, stride: Stride) -> float:
        """What a stride costs."""
        cost: float = 0.0
        for column, row in stride.open:
            cost += self.open[row][column]
        for column, row in stride.fall:
            cost += self.fall[row][column]
        column, row = stride.floor
        cost += (self.one_way if stride.one_way else self.floor)[row][column]
        return cost


def _strides(at: Cell, jumps: Jumps) -> Iterator[Stride]:
    """The strides of a hero who stands in a cell, whatever the cells around him are."""
    column, row = at
    rise = min(jumps.rise, HIGHEST_RISE)
    above = tuple((column, row - up) for up in range(BODY_ROWS, JUMP_ROWS))
    for up in range(1, rise + 1):
        if row - up > HIDDEN_ROWS:
            yield Stride((column, row - up), above, (column, row - up + 1), one_way=True)
    for direction in (1, -1):
        beside = column + direction
        if not 0 <= beside < SCREEN_COLUMNS:
            continue
        body = ((beside, row), (beside, row - 1))
        yield Stride((beside, row), body, (beside, row + 1))
        for low in range(row + 1, SCREEN_ROWS - 1):
            fallen = tuple((beside, through) for through in range(row + 1, low + 1))
            yield Stride((beside, low), body, (beside, low + 1), fall=fallen)
        for up in range(1, rise + 1):
            if row - up > HIDDEN_ROWS:
                there = ((beside, row - up), (beside, row - up - 1))
                yield Stride((beside, row - up), above + there, (beside, row - up + 1))
        yield from _leaps(at, direction, jumps, above)


def _leaps(at: Cell, direction: int, jumps: Jumps, above: tuple[Cell, ...]) -> Iterator[Stride]:
    """Jumps over a gap, to a floor that is a row higher at most."""
    column, row = at
    for up in (1, 0, -1, -2):
        arc = above
        for gap in range(1, min(jumps.gap(up), WIDEST_GAP) + 1):
            over = column + direction * gap
            land = over + direction
            if not 0 <= land < SCREEN_COLUMNS or not HIDDEN_ROWS < row - up < SCREEN_ROWS - 1:
                break
            arc += tuple((over, row - high) for high in range(JUMP_ROWS))
            there = tuple((land, row - high) for high in range(up, max(up, 0) + BODY_ROWS))
            fallen = tuple((land, row + down) for down in range(1, -up + 1))
            yield Stride((land, row - up), arc + there, (land, row - up + 1), fall=fallen)


def _traced(
    kinds: NDArray[np.uint8], came: dict[Cell, tuple[Cell, Stride]], begin: Cell, end: Cell
) -> list[Change]:
    changes: dict[Cell, Change] = {}
    while end != begin:
        end, stride = came[end]
        for change in changes_for(kinds, stride):
            known = changes.get((change.column, change.row))
            # Open for one stride, to carry in another: a plank is both.
            both = known is not None and known.kind != change.kind
            changes[change.column, change.row] = change._replace(kind=ONE_WAY_KIND) if both else change
    return list(changes.values())
