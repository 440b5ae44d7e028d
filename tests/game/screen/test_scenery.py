"""Strips against the plain way of drawing, room by room, and that they are made ahead of time."""

from __future__ import annotations

import dataclasses

import numpy as np
import pygame
import pytest

from game.screen import SpriteSheet, View
from game.screen.scenery import FAR_SLOWNESS, Scenery
from game.screen.strips import STRIP_PX, Strips, surface_of
from game.world import World
from game.world.camera import VIEW_HEIGHT_PX, VIEW_PX, VIEW_SIZE
from generator.inspect.sheet import render
from generator.level import Level
from generator.motion.mechanisms import COUNTER_BIT, GONE, SHAKE_TICKS
from generator.nes.palette import PALETTE_RGB
from generator.nes.roles import BASE_ROLES, TILE, Role
from tests.drawn.levels import (
    CISTERN_ROOM,
    GALLERY_ROOM,
    HALL_ROOM,
    LOCK_BIT,
    TOWER_ROOM,
    WALL_BIT,
    dress_flat,
    rooms_level,
    rooms_route,
    strip_level,
)

BROKEN = 1 << WALL_BIT
COLLAPSED = GONE << COUNTER_BIT


@pytest.fixture(autouse=True, scope="module")
def display() -> None:
    """A display first, as in the game."""
    pygame.display.init()
    pygame.display.set_mode(VIEW_SIZE)


def pixels(surface: pygame.Surface) -> np.ndarray:
    """uint8[h, w, 3]."""
    return pygame.surfarray.array3d(surface).swapaxes(0, 1)


def drawn(scenery: Scenery, camera_px: tuple[int, int] = (0, 0), room: int = 0, flags: int = 0) -> np.ndarray:
    canvas = pygame.Surface(VIEW_SIZE, depth=32)
    canvas.fill((1, 2, 3))
    scenery.draw(canvas, camera_px, room, flags)
    return pixels(canvas)


