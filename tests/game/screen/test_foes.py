"""Which frame an enemy shows, and that one who was struck is seen to be."""

import pytest

from game.screen import SpriteSheet
from game.screen.appearance import pictures
from game.screen.eyes import EYES, Eyes
from game.screen.foes import (
    ALL_WHITE,
    CYCLES,
    DOING,
    LIGHTER,
    LIT_TICKS,
    MOMENTS,
    REACH_PX,
    REACHING,
    foe_frame,
    lit_colours,
)
from game.screen.sprites import WHITE, recoloured
from game.world import World
from game.world.blows import strike
from game.world.enemies import Enemy, enemy_of, fish_man, flea_man, shade, skeleton, slime, spear_knight
from game.world.enemies.table import KINDS
from game.world.world import GRACE_TICKS
from generator.nes.palette import BLACK
from tests.drawn.levels import level_from_ascii

FLAT = "\n".join(["." * 32] * 11 + [".@" + "." * 30] + ["#" * 32] * 3)
FLOOR_PX = 192
SHEET = SpriteSheet.load()


def world_with(enemy: Enemy) -> World:
    """A world in which everybody moves, and this one is."""
    world = World(level_from_ascii(FLAT), enemies=False)
    for _ in range(GRACE_TICKS):
        world.step(0)
    world.enemies = [enemy]
    return world


def lit(world: World, ticks: int, eyes: Eyes = EYES) -> list[int]:
    """How light the enemy is drawn, now and in the ticks that follow."""
    found = []
    for _ in range(ticks):
        found.append(next(picture.lit for picture in pictures(world, eyes) if picture.foe))
        world.hero.health = 16
        world.step(0)
    return found


def test_every_frame_that_is_shown_is_on_the_sheet() -> None:
    for name in KINDS:
        frames = set(CYCLES[name][0]) | {frame for (kind, _), frame in DOING.items() if kind == name}
        frames |= set(REACHING.get(name, ()))
        frames |= {m.frame for (kind, _), moments in MOMENTS.items() if kind == name for m in moments}
        assert frames == set(range(len(SHEET.sprites[name]))), f"{name}: frames that nobody sees, or none"


def test_a_fish_man_is_seen_to_swell_and_to_spit() -> None:
    enemy = enemy_of("fish_man", 200, FLOOR_PX, -1)
    enemy.phase = fish_man.WALKING
    every = fish_man.SPIT_EVERY_TICKS
    frames = {}
    for enemy.clock in range(1, 2 * every):
        frames[enemy.clock] = foe_frame(enemy)
    assert frames[every - 1] == frames[2 * every - 1] == 3
    assert frames[every] == frames[every + 5] == 4, "the mouth opens in the tick of the spit"
    assert frames[5] in (1, 2) and frames[every + 30] in (1, 2)


def test_a_skeleton_reaches_out_after_a_throw_and_a_flea_man_crouches_before_a_hop() -> None:
    bones = enemy_of("skeleton", 200, FLOOR_PX, -1)
    assert foe_frame(bones) != 3, "it has only just woken"
    bones.tick = 96
    bones.begin(skeleton.RAISED)
    assert foe_frame(bones) == 2
    bones.begin(skeleton.WALKING)
    assert foe_frame(bones) == 3
    flea = enemy_of("flea_man", 200, FLOOR_PX, -1)
    flea.phase = flea_man.CROUCHED
    frames = {}
    for flea.clock in (-30, -5):
        frames[flea.clock] = foe_frame(flea)
    assert frames == {-30: 0, -5: 2}


