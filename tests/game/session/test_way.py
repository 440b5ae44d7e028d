"""The way that was walked: what it holds, and how long it is kept."""

from __future__ import annotations

from game.session import Command, Phase
from game.session.phases import DYING_TICKS
from game.session.way import Way
from game.world import World
from generator.motion import Button
from tests.drawn.levels import HALL_ROOM, TOWER_ROOM, rooms_level, rooms_route
from tests.drawn.sessions import playing

RIGHT = int(Button.RIGHT)


def test_it_holds_each_tile_once_in_order() -> None:
    world, way = World(rooms_level(), enemies=False), Way()
    for mask in rooms_route()[:300]:
        world.step(mask)
        way.note(world)
    tiles = way.tiles
    assert len(set(tiles)) == len(tiles) and way.rooms == {HALL_ROOM, TOWER_ROOM}
    assert tiles[0] == (2, 27) and tiles[:6] == tuple((2 + n, 27) for n in range(6))
    for _ in range(400):
        world.step(0)
        way.note(world)
    assert len(way.tiles) <= len(tiles) + 1, "who stands walks no way"


def test_it_survives_a_death_and_begins_anew_with_another_level() -> None:
    session, _ = playing()
    for _ in range(120):
        session.tick(RIGHT)
    play = session.playthrough
    tiles = play.way.tiles
    assert len(tiles) > 3 and session.world is not None
    session.world.hero.kill()
    for _ in range(DYING_TICKS + 60):
        session.tick(0)
    assert play.deaths == 1 and session.phase == Phase.PLAYING
    assert play.way.tiles[: len(tiles)] == tiles
    play.restart()
    assert play.way.tiles[: len(tiles)] == tiles and play.known >= play.way.rooms
    session.command(Command.REGENERATE)
    for _ in range(3):
        session.tick(0)
    assert play.levels == 2 and not play.way.tiles
    session.command(Command.BACK)
    session.tick(0)
    assert play.way.tiles[: len(tiles)] == tiles, "a castle that was gone back to is as it was left"
