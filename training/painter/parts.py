"""Parts that the layouts share: ground, walls, skies, flights of stairs, things that stand and hang."""

from __future__ import annotations

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from generator.nes.roles import CELLS, Role

from .canvas import Canvas


def heights(rng: Generator, low: int, high: int, pits: float) -> NDArray[np.intp]:
    """Top row of the ground in each column, 14 for none: runs of 2 to 6 cells, steps of at most 2."""
    tops = np.empty(CELLS, dtype=np.intp)
    at, level = 0, int(rng.integers(low, high + 1))
    while at < CELLS:
        run = int(rng.integers(2, 7))
        if at and rng.random() < pits:
            run = int(rng.integers(1, 4))
            tops[at : at + run] = CELLS
        else:
            tops[at : at + run] = level
            level = int(np.clip(level + rng.choice([-2, -1, -1, 0, 1, 1, 2]), low, high))
        at += run
    return tops


def ground(canvas: Canvas, rng: Generator, tops: NDArray[np.intp], wet: bool) -> None:
    """Ground below the tops; pits get water or spikes or stay empty."""
    rows = np.arange(CELLS)[:, None]
    canvas.fill(rows >= tops[None, :], "fill", Role.GROUND_FILL)
    if canvas.game.core:
        canvas.fill(rows >= tops[None, :] + 2, "core", Role.GROUND_FILL)
    canvas.fill(rows == tops[None, :], "top", Role.GROUND_TOP)
    pit = tops == CELLS
    if wet:
        level = int(rng.choice([12, 13]))
        canvas.fill((rows == level) & pit[None, :], "surface", Role.WATER)
        canvas.fill((rows > level) & pit[None, :], "water", Role.WATER)
    elif rng.random() < 0.4:
        canvas.fill((rows == CELLS - 1) & pit[None, :], "spikes", Role.SPIKES)


def block(canvas: Canvas, row: int, column: int, height: int, width: int) -> None:
    """A solid block of masonry, its upper row walkable."""
    mask = np.zeros((CELLS, CELLS), dtype=bool)
    row = max(row, canvas.first_row)
    mask[row : row + height, max(0, column) : column + width] = True
    canvas.fill(mask, "slab", Role.GROUND_FILL)
    mask[row + 1 :] = False
    canvas.fill(mask, "slab_top", Role.GROUND_TOP)


def thin(canvas: Canvas, row: int, column: int, width: int) -> None:
    """A one-way platform."""
    piece, sub = canvas.game.art["ledge"], canvas.game.subs["ledge"]
    for i in range(width):
        part = 0 if i == 0 else 2 if i == width - 1 else 1
        canvas.lay(row, column + i, piece[:, 16 * part : 16 * part + 16], sub, Role.PLATFORM)


def pillar(canvas: Canvas, column: int, top: int, bottom: int) -> None:
    """A column from row `top` to row `bottom`, inclusive."""
    canvas.put(top, column, "capital", Role.COLUMN)
    for row in range(top + 1, bottom):
        canvas.put(row, column, "shaft", Role.COLUMN)
    canvas.put(bottom, column, "foot", Role.COLUMN)


def wall(canvas: Canvas, rng: Generator) -> None:
    """The far wall of a room: one motif, sometimes another below, sometimes only darkness."""
    rows = np.broadcast_to(np.arange(CELLS)[:, None], (CELLS, CELLS))
    if rng.random() < 0.12:
        canvas.roles[:] = Role.BACKDROP
        return
    canvas.fill(rows >= 0, "wall", Role.BACKDROP)
    if rng.random() < 0.3:
        canvas.fill(rows >= int(rng.integers(6, 11)), "wall2", Role.BACKDROP)


def sky(canvas: Canvas, rng: Generator) -> None:
    """Stars or dusk, a moon, clouds, a skyline."""
    rows = np.broadcast_to(np.arange(CELLS)[:, None], (CELLS, CELLS))
    kind = int(rng.integers(4))
    if kind == 0:
        canvas.fill(rows < 8, "stars", Role.SKY)
    elif kind == 1:
        piece, sub = canvas.game.art["dusk"], canvas.game.subs["dusk"]
        start = int(rng.integers(5, 8))
        for column in range(CELLS):
            canvas.lay(start, column, piece, sub, Role.SKY)
        canvas.levels[16 * (start + 3) :] = 1
    if rng.random() < 0.65:
        canvas.put(canvas.first_row + int(rng.integers(0, 3)), int(rng.integers(1, 11)), "moon", Role.SKY)
    for _ in range(int(rng.integers(0, 4))):
        canvas.put(canvas.first_row + int(rng.integers(0, 5)), int(rng.integers(-1, 12)), "cloud", Role.SKY)
    if rng.random() < 0.6:
        piece, sub = canvas.game.art["skyline"], canvas.game.subs["skyline"]
        row = int(rng.integers(6, 9))
        canvas.lay(row, 0, np.roll(piece, 16 * int(rng.integers(CELLS)), 1), sub, Role.BACKDROP)
        below = rows >= row + 4
        canvas.levels[np.repeat(np.repeat(below, 16, 0), 16, 1)] = 1
        canvas.roles[below] = Role.BACKDROP


