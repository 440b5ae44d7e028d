"""A stage's structure out of integers: what is solid, what kills, where things stand. Dreams have no say.

A stage is a few zones, outdoors and indoors in turn, each a sequence of sections; tension rises and is let
go. The drawing may not work out (None: try the next attempt), and `proof.py` has the last word.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from .canvas import LOWEST_GROUND, ROOF_ROW, Canvas, Prop
from .level import LEVEL_ROWS, LEVEL_VERSION, SCREEN_COLUMNS, Spawn
from .mechanisms import Interior, interiors
from .rng import Pcg32, mix
from .roles import SOLID, TILE, Role
from .sections import INDOORS, KINDS, OUTDOORS, PLAIN, ending, gate
from .terrain import Terrain

LAST_ATTEMPT = 12
"""From this attempt on a stage is laid out of plain sections, which cannot fail."""
LEAST_SCREENS = 12
MOST_SCREENS = 20
"""Width of a stage, screens (DESIGN)."""
CALM_COLUMNS = 3
"""Nothing dangerous and no prop this close to the entrance, tiles."""
FIRST_ZOMBIE_COLUMN = 10
"""8 tiles from where the hero stands, tiles."""
FIRST_BAT_COLUMN = 18
"""The first thing that flies comes after the first screen."""
FIRST_CANDLE_COLUMN = 6
CANDLE_COLUMNS = 8
"""No more columns than this without a candle, where there is ground to hang one over: two a screen."""
ENTRANCE_COLUMN = 2
RHYTHM = (1, 2, 0, 1, 2, 1, 0, 2)
"""The tension of section after section: 0 rest, 1 to climb, 2 to die of. A stage starts anywhere in it."""
HARD_RHYTHM = (2, 1, 2, 0, 2, 2, 1, 0)
HARD_RHYTHM_FROM = 3
MODES = {"castle": 1}
"""Ways to lay out, each with the number that its random stream starts from."""

_ROLE_OF_WISH = {"window": Role.WINDOW, "column": Role.COLUMN, "tree": Role.BUSH, "bush": Role.BUSH}


class Section(NamedTuple):
    """One idea of a stage: which, from which column on, how many columns, and whether under the sky."""

    kind: str
    column: int
    width: int
    outdoors: bool


@dataclass(frozen=True, eq=False)
class Structure:
    """A stage before it is dressed. It is a `Place`, so it can be walked in and proven."""

    roles: NDArray[np.uint8]
    """[15, W] `Role`, read-only."""
    sections: tuple[Section, ...]
    spawns: tuple[Spawn, ...]
    start: tuple[int, int]
    """The feet, px."""
    exit: tuple[int, int]
    """Column and row of the lower tile of the door."""
    props: tuple[Prop, ...]
    """Set pieces; the role grid says WINDOW, COLUMN or BUSH there."""

    @cached_property
    def terrain(self) -> Terrain:
        """What is solid, the whole stage as one room."""
        return Terrain.from_roles(self.roles)

    @cached_property
    def interiors(self) -> tuple[Interior, ...]:
        """What `motion.step` reads."""
        height, width = self.roles.shape
        return interiors(self.roles, ((0, 0, width, height),), (), self.exit)


def lay_out(
    seed: int, mode: str = "castle", difficulty: int = 1, stage: int = 1, attempt: int = 0
) -> Structure | None:
    """The structure of these integers, the same on every machine; None where this attempt does not work out.

    Raises ValueError for a mode that does not exist.
    """
    if mode not in MODES:
        raise ValueError(f"there is no mode {mode!r}, only {', '.join(MODES)}")
    rng = Pcg32(mix(LEVEL_VERSION, seed, MODES[mode], difficulty, stage, attempt))
    plain = attempt >= LAST_ATTEMPT
    hard = min(max(stage - 1 + 2 * (difficulty - 1), 0), 6)
    target = (LEAST_SCREENS + rng.below(3) + min(hard, 4) // 2) * SCREEN_COLUMNS
    outdoors = rng.chance(1, 2) if stage > 1 else True
    columns = (MOST_SCREENS + 4) * SCREEN_COLUMNS
    canvas = Canvas(rng, columns, rng.between(10, 12), outdoors=outdoors, hard=hard)
    sections: list[Section] = []

    canvas.flat(CALM_COLUMNS + 3)
    start = (ENTRANCE_COLUMN * TILE + TILE // 2, canvas.ground * TILE)
    if not outdoors:
        canvas.block(0, 0, 1, LEVEL_ROWS)
    zone_end = canvas.x + rng.between(3, 4) * SCREEN_COLUMNS
    recent: list[str] = []
    rhythm = RHYTHM if hard < HARD_RHYTHM_FROM else HARD_RHYTHM
    beat = rng.below(len(rhythm))
    while canvas.x < target - SCREEN_COLUMNS:
        if canvas.x >= zone_end:
            before = canvas.x
            gate(canvas, outdoors=not canvas.outdoors)
            sections.append(Section("gate", before, canvas.x - before, canvas.outdoors))
            screens = rng.between(2, 3) if canvas.outdoors else rng.between(4, 6)
            zone_end = canvas.x + screens * SCREEN_COLUMNS
        wanted = rhythm[(beat + len(sections)) % len(rhythm)] if recent else 0
        kind = _next_kind(canvas, recent, wanted, plain=plain)
        before = canvas.x
        if not canvas.outdoors and sections and sections[-1].kind != "gate":
            canvas.roof = ROOF_ROW + (rng.below(3) if canvas.ground >= LOWEST_GROUND - 1 else 0)
        KINDS[kind].draw(canvas)
        if canvas.x - before >= SCREEN_COLUMNS:
            middle = (before + canvas.x) // 2
            canvas.bat(middle, _ground_row(canvas.grid[:, middle]) % LEVEL_ROWS - 4)
        sections.append(Section(kind, before, canvas.x - before, canvas.outdoors))
        recent = [*recent[-3:], kind]
    if canvas.outdoors:
        before = canvas.x
        gate(canvas, outdoors=False)
        sections.append(Section("gate", before, canvas.x - before, False))
    before = canvas.x
    width = -(-(canvas.x + 10) // SCREEN_COLUMNS) * SCREEN_COLUMNS
    if width > MOST_SCREENS * SCREEN_COLUMNS:
        return None
    door = ending(canvas, width - canvas.x)
    sections.append(Section("door", before, width - before, False))

    _decorate(canvas, width)
    props = _hang_up(canvas)
    grid = canvas.grid[:, :width].copy()
    column, row = door
    grid[row - 1 : row + 1, column] = Role.DOOR
    _top_out(grid)
    spawns = _populate(canvas, grid, hard)
    grid.setflags(write=False)
    return Structure(grid, tuple(sections), spawns, start, door, props)


def _next_kind(canvas: Canvas, recent: list[str], wanted: int, *, plain: bool) -> str:
    """What comes next: of the wanted tension if possible, nothing that was seen lately."""
    where = OUTDOORS if canvas.outdoors else INDOORS
    names, weights = [], []
    for name, kind in KINDS.items():
        if not kind.where & where or (plain and name not in PLAIN):
            continue
        weight = (24, 3, 0)[abs(kind.tension - wanted)]
        if name in recent:
            weight = 0 if name == recent[-1] else weight // 8
        if name == "fall":
            weight = weight * max(LOWEST_GROUND - 1 - canvas.ground, 0) // 2
        if name == "rise" and canvas.ground <= canvas.highest + 1:
            weight = 0
        names.append(name)
        weights.append(weight)
    if not sum(weights):
        weights = [1] * len(names)
    return names[canvas.rng.weighted(weights)]


def _decorate(canvas: Canvas, width: int) -> None:
    """Wishes for the walls and the open ground that sections left bare, after their own wishes."""
    rng = canvas.rng
    column = CALM_COLUMNS + 1 + rng.below(4)
    while column < width - 8:
        if canvas.sky[column]:
            size = rng.between(2, 4)
            ground = _ground_row(canvas.grid[:, column])
            canvas.wish("tree", column, ground - size, max(size - 1, 2), size)
            canvas.wish("bush", column - 1, ground - 1, rng.between(1, 2), 1)
            column += rng.between(5, 11)
        else:
            # High up, so that it looks in over whatever happens below; not in the walls of a gate.
            roof = canvas.roof_at(column)
            if roof <= ROOF_ROW + 3:
                canvas.wish("window", column, roof + 2, 2, rng.between(2, 3))
            column += rng.between(5, 8)
    column = FIRST_CANDLE_COLUMN
    while column < width - 5:
        near = [True for at, _ in canvas.candles if abs(at - column) < CANDLE_COLUMNS]
        row = _ground_row(canvas.grid[:, column]) - (3 if rng.chance(1, 4) else 2)
        if not near and row + 3 < LEVEL_ROWS:
            canvas.candle(column, row)
        column += 1


def _hang_up(canvas: Canvas) -> tuple[Prop, ...]:
    """Hangs up the set pieces that find room, and tells the role grid. Bushes are tiles, no set pieces."""
    props = []
    for wish in canvas.wishes:
        kind, column, row, w, h = wish
        if column < CALM_COLUMNS or row < 2 or not canvas.free(column, row, w, h):
            continue
        if kind == "window":  # in a wall, with a margin
            fits = not canvas.outdoors_at(column, w) and canvas.free(column - 1, row - 1, w + 2, h + 2)
        else:
            fits = canvas.stands(column, row + h, w)
            if kind != "column":
                fits = fits and canvas.outdoors_at(column, w)
        if fits:
            canvas.grid[row : row + h, column : column + w] = _ROLE_OF_WISH[kind]
            if kind != "bush":
                props.append(wish)
    return tuple(props)


def _top_out(grid: NDArray[np.uint8]) -> None:
    """Solid cells with something open above them become GROUND_TOP."""
    solid = np.isin(grid, [int(role) for role in SOLID])
    open_above = np.zeros_like(solid)
    open_above[1:] = ~solid[:-1]
    grid[solid] = Role.GROUND_FILL
    grid[solid & open_above] = Role.GROUND_TOP


def _populate(canvas: Canvas, grid: NDArray[np.uint8], hard: int) -> tuple[Spawn, ...]:
    """Candles where the sections put them, zombies on quiet ground, bats in the air; from left to right."""
    rng = canvas.rng
    width = grid.shape[1]
    spawns = [
        Spawn("candle", column * TILE + TILE // 2, (row + 1) * TILE)
        for column, row in canvas.candles
        if column < width and grid[row, column] == Role.CANDLE
    ]
    guarded = np.zeros(width, bool)
    for begin, end in canvas.guarded:
        guarded[begin:end] = True
    tops: NDArray[np.int64] = np.array([_ground_row(grid[:, column]) for column in range(width)])
    column = FIRST_ZOMBIE_COLUMN
    least = 14 - min(hard, 5)
    while column < width - 6:
        run = slice(column - 2, column + 3)
        if not guarded[run].any() and (tops[run] == tops[column]).all() and tops[column] < LEVEL_ROWS:
            spawns.append(Spawn("zombie", column * TILE + TILE // 2, int(tops[column]) * TILE))
            column += least + rng.below(8)
        else:
            column += 1
    last_bat = 0
    for column, row in sorted(canvas.bats):
        fits = max(FIRST_BAT_COLUMN, last_bat + 12) <= column < width - 4 and canvas.free(column, row, 1, 1)
        if fits and rng.chance(3 + min(hard, 3), 6):
            spawns.append(Spawn("bat", column * TILE + TILE // 2, (row + 1) * TILE))
            last_bat = column
    return tuple(sorted(spawns, key=lambda spawn: (spawn.x_px, spawn.y_px, spawn.kind)))


def _ground_row(cells: NDArray[np.uint8]) -> int:
    """Row of the ground's top in a column, LEVEL_ROWS where there is none to stand on."""
    row = LEVEL_ROWS
    while row > 0 and cells[row - 1] in (Role.GROUND_TOP, Role.GROUND_FILL):
        row -= 1
    return row if row > 2 and cells[row - 1] not in (Role.SPIKES, Role.WATER) else LEVEL_ROWS


