"""A stage's structure out of integers: what is solid, what kills, where things stand. Dreams have no say.

A plan (`plan`), every room of it drawn (`rooms`), all of them set into one grid, with the doors, locks and
keys that join them and those that live there. `proof` has the last word, `stages` repairs what it holds
against it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from ..level import LEVEL_VERSION, SCREEN_COLUMNS, SCREEN_ROWS, Spawn
from ..motion.interior import Interior, interiors
from ..motion.mechanisms import (
    OPENING_ROWS,
    BreakableWall,
    CollapsingFloor,
    Key,
    Lock,
    Mechanism,
    MovingPlatform,
    Passage,
)
from ..nes.roles import SOLID, TILE, Role
from ..proof.jumps import Jumps
from ..rng import Pcg32, mix
from .canvas import ROOF_ROW, Canvas, Prop
from .plan import Plan, endless_plan, make_plan
from .rooms import FLOOR_ROW, FRAME, draw_plain, draw_room

CALM_COLUMNS = 4
"""No one lives so close to a door, tiles: a hero who comes in is not within 3 of anyone."""
FIRST_ZOMBIE_COLUMN = 10
"""8 tiles from where the hero stands at first, tiles."""
CANDLE_COLUMNS = 8
"""No more columns than this without a candle, where there is ground to hang one over: two a screen."""
FEWEST_OF_TEN = 5
"""Of ten zombies that would find room, how many are there where it is gentlest."""
START_COLUMN = 3
STREAM_OF_MODE = {"castle": 1, "endless": 2}
"""Ways to lay out, each with the number that its random stream starts from."""
HARDEST = 6
"""Beyond it nothing grows harder."""
ROOMS_A_STEP = 4
"""After so many rooms the castle without end grows harder."""
DOOR_FROM_RIGHT = 3
"""Where its rooms have their door, columns from the right."""
PLAIN = -1
"""As the roll of a room: its template, which cannot fail."""

_ROLE_OF_WISH = {"window": Role.WINDOW, "column": Role.COLUMN, "tree": Role.BUSH, "bush": Role.BUSH}
_PLAN_STREAM, _ROOM_STREAM, _LIFE_STREAM = range(3)


@dataclass(frozen=True, eq=False)
class Structure:
    """A stage before it is dressed. It is a `Place`, so it can be walked in and proven."""

    plan: Plan
    roles: NDArray[np.uint8]
    """[H, W] `Role`, read-only; solid outside the rooms."""
    rooms: tuple[tuple[int, int, int, int], ...]
    """x, y, width, height, tiles; in the plan's order."""
    mechanisms: tuple[Mechanism, ...]
    spawns: tuple[Spawn, ...]
    start: tuple[int, int]
    """The feet, px."""
    exit: tuple[int, int]
    """Column and row of the lower tile of the door."""
    props: tuple[Prop, ...]
    """Set pieces; the role grid says WINDOW, COLUMN or BUSH there."""

    @cached_property
    def interiors(self) -> tuple[Interior, ...]:
        """What `motion.step` reads."""
        return interiors(self.roles, self.rooms, self.mechanisms, self.exit)

    @property
    def outdoors(self) -> tuple[bool, ...]:
        """Of each room, whether it is under the sky."""
        return tuple(room.outdoors for room in self.plan.rooms)


def hardness(mode: str, stage: int, difficulty: int) -> int:
    """0 = the gentlest, to HARDEST; rooms get more gaps, smaller landings and more that lives there. How wide
    a gap is does not depend on it: a clumsy hero must clear each of them."""
    steps = stage - 1 if mode == "castle" else (stage - 1) // ROOMS_A_STEP
    return min(max(steps + 2 * (difficulty - 1), 0), HARDEST)


