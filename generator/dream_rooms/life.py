"""Who and what lives in dream rooms: candles and enemies.

Candles hang where they were dreamed, and where there is none for long. Who walks does so on ground that is
wide enough, who flies in the open; nobody begins near a door. All are where the proof says that a hero goes.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from ..layout.life import CALM_COLUMNS, FIRST_COLUMN, who
from ..level import LEVEL_VERSION, SCREEN_ROWS, Spawn
from ..level.codes import MODES
from ..motion import EMPTY_KIND
from ..motion.terrain import KIND_OF_ROLE
from ..nes.roles import TILE, Role
from ..proof import Proof
from ..rng import Pcg32, mix
from .chain import Chain
from .grid import HIDDEN_ROWS

CANDLE_COLUMNS = 6
"""Columns from one candle to the next, if it was not dreamed there."""
DREAMED_CANDLE_COLUMNS = 2
"""Columns from one candle to the next one that was dreamed."""
APART_COLUMNS = 4
"""Columns from one who walks to the next in a room, and from one who flies to the next, at least."""
_LIFE_STREAM = 2
"""Number of the random stream of a stage's life."""


def life_of(seed: int, difficulty: int, stage: int, art: int) -> Pcg32:
    """The random numbers that place those who live in a stage."""
    return Pcg32(mix(LEVEL_VERSION, seed, MODES["dream"], difficulty, stage, art, _LIFE_STREAM))


def populate(
    chain: Chain, roles: NDArray[np.uint8], proof: Proof, life: Pcg32, hard: int
) -> tuple[Spawn, ...]:
    """The spawns of a chain.

    Args:
        roles: [15, 16 * rooms] `Role`; the candles are written into it.
        hard: 0, the gentlest, to HARDEST.
    """
    footholds = {(x_px // TILE, (y_px - 1) // TILE) for _, x_px, y_px in proof.footholds}
    empty = KIND_OF_ROLE[roles] == EMPTY_KIND
    spawns: list[Spawn] = []
    for number, (x, _, width, _) in enumerate(chain.rooms):
        candles: list[int] = []
        for column in range(x + 2, x + width - 2):
            at = [row for row in range(HIDDEN_ROWS + 2, SCREEN_ROWS - 1) if (column, row) in footholds]
            hangs = [row for low in at for row in (low - 1, low - 2) if row > HIDDEN_ROWS]
            hangs = [row for row in hangs if empty[row, column]]
            dreamed = [row for row in hangs if roles[row, column] == Role.CANDLE]
            apart = DREAMED_CANDLE_COLUMNS if dreamed else CANDLE_COLUMNS
            near = candles and column - candles[-1] < apart
            if hangs and not near and roles[hangs[-1], column] != Role.DOOR:
                row = dreamed[0] if dreamed else hangs[-1]
                candles.append(column)
                spawns.append(_spawn("candle", column, row))
                roles[row, column] = Role.CANDLE
        begin = FIRST_COLUMN if number == 0 else CALM_COLUMNS + 1
        columns = range(x + begin, x + width - CALM_COLUMNS - 1)
        spawns += _enemies(columns, footholds, empty, life, hard)
    return tuple(sorted(spawns, key=lambda spawn: (spawn.x_px, spawn.y_px, spawn.kind)))


def _enemies(
    columns: range, footholds: set[tuple[int, int]], empty: NDArray[np.bool_], life: Pcg32, hard: int
) -> list[Spawn]:
    """Who walks and who flies in these columns of a room: one each where it is gentlest, three at most."""
    found: list[Spawn] = []
    walkers, flyers = who("dream", hard)
    most = 1 + hard // 2
    rows = range(HIDDEN_ROWS + 2, SCREEN_ROWS - 1)
    wide = [
        (column, row)
        for column in columns
        for row in rows
        if all((beside, row) in footholds for beside in (column - 1, column, column + 1))
    ]
    for column, row in _some(wide, most, life, (5 + min(hard, 4), 10)):
        found.append(_spawn(life.choice(walkers), column, row))
    air = [
        (column, row)
        for column in columns
        for row in rows[1:6]
        if empty[row - 1 : row + 2, column - 1 : column + 2].all()
    ]
    for column, row in _some(air, most, life, (2 + min(hard, 4), 8)):
        found.append(_spawn(life.choice(flyers), column, row))
    return found


def _some(
    cells: list[tuple[int, int]], most: int, life: Pcg32, odds: tuple[int, int]
) -> Iterator[tuple[int, int]]:
    """Some of the cells, no two of them near each other; each is there with these odds."""
    for _ in range(most):
        if cells and life.chance(*odds):
            here = life.choice(cells)
            yield here
            cells = [cell for cell in cells if abs(cell[0] - here[0]) >= APART_COLUMNS]


def _spawn(kind: str, column: int, row: int) -> Spawn:
    return Spawn(kind, column * TILE + TILE // 2, (row + 1) * TILE)
