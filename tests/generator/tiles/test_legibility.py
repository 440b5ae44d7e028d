"""Lightness as CIELAB has it, and the rims along which it is compared."""

import numpy as np
import pytest

from generator.nes.palette import BLACK, PALETTE_L, PALETTE_RGB
from generator.nes.roles import Role
from generator.tiles.layers import Layers
from generator.tiles.legibility import DRAWN_OF_STAIRS, room_contrasts, tile_lightness

WHITE, GREY = 0x20, 0x00
BANK = np.stack([np.full((16, 16), colour, np.uint8) for colour in (BLACK, WHITE, GREY)])
GROUND, AIR = Role.GROUND_FILL, Role.BACKDROP


def layers(tiles: list[list[int]], backdrop: list[list[int]]) -> Layers:
    return Layers(
        tiles=np.array(tiles, np.int16), backdrop=np.array(backdrop, np.int16), far=np.zeros((2, 2), np.int16)
    )


def test_lightness_is_that_of_the_books() -> None:
    assert PALETTE_L[BLACK] == pytest.approx(0, abs=1e-9)
    # A grey's L* by its definition: 116 * cube root of Y - 16.
    level = PALETTE_RGB[GREY][0] / 255
    y = ((level + 0.055) / 1.055) ** 2.4
    assert PALETTE_L[GREY] == pytest.approx(116 * y ** (1 / 3) - 16, abs=1e-6)
    assert tile_lightness(BANK)[1] == pytest.approx(PALETTE_L[WHITE])


def test_only_rims_count() -> None:
    roles = np.array([[AIR, AIR, AIR], [GROUND, GROUND, GROUND], [GROUND, GROUND, GROUND]], np.uint8)
    # The lowest row is grey, and nobody sees it against the air.
    made = layers([[-1, -1, -1], [1, 1, 1], [2, 2, 2]], [[0, 0, 0]] * 3)
    (contrast,) = room_contrasts(roles, made, BANK, [(0, 0, 3, 3)])
    assert contrast == pytest.approx(PALETTE_L[WHITE])


def test_the_sky_stands_in_where_there_is_no_wall() -> None:
    roles = np.array([[AIR], [GROUND]], np.uint8)
    made = layers([[-1], [2]], [[-1], [-1]])._replace(far=np.array([[0, 1]], np.int16))
    (contrast,) = room_contrasts(roles, made, BANK, [(0, 0, 1, 2)])
    assert contrast == pytest.approx(PALETTE_L[GREY] - PALETTE_L[WHITE] / 2)


def test_a_dark_ground_before_a_light_wall_is_below_zero() -> None:
    roles = np.array([[AIR, GROUND]], np.uint8)
    (contrast,) = room_contrasts(roles, layers([[-1, 0]], [[1, 1]]), BANK, [(0, 0, 2, 1)])
    assert contrast == pytest.approx(-PALETTE_L[WHITE])


def test_rooms_are_told_apart_and_one_without_rims_is_fine() -> None:
    roles = np.array([[AIR, GROUND, AIR, AIR]], np.uint8)
    made = layers([[-1, 1, -1, -1]], [[2, 2, 2, 2]])
    contrasts = room_contrasts(roles, made, BANK, [(0, 0, 2, 1), (2, 0, 2, 1)])
    assert contrasts.tolist() == pytest.approx([PALETTE_L[WHITE] - PALETTE_L[GREY], 100])


def test_of_stairs_the_steps_count_and_not_the_air_over_them() -> None:
    roles = np.array([[AIR, Role.STAIRS_RIGHT]], np.uint8)
    (contrast,) = room_contrasts(roles, layers([[-1, 2]], [[0, 0]]), BANK, [(0, 0, 2, 1)])
    assert contrast == pytest.approx(PALETTE_L[GREY] / DRAWN_OF_STAIRS)
