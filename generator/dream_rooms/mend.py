"""Mends one dreamed room: changes as little as possible until the proof finds no fault in it.

1. The cheapest way from door to door (repair.py) is opened.
2. The room is proven between two stubs of its neighbours. Each dead end that is found gets a way to where the
   hero can go on; what is still a dead end after that is filled up. This is done ROUNDS times at most.
3. Where that fails, all begins anew with a hero who is trusted with less: lower steps, then no jumps over
   gaps.
4. Where all of that fails, a plain room takes its place, which cannot fail.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from ..level import SCREEN_COLUMNS
from ..motion import SOLID_KIND, AnyMotion
from ..nes.roles import TILE
from ..proof import prove
from ..proof.jumps import RISES, Jumps, jumps_of
from .chain import EXIT_FROM_RIGHT, START_COLUMN, Chain, plain_room, stub, with_doors
from .grid import Draft
from .repair import BODY_ROWS, NEVER, Cell, Change, applied, changes_for, cheapest_way, landing

ROUNDS = 6
MAX_NODES = 4_000
"""Nodes of the proof of a room while it is tried; a room of one screen has about 200."""
BOLD = Jumps(tuple(2 for _ in RISES))
"""A hero who can do all that repair.py knows."""
TAME = Jumps(tuple(0 if rise <= 1 else -1 for rise in RISES))
"""A hero who climbs a tile and jumps over no gap."""
CAREFUL = Jumps(tuple(1 if rise <= 1 else -1 for rise in RISES))
"""A hero who climbs a tile and jumps over one."""
LEGS = (BOLD, CAREFUL, TAME)
"""What a hero is trusted with, from the most to the least."""


@dataclass(frozen=True)
class Ends:
    """Where the hero comes into a room and goes out of it."""

    left: int
    """Row of the feet where he comes in."""
    right: int
    """Row of the feet where he goes out."""
    first: bool = False
    """Whether the stage begins in this room, so that no door leads into it."""
    last: bool = False
    """Whether the way out of the stage is in this room."""

    @property
    def begin(self) -> Cell:
        """The cell in which he comes in."""
        return (START_COLUMN if self.first else 0), self.left

    @property
    def end(self) -> Cell:
        """The cell in which he goes out."""
        return (SCREEN_COLUMNS - (EXIT_FROM_RIGHT if self.last else 1)), self.right

    @property
    def doors(self) -> tuple[int | None, int | None]:
        """The lowest open rows of the doors to the left and to the right, None where there is none."""
        return (None if self.first else self.left), (None if self.last else self.right)


def mend(room: Draft, ends: Ends, motion: AnyMotion) -> NDArray[np.uint8]:
    """The kinds [15, 16] of the room as it can be played, its doors open."""
    dreamed, jumps = with_doors(room.kinds, *ends.doors), jumps_of(motion)
    for legs in LEGS:
        kinds = _mended(dreamed, room.certain, ends, motion, _at_most(legs, jumps))
        if kinds is not None:
            return kinds
    return plain_room(*ends.doors, ends.left, ends.right)


def first_cost(room: Draft, ends: Ends, motion: AnyMotion) -> float:
    """What the way through a room costs before any proof, in changed cells."""
    jumps = _at_most(BOLD, jumps_of(motion))
    kinds = with_doors(room.kinds, *ends.doors)
    return cheapest_way(kinds, room.certain, ends.begin, [ends.end], jumps)[0]


def rehearsal(kinds: NDArray[np.uint8], ends: Ends) -> tuple[Chain, int]:
    """A room between the stubs of its neighbours, and the room's number in that chain."""
    rooms, doors = [kinds], []
    if not ends.first:
        rooms.insert(0, stub(None, ends.left))
        doors.append(ends.left)
    if not ends.last:
        rooms.append(stub(ends.right, None))
        doors.append(ends.right)
    return Chain(tuple(rooms), tuple(doors), ends.left, ends.right), int(not ends.first)


def _mended(
    kinds: NDArray[np.uint8], certain: NDArray[np.float32], ends: Ends, motion: AnyMotion, jumps: Jumps
) -> NDArray[np.uint8] | None:
    """The mended kinds; None where this fails for a hero who jumps like this."""
    kinds = _opened(kinds, ends)
    cost, changes = cheapest_way(kinds, certain, ends.begin, [ends.end], jumps)
    if cost >= NEVER:
        return None
    kinds = _opened(applied(kinds, changes), ends)
    tries: Counter[Cell] = Counter()
    for _ in range(ROUNDS):
        chain, number = rehearsal(kinds, ends)
        proof = prove(chain, motion, MAX_NODES)
        if proof.proven:
            return kinds
        if any(fault.kind != "dead end" or fault.room != number for fault in proof.faults):
            return None
        left = chain.rooms[number][0]
        dead = {_cell(fault.x_px, fault.y_px, left) for fault in proof.faults}
        good = {_cell(x_px, y_px, left) for room, x_px, y_px in proof.footholds if room == number} - dead
        for pocket in _pockets(dead):
            often = max(tries[cell] for cell in pocket)
            kinds = applied(kinds, _way_out(kinds, certain, pocket, good, jumps, often))
            tries.update(pocket)
        kinds = _opened(kinds, ends)
    return None


def _opened(kinds: NDArray[np.uint8], ends: Ends) -> NDArray[np.uint8]:
    """The kinds with air where the hero starts and where the door out stands."""
    for column, row in (ends.begin, ends.end):
        if 0 < column < SCREEN_COLUMNS - 1:
            kinds = applied(kinds, changes_for(kinds, landing(column, row, BODY_ROWS)))
    return kinds


def _way_out(  # noqa: PLR0917 - as cheapest_way
    kinds: NDArray[np.uint8],
    certain: NDArray[np.float32],
    pocket: set[Cell],
    good: set[Cell],
    jumps: Jumps,
    tries: int,
) -> list[Change]:
    """The changes that lead out of a dead end.

    The more often it was tried in vain, the less the hero is trusted with. In the end the dead end is filled
    up, so that nobody can stand there any more.
    """
    for some in LEGS[tries:]:
        legs, edges = _at_most(some, jumps), sorted({min(pocket), max(pocket)})
        cost, changes = min(cheapest_way(kinds, certain, cell, good, legs) for cell in edges)
        # Without any change these legs see a way already, and the proof has shown that there is none.
        if changes and cost < NEVER:
            return changes
    return [Change(column, row, SOLID_KIND) for column, row in pocket]


def _cell(x_px: int, y_px: int, left: int) -> Cell:
    """The cell that the feet stand in, of a room that begins at column `left`; in a door, the cell inside of
    it."""
    return min(max(x_px // TILE - left, 1), SCREEN_COLUMNS - 2), (y_px - 1) // TILE


def _pockets(dead: set[Cell]) -> list[set[Cell]]:
    """The cells of dead ends in runs of neighbours, the lowest row first."""
    pockets: list[set[Cell]] = []
    for column, row in sorted(dead, key=lambda cell: (-cell[1], cell[0])):
        if pockets and (column - 1, row) in pockets[-1]:
            pockets[-1].add((column, row))
        else:
            pockets.append({(column, row)})
    return pockets


def _at_most(legs: Jumps, jumps: Jumps) -> Jumps:
    """The jumps that both allow."""
    return replace(legs, gaps=tuple(min(a, b) for a, b in zip(legs.gaps, jumps.gaps, strict=True)))
