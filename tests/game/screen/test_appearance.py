"""What is drawn for whom: names, frames and places, without a window."""

from __future__ import annotations

from itertools import pairwise

import pygame
import pytest

from game.screen import SpriteSheet
from game.screen.appearance import CLIMB_FRAME_PX, pictures, shake_px
from game.screen.picture import Picture
from game.world import World
from game.world.cues import JOLTS, SPARK_TICKS, Spark
from game.world.enemies import enemy_of
from generator.motion import SUB, Body, Button, Posture, State
from generator.motion.mechanisms import COLLAPSE_TICKS, COUNTER_BIT, GONE
from generator.nes.palette import PALETTE_RGB
from generator.nes.roles import Role
from tests.drawn.levels import (
    CISTERN_ROOM,
    GALLERY_ROOM,
    HALL_ROOM,
    KEY_BIT,
    LOCK_BIT,
    TOWER_ROOM,
    WALL_BIT,
    rooms_level,
    rooms_route,
)

SHEET = SpriteSheet.load()
RIGHT, UP, DOWN, WHIP = (int(b) for b in (Button.RIGHT, Button.UP, Button.DOWN, Button.WHIP))


def shown(room: int, flags: int = 0, *, room_tick: int = 0, x_px: int = 0, y_px: int = 448) -> list[Picture]:
    """The pictures of a room in a state, its hero somewhere."""
    world = World(rooms_level(), enemies=False)
    left_px = rooms_level().interiors[room].left_px
    world.hero.state = State(room, room_tick, Body((x_px or left_px + 40) * SUB, y_px * SUB), flags)
    world._settle()
    return pictures(world)


def named(found: list[Picture], name: str) -> list[tuple[int, int, int]]:
    """Frame, x and y of the pictures of a name."""
    return [(p.frame, p.x_px, p.y_px) for p in found if p.name == name]


def test_only_the_room_at_hand_is_furnished() -> None:
    names = {room: {p.name for p in shown(room)} for room in range(4)}
    assert {"candle", "treasure"} <= names[HALL_ROOM] and not names[HALL_ROOM] & {"door", "lock", "key"}
    assert "lock" in names[TOWER_ROOM]
    assert {"lock", "door", "treasure"} <= names[GALLERY_ROOM]
    assert {"key", "roast", "wall_crack", "platform_left", "platform_right"} <= names[CISTERN_ROOM]


def test_a_lock_stands_on_both_sides_until_it_opens() -> None:
    assert named(shown(TOWER_ROOM), "lock") == [(0, 512 - 8, 448)]
    assert named(shown(GALLERY_ROOM), "lock") == [(0, 512 + 8, 448)]
    for room in (TOWER_ROOM, GALLERY_ROOM):
        opened = shown(room, 1 << LOCK_BIT)
        assert not named(opened, "lock") and len(named(opened, "doorway")) == 1


def test_keys_glint_until_they_are_taken() -> None:
    assert named(shown(CISTERN_ROOM), "key") == [(0, 43 * 16 + 8, 208)]
    assert not named(shown(CISTERN_ROOM, 1 << KEY_BIT), "key")


def test_a_wall_has_one_crack_until_it_breaks() -> None:
    assert len(named(shown(CISTERN_ROOM), "wall_crack")) == 1
    assert not named(shown(CISTERN_ROOM, 1 << WALL_BIT), "wall_crack")