SYMBOLS = ". |I##=B/\\~^&*D??"
"""One character a role, in the order of `Role`."""


def to_ascii(structure: Structure) -> str:
    """The stage as text, one character a tile: @ start, z zombie, b bat; the rest is in SYMBOLS."""
    rows = [[SYMBOLS[int(role)] for role in row] for row in structure.roles]
    for spawn in structure.spawns:
        if spawn.kind != "candle":
            rows[spawn.y_px // TILE - 1][spawn.x_px // TILE] = spawn.kind[0]
    rows[structure.start[1] // TILE - 1][structure.start[0] // TILE] = "@"
    return "\n".join("".join(row) for row in rows)


def main(arguments: list[str] | None = None) -> int:
    """Prints stages for a human eye."""
    parser = argparse.ArgumentParser(prog="python -m generator.layout", description=main.__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--stage", type=int, default=1)
    parser.add_argument("--difficulty", type=int, default=1)
    parser.add_argument("--attempt", type=int, default=0)
    options = parser.parse_args(arguments)
    structure = lay_out(options.seed, "castle", options.difficulty, options.stage, options.attempt)
    if structure is None:
        print("this attempt does not work out; try --attempt 1")
        return 1
    text = to_ascii(structure).splitlines()
    for begin in range(0, structure.roles.shape[1], 128):
        ruler = "".join(f"{column:<16}" for column in range(begin, min(begin + 128, len(text[0])), 16))
        print("\n".join([ruler, *(line[begin : begin + 128] for line in text), ""]))
    print(" ".join(f"{s.kind}@{s.column}" for s in structure.sections))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
