"""A stage whose rooms are dreamed screens, cell by cell, proven like any other.

1. Each screen of a batch is laid into a room (grid.py), and judged by how much of it would have to change,
   how much there is to climb, and how well one sees where to stand.
2. The best of them make a chain. All share four sub-palettes, so each further room is also chosen by its
   colours.
3. Each room is mended (mend.py); then the chain is proven as a whole.
4. Every cell shows what was dreamed there (look.py); candles and enemies come where there is room (life.py).

Here the structure depends on the network as well, and on the machine's floats. So share codes of this mode
carry the network's hash and the grid's check sum (level/stamps.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from ..constraints import HARDEST
from ..level import SCREEN_COLUMNS, Spawn
from ..motion import EMPTY_KIND, ONE_WAY_KIND, SOLID_KIND, AnyMotion
from ..motion.mechanisms import OPENING_ROWS
from ..motion.terrain import KIND_OF_ROLE
from ..nes.palette import BLACK, PALETTE_PERCEIVED
from ..nes.roles import CELLS, TILE, Role, fold_odds
from ..proof import Proof, UnprovenError, prove
from ..rng import Pcg32
from .chain import EXIT_FROM_RIGHT, PLAIN_ROLE, START_COLUMN, Chain, plain_room
from .grid import HIDDEN_ROWS, PLAYED, Draft, draft
from .life import populate
from .look import sources
from .mend import Ends, first_cost, mend
from .repair import changes_for, landing

ROOMS = (2, 4, 5, 6, 7, 8)
"""Rooms of stage 1, 2, ...; the first is an interlude, the last number holds for all stages beyond."""
SCREENS = 40
"""Screens of a batch, at 12 ms each."""
SEARCHED = 20
"""So many of the best screens are searched for a way through."""
HIGHEST_DOOR, LOWEST_DOOR, USUAL_DOOR = 6, 12, 11
"""Rows of a door's lowest tile; the last is where castles have theirs."""
# All costs and worths are in changed cells.
UNUSUAL = 0.05
"""Cost of each row that a door is away from the usual one."""
CLIMB_WORTH, MOST_CLIMBS = 0.8, 10
"""What a cell to stand on above the ground is worth, and how many such cells count. (by eye)"""
SEEN_WORTH, WELL_SEEN_L = 40.0, 0.3
"""What a difference of 1 in lightness (CIELAB's, 0 to 1) between what carries and the air over it is worth,
and the difference beyond which more is worth no more. (by eye)"""
PAINT_WORTH, MOST_PAINT = 10.0, 0.6
"""What a screen that is painted all over is worth against a black one, and the share of painted pixels beyond
which more is worth no more. (by eye)"""
DOUBT_COST = 0.1
"""Cost of a cell that the network is not sure of at all."""
KIN_COST = 3.0
"""Cost of a screen that has no colour in common with the first room."""
MOST_CHANGED, SECOND_TRIES = 6, 2
"""A room with more changed cells gives way to a spare that needs fewer; so many spares are tried for it."""
ATTEMPTS = 3
"""Proofs of the whole chain; before each but the first, the rooms at fault become plain ones."""


@dataclass(frozen=True, eq=False)
class DreamStage:
    """Rooms that were dreamed, mended and proven."""

    chain: Chain
    proof: Proof
    rooms: tuple[Draft, ...]
    shown: tuple[NDArray[np.intp], ...]
    """[15, 16] of each room: the numbers in the batch of the cells that are shown."""
    roles: NDArray[np.uint8]
    """[15, 16 * rooms] `Role`, of the kinds that the proof saw."""
    repairs: tuple[tuple[int, int], ...]
    """Column and row of every cell that is not as it was dreamed."""
    spawns: tuple[Spawn, ...]
    seen_l: float
    """Mean difference in lightness between what carries and the air over it, as dreamed; at most
    WELL_SEEN_L."""


def room_count(stage: int) -> int:
    """How many rooms stage 1, 2, ... has."""
    return ROOMS[min(stage, len(ROOMS)) - 1]


