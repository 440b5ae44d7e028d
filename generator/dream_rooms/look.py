"""How dream rooms look: every cell is shown where it was dreamed, in one of four sub-palettes.

A castle chooses tiles that go into its sub-palettes. Here the cells are given, and the sub-palettes are
fitted to all of them at once. A cell that was repaired shows another cell of the same screen, of the kind
that it became.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from ..motion import ONE_WAY_KIND, SOLID_KIND
from ..nes.palette import OWN_COLOURS, SUB_PALETTES
from ..nes.roles import CELLS, TILE, Role
from ..tiles.bank import Bank
from ..tiles.colours import DISTANCE, histograms, shared_backdrop, to_palettes
from ..tiles.measure import HARM
from .grid import Draft

COLOURS = 18
"""Commonest colours, among which all sub-palettes are looked for: 816 threes."""
SWEEPS = 4
"""How often each sub-palette is exchanged for a better one, at most."""
ROW_WEIGHT = 2
"""How many columns a row counts as, where the nearest cell is looked for that can stand in for another."""


def sources(rooms: Sequence[Draft], kinds: Sequence[NDArray[np.uint8]]) -> list[NDArray[np.intp]]:
    """The number of the cell that is shown in each cell [15, 16] of rooms with these final kinds."""
    # Where a room shows the very cell that was dreamed there.
    owns = [
        room.inside & ~room.barred & (final == room.dreamed) for room, final in zip(rooms, kinds, strict=True)
    ]
    fallback: dict[int, int] = {}  # the first such cell of each kind
    for room, final, own in zip(rooms, kinds, owns, strict=True):
        for kind, cell in zip(final[own].tolist(), room.cell[own].tolist(), strict=True):
            fallback.setdefault(kind, cell)
    if not fallback:  # nothing but letters was dreamed
        fallback[SOLID_KIND] = int(rooms[0].cell[rooms[0].cell >= 0][0])
    return [_shown(room, final, own, fallback) for room, final, own in zip(rooms, kinds, owns, strict=True)]


def _shown(
    room: Draft, kinds: NDArray[np.uint8], own: NDArray[np.bool_], fallback: dict[int, int]
) -> NDArray[np.intp]:
    """The number of the cell that is shown in each cell [15, 16] of a room: its own where `own` says so, else
    the nearest own one of its kind, else one of another room."""
    shown = np.where(own, room.cell, -1)
    walls = {side: _stone(room, own & (kinds == SOLID_KIND), side) for side in (0, kinds.shape[1] - 1)}
    for row, column in np.argwhere(~own).tolist():
        kind = kinds[row, column]
        if column in walls and kind == SOLID_KIND and walls[column] >= 0:
            inner = min(max(column, 1), kinds.shape[1] - 2)
            beside = own[row, inner] and kinds[row, inner] == SOLID_KIND
            shown[row, column] = room.cell[row, inner] if beside else walls[column]
            continue
        for wanted in (kind, SOLID_KIND if kind == ONE_WAY_KIND else kind):
            rows, columns = np.nonzero(own & (kinds == wanted))
            if len(rows):
                far = ROW_WEIGHT * abs(rows - row) + abs(columns - column)
                at = int(far.argmin())
                shown[row, column] = room.cell[rows[at], columns[at]]
                break
        else:
            shown[row, column] = fallback.get(int(kind), next(iter(fallback.values())))
    return shown


def _stone(room: Draft, solid: NDArray[np.bool_], column: int) -> int:
    """The cell that a bare wall in a column is built of: ground near its foot; -1 where there is none."""
    fill = solid & (room.role == Role.GROUND_FILL)
    rows, columns = np.nonzero(fill if fill.any() else solid)
    if not len(rows):
        return -1
    at = int((ROW_WEIGHT * (len(room.cell) - rows) + abs(columns - column)).argmin())
    return int(room.cell[rows[at], columns[at]])


def fit_sub_palettes(held: NDArray[np.float32]) -> NDArray[np.uint8]:
    """Four sub-palettes uint8[4, 4] for cells with these histograms [N, 64], a row for each cell on screen.

    Four of all threes of the commonest colours are taken, one after the other, each time the one that leaves
    the cells' pixels to move least. Then each is exchanged for a better one while there is any.
    """
    backdrop = shared_backdrop(held)
    pixels = held.sum(0)
    commonest = [int(c) for c in np.argsort(-pixels, kind="stable") if pixels[c] and c != backdrop]
    commonest += [backdrop] * (OWN_COLOURS - len(commonest))
    threes = np.array(list(combinations(commonest[:COLOURS], OWN_COLOURS)), dtype=np.intp)
    sets = np.column_stack([np.full(len(threes), backdrop), threes])
    reach = DISTANCE[sets].min(1)  # [threes, 64]
    moved = (held / (TILE * TILE)) @ reach.T  # [N, threes]
    chosen: list[int] = []
    least = np.full(len(held), np.inf, np.float32)
    for _ in range(SUB_PALETTES):
        chosen.append(int(np.minimum(moved, least[:, None]).sum(0).argmin()))
        least = moved[:, chosen].min(1)
    for _ in range(SWEEPS):
        before = list(chosen)
        for number in range(SUB_PALETTES):
            others = moved[:, chosen[:number] + chosen[number + 1 :]].min(1)
            chosen[number] = int(np.minimum(moved, others[:, None]).sum(0).argmin())
        if chosen == before:
            break
    return sets[chosen].astype(np.uint8)


def make_bank(
    pixels: NDArray[np.uint8],
    shown: Sequence[NDArray[np.intp]],
    roles: NDArray[np.uint8],
    z_seeds: Sequence[int],
) -> tuple[Bank, NDArray[np.int16]]:
    """The bank of the cells that rooms show, and the bank's index in every cell [15, 16 * rooms].

    Args:
        pixels: [N, 16, 16] palette indices of all cells of the batch.
        shown: [15, 16] of each room: numbers of the cells that are shown.
        roles: [15, 16 * rooms] `Role`.
        z_seeds: the z seed of each screen.
    """
    grid = np.concatenate(shown, axis=1)
    cells, first, index = np.unique(grid, return_index=True, return_inverse=True)
    counts = np.bincount(index.ravel())
    held = histograms(pixels[cells])
    palettes = fit_sub_palettes(np.repeat(held, counts, axis=0))
    moved = (held / (TILE * TILE)) @ DISTANCE[palettes].min(1).T
    palette = moved.argmin(1)
    screen, place = np.divmod(cells, CELLS * CELLS)
    z = np.array([z_seeds[s] for s in screen], np.int64)
    role = roles.ravel()[first]
    # Nothing is seen through here: a bush is drawn whole, as it was dreamed.
    role = np.where(role == Role.BUSH, Role.BACKDROP, role)
    bank = Bank(
        pixels=to_palettes(pixels[cells], palettes, palette),
        palettes=palettes,
        palette=palette.astype(np.uint8),
        role=role.astype(np.uint8),
        quality=np.exp(-moved.min(1) / HARM).astype(np.float32),
        provenance=np.column_stack([z, screen, place // CELLS, place % CELLS]).astype(np.int64),
    )
    return bank, index.reshape(grid.shape).astype(np.int16)
