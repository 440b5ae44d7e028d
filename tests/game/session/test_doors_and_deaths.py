"""Through a door, and after a death: what is seen, and where the hero goes on."""

import numpy as np

from game.session import Command, Phase, Session
from game.session.gains import gains, news_of
from game.session.passing import PASS_TICKS, Passing
from game.session.phases import DYING_TICKS
from game.world import World
from game.world.assists import NO_ASSISTS, Assists
from game.world.cues import SPARK_TICKS
from game.world.hero import HEARTS
from generator.motion import SUB
from generator.stream import Built
from tests.drawn.levels import rooms_level, rooms_route


def begun(*, classic: bool = False) -> tuple[Session, World]:
    """A session in a level of four rooms, without enemies."""
    session = Session(None, Built(rooms_level(), np.empty((0, 1, 1), np.uint8)), classic=classic)
    world = World(rooms_level(), enemies=False)
    session.playthrough.world = world
    return session, world


def walked(session: Session, world: World, rooms: int) -> None:
    """Follows the route until the hero has come into so many rooms."""
    entered, route = 0, iter(rooms_route())
    while entered < rooms:
        if session.phase == Phase.PASSING:
            session.tick(0)
            continue
        session.tick(next(route))
        entered += session.phase == Phase.PASSING


def test_a_way_through_a_door_is_seen_and_takes_no_time() -> None:
    session, world = begun()
    walked(session, world, 1)
    passing, tick, ticks = session.playthrough.passing, world.tick, 0
    assert passing is not None and world.hero.state.room != passing.room
    places = []
    while session.phase == Phase.PASSING:
        tick_in = session.phase_tick
        places.append((passing.camera_at(world, tick_in), passing.hero_at(world, tick_in)))
        session.tick(0)
        ticks += 1
    assert ticks == PASS_TICKS and world.tick == tick
    assert places[0] == (passing.camera_px, passing.hero_px)
    assert passing.camera_at(world, ticks) == world.camera_px
    feet = world.hero.body.x_sub // SUB, world.hero.body.y_sub // SUB
    assert passing.hero_at(world, ticks) == feet
    lefts = [camera[0] for camera, _ in places]
    assert lefts == sorted(lefts) and max(np.diff(lefts)) <= 8
    assert session.playthrough.passing is None


def test_a_lock_opens_before_he_goes() -> None:
    session, world = begun()
    walked(session, world, 1)
    plain = session.playthrough.passing
    assert plain is not None and plain.waits_ticks == 0 and plain.ticks == PASS_TICKS
    opened = passing_through_a_lock()
    assert opened.waits_ticks == SPARK_TICKS["lock_open"] and opened.ticks == opened.waits_ticks + PASS_TICKS
    assert opened.hero_at(world, opened.waits_ticks) == opened.hero_px
    assert opened.camera_at(world, opened.waits_ticks) == opened.camera_px


def passing_through_a_lock() -> Passing:
    world = World(rooms_level(), enemies=False)
    for mask in rooms_route():
        passing = Passing.out_of(world)
        world.step(mask)
        if world.hero.state.room != passing.room and any(spark.kind == "lock_open" for spark in world.sparks):
            return passing.through(world)
    raise AssertionError("the route leads through a lock")


def test_what_is_won_is_said() -> None:
    had = gains(World(rooms_level()).hero)
    assert news_of(had, had) == ""
    for now, says in (
        (had._replace(weapon="axe"), "AXE"),
        (had._replace(shots=2), "DOUBLE SHOT"),
        (had._replace(shots=3), "TRIPLE SHOT"),
        (had._replace(whip_level=2), "THE WHIP GROWS"),
        (had._replace(lives=4), "ONE LIFE MORE"),
        (had._replace(safe=True), "UNHARMED FOR A WHILE"),
    ):
        assert news_of(had, now) == says


def test_a_pause_and_another_castle_end_the_way_through_a_door() -> None:
    session, world = begun()
    walked(session, world, 1)
    session.command(Command.PAUSE)
    assert session.phase == Phase.PAUSED and session.playthrough.passing is None
    session.command(Command.PAUSE)
    assert session.phase == Phase.PLAYING and session.world is world


def died(session: Session, world: World) -> World:
    """Ends a life, waits for what comes after it."""
    world.hero.kill()
    for _ in range(DYING_TICKS + 60):
        session.tick(0)
        if session.world is not world:
            break
    assert session.world is not None and session.world is not world and session.phase == Phase.PLAYING
    return session.world


def test_he_goes_on_at_the_door_of_the_room_that_he_died_in() -> None:
    session, world = begun()
    walked(session, world, 2)
    while session.phase == Phase.PASSING:
        session.tick(0)
    arrived, flags = world.hero.state, world.hero.state.flags
    world.hero.hearts, world.hero.whip_level, world.hero.score = 30, 3, 1200
    for _ in range(40):
        session.tick(0)
    again = died(session, world)
    assert again.hero.state == arrived and again.hero.state.flags == flags
    assert again.visited == world.visited and again.tick == 0
    hero = again.hero
    assert (hero.hearts, hero.whip_level, hero.score, hero.lives) == (HEARTS, 1, 1200, 2)


def test_on_classic_he_begins_the_stage_anew() -> None:
    session, world = begun(classic=True)
    walked(session, world, 2)
    again = died(session, world)
    assert again.hero.state == World(rooms_level()).hero.state and again.visited == {0}


def test_with_endless_lives_a_death_costs_none() -> None:
    session, world = begun()
    session.help(Assists(endless_lives=True))
    world.hero.lives = 0
    again = died(session, world)
    assert again.hero.lives == 0 and again.assists.endless_lives and session.phase == Phase.PLAYING
    session.help(NO_ASSISTS)
    again.hero.kill()
    for _ in range(DYING_TICKS + 60):
        session.tick(0)
    assert session.phase == Phase.GAME_OVER


def test_nobody_moves_while_he_lies_there() -> None:
    session, world = begun()
    world.hero.kill()
    session.tick(0)
    assert session.phase == Phase.DYING
    body, chance = world.hero.body, world.clone().chance._state
    for _ in range(40):
        session.tick(63)
    assert world.hero.body == body and world.chance._state == chance
