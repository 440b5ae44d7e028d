"""Every action answers: what the world says is seen within two ticks. The list has no holes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from zlib import crc32

import pygame
import pytest

from game.screen.appearance import pictures
from game.screen.scenery import Scenery
from game.session import Phase, Session
from game.sound.effects import EFFECTS
from game.world import World
from game.world.blows import strike
from game.world.camera import VIEW_SIZE
from game.world.cues import SPARK_TICKS, Cue
from game.world.enemies import enemy_of, spear_knight
from game.world.hero import Carry, Hero
from game.world.items import Candle, Item, pick_up
from game.world.weapons import WEAPONS
from game.world.world import GRACE_TICKS
from generator.motion import NES_MOTION, SUB, Body, Button, Posture, State
from generator.stream import Built
from tests.drawn.cues import ITEMS, kinds_of_cues
from tests.drawn.levels import (
    CISTERN_ROOM,
    HALL_ROOM,
    TOWER_ROOM,
    WALL_BIT,
    built,
    level_from_ascii,
    rooms_level,
    rooms_route,
)
from tests.drawn.sessions import follow_certificate, playing

RIGHT, LEFT, UP, JUMP, WHIP = (
    int(b) for b in (Button.RIGHT, Button.LEFT, Button.UP, Button.JUMP, Button.WHIP)
)
ON_FEET = ("hero_stand", "hero_walk", "hero_crouch")
SEEN: dict[str, tuple[str, ...]] = {
    "jump": ("hero_jump",),
    "land": (*ON_FEET, "hero_dying"),
    "platform": ON_FEET,
    "whip": ("hero_whip", "hero_crouch_whip", "hero_climb_whip"),
    "stairs": ("hero_climb", "hero_descend", *ON_FEET),
    "dagger": ("dagger",),
    "axe": ("axe",),
    "flask": ("flask",),
    "boomerang": ("boomerang",),
    "stopwatch": ("glint",),
    "burst": ("holy_fire",),
    "fall": ("flame",),
    "great_bat_fall": ("flame",),
    "armour_fall": ("flame",),
    "shade_fall": ("flame",),
    "great_bat_attack": ("great_bat",),
    "armour_attack": ("armour",),
    "shade_attack": ("shade",),
    "bone": ("bone",),
    "spit": ("spit",),
    "fireball": ("fireball",),
    "hit": ("hit_spark",),
    "clang": ("clang_spark",),
    "hurt": ("hurt_spark",),
    "death": ("hurt_spark", "hero_dying", "splash"),
    "splash": ("splash",),
    "candle": ("candle_bit", "flame"),
    "break": ("debris", "crumble_dust"),
    "secret": ("debris",),
    "crumble": ("scuff",),
    "key": ("glint",),
    "unlock": ("lock_open",),
    "door": ("lock_open",),
    **dict.fromkeys(
        ("heart", "heart_large", "orb", "upgrade", "multiply", "weapon", "potion", "one_up", "rosary"),
        ("glint",),
    ),
    "roast": ("glint",),
    "money": ("points",),
    "treasure": ("points",),
}
"""By a cue, the pictures of which one is there then."""
OTHERWISE = {"locked": "a line", "clear": "the count of points"}
"""Cues that other parts of the screen answer."""
FLAT = "\n".join(["." * 32] * 11 + [".@" + "." * 30] + ["#" * 32] * 3)
FLOOR_PX = 192


def told_of_items() -> set[str]:
    hero = Hero(level_from_ascii(FLAT), Carry())
    return {pick_up(Item(kind, 0, 0), hero) for kind in ITEMS}


def test_the_list_has_no_holes() -> None:
    assert kinds_of_cues() | told_of_items() == {*SEEN, *OTHERWISE}


def watched(world: World, masks: Iterable[int]) -> set[str]:
    """Plays; every cue must be seen in its tick or in the next. Returns the cues."""
    told: set[str] = set()
    due: list[str] = []
    for mask in masks:
        cues = [cue.kind for cue in world.step(mask) if cue.kind in SEEN]
        names = {picture.name for picture in pictures(world)}
        missing = [kind for kind in due if not names & set(SEEN[kind])]
        assert not missing, f"not seen: {missing}"
        due = [kind for kind in cues if not names & set(SEEN[kind])]
        told |= set(cues)
    return told


def flat(**carry: object) -> World:
    """A hero on a floor, in a room where everybody moves by now."""
    world = World(level_from_ascii(FLAT), carry=Carry(**carry), enemies=False)  # type: ignore[arg-type]
    for _ in range(GRACE_TICKS):
        world.step(0)
    return world


def standing(room: int, x_px: int, y_px: int, flags: int = 0) -> World:
    world = World(rooms_level(), enemies=False)
    world.hero.state = State(room, 0, Body(x_px * SUB, y_px * SUB), flags)
    world._settle()
    return world


def items_fall(*kinds: str) -> set[str]:
    world = flat()
    x_px = world.hero.body.x_sub // SUB
    world.items = [
        Item(kind, x_px, FLOOR_PX - 8, worth=400 * (kind == "money"), start_px=x_px) for kind in kinds
    ]
    return watched(world, [0] * 30)


def is_struck(health: int) -> set[str]:
    world = flat(health=health)
    world.enemies = [enemy_of("zombie", world.hero.body.x_sub // SUB + 4, FLOOR_PX, -1)]
    return watched(world, [0] * 90)


def whips(guarding: bool) -> set[str]:
    world = flat()
    world.candles = [Candle(world.hero.body.x_sub // SUB + 30, FLOOR_PX - 8)]
    knight = enemy_of("spear_knight", world.hero.body.x_sub // SUB + 36, FLOOR_PX, -1)
    knight.begin(spear_knight.GUARDING if guarding else spear_knight.RESTING)
    world.enemies = [knight]
    return watched(world, [WHIP] + [0] * 20)


def throws() -> set[str]:
    told: set[str] = set()
    for weapon in WEAPONS:
        told |= watched(flat(weapon=weapon, hearts=9), [UP | WHIP] + [0] * 80)
    return told


def fights(kind: str) -> set[str]:
    world = flat()
    world.hero.safe_ticks = 10**6
    world.enemies = [enemy_of(kind, world.hero.body.x_sub // SUB + 60, FLOOR_PX, -1)]
    return watched(world, [0] * 900)


def falls(kind: str) -> set[str]:
    world, cues = flat(), list[Cue]()
    foe = enemy_of(kind, world.hero.body.x_sub // SUB + 30, FLOOR_PX, -1)
    foe.hits, world.enemies = 1, [foe]
    strike(world, foe, 1, -1, cues)
    told, names = {cue.kind for cue in cues}, {picture.name for picture in pictures(world)}
    assert all(names & set(SEEN[one]) for one in told)
    return told


SCENES: dict[str, Callable[[], set[str]]] = {
    "jump land": lambda: watched(flat(), [0, JUMP] + [0] * 60),
    "whip hit candle": lambda: whips(guarding=False),
    "clang": lambda: whips(guarding=True),
    "dagger axe flask boomerang stopwatch burst": throws,
    "fall hit": lambda: falls("zombie"),
    **{f"{kind}_fall": partial(falls, kind) for kind in ("great_bat", "armour", "shade")},
    **{f"{kind}_attack": partial(fights, kind) for kind in ("great_bat", "armour", "shade")},
    "fireball": lambda: fights("shade"),
    "bone": lambda: fights("skeleton"),
    "spit": lambda: fights("fish_man"),
    "hurt": lambda: is_struck(16),
    "death": lambda: is_struck(1),
    "heart heart_large upgrade money orb": lambda: (
        items_fall("heart_small", "heart_large", "whip_upgrade") | items_fall("boss_orb", "money")
    ),
    "multiply weapon potion one_up rosary": lambda: (
        items_fall("item_axe", "potion", "one_up") | items_fall("item_double", "rosary")
    ),
    "splash": lambda: watched(standing(CISTERN_ROOM, 560, 208), [RIGHT] * 60),
    "roast": lambda: watched(standing(CISTERN_ROOM, 738, 208, 1 << WALL_BIT), [0] * 3),
    "break secret": lambda: watched(standing(CISTERN_ROOM, 700, 208), [WHIP] + [0] * 20),
    "crumble break": lambda: watched(standing(HALL_ROOM, 120, 448), [0] * 60),
    "stairs platform key unlock door treasure": lambda: watched(
        World(rooms_level(), enemies=False), rooms_route()
    ),
}
"""What is played, by the cues that it must bring about."""


@pytest.mark.parametrize("promised", SCENES)
def test_what_is_heard_is_seen(promised: str) -> None:
    assert set(promised.split()) <= SCENES[promised]()


def test_the_scenes_leave_no_cue_out() -> None:
    assert {kind for promised in SCENES for kind in promised.split()} == set(SEEN)


def test_a_wall_that_breaks_is_open_flies_apart_and_is_heard_at_once() -> None:
    world = standing(CISTERN_ROOM, 700, 208)
    before = crc32(field_of(world))
    for mask in [WHIP] + [0] * 20:
        cues = {cue.kind for cue in world.step(mask)}
        if "break" in cues:
            break
    assert "break" in cues and "break" in EFFECTS
    shown = [picture.name for picture in pictures(world)]
    assert shown.count("debris") >= 4 and "crumble_dust" in shown and "wall_crack" not in shown
    assert crc32(field_of(world)) != before, "its stones are gone"


def field_of(world: World) -> bytes:
    """The tiles in view, without anybody."""
    canvas = pygame.Surface(VIEW_SIZE, depth=32)
    Scenery(world.level).draw(canvas, world.camera_px, world.hero.state.room, world.hero.state.flags)
    return pygame.image.tobytes(canvas, "RGB")


def test_a_locked_door_says_a_line_and_a_cleared_stage_counts() -> None:
    session = Session(None, Built(rooms_level(), built(3).dreams))
    session.skip_show()
    assert session.world is not None
    session.world.hero.state = State(TOWER_ROOM, 0, Body(500 * SUB, 448 * SUB), 0)
    while not any(cue.kind == "locked" for cue in session.tick(RIGHT)):
        assert session.phase_tick < 100
    assert session.message
    session, _ = playing()
    follow_certificate(session)
    assert session.phase == Phase.TALLY


def test_a_long_fall_raises_dust_and_a_turn_a_little_that_hangs() -> None:
    world = flat()
    told = []
    for tick in range(60):
        world.step(RIGHT if tick // 5 % 2 else LEFT)
        told.append(sum(spark.kind == "scuff" and spark.born_tick == world.tick for spark in world.sparks))
    assert 1 < sum(told) <= 60 // SPARK_TICKS["scuff"], "not with every turn"
    world.hero.state = world.hero.state._replace(
        body=world.hero.body._replace(
            y_sub=40 * SUB, posture=int(Posture.AIR), vx_sub=0, air_tick=NES_MOTION.fall_tick
        )
    )
    for _ in range(100):
        world.step(0)
        if sum(spark.kind == "dust" for spark in world.sparks) == 2:
            return
    raise AssertionError("no dust")
