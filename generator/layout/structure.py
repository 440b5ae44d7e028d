"""A stage's structure, out of integers: what is solid, what kills, where things stand. No dream changes it.

A stage has a plan (`plan`). Every room of it is drawn (`rooms`); all are set into one grid, with the doors,
locks and keys that join them and what lives there (`life`). `proof` judges it, and `stages` repairs what the
proof finds.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from ..constraints import HARDEST, Constraints
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
from .canvas import FLOOR_ROW, Canvas, Prop, floor_of
from .leaving_out import drawn_as, leave_out
from .life import decorate, ground_row, hang_up, let_in, populate
from .plan import MOST_SCREENS, Join, Plan, endless_plan, make_plan, own_plan
from .rooms import FRAME, draw_plain, draw_room

START_COLUMN = 3
"""Column where the hero stands at first."""
STREAM_OF_MODE = {"castle": 1, "endless": 2}
"""The modes that are laid out, each with the number that its random streams start from."""
SLOWLY_HARDER = ("endless", "dream")
"""Modes in which some stages in a row are equally hard."""
HARDER_EACH_DIFFICULTY = 2
"""Hardness that each difficulty beyond the first adds."""
EQUAL_ROOMS = 4
"""Rooms in a row of the castle without end that are equally hard."""
DOOR_FROM_RIGHT = 3
"""Columns from the right of the door in each of its rooms."""
NO_EXIT = -1, -1
PLAIN = -1
"""A roll of a room: its template, which cannot fail."""
_PLAN_STREAM, _ROOM_STREAM, _LIFE_STREAM, _FOES_STREAM = range(4)


@dataclass(frozen=True, eq=False)
class Structure:
    """A stage before it is dressed. It is a `Place`, so it can be walked in and proven."""

    plan: Plan
    roles: NDArray[np.uint8]
    """[H, W] `Role`, read-only; solid outside the rooms."""
    rooms: tuple[tuple[int, int, int, int], ...]
    """x, y, width, height, tiles; in the plan's order."""
    parts: tuple[tuple[int, int, int, int], ...]
    """What the plan's rooms became, in its order: the rooms, or the parts of a strip's one room."""
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
        """Whether each room is under the sky."""
        return tuple(room.outdoors for room in self.plan.rooms)


def hardness(mode: str, stage: int, difficulty: int) -> int:
    """How hard a stage is, 0 (the gentlest) to HARDEST: rooms get more gaps, smaller landings and more
    enemies.

    How wide a gap is does not depend on it: a clumsy hero must clear each of them.
    """
    later = (stage - 1) // EQUAL_ROOMS if mode in SLOWLY_HARDER else stage - 1
    return min(max(later + HARDER_EACH_DIFFICULTY * (difficulty - 1), 0), HARDEST)


def stage_plan(  # noqa: PLR0917 - as lay_out
    seed: int,
    mode: str,
    difficulty: int,
    stage: int,
    attempt: int = 0,
    constraints: Constraints | None = None,
) -> Plan:
    """The plan of these integers. Raises ValueError for a mode that does not exist; ConstraintError where no
    plan keeps to the constraints."""
    if mode not in STREAM_OF_MODE:
        raise ValueError(f"there is no mode {mode!r}, only {', '.join(STREAM_OF_MODE)}")
    rng = Pcg32(mix(LEVEL_VERSION, seed, STREAM_OF_MODE[mode], difficulty, stage, attempt, _PLAN_STREAM))
    if mode == "endless":
        return endless_plan(rng, stage)
    hard = _hard(mode, stage, difficulty, constraints)
    if constraints is None:
        return make_plan(rng, stage, hard)
    if constraints.rooms:
        return own_plan(rng, stage, constraints.rooms, constraints.most_screens)
    plan = make_plan(rng, stage, hard, min(constraints.most_screens or MOST_SCREENS, MOST_SCREENS))
    return plan.open(locks=not constraints.locks, walls=not constraints.breakable)