def stage_plan(seed: int, mode: str, difficulty: int, stage: int, attempt: int = 0) -> Plan:
    """The plan of these integers. Raises ValueError for a mode that does not exist."""
    if mode not in STREAM_OF_MODE:
        raise ValueError(f"there is no mode {mode!r}, only {', '.join(STREAM_OF_MODE)}")
    stream = mix(LEVEL_VERSION, seed, STREAM_OF_MODE[mode], difficulty, stage, attempt, _PLAN_STREAM)
    if mode == "endless":
        return endless_plan(Pcg32(stream), stage)
    return make_plan(Pcg32(stream), stage, hardness(mode, stage, difficulty))


def lay_out(  # noqa: PLR0917 - the integers that a stage is a function of
    seed: int,
    mode: str = "castle",
    difficulty: int = 1,
    stage: int = 1,
    attempt: int = 0,
    rolls: Mapping[int, int] | None = None,
    jumps: Jumps | None = None,
) -> Structure:
    """The structure of these integers, the same on every machine.

    `rolls`: which drawing a room has, 0 where none is given; PLAIN is its template. A room's drawing depends
    on its number, its kind and its roll, not on its neighbours' rolls. `jumps`: what bounds its gaps, the
    NES's motion's without a word.
    """
    plan = stage_plan(seed, mode, difficulty, stage, attempt)
    hard = hardness(mode, stage, difficulty)
    drawn = []
    for number, room in enumerate(plan.rooms):
        roll = (rolls or {}).get(number, 0)
        stream = mix(
            LEVEL_VERSION, seed, STREAM_OF_MODE[mode], difficulty, stage, attempt, _ROOM_STREAM, number, roll
        )
        draw = draw_plain if roll == PLAIN else draw_room
        drawn.append(draw(Pcg32(stream), room.kind, (room.w, room.h), plan.openings(number), hard, jumps))
    life = Pcg32(mix(LEVEL_VERSION, seed, STREAM_OF_MODE[mode], difficulty, stage, attempt, _LIFE_STREAM))
    return assemble(plan, drawn, life, hard)


def assemble(plan: Plan, drawn: list[Canvas], life: Pcg32, hard: int) -> Structure:
    """Sets drawn rooms, one a room of the plan, into one grid and lets life in."""
    width = max(room.x + room.w for room in plan.rooms) * SCREEN_COLUMNS
    height = max(room.y + room.h for room in plan.rooms) * SCREEN_ROWS
    roles = np.full((height, width), Role.GROUND_FILL, np.uint8)
    rooms = tuple(
        (room.x * SCREEN_COLUMNS, room.y * SCREEN_ROWS, room.w * SCREEN_COLUMNS, room.h * SCREEN_ROWS)
        for room in plan.rooms
    )
    props: list[Prop] = []
    spawns: list[Spawn] = []
    mechanisms = _joins(plan, rooms)
    key_bit = next((m.key_bit for m in mechanisms if isinstance(m, Lock)), 0)
    exit_cell = (-1, -1)
    for number, (canvas, (x, y, w, h)) in enumerate(zip(drawn, rooms, strict=True)):
        sides = plan.openings(number)
        _decorate(canvas, life)
        props += [prop._replace(column=prop.column + x, row=prop.row + y) for prop in _hang_up(canvas, sides)]
        if len(drawn) == 1:  # a room of the castle without end
            canvas.door = canvas.x - DOOR_FROM_RIGHT, FLOOR_ROW - 1
        if canvas.door is not None:
            column, row = canvas.door
            canvas.grid[row - 1 : row + 1, column] = Role.DOOR
            exit_cell = column + x, row + y
        _top_out(canvas.grid)
        roles[y : y + h, x : x + w] = canvas.grid
        mechanisms += [_moved(m, number, x, y) for m in canvas.mechanisms]
        for spawn in _populate(canvas, life, hard, sides, first=number == 0, calm=_is_calm(plan, number)):
            spawns.append(spawn._replace(x_px=spawn.x_px + x * TILE, y_px=spawn.y_px + y * TILE))
        for kind, column, row in canvas.rewards:
            x_px, y_px = (x + column) * TILE + TILE // 2, (y + row + 1) * TILE
            if kind == "key":
                mechanisms.append(Key(number, x_px, y_px, key_bit))
            else:
                spawns.append(Spawn(kind, x_px, y_px))
    for m in mechanisms:
        if isinstance(m, BreakableWall):
            roles[m.row : m.row + m.h, m.column : m.column + m.w] = Role.BREAKABLE
    start = (
        rooms[0][0] * TILE + START_COLUMN * TILE + TILE // 2,
        (rooms[0][1] + rooms[0][3] - SCREEN_ROWS + FLOOR_ROW) * TILE,
    )
    roles.setflags(write=False)
    order = sorted(spawns, key=lambda spawn: (spawn.x_px, spawn.y_px, spawn.kind))
    return Structure(plan, roles, rooms, tuple(mechanisms), tuple(order), start, exit_cell, tuple(props))


