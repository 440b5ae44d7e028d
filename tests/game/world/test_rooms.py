"""A level of several rooms, played: what belongs to a room, what stays, and what is heard."""

from __future__ import annotations

import dataclasses
from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from game.app import App
from game.controls import Presses
from game.screen import Window
from game.screen.appearance import pictures
from game.session import Session
from game.sound import Sounds
from game.world import World
from game.world.boxes import meet
from game.world.camera import BAND_BOTTOM_PX, BAND_TOP_PX, VIEW_HEIGHT_PX, VIEW_PX
from game.world.cues import LOCKED_EVERY_TICKS, Cue, Spark
from game.world.enemies import enemy_of
from game.world.items import Item
from game.world.world import Outcome
from generator.motion import SUB, Body, Button, Posture, State, room_at, spawn, step
from generator.nes.roles import TILE
from generator.stream import Built
from tests.drawn.effort import examples
from tests.drawn.levels import (
    CISTERN_ROOM,
    GALLERY_ROOM,
    HALL_ROOM,
    KEY_BIT,
    LOCK_BIT,
    TOWER_ROOM,
    WALL_BIT,
    rooms_level,
    rooms_route,
)

pytestmark = pytest.mark.slow

RIGHT, LEFT, UP, JUMP, WHIP = (
    int(b) for b in (Button.RIGHT, Button.LEFT, Button.UP, Button.JUMP, Button.WHIP)
)

holds = st.lists(st.tuples(st.integers(0, 63), st.integers(1, 60)), min_size=1, max_size=40)


def standing(room: int, x_px: int, y_px: int, *, flags: int = 0, enemies: bool = True) -> World:
    """A world whose hero has been put into a room."""
    world = World(rooms_level(), enemies=enemies)
    world.hero.state = State(room, 0, Body(x_px * SUB, y_px * SUB), flags)
    world._settle()
    return world


def heard(world: World, masks: list[int]) -> Counter[str]:
    return Counter(cue.kind for mask in masks for cue in world.step(mask))


@given(holds, st.sampled_from([0, 200, 500, 900, 1030, 1200, 1320, 1700, 2290, 2350]))
@settings(max_examples=examples(20))
def test_a_world_without_enemies_equals_folding_step(presses: list[tuple[int, int]], after: int) -> None:
    """From everywhere along the route on, with any buttons."""
    level = rooms_level()
    world, state = World(level, enemies=False), spawn(level)
    for mask in rooms_route()[:after] + [mask for mask, ticks in presses for _ in range(ticks)]:
        if world.outcome == Outcome.CLEARED:
            return
        world.step(mask)
        state, _ = step(level, level.motion, state, mask)
        assert world.hero.state == state


@given(holds, st.sampled_from([0, 200, 1030, 1320, 2290]))
@settings(max_examples=examples(6))
def test_equal_buttons_make_equal_worlds(presses: list[tuple[int, int]], after: int) -> None:
    one, other = World(rooms_level()), World(rooms_level())
    for mask in rooms_route()[:after] + [mask for mask, ticks in presses for _ in range(ticks)]:
        assert one.step(mask) == other.step(mask)
    assert one.hero.state == other.hero.state and one.hero.carry() == other.hero.carry()
    assert (one.enemies, one.items, one.sparks) == (other.enemies, other.items, other.sparks)
    assert one.camera_px == other.camera_px and one.visited == other.visited


@given(holds, st.sampled_from([0, 200, 500, 900, 1030, 1200, 1700, 2290, 2350]))
@settings(max_examples=examples(10))
def test_the_view_and_everybody_stay_in_the_room(presses: list[tuple[int, int]], after: int) -> None:
    world = World(rooms_level())
    for mask in rooms_route()[:after] + [mask for mask, ticks in presses for _ in range(ticks)]:
        world.hero.health = 16
        world.step(mask)
        left, top, right, bottom = world.room_px
        x_px, y_px = world.camera_px
        assert left <= x_px <= right - VIEW_PX and top <= y_px <= bottom - VIEW_HEIGHT_PX
        assert all(meet(enemy.box, world.room_px) for enemy in world.enemies)
        assert all(left <= enemy.x_px < right for enemy in world.enemies if enemy.kind == "zombie")
        placed = [(c.x_px, c.y_px) for c in world.candles] + [(t.x_px, t.y_px) for t in world.treasures]
        assert all(room_at(world.level, *place) == world.hero.state.room for place in placed)