def plainly(
    level: Level, camera_px: tuple[int, int], hidden: frozenset[tuple[int, int]] = frozenset()
) -> np.ndarray:
    """The field at a camera, pixel by pixel: near layers over the far one at half speed; every 5th row."""
    lowest_px = len(level.far) * TILE - VIEW_HEIGHT_PX
    far_x, far_y = camera_px[0] // FAR_SLOWNESS, min(camera_px[1] // FAR_SLOWNESS, lowest_px)
    colours = PALETTE_RGB[level.bank.pixels]
    out = np.empty((VIEW_SIZE[1], VIEW_PX, 3), np.uint8)
    for y in range(0, VIEW_SIZE[1], 5):
        for x in range(VIEW_PX):
            at_x, at_y = camera_px[0] + x, camera_px[1] + y
            cell = at_y // TILE, at_x // TILE
            number = -1 if cell[::-1] in hidden else level.tiles[cell]
            if number < 0:
                number = level.backdrop[cell]
            if number < 0:
                at_x, at_y = far_x + x, far_y + y
                number = level.far[at_y // TILE, at_x // TILE % level.far.shape[1]]
            out[y, x] = colours[number, at_y % TILE, at_x % TILE]
    return out[::5]


@pytest.mark.parametrize("camera_px", [0, 1, 255, 256, 1000])
def test_strips_show_what_the_grids_say(camera_px: int) -> None:
    level = strip_level(1)
    assert np.array_equal(drawn(Scenery(level), (camera_px, 0))[::5], plainly(level, (camera_px, 0)))


@pytest.mark.parametrize(
    ("room", "camera_px"),
    [
        (HALL_ROOM, (0, 240)),
        (TOWER_ROOM, (256, 0)),
        (TOWER_ROOM, (256, 97)),
        (GALLERY_ROOM, (512, 240)),
        (GALLERY_ROOM, (700, 240)),
        (CISTERN_ROOM, (512, 0)),
    ],
)
def test_rooms_show_what_the_grids_say(room: int, camera_px: tuple[int, int]) -> None:
    level = rooms_level()
    assert np.array_equal(drawn(Scenery(level), camera_px, room)[::5], plainly(level, camera_px))


@pytest.mark.parametrize("rows", [1, 15, 20, 30])
def test_the_far_layer_goes_down_as_far_as_it_reaches(rows: int) -> None:
    level = rooms_level()
    far = np.arange(rows * 5, dtype=np.int16).reshape(rows, 5) % BASE_ROLES
    level = dataclasses.replace(
        level, far=far, tiles=np.full_like(level.tiles, -1), backdrop=np.full_like(level.backdrop, -1)
    )
    shown = drawn(Scenery(level), (256, 200), TOWER_ROOM)
    if rows < 15:
        assert (shown[rows * TILE :] == PALETTE_RGB[level.bank.palettes[0, 0]]).all()
    else:
        assert np.array_equal(shown[::5], plainly(level, (256, 200)))


def test_the_first_view_is_the_sheets() -> None:
    level = strip_level(2)
    assert np.array_equal(drawn(Scenery(level)), render(level)[:, :VIEW_PX])


def test_bushes_stand_before_what_is_behind_them() -> None:
    roles = np.full((15, 16), Role.SKY, np.uint8)
    roles[14] = Role.GROUND_FILL
    roles[13, 3] = Role.BUSH
    level = dress_flat(roles, start=(24, 224), door=(0, 13))
    shown = drawn(Scenery(level))[13 * TILE :, 3 * TILE :][:TILE, :TILE]
    expected = PALETTE_RGB[level.bank.pixels[Role.BUSH]]
    background = level.bank.pixels[Role.BUSH] == level.bank.palettes[0, 0]
    expected[background] = PALETTE_RGB[level.bank.pixels[Role.SKY]][background]
    assert background.any() and np.array_equal(shown, expected)


def test_cells_without_any_tile_show_the_backdrop_colour() -> None:
    level = dress_flat(np.full((15, 16), Role.SKY, np.uint8))
    nothing = np.full_like(level.tiles, -1)
    level = dataclasses.replace(level, tiles=nothing, backdrop=nothing, far=nothing)
    assert (drawn(Scenery(level)) == PALETTE_RGB[level.bank.palettes[0, 0]]).all()


def test_beside_a_small_room_it_is_black() -> None:
    level = rooms_level()
    level = dataclasses.replace(
        level, rooms=((0, 24, 10, 6),), mechanisms=(), spawns=(), exit=(5, 27), start=(40, 448)
    )
    shown = drawn(Scenery(level), World(level).camera_px)
    assert not shown[6 * TILE :].any() and not shown[:, 10 * TILE :].any()
    assert shown[: 6 * TILE, : 10 * TILE].any()


# What breaks and collapses.

WALL_CELLS = frozenset({(45, 11), (45, 12)})
FLOOR_CELLS = frozenset({(7, 28), (8, 28), (9, 28)})


@pytest.mark.parametrize(
    ("room", "camera_px", "flags", "hidden"),
    [(CISTERN_ROOM, (512, 0), BROKEN, WALL_CELLS), (HALL_ROOM, (0, 240), COLLAPSED, FLOOR_CELLS)],
)
def test_what_is_gone_shows_what_is_behind(
    room: int, camera_px: tuple[int, int], flags: int, hidden: frozenset[tuple[int, int]]
) -> None:
    """Patched, made without it from the beginning, and put back: always as drawn plainly."""
    level = rooms_level()
    patched = Scenery(level)
    whole = drawn(patched, camera_px, room)
    gone = drawn(patched, camera_px, room, flags)
    assert not np.array_equal(whole, gone)
    assert np.array_equal(gone[::5], plainly(level, camera_px, hidden))
    assert np.array_equal(gone, drawn(Scenery(level), camera_px, room, flags))
    assert np.array_equal(whole, drawn(patched, camera_px, room))


def test_a_hole_to_the_sky_lets_the_far_layer_through() -> None:
    level = rooms_level()
    level = dataclasses.replace(level, backdrop=np.full_like(level.backdrop, -1))
    scenery = Scenery(level)
    drawn(scenery, (512, 0), CISTERN_ROOM)
    gone = drawn(scenery, (512, 0), CISTERN_ROOM, BROKEN)
    assert np.array_equal(gone[::5], plainly(level, (512, 0), WALL_CELLS))


def test_only_the_changed_cells_are_drawn_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    scenery = Scenery(rooms_level())
    drawn(scenery, (512, 0), CISTERN_ROOM)
    monkeypatch.setattr(Strips, "make", None)
    drawn(scenery, (512, 0), CISTERN_ROOM, BROKEN)


def test_a_floor_shakes_before_it_is_gone() -> None:
    scenery = Scenery(rooms_level())
    shown = [drawn(scenery, (0, 240), HALL_ROOM, counter << COUNTER_BIT) for counter in range(GONE)]
    still, gone = shown[0], drawn(scenery, (0, 240), HALL_ROOM, COLLAPSED)
    for counter, picture in enumerate(shown):
        assert np.array_equal(picture, still) == (counter <= SHAKE_TICKS)
        assert not np.array_equal(picture, gone)
    assert len({picture.tobytes() for picture in shown}) == 3, "still, to the left, to the right"


# Ahead of time.


def test_prepare_makes_one_strip_at_a_time_and_ends() -> None:
    scenery = Scenery(strip_level(1))
    made = 0
    while scenery.prepare((700, 0)):
        made += 1
    near_px = scenery.level.width_tiles * TILE
    far_px = (near_px - VIEW_PX) // FAR_SLOWNESS + VIEW_PX
    assert made == -(-near_px // STRIP_PX) + -(-far_px // STRIP_PX)
    assert not scenery.prepare((0, 0))


def test_no_strip_is_made_when_a_room_is_entered(monkeypatch: pytest.MonkeyPatch) -> None:
    """Along the whole route, from the twentieth tick on, `prepare` is always ahead."""
    view, world = View(SpriteSheet.load()), World(rooms_level(), enemies=False)
    canvas = pygame.Surface(VIEW_SIZE, depth=32)
    late: list[int] = []
    make = Strips.make
    drawing = False

    def watched(strips: Strips, at: tuple[int, int]) -> None:
        if drawing and world.tick > 20:
            late.append(world.tick)
        make(strips, at)

    monkeypatch.setattr(Strips, "make", watched)
    for mask in rooms_route():
        world.step(mask)
        drawing = True
        view.draw(canvas, world)
        drawing = False
        view.prepare(world)
    assert len(world.visited) == 4 and not late


def test_strips_of_rooms_far_away_are_let_go() -> None:
    scenery = Scenery(rooms_level())
    drawn(scenery, (0, 240), HALL_ROOM)
    drawn(scenery, (256, 240), TOWER_ROOM)
    assert set(scenery._near) == {HALL_ROOM, TOWER_ROOM, GALLERY_ROOM, CISTERN_ROOM}
    drawn(scenery, (512, 240), GALLERY_ROOM, 1 << LOCK_BIT)
    assert set(scenery._near) == {TOWER_ROOM, GALLERY_ROOM}


def test_surface_of_is_exact() -> None:
    indices = np.arange(64, dtype=np.uint8).reshape(8, 8)
    assert np.array_equal(pixels(surface_of(indices)), PALETTE_RGB[indices])
