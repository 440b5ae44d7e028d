"""Every kind of room, drawn: its ways in are open over firm ground, its sides are closed elsewhere, and alone
between plain neighbours it is proven from either side."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from itertools import combinations

import numpy as np
import pytest

from generator.layout.canvas import FLOOR_ROW, Canvas
from generator.layout.plan import OUTDOORS, ROOM_KINDS, TALL, Join, Plan, PlannedRoom
from generator.layout.rooms import draw_plain, draw_room
from generator.layout.structure import Structure, assemble
from generator.motion import NES_MOTION
from generator.motion.mechanisms import OPENING_ROWS, CollapsingFloor, MovingPlatform
from generator.nes.roles import BASE, DEADLY, SOLID, Role
from generator.proof import prove, replay
from generator.rng import Pcg32
from tests.drawn.effort import examples

SEEDS = range(4)
HARD = (0, 3, 6)
ENDS = ("treasury", "chapel", "vestibule")
"""Kinds with one way in."""
Sides = tuple[tuple[int, int], ...]


def sides_of(kind: str, size: tuple[int, int]) -> list[Sides]:
    """All sets of ways in that a plan can give a room of this kind."""
    if kind in ENDS:
        return [((-1, 0),), ((1, 0),)]
    if kind in OUTDOORS:
        return [((1, 0),)]  # one starts there
    every = [(side, row) for side in (-1, 1) for row in range(size[1])]
    if kind in TALL:
        return [sides for n in range(2, len(every) + 1) for sides in combinations(every, n)]
    return [tuple(every)]


CASES = [
    (kind, size, sides)
    for kind, (sizes, *_) in ROOM_KINDS.items()
    for size in sizes
    for sides in sides_of(kind, size)
]
PROVEN = [case for case in CASES if len(case[2]) <= 2 or len(case[2]) == 2 * case[1][1]]
"""Of those with many doors only the ones with all of them: a branch at a door takes nothing away."""


def solid(cells: np.ndarray) -> np.ndarray:
    return np.isin(cells, [int(role) for role in SOLID])


@pytest.mark.parametrize(("kind", "size", "sides"), CASES)
@pytest.mark.parametrize("draw", [draw_room, draw_plain])
def test_ways_in_are_open_and_walls_closed(
    kind: str, size: tuple[int, int], sides: Sides, draw: Callable[..., Canvas]
) -> None:
    for seed in SEEDS:
        canvas = draw(Pcg32(seed), kind, size, sides, HARD[seed % 3])
        rows, columns = canvas.grid.shape
        assert (rows, columns, canvas.x) == (15 * size[1], 16 * size[0], 16 * size[0])
        for side, edge, inside in ((-1, 0, 1), (1, columns - 1, columns - 2)):
            closed = np.ones(rows, bool)
            for screen in range(size[1]):
                floor = 15 * screen + FLOOR_ROW
                if (side, screen) in sides:
                    closed[floor - OPENING_ROWS : floor] = False
                    assert not solid(canvas.grid[floor - OPENING_ROWS : floor, [edge, inside]]).any()
                    carries = solid(canvas.grid[floor, [edge, inside]]) | (
                        canvas.grid[floor, [edge, inside]] == Role.PLATFORM
                    )
                    assert carries.all(), "a floor to come in on"
            assert solid(canvas.grid[closed, edge]).all()
        assert (canvas.grid[0] == Role.SKY).any() if canvas.outdoors else solid(canvas.grid[0]).all()
        assert set(np.unique(canvas.grid)) <= set(BASE)
        for m in canvas.mechanisms:
            assert isinstance(m, CollapsingFloor | MovingPlatform)


@pytest.mark.parametrize("kind", ROOM_KINDS)
def test_equal_rolls_give_equal_rooms_and_others_do_not(kind: str) -> None:
    size = ROOM_KINDS[kind].sizes[-1]
    sides = sides_of(kind, size)[0]
    rooms = [draw_room(Pcg32(seed), kind, size, sides, 3) for seed in (*range(12), 0)]
    assert np.array_equal(rooms[0].grid, rooms[-1].grid)
    assert (rooms[0].candles, rooms[0].wishes) == (rooms[-1].candles, rooms[-1].wishes)
    if kind not in (
        "arena",
        "vestibule",
        "shaft",
        "treasury",
    ):  # of these the others differ in who lives there
        assert len({room.grid.tobytes() for room in rooms}) > 1


@pytest.mark.parametrize("kind", [kind for kind in ROOM_KINDS if kind not in (*TALL, *ENDS, "arena")])
def test_the_template_of_a_strip_is_level_ground(kind: str) -> None:
    for size in ROOM_KINDS[kind].sizes:
        canvas = draw_plain(Pcg32(1), kind, size, sides_of(kind, size)[0], 6)
        assert solid(canvas.grid[FLOOR_ROW]).all()
        assert not solid(canvas.grid[FLOOR_ROW - OPENING_ROWS : FLOOR_ROW, 1:-1]).any()
        assert not np.isin(canvas.grid, [int(role) for role in DEADLY]).any()
        assert not canvas.mechanisms


@cache
def among_plain_neighbours(
    kind: str, size: tuple[int, int], sides: Sides, entered: int, seed: int
) -> Structure:
    """A room with a start behind one of its ways in, the exit behind another, and treasuries behind the rest.
    A room with a single way in lies beside the start, the exit on the start's other side."""
    w, h = size
    rooms = [PlannedRoom("corridor", 0, 0, 1, 1, "start")]
    joins = []
    if kind in OUTDOORS:
        rooms = [PlannedRoom(kind, 0, 0, w, h, "start"), PlannedRoom("vestibule", w, 0, 1, 1, "exit")]
        joins = [Join(0, 1, 0, 1)]
    else:
        side, row = sides[entered]
        x, y = (1 if side < 0 else -w), -row
        rooms.append(PlannedRoom(kind, x, y, w, h, "way"))
        joins.append(Join(0, -side, 0, 1))
        for other_side, other_row in (other for other in sides if other != (side, row)):
            purpose = "exit" if all(room.purpose != "exit" for room in rooms) else "reward"
            beside = PlannedRoom(
                "vestibule" if purpose == "exit" else "treasury",
                x + w if other_side > 0 else x - 1, y + other_row, 1, 1, purpose,
            )  # fmt: skip
            joins.append(Join(1, other_side, beside.y, len(rooms)))
            rooms.append(beside)
        if len(sides) == 1 and kind != "vestibule":
            joins.append(Join(0, side, 0, 2, locked=kind == "chapel"))
            rooms.append(PlannedRoom("vestibule", -1 if side < 0 else 1, 0, 1, 1, "exit"))
    left, top = min(room.x for room in rooms), min(room.y for room in rooms)
    plan = Plan(
        "gate",
        tuple(room._replace(x=room.x - left, y=room.y - top) for room in rooms),
        tuple(join._replace(y=join.y - top) for join in joins),
    )
    drawn = []
    for number, room in enumerate(plan.rooms):
        draw = draw_room if room.kind == kind else draw_plain
        drawn.append(
            draw(Pcg32(seed), room.kind, (room.w, room.h), plan.openings(number), HARD[seed % len(HARD)])
        )
    return assemble(plan, drawn, Pcg32(seed), Pcg32(seed))


@pytest.mark.parametrize(("kind", "size", "sides"), PROVEN)
def test_a_room_is_proven_among_plain_neighbours(kind: str, size: tuple[int, int], sides: Sides) -> None:
    for seed in range(examples(2) // 2 if kind in TALL else examples(2)):
        for entered in range(len(sides)) if len(sides) <= 2 else (seed,):
            structure = among_plain_neighbours(kind, size, sides, entered, seed)
            proof = prove(structure)
            assert proof.faults == (), (seed, entered)
            assert replay(structure, NES_MOTION, proof.certificate) is not None
