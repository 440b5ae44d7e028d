"""Enemies keep to their numbers."""

from itertools import pairwise

import numpy as np

from game.world import World
from game.world.boxes import meet
from game.world.enemies import ENEMIES, Scene, enemy_of, move
from game.world.enemies.bat import BAT_WAVE, BAT_WAVE_PX, BAT_WAVE_TICKS
from game.world.enemies.table import BAT_LOWER_PX
from generator.layout.structure import lay_out
from generator.level import Level, Spawn
from generator.motion import NES_MOTION, SUB, hurt_box, spawn, whip_box
from generator.nes.roles import Role
from generator.rng import Pcg32
from tests.drawn.levels import level_from_ascii

ROOM = """
................
................
@...............
#######..#######
#######..#######
################
"""


def scene(level: Level, hero_x_px: int = 0, hero_y_px: int = 0) -> Scene:
    """What enemies see of a level of one room."""
    return Scene(level.terrain, hero_x_px, hero_y_px, Pcg32(1))


def test_the_wave_is_a_wave() -> None:
    assert len(BAT_WAVE) == BAT_WAVE_TICKS
    assert max(BAT_WAVE) == BAT_WAVE_PX == -min(BAT_WAVE) and sum(BAT_WAVE) == 0
    assert max(abs(a - b) for a, b in pairwise(BAT_WAVE)) <= 1


def test_a_bat_flies_straight_on_in_its_wave() -> None:
    level = level_from_ascii(ROOM)
    flyer = enemy_of("bat", 200, 150, -1)
    line_px = 150 + BAT_LOWER_PX
    for _ in range(BAT_WAVE_TICKS):
        move(flyer, scene(level))
        assert abs(flyer.y_px - line_px) <= BAT_WAVE_PX
    assert flyer.y_px == line_px and flyer.x_px == 200 - 125


def test_a_bat_over_level_ground_meets_the_hero_and_his_whip() -> None:
    """In every phase of its wave, at the height that stages place it: three tiles above the ground."""
    level = level_from_ascii("." * 16 + "\n" + "@" + "." * 15 + "\n" + "#" * 16)
    floor_px = 224
    standing = spawn(level).body
    assert standing.y_sub == floor_px * SUB
    whipping = standing._replace(whip_tick=NES_MOTION.whip_hit_first)
    whip = whip_box(NES_MOTION, whipping)
    assert whip is not None
    touched = struck = 0
    for tick in range(BAT_WAVE_TICKS):
        flyer = enemy_of("bat", standing.x_sub // SUB, floor_px - 48, -1)
        flyer.y_sub += BAT_WAVE[tick] * SUB
        touched += meet(hurt_box(NES_MOTION, standing), flyer.box)
        flyer.x_sub = (whip[0] + whip[2]) // 2 * SUB
        struck += meet(whip, flyer.box)
    assert touched == BAT_WAVE_TICKS and struck > BAT_WAVE_TICKS // 2


def test_stages_place_bats_where_a_hero_meets_them() -> None:
    heights = []
    for seed in range(12):
        structure = lay_out(seed)
        solid = np.isin(structure.roles, [Role.GROUND_TOP, Role.PLATFORM])
        for bat_spawn in (s for s in structure.spawns if s.kind == "bat"):
            below = np.flatnonzero(solid[bat_spawn.y_px // 16 :, bat_spawn.x_px // 16])
            heights += [int(below[0]) * 16] if len(below) else []
    assert len(heights) > 20
    assert np.median(heights) == 48


def test_a_zombie_turns_at_walls_and_falls_into_holes() -> None:
    level = level_from_ascii(ROOM)
    walker = enemy_of("zombie", 40, 192, -1)
    turned, depth = False, 192
    for _ in range(600):
        move(walker, scene(level))
        turned = turned or walker.facing > 0
        depth = max(depth, walker.y_px)
        assert 0 <= walker.x_px < 256
        kind = level.terrain.kind(walker.x_px // 16, (walker.y_px - 1) // 16)
        assert kind != 1, "never inside a wall"
    assert turned, "at the level's edge"
    assert depth == 224, "on the floor of the hole"


def test_three_zombies_at_once() -> None:
    level = level_from_ascii(
        ".@" + "." * 60 + "\n" + "#" * 62, tuple(Spawn("zombie", 240 + 4 * i, 224) for i in range(6))
    )
    world = World(level)
    seen = 0
    for _ in range(40):
        world.step(0)
        seen = max(seen, len(world.enemies))
    assert seen == ENEMIES["zombie"].traits.at_once == 3


def test_who_is_left_behind_is_forgotten() -> None:
    level = level_from_ascii(".@" + "." * 60 + "\n" + "#" * 62, (Spawn("bat", 250, 100),))
    world = World(level)
    for _ in range(400):
        world.step(0)
    assert not world.enemies
    assert world.hero.body.x_sub == 24 * SUB
