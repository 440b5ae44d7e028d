"""F1: the cursor and the view, what is known of a tile, the overlays, and that a look changes nothing."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pygame
import pytest

from game.__main__ import build_parser
from game.app import App
from game.controls import Action, Input, Presses
from game.inspector import Overlay
from game.inspector.cursor import FIRST_REPEAT_TICKS, MOVES_A_TICK, PANEL_PX, Inspection
from game.inspector.novelties import Answer, Novelties
from game.inspector.panel import LINE_LETTERS
from game.screen import SpriteSheet, Window
from game.session import Command, Phase, Session
from game.sound import Sounds
from game.world import World
from game.world.camera import VIEW_SIZE
from generator.inspect.facts import MARKS, facts, pointed, way
from generator.level import Level
from generator.motion import Button
from generator.nes.roles import BASE, TILE, Role
from generator.stream import Built
from tests.drawn.levels import built, proven_level, rooms_level, rooms_route

RIGHT, LEFT, UP, DOWN = (int(b) for b in (Button.RIGHT, Button.LEFT, Button.UP, Button.DOWN))
NOTHING = Presses(0, ())


def app_in(given: Built) -> App:
    """A game in this level, the show over."""
    session = Session(None, given)
    session.skip_show()
    return App(session, Window(), Sounds(True))


def picture(app: App) -> np.ndarray:
    return pygame.surfarray.array3d(app.window.canvas)


def inspecting(given: Built | None = None, overlay: Overlay = Overlay.TILES) -> App:
    app = app_in(given or built(7))
    app.tick(NOTHING, 0)
    app.inspect(overlay)
    assert app.session.phase == Phase.INSPECTING
    return app


def test_the_command_line_names_every_overlay() -> None:
    (option,) = [action for action in build_parser()._actions if action.dest == "inspect"]
    assert list(option.choices or ()) == [overlay.name.lower() for overlay in Overlay]


# What is known.


def test_the_facts_are_the_level_s() -> None:
    level = proven_level(7)
    tile = facts(level, int(Role.STAIRS_LEFT))
    assert tile.role == Role.STAIRS_LEFT and tile.name == "stairs left"
    assert (tile.z_seed, tile.screen, tile.row, tile.column) == tuple(level.bank.provenance[Role.STAIRS_LEFT])
    assert tile.quality == 1.0 and tile.colours == tuple(level.bank.palettes[0])


def test_the_tile_in_front_is_pointed_at() -> None:
    level = proven_level(7)
    for layer, seen in (("front", level.tiles >= 0), ("behind", (level.tiles < 0) & (level.backdrop >= 0))):
        row, column = np.argwhere(seen)[5].tolist()
        there = pointed(level, column, row)
        assert there is not None and there.layer == layer
    row, column = np.argwhere((level.tiles >= 0) & (level.backdrop >= 0))[0].tolist()
    assert pointed(level, column, row, bare=True) == (level.backdrop[row, column], "behind")
    assert pointed(level, -1, 0) is None and pointed(level, 0, level.height_tiles) is None


def test_where_nothing_is_near_the_far_layer_is_pointed_at() -> None:
    level = proven_level(7)
    nothing = np.full_like(level.tiles, -1)
    level = dataclasses.replace(level, tiles=nothing, backdrop=nothing)
    there = pointed(level, 3, 3, far=(2, 1))
    assert there == (level.far[1, 2], "far")
    assert pointed(dataclasses.replace(level, far=nothing), 3, 3) is None


def test_the_way_ends_at_the_exit() -> None:
    level = proven_level(7)
    steps = list(way(level))
    assert len(steps) == len(level.certificate)
    column, row = level.exit
    assert abs(steps[-1].x_px // TILE - column) <= 1 and abs(steps[-1].y_px // TILE - row) <= 1


def test_every_role_has_a_mark_that_the_font_has() -> None:
    font = SpriteSheet.load().font
    assert set(MARKS) == set(BASE)
    assert all(letter in font for letter, _ in MARKS.values() if letter)


# The cursor.


def look(level: Level | None = None) -> Inspection:
    return Inspection(World(level or proven_level(7)))


def test_an_arrow_moves_by_a_cell_and_goes_on_when_held() -> None:
    cursor = look()
    column = cursor.column
    cursor.tick(RIGHT)
    for _ in range(FIRST_REPEAT_TICKS - 1):
        cursor.tick(RIGHT)
    assert cursor.column == column + 1
    for _ in range(60):
        cursor.tick(RIGHT)
    assert cursor.column > column + 8


@pytest.mark.parametrize("arrow", [RIGHT, LEFT, UP, DOWN])
def test_the_cursor_stays_in_the_room_and_in_view(arrow: int) -> None:
    cursor = look()
    x, y, width, height = cursor.level.rooms[0]
    for _ in range(90):
        for held in (arrow, 0):
            cursor.tick(held)
            assert x <= cursor.column < x + width and y <= cursor.row < y + height
            left_px, top_px = cursor.cursor_px
            assert 0 <= left_px <= VIEW_SIZE[0] - TILE and 0 <= top_px <= VIEW_SIZE[1] - TILE


def test_the_panel_never_covers_the_cursor() -> None:
    cursor = look()
    for row_px in range(0, VIEW_SIZE[1], 5):
        cursor.point(100, row_px)
        top_px = cursor.cursor_px[1]
        if cursor.panel_on_top:
            assert top_px >= PANEL_PX
        else:
            assert top_px + TILE <= VIEW_SIZE[1] - PANEL_PX


def test_the_mouse_points_at_what_is_under_it() -> None:
    cursor = look()
    for _ in range(40):
        cursor.tick(RIGHT)
    cursor.point(37, 101)
    x_px, y_px = cursor.cursor_px
    assert x_px <= 37 < x_px + TILE and y_px <= 101 < y_px + TILE


def test_the_proof_s_way_is_followed_a_little_every_tick() -> None:
    cursor = look()
    cursor.tick(0)
    assert len(cursor.moves) <= MOVES_A_TICK
    for _ in range(len(cursor.level.certificate) // MOVES_A_TICK + 1):
        cursor.tick(0)
    every = [step for step in way(cursor.level) if step.room == 0]
    assert cursor.moves == every


# In the game.


def test_f1_opens_and_closes_and_time_stands_still() -> None:
    app = app_in(built(7))
    for _ in range(30):
        app.tick(Presses(RIGHT, ()), RIGHT)
    world = app.session.world
    assert world is not None
    before = (world.tick, world.hero.state)
    app.tick(Presses(0, (Action.INSPECT,)), 0)
    for _ in range(20):
        app.tick(Presses(RIGHT, (Action.OVERLAY,)), RIGHT)
    assert (world.tick, world.hero.state) == before
    assert app.session.phase == Phase.INSPECTING
    app.tick(Presses(0, (Action.INSPECT,)), 0)
    app.tick(NOTHING, 0)
    assert app.session.phase == Phase.PLAYING and world.tick > before[0]


def test_escape_closes_the_inspector_not_the_game() -> None:
    app = inspecting()
    app.tick(Presses(0, (Action.ESCAPE,)), 0)
    assert app.session.phase == Phase.PLAYING and not app.done
    app.tick(Presses(0, (Action.ESCAPE,)), 0)
    assert app.session.phase == Phase.PAUSED and not app.done


def test_a_pause_can_be_inspected_but_no_death() -> None:
    session = Session(None, built(7))
    session.command(Command.INSPECT)
    assert session.phase == Phase.SHOW
    session.skip_show()
    session.command(Command.PAUSE)
    session.command(Command.INSPECT)
    assert session.phase == Phase.INSPECTING
    session.command(Command.PAUSE)
    assert session.phase == Phase.INSPECTING


def test_tab_goes_round_the_overlays_and_each_looks_different() -> None:
    app = inspecting()
    app.inspector.overlay = Overlay.TILES
    seen = []
    for _ in Overlay:
        seen.append((app.inspector.overlay, picture(app)))
        app.tick(Presses(0, (Action.OVERLAY,)), 0)
    assert app.inspector.overlay == Overlay.TILES
    assert [overlay for overlay, _ in seen] == list(Overlay)
    assert all(not np.array_equal(seen[0][1], other) for _, other in seen[1:])


def test_tab_does_nothing_else() -> None:
    app = app_in(built(7))
    app.tick(Presses(0, (Action.OVERLAY,)), 0)
    assert app.session.phase == Phase.PLAYING and app.inspector.overlay == Overlay.TILES


def test_the_dream_is_shown_and_that_it_is_gone() -> None:
    given = built(7)
    kept = picture(inspecting(given))
    gone = picture(inspecting(Built(given.level, given.dreams[:0].copy())))
    panel = np.s_[:112, : VIEW_SIZE[1]]
    assert len(np.unique(kept[panel].reshape(-1, 3), axis=0)) > 1000, "noise was dreamed"
    assert not np.array_equal(kept[panel], gone[panel])
    assert np.array_equal(kept[250:, 128:], gone[250:, 128:])


@pytest.mark.parametrize("overlay", list(Overlay))
def test_drawing_changes_nothing(overlay: Overlay) -> None:
    app = inspecting(overlay=overlay)
    app.draw()
    once = picture(app)
    app.draw()
    assert np.array_equal(once, picture(app))


def test_every_cell_of_every_kind_of_room_can_be_pointed_at() -> None:
    app = inspecting(Built(rooms_level(), built(7).dreams))
    for y_px in range(0, VIEW_SIZE[1], TILE):
        for x_px in range(0, VIEW_SIZE[0], 3 * TILE):
            app.inspector.point((x_px, y_px))
            app.tick(NOTHING, 0)


def test_another_room_is_looked_at_where_the_hero_is() -> None:
    app = app_in(Built(rooms_level(), built(7).dreams[:0]))
    for mask in rooms_route()[:300]:
        app.tick(Presses(mask, ()), mask)
    assert app.session.world is not None
    room = app.session.world.hero.state.room
    assert room > 0
    app.inspect(Overlay.PROOF)
    assert app.session.phase == Phase.INSPECTING


def test_repairs_are_framed_and_borrowed_tiles_told() -> None:
    level = proven_level(7)
    column, row = level.start[0] // TILE + 2, level.start[1] // TILE
    dreams = built(7).dreams
    plain = picture(inspecting(Built(level, dreams), Overlay.REPAIRS))
    framed = picture(
        inspecting(Built(dataclasses.replace(level, repairs=((column, row),)), dreams), Overlay.REPAIRS)
    )
    assert not np.array_equal(plain, framed)
    borrowed = picture(
        inspecting(Built(dataclasses.replace(level, substitute=True), dreams), Overlay.REPAIRS)
    )
    assert not np.array_equal(plain, borrowed)


# How new.


def answer(level: Level, network: Path | None = None) -> Answer | None:
    novelties = Novelties(network)
    assert novelties.of(level) is None, "a frame never waits"
    novelties.wait()
    return novelties.of(level)


def test_novelty_is_looked_up_beside_the_game() -> None:
    level = proven_level(7)
    found = answer(level)
    assert found is not None and found.index is not None and found.nearest is not None
    assert len(found.nearest.distance) == len(level.bank)


@pytest.mark.parametrize(
    ("change", "brief"),
    [
        (lambda level: dataclasses.replace(level, network="f" * 64), "OTHER NETWORK"),
        (lambda level: level, "NO NETWORK"),
    ],
)
def test_without_an_index_the_panel_says_why(
    change: Callable[[Level], Level], brief: str, tmp_path: Path
) -> None:
    found = answer(change(proven_level(7)), tmp_path / "no.onnx" if brief == "NO NETWORK" else None)
    assert found is not None and found.index is None and found.brief == brief
    assert len(brief) <= LINE_LETTERS


def test_borrowed_tiles_are_the_shipped_network_s(tmp_path: Path) -> None:
    level = dataclasses.replace(proven_level(7), substitute=True, network="f" * 64)
    found = answer(level, tmp_path / "no.onnx")
    assert found is not None and found.index is not None


# Keys and mouse.


def test_the_mouse_is_told_once() -> None:
    held = Input()
    held.feed([pygame.event.Event(pygame.MOUSEMOTION, pos=(5, 6), rel=(0, 0), buttons=(0, 0, 0))])
    assert held.take_pointer() == (5, 6)
    assert held.take_pointer() is None


@pytest.mark.parametrize("scale", [1, 3])
def test_a_scaled_window_points_at_the_canvas(scale: int) -> None:
    window = Window(scale)
    assert window.on_canvas((10 * scale, 20 * scale + scale - 1)) == (10, 20)
    assert window.on_canvas((VIEW_SIZE[0] * scale, 0)) is None


def test_a_message_leaves_the_panel_alone() -> None:
    app = inspecting()
    before = picture(app)
    app.session.say("SOMETHING")
    app.draw()
    changed = np.argwhere((picture(app) != before).any(-1))
    assert len(changed), "it is said"
    rows = changed[:, 1]
    assert rows.max() < 240 - PANEL_PX or rows.min() >= PANEL_PX