def _joins(plan: Plan, rooms: tuple[tuple[int, int, int, int], ...]) -> list[Mechanism]:
    """Both sides of every way, its lock and its wall."""
    mechanisms: list[Mechanism] = []
    locks, bit = 0, 1
    for join in plan.joins:
        lock = -1
        row = join.y * SCREEN_ROWS + FLOOR_ROW - 1
        if join.locked:
            mechanisms.append(Lock(bit, bit + 1))
            lock, locks, bit = locks, locks + 1, bit + 2
        mechanisms.append(Passage(join.room, join.side, row, join.to_room, lock))
        mechanisms.append(Passage(join.to_room, -join.side, row, join.room, lock))
        if join.secret:
            x, _, w, _ = rooms[join.room]
            column = x + w - FRAME if join.side > 0 else x
            mechanisms.append(
                BreakableWall(join.room, column, row - OPENING_ROWS + 1, FRAME, OPENING_ROWS, bit)
            )
            bit += 1
    return mechanisms


def _moved(m: Mechanism, room: int, x: int, y: int) -> Mechanism:
    """A mechanism of a canvas, where its room lies."""
    if isinstance(m, MovingPlatform):
        return m._replace(room=room, x_px=m.x_px + x * TILE, y_px=m.y_px + y * TILE)
    assert isinstance(m, CollapsingFloor)
    return m._replace(room=room, column=m.column + x, row=m.row + y)


def _is_calm(plan: Plan, number: int) -> bool:
    return plan.rooms[number].kind in ("treasury", "vestibule", "arena")


def _decorate(canvas: Canvas, rng: Pcg32) -> None:
    """Wishes for the walls and the open ground that were left bare, after the room's own; candles where
    there is none for long."""
    screens = canvas.rows // SCREEN_ROWS
    for screen in range(screens):
        top, bottom = screen * SCREEN_ROWS, screen * SCREEN_ROWS + FLOOR_ROW
        column = 2 + rng.below(4)
        while column < canvas.x - 4:
            if canvas.outdoors:
                size = rng.between(2, 4)
                ground = _ground_row(canvas, column, bottom)
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
            near = [
                True
                for at, row in canvas.candles
                if abs(at - column) < CANDLE_COLUMNS and top <= row < top + SCREEN_ROWS
            ]
            row = _ground_row(canvas, column, bottom)
            if not near and top + 3 < row < bottom + 1:
                canvas.candle(column, row - (3 if rng.chance(1, 4) else 2))


def _hang_up(canvas: Canvas, openings: tuple[tuple[int, int], ...]) -> list[Prop]:
    """Hangs up the set pieces that find room, and tells the role grid. Bushes are tiles, no set pieces."""
    props = []
    for wish in canvas.wishes:
        kind, column, row, w, h = wish
        if row < 2 or not canvas.free(column, row, w, h) or not 2 <= column <= canvas.x - 2 - w:
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


def _top_out(grid: NDArray[np.uint8]) -> None:
    """Solid cells with something open above them become GROUND_TOP."""
    solid = np.isin(grid, [int(role) for role in SOLID])
    open_above = np.zeros_like(solid)
    open_above[1:] = ~solid[:-1]
    grid[solid] = Role.GROUND_FILL
    grid[solid & open_above] = Role.GROUND_TOP


