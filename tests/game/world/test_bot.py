"""The bot plays with buttons, through enemies, to the door."""

from functools import cache

import pytest

from game.world import World
from game.world.bot import Bot
from game.world.world import Outcome
from generator.level import Spawn
from tests.drawn.effort import examples
from tests.drawn.levels import level_from_ascii, proven_level

pytestmark = pytest.mark.slow

FIGHT_TICKS = 3000
"""How long the fight with a boss may take."""
SEEDS = (3, 7, *range(10, 30))[: examples(2)]


def play(world: World, bot: Bot, most_ticks: int = 9000) -> World:
    while world.outcome == Outcome.PLAYING and world.tick < most_ticks:
        world.step(bot.buttons(world))
    return world


@cache
def played(seed: int) -> tuple[World, Bot]:
    """A stage, played by a bot of its own."""
    bot = Bot()
    return play(World(proven_level(seed)), bot), bot


@pytest.mark.parametrize("seed", SEEDS)
def test_it_clears_stages(seed: int) -> None:
    assert played(seed)[0].outcome == Outcome.CLEARED


def test_it_clears_a_later_stage() -> None:
    assert play(World(proven_level(8, stage=3)), Bot(), most_ticks=15_000).outcome == Outcome.CLEARED


@pytest.mark.parametrize(("seed", "stage"), [(6, 1), (1015, 1)])
def test_it_does_not_go_round_in_circles(seed: int, stage: int) -> None:
    """In the second it was afraid of a zombie a storey above, came two steps nearer, and was afraid again,
    for minutes."""
    world = play(World(proven_level(seed, stage=stage)), Bot(), most_ticks=20_000)
    assert world.outcome == Outcome.CLEARED
    assert world.tick < 1.3 * len(world.level.certificate) + FIGHT_TICKS


def test_it_finds_back_after_a_blow() -> None:
    level = proven_level(4)
    world, bot = World(level, enemies=False), Bot()
    blows = 0
    while world.outcome == Outcome.PLAYING and world.tick < 9000:
        if world.tick % 600 == 599:
            blows += world.hero.harm(1, -1)
        world.step(bot.buttons(world))
    assert blows >= 5 and world.outcome == Outcome.CLEARED


def test_it_whips_what_comes_along() -> None:
    drawing = "." * 40 + "\n" + "." * 38 + "D.\n" + ".@" + "." * 36 + "D.\n" + "#" * 40
    world = play(World(level_from_ascii(drawing, (Spawn("zombie", 200, 224),))), Bot())
    assert world.hero.score >= 100 and world.hero.health == 16


def test_it_plays_its_second_world_as_it_would_its_first() -> None:
    first, second = SEEDS[:2]
    world, alone = play(World(proven_level(second)), played(first)[1]), played(second)[0]
    assert world.outcome == Outcome.CLEARED
    assert (world.tick, world.hero.health) == (alone.tick, alone.hero.health)