def test_the_route_leads_through_every_room_to_the_exit() -> None:
    world = World(rooms_level(), enemies=False)
    cues: Counter[str] = Counter()
    keys = []
    for mask in rooms_route():
        cues += Counter(cue.kind for cue in world.step(mask))
        keys.append(world.keys_held)
    assert world.outcome == Outcome.CLEARED
    assert world.visited == {HALL_ROOM, TOWER_ROOM, CISTERN_ROOM, GALLERY_ROOM}
    assert max(keys) == 1 and keys[-1] == 0, "the key is used up"
    once = {"key", "unlock", "door", "secret", "roast", "crumble", "clear"}
    assert {kind: cues[kind] for kind in once} == dict.fromkeys(once, 1)
    assert cues["treasure"] == 2 and world.hero.score == 2000
    assert cues["break"] == 2, "the floor and the wall"
    assert cues["platform"] and cues["stairs"]
    assert cues["locked"] == 0


def test_what_was_taken_stays_taken() -> None:
    world = standing(HALL_ROOM, 60, 448)
    cues = heard(world, [WHIP] + [0] * 24)
    assert cues["candle"] == 1 and not world.candles
    world.hero.state = world.hero.state._replace(body=Body(200 * SUB, 448 * SUB))
    assert heard(world, [RIGHT] * 60)["treasure"] == 1
    assert world.hero.state.room == TOWER_ROOM and len(world.candles) == 1
    heard(world, [LEFT] * 30)
    assert world.hero.state.room == HALL_ROOM
    assert not world.candles and not world.treasures


def test_a_chest_stays_open() -> None:
    world = standing(HALL_ROOM, 200, 448)
    heard(world, [RIGHT] * 60)
    heard(world, [LEFT] * 30)
    assert [(t.x_px, t.y_px) for t in world.emptied] == [(216, 448)]
    assert "treasure_open" in {picture.name for picture in pictures(world)}


def test_who_falls_into_water_is_heard_and_seen() -> None:
    world = standing(CISTERN_ROOM, 560, 208)
    seen: set[str] = set()
    cues: Counter[str] = Counter()
    for _ in range(60):
        cues += heard(world, [RIGHT])
        seen |= {spark.kind for spark in world.sparks}
    assert cues["splash"] == cues["death"] == 1
    assert "splash" in seen


def test_kinds_of_other_games_do_not_wake() -> None:
    level = rooms_level()
    goomba = level.spawns[2]._replace(kind="goomba")
    foreign = dataclasses.replace(level, own_kinds=("goomba",), spawns=(goomba,))
    world = World(foreign)
    heard(world, [RIGHT] * 60)
    assert not world.asleep and not world.enemies


def test_who_was_in_a_room_is_gone_when_it_is_left_and_sleeps_again() -> None:
    world = standing(TOWER_ROOM, 262, 448)
    world.step(LEFT)
    assert [(e.kind, e.y_px) for e in world.enemies] == [("zombie", 448)], "the other is a screen above"
    world.items.append(Item("heart_large", 400, 440))
    world.sparks.append(Spark("flame", 400, 440, world.tick))
    heard(world, [LEFT] * 20)
    assert world.hero.state.room == HALL_ROOM
    assert not world.enemies and not world.items and not world.sparks
    heard(world, [RIGHT] * 30)
    assert world.hero.state.room == TOWER_ROOM and not world.items
    assert [spawn.kind for spawn in world.asleep] == ["zombie", "zombie"]


def test_nobody_wakes_where_the_hero_comes_in() -> None:
    zombie_px = 18 * TILE + 8
    world = standing(HALL_ROOM, 250, 448)
    heard(world, [RIGHT] * 20)
    assert world.hero.state.room == TOWER_ROOM and zombie_px - 264 < 3 * TILE
    heard(world, [RIGHT] * 60)
    assert not world.enemies, "nor later"
    world = standing(GALLERY_ROOM, 524, 448, flags=1 << KEY_BIT | 1 << LOCK_BIT)
    heard(world, [LEFT] * 20)
    assert world.hero.state.room == TOWER_ROOM
    assert len(world.enemies) == 1, "by the other door he is far away"


def test_who_sleeps_a_screen_above_wakes_when_the_view_comes() -> None:
    world = standing(TOWER_ROOM, 448, 448)
    heard(world, [0] * 5)
    assert all(enemy.y_px > 300 for enemy in world.enemies)
    heard(world, [UP] * 220)
    assert any(enemy.y_px < 300 for enemy in world.enemies)


@pytest.mark.parametrize(("flags", "gets_out"), [(0, False), (1 << WALL_BIT, True)])
def test_enemies_meet_the_walls_that_still_stand(flags: int, gets_out: bool) -> None:
    world = standing(CISTERN_ROOM, 530, 208, flags=flags, enemies=False)
    world.enemies.append(enemy_of("zombie", 744, 208, -1))
    heard(world, [0] * 80)
    (walker,) = world.enemies
    assert (walker.x_px < 736) == gets_out