def _hard(mode: str, stage: int, difficulty: int, constraints: Constraints | None) -> int:
    """How hard a stage is, by its integers or by the curve that a game maker drew."""
    own = None if constraints is None else constraints.hard_in(stage)
    return hardness(mode, stage, difficulty) if own is None else own


def lay_out(  # noqa: PLR0917 - the integers that a stage is a function of
    seed: int,
    mode: str = "castle",
    difficulty: int = 1,
    stage: int = 1,
    attempt: int = 0,
    rolls: Mapping[int, int] | None = None,
    jumps: Jumps | None = None,
    constraints: Constraints | None = None,
) -> Structure:
    """The structure of these integers, the same on every machine.

    rolls: which drawing a room has, by its number; 0 where none is given, PLAIN for its template. A drawing
        depends on the room's number, kind and roll, not on its neighbours' rolls. jumps: what can be jumped,
        by default with the NES's motion; it bounds the gaps. constraints: what else it keeps to.
    Raises ConstraintError where no plan keeps to them.
    """
    plan = stage_plan(seed, mode, difficulty, stage, attempt, constraints)
    hard = _hard(mode, stage, difficulty, constraints)
    stream = LEVEL_VERSION, seed, STREAM_OF_MODE[mode], difficulty, stage, attempt
    drawn = []
    for number, room in enumerate(plan.rooms):
        roll = (rolls or {}).get(number, 0)
        rng = Pcg32(mix(*stream, _ROOM_STREAM, number, roll))
        draw = draw_plain if roll == PLAIN else draw_room
        kind = drawn_as(room.kind, constraints)
        drawn.append(draw(rng, kind, (room.w, room.h), plan.openings(number), hard, jumps))
        leave_out(drawn[-1], constraints)
    life, foes = Pcg32(mix(*stream, _LIFE_STREAM)), Pcg32(mix(*stream, _FOES_STREAM))
    return assemble(plan, drawn, life, foes, stage, constraints)


def assemble(  # noqa: PLR0917 - what a stage is put together of
    plan: Plan,
    drawn: list[Canvas],
    life: Pcg32,
    foes: Pcg32,
    stage: int = 1,
    constraints: Constraints | None = None,
) -> Structure:
    """Sets drawn rooms, one for each room of the plan, into one grid, and fills them with life.

    life: places candles and set pieces; foes: enemies. So who lives somewhere changes nothing else. stage:
        says which boss it has. constraints: may name others who live here. Where no room has the door out, it
        is in the last one.
    """
    width = max(room.x + room.w for room in plan.rooms) * SCREEN_COLUMNS
    height = max(room.y + room.h for room in plan.rooms) * SCREEN_ROWS
    roles = np.full((height, width), Role.GROUND_FILL, np.uint8)
    rooms = tuple(
        (room.x * SCREEN_COLUMNS, room.y * SCREEN_ROWS, room.w * SCREEN_COLUMNS, room.h * SCREEN_ROWS)
        for room in plan.rooms
    )
    props: list[Prop] = []
    spawns: list[Spawn] = []
    mechanisms = _joined(plan.joins, rooms)
    key_bit = next((m.key_bit for m in mechanisms if isinstance(m, Lock)), 0)
    exit_cell = NO_EXIT
    for number, (canvas, (x, y, w, h)) in enumerate(zip(drawn, rooms, strict=True)):
        decorate(canvas, life)
        props += [prop._replace(column=prop.column + x, row=prop.row + y) for prop in hang_up(canvas)]
        if number == len(drawn) - 1 and exit_cell == NO_EXIT and canvas.door is None:
            canvas.door = _door(canvas, plan.openings(number))
        if canvas.door is not None:
            column, row = canvas.door
            canvas.grid[row - 1 : row + 1, column] = Role.DOOR
            exit_cell = column + x, row + y
        _top_out(canvas.grid)
        roles[y : y + h, x : x + w] = canvas.grid
        mechanisms += [_moved(m, number, x, y) for m in canvas.mechanisms]
        for spawn in populate(canvas, foes, plan.rooms[number].kind, stage, constraints, first=number == 0):
            spawns.append(spawn._replace(x_px=spawn.x_px + x * TILE, y_px=spawn.y_px + y * TILE))
        for kind, column, row in canvas.rewards:
            x_px, y_px = (x + column) * TILE + TILE // 2, (y + row + 1) * TILE
            if kind == "key" and key_bit:
                mechanisms.append(Key(number, x_px, y_px, key_bit))
            else:
                spawns.append(Spawn("treasure" if kind == "key" else kind, x_px, y_px))
    for m in mechanisms:
        if isinstance(m, BreakableWall):
            roles[m.row : m.row + m.h, m.column : m.column + m.w] = Role.BREAKABLE
    x, y, _, h = rooms[0]
    floor = ground_row(drawn[0], START_COLUMN, h - SCREEN_ROWS + FLOOR_ROW)
    start = (x + START_COLUMN) * TILE + TILE // 2, (y + floor) * TILE
    roles.setflags(write=False)
    let_in(spawns, constraints)
    spawns.sort(key=lambda spawn: (spawn.x_px, spawn.y_px, spawn.kind))
    return Structure(
        plan, roles, rooms, rooms, tuple(mechanisms), tuple(spawns), start, exit_cell, tuple(props)
    )