def dream_stage(
    screens: NDArray[np.uint8], odds: NDArray[np.float32], motion: AnyMotion, stage: int, life: Pcg32
) -> DreamStage:
    """A stage made of a batch of screens uint8[n, 224, 224] (palette indices) with role odds
    float32[n, 14, 14, 17 or 26].

    Raises UnprovenError where the motion cannot complete even plain rooms.
    """
    odds = fold_odds(odds)
    drafts = [draft(n, odds[n]) for n in range(len(screens))]
    rooms, spares = _chosen(screens, drafts, motion, room_count(stage))
    ends = _doors(rooms)
    rooms, kinds = _mended(rooms, spares, ends, motion)
    chain, proof = _proven(kinds, ends, motion)
    shown = sources(rooms, chain.kinds)
    roles = np.concatenate([_roles(room, its) for room, its in zip(rooms, chain.kinds, strict=True)], axis=1)
    column, row = chain.exit
    roles[row - 1 : row + 1, column] = Role.DOOR
    repairs = [
        (x + column, row)
        for (x, _, _, _), room, cells in zip(chain.rooms, rooms, shown, strict=True)
        for row, column in np.argwhere(room.inside & (cells != room.cell)).tolist()
    ]
    spawns = populate(chain, roles, proof, life, min(stage - 1, HARDEST))
    roles.setflags(write=False)
    seen_l = float(np.mean([_seen(room, screens[room.screen]) for room in rooms]))
    return DreamStage(chain, proof, tuple(rooms), tuple(shown), roles, tuple(repairs), spawns, seen_l)


# Which screens.


def _chosen(
    screens: NDArray[np.uint8], drafts: list[Draft], motion: AnyMotion, count: int
) -> tuple[list[Draft], list[Draft]]:
    """The best screens of a batch, in the order in which the hero walks through them, and the next best ones.

    Screens come again where the batch is too small.
    """
    costs = [_cost(room, screen) for room, screen in zip(drafts, screens, strict=True)]
    promising = sorted(range(len(drafts)), key=lambda n: costs[n])[: max(SEARCHED, count)]
    for n in promising:
        costs[n] += first_cost(drafts[n], _own_ends(drafts[n]), motion)
    colours = [np.bincount(screen.ravel(), minlength=64) / screen.size for screen in screens]
    chain = [min(promising, key=lambda n: costs[n])]
    while len(chain) < count:
        left = [n for n in promising if n not in chain] or promising
        kin = {n: KIN_COST * float(abs(colours[n] - colours[chain[0]]).sum()) / 2 for n in left}
        chain.append(min(left, key=lambda n: costs[n] + kin[n]))
    spares = sorted((n for n in promising if n not in chain), key=lambda n: costs[n])
    return [drafts[n] for n in chain], [drafts[n] for n in spares]


def _cost(room: Draft, screen: NDArray[np.uint8]) -> float:
    """What speaks against a screen."""
    inside = room.inside
    doubt = float((1.0 - room.certain[inside]).sum())
    carries = (room.kinds == SOLID_KIND) | (room.kinds == ONE_WAY_KIND)
    climbs = carries[HIDDEN_ROWS + 2 : USUAL_DOOR + 1] & ~carries[HIDDEN_ROWS + 1 : USUAL_DOOR]
    paint = float((screen != BLACK).mean())
    return (
        _changed(room, room.kinds)
        + DOUBT_COST * doubt
        - CLIMB_WORTH * min(int(climbs.sum()), MOST_CLIMBS)
        - PAINT_WORTH * min(paint, MOST_PAINT)
        - SEEN_WORTH * _seen(room, screen)
    )


def _seen(room: Draft, screen: NDArray[np.uint8]) -> float:
    """How well one sees where to stand: the mean difference in lightness, at most WELL_SEEN_L."""
    lightness = PALETTE_PERCEIVED[screen, 0].reshape(CELLS, TILE, CELLS, TILE).mean((1, 3)).ravel()
    carries = (room.kinds == SOLID_KIND) | (room.kinds == ONE_WAY_KIND)
    seen = room.inside
    tops = (carries & seen)[1:] & (room.kinds == EMPTY_KIND)[:-1] & seen[:-1]
    if not tops.any():
        return 0.0
    numbers = room.cell % (CELLS * CELLS)
    apart = abs(lightness[numbers[1:][tops]] - lightness[numbers[:-1][tops]])
    return float(np.minimum(apart, WELL_SEEN_L).mean())


