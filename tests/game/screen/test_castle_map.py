"""The castle's map: what was seen and no more, in proportion, with its ways and locks."""

from __future__ import annotations

import dataclasses

import numpy as np
import pygame
import pytest

from game.screen import SpriteSheet
from game.screen.castle_map import (
    EXIT,
    FLOOR,
    HERE,
    LOCKED,
    MOST_PX,
    SCREEN_SIZES_PX,
    WALL,
    Mark,
    castle_map,
    has_map,
    marks_of,
)
from game.screen.screens import BLINK_TICKS, Screens
from game.session import Command, Session
from game.world import World
from game.world.camera import VIEW_SIZE
from generator.motion.mechanisms import BreakableWall, Passage, stands_before
from generator.nes.palette import BLACK, PALETTE_RGB
from generator.nes.roles import Role
from generator.stream import Built
from tests.drawn.levels import (
    CISTERN_ROOM,
    GALLERY_ROOM,
    HALL_ROOM,
    LOCK_BIT,
    TOWER_ROOM,
    built,
    dress_flat,
    proven_level,
    rooms_level,
    rooms_route,
    strip_level,
)

ALL = (HALL_ROOM, TOWER_ROOM, GALLERY_ROOM, CISTERN_ROOM)
WIDTH, HEIGHT = SCREEN_SIZES_PX[0]


def colours(surface: pygame.Surface) -> np.ndarray:
    """Palette indices [h, w]; 255 where there is none."""
    rgb = pygame.surfarray.array3d(surface).swapaxes(0, 1)
    found = np.full(rgb.shape[:2], 255, np.uint8)
    for index in (BLACK, WALL, FLOOR, HERE, LOCKED, EXIT):
        found[(rgb == PALETTE_RGB[index]).all(axis=2)] = index
    return found


def middle(room: int) -> tuple[int, int]:
    """Row and column of the middle of a room's box."""
    x, y, width, height = rooms_level().rooms[room]
    return (2 * y + height) * HEIGHT // 30, (2 * x + width) * WIDTH // 32


def test_one_room_needs_no_map() -> None:
    assert has_map(rooms_level()) and not has_map(strip_level(1))


