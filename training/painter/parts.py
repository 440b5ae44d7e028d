"""Parts that several layouts share: ground, walls, skies, flights of stairs, things that stand or hang."""

from __future__ import annotations

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from generator.nes.roles import CELLS, Role

from .materials import pick
from .painting import Painting


def heights(rng: Generator, low: int, high: int, pits: float) -> NDArray[np.intp]:
    """The top row of the ground in each column, intp[14]; 14 where there is none.

    The ground changes after every 2 to 6 cells, by 2 rows at most. With the probability `pits` there is a
    pit of 1 to 3 cells instead.
    """
    tops = np.empty(CELLS, dtype=np.intp)
    at, top = 0, int(rng.integers(low, high + 1))
    while at < CELLS:
        run = int(rng.integers(2, 7))
        if at and rng.random() < pits:
            run = int(rng.integers(1, 4))
            tops[at : at + run] = CELLS
        else:
            tops[at : at + run] = top
            top = int(np.clip(top + rng.choice([-2, -1, -1, 0, 1, 1, 2]), low, high))
        at += run
    return tops


def ground(painting: Painting, rng: Generator, tops: NDArray[np.intp], wet: bool) -> None:
    """Fills the ground below its tops intp[14]; pits get water, or spikes, or stay empty."""
    painting.fill(painting.rows >= tops, "fill", Role.GROUND_FILL)
    if painting.game.core:
        painting.fill(painting.rows >= tops + 2, "core", Role.GROUND_FILL)
    painting.fill(painting.rows == tops, "top", Role.GROUND_TOP)
    pit = tops == CELLS
    if wet:
        waterline = pick(rng, 12, 13)
        painting.fill((painting.rows == waterline) & pit, "surface", Role.WATER)
        painting.fill((painting.rows > waterline) & pit, "water", Role.WATER)
    elif rng.random() < 0.4:
        painting.fill((painting.rows == CELLS - 1) & pit, "spikes", Role.SPIKES)


def block(painting: Painting, row: int, column: int, height: int, width: int) -> None:
    """Lays a solid block of masonry whose upper row can be walked on."""
    mask = np.zeros((CELLS, CELLS), dtype=bool)
    row = max(row, painting.first_row)
    mask[row : row + height, max(0, column) : column + width] = True
    painting.fill(mask, "slab", Role.GROUND_FILL)
    mask[row + 1 :] = False
    painting.fill(mask, "slab_top", Role.GROUND_TOP)


def thin(painting: Painting, row: int, column: int, width: int) -> None:
    """Lays a one-way platform, one cell high."""
    piece, sub = painting.game.motifs["ledge"], painting.game.subs["ledge"]
    for i in range(width):
        part = 0 if i == 0 else 2 if i == width - 1 else 1
        painting.lay(row, column + i, piece[:, 16 * part : 16 * part + 16], sub, Role.PLATFORM)


def some_thin(painting: Painting, rng: Generator) -> None:
    """Lays up to two one-way platforms in the air."""
    for _ in range(int(rng.integers(0, 3))):
        thin(painting, int(rng.integers(7, 10)), int(rng.integers(0, 10)), int(rng.integers(2, 5)))


def pillar(painting: Painting, column: int, top: int, bottom: int) -> None:
    """Stands a column from row `top` down to row `bottom`, both included."""
    painting.put(top, column, "capital", Role.COLUMN)
    for row in range(top + 1, bottom):
        painting.put(row, column, "shaft", Role.COLUMN)
    painting.put(bottom, column, "foot", Role.COLUMN)


def wall(painting: Painting, rng: Generator) -> None:
    """Paints the far wall of a room: one motif, sometimes another one below, sometimes darkness alone."""
    if rng.random() < 0.12:
        painting.roles[:] = Role.BACKDROP
        return
    painting.fill(painting.rows >= 0, "wall", Role.BACKDROP)
    if rng.random() < 0.3:
        painting.fill(painting.rows >= int(rng.integers(6, 11)), "wall2", Role.BACKDROP)


def sky(painting: Painting, rng: Generator) -> None:
    """Paints a sky: stars or dusk or neither, a moon, clouds, a skyline."""
    first = painting.first_row
    light = pick(rng, "stars", "dusk", "plain", "plain")
    if light == "stars":
        painting.fill(painting.rows < 8, "stars", Role.SKY)
    elif light == "dusk":
        piece, sub = painting.game.motifs["dusk"], painting.game.subs["dusk"]
        start = int(rng.integers(5, 8))
        for column in range(CELLS):
            painting.lay(start, column, piece, sub, Role.SKY)
        painting.shades[16 * (start + 3) :] = 1
    if rng.random() < 0.65:
        row = first + int(rng.integers(0, 3))
        painting.put(row, int(rng.integers(1, 11)), "moon", Role.SKY)
    for _ in range(int(rng.integers(0, 4))):
        row = first + int(rng.integers(0, 5))
        painting.put(row, int(rng.integers(-1, 12)), "cloud", Role.SKY)
    if rng.random() < 0.6:
        piece, sub = painting.game.motifs["skyline"], painting.game.subs["skyline"]
        row = int(rng.integers(6, 9))
        painting.lay(row, 0, np.roll(piece, 16 * int(rng.integers(CELLS)), 1), sub, Role.BACKDROP)
        below = painting.rows >= row + 4
        painting.shades[np.repeat(np.repeat(below, 16, 0), 16, 1)] = 1
        painting.roles[below] = Role.BACKDROP


