"""Enemies keep to their numbers."""

from itertools import pairwise

from levels import level_from_ascii

from game.enemies import BAT_WAVE, BAT_WAVE_PX, BAT_WAVE_TICKS, ZOMBIES_AT_ONCE, bat, move, zombie
from game.world import World
from generator.level import Spawn
from generator.motion import SUB

ROOM = """
................
................
@...............
#######..#######
#######..#######
################
"""


def test_the_wave_is_a_wave() -> None:
    assert len(BAT_WAVE) == BAT_WAVE_TICKS
    assert max(BAT_WAVE) == BAT_WAVE_PX == -min(BAT_WAVE) and sum(BAT_WAVE) == 0
    assert max(abs(a - b) for a, b in pairwise(BAT_WAVE)) <= 1


def test_a_bat_flies_straight_on_in_its_wave() -> None:
    level = level_from_ascii(ROOM)
    flyer = bat(200, 150, -1)
    for _ in range(BAT_WAVE_TICKS):
        move(flyer, level.terrain)
        assert abs(flyer.y_px - 150) <= BAT_WAVE_PX
    assert flyer.y_px == 150 and flyer.x_px == 200 - 125


def test_a_zombie_turns_at_walls_and_falls_into_holes() -> None:
    level = level_from_ascii(ROOM)
    walker = zombie(40, 192, -1)
    turned, depth = False, 192
    for _ in range(600):
        move(walker, level.terrain)
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
    assert seen == ZOMBIES_AT_ONCE


def test_who_is_left_behind_is_forgotten() -> None:
    level = level_from_ascii(".@" + "." * 60 + "\n" + "#" * 62, (Spawn("bat", 250, 100),))
    world = World(level)
    for _ in range(400):
        world.step(0)
    assert not world.enemies
    assert world.hero.body.x_sub == 24 * SUB
