"""Layouts of a castle's furnished rooms: arcades, gallery, library, crypt, dungeon, clock tower, chapel."""

from __future__ import annotations

import numpy as np
from numpy.random import Generator

from generator.nes.roles import CELLS, FOLD, Role

from . import parts
from .materials import pick
from .painting import Painting


def _floor(painting: Painting, rng: Generator, *, pits: bool = False) -> int:
    """Lays an even floor, sometimes with pits; its row."""
    row = pick(rng, 11, 12, 12, 13)
    tops = np.full(CELLS, row, np.intp)
    if pits and rng.random() < 0.3:
        left, width = int(rng.integers(2, 10)), int(rng.integers(2, 4))
        tops[left : left + width] = CELLS
    parts.ground(painting, rng, tops, rng.random() < 0.3)
    return row


def _roof(painting: Painting, rng: Generator, odds: float) -> int:
    """Lays one or two rows of masonry along the top, with these odds; the first row below."""
    rows = pick(rng, 1, 1, 2) if rng.random() < odds else 0
    if rows:
        parts.ceiling(painting, rng, rows)
    return painting.first_row + rows


def arcades(painting: Painting, rng: Generator) -> None:
    """Lays a hall whose far wall is an arcade, in two storeys where there is room, often with a walk."""
    top, floor = _roof(painting, rng, 0.5), pick(rng, 11, 12, 13)
    height, width = painting.size("arcade")
    start = int(rng.integers(width))
    least = height - 1
    middle = floor - least - int(rng.integers(0, 2))
    if middle - top >= least and rng.random() < 0.75:
        parts.arcade(painting, top if rng.random() < 0.6 else middle - least, middle - 1, start)
        parts.arcade(painting, middle, floor - 1, start)
        walk = rng.random() < 0.6
    else:
        middle = max(top, floor - height - int(rng.integers(0, 3)))
        parts.arcade(painting, middle, floor - 1, start)
        walk = False
    tops = np.full(CELLS, floor, np.intp)
    if rng.random() < 0.3:
        left = int(rng.integers(2, 10))
        tops[left : left + int(rng.integers(2, 4))] = CELLS
    parts.ground(painting, rng, tops, rng.random() < 0.3)
    in_the_arches = pick(rng, "statue", "candle", "window", "nothing")
    opening = start + 1 + (width - 2) // 2
    if in_the_arches == "statue":
        parts.row_of(painting, "statue", Role.STATUE, (opening % width, 4), width * pick(rng, 1, 2))
    elif in_the_arches == "candle":
        for column in range(opening % width, CELLS, width):
            painting.put_if_free(floor - 2, column, "candle", Role.CANDLE)
    elif in_the_arches == "window":
        size = painting.size("window")
        for column in range(start + 1 - width, CELLS, width):
            inner = column + (width - 1 - size[1]) // 2
            painting.put_if_free(floor - 1 - size[0], inner, "window", Role.WINDOW, size)
    if walk:
        gap, wide = int(rng.integers(0, 11)), int(rng.integers(3, 5))
        for left, right in ((0, gap), (gap + wide, CELLS)):
            parts.block(painting, middle, left, 1, right - left)
        if rng.random() < 0.6:
            parts.between(painting, rng, (middle, floor), (gap, wide))


