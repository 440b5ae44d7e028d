"""Habits of layout: functions that fill a canvas of 14x14 cells with a game's motifs."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from generator.roles import CELLS, Role
from training.motifs import Levels
from training.styles import Game

_COVER_PX = 26
"""A motif gives its role to a cell when it fills at least so many of its 256 px."""


class Canvas:
    """A screen: `levels` uint8[224, 224] of 0..3; `sub` (sub-palettes), `roles` uint8[14, 14]."""

    def __init__(self, game: Game) -> None:
        self.game = game
        self.first_row = game.bar_rows
        self.outdoors = False
        self.levels = np.zeros((16 * CELLS, 16 * CELLS), dtype=np.uint8)
        self.sub = np.zeros((CELLS, CELLS), dtype=np.uint8)
        self.sub[:] = 1
        self.roles = np.full((CELLS, CELLS), Role.SKY, dtype=np.uint8)

    def fill(self, cells: NDArray[np.bool_], name: str, role: Role) -> None:
        """Cover the cells of the mask (bool[14, 14]) with a repeating motif, aligned to the screen."""
        piece = self.game.art[name]
        height, width = piece.shape
        tiled = np.tile(piece, (-(-224 // height), -(-224 // width)))[:224, :224]
        where = np.repeat(np.repeat(cells, 16, 0), 16, 1)
        np.copyto(self.levels, tiled, where=where)
        self.sub[cells] = self.game.subs[name]
        self.roles[cells] = role

    def put(self, row: int, column: int, name: str, role: Role | None) -> None:
        """Lay a motif over what is there, its upper left cell at (row, column); None leaves the roles."""
        self.lay(row, column, self.game.art[name], self.game.subs[name], role)

    def lay(self, row: int, column: int, piece: Levels, sub: int, role: Role | None) -> None:
        """As `put`, with the levels and the sub-palette given."""
        for dr in range(piece.shape[0] // 16):
            for dc in range(piece.shape[1] // 16):
                r, c = row + dr, column + dc
                if not (self.first_row <= r < CELLS and 0 <= c < CELLS):
                    continue
                part = piece[16 * dr : 16 * dr + 16, 16 * dc : 16 * dc + 16]
                cover = np.count_nonzero(part)
                if cover == 0:
                    continue
                under = self.levels[16 * r : 16 * r + 16, 16 * c : 16 * c + 16]
                if self.sub[r, c] == sub:
                    below = under
                elif self.game.shared_dark and self.sub[r, c] == 1:
                    below = np.minimum(under, 1)
                else:
                    below = np.zeros_like(under)
                under[:] = np.where(part > 0, part, below)
                self.sub[r, c] = sub
                if role is not None and cover >= _COVER_PX:
                    self.roles[r, c] = role

    def free(self, row: int, column: int, height: int = 1, width: int = 1) -> bool:
        """Whether the cells are inside, below the bar and still sky or backdrop."""
        if row < self.first_row or column < 0 or row + height > CELLS or column + width > CELLS:
            return False
        return bool((self.roles[row : row + height, column : column + width] <= Role.BACKDROP).all())

    def size(self, name: str) -> tuple[int, int]:
        """(height, width) of a motif in cells."""
        shape = self.game.art[name].shape
        return shape[0] // 16, shape[1] // 16


def _heights(rng: Generator, low: int, high: int, pits: float) -> NDArray[np.intp]:
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


def corridor(canvas: Canvas, rng: Generator) -> None:
    tops = _heights(rng, 11, 12, 0.12)
    ground(canvas, rng, tops, rng.random() < 0.4)
    if rng.random() < 0.4:
        ceiling(canvas, rng, int(rng.integers(1, 3)))
    bay(canvas, rng, int(tops.min()))
    for _ in range(int(rng.integers(0, 3))):
        block(canvas, int(rng.integers(7, 10)), int(rng.integers(0, 11)), 1, int(rng.integers(2, 5)))


def ledges(canvas: Canvas, rng: Generator) -> None:
    ground(canvas, rng, _heights(rng, 11, 13, 0.35), rng.random() < 0.5)
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
    tops = _heights(rng, 11, 13, 0.06)
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
    tops = _heights(rng, 11, 13, 0.1)
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
    roof = canvas.first_row + np.maximum(0, 14 - _heights(rng, 10, 13, 0.0))
    canvas.fill(rows < roof[None, :], "fill", Role.GROUND_FILL)
    ground(canvas, rng, _heights(rng, 9, 13, 0.25), True)
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
    tops = _heights(rng, 11, 13, 0.15)
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
