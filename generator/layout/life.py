"""Life in rooms: enemies, candles and set pieces, which come after a room is drawn."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from ..constraints import Constraints
from ..level import SCREEN_COLUMNS, SCREEN_ROWS, Spawn
from ..nes.roles import SOLID, TILE, Role
from ..rng import Pcg32
from .canvas import FLOOR_ROW, ROOF_ROW, Canvas, Prop, floor_of

CALM = frozenset({"treasury", "vestibule", "arena"})
"""Kinds of rooms without enemies."""
CALM_COLUMNS = 4
"""Columns next to a door where nobody lives: a hero who comes in is not within 3 tiles of anyone."""
FIRST_COLUMN = 10
"""Column of the first enemy of a stage: 8 tiles from where the hero stands at first."""
APART_COLUMNS, MORE_COLUMNS = (7, 6, 6, 5, 5, 4, 4), 4
"""Columns from one who walks to the next, at least, by hardness; chance adds up to MORE_COLUMNS - 1."""
FLYER_COLUMNS = 8
"""Columns from one who flies to the next, at least."""
FEWEST_OF_TEN, FEWEST_FISH_OF_TEN = 8, 4
"""Enemies of ten, and fish men of ten, that would find room which are there where it is gentlest; one more
with every hardness."""
OVER_PITS_FROM = 3
"""The hardness from which who flies may do so over pits: a blow there is a death. (ours)"""
NO_FISH = frozenset({"planks", "machinery", "pillars"})
"""Kinds of rooms whose water is for falling into: who must hurry over it, or wait, cannot fight there."""
WATER_COLUMNS = 4
"""Columns of water in which a fish man waits, at least."""
FROM_HARDNESS = {
    "skeleton": 1, "spear_knight": 1, "medusa_head": 1, "fish_man": 1, "flea_man": 2, "ghost": 3,
}  # fmt: skip
"""The hardness from which a kind is met, 0 for the others. (ours)"""
WHO: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "courtyard": (("zombie", "raven", "flea_man"), ("bat", "ghost")),
    "graveyard": (("zombie", "raven", "skeleton"), ("bat", "ghost")),
    "rampart": (("raven", "skeleton", "spear_knight"), ("bat", "medusa_head")),
    "corridor": (("zombie", "spear_knight"), ("bat", "medusa_head")),
    "colonnade": (("zombie", "spear_knight", "skeleton"), ("bat", "ghost")),
    "ledges": (("zombie", "skeleton"), ("bat", "medusa_head")),
    "storeys": (("zombie", "skeleton"), ("bat", "ghost")),
    "cave": (("slime", "flea_man"), ("bat", "ghost")),
    "bridge": (("zombie", "spear_knight"), ("bat", "medusa_head")),
    "planks": (("slime", "zombie"), ("bat", "medusa_head")),
    "machinery": (("slime", "flea_man", "skeleton"), ("bat", "medusa_head")),
    "gauntlet": (("zombie", "slime"), ("bat", "medusa_head")),
    "pillars": (("raven", "skeleton"), ("bat", "medusa_head")),
    "stairwell": (("zombie", "spear_knight"), ("bat", "medusa_head")),
    "tower": (("zombie", "skeleton"), ("bat", "medusa_head")),
    "hall": (("zombie", "spear_knight", "skeleton"), ("bat", "ghost")),
    "shaft": (("slime", "zombie"), ("bat", "ghost")),
    "chapel": (("zombie",), ("bat", "ghost")),
}
"""Who lives in a kind of room: on the ground, and in the air. (ours)"""
BOSSES = "great_bat", "armour", "great_bat", "armour", "great_bat", "shade"
"""Who waits in the arena of each stage. (ours)"""
ARMOUR_COLUMNS = 3
"""How far from the middle of an arena each suit of armour stands."""
BAT_COLUMNS = 7
"""Columns in an arena's middle where the great bat may hang."""
ANYBODY = ("zombie", "slime", "raven", "skeleton", "flea_man"), ("bat", "medusa_head", "ghost")
"""Who lives elsewhere."""
CANDLE_COLUMNS = 8
"""Columns without a candle, at most, where there is ground to hang one over: two a screen."""
HIGHEST_STEP = 6
"""Rows above the lowest up to which ground is looked for."""

_ROLE_OF_WISH = {"window": Role.WINDOW, "column": Role.COLUMN, "tree": Role.BUSH, "bush": Role.BUSH}
_GROUND = (Role.GROUND_TOP, Role.GROUND_FILL)
_SOLID = [int(role) for role in SOLID]


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