def scatter(painting: Painting, rng: Generator, name: str, role: Role, count: int) -> None:
    """Stands a motif so many times on ground that can be walked on, in random columns, where it is free."""
    height, width = painting.size(name)
    for _ in range(count):
        column = int(rng.integers(0, CELLS - width + 1))
        for row in range(painting.first_row + height, CELLS):
            below = painting.roles[row, column : column + width]
            on_ground = (below == Role.GROUND_TOP).all()
            if on_ground and painting.put_if_free(row - height, column, name, role, (height, width)):
                break


def hang(painting: Painting, rng: Generator, count: int) -> None:
    """Hangs so many chains from above, of 2 to 5 cells each."""
    for _ in range(count):
        column, length = int(rng.integers(CELLS)), int(rng.integers(2, 6))
        for row in range(painting.first_row, painting.first_row + length):
            painting.put_if_free(row, column, "chain", Role.BACKDROP)


def lights(painting: Painting, rng: Generator, count: int) -> None:
    """Hangs up to so many candles, a cell or two above something to stand on."""
    stands = (painting.roles == Role.GROUND_TOP) | (painting.roles == Role.PLATFORM)
    rows, columns = np.nonzero(stands)
    for i in rng.permutation(len(rows))[:count]:
        row, column = int(rows[i]) - int(rng.integers(1, 3)), int(columns[i])
        painting.put_if_free(row, column, "candle", Role.CANDLE)


def flight(painting: Painting, row: int, column: int, steps: int, right: bool) -> None:
    """Lays a stair of `steps` cells whose foot is at (row, column)."""
    for i in range(steps):
        c = column + i if right else column - i
        if 0 <= c < CELLS and painting.roles[max(0, row - i), c] <= Role.COLUMN:
            role = Role.STAIRS_RIGHT if right else Role.STAIRS_LEFT
            painting.put(row - i, c, "stair" if right else "stair_left", role)


def climb(painting: Painting, rng: Generator) -> None:
    """Lays a short stair from the ground to a one-way platform, where there is room for it."""
    right, steps = bool(rng.random() < 0.5), int(rng.integers(3, 6))
    column = int(rng.integers(0, CELLS))
    walkable = np.nonzero(painting.roles[:, column] == Role.GROUND_TOP)[0]
    if not len(walkable):
        return
    foot, way = int(walkable[-1]) - 1, 1 if right else -1
    if all(painting.free(foot - i, column + way * i) for i in range(steps)):
        flight(painting, foot, column, steps, right)
        head, width = column + way * steps, int(rng.integers(2, 5))
        thin(painting, foot - steps + 1, head if right else head - width + 1, width)


def bay(painting: Painting, rng: Generator, floor: int) -> None:
    """Sets windows, or columns, or both, at the game's spacing, down to the row above `floor`."""
    spacing, start = painting.game.spacing, int(rng.integers(0, 3))
    name = "great_window" if rng.random() < 0.35 else "window"
    height, width = painting.size(name)
    row = painting.first_row + int(rng.integers(1, 4))
    choice = pick(rng, "columns", "windows", "both", "both")
    if choice != "columns":
        for column in range(start, CELLS, max(spacing, width + 1)):
            painting.put_if_free(row, column, name, Role.WINDOW, (height, width))
    if choice != "windows":
        top = painting.first_row + int(rng.integers(0, 2))
        for column in range(start + max(width, 1) + 1, CELLS, max(spacing, 3) + (spacing < 4) * 2):
            stops = (r for r in range(top + 2, CELLS) if painting.roles[r, column] > Role.COLUMN)
            bottom = next(stops, floor) - 1
            if bottom - top >= 3:
                pillar(painting, column, top, bottom)


def ceiling(painting: Painting, rng: Generator, rows: int) -> None:
    """Fills so many rows with masonry, from the top."""
    first = painting.first_row
    painting.fill((painting.rows >= first) & (painting.rows < first + rows), "slab", Role.GROUND_FILL)


def crates(painting: Painting, rng: Generator) -> None:
    """Stacks 1 to 3 breakable blocks on the ground."""
    rows, columns = np.nonzero(painting.roles == Role.GROUND_TOP)
    if len(rows):
        i = int(rng.integers(len(rows)))
        row, column = int(rows[i]), int(columns[i])
        for r in range(row - int(rng.integers(1, 4)), row):
            painting.put_if_free(r, column, "breakable", Role.BREAKABLE)