def test_who_leaves_the_room_is_gone() -> None:
    world = standing(CISTERN_ROOM, 530, 208, enemies=False)
    world.enemies += [enemy_of("bat", 640, 100, 1), enemy_of("zombie", 560, 208, 1)]
    heard(world, [0] * 80)
    assert len(world.enemies) == 2
    heard(world, [0] * 60)
    assert not world.enemies, "the bat flew out, the zombie sank"


def test_a_locked_door_says_so_now_and_then() -> None:
    session = Session(None, Built(rooms_level(), np.zeros((0, 224, 224, 3), np.uint8)))
    assert session.world is not None
    session.world.hero.state = State(TOWER_ROOM, 0, Body(500 * SUB, 448 * SUB), 0)
    session.world._settle()
    ticks = [tick for tick in range(100) for cue in session.tick(RIGHT) if cue.kind == "locked"]
    assert len(ticks) == 3 and ticks[1] - ticks[0] == ticks[2] - ticks[1] == LOCKED_EVERY_TICKS
    assert session.message == "LOCKED"


def test_a_lock_is_seen_to_open_from_both_sides() -> None:
    world = standing(TOWER_ROOM, 500, 448, flags=1 << KEY_BIT, enemies=False)
    seen = []
    for _ in range(16):
        world.step(RIGHT)
        seen += [(s.kind, s.x_px, world.hero.state.room) for s in world.sparks]
    assert ("lock_open", 512 - 8, TOWER_ROOM) in seen and ("lock_open", 512 + 8, GALLERY_ROOM) in seen


def test_a_roast_heals_and_no_more_than_that() -> None:
    for health, then in ((4, 10), (13, 16)):
        world = standing(CISTERN_ROOM, 738, 208, flags=1 << WALL_BIT)
        world.hero.health = health
        assert heard(world, [0])["roast"] == 1
        assert world.hero.health == then


def test_stones_and_dust_fly() -> None:
    world = standing(CISTERN_ROOM, 700, 208)
    heard(world, [WHIP] + [0] * 12)
    assert [spark.kind for spark in world.sparks] == ["debris"] * 2
    world = standing(HALL_ROOM, 120, 448)
    heard(world, [0] * 41)
    assert [spark.kind for spark in world.sparks] == ["crumble_dust"] * 3


def test_a_jump_does_not_shake_the_view_and_a_climb_moves_it() -> None:
    world = standing(TOWER_ROOM, 272, 336, enemies=False)
    before = world.camera_px
    heard(world, [JUMP] + [0] * 50)
    assert world.camera_px == before
    world.hero.state = world.hero.state._replace(body=Body(304 * SUB, 336 * SUB))
    for _ in range(250):
        top_px = world.camera_px[1]
        world.step(UP)
        assert abs(world.camera_px[1] - top_px) <= 1
        assert BAND_TOP_PX <= world.hero.body.y_sub // SUB - world.camera_px[1] <= BAND_BOTTOM_PX
    assert world.camera_px[1] < before[1] - 100


def test_a_clone_goes_on_alone_and_alike() -> None:
    world = World(rooms_level())
    heard(world, rooms_route()[:150])
    clone, before = world.clone(), world.hero.state
    heard(clone, rooms_route()[150:400])
    assert world.hero.state == before and world.visited == {HALL_ROOM} and world.treasures
    heard(world, rooms_route()[150:400])
    assert world.hero.state == clone.hero.state and world.enemies == clone.enemies
    assert world.visited == clone.visited == {HALL_ROOM, TOWER_ROOM}


def test_another_place_is_refused_as_a_new_art() -> None:
    level = rooms_level()
    with pytest.raises(ValueError, match="same structure"):
        World(level).redress(dataclasses.replace(level, mechanisms=level.mechanisms[:-1]))


def test_a_cue_without_a_sound_is_not_heard(monkeypatch: pytest.MonkeyPatch) -> None:
    session = Session(None, Built(rooms_level(), np.zeros((0, 224, 224, 3), np.uint8)))
    app = App(session, Window(1, False), Sounds(mute=True))
    monkeypatch.setattr(session, "tick", lambda buttons: (Cue("a sound nobody made", 0, 0),))
    app.tick(Presses(0, ()), 0)


def test_a_blow_throws_nobody_out_of_a_room() -> None:
    level = rooms_level()
    for passage in level.interiors[GALLERY_ROOM].passages:
        interior = level.interiors[GALLERY_ROOM]
        edge_px = interior.right_px if passage.side > 0 else interior.left_px
        world = standing(GALLERY_ROOM, edge_px - passage.side * 10, (passage.row + 1) * TILE, enemies=False)
        assert world.hero.harm(1, passage.side)
        heard(world, [0] * 60)
        assert world.hero.state.room == GALLERY_ROOM and world.hero.body.posture == Posture.STAND
