"""The sky: the widest good panorama with nothing cut off at its edges; moon and clouds, never in part."""

import numpy as np
import pytest

from generator.nes.roles import Role
from generator.tiles.heavens import LEAST_COLUMNS, LEAST_ROWS, find_panorama, lights
from generator.tiles.measure import measure
from tests.drawn import onnx_files

BLACK, WHITE, GREY = 0x0F, 0x20, 0x00


def sky_with_a_moon(row: int) -> tuple[np.ndarray, np.ndarray]:
    """One screen and its roles: stars in some cells, a moon of two by two cells, ground from row 11 on."""
    screen = np.full((224, 224), BLACK, np.uint8)
    y, x = np.mgrid[0:32, 0:32]
    moon = screen[row * 16 : row * 16 + 32, 80:112]
    moon[np.hypot(y - 15.5, x - 15.5) < 14] = WHITE
    for cell in range(0, 14, 3):
        screen[16 * 5 + 4 : 16 * 5 + 6, cell * 16 + 5 : cell * 16 + 8] = GREY
    roles = np.full((14, 14), Role.SKY, np.uint8)
    roles[11:] = Role.GROUND_FILL
    roles[:2] = Role.GLYPH
    return screen[None], onnx_files.certain_odds(roles[None])


def test_the_whole_sky_is_taken() -> None:
    cells = measure(*sky_with_a_moon(3))
    found = find_panorama(cells, lightest=0.5)
    assert found is not None
    block, worth = found
    assert 0 < worth <= 1
    assert block.shape[0] >= LEAST_ROWS and block.shape[1] >= LEAST_COLUMNS
    assert (cells.role[block] == Role.SKY).all()
    assert 3 * 14 + 5 in block, "with the moon"


def test_a_moon_is_not_cut() -> None:
    cells = measure(*sky_with_a_moon(2))
    found = find_panorama(cells, lightest=0.5)
    assert found is not None
    top = found[0][0] // 14
    assert top.min() == 2 or top.min() > 3, "begins above the moon or below it"


def test_no_sky_no_panorama() -> None:
    screen, _ = sky_with_a_moon(3)
    for role in (Role.BACKDROP, Role.GROUND_FILL, Role.GLYPH):
        odds = onnx_files.certain_odds(np.full((1, 14, 14), role, np.uint8))
        assert find_panorama(measure(screen, odds), lightest=0.5) is None


def test_a_bright_sky_is_refused() -> None:
    screen, odds = sky_with_a_moon(3)
    screen = np.where(screen == BLACK, np.uint8(0x31), screen)
    assert find_panorama(measure(screen, odds), lightest=0.5) is None


def test_a_moon_is_taken_whole() -> None:
    cells = measure(*sky_with_a_moon(2))
    (moon,) = lights(cells)
    assert moon.is_moon and 0 < moon.worth <= 1
    assert moon.block.tolist() == [[2 * 14 + 5, 2 * 14 + 6], [3 * 14 + 5, 3 * 14 + 6]]


def test_a_cloud_is_no_moon() -> None:
    screen, odds = sky_with_a_moon(2)
    screen[0, 16 * 8 + 4 : 16 * 8 + 12, 66:120] = GREY
    cells = measure(screen, odds)
    moon, cloud = lights(cells)
    assert moon.is_moon and not cloud.is_moon
    assert cloud.block.tolist() == [[8 * 14 + column for column in (4, 5, 6, 7)]]


def test_what_stands_on_the_ground_or_leaves_the_screen_is_no_light() -> None:
    screen, odds = sky_with_a_moon(9)  # touches row 11
    screen[0, 16 * 11 :] = GREY
    assert lights(measure(screen, odds)) == []
    screen, odds = sky_with_a_moon(2)
    assert lights(measure(np.roll(screen, -80, axis=2), odds)) == []


def test_of_two_moons_the_rounder_one_is_the_better() -> None:
    """A disc, and before it a bent beam, as well drawn and as bright."""
    screen, odds = sky_with_a_moon(7)
    box = screen[0, 16 * 2 + 2 : 16 * 4 - 2, 16 * 9 + 2 : 16 * 11 - 2]
    box[:, :10], box[-10:] = WHITE, WHITE
    fullness = (box == WHITE).mean()
    disc, beam = lights(measure(screen, odds))
    assert disc.is_moon and beam.is_moon
    assert disc.block[0, 0] == 7 * 14 + 5
    assert beam.block[0, 0] == 2 * 14 + 9
    assert disc.worth / beam.worth == pytest.approx(np.pi / 4 / fullness, rel=0.02)
