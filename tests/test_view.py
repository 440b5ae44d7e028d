"""The playing field: reference pictures at named ticks, strips against the plain way of drawing.

Where a picture is meant to change: look at the new one, which a failure saves and names, and copy it over.
"""

from pathlib import Path

import numpy as np
import pygame
import pytest
from levels import dress_flat, level_from_ascii, proven_level
from PIL import Image

from game.sprites import SpriteSheet
from game.view import FAR_SLOWNESS, STRIP_PX, VIEW_SIZE, Scenery, View, surface_of
from game.world import VIEW_PX, World
from generator.level import Level, Spawn
from generator.motion import Button
from generator.palette import PALETTE_RGB
from generator.roles import TILE, Role
from generator.sheet import render

PICTURES = Path(__file__).parent / "pictures"
RIGHT, JUMP, WHIP, DOWN = (int(b) for b in (Button.RIGHT, Button.JUMP, Button.WHIP, Button.DOWN))

YARD = """
................................
................................
................................
...........===..................
..............................D.
@.............................D.
#########..#####~~~#####^^######
#########..#####~~~#############
"""
SCRIPT = [RIGHT] * 50 + [RIGHT | JUMP] + [RIGHT] * 44 + [WHIP] + [0] * 24 + [DOWN] * 20
NAMED_TICKS = {"start": 0, "walk": 30, "jump": 66, "whip": 110, "crouch": 130}


@pytest.fixture(scope="module")
def view() -> View:
    """One view for all: a display first, as in the game."""
    pygame.display.init()
    pygame.display.set_mode(VIEW_SIZE)
    return View(SpriteSheet.load())


def yard() -> Level:
    spawns = (Spawn("candle", 56, 208), Spawn("zombie", 200, 208), Spawn("bat", 232, 126))
    return level_from_ascii(YARD, spawns)


def pixels(surface: pygame.Surface) -> np.ndarray:
    """uint8[h, w, 3]."""
    return pygame.surfarray.array3d(surface).swapaxes(0, 1)


def drawn(view: View, world: World) -> np.ndarray:
    canvas = pygame.Surface(VIEW_SIZE, depth=32)
    view.draw(canvas, world)
    return pixels(canvas)


@pytest.mark.parametrize("name", NAMED_TICKS)
def test_reference_pictures(view: View, tmp_path: Path, name: str) -> None:
    world = World(yard())
    for mask in SCRIPT[: NAMED_TICKS[name]]:
        world.step(mask)
    picture = drawn(view, world)
    path = PICTURES / f"{name}.png"
    fresh = tmp_path / path.name
    Image.fromarray(picture).save(fresh)
    assert path.exists(), f"no reference picture; {fresh} is what it would be"
    assert np.array_equal(picture, np.asarray(Image.open(path).convert("RGB"))), f"differs: look at {fresh}"


def test_no_reference_picture_is_left_over() -> None:
    assert {path.stem for path in PICTURES.glob("*.png")} == set(NAMED_TICKS)


def scrolled(level: Level, camera_px: int) -> np.ndarray:
    """The field at a camera, drawn the plain way: near layers over the far one at half the speed."""
    far_px = camera_px // FAR_SLOWNESS
    out = np.empty((VIEW_SIZE[1], VIEW_PX, 3), np.uint8)
    colours = PALETTE_RGB[level.bank]
    for y in range(0, VIEW_SIZE[1], 5):  # some rows are enough, all columns
        for x in range(VIEW_PX):
            row, near, far = y // TILE, camera_px + x, far_px + x
            number = level.tiles[row, near // TILE]
            if number < 0:
                number = level.backdrop[row, near // TILE]
            at = near
            if number < 0:
                number, at = level.far[row, far // TILE % level.far.shape[1]], far
            out[y, x] = colours[number, y % TILE, at % TILE]
    return out[::5]


@pytest.mark.parametrize("camera_px", [0, 1, 255, 256, 1000])
def test_strips_show_what_the_grids_say(view: View, camera_px: int) -> None:
    level = proven_level(1)
    canvas = pygame.Surface(VIEW_SIZE, depth=32)
    Scenery(level).draw(canvas, camera_px)
    assert np.array_equal(pixels(canvas)[::5], scrolled(level, camera_px))


def test_the_first_view_is_the_sheets(view: View) -> None:
    level = proven_level(2)
    canvas = pygame.Surface(VIEW_SIZE, depth=32)
    Scenery(level).draw(canvas, 0)
    assert np.array_equal(pixels(canvas), render(level)[:, :VIEW_PX])


def test_bushes_stand_before_what_is_behind_them(view: View) -> None:
    roles = np.full((15, 16), Role.SKY, np.uint8)
    roles[14] = Role.GROUND_FILL
    roles[13, 3] = Role.BUSH
    level = dress_flat(roles, start=(24, 224))
    canvas = pygame.Surface(VIEW_SIZE, depth=32)
    Scenery(level).draw(canvas, 0)
    shown = pixels(canvas)[13 * TILE :, 3 * TILE :][:TILE, :TILE]
    expected = PALETTE_RGB[level.bank[Role.BUSH]]
    background = level.bank[Role.BUSH] == level.palettes[0, 0]
    expected[background] = PALETTE_RGB[level.bank[Role.SKY]][background]
    assert background.any() and np.array_equal(shown, expected)


def test_cells_without_any_tile_show_the_backdrop_colour(view: View) -> None:
    level = dress_flat(np.full((15, 16), Role.SKY, np.uint8))
    nothing = np.full_like(level.tiles, -1)
    fields = {name: getattr(level, name) for name in level.__dataclass_fields__}
    level = Level(**{**fields, "tiles": nothing, "backdrop": nothing, "far": nothing})
    canvas = pygame.Surface(VIEW_SIZE, depth=32)
    canvas.fill((1, 2, 3))
    Scenery(level).draw(canvas, 0)
    assert (pixels(canvas) == PALETTE_RGB[level.palettes[0, 0]]).all()


def test_prepare_makes_one_strip_at_a_time_and_ends(view: View) -> None:
    scenery = Scenery(proven_level(1))
    made = 0
    while scenery.prepare(700):
        made += 1
    columns = scenery.level.width_tiles
    far = (scenery.widest_px // FAR_SLOWNESS + VIEW_PX) // TILE + 1
    assert made == -(-columns * TILE // STRIP_PX) + -(-far * TILE // STRIP_PX)
    assert not scenery.prepare(0)


def test_drawing_writes_nothing(view: View) -> None:
    one, other = World(yard()), World(yard())
    for tick, mask in enumerate(SCRIPT):
        one.step(mask)
        other.step(mask)
        if tick % 3 == 0:
            drawn(view, one)
    assert one.hero.state == other.hero.state and one.hero.carry() == other.hero.carry()
    assert [vars_of(e) for e in one.enemies] == [vars_of(e) for e in other.enemies]


def vars_of(thing: object) -> list[object]:
    names = getattr(thing, "__slots__", None) or vars(thing)
    return [getattr(thing, name) for name in names]


def test_the_same_level_keeps_its_strips_and_another_gets_new_ones(view: View) -> None:
    first, second = proven_level(1), proven_level(1, art=1)
    kept = view.scenery(first)
    assert view.scenery(first) is kept
    assert view.scenery(second) is not kept


def test_surface_of_is_exact() -> None:
    indices = np.arange(64, dtype=np.uint8).reshape(8, 8)
    assert np.array_equal(pixels(surface_of(indices)), PALETTE_RGB[indices])
