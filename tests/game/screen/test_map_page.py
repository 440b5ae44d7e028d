"""The map on a page of its own: as large as can be, with the way that was walked, and what the marks are."""

from __future__ import annotations

import numpy as np
import pygame
import pytest

from game.screen import SpriteSheet
from game.screen.castle_map import EXIT, FLOOR, HERE, LARGE_SIZES_PX, WALL, WAY, castle_map
from game.screen.screens import BLINK_TICKS, Screens
from game.session import Command, Session
from game.world.camera import VIEW_SIZE
from generator.nes.palette import PALETTE_RGB
from generator.nes.roles import Role
from generator.stream import Built
from tests.drawn.levels import HALL_ROOM, built, dress_flat, rooms_level, rooms_route


def area(surface: pygame.Surface, index: int) -> int:
    """How many pixels are of a colour."""
    return int((pygame.surfarray.array3d(surface) == PALETTE_RGB[index]).all(axis=2).sum())


def walked(ticks: int) -> Session:
    session = Session(None, Built(rooms_level(), built(3).dreams))
    session.skip_show()
    for mask in rooms_route()[:ticks]:
        assert session.world is not None
        session.world.enemies.clear()
        session.tick(mask)
    session.command(Command.PAUSE)
    return session


def page(session: Session, tick: int = 0) -> pygame.Surface:
    pygame.display.init()
    pygame.display.set_mode(VIEW_SIZE)
    canvas = pygame.Surface(VIEW_SIZE, depth=32)
    Screens(SpriteSheet.load()).chart(canvas, session, tick)
    return canvas


def test_it_shows_what_is_known_and_the_way() -> None:
    short, long = walked(40), walked(200)
    lit, dark = page(long), page(long, BLINK_TICKS // 2)
    assert area(lit, HERE) > 60 * 60 and area(dark, HERE) == 0 and area(dark, FLOOR) > area(lit, FLOOR)
    dots = area(page(short), WAY), area(lit, WAY)
    assert 20 < dots[0] < dots[1]
    assert area(lit, EXIT) == 0, "nobody has seen it"
    height = LARGE_SIZES_PX[0][1]
    assert area(page(short), WALL) > 2 * height, "one room alone is as large as a room can be"


@pytest.mark.parametrize("screens", [(1, 1), (2, 2), (12, 4), (20, 3), (5, 16)])
def test_every_castle_fits_and_is_as_large_as_can_be(screens: tuple[int, int]) -> None:
    across, down = screens
    rooms = tuple((16 * i, 15 * j, 16, 15) for j in range(down) for i in range(across))
    level = dress_flat(np.full((15 * down, 16 * across), Role.SKY, np.uint8), rooms=rooms)
    width, height = castle_map(level, large=True, most_px=(240, 170)).get_size()
    assert width <= 240 and height <= 170
    assert width > 120 or height > 75 or screens == (1, 1)


def test_the_way_is_drawn_in_known_rooms_only() -> None:
    level = rooms_level()
    tiles = [(2 + n, 27) for n in range(40)]
    few, many = (
        area(castle_map(level, visited, way=tiles, large=True), WAY) for visited in ({HALL_ROOM}, None)
    )
    bare = castle_map(level, large=True)
    assert 0 < few < many and area(bare, WAY) == 0


def test_drawing_it_changes_nothing() -> None:
    session = walked(200)
    assert session.world is not None
    before = session.world.hero.state, session.playthrough.way.tiles, session.world.tick
    page(session)
    assert before == (session.world.hero.state, session.playthrough.way.tiles, session.world.tick)