def populate(
    canvas: Canvas,
    rng: Pcg32,
    kind: str,
    stage: int,
    constraints: Constraints | None = None,
    *,
    first: bool,
) -> list[Spawn]:
    """The spawns of a room: candles where it has them, and enemies on quiet ground, in the air and in the
    water; nobody near a door. Their number grows with `canvas.hard`. Sections say where flyers may wait
    (`Canvas.bat`).

    kind: what the room is, one of `plan.ROOM_KINDS`. stage: says which boss waits in the arena. constraints:
        may name others who live here instead. first: the hero starts here.
    """
    own = constraints if constraints is not None and constraints.spawns else None
    spawns = [
        _spawn("candle", column, row)
        for column, row in canvas.candles
        if column < canvas.x and canvas.grid[row, column] == Role.CANDLE
    ]
    if kind == "arena" and own is None:
        spawns += _bosses(canvas, BOSSES[(stage - 1) % len(BOSSES)])
    if kind in CALM:
        return spawns
    walkers: Sequence[str]
    flyers: Sequence[str]
    walkers, flyers = who(kind, canvas.hard)
    swimmers: Sequence[str] = ("fish_man",) if canvas.hard >= FROM_HARDNESS["fish_man"] else ()
    if own is not None:
        walkers, flyers, swimmers = own.kinds_of("ground"), own.kinds_of("air"), own.kinds_of("water")
    there = min(FEWEST_OF_TEN + canvas.hard, 10), 10
    for column, row in _quiet(canvas, rng, first=first) if walkers else ():
        if rng.chance(*there):
            spawns.append(_spawn(rng.choice(walkers), column, row))
    flying: list[tuple[int, int]] = []
    for column, row in canvas.bats + _aloft(canvas) if flyers else ():
        fits = (SCREEN_COLUMNS if first else CALM_COLUMNS + 2) <= column < canvas.x - CALM_COLUMNS - 1
        alone = all(abs(column - c) >= FLYER_COLUMNS or abs(row - r) >= SCREEN_ROWS // 2 for c, r in flying)
        safe = canvas.hard >= OVER_PITS_FROM or all(
            ground_row(canvas, c, row // SCREEN_ROWS * SCREEN_ROWS + FLOOR_ROW)
            for c in (column - 2, column + 2)
        )
        if fits and alone and safe and canvas.free(column, row, 1, 1) and rng.chance(*there):
            spawns.append(_spawn(rng.choice(flyers), column, row))
            flying.append((column, row))
    if own is not None and swimmers:
        spawns += _fish(canvas, rng, swimmers, there)
    elif swimmers and kind not in NO_FISH:
        spawns += _fish(canvas, rng, swimmers, (FEWEST_FISH_OF_TEN + canvas.hard, 10))
    if flyers and all(spawn.kind == "candle" for spawn in spawns):
        spawns += _at_least_one(canvas, rng.choice(flyers), FIRST_COLUMN if first else CALM_COLUMNS + 1)
    return spawns


def let_in(spawns: list[Spawn], constraints: Constraints | None) -> None:
    """Gives each of a game maker's kinds of which there is none yet the place of another that needs the same
    and of which there are two, if there is one."""
    for kind in constraints.lacking(spawns) if constraints is not None else ():
        assert constraints is not None
        kin = constraints.kinds_of(constraints.spawns[kind])
        counts = {name: sum(spawn.kind == name for spawn in spawns) for name in kin}
        most = max(kin, key=lambda name: counts[name])
        if counts[most] > 1:
            at = max(n for n, spawn in enumerate(spawns) if spawn.kind == most)
            spawns[at] = spawns[at]._replace(kind=kind)


def _at_least_one(canvas: Canvas, flyer: str, begin: int) -> list[Spawn]:
    """Somebody who flies over the ground, as near to the room's middle as there is room for him; where all is
    water, a slime on a platform over it."""
    columns = sorted(range(begin, canvas.x - CALM_COLUMNS - 1), key=lambda column: abs(2 * column - canvas.x))
    for column in columns:
        for screen in range(canvas.rows // SCREEN_ROWS):
            row = ground_row(canvas, column, floor_of(screen)) - 4
            if row > screen * SCREEN_ROWS + ROOF_ROW and canvas.free(column, row, 1, 1):
                return [_spawn(flyer, column, row)]
    for column in columns:
        for row in np.flatnonzero(canvas.grid[:, column] == Role.PLATFORM).tolist():
            broad = (canvas.grid[row, column : column + 2] == Role.PLATFORM).all()
            if broad and canvas.free(column, row - 1, 1, 1):
                return [_spawn("slime", column, row - 1)]
    return []


def _bosses(canvas: Canvas, boss: str) -> list[Spawn]:
    """The great bat under the ceiling, where its wings have room, two suits of armour at the sides, or the
    shade in the middle."""
    middle = canvas.x // 2
    if boss == "great_bat":
        near = sorted(range(2, canvas.x - 2), key=lambda column: abs(column - middle))
        row, column = next(
            (row, column)
            for row in range(ROOF_ROW + 2, FLOOR_ROW)
            for column in near[:BAT_COLUMNS]
            if not np.isin(canvas.grid[row : row + 2, column - 1 : column + 2], _SOLID).any()
        )
        return [_spawn(boss, column, row)]
    columns = (middle - ARMOUR_COLUMNS, middle + ARMOUR_COLUMNS) if boss == "armour" else (middle,)
    return [_spawn(boss, column, FLOOR_ROW - 1) for column in columns]


def _aloft(canvas: Canvas) -> list[tuple[int, int]]:
    """Column and row of cells over level ground where somebody may fly: two a screen."""
    return [
        (column, ground - 4)
        for screen in range(canvas.rows // SCREEN_ROWS)
        for column in range(SCREEN_COLUMNS // 2, canvas.x, SCREEN_COLUMNS // 2)
        if (ground := ground_row(canvas, column, floor_of(screen))) and ground - 4 > screen * SCREEN_ROWS + 3
    ]


def who(kind: str, hard: int) -> tuple[list[str], list[str]]:
    """Who may live in a kind of room so hard: on the ground, in the air; never nobody."""
    walkers, flyers = (
        [name for name in names if FROM_HARDNESS.get(name, 0) <= hard] for names in WHO.get(kind, ANYBODY)
    )
    return walkers, flyers


def _quiet(canvas: Canvas, rng: Pcg32, *, first: bool) -> Iterator[tuple[int, int]]:
    """Column and row of cells on level ground where somebody may stand, far enough from one another."""
    for screen in range(canvas.rows // SCREEN_ROWS):
        bottom = floor_of(screen)
        tops = [ground_row(canvas, column, bottom) for column in range(canvas.x)]
        column = FIRST_COLUMN if first else CALM_COLUMNS + 1
        if canvas.rows > SCREEN_ROWS:
            column += rng.below(MORE_COLUMNS)
        while column < canvas.x - CALM_COLUMNS - 1:
            near = slice(column - 1, column + 2)
            uneven = not tops[column] or set(tops[near]) != {tops[column]}
            low = np.isin(canvas.grid[tops[column] - 2, near], _GROUND).any()
            if uneven or low or canvas.guarded[near].any():
                column += 1
                continue
            yield column, tops[column] - 1
            column += APART_COLUMNS[canvas.hard] + rng.below(MORE_COLUMNS)


def _fish(canvas: Canvas, rng: Pcg32, kinds: Sequence[str], odds: tuple[int, int]) -> list[Spawn]:
    """Those who live in water, one in the middle of some waters: of each with these odds."""
    spawns = []
    water = canvas.grid[:, : canvas.x] == Role.WATER
    surface = water.copy()
    surface[1:] &= ~water[:-1]
    for row in np.flatnonzero(surface.any(1)).tolist():
        edges = np.flatnonzero(np.diff(np.concatenate([[False], surface[row], [False]]).astype(np.int8)))
        for left, right in edges.reshape(-1, 2).tolist():
            middle = (left + right) // 2
            inside = CALM_COLUMNS < middle < canvas.x - CALM_COLUMNS - 1
            if right - left >= WATER_COLUMNS and inside and rng.chance(*odds):
                kind = kinds[0] if len(kinds) == 1 else rng.choice(kinds)
                spawns.append(_spawn(kind, middle, row))
    return spawns


def _spawn(kind: str, column: int, row: int) -> Spawn:
    """A spawn in the middle of a cell, its feet at the cell's bottom."""
    return Spawn(kind, column * TILE + TILE // 2, (row + 1) * TILE)


def ground_row(canvas: Canvas, column: int, bottom: int) -> int:
    """Row of the highest solid ground in one go above the lowest row of a screen's floor; 0 for none."""
    row = bottom + 1
    cells = canvas.grid[:, column].tolist()
    while row > bottom - HIGHEST_STEP and cells[row - 1] in _GROUND:
        row -= 1
    if row > bottom or row < 3 or cells[row - 1] in (Role.SPIKES, Role.WATER) or cells[row] not in _GROUND:
        return 0
    return row
