"""The show from dream to level: it ends in the level's first view, and it tells where tiles come from."""

import numpy as np
import pygame
import pytest

from game.screen.dreaming import CORNERS_PX, CUT_TICK, LOSE_TICK, SIDE_PX, Dreaming
from game.screen.hud import HUD_PX
from game.screen.scenery import Scenery
from game.session.phases import SHOW_TICKS
from game.world import World
from game.world.camera import VIEW_SIZE
from generator.nes.palette import PALETTE_RGB, quantise
from generator.nes.roles import SCREEN_PX
from generator.stream import Built
from tests.drawn.levels import built, rooms_level

ORANGE = (200, 100, 50)


@pytest.fixture
def canvas() -> pygame.Surface:
    pygame.display.init()
    pygame.display.set_mode(VIEW_SIZE)
    return pygame.Surface(VIEW_SIZE, depth=32)


def pixels(canvas: pygame.Surface) -> np.ndarray:
    return pygame.surfarray.array3d(canvas).swapaxes(0, 1).copy()


def test_it_ends_in_the_first_view_of_the_level(canvas: pygame.Surface) -> None:
    shown_levels = built(7), Built(rooms_level(), built(7).dreams)
    for level in shown_levels:
        Dreaming(level).draw(canvas, SHOW_TICKS)
        shown = pixels(canvas)
        Scenery(level.level).draw(canvas, World(level.level).camera_px)
        assert (shown[HUD_PX:] == pixels(canvas)[HUD_PX:]).all()


def test_dreams_hang_in_their_own_colours_first_and_the_nes_s_later(canvas: pygame.Surface) -> None:
    dreams = np.full((6, SCREEN_PX, SCREEN_PX, 3), ORANGE, np.uint8)
    show = Dreaming(Built(built(7).level, dreams))
    x, y = CORNERS_PX[0]
    here = np.s_[y : y + SIDE_PX, x : x + SIDE_PX]
    show.draw(canvas, LOSE_TICK - 1)
    assert (pixels(canvas)[here] == ORANGE).all()
    show.draw(canvas, CUT_TICK - 1)
    assert (pixels(canvas)[here] == PALETTE_RGB[quantise(np.array(ORANGE, np.uint8))]).all()


def test_a_tick_s_picture_does_not_depend_on_the_ticks_before(canvas: pygame.Surface) -> None:
    patient = Dreaming(built(3))
    for tick in range(70):
        patient.draw(canvas, tick)
    one = pixels(canvas)
    Dreaming(built(3)).draw(canvas, 69)
    assert (one == pixels(canvas)).all()


def test_a_level_without_dreams_has_a_show_too(canvas: pygame.Surface) -> None:
    bare = Built(built(3).level, np.zeros((0, SCREEN_PX, SCREEN_PX, 3), np.uint8))
    for tick in (0, CUT_TICK, SHOW_TICKS):
        Dreaming(bare).draw(canvas, tick)
