"""Mending one dreamed room: changed as little as can be until nothing is held against it.

1. The cheapest way from door to door (`dream_repair`) is opened.
2. The room is proven, doors and all, between two stubs. Each dead end that is found gets a way to where one
   gets on; one that is a dead end still is filled up. ROUNDS times.
3. If a way is none or unfair, all begins anew with a tamer hero: lower steps, then no jumps over gaps.
4. A plain room of steps, which cannot fail.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from ..level import SCREEN_COLUMNS
from ..motion import SOLID_KIND, Motion
from ..nes.roles import TILE
from ..proof import prove
from ..proof.jumps import RISES, Jumps, jumps_of
from .chain import EXIT_FROM_RIGHT, START_COLUMN, Chain, plain_room, stub, with_doors
from .grid import Draft
from .repair import BODY_ROWS, NEVER, Cell, Change, applied, changes_for, cheapest_way, landing

ROUNDS = 6
MAX_NODES = 4_000
"""Of a room while it is tried; one of a screen has about 200."""
BOLD = Jumps(tuple(2 for _ in RISES))
"""Who trusts in all that `dream_repair` knows."""
TAME = Jumps(tuple(0 if rise <= 1 else -1 for rise in RISES))
"""Who climbs a tile and jumps no gap."""
CAREFUL = Jumps(tuple(1 if rise <= 1 else -1 for rise in RISES))
"""Who climbs a tile and jumps over one."""
LEGS = (BOLD, CAREFUL, TAME)


@dataclass(frozen=True)
class Ends:
    """Where one comes into a room and goes out of it: the rows of the feet, and whether these are doors."""

    left: int
    right: int
    first: bool = False
    """One starts here, and does not come in."""
    last: bool = False
    """The way out of the stage is here."""

    @property
    def begin(self) -> Cell:
        return (START_COLUMN if self.first else 0), self.left

    @property
    def end(self) -> Cell:
        return (SCREEN_COLUMNS - (EXIT_FROM_RIGHT if self.last else 1)), self.right

    @property
    def doors(self) -> tuple[int | None, int | None]:
        return (None if self.first else self.left), (None if self.last else self.right)


def mend(room: Draft, ends: Ends, motion: Motion) -> NDArray[np.uint8]:
    """The kinds [15, 16] of the room as it can be played, its doors open."""
    dreamed, jumps = with_doors(room.kinds, *ends.doors), jumps_of(motion)
    for legs in LEGS:
        kinds = _mended(dreamed, room.certain, ends, motion, _at_most(legs, jumps))
        if kinds is not None:
            return kinds
    return plain_room(*ends.doors, ends.left, ends.right)


def first_cost(room: Draft, ends: Ends, motion: Motion) -> float:
    """What the way through a room costs before any proof, about one a changed cell."""
    jumps = _at_most(BOLD, jumps_of(motion))
    kinds = with_doors(room.kinds, *ends.doors)
    return cheapest_way(kinds, room.certain, ends.begin, [ends.end], jumps)[0]


def rehearsal(kinds: NDArray[np.uint8], ends: Ends) -> tuple[Chain, int]:
    """A room between stubs of its neighbours, and its number there."""
    rooms, doors = [kinds], []
    if not ends.first:
        rooms.insert(0, stub(None, ends.left))
        doors.append(ends.left)
    if not ends.last:
        rooms.append(stub(ends.right, None))
        doors.append(ends.right)
    return Chain(tuple(rooms), tuple(doors), ends.left, ends.right), int(not ends.first)


def _mended(
    kinds: NDArray[np.uint8], certain: NDArray[np.float32], ends: Ends, motion: Motion, jumps: Jumps
) -> NDArray[np.uint8] | None:
    """None where it does not work out for who jumps like this."""
    kinds = _opened(kinds, ends)
    cost, changes = cheapest_way(kinds, certain, ends.begin, [ends.end], jumps)
    if cost >= NEVER:
        return None
    kinds = _opened(applied(kinds, changes), ends)
    tries: Counter[Cell] = Counter()
    for _ in range(ROUNDS):
        place, number = rehearsal(kinds, ends)
        proof = prove(place, motion, MAX_NODES)
        if proof.proven:
            return kinds
        if any(fault.kind != "dead end" or fault.room != number for fault in proof.faults):
            return None
        left = place.rooms[number][0]
        dead = {_cell(fault.x_px, fault.y_px, left) for fault in proof.faults}
        good = {_cell(x_px, y_px, left) for room, x_px, y_px in proof.footholds if room == number} - dead
        for pocket in _pockets(dead):
            often = max(tries[cell] for cell in pocket)
            kinds = applied(kinds, _way_out(kinds, certain, pocket, good, jumps, often))
            tries.update(pocket)
        kinds = _opened(kinds, ends)
    return None


def _opened(kinds: NDArray[np.uint8], ends: Ends) -> NDArray[np.uint8]:
    """The kinds with air where one starts and where the door out stands."""
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
    """What gets a hero out of a dead end; the more often it was tried in vain, the less he is trusted with.
    In the end nobody can stand there any more."""
    for some in LEGS[tries:]:
        legs, edges = _at_most(some, jumps), sorted({min(pocket), max(pocket)})
        cost, changes = min(cheapest_way(kinds, certain, cell, good, legs) for cell in edges)
        # No change at all: these legs think that there is a way, and the proof has shown them wrong.
        if changes and cost < NEVER:
            return changes
    return [Change(column, row, SOLID_KIND) for column, row in pocket]


def _cell(x_px: int, y_px: int, left: int) -> Cell:
    """The standing cell of feet in a room that begins at a column; in a door, the one inside of it."""
    return min(max(x_px // TILE - left, 1), SCREEN_COLUMNS - 2), (y_px - 1) // TILE


def _pockets(dead: set[Cell]) -> list[set[Cell]]:
    """Dead ends by the runs of standing cells that they are in, the lowest first."""
    pockets: list[set[Cell]] = []
    for column, row in sorted(dead, key=lambda cell: (-cell[1], cell[0])):
        if pockets and (column - 1, row) in pockets[-1]:
            pockets[-1].add((column, row))
        else:
            pockets.append({(column, row)})
    return pockets


def _at_most(legs: Jumps, jumps: Jumps) -> Jumps:
    return replace(legs, gaps=tuple(min(a, b) for a, b in zip(legs.gaps, jumps.gaps, strict=True)))