def _populate(
    canvas: Canvas,
    rng: Pcg32,
    hard: int,
    openings: tuple[tuple[int, int], ...],
    *,
    first: bool,
    calm: bool,
) -> list[Spawn]:
    """Candles where the room has them, zombies on quiet ground, bats in the air; nobody near a door."""
    spawns = [
        Spawn("candle", column * TILE + TILE // 2, (row + 1) * TILE)
        for column, row in canvas.candles
        if column < canvas.x and canvas.grid[row, column] == Role.CANDLE
    ]
    if calm:
        return spawns
    guarded = np.zeros(canvas.x, bool)
    for begin, end in canvas.guarded:
        guarded[max(begin, 0) : end] = True
    apart = 12 - hard
    for screen in range(canvas.rows // SCREEN_ROWS):
        bottom = screen * SCREEN_ROWS + FLOOR_ROW
        tops = [_ground_row(canvas, column, bottom) for column in range(canvas.x)]
        column = FIRST_ZOMBIE_COLUMN if first else CALM_COLUMNS + 1
        if canvas.rows > SCREEN_ROWS:
            column += rng.below(6)
        while column < canvas.x - CALM_COLUMNS - 1:
            near = slice(column - 1, column + 2)
            if not tops[column] or set(tops[near]) != {tops[column]} or guarded[near].any():
                column += 1
                continue
            if rng.chance(min(FEWEST_OF_TEN + hard, 10), 10):
                spawns.append(Spawn("zombie", column * TILE + TILE // 2, tops[column] * TILE))
            column += apart + rng.below(6)
    if canvas.rows == SCREEN_ROWS and not first:
        middle = canvas.x // 2
        ground = _ground_row(canvas, middle, FLOOR_ROW)
        if ground and not any(abs(column - middle) < SCREEN_COLUMNS for column, _ in canvas.bats):
            canvas.bat(middle, ground - 4)
    last_bat = 0 if not first else SCREEN_COLUMNS
    for column, row in sorted(canvas.bats):
        fits = max(CALM_COLUMNS + 2, last_bat) <= column < canvas.x - CALM_COLUMNS - 1
        if fits and canvas.free(column, row, 1, 1) and rng.chance(3 + min(hard, 3), 6):
            spawns.append(Spawn("bat", column * TILE + TILE // 2, (row + 1) * TILE))
            last_bat = column + 12
    return spawns


def _ground_row(canvas: Canvas, column: int, bottom: int) -> int:
    """Row of the highest solid ground in one go above the lowest row of a screen's floor; 0 for none."""
    row = bottom + 1
    cells = canvas.grid[:, column]
    solid = (Role.GROUND_TOP, Role.GROUND_FILL)
    while row > bottom - 6 and cells[row - 1] in solid:
        row -= 1
    if row > bottom or row < 3 or cells[row - 1] in (Role.SPIKES, Role.WATER) or cells[row] not in solid:
        return 0
    return row


SYMBOLS = ". |I##=B/\\~^&*D??"
"""One character a role, in the order of `Role`."""


def to_ascii(structure: Structure) -> str:
    """The stage as text, one character a tile: @ start, z zombie, b bat, t treasure, r roast, k key,
    _ platform that moves; the rest is in SYMBOLS."""
    rows = [[SYMBOLS[int(role)] for role in row] for row in structure.roles]
    for spawn in structure.spawns:
        if spawn.kind != "candle":
            rows[spawn.y_px // TILE - 1][spawn.x_px // TILE] = spawn.kind[0]
    for m in structure.mechanisms:
        if isinstance(m, Key):
            rows[m.y_px // TILE - 1][m.x_px // TILE] = "k"
        if isinstance(m, MovingPlatform):
            for i in range(m.tiles):
                rows[m.y_px // TILE][m.x_px // TILE + i] = "_"
        if isinstance(m, CollapsingFloor):
            for i in range(m.tiles):
                rows[m.row][m.column + i] = "-"
    rows[structure.start[1] // TILE - 1][structure.start[0] // TILE] = "@"
    return "\n".join("".join(row) for row in rows)
