"""Habits of layout: functions that fill a canvas of 14x14 cells with a game's motifs."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.random import Generator

from generator.nes.roles import CELLS, Role

from .canvas import Canvas
from .parts import (
    bay,
    block,
    ceiling,
    climb,
    crates,
    flight,
    ground,
    hang,
    heights,
    lights,
    pillar,
    scatter,
    sky,
    thin,
    wall,
)


def corridor(canvas: Canvas, rng: Generator) -> None:
    tops = heights(rng, 11, 12, 0.12)
    ground(canvas, rng, tops, rng.random() < 0.4)
    if rng.random() < 0.4:
        ceiling(canvas, rng, int(rng.integers(1, 3)))
    bay(canvas, rng, int(tops.min()))
    for _ in range(int(rng.integers(0, 3))):
        block(canvas, int(rng.integers(7, 10)), int(rng.integers(0, 11)), 1, int(rng.integers(2, 5)))


def ledges(canvas: Canvas, rng: Generator) -> None:
    ground(canvas, rng, heights(rng, 11, 13, 0.35), rng.random() < 0.5)
    use_thin = rng.random() < 0.5
    column = int(rng.integers(-1, 2))
    while column < CELLS:
        width = int(rng.integers(2, 6))
        row = int(rng.integers(canvas.first_row + 3, 11))
        if use_thin:
            thin(canvas, row, column, width)
        else:
            block(canvas, row, column, int(rng.choice([1, 1, 2])), width)
        column += width + int(rng.integers(-1, 3))
    hang(canvas, rng, int(rng.integers(0, 4)))


def storeys(canvas: Canvas, rng: Generator) -> None:
    ground(canvas, rng, np.full(CELLS, int(rng.choice([12, 13]))), False)
    floor = int(np.argmax(canvas.roles[:, 0] == Role.GROUND_TOP))
    mid = int(rng.integers(7, 9))
    gap, width = int(rng.integers(3, 9)), int(rng.integers(2, 4))
    bay(canvas, rng, mid)
    block(canvas, mid, 0, 1, gap)
    block(canvas, mid, gap + width, 1, CELLS)
    if rng.random() < 0.75:
        right = bool(rng.random() < 0.5)
        steps = floor - mid
        foot = gap + width - steps if right else gap + steps - 1
        flight(canvas, floor - 1, foot, steps, right)
    row = mid + 2
    for column in range(int(rng.integers(0, 3)), CELLS, canvas.game.spacing):
        if canvas.free(row - 1, column, 1, 1) and rng.random() < 0.6:
            canvas.put(row - 1, column, "candle", Role.CANDLE)


def tower(canvas: Canvas, rng: Generator) -> None:
    left, right = int(rng.integers(1, 4)), int(rng.integers(1, 4))
    mask = np.zeros((CELLS, CELLS), dtype=bool)
    mask[:, :left] = mask[:, CELLS - right :] = True
    mask[13] = True
    canvas.fill(mask, "fill", Role.GROUND_FILL)
    mask[:] = False
    mask[13, left : CELLS - right] = True
    canvas.fill(mask, "top", Role.GROUND_TOP)
    for row in range(canvas.first_row + 1, 12, 4):
        if canvas.free(row, 6, *canvas.size("window")) and rng.random() < 0.7:
            canvas.put(row, int(rng.integers(5, 8)), "window", Role.WINDOW)
    side = bool(rng.random() < 0.5)
    for row in range(11 - int(rng.integers(2)), canvas.first_row + 1, -int(rng.integers(2, 4))):
        width = int(rng.integers(3, 6))
        column = left if side else CELLS - right - width
        if rng.random() < 0.25:
            column = left + (CELLS - left - right - width) // 2
        if rng.random() < 0.5:
            thin(canvas, row, column, width)
        else:
            block(canvas, row, column, 1, width)
        side = not side


def graveyard(canvas: Canvas, rng: Generator) -> None:
    tops = heights(rng, 11, 13, 0.06)
    ground(canvas, rng, tops, False)
    for _ in range(int(rng.integers(1, 4))):
        scatter(canvas, rng, f"tree{int(rng.integers(3))}", Role.BUSH, 1)
    if rng.random() < 0.6:
        for column in range(int(rng.integers(0, 6)), int(rng.integers(7, 15))):
            top = int(tops[min(column, 13)])
            if column < CELLS and canvas.free(top - 1, column):
                canvas.put(top - 1, column, "fence", Role.BUSH)
    scatter(canvas, rng, "grave", Role.BUSH, int(rng.integers(1, 5)))
    scatter(canvas, rng, "grave2", Role.BUSH, int(rng.integers(0, 4)))
    scatter(canvas, rng, "bush", Role.BUSH, int(rng.integers(0, 4)))


def rampart(canvas: Canvas, rng: Generator) -> None:
    """A castle's outer wall behind, battlements on its crown."""
    crown = int(rng.integers(6, 9))
    rows = np.broadcast_to(np.arange(CELLS)[:, None], (CELLS, CELLS))
    columns = np.broadcast_to(np.arange(CELLS)[None, :], (CELLS, CELLS))
    start = int(rng.choice([0, 0, 4, 7]))
    mask = (rows >= crown) & (columns >= start)
    mask |= (rows == crown - 1) & (columns >= start) & ((columns - start) % 2 == 0)
    canvas.fill(mask, "rampart", Role.BACKDROP)
    tops = heights(rng, 11, 13, 0.1)
    ground(canvas, rng, tops, True)
    height, width = canvas.size("window")
    for column in range(start + 1, CELLS, max(canvas.game.spacing, width + 1)):
        if canvas.free(crown + 1, column, height, width):
            canvas.put(crown + 1, column, "window", Role.WINDOW)
    for _ in range(int(rng.integers(0, 3))):
        thin(canvas, int(rng.integers(7, 10)), int(rng.integers(0, 10)), int(rng.integers(2, 5)))