def _door(canvas: Canvas, openings: tuple[tuple[int, int], ...]) -> tuple[int, int]:
    """Where the door out is in a room that has none of its own: at the right, or where one comes in there, at
    the left; in a tall room at the other end."""
    from_right = {side for side, _ in openings} == {1}
    from_top = canvas.rows > SCREEN_ROWS and 0 in {screen for _, screen in openings}
    column = DOOR_FROM_RIGHT - 1 if from_right else canvas.x - DOOR_FROM_RIGHT
    return column, floor_of(canvas.rows // SCREEN_ROWS - 1 if from_top else 0) - 1


def _joined(joins: tuple[Join, ...], rooms: tuple[tuple[int, int, int, int], ...]) -> list[Mechanism]:
    """Both sides of every way between rooms, with its lock or its wall."""
    mechanisms: list[Mechanism] = []
    locks, bit = 0, 1
    for join in joins:
        lock = -1
        row = floor_of(join.y) - 1
        if join.locked:
            mechanisms.append(Lock(bit, bit + 1))
            lock, locks, bit = locks, locks + 1, bit + 2
        mechanisms.append(Passage(join.room, join.side, row, join.to_room, lock))
        mechanisms.append(Passage(join.to_room, -join.side, row, join.room, lock))
        if join.secret:
            x, _, w, _ = rooms[join.room]
            column, top = x + w - FRAME if join.side > 0 else x, row - OPENING_ROWS + 1
            mechanisms.append(BreakableWall(join.room, column, top, FRAME, OPENING_ROWS, bit))
            bit += 1
    return mechanisms


def _moved(m: Mechanism, room: int, x: int, y: int) -> Mechanism:
    """A mechanism of a canvas as one of a room at these tiles."""
    if isinstance(m, MovingPlatform):
        return m._replace(room=room, x_px=m.x_px + x * TILE, y_px=m.y_px + y * TILE)
    assert isinstance(m, CollapsingFloor)
    return m._replace(room=room, column=m.column + x, row=m.row + y)


def _top_out(grid: NDArray[np.uint8]) -> None:
    """Makes solid cells with something open above them GROUND_TOP, all others GROUND_FILL."""
    solid = np.isin(grid, [int(role) for role in SOLID])
    open_above = np.zeros_like(solid)
    open_above[1:] = ~solid[:-1]
    grid[solid] = Role.GROUND_FILL
    grid[solid & open_above] = Role.GROUND_TOP
