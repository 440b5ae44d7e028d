"""The helps: what each changes, and that nothing else does."""

from dataclasses import fields

import pytest

from game.world import World
from game.world.assists import NO_ASSISTS, Assists
from game.world.replay import Begun, Recorder, Replay, verify
from generator.motion import NES_MOTION, SUB, Button, Posture
from generator.rng import Pcg32
from tests.drawn.levels import level_from_ascii, proven_level

RIGHT, JUMP = int(Button.RIGHT), int(Button.JUMP)
EDGE = """
................
................
................
................
@...............
#####...........
................
................
................
################
"""


def test_none_is_no_help_and_each_has_a_name() -> None:
    assert not NO_ASSISTS and NO_ASSISTS.motion(NES_MOTION) is NES_MOTION
    for field in fields(Assists):
        help_ = Assists(**{field.name: True})
        assert help_ and help_.names == [field.name] and Assists.of([field.name]) == help_
    with pytest.raises(TypeError):
        Assists.of(["wings"])


@pytest.mark.parametrize("steady", [False, True])
def test_a_blow_pushes_only_whom_it_may(steady: bool) -> None:
    world = World(level_from_ascii(EDGE), assists=Assists(steady=steady))
    world.step(0)
    assert world.hero.harm(2, 1, pushed=not world.assists.steady)
    world.step(0)
    hurt = world.hero.body.posture == Posture.HURT
    assert hurt != steady and world.hero.body.safe_tick > 0 and world.hero.health == 14
    assert not world.hero.harm(2, 1), "he is safe for a while, pushed or not"


def last_tick_of_a_jump(assists: Assists) -> int:
    """The latest tick after the feet have left the edge in which a jump still lifts; -1: none."""
    latest = -1
    for late in range(12):
        world = World(level_from_ascii(EDGE), enemies=False, assists=assists)
        while world.hero.body.posture != Posture.AIR:
            world.step(RIGHT)
        for _ in range(late):
            world.step(0)
        before = world.hero.body.y_sub
        world.step(JUMP)
        if world.hero.body.y_sub < before:
            latest = late
    return latest


def test_late_jumps_lift_only_with_the_help() -> None:
    assert last_tick_of_a_jump(NO_ASSISTS) == -1
    assert last_tick_of_a_jump(Assists(coyote=True)) == 2


def lands_and_jumps(assists: Assists, early: int) -> bool:
    """Whether a jump that is pressed, and held, so many ticks before the feet land lifts after it."""
    world = World(level_from_ascii(EDGE), enemies=False, assists=assists)
    world.step(JUMP)
    heights = []
    while world.hero.body.posture == Posture.AIR:
        heights.append(world.clone())
        world.step(0)
    world = heights[len(heights) - early]
    for _ in range(early + 3):
        world.step(JUMP)
    return world.hero.body.posture == Posture.AIR


def test_early_jumps_count_only_with_the_help() -> None:
    assert not lands_and_jumps(NO_ASSISTS, 2)
    assert lands_and_jumps(Assists(buffer=True), 2)


def test_steering_in_the_air_only_with_the_help() -> None:
    ways = []
    for assists in (NO_ASSISTS, Assists(air_control=True)):
        world = World(level_from_ascii(EDGE), enemies=False, assists=assists)
        for mask in (JUMP, *[RIGHT] * 20):
            world.step(mask)
        ways.append(world.hero.body.x_sub // SUB)
    assert ways[1] - ways[0] == 20


def test_helps_that_change_on_the_way_are_kept_with_the_run() -> None:
    level, chance, recorder = proven_level(3), Pcg32(5), Recorder()
    world = World(level)
    recorder.begin(world, "A", Begun.STAGE)
    for assists in (NO_ASSISTS, Assists(air_control=True, more_life=True), Assists(buffer=True)):
        if assists != world.assists:
            world.help(assists)
            recorder.begin(world, "A", Begun.BACK, world)
        for _ in range(150):
            mask = chance.below(64)
            world.step(mask)
            recorder.tick(world, mask)
    replay = recorder.replay
    assert replay is not None
    again = Replay.from_bytes(replay.to_bytes())
    assert [part.assists.names for part in again.parts] == [[], ["more_life", "air_control"], ["buffer"]]
    assert verify(again, lambda code: level) == ""
    again.parts[1].assists = NO_ASSISTS
    assert verify(again, lambda code: level), "without them it is another run"