def gallery(painting: Painting, rng: Generator) -> None:
    """Lays a hall with curtains around its windows, and columns or statues between them."""
    top, floor = _roof(painting, rng, 0.5), _floor(painting, rng, pits=True)
    height, width = painting.size("curtain")
    between = pick(rng, "pillar", "statue", "candle", "banner", "portrait")
    every = width + (3 if between == "portrait" else pick(rng, 1, 2, 3))
    start = int(rng.integers(-2, 3))
    row = top + int(rng.integers(0, max(1, floor - top - height - 1)))
    low = floor - row - height
    use_window = rng.random() < 0.75
    for column in range(start, CELLS, every):
        if not painting.free(row, max(column, 0), height, min(width, CELLS - max(0, column))):
            continue
        painting.put(row, column, "curtain", Role.CURTAIN)
        if use_window:
            high, wide = painting.size("window")
            inner = column + (width - wide) // 2
            painting.put_if_free(row + 1, inner, "window", Role.WINDOW, (high, wide))
    for column in range(start + width + (every - width) // 2 - every, CELLS, every):
        if between == "pillar" and 0 <= column < CELLS and painting.roles[floor, column] == Role.GROUND_TOP:
            parts.pillar(painting, column, top, floor - 1)
        elif between == "banner":
            size = painting.size("banner")
            painting.put_if_free(row, column, "banner", Role.CURTAIN, size)
        elif between == "portrait":
            painting.put_if_free(row + 1, column - 1, "portrait", Role.BACKDROP, (2, 2))
    if between == "statue":
        parts.row_of(painting, "statue", Role.STATUE, ((start - 1) % every, 4), every)
    if low > 1 and between == "candle":
        parts.row_of(painting, "candle", Role.CANDLE, ((start - 1) % every, 4), every)


def library(painting: Painting, rng: Generator) -> None:
    """Lays a library: bookcases in a row on the floor, often more of them on a gallery above."""
    top, floor = _roof(painting, rng, 0.6), _floor(painting, rng)
    height, width = painting.size("bookshelf")
    every, start = width + pick(rng, 0, 1, 2), int(rng.integers(0, 3))
    middle = floor - height - pick(rng, 1, 2)
    gap, wide = int(rng.integers(0, 11)), int(rng.integers(3, 5))
    if middle - top > height and rng.random() < 0.7:
        parts.between(painting, rng, (middle, floor), (gap, wide))
    parts.row_of(painting, "bookshelf", Role.BACKDROP, (start, 5), every)
    if middle - top > height:
        lay = parts.thin if rng.random() < 0.5 else _row_block
        for left, right in ((0, gap), (gap + wide, CELLS)):
            if right > left:
                lay(painting, middle, left, right - left)
        for column in range(start, CELLS - width + 1, every):
            if (FOLD[painting.roles[middle, column : column + width]] != Role.BACKDROP).all():
                painting.put_if_free(middle - height, column, "bookshelf", Role.BACKDROP, (height, width))
    if every - width >= painting.size("shaft")[1] and rng.random() < 0.6:
        for column in range(start + width, CELLS, every):
            if painting.free(floor - height, column, height):
                parts.pillar(painting, column, floor - height, floor - 1)
    elif middle - top <= height:
        _windows(painting, rng, top, floor - height)
    _chandeliers(painting, rng, top)


def _windows(painting: Painting, rng: Generator, top: int, bottom: int) -> None:
    """Sets a row of windows between two rows, where they have room."""
    height, width = painting.size("window")
    if bottom - top >= height + 1:
        for column in range(int(rng.integers(0, 4)), CELLS, max(painting.game.spacing, width + 1)):
            painting.put_if_free(top + 1, column, "window", Role.WINDOW, (height, width))


def _row_block(painting: Painting, row: int, column: int, width: int) -> None:
    parts.block(painting, row, column, 1, width)


def _chandeliers(painting: Painting, rng: Generator, top: int) -> None:
    """Hangs one or two chandeliers from the ceiling."""
    every = pick(rng, 6, 7)
    for column in range(int(rng.integers(1, 6)), CELLS - 1, every)[: int(rng.integers(0, 3))]:
        painting.put_if_free(top, column, "chandelier", Role.CANDLE, (2, 2))


def crypt(painting: Painting, rng: Generator) -> None:
    """Lays a low vault with coffins, niches with skulls in its wall, and chains."""
    top, floor = _roof(painting, rng, 0.8), _floor(painting, rng, pits=True)
    if rng.random() < 0.75:
        width = painting.size("vault")[1]
        for column in range(int(rng.integers(-2, 1)), CELLS, width):
            painting.put(top, column, "vault", Role.ARCH)
    if rng.random() < 0.6:
        row = floor - pick(rng, 3, 4)
        for column in range(int(rng.integers(0, 3)), CELLS, pick(rng, 2, 3)):
            painting.put_if_free(row, column, "niche", Role.BACKDROP)
    name = pick(rng, "coffin", "casket")
    parts.row_of(painting, name, Role.GRAVE, (int(rng.integers(0, 3)), 5), painting.game.spacing)
    if rng.random() < 0.4:
        parts.block(painting, pick(rng, 7, 8), int(rng.integers(0, 9)), 1, int(rng.integers(3, 6)))
        parts.row_of(painting, name, Role.GRAVE, (int(rng.integers(0, 3)), 2), painting.game.spacing)
    parts.hang(painting, rng, int(rng.integers(1, 4)))


def dungeon(painting: Painting, rng: Generator) -> None:
    """Lays a row of cells with iron bars, piers between them, and chains on the wall."""
    top, floor = _roof(painting, rng, 0.8), _floor(painting, rng)
    height, wide = int(rng.integers(3, 5)), int(rng.integers(2, 4))
    start, every = int(rng.integers(0, 3)), wide + pick(rng, 1, 2)
    rows, columns = painting.rows, painting.columns
    behind = (columns - start) % every < wide
    painting.fill((rows >= floor - height) & (rows < floor) & behind, "bars", Role.BACKDROP)
    if floor - height - top >= 4 and rng.random() < 0.7:
        middle = floor - height - 1
        gap = int(rng.integers(0, 11))
        parts.block(painting, middle, 0, 1, gap)
        parts.block(painting, middle, gap + 3, 1, CELLS)
        if rng.random() < 0.6:
            parts.between(painting, rng, (middle, floor), (gap, 3))
        if middle - 3 >= top:
            upper = (rows >= middle - 3) & (rows < middle) & behind & painting.bare
            painting.fill(upper & (FOLD[painting.roles[middle]] != Role.BACKDROP), "bars", Role.BACKDROP)
    columned = every - wide >= painting.size("shaft")[1] and rng.random() < 0.5
    for column in range(start + wide, CELLS, every):
        if columned and painting.free(floor - height, column, height):
            parts.pillar(painting, column, floor - height, floor - 1)
        elif rng.random() < 0.5 and painting.free(floor - 3, column):
            painting.put(floor - 3, column, "chain_end", Role.CHAIN)
    parts.hang(painting, rng, int(rng.integers(0, 4)))


def clock_tower(painting: Painting, rng: Generator) -> None:
    """Lays a machine: wheels whose teeth meet, a dial or a pendulum, and ledges between them."""
    _floor(painting, rng, pits=True)
    row, column = painting.first_row + int(rng.integers(0, 3)), int(rng.integers(-1, 4))
    for _ in range(int(rng.integers(2, 5))):  # a train of wheels, each lower or higher than the last
        size = pick(rng, 2, 3, 3, 4)
        painting.put(row, column, f"gear{size}", Role.BACKDROP)
        painting.taken[row : row + size, max(0, column) : max(0, column + size)] = True
        column += size
        row = int(np.clip(row + pick(rng, -1, 1, 2), painting.first_row, 7))
    if rng.random() < 0.5:
        at = (painting.first_row + 1, int(rng.integers(0, 12)))
        painting.put_if_free(*at, "clock", Role.BACKDROP, (3, 3))
    rod = painting.size("pendulum")
    for column in range(int(rng.integers(1, 6)), CELLS, 5):
        if rng.random() < 0.4:
            painting.put_if_free(painting.first_row, column, "pendulum", Role.BACKDROP, rod)
    for column in range(int(rng.integers(-1, 3)), CELLS, pick(rng, 4, 5)):
        row, width = int(rng.integers(painting.first_row + 4, 11)), int(rng.integers(2, 5))
        if painting.free(row, max(0, column), 1, min(width, CELLS - max(0, column))):
            lay = parts.thin if rng.random() < 0.5 else _row_block
            lay(painting, row, column, width)
    if rng.random() < 0.4:
        _windows(painting, rng, 7, 11)
    parts.hang(painting, rng, int(rng.integers(1, 4)))


def chapel(painting: Painting, rng: Generator) -> None:
    """Lays a chapel: great windows with statues or banners between them, under a vault."""
    top, floor = _roof(painting, rng, 0.4), _floor(painting, rng)
    high, wide = painting.size("great_window")
    vaulted = rng.random() < 0.4
    if vaulted:
        width = painting.size("vault")[1]
        for column in range(int(rng.integers(-2, 1)), CELLS, width):
            painting.put(top, column, "vault", Role.ARCH)
    every, start = wide + pick(rng, 2, 3), int(rng.integers(0, 3))
    row = max(top + (2 if vaulted else 1), floor - high - int(rng.integers(2, 4)))
    for column in range(start, CELLS, every):
        painting.put_if_free(row, column, "great_window", Role.WINDOW, (high, wide))
    first = (start + wide + (every - wide) // 2) % every
    between = pick(rng, "statue", "banner", "pillar", "statue")
    if between == "statue":
        parts.row_of(painting, "statue", Role.STATUE, (first, 4), every)
    for column in range(first, CELLS, every):
        if between == "banner":
            painting.put_if_free(row, column, "banner", Role.CURTAIN, painting.size("banner"))
        elif between == "pillar":
            parts.pillar(painting, column, top, floor - 1)
    _chandeliers(painting, rng, top)
