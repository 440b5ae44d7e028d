"""The second weapons: what a throw costs, how each flies, what it does."""

import dataclasses

import pytest

from game.world import World
from game.world.blows import BURST, strike
from game.world.enemies import enemy_of
from game.world.hero import Carry
from game.world.items import Candle, drop
from game.world.weapons import STOP_TICKS, WEAPONS, thrown
from game.world.world import GRACE_TICKS, Outcome
from generator.level import Spawn
from generator.motion import Button
from generator.rng import Pcg32
from tests.drawn.levels import level_from_ascii

FLOOR = 192
FLAT = "\n".join(["." * 32] * 11 + [".@" + "." * 30] + ["#" * 32] * 3)
UP_AND_WHIP = int(Button.UP | Button.WHIP)


def armed(weapon: str, hearts: int = 9, shots: int = 1) -> World:
    return World(level_from_ascii(FLAT), carry=Carry(hearts=hearts, weapon=weapon, shots=shots))


def run(world: World, masks: list[int]) -> World:
    for mask in masks:
        world.step(mask)
    return world


@pytest.mark.parametrize("weapon", [name for name in WEAPONS if WEAPONS[name].fly])
def test_up_and_whip_throws_for_a_heart(weapon: str) -> None:
    world = run(armed(weapon), [UP_AND_WHIP] + [0] * 12)
    assert [shot.kind for shot in world.shots] == [weapon]
    assert world.hero.hearts == 9 - WEAPONS[weapon].hearts


def test_without_hearts_or_up_it_is_the_whip() -> None:
    for world, mask in ((armed("dagger", hearts=0), UP_AND_WHIP), (armed("dagger"), int(Button.WHIP))):
        world.enemies.append(enemy_of("ghost", 55, FLOOR - 18, -1))
        run(world, [mask] + [0] * 12)
        assert not world.shots and world.enemies[0].hits == 2


def test_who_throws_does_not_whip() -> None:
    world = armed("axe")
    world.enemies.append(enemy_of("ghost", 62, FLOOR - 18, -1))
    run(world, [UP_AND_WHIP] + [0] * 8)
    assert world.enemies[0].hits == 3


def test_only_so_many_fly_at_once() -> None:
    for shots in (1, 2, 3):
        world = run(armed("boomerang", shots=shots), ([UP_AND_WHIP] + [0] * 24) * 3)
        assert len(world.shots) <= shots
        assert world.hero.hearts == 9 - min(shots, 3) or shots == 1


def test_a_dagger_flies_straight_and_ends_in_whom_it_meets() -> None:
    world = armed("dagger")
    world.enemies += [enemy_of("ghost", 120, FLOOR - 18, -1), enemy_of("ghost", 180, FLOOR - 18, -1)]
    run(world, [UP_AND_WHIP] + [0] * 40)
    assert [enemy.hits for enemy in world.enemies] == [2, 3]
    assert world.hero.weapon_hits == 1 and not world.shots


def test_an_axe_rises_higher_than_the_whip_and_counts_twice() -> None:
    body = armed("axe").hero.body
    shot, peak = thrown("axe", body), body.y_sub // 256
    world = armed("axe")
    world.shots.append(shot)
    for _ in range(40):
        world.step(0)
        peak = min(peak, shot.y_px)
    assert FLOOR - peak > 80
    world = armed("axe")
    world.enemies.append(enemy_of("ghost", 50, FLOOR - 60, -1))
    run(world, [UP_AND_WHIP] + [0] * 40)
    assert not world.enemies or world.enemies[0].hits <= 1


def test_holy_water_burns_where_it_breaks() -> None:
    world = run(armed("flask"), [UP_AND_WHIP] + [0] * 40)
    (fire,) = world.shots
    assert fire.kind == "holy_fire" and fire.y_px == FLOOR
    world.enemies.append(enemy_of("ghost", fire.x_px, FLOOR - 12, -1))
    run(world, [0] * 40)
    assert not world.enemies or world.enemies[0].hits <= 1
    run(world, [0] * 60)
    assert not world.shots


