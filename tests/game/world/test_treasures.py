"""What stands about: the same of the same level, and the best where it is hardest to find."""

from __future__ import annotations

import pytest

from game.world.hero import HEALTH_MAX, Carry, Hero
from game.world.treasures import CHEST, CROWN, GEM, ORB, POINTS, ROAST_HEALTH, Treasure, take, treasures_of
from generator.layout.structure import lay_out
from generator.level import Level
from generator.motion import room_at
from generator.motion.mechanisms import BreakableWall
from tests.drawn.levels import GALLERY_ROOM, HALL_ROOM, dress_flat, rooms_level


def by_room(level: Level) -> dict[int, list[Treasure]]:
    """The treasures of every room."""
    rooms = range(len(level.rooms))
    return {
        room: treasures_of(
            level, room, tuple(s for s in level.spawns if room_at(level, s.x_px, s.y_px - 1) == room)
        )
        for room in rooms
    }


def test_on_the_way_there_are_chests() -> None:
    found = by_room(rooms_level())
    for room in (HALL_ROOM, GALLERY_ROOM):
        assert [treasure.look for treasure in found[room]] == [CHEST]


@pytest.mark.parametrize("seed", range(6))
def test_behind_walls_that_break_there_is_a_crown(seed: int) -> None:
    structure = lay_out(seed, stage=1 + seed % 6)
    level = dress_flat(
        structure.roles, spawns=structure.spawns, start=structure.start, door=structure.exit,
        rooms=structure.rooms, mechanisms=structure.mechanisms,
    )  # fmt: skip
    found = by_room(level)
    assert found == by_room(level)
    for treasures in found.values():
        looks = [treasure.look for treasure in treasures if treasure.kind == CHEST]
        assert looks.count(CROWN) + looks.count(ORB) <= 1 and looks.count(GEM) <= 1
        assert GEM not in looks or CROWN in looks or ORB in looks
    crowns = sum(treasure.look == CROWN for treasures in found.values() for treasure in treasures)
    walls = [m for m in level.mechanisms if isinstance(m, BreakableWall)]
    assert crowns == len(walls) > 0


def test_the_better_the_more() -> None:
    assert POINTS[CHEST] < POINTS[GEM] < POINTS[ORB] < POINTS[CROWN]
    hero = Hero(rooms_level(), Carry())
    for look, points in POINTS.items():
        before = hero.score
        assert take(Treasure(CHEST, look, 0, 0), hero) == CHEST, "one sound for all"
        assert hero.score == before + points


def test_a_roast_gives_strength_and_never_too_much() -> None:
    hero = Hero(rooms_level(), Carry())
    hero.health = 1
    roast = Treasure("roast", "roast", 0, 0)
    assert take(roast, hero) == "roast" and hero.health == 1 + ROAST_HEALTH
    for _ in range(4):
        take(roast, hero)
    assert hero.health == HEALTH_MAX and not hero.score