def bridge(canvas: Canvas, rng: Generator) -> None:
    rows = np.broadcast_to(np.arange(CELLS)[:, None], (CELLS, CELLS))
    level = int(rng.choice([11, 12]))
    canvas.fill(rows == level, "surface", Role.WATER)
    canvas.fill(rows > level, "water", Role.WATER)
    deck = level - int(rng.integers(1, 4))
    bank = int(rng.integers(0, 5))
    tops = np.full(CELLS, CELLS)
    tops[:bank] = deck
    tops[CELLS - int(rng.integers(0, 4)) :] = deck
    mask = rows >= tops[None, :]
    canvas.fill(mask, "fill", Role.GROUND_FILL)
    canvas.fill(rows == tops[None, :], "top", Role.GROUND_TOP)
    use_thin, broken = rng.random() < 0.6, int(rng.integers(bank, 16))
    for column in range(bank, CELLS):
        if tops[column] < CELLS or broken <= column < broken + 2:
            continue
        if use_thin:
            part = canvas.game.art["ledge"][:, 16:32]
            canvas.lay(deck, column, part, canvas.game.subs["ledge"], Role.PLATFORM)
        else:
            block(canvas, deck, column, 1, 1)
        if (column - bank) % canvas.game.spacing == 1 and deck + 1 <= level - 1:
            for row in range(deck + 1, level):
                canvas.put(row, column, "shaft", Role.COLUMN)
    if not canvas.outdoors and rng.random() < 0.6:
        bay(canvas, rng, deck)
    if rng.random() < 0.4:
        column = int(rng.integers(CELLS))
        for row in range(canvas.first_row, level, 2):
            if canvas.free(row, column, min(2, level - row), 1):
                canvas.put(row, column, "waterfall", Role.BACKDROP)


def cave(canvas: Canvas, rng: Generator) -> None:
    rows = np.broadcast_to(np.arange(CELLS)[:, None], (CELLS, CELLS))
    canvas.levels[:] = 0
    canvas.roles[:] = Role.BACKDROP
    if rng.random() < 0.7:
        canvas.fill(rows >= 0, "cave", Role.BACKDROP)
    roof = canvas.first_row + np.maximum(0, 14 - heights(rng, 10, 13, 0.0))
    canvas.fill(rows < roof[None, :], "fill", Role.GROUND_FILL)
    ground(canvas, rng, heights(rng, 9, 13, 0.25), True)
    for _ in range(int(rng.integers(0, 4))):
        row, column = int(rng.integers(6, 10)), int(rng.integers(0, 12))
        block(canvas, row, column, int(rng.integers(1, 3)), int(rng.integers(1, 4)))
    if rng.random() < 0.5:
        column = int(rng.integers(1, 13))
        for row in range(canvas.first_row, 12):
            if canvas.free(row, column):
                piece = canvas.game.art["waterfall"][16 * (row % 2) : 16 * (row % 2) + 16]
                canvas.lay(row, column, piece, canvas.game.subs["waterfall"], Role.BACKDROP)


