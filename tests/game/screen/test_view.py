"""The playing field: reference pictures at named ticks, and that drawing writes nothing.

Where a picture is meant to change: look at the new one, which a failure saves and names, and copy it over.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path
from zlib import crc32

import numpy as np
import pygame
import pytest
from PIL import Image

from game.screen import SpriteSheet, View
from game.screen.appearance import pictures
from game.screen.sprites import Frame
from game.session.passing import PASS_TICKS, Passing
from game.world import World
from game.world.camera import VIEW_SIZE
from generator.level import Level, Spawn
from generator.motion import Button
from tests.drawn.levels import level_from_ascii, proven_level, rooms_level, rooms_route

PICTURES = Path(__file__).parents[2] / "pictures"
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


ROOMS_TICKS = {
    "rooms_floor": 96, "rooms_stairs": 560, "rooms_ferry": 1240, "rooms_wall": 1345, "rooms_door": 1636,
    "rooms_lock": 2290, "rooms_opening": 2306, "rooms_gallery": 2500,
}  # fmt: skip
BOXES_PX = {
    "hero": (16, 32, 8, 32),
    "lock": (16, 48, 8, 48),
    "plat": (16, 8, 0, 0),
    "crum": (16, 16, 0, 0),
    "wall": (16, 16, 0, 0),
}
"""Width, height and anchor by the beginning of a sprite's name."""


def box_sheet() -> SpriteSheet:
    """Every sprite a box of its own colour: what these pictures hold fast is where things are, not how they
    are drawn."""
    names = {name for world in rooms_at(range(0, len(rooms_route()), 20)) for name, *_ in pictures(world)}
    names |= {"debris", "crumble_dust", "lock_open", "hero_climb_whip", "hero_whip", "whip"}
    sprites = {}
    for name in sorted(names):
        width, height, *anchor = BOXES_PX.get(name[:4], (16, 16, 8, 16))
        frame = np.full((height, width), 1 + crc32(name.encode()) % 3, np.uint8)
        frame[1:-1, 1:-1] = 0
        palette = 0x21 + crc32(name.encode()) % 12
        sprites[name] = (Frame(frame, (palette, palette, palette), (anchor[0], anchor[1])),) * 4
    return SpriteSheet(sprites, {})


def rooms_at(ticks: Iterable[int]) -> Iterator[World]:
    """The world of the route through the rooms at these ticks, without enemies."""
    world, wanted = World(rooms_level(), enemies=False), set(ticks)
    for mask in rooms_route():
        world.step(mask)
        if world.tick in wanted:
            yield world


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


def assert_as_before(picture: np.ndarray, name: str, folder: Path) -> None:
    path = PICTURES / f"{name}.png"
    fresh = folder / path.name
    Image.fromarray(picture).save(fresh)
    assert path.exists(), f"no reference picture; {fresh} is what it would be"
    assert np.array_equal(picture, np.asarray(Image.open(path).convert("RGB"))), f"differs: look at {fresh}"


@pytest.mark.parametrize("name", NAMED_TICKS)
def test_reference_pictures(view: View, tmp_path: Path, name: str) -> None:
    world = World(yard())
    for mask in SCRIPT[: NAMED_TICKS[name]]:
        world.step(mask)
    assert_as_before(drawn(view, world), name, tmp_path)


def test_reference_pictures_of_rooms(view: View, tmp_path: Path) -> None:
    boxes = View(box_sheet())
    for name, world in zip(ROOMS_TICKS, rooms_at(ROOMS_TICKS.values()), strict=True):
        assert_as_before(drawn(boxes, world), name, tmp_path)


def test_no_reference_picture_is_left_over() -> None:
    assert {path.stem for path in PICTURES.glob("*.png")} == {*NAMED_TICKS, *ROOMS_TICKS}


@pytest.mark.parametrize("rooms", [False, True])
def test_drawing_writes_nothing(view: View, rooms: bool) -> None:
    level, script = (rooms_level(), rooms_route()) if rooms else (yard(), SCRIPT)
    one, other = World(level), World(level)
    for tick, mask in enumerate(script):
        assert one.step(mask) == other.step(mask)
        if tick % 3 == 0:
            drawn(view, one)
            view.prepare(one)
    assert one.hero.state == other.hero.state and one.hero.carry() == other.hero.carry()
    assert [vars_of(e) for e in one.enemies] == [vars_of(e) for e in other.enemies]


def vars_of(thing: object) -> list[object]:
    names = getattr(thing, "__slots__", None) or vars(thing)
    return [getattr(thing, name) for name in names]


def test_the_same_level_keeps_its_strips_and_another_gets_new_ones(view: View) -> None:
    first, second = proven_level(3), proven_level(3, art=1)
    kept = view.scenery(first)
    assert view.scenery(first) is kept
    assert view.scenery(second) is not kept


def test_the_view_goes_over_from_room_to_room(view: View) -> None:
    """Through every door of the route: the first picture is what was left, the last what is come to, and
    nothing between them is left undrawn."""
    world, doors = World(rooms_level(), enemies=False), 0
    for mask in rooms_route():
        passing, left = Passing.out_of(world), drawn(view, world)
        world.step(mask)
        if world.hero.state.room == passing.room:
            continue
        doors += 1
        shown = []
        for tick in range(PASS_TICKS + 1):
            canvas = pygame.Surface(VIEW_SIZE, depth=32)
            canvas.fill((1, 2, 3))
            view.draw_passing(canvas, world, passing, tick)
            shown.append(pixels(canvas))
            assert not (shown[-1] == (1, 2, 3)).all(axis=2).any()
        for picture, same in ((shown[0], left), (shown[-1], drawn(view, world))):
            assert (picture != same).any(axis=2).mean() < 0.05, "but for sprites"
    assert doors >= 3


def test_a_death_goes_out_in_steps(view: View) -> None:
    world, light = World(yard(), enemies=False), []
    for ticks_left in (40, 12, 11, 8, 7, 4, 3, 0):
        canvas = pygame.Surface(VIEW_SIZE, depth=32)
        view.draw(canvas, world)
        view.draw_fade(canvas, ticks_left)
        light.append(int(pixels(canvas).sum()))
    assert light[0] == light[1] > light[2] == light[3] > light[4] == light[5] > light[6] == light[7] == 0


def test_each_room_is_drawn_from_within(view: View) -> None:
    """The view is full of the room all along the route: nothing of the canvas is left undrawn."""
    world = World(rooms_level(), enemies=False)
    for mask in rooms_route():
        world.step(mask)
        if world.tick % 25 == 0:
            canvas = pygame.Surface(VIEW_SIZE, depth=32)
            canvas.fill((1, 2, 3))
            view.scenery(world.level).draw(
                canvas, world.camera_px, world.hero.state.room, world.hero.state.flags
            )
            assert not (pixels(canvas) == (1, 2, 3)).all(axis=2).any()
