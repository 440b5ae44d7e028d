"""Parts that several layouts share: ground, walls, skies, flights of stairs, things that stand or hang."""

from __future__ import annotations

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from generator.nes.roles import CELLS, FOLD, Role

from .materials import pick
from .painting import Painting
from .palettes import DECOR, FAR

_CLIMBS = 3
"""So many columns are tried for a short stair."""


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
    painting.fill(painting.rows >= 0, "wall", painting.game.wall_roles["wall"])
    if rng.random() < 0.3:
        below = painting.rows >= int(rng.integers(6, 11))
        painting.fill(below, "wall2", painting.game.wall_roles["wall2"])
    painting.bare[:] = painting.through[:] = True


def sky(painting: Painting, rng: Generator) -> None:
    """Paints a sky: stars or dusk or neither, a horizon, a moon, clouds."""
    first = painting.first_row
    flat = painting.game.shares_dark(FAR, DECOR)  # else boxes of darkness would stand around things
    light = pick(rng, "stars", "dusk", "plain", "plain")
    if light == "dusk" and not flat:
        light = "plain"
    if light == "stars":
        painting.fill(painting.rows < 8, "stars", Role.SKY)
    elif light == "dusk":
        piece, sub = painting.game.motifs["dusk"], painting.game.subs["dusk"]
        start = int(rng.integers(5, 8))
        for column in range(CELLS):
            painting.lay(start, column, piece, sub, Role.SKY)
        painting.shades[16 * (start + 3) :] = 1
    if rng.random() < 0.75:
        horizon(painting, rng, int(rng.integers(6, 9)) if flat else 9)
    if rng.random() < 0.65:
        aloft(painting, first + int(rng.integers(0, 3)), int(rng.integers(1, 11)), "moon", Role.MOON)
    for _ in range(int(rng.integers(0, 4))):
        name = pick(rng, "cloud", "cloud", "cloud2")
        aloft(painting, first + int(rng.integers(0, 5)), int(rng.integers(-1, 12)), name, Role.CLOUD)


def horizon(painting: Painting, rng: Generator, row: int) -> None:
    """Paints a horizon four rows high, and what lies below it."""
    piece, sub = painting.game.motifs["skyline"], painting.game.subs["skyline"]
    painting.lay(row, 0, np.roll(piece, 16 * int(rng.integers(CELLS)), 1), sub, Role.BACKDROP)
    below = painting.rows >= row + 4
    painting.shades[np.repeat(np.repeat(below, 16, 0), 16, 1)] = 1
    painting.roles[below] = Role.BACKDROP


def aloft(painting: Painting, row: int, column: int, name: str, role: Role) -> None:
    """Hangs a motif in the sky where there is nothing but sky; a screen's side may cut it off."""
    height, width = painting.size(name)
    if (painting.roles[row : row + height, max(0, column) : column + width] == Role.SKY).all():
        painting.put(row, column, name, role)


def gate(painting: Painting, rng: Generator, first: int) -> None:
    """Sets a gateway on the ground, in some column from `first` on, open or with its portcullis."""
    height, width = painting.size("gateway")
    column = int(rng.integers(first, max(first + 1, CELLS - width)))
    rows = [r for r in range(painting.first_row + height, CELLS) if _floor(painting, r, column, width)]
    if not rows or not painting.free(rows[-1] - height, column, height, width):
        return
    row = rows[-1] - height
    painting.put(row, column, "gateway", Role.ARCH, hole=Role.BACKDROP)
    if rng.random() < 0.75:
        painting.put(row, column, "portcullis", Role.DOOR)


def no_moon_below(painting: Painting, row: int) -> None:
    """Takes the moon and the clouds away where they reach below a row: a wall will stand there."""
    for role in (Role.MOON, Role.CLOUD):
        seen = painting.roles == role
        if seen[row:].any():
            painting.shades[np.repeat(np.repeat(seen, 16, 0), 16, 1)] = 0
            painting.roles[seen] = Role.SKY


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


def row_of(painting: Painting, name: str, role: Role, at: tuple[int, int], every: int) -> None:
    """Stands a motif on the ground in a rhythm: from a column on, after every so many, where it is free.

    `at` is the first column and the most pieces.
    """
    height, width = painting.size(name)
    left = at[1]
    for column in range(at[0], CELLS - width + 1, max(every, width)):
        rows = [r for r in range(painting.first_row + height, CELLS) if _floor(painting, r, column, width)]
        if left and rows and painting.put_if_free(rows[-1] - height, column, name, role, (height, width)):
            left -= 1


def _floor(painting: Painting, row: int, column: int, width: int) -> bool:
    return bool((painting.roles[row, column : column + width] == Role.GROUND_TOP).all())