def test_a_boomerang_comes_back() -> None:
    world = run(armed("boomerang"), [UP_AND_WHIP] + [0] * 40)
    (shot,) = world.shots
    far_px = shot.x_px
    run(world, [0] * 12)
    assert shot.x_px < far_px
    run(world, [0] * 30)
    assert not world.shots


def test_the_stopwatch_stops_everybody_for_a_while() -> None:
    world = armed("stopwatch")
    world.enemies.append(enemy_of("zombie", 200, FLOOR, 1))
    run(world, [UP_AND_WHIP] + [0] * 12)
    before = world.enemies[0].x_px
    run(world, [0] * 100)
    assert world.enemies[0].x_px == before and world.hero.hearts == 4
    run(world, [0] * (STOP_TICKS + 20))
    assert world.enemies[0].x_px != before


def test_candles_hold_the_double_after_ten_hits_and_the_triple_after_twenty() -> None:
    world, candle = armed("axe", hearts=3), Candle(100, 160)
    for shots, hits, due in ((1, 9, False), (1, 10, True), (2, 19, False), (2, 20, True), (3, 99, False)):
        world.hero.shots, world.hero.weapon_hits = shots, hits
        kind = drop(candle, world.hero, frozenset(), Pcg32(1)).kind
        assert (kind in ("item_double", "item_triple")) == due


def test_a_boss_shuts_the_doors_and_leaves_an_orb() -> None:
    world = armed("")
    boss = enemy_of("great_bat", 120, 60, -1)
    world.enemies.append(boss)
    assert world.boss_bars == 16
    boss.hits = 4
    assert world.boss_bars == 8
    run(world, [int(Button.RIGHT)] * 30)
    assert world.outcome == Outcome.PLAYING and not world._place().interiors[0].passages
    boss.hits, boss.phase = 1, 0
    boss.x_sub, boss.y_sub = (world.hero.body.x_sub // 256 + 36) * 256, (FLOOR - 20) * 256
    run(world, [int(Button.WHIP)] + [0] * 16)
    assert not world.bosses and [item.kind for item in world.items] == ["boss_orb"]


def test_what_a_low_enemy_leaves_lies_on_the_ground() -> None:
    for kind in ("slime", "flea_man", "zombie"):
        for seed in range(12):
            world = armed("")
            world.chance = Pcg32(seed)
            foe = enemy_of(kind, world.hero.body.x_sub // 256 + 30, FLOOR, -1)
            world.enemies.append(foe)
            strike(world, foe, 9, -1, [])
            run(world, [0] * 60)
            assert all(item.y_px <= FLOOR for item in world.items), kind


def test_a_boss_goes_up_in_flames_and_its_bar_stays_empty() -> None:
    level = dataclasses.replace(armed("").level, spawns=(Spawn("great_bat", 200, 100),))
    world = World(level)
    run(world, [0] * 3)
    (boss,) = world.bosses
    strike(world, boss, 99, -1, [])
    assert sum(spark.kind == "flame" for spark in world.sparks) == len(BURST) + 1
    run(world, [0] * 30)
    assert world.boss_bars == 0 and not world.bosses and any(spark.kind == "flame" for spark in world.sparks)


def test_who_falls_into_water_sinks_with_a_splash() -> None:
    level = level_from_ascii(
        "\n".join(["." * 32] * 11 + [".@" + "." * 30] + ["#" * 12 + "~~~~" + "#" * 16] * 3)
    )
    world = World(level)
    world.enemies.append(enemy_of("zombie", 224, FLOOR - 20, -1))
    heard: list[str] = []
    for _ in range(GRACE_TICKS + 60):
        world.step(0)
        heard += [spark.kind for spark in world.sparks]
    assert not world.enemies and "splash" in heard
