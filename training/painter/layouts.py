"""The layouts of screens: each function fills a painting of 14x14 cells with the motifs of its game.

Furnished rooms stand in `scenes`, what lies under the sky in `grounds`.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.random import Generator

from generator.nes.roles import CELLS, Role

from . import grounds, parts, scenes
from .materials import pick
from .painting import Painting


def corridor(painting: Painting, rng: Generator) -> None:
    """Lays a floor with pits, windows or columns behind it, and up to two blocks."""
    tops = parts.heights(rng, 11, 12, 0.12)
    parts.ground(painting, rng, tops, rng.random() < 0.4)
    if rng.random() < 0.4:
        parts.ceiling(painting, rng, int(rng.integers(1, 3)))
    parts.bay(painting, rng, int(tops.min()))
    for _ in range(int(rng.integers(0, 3))):
        parts.block(painting, int(rng.integers(7, 10)), int(rng.integers(0, 11)), 1, int(rng.integers(2, 5)))


def ledges(painting: Painting, rng: Generator) -> None:
    """Lays ledges or blocks at many heights over a broken ground."""
    parts.ground(painting, rng, parts.heights(rng, 11, 13, 0.35), rng.random() < 0.5)
    use_thin = rng.random() < 0.5
    column = int(rng.integers(-1, 2))
    while column < CELLS:
        width = int(rng.integers(2, 6))
        row = int(rng.integers(painting.first_row + 3, 11))
        if use_thin:
            parts.thin(painting, row, column, width)
        else:
            parts.block(painting, row, column, pick(rng, 1, 1, 2), width)
        column += width + int(rng.integers(-1, 3))
    if not painting.outdoors:
        parts.hang(painting, rng, int(rng.integers(0, 4)))


def storeys(painting: Painting, rng: Generator) -> None:
    """Lays two floors, one above the other, often with a stair between them."""
    parts.ground(painting, rng, np.full(CELLS, pick(rng, 12, 13)), False)
    floor = int(np.argmax(painting.roles[:, 0] == Role.GROUND_TOP))
    mid = int(rng.integers(7, 9))
    gap, width = int(rng.integers(3, 9)), int(rng.integers(2, 4))
    parts.bay(painting, rng, mid)
    parts.block(painting, mid, 0, 1, gap)
    parts.block(painting, mid, gap + width, 1, CELLS)
    if rng.random() < 0.75:
        parts.between(painting, rng, (mid, floor), (gap, width))
    row = mid + 2
    for column in range(int(rng.integers(0, 3)), CELLS, painting.game.spacing):
        if painting.free(row - 1, column, 1, 1) and rng.random() < 0.6:
            painting.put(row - 1, column, "candle", Role.CANDLE)


def tower(painting: Painting, rng: Generator) -> None:
    """Lays a shaft between two walls, with ledges from side to side."""
    left, right = int(rng.integers(1, 4)), int(rng.integers(1, 4))
    mask = np.zeros((CELLS, CELLS), dtype=bool)
    mask[:, :left] = mask[:, CELLS - right :] = True
    mask[13] = True
    painting.fill(mask, "fill", Role.GROUND_FILL)
    mask[:] = False
    mask[13, left : CELLS - right] = True
    painting.fill(mask, "top", Role.GROUND_TOP)
    for row in range(painting.first_row + 1, 12, 4):
        if painting.free(row, 6, *painting.size("window")) and rng.random() < 0.7:
            painting.put(row, int(rng.integers(5, 8)), "window", Role.WINDOW)
    side = bool(rng.random() < 0.5)
    for row in range(11 - int(rng.integers(2)), painting.first_row + 1, -int(rng.integers(2, 4))):
        width = int(rng.integers(3, 6))
        column = left if side else CELLS - right - width
        if rng.random() < 0.25:
            column = left + (CELLS - left - right - width) // 2
        if rng.random() < 0.5:
            parts.thin(painting, row, column, width)
        else:
            parts.block(painting, row, column, 1, width)
        side = not side


def bridge(painting: Painting, rng: Generator) -> None:
    """Lays a bridge over water, whole or broken, on pillars."""
    waterline = pick(rng, 11, 12)
    painting.fill(painting.rows == waterline, "surface", Role.WATER)
    painting.fill(painting.rows > waterline, "water", Role.WATER)
    deck = waterline - int(rng.integers(1, 4))
    bank = int(rng.integers(0, 5))
    tops = np.full(CELLS, CELLS, np.intp)
    tops[:bank] = deck
    tops[CELLS - int(rng.integers(0, 4)) :] = deck
    painting.fill(painting.rows >= tops, "fill", Role.GROUND_FILL)
    painting.fill(painting.rows == tops, "top", Role.GROUND_TOP)
    use_thin, broken = rng.random() < 0.6, int(rng.integers(bank, 16))
    for column in range(bank, CELLS):
        if tops[column] < CELLS or broken <= column < broken + 2:
            continue
        if use_thin:
            part = painting.game.motifs["ledge"][:, 16:32]
            painting.lay(deck, column, part, painting.game.subs["ledge"], Role.PLATFORM)
        else:
            parts.block(painting, deck, column, 1, 1)
        if (column - bank) % painting.game.spacing == 1 and deck + 1 <= waterline - 1:
            for row in range(deck + 1, waterline):
                painting.put(row, column, "shaft", Role.COLUMN)
    if not painting.outdoors and rng.random() < 0.6:
        parts.bay(painting, rng, deck)
    if not painting.outdoors and rng.random() < 0.4:
        column = int(rng.integers(CELLS))
        for row in range(painting.first_row, waterline, 2):
            painting.put_if_free(row, column, "waterfall", Role.BACKDROP, (min(2, waterline - row), 1))


def cave(painting: Painting, rng: Generator) -> None:
    """Lays rough ground under a rough roof, with blocks and sometimes a waterfall."""
    painting.shades[:] = 0
    painting.roles[:] = Role.BACKDROP
    if rng.random() < 0.7:
        painting.fill(painting.rows >= 0, "cave", Role.BACKDROP)
    roof = painting.first_row + np.maximum(0, 14 - parts.heights(rng, 10, 13, 0.0))
    painting.fill(painting.rows < roof, "fill", Role.GROUND_FILL)
    parts.ground(painting, rng, parts.heights(rng, 9, 13, 0.25), True)
    for _ in range(int(rng.integers(0, 4))):
        row, column = int(rng.integers(6, 10)), int(rng.integers(0, 12))
        parts.block(painting, row, column, int(rng.integers(1, 3)), int(rng.integers(1, 4)))
    if rng.random() < 0.5:
        column = int(rng.integers(1, 13))
        for row in range(painting.first_row, 12):
            if painting.free(row, column):
                piece = painting.game.motifs["waterfall"][16 * (row % 2) : 16 * (row % 2) + 16]
                painting.lay(row, column, piece, painting.game.subs["waterfall"], Role.BACKDROP)


def hall(painting: Painting, rng: Generator) -> None:
    """Lays an even floor with columns and great windows between them."""
    floor = pick(rng, 11, 12, 13)
    parts.ground(painting, rng, np.full(CELLS, floor), False)
    top = painting.first_row
    if rng.random() < 0.6:
        parts.ceiling(painting, rng, 1)
        top += 1
    start, spacing = int(rng.integers(0, 3)), max(4, painting.game.spacing)
    name = "great_window" if rng.random() < 0.7 else "window"
    size = painting.size(name)
    for column in range(start, CELLS, spacing):
        parts.pillar(painting, column, top, floor - 1)
        thick = painting.size("shaft")[1]
        inner = column + thick + (spacing - thick - size[1]) // 2
        if rng.random() < 0.8:
            painting.put_if_free(top + 2, inner, name, Role.WINDOW, size)
    parts.scatter(painting, rng, "statue", Role.STATUE, int(rng.integers(0, 4)))


def great_stair(painting: Painting, rng: Generator) -> None:
    """Lays ground that rises in steps, or one long stair between two floors."""
    run, rise = int(rng.integers(1, 4)), pick(rng, 1, 1, 2)
    tops = 13 - rise * (np.arange(CELLS) // run) + int(rng.integers(0, 3))
    tops = np.clip(tops, painting.first_row + 3, 13)
    if rng.random() < 0.5:
        tops = tops[::-1].copy()
    if rng.random() < 0.4:  # a long flight of the game's stairs between two floors instead
        parts.ground(painting, rng, np.full(CELLS, 13), False)
        if not painting.outdoors:
            parts.bay(painting, rng, 12)
        high, right = painting.first_row + int(rng.integers(2, 5)), bool(rng.random() < 0.5)
        steps = 13 - high
        foot = int(rng.integers(1, 5)) if right else int(rng.integers(9, 13))
        head = foot + steps if right else foot - steps
        parts.block(painting, high, head if right else 0, 1, CELLS if right else head + 1)
        parts.flight(painting, 12, foot, steps, right)
        return
    parts.ground(painting, rng, tops, False)
    for column in range(int(rng.integers(0, 4)), CELLS, painting.game.spacing):
        if painting.free(int(tops[column]) - 3, column, 3, 1) and rng.random() < 0.7:
            painting.put(int(tops[column]) - 3, column, "candle", Role.CANDLE)


BAYS = 0.6
"""Share of the rooms without windows and columns that get some all the same, where the wall is free."""
LAYOUTS: dict[str, Callable[[Painting, Generator], None]] = {
    f.__name__: f
    for f in (
        corridor, ledges, storeys, tower, bridge, cave, hall, great_stair,
        scenes.arcades, scenes.gallery, scenes.library, scenes.crypt, scenes.dungeon, scenes.clock_tower,
        scenes.chapel,
        grounds.graveyard, grounds.rampart, grounds.forest, grounds.gatehouse, grounds.terrace, grounds.falls,
    )
}  # fmt: skip


def lay_out_screen(painting: Painting, rng: Generator) -> None:
    """Paints a sky or a wall, one of the game's layouts before it, then small things."""
    game = painting.game
    outdoors = rng.random() < game.outdoor_share
    layout = str(rng.choice(game.outdoors if outdoors else game.indoors))
    painting.outdoors = bool(outdoors)
    (parts.sky if outdoors else parts.wall)(painting, rng)
    LAYOUTS[layout](painting, rng)
    if not outdoors:
        if not np.isin(painting.roles, (Role.WINDOW, Role.COLUMN)).any() and rng.random() < BAYS:
            parts.bay(painting, rng, CELLS)
        parts.dado(painting)
    if rng.random() < 0.4:
        parts.climb(painting, rng)
    if not outdoors and rng.random() < 0.2:
        parts.gate(painting, rng, 0)
    elif rng.random() < 0.45:
        parts.scatter(painting, rng, "door", Role.DOOR, 1)
    for _ in range(int(rng.integers(0, 3))):
        parts.crates(painting, rng)
    if rng.random() < 0.2:
        parts.scatter(painting, rng, "statue", Role.STATUE, 1)
    if outdoors and rng.random() < 0.4:
        parts.scatter(painting, rng, pick(rng, "bush", "bushes"), Role.BUSH, int(rng.integers(1, 5)))
    if not outdoors and rng.random() < 0.3:
        parts.hang(painting, rng, int(rng.integers(1, 4)))
    parts.lights(painting, rng, int(rng.integers(0, 5)))
    if rng.random() < 0.2:
        parts.scatter(painting, rng, "spikes", Role.SPIKES, 3)
