"""Levels as pygame surfaces: the same pixels as the game's own picture, whatever the view and the room."""

from __future__ import annotations

import gc
from collections.abc import Callable
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import numpy as np
import pygame
import pytest

from game.screen.scenery import Scenery
from game.world.camera import VIEW_HEIGHT_PX, VIEW_PX
from generator.adapters import pygame_util, pyscroll_util
from generator.adapters.pygame_util import (
    View,
    draw,
    draw_mechanisms,
    layer_surfaces,
    prepare,
    tile_surfaces,
)
from generator.errors import GanvaniaError
from generator.level import Level
from generator.motion import State, spawn
from generator.motion.mechanisms import (
    COUNTER_BIT,
    GONE,
    BreakableWall,
    CollapsingFloor,
    Key,
    MovingPlatform,
    cells,
)
from generator.nes.palette import PALETTE_RGB
from generator.nes.roles import TILE, Role
from generator.stream import Built
from generator.style import Style
from tests.drawn.levels import noise_level, proven_level, rooms_level, strip_level


def rgb(surface: pygame.Surface) -> np.ndarray:
    """[h, w, 3]"""
    return pygame.surfarray.array3d(surface).swapaxes(0, 1)


def drawn(level: Level, camera: tuple[float, float], **options: Any) -> np.ndarray:
    surface = pygame.Surface((VIEW_PX, VIEW_HEIGHT_PX), 0, 32)
    draw(surface, level, camera, **options)
    return rgb(surface)


@pytest.mark.parametrize("level", [proven_level(3), noise_level(), rooms_level(), strip_level(1)])
def test_a_view_is_the_games_own_without_sprites(level: Level) -> None:
    scenery = Scenery(level)
    rng = np.random.default_rng(0)
    canvas = pygame.Surface((VIEW_PX, VIEW_HEIGHT_PX), 0, 32)
    for number, (x, y, width, height) in enumerate(level.rooms):
        camera = (
            x * TILE + int(rng.integers(0, max(1, width * TILE - VIEW_PX + 1))),
            y * TILE + int(rng.integers(0, max(1, height * TILE - VIEW_HEIGHT_PX + 1))),
        )
        scenery.draw(canvas, camera, number)
        assert np.array_equal(rgb(canvas), drawn(level, camera, room=number))
        if width * TILE >= VIEW_PX and height * TILE >= VIEW_HEIGHT_PX:
            assert np.array_equal(rgb(canvas), drawn(level, camera))


def test_a_scaled_view_has_each_pixel_several_times() -> None:
    level = rooms_level()
    small = pygame.Surface((100, 80), 0, 32)
    large = pygame.Surface((300, 240), 0, 32)
    draw(small, level, (250, 220))
    draw(large, level, (250, 220), scale=3)
    assert np.array_equal(rgb(small).repeat(3, 0).repeat(3, 1), rgb(large))


def test_beyond_the_level_it_is_black_and_parts_of_a_pixel_are_cut_off() -> None:
    level = strip_level(2)
    shown = drawn(level, (-20.5, -10.25))
    assert not shown[:11].any() and not shown[:, :21].any()
    assert np.array_equal(shown[11:, 21:], drawn(level, (0, 0))[: VIEW_HEIGHT_PX - 11, : VIEW_PX - 21])


def test_nothing_is_drawn_outside_the_clip_of_the_surface() -> None:
    surface = pygame.Surface((VIEW_PX, VIEW_HEIGHT_PX), 0, 32)
    surface.fill((1, 2, 3))
    surface.set_clip((8, 8, 40, 40))
    draw(surface, strip_level(2), (-20, 0))
    assert surface.get_clip() == (8, 8, 40, 40)
    outside = np.ones((VIEW_HEIGHT_PX, VIEW_PX), bool)
    outside[8:48, 8:48] = False
    assert (rgb(surface)[outside] == (1, 2, 3)).all()
    assert not (rgb(surface)[8:48, 8:48] == (1, 2, 3)).all(-1).any()


def test_what_was_made_is_kept_as_long_as_the_level_is() -> None:
    level = Level.from_bytes(strip_level(5).to_bytes())
    draw(pygame.Surface((64, 64), 0, 32), level, (0, 0))
    kept = View.of(level, 1)
    draw(pygame.Surface((64, 64), 0, 32), level, (0, 0))
    assert View.of(level, 1) is kept
    count = len(View._kept)
    del level, kept
    gc.collect()
    assert len(View._kept) == count - 1


def test_whatever_has_the_fields_of_a_level_can_be_drawn() -> None:
    level = strip_level(4)
    dressed = SimpleNamespace(
        roles=level.roles, tiles=level.tiles, backdrop=level.backdrop, far=level.far, bank=level.bank
    )
    assert np.array_equal(drawn(dressed, (100, 0)), drawn(level, (100, 0)))  # type: ignore[arg-type]


def test_the_tiles_are_surfaces_and_bushes_let_through() -> None:
    level = strip_level(0)
    surfaces = tile_surfaces(level.bank)
    assert len(surfaces) == len(level.bank)
    ground, bush = surfaces[Role.GROUND_TOP], surfaces[Role.BUSH]
    assert np.array_equal(rgb(ground), PALETTE_RGB[level.bank.pixels[Role.GROUND_TOP]])
    under = pygame.Surface((TILE, TILE), 0, 32)
    under.fill((1, 2, 3))
    under.blit(bush, (0, 0))
    background = level.bank.pixels[Role.BUSH] == level.bank.palettes[0, 0]
    assert background.any() and np.array_equal((rgb(under) == (1, 2, 3)).all(-1), background)


