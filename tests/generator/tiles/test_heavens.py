"""The sky: what stands on a dream's horizon, and nothing before it; moon and clouds, never in part."""

import numpy as np

from generator.nes.roles import Role
from generator.tiles.heavens import horizons, lights
from generator.tiles.measure import measure
from tests.drawn import onnx_files

BLACK, WHITE, GREY, BLUE = 0x0F, 0x20, 0x00, 0x01
HILLS = (8, 7, 6, 6, 7, 8, 8, 7, 6, 5, 5, 6, 7, 8)


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


def hills(shade: int = BLUE, grain: int = 4) -> tuple[np.ndarray, np.ndarray]:
    """One screen and its roles: hills under a night sky, a ledge before them, ground from row 12 on.

    grain: px from one dark speck of the hills to the next.
    """
    screen = np.full((224, 224), BLACK, np.uint8)
    for column, top in enumerate(HILLS):
        screen[top * 16 :, column * 16 : column * 16 + 16] = shade
        screen[top * 16 : top * 16 + 4, column * 16 : column * 16 + 5] = BLACK
    screen[::grain, ::grain] = BLACK
    roles = np.where(np.arange(14)[:, None] < np.array(HILLS), Role.SKY, Role.BACKDROP).astype(np.uint8)
    roles[10, 4:7], screen[160:168, 64:112] = Role.PLATFORM, WHITE
    roles[12:], screen[192:] = Role.GROUND_FILL, GREY
    return screen[None], onnx_files.certain_odds(roles[None])


def test_a_horizon_is_what_stands_under_the_sky() -> None:
    cells = measure(*hills())
    (horizon,) = horizons(cells, lightest=0.5)
    assert 0 < horizon.worth <= 1
    assert (horizon.block >= 0).argmax(0).tolist() == [top - min(HILLS) for top in HILLS]
    assert horizon.block[HILLS[0] - min(HILLS), 0] == HILLS[0] * 14, "the cells are where they were dreamed"
    assert (cells.clean[horizon.fill] == BLUE).mean() > 0.8
    ledge = [10 * 14 + column for column in (4, 5, 6)]
    assert not np.isin(ledge, horizon.block).any(), "what stands before it is left out"
    assert (horizon.block[10 - min(HILLS) :, 4] == horizon.fill).all()


def test_no_horizon() -> None:
    screen, odds = hills()
    for role in (Role.GROUND_FILL, Role.GLYPH):
        nothing = onnx_files.certain_odds(np.full((1, 14, 14), role, np.uint8))
        assert horizons(measure(screen, nothing), lightest=0.5) == []
    assert horizons(measure(*hills(WHITE)), lightest=0.5) == [], "too bright to see the ground before it"
    assert horizons(measure(np.full_like(screen, BLACK), odds), lightest=0.5) == []
    assert horizons(measure(*hills(GREY, grain=224)), lightest=0.5) == [], "a plain colour, and no dim one"


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


def test_of_two_moons_the_smoother_one_is_the_better() -> None:
    """A disc, and before it a bent beam, as well drawn and as bright."""
    screen, odds = sky_with_a_moon(7)
    box = screen[0, 16 * 2 + 2 : 16 * 4 - 2, 16 * 9 + 2 : 16 * 11 - 2]
    box[:, :10], box[-10:] = WHITE, WHITE
    disc, beam = lights(measure(screen, odds))
    assert disc.is_moon and beam.is_moon
    assert disc.block[0, 0] == 7 * 14 + 5
    assert beam.block[0, 0] == 2 * 14 + 9
    assert disc.worth > beam.worth


def test_who_knows_the_word_says_what_is_a_moon() -> None:
    screen, _ = sky_with_a_moon(3)
    for role in (Role.MOON, Role.CLOUD):
        roles = np.full((14, 14), Role.SKY, np.uint8)
        roles[3:5, 5:7] = role
        odds = np.eye(len(Role), dtype=np.float32)[roles]
        (light,) = lights(measure(screen, odds[None]))
        assert light.is_moon == (role == Role.MOON)


def test_who_knows_the_word_takes_a_moon_from_behind_a_ledge() -> None:
    screen, _ = sky_with_a_moon(3)
    screen[0, 16 * 5 : 16 * 5 + 8, 16 * 4 : 16 * 12] = GREY
    roles = np.full((14, 14), Role.SKY, np.uint8)
    roles[5, 4:12] = Role.PLATFORM
    assert lights(measure(screen, onnx_files.certain_odds(roles[None]))) == [], "it touches the ledge"
    roles[3:5, 5:7] = Role.MOON
    (moon,) = lights(measure(screen, np.eye(len(Role), dtype=np.float32)[roles][None]))
    assert moon.is_moon
    assert moon.block.tolist() == [[3 * 14 + 5, 3 * 14 + 6], [4 * 14 + 5, 4 * 14 + 6]]
