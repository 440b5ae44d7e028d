"""Levels in pytmx and pyscroll: maps load, signs are not drawn, objects are found by their names."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pygame
import pytest

from generator.adapters.pygame_util import draw
from generator.nes.roles import TILE
from generator.tiled import names, write_map
from tests.drawn.levels import proven_level, rooms_level

pytmx = pytest.importorskip("pytmx")
pyscroll = pytest.importorskip("pyscroll")

VIEW = 256, 240


@pytest.fixture(scope="module")
def tmx(tmp_path_factory: pytest.TempPathFactory) -> Any:
    pygame.display.init()
    pygame.display.set_mode(VIEW)
    path, *_ = write_map(rooms_level(), tmp_path_factory.mktemp("map"), "castle")
    return pytmx.load_pygame(str(path))


def rgb(surface: pygame.Surface) -> np.ndarray:
    return pygame.surfarray.array3d(surface).swapaxes(0, 1)


def test_start_and_exit_are_found_by_name(tmx: Any) -> None:
    level = rooms_level()
    start, door = tmx.get_object_by_name("start"), tmx.get_object_by_name("exit")
    assert (start.x, start.y) == level.start
    assert (door.x // TILE, door.y // TILE + 1, door.height) == (*level.exit, 2 * TILE)


def test_every_object_has_a_name_of_its_own(tmx: Any) -> None:
    found = [one.name for one in tmx.objects]
    assert len(set(found)) == len(found) and all(found)
    assert {"zombie_1", "zombie_2", "bat_1", "room_0", "room_3", "key_1", "passage_1"} <= set(found)
    zombies = [spawn for spawn in rooms_level().spawns if spawn.kind == "zombie"]
    second = tmx.get_object_by_name("zombie_2")
    assert (second.x, second.y) == (zombies[1].x_px, zombies[1].y_px)


def test_signs_are_not_among_what_is_drawn(tmx: Any) -> None:
    shown = [tmx.layers[number].name for number in tmx.visible_tile_layers]
    assert shown == [names.FAR, names.BACKDROP, names.SOLID, names.STAIRS]


def test_pyscroll_draws_a_written_map_as_the_level_is(tmx: Any) -> None:
    layer = pyscroll.BufferedRenderer(pyscroll.TiledMapData(tmx), VIEW, clamp_camera=True)
    layer.center((0, 10_000))  # clamped: the lower left corner
    canvas, own = pygame.Surface(VIEW, 0, 32), pygame.Surface(VIEW, 0, 32)
    layer.draw(canvas, canvas.get_rect())
    draw(own, rooms_level(), (0, 240))
    assert np.array_equal(rgb(canvas), rgb(own))


def test_a_level_is_a_map_layer_without_any_file() -> None:
    from generator.adapters.pyscroll_util import TILES, map_layer

    level = proven_level(3)
    x, y, width, height = next(room for room in level.rooms if room[2] >= 32)
    group = pyscroll.PyscrollGroup(map_layer(level, VIEW), default_layer=TILES)
    group.center(((x + width / 2) * TILE, (y + height / 2) * TILE))
    canvas, own = pygame.Surface(VIEW, 0, 32), pygame.Surface(VIEW, 0, 32)
    group.draw(canvas)
    left, top = group.view.topleft
    draw(own, level, (left, top))
    solid = level.tiles[top // TILE + 1 : top // TILE + 14, left // TILE + 1 : left // TILE + 15] >= 0
    assert solid.any()
    for row, column in np.argwhere(solid)[:40]:
        at = (
            slice(TILE * (top // TILE + 1 + row) - top, TILE * (top // TILE + 2 + row) - top),
            slice(TILE * (left // TILE + 1 + column) - left, TILE * (left // TILE + 2 + column) - left),
        )
        assert np.array_equal(rgb(canvas)[at], rgb(own)[at])


def test_without_the_far_layer_one_sees_through() -> None:
    from generator.adapters.pyscroll_util import map_layer

    layer = map_layer(rooms_level(), VIEW, far=False)
    layer.center((33 * TILE + VIEW[0] // 2, VIEW[1] // 2))  # the cistern is open above
    canvas = pygame.Surface(VIEW, 0, 32)
    canvas.fill((1, 2, 3))
    layer.draw(canvas, canvas.get_rect())
    assert (rgb(canvas) == (1, 2, 3)).all(-1)[24:120, 24:200].all()


def test_pytmx_without_pygame_reads_it_too(tmp_path: Path) -> None:
    path, *_ = write_map(rooms_level(), tmp_path, "castle")
    assert pytmx.TiledMap(str(path)).get_object_by_name("start").y == rooms_level().start[1]
