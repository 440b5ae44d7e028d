"""Who lives in a castle, and where: nobody in a wall, nobody by a door, no room without anybody."""

from functools import cache

import pytest

from game.world.enemies import ENEMIES, enemy_of
from generator.layout.life import BOSSES, CALM
from generator.layout.structure import Structure, lay_out
from generator.level.codes import STAGES
from generator.motion import room_at
from generator.motion.mechanisms import Passage
from generator.motion.rules import ARRIVAL_PX
from generator.nes.roles import TILE
from tests.drawn.effort import examples

CASTLES = range(1, 1 + examples(6))


@cache
def stages() -> list[tuple[Structure, int]]:
    return [
        (lay_out(seed, "castle", 1 + seed % 3, stage), stage)
        for seed in CASTLES
        for stage in range(1, STAGES + 1)
    ]


def test_nobody_begins_in_a_wall() -> None:
    for structure, _ in stages():
        for spawn in structure.spawns:
            if spawn.kind in ENEMIES:
                terrain = structure.interiors[room_at(structure, spawn.x_px, spawn.y_px)].terrain(0)
                assert terrain.is_free(*enemy_of(spawn.kind, spawn.x_px, spawn.y_px, 1).box), spawn


def test_no_room_is_without_anybody_but_those_that_are_to_be_calm() -> None:
    for structure, _ in stages():
        lived_in = {room_at(structure, s.x_px, s.y_px) for s in structure.spawns if s.kind in ENEMIES}
        empty = {room.kind for n, room in enumerate(structure.plan.rooms) if n not in lived_in}
        assert empty <= CALM - {"arena"}


def test_each_stage_has_its_boss() -> None:
    for structure, stage in stages():
        bosses = [s.kind for s in structure.spawns if s.kind in ENEMIES and ENEMIES[s.kind].traits.boss]
        boss = BOSSES[stage - 1]
        assert bosses == [boss] * (2 if boss == "armour" else 1)


def test_nobody_waits_by_a_door() -> None:
    """Three tiles at least from where a hero stands who has come in."""
    for structure, _ in stages():
        for passage in structure.mechanisms:
            if not isinstance(passage, Passage):
                continue
            interior = structure.interiors[passage.room]
            edge_px = interior.right_px if passage.side > 0 else interior.left_px
            x_px, y_px = edge_px - passage.side * ARRIVAL_PX, (passage.row + 1) * TILE
            for spawn in structure.spawns:
                if spawn.kind in ENEMIES and room_at(structure, spawn.x_px, spawn.y_px) == passage.room:
                    near = abs(spawn.x_px - x_px) < 3 * TILE and abs(spawn.y_px - y_px) < 3 * TILE
                    assert not near, (spawn, passage)


@pytest.mark.parametrize("difficulty", [1, 2, 3])
def test_harder_castles_have_more_enemies(difficulty: int) -> None:
    def enemies(at: int) -> int:
        return sum(s.kind in ENEMIES for seed in range(1, 9) for s in lay_out(seed, "castle", at, 1).spawns)

    assert difficulty == 1 or enemies(difficulty) > enemies(difficulty - 1)
