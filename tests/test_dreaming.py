"""The show from dream to level: it ends in the level's first view, and it tells where tiles come from."""

import numpy as np
import pygame
import pytest
from levels import built

from game.dreaming import APPEAR_TICKS, COLLAGE, FLY_FROM_TICK, LEFT_PX, SHRINK, TOP_PX, Dreaming
from game.session import SHOW_TICKS
from game.view import VIEW_SIZE, Scenery
from generator.build import Built
from generator.palette import PALETTE_RGB, quantise
from generator.roles import SCREEN_PX


@pytest.fixture
def canvas() -> pygame.Surface:
    pygame.display.init()
    pygame.display.set_mode(VIEW_SIZE)
    return pygame.Surface(VIEW_SIZE, depth=32)


def pixels(canvas: pygame.Surface) -> np.ndarray:
    return pygame.surfarray.array3d(canvas).swapaxes(0, 1)


def test_it_ends_in_the_first_view_of_the_level(canvas: pygame.Surface) -> None:
    level = built(7)
    show = Dreaming(level)
    for tick in range(SHOW_TICKS + 1):
        show.draw(canvas, tick)
    shown = pixels(canvas)
    scenery = Scenery(level.level)
    expected = pygame.Surface(VIEW_SIZE, depth=32)
    scenery.draw(expected, 0)
    assert (shown == pixels(expected)).mean() > 0.99


def test_dreams_hang_in_their_own_colours_first_and_the_nes_s_later(canvas: pygame.Surface) -> None:
    dreams = np.full((COLLAGE * COLLAGE, SCREEN_PX, SCREEN_PX, 3), (200, 100, 50), np.uint8)
    show = Dreaming(Built(built(7).level, dreams))
    for tick in range(APPEAR_TICKS + 1):
        show.draw(canvas, tick)
    corner = pixels(canvas)[TOP_PX + 2, LEFT_PX + 2]
    assert tuple(corner) == (200, 100, 50)
    for tick in range(APPEAR_TICKS + 1, FLY_FROM_TICK):
        show.draw(canvas, tick)
    collage = pixels(canvas)[TOP_PX : TOP_PX + SCREEN_PX // SHRINK, LEFT_PX : LEFT_PX + SCREEN_PX // SHRINK]
    nes = PALETTE_RGB[quantise(np.array([200, 100, 50], np.uint8))]
    assert (collage == nes).all(-1).mean() > 0.5


def test_equal_levels_show_alike(canvas: pygame.Surface) -> None:
    pictures = []
    for _ in range(2):
        show = Dreaming(built(3))
        for tick in range(60):
            show.draw(canvas, tick)
        pictures.append(pixels(canvas).copy())
    assert (pictures[0] == pictures[1]).all()