def hang(painting: Painting, rng: Generator, count: int) -> None:
    """Hangs so many chains from above, of 2 to 5 cells each."""
    for _ in range(count):
        column, length = int(rng.integers(CELLS)), int(rng.integers(2, 6))
        solid = np.flatnonzero(painting.roles[:, column] == Role.GROUND_FILL)
        roof = next((r for r in range(painting.first_row, CELLS) if r not in solid), CELLS)
        if painting.free(roof, column, length):
            for row in range(roof, roof + length - 1):
                painting.put(row, column, "chain", Role.CHAIN)
            painting.put(roof + length - 1, column, pick(rng, "chain", "chain_end"), Role.CHAIN)


def lights(painting: Painting, rng: Generator, count: int) -> None:
    """Hangs up to so many candles at one height above what one stands on, often in the game's rhythm."""
    stands = (painting.roles == Role.GROUND_TOP) | (painting.roles == Role.PLATFORM)
    rows, columns = np.nonzero(stands)
    above, first = int(rng.integers(1, 4)), int(rng.integers(painting.game.spacing))
    if rng.random() < 0.6:
        steady = columns % painting.game.spacing == first
        rows, columns = rows[steady], columns[steady]
    for i in rng.permutation(len(rows))[:count]:
        painting.put_if_free(int(rows[i]) - above, int(columns[i]), "candle", Role.CANDLE)


def stack(painting: Painting, at: tuple[int, int], bottom: int, name: str, role: Role) -> None:
    """Stands a motif from a cell down to row `bottom`: its head, its last row but one repeated, its foot."""
    row, column = at
    piece, sub = painting.game.motifs[name], painting.game.subs[name]
    head = len(piece) // 16 - 2
    for r in range(row, bottom + 1):
        part = head + 1 if r == bottom else min(r - row, head)
        painting.lay(r, column, piece[16 * part : 16 * part + 16], sub, role, hole=Role.BACKDROP)


def arcade(painting: Painting, top: int, bottom: int, start: int) -> None:
    """Builds an arcade between two rows, from side to side; it lies behind whatever comes after."""
    width = painting.size("arcade")[1]
    for column in range(start - width, CELLS, width):
        stack(painting, (top, column), bottom, "arcade", Role.ARCH)


def dado(painting: Painting) -> None:
    """Gives the bare wall of a room its base along the ground, and its cornice under the ceiling."""
    game, roles = painting.game, painting.roles
    below = np.vstack([roles[1:], np.full((1, CELLS), Role.SKY, np.uint8)])
    if game.based:
        foot = painting.bare & (below == Role.GROUND_TOP)
        painting.fill(foot & (np.roll(foot, 1, 1) | np.roll(foot, -1, 1)), "base", Role.BACKDROP)
    if game.corniced:
        above = np.vstack([np.full((1, CELLS), Role.GROUND_FILL, np.uint8), roles[:-1]])
        first = painting.rows == painting.first_row
        head = painting.bare & (first | ((above == Role.GROUND_FILL) & (painting.rows < 6)))
        piece, sub = game.motifs["cornice"], game.subs["cornice"]
        for row, column in np.argwhere(head).tolist():
            half = 16 * (column % 2)
            painting.lay(row, column, piece[:, half : half + 16], sub, Role.BACKDROP)
        painting.through[head] = True


def flight(painting: Painting, row: int, column: int, steps: int, right: bool) -> None:
    """Lays a stair of `steps` cells whose foot is at (row, column)."""
    for i in range(steps):
        c = column + i if right else column - i
        if 0 <= c < CELLS and FOLD[painting.roles[max(0, row - i), c]] <= Role.COLUMN:
            role = Role.STAIRS_RIGHT if right else Role.STAIRS_LEFT
            painting.put(row - i, c, "stair" if right else "stair_left", role)


def between(painting: Painting, rng: Generator, rows: tuple[int, int], gap: tuple[int, int]) -> None:
    """Lays a flight between two rows, from the ground at the lower one up through a gap in the upper one.

    `gap` is its column and its width.
    """
    (upper, lower), (left, width) = rows, gap
    right, steps = bool(rng.random() < 0.5), lower - upper
    foot = left + width - steps if right else left + steps - 1
    flight(painting, lower - 1, foot, steps, right)


def climb(painting: Painting, rng: Generator) -> None:
    """Lays a short stair from the ground to a one-way platform, where there is room for it."""
    right, steps = bool(rng.random() < 0.5), int(rng.integers(3, 6))
    way = 1 if right else -1
    for column in rng.permutation(CELLS)[:_CLIMBS].tolist():
        walkable = np.nonzero(painting.roles[:, column] == Role.GROUND_TOP)[0]
        foot = int(walkable[-1]) - 1 if len(walkable) else 0
        if all(painting.free(foot - i, column + way * i) for i in range(steps)):
            flight(painting, foot, column, steps, right)
            head, width = column + way * steps, int(rng.integers(2, 5))
            thin(painting, foot - steps + 1, head if right else head - width + 1, width)
            return


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
            stops = (r for r in range(top + 2, CELLS) if FOLD[painting.roles[r, column]] > Role.COLUMN)
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