# Where the hero comes in and goes out.


def _door_costs(room: Draft, column: int, rows: int) -> dict[int, float]:
    """What it costs to stand in a column, for each row that a door may have."""
    return {
        row: len(changes_for(room.kinds, landing(column, row, rows))) + UNUSUAL * abs(row - USUAL_DOOR)
        for row in range(HIGHEST_DOOR, LOWEST_DOOR + 1)
    }


def _cheapest(*costs: dict[int, float]) -> int:
    return min(costs[0], key=lambda row: sum(cost[row] for cost in costs))


def _own_ends(room: Draft) -> Ends:
    """Where a room by itself would have its doors."""
    left = _cheapest(_door_costs(room, 1, OPENING_ROWS))
    right = _cheapest(_door_costs(room, SCREEN_COLUMNS - 2, OPENING_ROWS))
    return Ends(left, right)


def _doors(rooms: Sequence[Draft]) -> list[Ends]:
    """The ends of every room of a chain: each door where both sides have to change least for it."""
    rows = [_cheapest(_door_costs(rooms[0], START_COLUMN, 2))]
    for left, right in pairwise(rooms):
        there = _door_costs(left, SCREEN_COLUMNS - 2, OPENING_ROWS)
        rows.append(_cheapest(there, _door_costs(right, 1, OPENING_ROWS)))
    rows.append(_cheapest(_door_costs(rooms[-1], SCREEN_COLUMNS - EXIT_FROM_RIGHT, 2)))
    last = len(rooms) - 1
    return [Ends(rows[n], rows[n + 1], first=n == 0, last=n == last) for n in range(len(rooms))]


def _mended(
    rooms: Sequence[Draft], spares: list[Draft], ends: Sequence[Ends], motion: AnyMotion
) -> tuple[list[Draft], list[NDArray[np.uint8]]]:
    """Rooms, and their kinds as they can be played; a room that changes much gives way to a spare."""
    chosen, mended = [], []
    left = iter(spares)
    for room, its in zip(rooms, ends, strict=True):
        best = room, mend(room, its, motion)
        for _ in range(SECOND_TRIES):
            other = next(left, None) if _changed(*best) > MOST_CHANGED else None
            if other is None:
                break
            best = min(best, (other, mend(other, its, motion)), key=lambda pair: _changed(*pair))
        chosen.append(best[0])
        mended.append(best[1])
    return chosen, mended


def _changed(room: Draft, kinds: NDArray[np.uint8]) -> int:
    """Cells that are not as they were dreamed."""
    return int((room.inside & (room.barred | (kinds != room.dreamed))).sum())


def _proven(
    mended: Sequence[NDArray[np.uint8]], ends: Sequence[Ends], motion: AnyMotion
) -> tuple[Chain, Proof]:
    """The chain of mended rooms and its proof; a room that has a fault even there becomes a plain one."""
    kinds, doors = list(mended), tuple(its.right for its in ends[:-1])
    for _ in range(ATTEMPTS):
        chain = Chain(tuple(kinds), doors, ends[0].left, ends[-1].right)
        proof = prove(chain, motion)
        if proof.proven:
            return chain, proof
        for room in {fault.room for fault in proof.faults}:
            its = ends[room]
            kinds[room] = plain_room(*its.doors, its.left, its.right)
    raise UnprovenError(
        f"no dream room fits this motion ({proof.faults[0].kind} in room {proof.faults[0].room}); "
        "a hero must jump a tile high and a tile far"
    )


def _roles(room: Draft, kinds: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The dreamed roles [15, 16] where they are of the kind that the room needs, else plain ones of that
    kind."""
    roles = PLAYED[room.role]
    return np.asarray(np.where(KIND_OF_ROLE[roles] == kinds, roles, PLAIN_ROLE[kinds]))
