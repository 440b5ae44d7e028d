"""The law of the world, and that nothing but buttons moves it."""

import dataclasses
import os
import subprocess
import sys

from hypothesis import given, settings
from hypothesis import strategies as st

from game.world import World
from game.world.world import GRACE_TICKS, Outcome
from generator.level import Spawn
from generator.motion import SUB, Button, Posture, spawn, step
from generator.rng import Pcg32
from tests.drawn.effort import examples
from tests.drawn.levels import level_from_ascii, proven_level

RIGHT, JUMP, WHIP = int(Button.RIGHT), int(Button.JUMP), int(Button.WHIP)

masks = st.lists(st.tuples(st.integers(0, 63), st.integers(1, 24)), min_size=1, max_size=40).map(
    lambda holds: [mask for mask, ticks in holds for _ in range(ticks)]
)


@given(masks)
@settings(max_examples=examples(25))
def test_a_world_without_enemies_equals_folding_step(buttons: list[int]) -> None:
    level = proven_level(7)
    world = World(level, enemies=False)
    state = spawn(level)
    for mask in buttons:
        world.step(mask)
        state, _ = step(level, level.motion, state, mask)
        assert world.hero.state == state


@given(masks)
@settings(max_examples=examples(10))
def test_equal_buttons_make_equal_worlds(buttons: list[int]) -> None:
    worlds = [World(proven_level(3)), World(proven_level(3))]
    for mask in buttons:
        cues = [world.step(mask) for world in worlds]
        assert cues[0] == cues[1]
    one, other = worlds
    assert (one.enemies, one.items, one.sparks) == (other.enemies, other.items, other.sparks)
    assert one.hero.state == other.hero.state and one.hero.carry() == other.hero.carry()


def test_a_clone_goes_on_alone_and_alike() -> None:
    world = World(proven_level(3))
    for _ in range(200):
        world.step(RIGHT)
    clone, before = world.clone(), world.hero.state
    for _ in range(60):
        clone.step(RIGHT | WHIP)
    assert world.hero.state == before
    for _ in range(60):
        world.step(RIGHT | WHIP)
    assert world.hero.state == clone.hero.state and world.enemies == clone.enemies


def test_certificates_reach_the_door() -> None:
    for seed in (3, 7, *range(10, 30))[: examples(2)]:
        level = proven_level(seed)
        world = World(level, enemies=False)
        for mask in level.certificate:
            assert world.outcome == Outcome.PLAYING
            world.step(mask)
        assert world.outcome == Outcome.CLEARED


CORRIDOR = """
................
................
.@..............
################
"""


def test_a_candle_breaks_under_the_whip_and_pays() -> None:
    world = World(level_from_ascii(CORRIDOR, (Spawn("candle", 52, 224),)))
    cues = [cue.kind for tick in range(24) for cue in world.step(WHIP if tick == 0 else 0)]
    assert "candle" in cues and not world.candles and world.items
    hearts, score = world.hero.hearts, world.hero.score
    for _ in range(120):
        world.step(RIGHT)
    assert not world.items
    assert (world.hero.hearts, world.hero.score) > (hearts, score) or world.hero.whip_level > 1


def test_a_zombie_hurts_once_and_is_then_survived() -> None:
    world = World(level_from_ascii(CORRIDOR, (Spawn("zombie", 60, 224),)))
    cues = [cue.kind for _ in range(100) for cue in world.step(0)]
    assert cues.count("hurt") == 1
    assert world.hero.health == 14 and world.hero.body.safe_tick
    assert world.hero.body.x_sub < 24 * SUB, "knocked away from the enemy"


def test_a_whipped_zombie_is_gone_for_its_points() -> None:
    world = World(level_from_ascii(CORRIDOR, (Spawn("zombie", 70, 224),)))
    for tick in range(GRACE_TICKS + 24):
        world.step(WHIP if tick == GRACE_TICKS else 0)
    assert not world.enemies and world.hero.score == 100 and world.hero.health == 16


def test_no_health_left_is_death() -> None:
    world = World(level_from_ascii(CORRIDOR, (Spawn("zombie", 60, 224),)))
    world.hero.health = 2
    cues = [cue.kind for _ in range(GRACE_TICKS + 100) for cue in world.step(0)]
    assert "death" in cues and world.outcome == Outcome.DEAD and world.hero.body.posture == Posture.DEAD


def test_a_blow_in_the_air_kills_on_the_ground() -> None:
    world = World(level_from_ascii(CORRIDOR))
    for tick in range(14):
        world.step(JUMP if tick == 0 else 0)
    assert world.hero.body.posture == Posture.AIR
    world.hero.harm(99, -1)
    for _ in range(120):
        world.step(JUMP | RIGHT)
    assert world.outcome == Outcome.DEAD and world.hero.body.posture == Posture.DEAD
    assert world.hero.body.y_sub == 224 * SUB, "he lies on the ground"


def test_time_runs_out() -> None:
    world = World(level_from_ascii(CORRIDOR))
    world.tick = 300 * 60 - 2
    assert world.time_left == 1
    for _ in range(3):
        world.step(0)
    assert world.outcome == Outcome.DEAD


def test_redress_refuses_another_stage() -> None:
    world = World(proven_level(3))
    world.redress(proven_level(3, art=1))
    assert world.level.art == 1
    try:
        world.redress(proven_level(7))
    except ValueError:
        return
    raise AssertionError("another stage was taken")


def pressed(seed: int, ticks: int) -> World:
    """A world of enemies after random buttons."""
    world, random = World(proven_level(seed)), Pcg32(seed)
    mask = 0
    for tick in range(ticks):
        if tick % 16 == 0:
            mask = random.below(64) | RIGHT
        world.step(mask)
    return world


def digest(world: World) -> str:
    hero = world.hero
    return repr((hero.state, hero.carry(), world.enemies, world.items, world.shots, world.chance.next_u32()))


def test_another_process_makes_the_same_world() -> None:
    code = "from tests.game.world.test_world import *; print(digest(pressed(3, 900)))"
    environment = {**os.environ, "PYTHONHASHSEED": "12345"}
    told = subprocess.run(
        [sys.executable, "-c", code], check=True, capture_output=True, text=True, env=environment
    )
    assert told.stdout.strip().splitlines()[-1] == digest(pressed(3, 900))


def test_harder_stages_take_more_and_higher_difficulties_move_faster() -> None:
    took, went = {}, {}
    for difficulty in (1, 2, 3):
        level = level_from_ascii(CORRIDOR, (Spawn("zombie", 100, 224),))
        world = World(dataclasses.replace(level, difficulty=difficulty))
        world.step(0)
        zombie, before = world.enemies[0], world.enemies[0].x_sub
        for _ in range(GRACE_TICKS + 40):
            world.step(0)
        went[difficulty] = before - zombie.x_sub
        for _ in range(120):
            world.step(0)
        took[difficulty] = 16 - world.hero.health
    assert went[1] < went[2] < went[3] <= 1.5 * went[1]
    assert took == {1: 2, 2: 2, 3: 3}
