"""Plans: rooms that fit together on the grid of screens, a way through them, a key before its lock."""

from __future__ import annotations

from collections import Counter
from functools import cache
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.layout import plan as plan_module
from generator.layout.plan import (
    FAVOURITE,
    LEAST_SCREENS,
    MOST_SCREENS,
    OUTDOORS,
    ROOM_KINDS,
    STRIPS,
    TALL,
    WINGS,
    Join,
    Plan,
    endless_plan,
    make_plan,
    wing_of,
)
from generator.rng import Pcg32
from tests.drawn.ascii_levels import drawn_plan
from tests.drawn.effort import examples

plans = st.builds(
    lambda seed, stage, hard: make_plan(Pcg32(seed), stage, hard),
    st.integers(0, (1 << 64) - 1),
    st.integers(1, 6),
    st.integers(0, 6),
)


@cache
def many(stage: int) -> tuple[Plan, ...]:
    return tuple(make_plan(Pcg32(seed), stage, 0) for seed in range(60))


def reached(plan: Plan, *, locked: bool) -> set[int]:
    """The rooms that the start leads to; through locked doors too, or not."""
    seen, todo = {0}, [0]
    while todo:
        at = todo.pop()
        for join in plan.joins:
            for one, other in ((join.room, join.to_room), (join.to_room, join.room)):
                if one == at and other not in seen and (locked or not join.locked):
                    seen.add(other)
                    todo.append(other)
    return seen


def named(plan: Plan, purpose: str) -> list[int]:
    return [number for number, room in enumerate(plan.rooms) if room.purpose == purpose]


@given(plans)
@settings(max_examples=examples(50))
def test_rooms_lie_beside_one_another(plan: Plan) -> None:
    cells = [(r.x + i, r.y + j) for r in plan.rooms for j in range(r.h) for i in range(r.w)]
    assert len(cells) == len(set(cells)) == plan.screens, "none overlaps another"
    assert LEAST_SCREENS <= plan.screens <= MOST_SCREENS
    assert min(x for x, _ in cells) == min(y for _, y in cells) == 0
    assert all((room.w, room.h) in ROOM_KINDS[room.kind].sizes for room in plan.rooms)
    assert all(room.w <= 4 and room.h <= 3 for room in plan.rooms)


@given(plans)
@settings(max_examples=examples(50))
def test_ways_meet(plan: Plan) -> None:
    for join in plan.joins:
        near, far = plan.rooms[join.room], plan.rooms[join.to_room]
        assert near.x + near.w == far.x if join.side > 0 else far.x + far.w == near.x
        assert near.y <= join.y < near.y + near.h and far.y <= join.y < far.y + far.h
    for number in range(len(plan.rooms)):
        sides = plan.openings(number)
        assert len(sides) == len(set(sides)), "one way through each side of a screen"
    assert len(plan.joins) == len(plan.rooms) - 1, "a tree: no way round a lock"
    assert reached(plan, locked=True) == set(range(len(plan.rooms)))


@given(plans)
@settings(max_examples=examples(50))
def test_nothing_is_missing(plan: Plan) -> None:
    assert named(plan, "start") == [0]
    assert len(named(plan, "boss")) == len(named(plan, "exit")) == 1
    assert plan.rooms[named(plan, "boss")[0]].kind == "arena"
    assert plan.rooms[named(plan, "exit")[0]].kind == "vestibule"
    assert [plan.rooms[number].kind for number in named(plan, "key")].count("chapel") == 1
    assert [join.secret for join in plan.joins].count(True) == len(named(plan, "secret")) == 1
    assert 5 <= len(named(plan, "way")) <= 8
    for before, after in zip(named(plan, "way"), named(plan, "way")[1:], strict=False):
        assert plan.rooms[before].kind != plan.rooms[after].kind
    assert not any(plan.rooms[number].outdoors for number in range(1, len(plan.rooms)))


@given(plans)
@settings(max_examples=examples(50))
def test_the_key_lies_before_its_lock(plan: Plan) -> None:
    assert [join.locked for join in plan.joins].count(True) == 1
    free = reached(plan, locked=False)
    assert set(named(plan, "key")) <= free
    assert not set(named(plan, "boss") + named(plan, "exit")) & free, "and there is no way round"


@given(st.integers(0, (1 << 64) - 1), st.integers(1, 6), st.integers(0, 6))
@settings(max_examples=examples(13))
def test_equal_integers_give_equal_plans(seed: int, stage: int, hard: int) -> None:
    assert make_plan(Pcg32(seed), stage, hard) == make_plan(Pcg32(seed), stage, hard)


def test_every_theme_is_another() -> None:
    assert [wing_of(stage) for stage in range(1, 8)] == [*WINGS, "gate"]
    counts = {}
    for stage, wing in enumerate(WINGS, 1):
        found = Counter(plan.rooms[n].kind for plan in many(stage) for n in named(plan, "way"))
        counts[wing] = found
        own = sum(found[kind] for kind in WINGS[wing]) / found.total()
        others = len(set(STRIPS | TALL) - set(WINGS[wing]))
        fair_share = len(WINGS[wing]) / (len(WINGS[wing]) + others)
        assert own > 1.5 * fair_share, (wing, own, f"favourites come {FAVOURITE} times as often")
    for one, other in combinations(WINGS, 2):
        kinds = set(counts[one]) | set(counts[other])
        apart = sum(
            abs(counts[one][kind] / counts[one].total() - counts[other][kind] / counts[other].total())
            for kind in kinds
        )
        assert apart > 0.3, (one, other)  # of 2; crypt and works share four kinds of six


def test_every_kind_of_room_is_somewhere() -> None:
    found = {room.kind for stage in range(1, 7) for plan in many(stage) for room in plan.rooms}
    assert found == set(ROOM_KINDS)


def test_the_gate_lies_outdoors() -> None:
    assert all(plan.rooms[0].kind in OUTDOORS for plan in many(1))


def test_plans_differ() -> None:
    assert len({(plan.rooms, plan.joins) for stage in range(1, 7) for plan in many(stage)}) == 360


@given(st.integers(0, (1 << 64) - 1), st.integers(1, 200))
@settings(max_examples=examples(20))
def test_the_castle_without_end_comes_room_by_room(seed: int, number: int) -> None:
    plan = endless_plan(Pcg32(seed), number)
    (room,) = plan.rooms
    assert (room.purpose, plan.joins) == ("start", ())
    assert room.kind in STRIPS | TALL | OUTDOORS
    assert (room.w, room.h) in ROOM_KINDS[room.kind].sizes


def test_no_plan_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plan_module, "TRIES", 0)
    with pytest.raises(RuntimeError, match="no plan"):
        make_plan(Pcg32(1), 1, 0)


def test_the_map_for_a_human_eye() -> None:
    start, boss = (ROOM_KINDS[kind].sizes[0] for kind in ("courtyard", "arena"))
    rooms = (
        plan_module.PlannedRoom("courtyard", 0, 0, *start, "start"),
        plan_module.PlannedRoom("arena", 2, 0, *boss, "boss"),
    )
    assert drawn_plan(Plan("gate", rooms, (Join(0, 1, 0, 1, locked=True),))) == (
        "|---------|----|\n|0courtyar|1are|\n|         L    |\n|---------|----|"
    )
