"""What each enemy does, and when; and what all of them keep to."""

import pytest

from game.world.enemies import (
    ENEMIES,
    Enemy,
    Scene,
    armour,
    enemy_of,
    fish_man,
    great_bat,
    is_there,
    move,
    raven,
    shade,
    skeleton,
    slime,
    spear_knight,
    take_blow,
)
from game.world.enemies.paces import is_open
from generator.level import Level
from generator.motion import SOLID_KIND, SUB
from generator.nes.roles import TILE
from generator.rng import Pcg32
from tests.drawn.levels import level_from_ascii

FLOOR = 192
FLAT = "\n".join(["." * 32] * 11 + [".@" + "." * 30] + ["#" * 32] * 3)
POOL = "\n".join(["." * 32] * 11 + [".@" + "." * 30] + ["#" * 14 + "~~~~" + "#" * 14] * 3)
WALLED = "\n".join(
    ["#" * 31 + ".", "#" + "." * 31] * 2
    + ["#......###.........###.........#", "#...............##.............#"] * 3
    + ["#" + "." * 30 + "#", "#@.........##.......##.........#", "#" * 32, "#" * 32, "#" * 32]
)


def scene(level: Level, hero_x_px: int, hero_y_px: int = FLOOR, seed: int = 1) -> Scene:
    return Scene(level.terrain, hero_x_px, hero_y_px, Pcg32(seed))


def moved(enemy: Enemy, seen: Scene, ticks: int) -> list[Enemy]:
    """Lets it move for so many ticks; returns what it let loose."""
    return [missile for _ in range(ticks) for missile in move(enemy, seen)]


def first_tick(enemy: Enemy, seen: Scene, phase: int, most: int = 600) -> int:
    """The tick at which it comes to do something."""
    for tick in range(1, most):
        move(enemy, seen)
        if enemy.phase == phase:
            return tick
    raise AssertionError(f"{enemy.kind} never came to phase {phase}")


def test_a_skeleton_keeps_its_distance_and_lobs_a_bone_after_its_arm_was_seen() -> None:
    level = level_from_ascii(FLAT)
    near, far = enemy_of("skeleton", 240, FLOOR, -1), enemy_of("skeleton", 440, FLOOR, -1)
    moved(near, scene(level, 200), 30)
    moved(far, scene(level, 200), 30)
    assert near.x_px > 240 and far.x_px < 440
    thrower, seen = enemy_of("skeleton", 300, FLOOR, -1), scene(level, 200)
    raised = first_tick(thrower, seen, skeleton.RAISED)
    assert raised == skeleton.THROW_EVERY_TICKS - skeleton.RAISED_TICKS
    (bone,) = moved(thrower, seen, skeleton.RAISED_TICKS)
    assert bone.kind == "bone" and bone.vx_sub < 0 < -bone.vy_sub
    peak = bone.y_px
    while not bone.gone:
        move(bone, seen)
        peak = min(peak, bone.y_px)
    assert peak < FLOOR - 60 and FLOOR <= bone.y_px < FLOOR + TILE, (
        "over a hero's head, and gone at the floor"
    )


def test_a_spear_knight_thrusts_after_a_warning_and_his_shield_stops_blows_from_the_front() -> None:
    level = level_from_ascii(FLAT)
    knight = enemy_of("spear_knight", 240, FLOOR, -1)
    seen = scene(level, 200)
    assert first_tick(knight, seen, spear_knight.AIMING) == 1
    assert first_tick(knight, seen, spear_knight.THRUSTING) == spear_knight.AIM_TICKS
    assert take_blow(knight, 1, -1) and knight.hits == 2
    moved(knight, seen, 13)
    assert knight.phase == spear_knight.GUARDING
    assert not take_blow(knight, 1, -1), "on the shield"
    moved(knight, seen, 13)
    assert take_blow(knight, 1, 1) and knight.hits == 1, "from behind"


def test_a_spear_knight_turns_at_an_edge() -> None:
    level = level_from_ascii(POOL)
    knight = enemy_of("spear_knight", 200, FLOOR, 1)
    for _ in range(400):
        move(knight, scene(level, 480))
        assert knight.y_px == FLOOR and knight.x_px < 14 * TILE


def test_a_ghost_comes_after_the_hero_but_through_no_wall() -> None:
    level = level_from_ascii(FLAT)
    ghost = enemy_of("ghost", 300, 100, -1)
    moved(ghost, scene(level, 200), 400)
    assert abs(ghost.x_px - 200) < 4 and abs(ghost.y_px - (FLOOR - 18)) < 8
    assert ghost.hits == 3


def test_a_fish_man_is_not_there_until_he_leaps_and_lands_on_his_feet() -> None:
    level = level_from_ascii(POOL)
    fish = enemy_of("fish_man", 16 * TILE, 208, -1)
    moved(fish, scene(level, 40), 60)
    assert not is_there(fish) and fish.y_px == 208
    seen = scene(level, 200)
    assert first_tick(fish, seen, fish_man.LEAPING) == 1 and is_there(fish)
    top = min(fish.y_px for _ in range(30) if move(fish, seen) is not None)
    assert top < 208 - 56
    first_tick(fish, seen, fish_man.WALKING)
    assert fish.y_px == FLOOR
    spat = moved(fish, scene(level, 40), fish_man.SPIT_EVERY_TICKS)
    assert [missile.kind for missile in spat] == ["spit"]


