"""As little as can be changed in a dreamed room so that a hero gets from one place in it to another.

A search over the room's cells: each move that a hero's legs allow (walk, step off, climb, jump a gap) needs
some cells open and one to carry him, and costs what is not so. The cheapest way says which cells change. It
is a guess, coarser than the motion and on the safe side of it: the proof has the last word.
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
"""Tiles; a clumsy hero's, whatever a motion can do beyond that. (FACTS)"""
MOVE_COST = 0.01
"""Of a move beside a changed cell, so that ways are short."""
SURE_COST = 0.5
"""How much more it costs to change a cell that the network is sure of than one it is not at all sure of."""
NEVER = 1e6
"""Cost of what cannot be changed: walls, and what lies under the status bar."""

Cell = tuple[int, int]
"""Column and row of a room's cell."""


class Move(NamedTuple):
    """One thing to do, by the cells that it needs."""

    to: Cell  # where the hero's feet are then: the cell above what carries him
    open: tuple[Cell, ...]
    floor: Cell
    one_way: bool = False  # the floor is come through from below
    fall: tuple[Cell, ...] = ()  # open, and without a plank that would stop a fall


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
    """The cheapest way in a room's kinds [15, 16] from one standing cell to any of others.

    Returns: its cost, about one a changed cell, and the changes; NEVER and nothing where there is none.
    """
    costs = _Costs(kinds, certain)
    best = {begin: 0.0}
    came: dict[Cell, tuple[Cell, Move]] = {}
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
        for move in _moves(at, jumps):
            after = cost + MOVE_COST + costs.of(move)
            if after < best.get(move.to, NEVER):
                best[move.to] = after
                came[move.to] = at, move
                heappush(queue, (after, move.to))
    return NEVER, []


def landing(column: int, row: int, rows: int = OPENING_ROWS) -> Move:
    """What it takes to stand in a cell with so many rows of nothing but air: inside of a door, say."""
    air = tuple((column, row - up) for up in range(rows))
    return Move((column, row), (), (column, row + 1), fall=air)


def changes_for(kinds: NDArray[np.uint8], move: Move) -> list[Change]:
    """What a move needs and does not have."""
    changes = [
        Change(column, row, EMPTY_KIND)
        for column, row in move.open
        if kinds[row, column] in (SOLID_KIND, DEADLY_KIND)
    ]
    changes += [
        Change(column, row, EMPTY_KIND) for column, row in move.fall if kinds[row, column] != EMPTY_KIND
    ]
    column, row = move.floor
    kind = kinds[row, column]
    if kind in (EMPTY_KIND, DEADLY_KIND) or (move.one_way and kind == SOLID_KIND):
        # Over a bottom that is deep enough to carry it, masonry looks better than a plank.
        on_ground = row + 1 >= SCREEN_ROWS or kinds[row + 1, column] == SOLID_KIND
        solid = on_ground and not move.one_way
        changes.append(Change(column, row, SOLID_KIND if solid else ONE_WAY_KIND))
    return changes


def applied(kinds: NDArray[np.uint8], changes: Collection[Change]) -> NDArray[np.uint8]:
    """The kinds [15, 16] with these changes."""
    out = kinds.copy()
    for column, row, kind in changes:
        out[row, column] = kind
    return out


class _Costs:
    """What each cell costs to be made open, or to be made to carry."""

    def __init__(self, kinds: NDArray[np.uint8], certain: NDArray[np.float32]) -> None:
        price = 1.0 + SURE_COST * certain.astype(np.float64)
        blocks = (kinds == SOLID_KIND) | (kinds == DEADLY_KIND)
        fixed = np.zeros(kinds.shape, bool)
        fixed[:HIDDEN_ROWS] = True
        fixed[:, 0] = fixed[:, -1] = True
        self.open = np.where(blocks, np.where(fixed, NEVER, price), 0.0).tolist()
        self.fall = np.where(kinds != EMPTY_KIND, np.where(fixed, NEVER, price), 0.0).tolist()
        carries = (kinds == SOLID_KIND) | (kinds == ONE_WAY_KIND)
        self.floor = np.where(carries, 0.0, np.where(fixed, NEVER, price)).tolist()
        self.one_way = np.where(kinds == ONE_WAY_KIND, 0.0, np.where(fixed, NEVER, price)).tolist()

    def of(self, move: Move) -> float:
        cost = 0.0
        for column, row in move.open:
            cost += self.open[row][column]
        for column, row in move.fall:
            cost += self.fall[row][column]
        column, row = move.floor
        cost += (self.one_way if move.one_way else self.floor)[row][column]
        return cost


def _moves(at: Cell, jumps: Jumps) -> Iterator[Move]:
    """What a hero can do who stands in a cell, whatever the cells are."""
    column, row = at
    rise = min(jumps.rise, HIGHEST_RISE)
    above = tuple((column, row - up) for up in range(BODY_ROWS, JUMP_ROWS))
    for up in range(1, rise + 1):
        if row - up > HIDDEN_ROWS:
            yield Move((column, row - up), above, (column, row - up + 1), one_way=True)
    for direction in (1, -1):
        beside = column + direction
        if not 0 <= beside < SCREEN_COLUMNS:
            continue
        body = ((beside, row), (beside, row - 1))
        yield Move((beside, row), body, (beside, row + 1))
        for low in range(row + 1, SCREEN_ROWS - 1):
            fallen = tuple((beside, through) for through in range(row + 1, low + 1))
            yield Move((beside, low), body, (beside, low + 1), fall=fallen)
        for up in range(1, rise + 1):
            if row - up > HIDDEN_ROWS:
                there = ((beside, row - up), (beside, row - up - 1))
                yield Move((beside, row - up), above + there, (beside, row - up + 1))
        yield from _leaps(at, direction, jumps, above)


def _leaps(at: Cell, direction: int, jumps: Jumps, above: tuple[Cell, ...]) -> Iterator[Move]:
    """Jumps over a gap, to a landing that is a row higher at most."""
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
            yield Move((land, row - up), arc + there, (land, row - up + 1), fall=fallen)


def _traced(
    kinds: NDArray[np.uint8], came: dict[Cell, tuple[Cell, Move]], begin: Cell, end: Cell
) -> list[Change]:
    changes: dict[Cell, Change] = {}
    while end != begin:
        end, move = came[end]
        for change in changes_for(kinds, move):
            known = changes.get((change.column, change.row))
            # Open for one move, to carry in another: a plank is both.
            both = known is not None and known.kind != change.kind
            changes[change.column, change.row] = change._replace(kind=ONE_WAY_KIND) if both else change
    return list(changes.values())