def scatter(canvas: Canvas, rng: Generator, name: str, role: Role, count: int) -> None:
    """Stand a motif on walkable cells, at random places that are free."""
    height, width = canvas.size(name)
    for _ in range(count):
        column = int(rng.integers(0, CELLS - width + 1))
        for row in range(canvas.first_row + height, CELLS):
            below = canvas.roles[row, column : column + width]
            if (below == Role.GROUND_TOP).all() and canvas.free(row - height, column, height, width):
                canvas.put(row - height, column, name, role)
                break


def hang(canvas: Canvas, rng: Generator, count: int) -> None:
    """Chains from above."""
    for _ in range(count):
        column, length = int(rng.integers(CELLS)), int(rng.integers(2, 6))
        for row in range(canvas.first_row, canvas.first_row + length):
            if canvas.free(row, column):
                canvas.put(row, column, "chain", Role.BACKDROP)


def lights(canvas: Canvas, rng: Generator, count: int) -> None:
    """Candles: a cell or two above something to stand on."""
    stands = (canvas.roles == Role.GROUND_TOP) | (canvas.roles == Role.PLATFORM)
    rows, columns = np.nonzero(stands)
    for i in rng.permutation(len(rows))[:count]:
        row, column = int(rows[i]) - int(rng.integers(1, 3)), int(columns[i])
        if canvas.free(row, column):
            canvas.put(row, column, "candle", Role.CANDLE)


def flight(canvas: Canvas, row: int, column: int, steps: int, right: bool) -> None:
    """A stair of `steps` cells with its foot at (row, column)."""
    for i in range(steps):
        c = column + i if right else column - i
        if 0 <= c < CELLS and canvas.roles[max(0, row - i), c] <= Role.COLUMN:
            role = Role.STAIRS_RIGHT if right else Role.STAIRS_LEFT
            canvas.put(row - i, c, "stair" if right else "stair_left", role)


def climb(canvas: Canvas, rng: Generator) -> None:
    """A short stair from the ground to a one-way platform, where there is room."""
    right, steps = bool(rng.random() < 0.5), int(rng.integers(3, 6))
    column = int(rng.integers(0, CELLS))
    walkable = np.nonzero(canvas.roles[:, column] == Role.GROUND_TOP)[0]
    if not len(walkable):
        return
    foot, way = int(walkable[-1]) - 1, 1 if right else -1
    if all(canvas.free(foot - i, column + way * i) for i in range(steps)):
        flight(canvas, foot, column, steps, right)
        head, width = column + way * steps, int(rng.integers(2, 5))
        thin(canvas, foot - steps + 1, head if right else head - width + 1, width)


def bay(canvas: Canvas, rng: Generator, floor: int) -> None:
    """Windows and columns at the game's spacing, down to the row above `floor`."""
    game = canvas.game
    step, start = game.spacing, int(rng.integers(0, 3))
    name = "great_window" if rng.random() < 0.35 else "window"
    height, width = canvas.size(name)
    row = canvas.first_row + int(rng.integers(1, 4))
    kind = int(rng.integers(4))
    if kind != 0:
        for column in range(start, CELLS, max(step, width + 1)):
            if canvas.free(row, column, height, width):
                canvas.put(row, column, name, Role.WINDOW)
    if kind != 1:
        top = canvas.first_row + int(rng.integers(0, 2))
        for column in range(start + max(width, 1) + 1, CELLS, max(step, 3) + (step < 4) * 2):
            stops = (r for r in range(top + 2, CELLS) if canvas.roles[r, column] > Role.COLUMN)
            bottom = next(stops, floor) - 1
            if bottom - top >= 3:
                pillar(canvas, column, top, bottom)


def ceiling(canvas: Canvas, rng: Generator, rows: int) -> None:
    """Masonry overhead."""
    mask = np.zeros((CELLS, CELLS), dtype=bool)
    mask[canvas.first_row : canvas.first_row + rows] = True
    canvas.fill(mask, "slab", Role.GROUND_FILL)


def crates(canvas: Canvas, rng: Generator) -> None:
    """A few breakable blocks, in the ground's edge or stacked."""
    rows, columns = np.nonzero(canvas.roles == Role.GROUND_TOP)
    if len(rows):
        i = int(rng.integers(len(rows)))
        row, column = int(rows[i]), int(columns[i])
        for r in range(row - int(rng.integers(1, 4)), row):
            if canvas.free(r, column):
                canvas.put(r, column, "breakable", Role.BREAKABLE)
