"""The ghost as it is seen: in the room where both are, in its own colours, behind everybody."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pygame

from game.app import App
from game.controls import Presses
from game.gallery import Favourites
from game.home import Home
from game.screen import SpriteSheet, View, Window
from game.screen.ghost import GHOST_PALETTE, ghostly
from game.session import Session
from game.session.passing import PASS_TICKS, Passing
from game.sound import Sounds
from game.world import World
from game.world.camera import VIEW_SIZE
from game.world.hero import Carry
from game.world.replay import Begun, Part, Replay
from generator.level.codes import CastleCode, encode
from generator.motion import Button
from generator.nes.palette import PALETTE_RGB
from generator.stream import LevelKey
from tests.drawn.levels import rooms_level, rooms_route
from tests.drawn.sessions import FakeStream

RIGHT = int(Button.RIGHT)


def violet(world: World, ghost: World | None, passing: Passing | None = None) -> int:
    """How many pixels of a picture are of the ghost's colours."""
    pygame.display.init()
    pygame.display.set_mode(VIEW_SIZE)
    view, canvas = View(SpriteSheet.load()), pygame.Surface(VIEW_SIZE, depth=32)
    if passing is None:
        view.draw(canvas, world, ghost=ghost)
    else:
        view.draw_passing(canvas, world, passing, PASS_TICKS // 2, ghost=ghost)
    return colours_of(canvas)


def colours_of(canvas: pygame.Surface) -> int:
    """How many pixels are of the ghost's colours."""
    rgb = pygame.surfarray.array3d(canvas)
    return sum(int((rgb == PALETTE_RGB[index]).all(axis=2).sum()) for index in GHOST_PALETTE)


def stepped(ticks: int) -> World:
    world = World(rooms_level(), enemies=False)
    for mask in rooms_route()[:ticks]:
        world.step(mask)
    return world


def test_it_is_seen_in_the_room_where_both_are() -> None:
    here, further, elsewhere = stepped(60), stepped(90), stepped(400)
    assert here.hero.state.room == further.hero.state.room != elsewhere.hero.state.room
    assert violet(here, None) == violet(here, elsewhere) == 0
    assert violet(here, further) > 100
    assert violet(here, here) < 60, "who stands before it hides it"


def test_it_is_seen_from_the_door() -> None:
    world = World(rooms_level(), enemies=False)
    for mask in rooms_route():
        passing = Passing.out_of(world)
        world.step(mask)
        if world.hero.state.room != passing.room:
            break
    assert violet(world, stepped(world.tick + 20), passing) > 100
    assert violet(world, stepped(20), passing) == 0, "the view has gone on from there"


def test_it_is_a_sieve_with_a_whole_outline() -> None:
    frame = SpriteSheet.load().sprites["hero_stand"][0]
    seen, drawn = ghostly(frame).pixels > 0, frame.pixels > 0
    assert not (seen & ~drawn).any()
    assert 0.55 < seen.sum() / drawn.sum() < 0.8
    edge = drawn & ~np.roll(drawn, 1, axis=0)
    assert seen[edge].all()


def test_drawing_moves_nobody() -> None:
    ghost, other = stepped(90), stepped(90)
    violet(stepped(60), ghost)
    assert ghost.hero.state == other.hero.state and ghost.tick == other.tick


def test_the_option_hides_it(tmp_path: Path) -> None:
    masks = bytearray(b"\x01" * 59)  # it ends before it is held to a sum
    code = encode(CastleCode(3))
    (tmp_path / "ghosts").mkdir()
    (tmp_path / "ghosts" / f"{code}.replay").write_bytes(
        Replay((Part(code, Begun.STAGE, -1, Carry(), masks=masks),)).to_bytes()
    )
    session = Session(FakeStream(), LevelKey(3))
    app = App(
        session, Window(1, False), Sounds(mute=True), favourites=Favourites(tmp_path / "kept"),
        home=Home(tmp_path),
    )  # fmt: skip
    nothing = Presses(0, ())
    app.tick(nothing, 0)
    session.skip_show()
    app.ghosts.wait()
    for _ in range(50):
        app.tick(nothing, 0)
    assert app.ghosts.shown is not None
    seen = []
    for ghost in (True, False):
        app.apply(replace(app.options, ghost=ghost))
        app.draw()
        seen.append(colours_of(app.window.canvas))
    assert seen[0] > 100 > seen[1] == 0
