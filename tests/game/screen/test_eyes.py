"""What eyes can do without: no flicker, no shaking, signs beside colours."""

import itertools

from game.screen.appearance import pictures
from game.screen.eyes import CALM_BLINK_TICKS, EYES, Eyes, signs
from game.screen.sprites import SpriteSheet
from game.world import World
from game.world.enemies import awaken
from generator.level import Spawn
from generator.motion import hurt
from tests.drawn.levels import level_from_ascii, rooms_level

LEDGE = """
................
................
................
..===...........
................
@...............
################
"""


PIT = """
................
................
................
................
@...............
#####..#########
"""


def hero_is_there(world: World, eyes: Eyes) -> list[bool]:
    """Whether the hero is drawn, tick by tick, while he is safe after a blow."""
    found = []
    for ticks in range(100, 0, -1):
        body = world.hero.body._replace(safe_tick=ticks)
        world.hero.state = world.hero.state._replace(body=body)
        found.append(any(picture.name.startswith("hero") for picture in pictures(world, eyes)))
    return found


def test_without_flashes_he_blinks_slower_than_three_times_a_second() -> None:
    world = World(level_from_ascii(LEDGE), enemies=False)
    for eyes, least in ((EYES, 2), (Eyes(flash=False), CALM_BLINK_TICKS)):
        there = hero_is_there(world, eyes)
        changes = [at for at in range(1, len(there)) if there[at] != there[at - 1]]
        assert {two - one for one, two in itertools.pairwise(changes)} == {least}
    assert 60 / (2 * CALM_BLINK_TICKS) < 3
    assert hurt(world.hero.body, 1) == world.hero.body, "he is still safe"


def test_without_shaking_nothing_is_aside() -> None:
    assert [EYES.shaken(px) for px in (-1, 0, 1)] == [-1, 0, 1]
    assert [Eyes(shake=False).shaken(px) for px in (-1, 0, 1)] == [0, 0, 0]


def test_signs_say_who_harms_where_one_may_stand_and_where_a_room_ends() -> None:
    world = World(level_from_ascii(LEDGE))
    world.enemies.append(awaken(Spawn("zombie", 100, 240), 0))
    found = signs(world)
    assert [sign.name for sign in found].count("sign_foe") == 1
    top = world.level.rooms[0][3] - 4
    assert [(s.x_px // 16, s.y_px // 16) for s in found if s.name == "sign_ledge"] == [
        (c, top) for c in (2, 3, 4)
    ]
    pits = [sign.x_px // 16 for sign in signs(World(level_from_ascii(PIT))) if sign.name == "sign_pit"]
    assert pits == [5, 6]
    assert {sign.name for sign in signs(World(rooms_level(), enemies=False))} & {"sign_left", "sign_right"}
    assert {sign.name for sign in found} <= set(SpriteSheet.load().sprites)
    assert not {picture.name for picture in pictures(world)} & {sign.name for sign in found}
    assert {sign.name for sign in found} <= {picture.name for picture in pictures(world, Eyes(shapes=True))}