@pytest.mark.parametrize(
    ("room", "name", "role", "cells"),
    [
        (CISTERN_ROOM, "ripple", Role.WATER, {(column, 14) for column in range(36, 42)}),
        (HALL_ROOM, "spike_tips", Role.SPIKES, {(column, 29) for column in range(7, 10)}),
    ],
)
def test_dangers_show_what_they_are_along_their_edge(
    room: int, name: str, role: Role, cells: set[tuple[int, int]]
) -> None:
    edge = {(x_px // 16, y_px // 16) for _, x_px, y_px in named(shown(room), name)}
    assert edge == cells
    assert all(rooms_level().roles[row, column] == role for column, row in edge)
    assert not named(shown(GALLERY_ROOM), name)


def test_platforms_are_drawn_where_they_are() -> None:
    (platform,) = rooms_level().interiors[CISTERN_ROOM].platforms
    for tick in (0, 17, 80, 150):
        left, top = platform.at(tick)
        found = shown(CISTERN_ROOM, room_tick=tick)
        assert named(found, "platform_left") == [(0, left, top)]
        assert named(found, "platform_right") == [(0, left + 16, top)]


def test_a_floor_crumbles_frame_by_frame() -> None:
    cracks = [(0, 112, 448), (0, 128, 448), (0, 144, 448)]
    assert named(shown(HALL_ROOM), "crumble") == cracks, "before it is stepped on"
    frames = []
    for counter in range(1, GONE):
        found = named(shown(HALL_ROOM, counter << COUNTER_BIT), "crumble")
        aside = shake_px(counter)
        assert [x_px for _, x_px, _ in found] == [112 + aside, 128 + aside, 144 + aside]
        frames.append(found[0][0])
    assert frames == sorted(frames) and set(frames) == {0, 1, 2} and len(frames) == COLLAPSE_TICKS - 1
    assert not named(shown(HALL_ROOM, GONE << COUNTER_BIT), "crumble")


@pytest.mark.parametrize(
    ("button", "from_px", "name"), [(UP, (448, 448), "hero_climb"), (DOWN, (336, 336), "hero_descend")]
)
def test_on_stairs_the_hero_shows_back_or_face(button: int, from_px: tuple[int, int], name: str) -> None:
    world = World(rooms_level(), enemies=False)
    world.hero.state = State(TOWER_ROOM, 0, Body(from_px[0] * SUB, from_px[1] * SUB))
    world._settle()
    frames = []
    for _ in range(100):
        world.step(button)
        assert world.hero.body.posture == Posture.STAIRS
        found = named(pictures(world), name)
        frames.append(found[0][0])
    changes = sum(a != b for a, b in pairwise(frames))
    assert abs(changes - 50 // CLIMB_FRAME_PX) <= 1
    for _ in range(20):
        world.step(0)
    world.step(WHIP)
    assert named(pictures(world), "hero_climb_whip") and named(pictures(world), "whip")


def test_the_shade_wears_the_castle() -> None:
    world = World(rooms_level(), enemies=False)
    world.enemies = [enemy_of("shade", 100, 400, 1), enemy_of("zombie", 140, 400, 1)]
    by_name = {picture.name: picture for picture in pictures(world)}
    shade, zombie = by_name["shade"], by_name["zombie"]
    tiles = {tile.tobytes() for tile in world.level.bank.pixels}
    assert shade.cloth in tiles and not zombie.cloth
    worn = SpriteSheet.load().get("shade", cloth=shade.cloth)
    colours = {tuple(PALETTE_RGB[index]) for index in set(shade.cloth)}
    shown = {tuple(row) for row in pygame.surfarray.array3d(worn).reshape(-1, 3).tolist()}
    assert colours <= shown


@pytest.mark.parametrize("kind", [kind for kind in SPARK_TICKS if kind not in JOLTS])
def test_every_spark_has_a_picture_all_its_life(kind: str) -> None:
    world = World(rooms_level(), enemies=False)
    world.tick = 100
    for age in range(SPARK_TICKS[kind]):
        world.sparks = [Spark(kind, 100, 400, world.tick - age)]
        assert named(pictures(world), kind)


def test_all_that_the_route_shows_is_on_the_sheet() -> None:
    sheet, world = SpriteSheet.load(), World(rooms_level())
    missing = set()
    for tick, mask in enumerate(rooms_route()):
        world.hero.health = 16
        world.step(mask)
        if tick % 3 == 0 or world.sparks:
            for picture in pictures(world):
                if picture.name not in sheet.sprites or picture.frame >= len(sheet.sprites[picture.name]):
                    missing.add((picture.name, picture.frame))
    assert not missing


@pytest.mark.parametrize(
    "name", ["wall_crack", "crumble", "platform_left", "platform_middle", "platform_right"]
)
def test_what_lies_on_tiles_is_known_by_its_top_left(name: str) -> None:
    sheet = SpriteSheet.load()
    assert sheet.offset(name) == (0, 0)