@pytest.mark.parametrize("kind", sorted(REACHING))
def test_who_walks_or_flies_at_the_hero_reaches_for_him_when_he_is_near(kind: str) -> None:
    enemy = enemy_of(kind, 200, FLOOR_PX, -1)
    shown: dict[str, set[int]] = {"near": set(), "far": set(), "behind": set()}
    for enemy.tick in range(100):
        shown["near"].add(foe_frame(enemy, 200 - REACH_PX[kind] // 2))
        shown["far"].add(foe_frame(enemy, 200 - REACH_PX[kind]))
        shown["behind"].add(foe_frame(enemy, 220))
    assert shown["near"] == set(REACHING[kind]) != shown["far"] == shown["behind"] == set(CYCLES[kind][0])


def test_a_slime_draws_itself_up_before_a_leap_and_lies_flat_after_it() -> None:
    enemy = enemy_of("slime", 200, FLOOR_PX, -1)
    enemy.tick = 100
    enemy.begin(slime.GATHERING)
    frames = []
    for enemy.clock in range(1, slime.GATHER_TICKS):
        frames.append(foe_frame(enemy))
    assert frames[0] == 4 and frames[-1] == 1
    enemy.begin(slime.LEAPING)
    assert foe_frame(enemy) == 2
    enemy.begin(slime.CRAWLING)
    assert foe_frame(enemy) == 3
    enemy.clock = slime.REST_TICKS
    assert foe_frame(enemy) in (0, 1)


def test_the_shade_parts_its_cloak_opens_it_reels_and_folds_it_again() -> None:
    enemy = enemy_of("shade", 200, FLOOR_PX, -1)
    enemy.tick, seen = 100, {}
    for phase in (shade.COMING, shade.RAISING, shade.OPEN):
        enemy.begin(phase)
        seen[phase] = foe_frame(enemy)
    assert seen == {shade.COMING: 3, shade.RAISING: 4, shade.OPEN: 2}
    enemy.struck_tick = enemy.tick
    assert foe_frame(enemy) == 5, "struck"
    enemy.struck_tick, enemy.clock = -1, shade.OPEN_TICKS - 1
    assert foe_frame(enemy) == 4
    enemy.begin(shade.RAISING)
    enemy.clock = shade.RAISE_TICKS - 1
    assert foe_frame(enemy) == 1, "fire comes next"


@pytest.mark.parametrize("kind", ["ghost", "spear_knight"])
def test_who_is_struck_and_lives_is_lighter_for_a_while(kind: str) -> None:
    enemy = enemy_of(kind, 200, FLOOR_PX, -1)
    world = world_with(enemy)
    assert lit(world, 3) == [0] * 3
    assert strike(world, enemy, 1, -1, [])
    assert lit(world, LIT_TICKS + 2) == [LIGHTER] * LIT_TICKS + [0, 0]


def test_a_blow_that_the_shield_takes_does_not_show_so() -> None:
    enemy = enemy_of("spear_knight", 200, FLOOR_PX, -1)
    world = world_with(enemy)
    enemy.begin(spear_knight.GUARDING)
    world.step(0)
    assert not strike(world, enemy, 1, -1, []), "from the front"
    assert lit(world, 3) == [0] * 3


def test_a_boss_flashes_only_for_eyes_that_bear_it() -> None:
    for eyes, expected in ((Eyes(), {ALL_WHITE, LIGHTER}), (Eyes(flash=False), {LIGHTER})):
        boss = enemy_of("great_bat", 200, 100, -1)
        world = world_with(boss)
        strike(world, boss, 1, -1, [])
        assert set(lit(world, LIT_TICKS, eyes)) == expected


def test_who_is_stopped_does_not_stay_lighter() -> None:
    enemy = enemy_of("ghost", 200, FLOOR_PX - 20, -1)
    world = world_with(enemy)
    world.stopped_until = world.tick + 100
    strike(world, enemy, 1, -1, [])
    assert lit(world, LIT_TICKS + 4)[LIT_TICKS:] == [0] * 4


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_lighter_colours_are_other_colours(kind: str) -> None:
    palette = SHEET.sprites[kind][0].palette
    colours = recoloured(palette, lit_colours(palette, (), LIGHTER))
    for index, now in zip(palette, colours, strict=True):
        assert (now == index) == (index == BLACK)
    assert set(recoloured(palette, lit_colours(palette, (), ALL_WHITE))) <= {BLACK, WHITE}
