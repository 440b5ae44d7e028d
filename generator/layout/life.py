"""Life in rooms: enemies, candles and set pieces, which come after a room is drawn."""

from __future__ import annotations

import numpy as np

from ..level import SCREEN_COLUMNS, SCREEN_ROWS, Spawn
from ..nes.roles import TILE, Role
from ..rng import Pcg32
from .canvas import FLOOR_ROW, ROOF_ROW, Canvas, Prop, floor_of

CALM_COLUMNS = 4
"""Columns next to a door where nobody lives: a hero who comes in is not within 3 tiles of anyone."""
FIRST_ZOMBIE_COLUMN = 10
"""Column of the first zombie of a stage: 8 tiles from where the hero stands at first."""
ZOMBIE_COLUMNS, MORE_COLUMNS = 12, 6
"""Columns from one zombie to the next where it is gentlest, and chance adds up to MORE_COLUMNS - 1."""
FEWEST_OF_TEN = 5
"""Zombies of ten that would find room which are there where it is gentlest."""
BAT_COLUMNS = 12
"""Columns from one bat to the next, at least."""
FEWEST_OF_SIX, MOST_MORE = 3, 3
"""Bats of six that would find room which are there where it is gentlest, and how many more at most."""
CANDLE_COLUMNS = 8
"""Columns without a candle, at most, where there is ground to hang one over: two a screen."""
HIGHEST_STEP = 6
"""Rows above the lowest up to which ground is looked for."""

_ROLE_OF_WISH = {"window": Role.WINDOW, "column": Role.COLUMN, "tree": Role.BUSH, "bush": Role.BUSH}
_GROUND = (Role.GROUND_TOP, Role.GROUND_FILL)


def decorate(canvas: Canvas, rng: Pcg32) -> None:
    """Adds wishes for the walls and the open ground that the room's own left bare, and candles where there is
    none for long."""
    for screen in range(canvas.rows // SCREEN_ROWS):
        top, bottom = screen * SCREEN_ROWS, floor_of(screen)
        column = 2 + rng.below(4)
        while column < canvas.x - 4:
            if canvas.outdoors:
                size = rng.between(2, 4)
                ground = ground_row(canvas, column, bottom)
                canvas.wish("tree", column, ground - size, max(size - 1, 2), size)
                canvas.wish("bush", column - 1, ground - 1, rng.between(1, 2), 1)
                column += rng.between(5, 11)
            else:
                # High up, so that it looks in over whatever happens below.
                roof = canvas.roof_at(column) if screen == 0 else top - 1
                if roof <= top + ROOF_ROW + 3:
                    canvas.wish("window", column, roof + 2, 2, rng.between(2, 3))
                column += rng.between(5, 8)
        for column in range(CALM_COLUMNS, canvas.x - CALM_COLUMNS):
            lit = any(
                abs(at - column) < CANDLE_COLUMNS and top <= row < top + SCREEN_ROWS
                for at, row in canvas.candles
            )
            row = ground_row(canvas, column, bottom)
            if not lit and top + 3 < row < bottom + 1:
                canvas.candle(column, row - (3 if rng.chance(1, 4) else 2))


def hang_up(canvas: Canvas) -> list[Prop]:
    """Hangs up the set pieces that find room, and marks them in the role grid. Bushes are tiles, no set
    pieces."""
    props = []
    for wish in canvas.wishes:
        kind, column, row, w, h = wish
        if row < ROOF_ROW or not canvas.free(column, row, w, h) or not 2 <= column <= canvas.x - 2 - w:
            continue
        if kind == "window":  # in a wall, with a margin
            fits = not canvas.outdoors and canvas.free(column - 1, row - 1, w + 2, h + 2)
        else:
            fits = canvas.stands(column, row + h, w) and (kind == "column" or canvas.outdoors)
        if fits:
            canvas.grid[row : row + h, column : column + w] = _ROLE_OF_WISH[kind]
            if kind != "bush":
                props.append(wish)
    return props


def populate(canvas: Canvas, rng: Pcg32, *, first: bool, calm: bool) -> list[Spawn]:
    """The spawns of a room: candles where it has them, zombies on quiet ground, bats in the air; nobody near
    a door. Their number grows with `canvas.hard`. Sections say where bats may wait (`Canvas.bat`).

    first: the hero starts here. calm: there are no enemies.
    """
    spawns = [
        _spawn("candle", column, row)
        for column, row in canvas.candles
        if column < canvas.x and canvas.grid[row, column] == Role.CANDLE
    ]
    if calm:
        return spawns
    hard, tall = canvas.hard, canvas.rows > SCREEN_ROWS
    for screen in range(canvas.rows // SCREEN_ROWS):
        bottom = floor_of(screen)
        tops = [ground_row(canvas, column, bottom) for column in range(canvas.x)]
        column = FIRST_ZOMBIE_COLUMN if first else CALM_COLUMNS + 1
        if tall:
            column += rng.below(MORE_COLUMNS)
        while column < canvas.x - CALM_COLUMNS - 1:
            near = slice(column - 1, column + 2)
            uneven = not tops[column] or set(tops[near]) != {tops[column]}
            low = np.isin(canvas.grid[tops[column] - 2, near], _GROUND).any()
            if uneven or low or canvas.guarded[near].any():
                column += 1
                continue
            if rng.chance(min(FEWEST_OF_TEN + hard, 10), 10):
                spawns.append(_spawn("zombie", column, tops[column] - 1))
            column += ZOMBIE_COLUMNS - hard + rng.below(MORE_COLUMNS)
    if not tall and not first:
        middle = canvas.x // 2
        ground = ground_row(canvas, middle, FLOOR_ROW)
        if ground and not any(abs(column - middle) < SCREEN_COLUMNS for column, _ in canvas.bats):
            canvas.bat(middle, ground - 4)
    least = SCREEN_COLUMNS if first else CALM_COLUMNS + 2
    for column, row in sorted(canvas.bats):
        fits = least <= column < canvas.x - CALM_COLUMNS - 1 and canvas.free(column, row, 1, 1)
        if fits and rng.chance(FEWEST_OF_SIX + min(hard, MOST_MORE), 6):
            spawns.append(_spawn("bat", column, row))
            least = column + BAT_COLUMNS
    return spawns


def _spawn(kind: str, column: int, row: int) -> Spawn:
    """A spawn in the middle of a cell, its feet at the cell's bottom."""
    return Spawn(kind, column * TILE + TILE // 2, (row + 1) * TILE)


def ground_row(canvas: Canvas, column: int, bottom: int) -> int:
    """Row of the highest solid ground in one go above the lowest row of a screen's floor; 0 for none."""
    row = bottom + 1
    cells = canvas.grid[:, column]
    while row > bottom - HIGHEST_STEP and cells[row - 1] in _GROUND:
        row -= 1
    if row > bottom or row < 3 or cells[row - 1] in (Role.SPIKES, Role.WATER) or cells[row] not in _GROUND:
        return 0
    return row