def test_the_layers_over_one_another_are_the_picture() -> None:
    level = strip_level(6)
    canvas = pygame.Surface((level.width_tiles * TILE, level.height_tiles * TILE), 0, 32)
    for surface in reversed(layer_surfaces(level)):
        canvas.blit(surface, (0, 0))
    assert np.array_equal(rgb(canvas)[:, :VIEW_PX], drawn(level, (0, 0)))


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"scale": 0}, "^scale: 0 is no whole number from 1 on"),
        ({"scale": 1.5}, "^scale: 1.5 is no"),
        ({"room": 9}, "^room: there is no room 9; the"),
    ],
)
def test_what_cannot_be_drawn_is_said(options: dict[str, Any], told: str) -> None:
    with pytest.raises(ValueError, match=told):
        drawn(strip_level(0), (0, 0), **options)


def test_once_prepared_no_frame_makes_a_surface(monkeypatch: pytest.MonkeyPatch) -> None:
    level, surface = proven_level(3), pygame.Surface((256, 224), 0, 32)
    prepare(level)
    monkeypatch.setattr(pygame_util, "assembled", lambda *_: pytest.fail("a strip was made again"))
    for x, y, width, height in level.rooms:
        draw(surface, level, (x * TILE, y * TILE))
        draw(surface, level, ((x + width) * TILE - 256, (y + height) * TILE - 224))


def test_what_is_no_level_is_told_what_to_hand_in() -> None:
    surface, level = pygame.Surface((64, 64)), strip_level(0)
    built = Built(level, np.zeros((0, 224, 224, 3), np.uint8))
    calls: tuple[Callable[[Any], object], ...] = (
        lambda it: draw(surface, it, (0, 0)),
        lambda it: draw_mechanisms(surface, it, (0, 0)),
        prepare,
        layer_surfaces,
        lambda it: pyscroll_util.map_layer(it, (64, 64)),
        Style().apply,
    )
    for call in calls:
        with pytest.raises(GanvaniaError, match=r"^level: a Built has no roles, .*field `level`$"):
            call(built)
        with pytest.raises(GanvaniaError, match=r"^level: a int has no roles, .* in a Level, a Dr"):
            call(7)


def test_without_the_distance_the_background_is_seen() -> None:
    level = noise_level()
    open_ = (level.tiles < 0) & (level.backdrop < 0)
    row, column = np.argwhere(open_)[0].tolist()
    shown = drawn(level, (column * TILE, row * TILE), far=False)[:TILE, :TILE]
    assert (shown == PALETTE_RGB[level.bank.palettes[0, 0]]).all()
    near = drawn(level, (0, 0)) == drawn(level, (0, 0), far=False)
    covered = (~open_[:15, :16]).repeat(TILE, 0).repeat(TILE, 1)
    assert near[covered].all()


def things(level: Level, state: State | None = None, **options: int) -> np.ndarray:
    """Where a level's things change its picture, bool[H * 16, W * 16]."""
    surface = pygame.Surface((level.width_tiles * TILE, level.height_tiles * TILE), 0, 32)
    draw(surface, level, (0, 0))
    before = rgb(surface)
    draw_mechanisms(surface, level, (0, 0), state, **options)
    return np.asarray((before != rgb(surface)).any(-1))


def test_a_lift_is_drawn_where_its_clock_says() -> None:
    level = rooms_level()
    lift = next(m for m in level.mechanisms if isinstance(m, MovingPlatform))
    for tick in (0, 40, lift.period_ticks // 2):
        x_px, y_px = lift.at(tick)
        assert things(level, tick=tick)[y_px : y_px + TILE, x_px : x_px + lift.tiles * TILE].any()
    state = spawn(level)._replace(room=lift.room, room_tick=40)
    assert np.array_equal(things(level, state), things(level, tick=40)), "the clock of his room"


def test_what_is_taken_broken_and_gone_is_not_there_any_more() -> None:
    level, state = rooms_level(), spawn(rooms_level())
    kinds = {type(m): m for m in level.mechanisms}
    key, wall, floor = kinds[Key], kinds[BreakableWall], kinds[CollapsingFloor]
    assert isinstance(key, Key) and isinstance(wall, BreakableWall) and isinstance(floor, CollapsingFloor)
    at = np.s_[key.y_px - 16 : key.y_px, key.x_px - 8 : key.x_px + 8]
    assert things(level, state)[at].any() and not things(level, state._replace(flags=1 << key.bit))[at].any()
    for mechanism, flags in ((wall, 1 << wall.bit), (floor, GONE << COUNTER_BIT)):
        column, row = cells(mechanism)[0]
        here = np.s_[row * TILE : (row + 1) * TILE, column * TILE : (column + 1) * TILE]
        surface = pygame.Surface((level.width_tiles * TILE, level.height_tiles * TILE), 0, 32)
        tiles = level.tiles.copy()
        tiles[row, column] = -1
        draw(surface, replace(level, tiles=tiles), (0, 0))
        bare = rgb(surface)[here]
        draw(surface, level, (0, 0))
        draw_mechanisms(surface, level, (0, 0), state._replace(room=mechanism.room, flags=flags))
        assert np.array_equal(rgb(surface)[here], bare)