def test_a_flea_man_hops_towards_the_hero() -> None:
    level = level_from_ascii(FLAT)
    flea, seen = enemy_of("flea_man", 400, FLOOR, -1), scene(level, 100)
    heights = []
    for _ in range(300):
        move(flea, seen)
        heights.append(FLOOR - flea.y_px)
        assert flea.y_px <= FLOOR
    assert flea.x_px < 250 and 12 < max(heights) < 48


def test_a_raven_sits_rises_hangs_and_swoops() -> None:
    level = level_from_ascii(FLAT)
    bird = enemy_of("raven", 300, FLOOR, -1)
    moved(bird, scene(level, 100), 100)
    assert bird.phase == raven.PERCHED
    seen = scene(level, 220)
    assert first_tick(bird, seen, raven.RISING) == 1
    assert first_tick(bird, seen, raven.HANGING) == raven.RISE_TICKS
    assert first_tick(bird, seen, raven.SWOOPING) == raven.HANG_TICKS
    before = bird.x_px
    moved(bird, seen, 20)
    assert bird.x_px < before - 25


def test_a_slime_gathers_itself_before_it_leaps() -> None:
    level = level_from_ascii(FLAT)
    blob, seen = enemy_of("slime", 230, FLOOR, -1), scene(level, 200)
    assert first_tick(blob, seen, slime.GATHERING) == 1
    assert first_tick(blob, seen, slime.LEAPING) == slime.GATHER_TICKS
    first_tick(blob, seen, slime.CRAWLING)
    assert blob.y_px == FLOOR and blob.x_px < 220


def test_a_medusa_head_waves_over_the_ground() -> None:
    level = level_from_ascii(FLAT)
    head = enemy_of("medusa_head", 400, FLOOR - 48, -1)
    heights = []
    for _ in range(100):
        move(head, scene(level, 0))
        heights.append(FLOOR - head.y_px)
    assert head.x_px == 300
    assert min(heights) >= 6, "never in the floor"
    assert min(heights) < 20 and max(heights) > 70


def test_the_great_bat_warns_before_it_swoops() -> None:
    level = level_from_ascii(FLAT)
    boss = enemy_of("great_bat", 256, 60, -1)
    moved(boss, scene(level, 40), 60)
    assert boss.phase == great_bat.HANGING
    seen = scene(level, 220)
    first_tick(boss, seen, great_bat.AIMING)
    assert FLOOR - boss.y_px < 76, "a whip reaches it from a jump"
    assert first_tick(boss, seen, great_bat.SWOOPING) == great_bat.AIM_TICKS
    boss.hits = 4
    spat = moved(boss, seen, 1200)
    assert spat and {missile.kind for missile in spat} == {"fireball"}


def test_a_suit_of_armour_lifts_its_sword_before_it_swings() -> None:
    level = level_from_ascii(FLAT)
    boss, seen = enemy_of("armour", 300, FLOOR, -1), scene(level, 200)
    first_tick(boss, seen, armour.LIFTING)
    assert first_tick(boss, seen, armour.SWINGING) == armour.LIFT_TICKS
    boss.hits = 1
    first_tick(boss, seen, armour.LIFTING)
    assert first_tick(boss, seen, armour.SWINGING) == armour.FAST_LIFT_TICKS


def test_the_shade_comes_and_goes_and_fire_comes_out_of_its_cloak() -> None:
    level = level_from_ascii(FLAT)
    boss, seen = enemy_of("shade", 256, FLOOR, -1), scene(level, 200)
    assert first_tick(boss, seen, shade.RAISING) == 1
    fire = moved(boss, seen, shade.RAISE_TICKS)
    assert [missile.kind for missile in fire] == ["fireball"] * 3
    first_tick(boss, seen, shade.AWAY)
    assert not is_there(boss)
    first_tick(boss, seen, shade.RAISING)
    assert is_there(boss) and boss.y_px == FLOOR
    assert shade.LEAST_AWAY_PX - TILE <= abs(boss.x_px - 200) <= shade.MOST_AWAY_PX + TILE


def test_one_stroke_is_one_blow() -> None:
    level = level_from_ascii(FLAT)
    ghost, seen = enemy_of("ghost", 300, 100, -1), scene(level, 0)
    blows = 0
    for _ in range(6):
        move(ghost, seen)
        blows += take_blow(ghost, 1, -1)
    assert blows == 1 and ghost.hits == 2


@pytest.mark.parametrize("kind", sorted(ENEMIES))
def test_nobody_is_ever_inside_a_wall(kind: str) -> None:
    level = level_from_ascii(WALLED)
    terrain = level.terrain
    for seed in range(4):
        chance = Pcg32(seed)
        start_px = 200 if ENEMIES[kind].traits.stands else 100
        enemy = enemy_of(kind, 216, start_px - start_px % TILE, -1)
        hero_x_px = 64
        for tick in range(900):
            if tick % 45 == 0:
                hero_x_px = chance.between(24, 480)
            move(enemy, Scene(terrain, hero_x_px, FLOOR, chance))
            at = terrain.kind(enemy.x_px // TILE, enemy.middle_px // TILE)
            assert at != SOLID_KIND, (kind, seed, tick)
            if not enemy.traits.stands and 0 < enemy.x_px < 512:
                assert is_open(enemy, terrain, enemy.x_px, enemy.y_px), (kind, seed, tick)
            assert abs(enemy.vx_sub) <= 4 * SUB
