"""The glass: where the picture lies, and what each pixel of it becomes."""

import pygame
import pytest

from game.screen.glass import LINE_LIGHT, Glass


def shown(glass: Glass, size: tuple[int, int]) -> pygame.Surface:
    """A white canvas with one red pixel at (10, 20), on a screen of this size."""
    canvas, screen = pygame.Surface((256, 240), depth=32), pygame.Surface(size, depth=32)
    canvas.fill((255, 255, 255))
    canvas.set_at((10, 20), (255, 0, 0))
    glass.show(canvas, screen)
    return screen


@pytest.mark.parametrize(
    ("aspect", "size", "scale", "box"),
    [
        (False, (1920, 1080), 4, (448, 60, 1024, 960)),
        (True, (1920, 1080), 4, (375, 60, 1170, 960)),
        (False, (600, 1080), 2, (44, 300, 512, 480)),
        (True, (600, 1080), 2, (7, 300, 585, 480)),
        (True, (580, 1080), 1, (144, 420, 292, 240)),
    ],
)
def test_the_largest_whole_picture_in_the_middle(
    aspect: bool, size: tuple[int, int], scale: int, box: tuple[int, int, int, int]
) -> None:
    fit = Glass(aspect).fit(size)
    assert fit.scale == scale and tuple(fit.box) == box


@pytest.mark.parametrize("aspect", [False, True])
def test_where_one_points_is_what_one_sees(aspect: bool) -> None:
    glass, size = Glass(aspect), (1000, 800)
    screen, box = shown(glass, size), glass.fit(size).box
    red = [
        (x, y)
        for x in range(box.left, box.right)
        for y in range(box.top, box.bottom)
        if screen.get_at((x, y))[1] < 100
    ]
    assert red and {glass.at(point, size) for point in red} == {(10, 20)}
    assert glass.at((box.right - 1, box.bottom - 1), size) == (255, 239)
    assert glass.at((box.left - 1, box.top), size)[0] < 0


def test_scanlines_darken_the_last_row_of_each_pixel() -> None:
    screen = shown(Glass(scanlines=True), (768, 720))
    assert [screen.get_at((300, row))[0] for row in range(6)] == [255, 255, LINE_LIGHT] * 2
    assert shown(Glass(scanlines=True), (256, 240)).get_at((0, 0))[0] == 255, "rows of one have no last one"


def test_a_screen_smaller_than_the_canvas_shows_its_middle() -> None:
    for aspect in (False, True):
        assert shown(Glass(aspect), (200, 100)).get_at((100, 50))[:3] == (255, 255, 255)
    assert shown(Glass(True), (280, 240)).get_at((12 + 10, 20))[:3] == (255, 0, 0)