def hall(canvas: Canvas, rng: Generator) -> None:
    floor = int(rng.choice([11, 12, 13]))
    ground(canvas, rng, np.full(CELLS, floor), False)
    top = canvas.first_row
    if rng.random() < 0.6:
        ceiling(canvas, rng, 1)
        top += 1
    start, step = int(rng.integers(0, 3)), max(4, canvas.game.spacing)
    name = "great_window" if rng.random() < 0.7 else "window"
    height, width = canvas.size(name)
    for column in range(start, CELLS, step):
        pillar(canvas, column, top, floor - 1)
        inner = column + canvas.size("shaft")[1] + (step - canvas.size("shaft")[1] - width) // 2
        if rng.random() < 0.8 and canvas.free(top + 2, inner, height, width):
            canvas.put(top + 2, inner, name, Role.WINDOW)
    scatter(canvas, rng, "statue", Role.COLUMN, int(rng.integers(0, 4)))


def great_stair(canvas: Canvas, rng: Generator) -> None:
    run, rise = int(rng.integers(1, 4)), int(rng.choice([1, 1, 2]))
    tops = np.clip(13 - rise * (np.arange(CELLS) // run) + int(rng.integers(0, 3)), canvas.first_row + 3, 13)
    if rng.random() < 0.5:
        tops = tops[::-1].copy()
    if rng.random() < 0.4:  # a long flight of the game's stairs between two floors instead
        ground(canvas, rng, np.full(CELLS, 13), False)
        if not canvas.outdoors:
            bay(canvas, rng, 12)
        high, right = canvas.first_row + int(rng.integers(2, 5)), bool(rng.random() < 0.5)
        steps = 13 - high
        foot = int(rng.integers(1, 5)) if right else int(rng.integers(9, 13))
        head = foot + steps if right else foot - steps
        block(canvas, high, head if right else 0, 1, CELLS if right else head + 1)
        flight(canvas, 12, foot, steps, right)
        return
    ground(canvas, rng, tops, False)
    for column in range(int(rng.integers(0, 4)), CELLS, canvas.game.spacing):
        if canvas.free(int(tops[column]) - 3, column, 3, 1) and rng.random() < 0.7:
            canvas.put(int(tops[column]) - 3, column, "candle", Role.CANDLE)


def forest(canvas: Canvas, rng: Generator) -> None:
    tops = heights(rng, 11, 13, 0.15)
    ground(canvas, rng, tops, True)
    for _ in range(int(rng.integers(3, 7))):
        scatter(canvas, rng, f"tree{int(rng.integers(3))}", Role.BUSH, 1)
    scatter(canvas, rng, "bushes", Role.BUSH, int(rng.integers(1, 4)))
    scatter(canvas, rng, "bush", Role.BUSH, int(rng.integers(1, 5)))
    for _ in range(int(rng.integers(0, 3))):
        thin(canvas, int(rng.integers(7, 10)), int(rng.integers(0, 10)), int(rng.integers(2, 5)))


LAYOUTS: dict[str, Callable[[Canvas, Generator], None]] = {
    f.__name__: f
    for f in (corridor, ledges, storeys, tower, graveyard, rampart, bridge, cave, hall, great_stair, forest)
}


def lay_out_screen(canvas: Canvas, rng: Generator) -> None:
    """Sky or wall, one habit of the game, then its small fixtures."""
    game = canvas.game
    outdoors = rng.random() < game.outdoor_share
    habit = str(rng.choice(game.outdoors if outdoors else game.indoors))
    canvas.outdoors = bool(outdoors)
    (sky if outdoors else wall)(canvas, rng)
    LAYOUTS[habit](canvas, rng)
    if rng.random() < 0.35:
        climb(canvas, rng)
    if rng.random() < 0.45:
        scatter(canvas, rng, "door", Role.DOOR, 1)
    for _ in range(int(rng.integers(0, 3))):
        crates(canvas, rng)
    if rng.random() < 0.2:
        scatter(canvas, rng, "statue", Role.COLUMN, 1)
    if not outdoors and rng.random() < 0.3:
        hang(canvas, rng, int(rng.integers(1, 4)))
    lights(canvas, rng, int(rng.integers(0, 5)))
    if rng.random() < 0.2:
        scatter(canvas, rng, "spikes", Role.SPIKES, 3)