def test_everything_is_shown_for_who_may_see_everything() -> None:
    shown = colours(castle_map(rooms_level()))
    assert shown.shape == (2 * HEIGHT + 1, 4 * WIDTH + 1)
    assert all(shown[middle(room)] == FLOOR for room in ALL)
    assert shown[HEIGHT // 2, WIDTH // 2] == BLACK, "no room is there"
    assert set(np.unique(shown)) == {BLACK, WALL, FLOOR, LOCKED, EXIT}


@pytest.mark.parametrize("visited", [{HALL_ROOM}, {HALL_ROOM, TOWER_ROOM}, set(ALL)])
def test_only_what_was_visited_is_shown(visited: set[int]) -> None:
    shown = colours(castle_map(rooms_level(), visited, here=HALL_ROOM))
    for room in ALL:
        assert shown[middle(room)] == (HERE if room == HALL_ROOM else FLOOR if room in visited else BLACK)
    assert (EXIT in shown) == (GALLERY_ROOM in visited)
    assert (LOCKED in shown) == bool(visited & {TOWER_ROOM, GALLERY_ROOM})


def test_a_lock_that_is_open_is_a_way_like_others() -> None:
    level = rooms_level()
    assert LOCKED not in colours(castle_map(level, flags=1 << LOCK_BIT))
    ways = [
        int((colours(castle_map(level, {room}, flags=1 << LOCK_BIT)) == WALL).sum())
        for room in (TOWER_ROOM, HALL_ROOM)
    ]
    around = [2 * (WIDTH + 2 * HEIGHT), 2 * (WIDTH + HEIGHT)]
    gap = HEIGHT * 3 // 15
    assert abs(around[0] - 3 * gap - ways[0]) <= 3 and abs(around[1] - gap - ways[1]) <= 1


def test_a_way_behind_a_wall_is_wall_until_that_is_broken() -> None:
    """On the map of the whole castle it is a way like others."""
    level = proven_level(3)
    wall = next(m for m in level.mechanisms if isinstance(m, BreakableWall))
    way = next(
        m
        for m in level.mechanisms
        if isinstance(m, Passage) and m.room == wall.room and stands_before(wall, m, level.rooms[m.room])
    )
    seen = {way.room}
    secret, broken = (colours(castle_map(level, seen, flags=flags)) for flags in (0, 1 << wall.bit))
    assert (secret == WALL).sum() > (broken == WALL).sum()
    known = {way.room, way.to_room}
    assert (colours(castle_map(level, known)) == WALL).sum() > (
        colours(castle_map(level, known, flags=1 << wall.bit)) == WALL
    ).sum(), "from its other side, too"
    everything = [colours(castle_map(level, flags=flags)) for flags in (0, 1 << wall.bit)]
    assert (everything[0] == everything[1]).all()


@pytest.mark.parametrize("screens", [(2, 2), (10, 4), (20, 3), (5, 16)])
def test_every_castle_fits(screens: tuple[int, int]) -> None:
    across, down = screens
    rooms = tuple((16 * i, 15 * j, 16, 15) for j in range(down) for i in range(across))
    roles = np.full((15 * down, 16 * across), Role.SKY, np.uint8)
    width, height = castle_map(dress_flat(roles, rooms=rooms)).get_size()
    assert width <= MOST_PX[0] and height <= MOST_PX[1]


def test_marks_are_what_was_seen_and_is_still_there() -> None:
    world = World(rooms_level(), enemies=False)
    names: list[set[str]] = []
    for mask in rooms_route():
        world.step(mask)
        names.append({mark.name for mark in marks_of(world)})
    assert names[0] == {"map_start", "map_here", "map_treasure"}, "of the hall alone"
    assert any("map_lock" in found for found in names) and any("map_key" in found for found in names)
    assert names[-1] >= {"map_start", "map_exit", "map_here"}
    assert not names[-1] & {"map_key", "map_lock"}, "the key is had, the lock open"


@pytest.mark.parametrize("screens", [1, 9, 40])
def test_marks_stay_within_their_room_and_off_small_maps(screens: int) -> None:
    rooms = tuple((16 * i, 0, 16, 15) for i in range(screens))
    level = dress_flat(np.full((15, 16 * screens), Role.SKY, np.uint8), rooms=rooms)
    pygame.display.init()
    pygame.display.set_mode(VIEW_SIZE)
    sheet = SpriteSheet.load()
    bare = colours(castle_map(level))
    for column in (0, 15):
        marked = colours(castle_map(level, sheet=sheet, marks=[Mark("map_key", column, 0)]))
        assert (marked == bare).all() == (screens == 40)
        assert (marked[bare == WALL] == WALL).all()


def paused(given: Built, tick: int, *, long_code: bool = False) -> np.ndarray:
    pygame.display.init()
    pygame.display.set_mode(VIEW_SIZE)
    canvas = pygame.Surface(VIEW_SIZE, depth=32)
    canvas.fill((1, 2, 3))
    if long_code:
        given = Built(dataclasses.replace(given.level, seed=2**64 - 1, stage=300), given.dreams)
    session = Session(None, given)
    session.skip_show()
    session.command(Command.PAUSE)
    Screens(SpriteSheet.load()).over(canvas, session, tick)
    return colours(canvas)


@pytest.mark.parametrize("long_code", [False, True])
def test_the_pause_shows_it_and_the_heros_room_blinks(long_code: bool) -> None:
    given = Built(rooms_level(), built(3).dreams)
    lit, dark = (paused(given, tick, long_code=long_code) for tick in (0, BLINK_TICKS // 2))
    area = WIDTH * HEIGHT // 2
    assert (lit == HERE).sum() > area > (lit == FLOOR).sum()
    assert (dark == FLOOR).sum() > area and HERE not in dark
    assert (lit[-4:] == BLACK).all(), "it ends above the bottom"


def test_a_castle_of_one_room_is_paused_as_ever() -> None:
    assert not np.isin(paused(Built(strip_level(1), built(3).dreams), 0), [FLOOR, HERE]).any()
