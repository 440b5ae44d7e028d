"""A motion of one's own: the place does its part whoever moves in it, and nonsense is named."""

from __future__ import annotations

import itertools
from dataclasses import replace
from typing import Any

import pytest

from generator.motion import (
    FLOATY_MOTION,
    NES_MOTION,
    RUN_MOTION,
    SUB,
    AnyMotion,
    Around,
    Body,
    EventKind,
    FreeMotion,
    MotionError,
    OwnMotion,
    Place,
    Posture,
    State,
    hurt,
    load_motion,
    spawn,
    step,
)
from generator.motion.mechanisms import BreakableWall, CollapsingFloor, Key, MovingPlatform
from generator.motion.own_step import TWICE_EVERY
from tests.drawn.ascii_levels import place_from_ascii
from tests.drawn.heroes import JUMP, LEFT, PLAIN, RIGHT, Plain, Strange
from tests.drawn.presses import DOWN, UP, WHIP, feet, press

OPEN = "\n".join(["." * 40] * 12 + ["@" + "." * 39, "#" * 40])
OWN = [RUN_MOTION, FLOATY_MOTION, PLAIN]


def run(
    place: Place, motion: AnyMotion, *presses: tuple[int, int], state: State | None = None
) -> tuple[State, list[EventKind], int]:
    """The state after (buttons, ticks) in turn, what happened, and the highest that the feet were, px."""
    state, kinds = state or spawn(place), []
    highest = feet(state)[1]
    for buttons, ticks in presses:
        for _ in range(ticks):
            state, events = step(place, motion, state, buttons)
            kinds += [event.kind for event in events]
            highest = min(highest, feet(state)[1])
    return state, kinds, highest


def test_speed_is_gathered_and_lost() -> None:
    place = place_from_ascii(OPEN)
    speeds = [run(place, RUN_MOTION, (RIGHT, ticks))[0].body.vx_sub for ticks in (1, 2, 27, 28, 60)]
    assert speeds == [14, 28, 378, 384, 384]
    braked = [run(place, RUN_MOTION, (RIGHT, 60), (0, ticks))[0].body.vx_sub for ticks in (1, 11, 12)]
    assert braked == [352, 32, 0]
    stopped = run(place, RUN_MOTION, (RIGHT, 61), (0, 12))[0].body
    assert stopped.x_sub % SUB == 0, "who stands still stands on a whole pixel"


@pytest.mark.parametrize(("held", "rise_px"), [(1, 21), (4, 27), (12, 41), (31, 55), (90, 55)])
def test_a_jump_is_as_high_as_the_button_is_held(held: int, rise_px: int) -> None:
    _, kinds, highest = run(place_from_ascii(OPEN), RUN_MOTION, (JUMP, held), (0, 90))
    assert 208 - highest == rise_px
    assert kinds == [EventKind.JUMPED, EventKind.LANDED]


def test_one_more_jump_in_the_air_and_no_third() -> None:
    place = place_from_ascii(OPEN)
    presses = ((JUMP, 31), (0, 4), (JUMP, 28), (0, 4), (JUMP, 20), (0, 120))
    _, kinds, highest = run(place, FLOATY_MOTION, *presses)
    assert kinds == [EventKind.JUMPED, EventKind.JUMPED, EventKind.LANDED]
    assert 208 - highest == 68
    assert run(place, RUN_MOTION, *presses[:2], (JUMP, 8))[1] == [EventKind.JUMPED]


def test_one_steers_in_the_air_where_the_motion_lets() -> None:
    place = place_from_ascii(OPEN)
    there = run(place, RUN_MOTION, (RIGHT, 60), (RIGHT | JUMP, 20), (LEFT, 90))[0]
    rigid = replace(RUN_MOTION, air_sub=0)
    assert feet(run(place, rigid, (RIGHT, 60), (RIGHT | JUMP, 20), (LEFT, 25))[0])[0] > feet(there)[0]


def test_just_after_an_edge_a_jump_still_works() -> None:
    place = place_from_ascii("\n".join(["." * 8] * 6 + ["@......." + "", "###....."] + ["........"] * 4))
    state = spawn(place)
    while state.body.posture != Posture.AIR:
        state, _ = step(place, RUN_MOTION, state, RIGHT)
    for late, jumps in ((0, True), (3, True), (4, False)):
        after, kinds, _ = run(place, RUN_MOTION, (RIGHT, late), (RIGHT | JUMP, 1), state=state)
        assert (EventKind.JUMPED in kinds) == jumps == (after.body.vy_sub < 0), late


@pytest.mark.parametrize("motion", OWN)
class TestThePlaceDoesItsPart:
    """Whoever moves in it."""

    def test_stairs(self, motion: OwnMotion) -> None:
        place = place_from_ascii("......\n......\n......\n../###\n@/....\n######")
        flight = place.interiors[0].stairs[0]
        state, kinds, _ = run(place, motion, (UP, 100))
        assert EventKind.MOUNTED in kinds and EventKind.DISMOUNTED in kinds
        assert feet(state) == (flight.head_x_px, flight.head_y_px)
        state, kinds, _ = run(place, motion, (DOWN, 100), state=state)
        assert feet(state) == (flight.foot_x_px, flight.foot_y_px)

    def test_spikes_kill_and_the_dead_rest(self, motion: OwnMotion) -> None:
        place = place_from_ascii("........\n........\n@...^...\n########")
        state, kinds, _ = run(place, motion, (RIGHT, 120))
        assert kinds == [EventKind.DIED]
        assert step(place, motion, state, RIGHT)[0].body == state.body

    def test_who_falls_out_dies(self, motion: OwnMotion) -> None:
        assert run(place_from_ascii("....\n....\n@...\n#..."), motion, (RIGHT, 150))[1][-1] == EventKind.DIED

    def test_a_key_is_taken_and_the_exit_reached(self, motion: OwnMotion) -> None:
        place = place_from_ascii("........\n........\n.......D\n@......D\n########", (Key(0, 56, 64, 1),))
        state, kinds, _ = run(place, motion, (RIGHT, 160))
        assert [kind for kind in kinds if kind in (EventKind.KEY, EventKind.EXITED)] == [
            EventKind.KEY, EventKind.EXITED,
        ]  # fmt: skip
        assert state.flags == 0b11

    def test_walls_break(self, motion: OwnMotion) -> None:
        place = place_from_ascii("......\n......\n@.....\n######", (BreakableWall(0, 2, 1, 1, 2, 1),))
        state, kinds, _ = run(place, motion, (RIGHT, 60))
        assert feet(state)[0] == 32 - motion.half_width_px
        state, kinds, _ = run(place, motion, (WHIP, 30), (RIGHT, 60), state=state)
        assert EventKind.BROKE in kinds and feet(state)[0] > 48

    def test_platforms_carry(self, motion: OwnMotion) -> None:
        place = place_from_ascii(
            "............\n............\n@...........\n............\n............",
            (MovingPlatform(0, 0, 48, 2, 64, 0, 2, 32),),
        )
        state, kinds, _ = run(place, motion, (0, 20 + 64 * 2))
        assert EventKind.FELL not in kinds
        assert feet(state) == (8 + place.interiors[0].platforms[0].at(state.room_tick)[0], 48)

    def test_floors_give_way(self, motion: OwnMotion) -> None:
        text = "......\n......\n@.....\n......\n......\n######"
        place = place_from_ascii(text, (CollapsingFloor(0, 0, 3, 3),))
        _, kinds, _ = run(place, motion, (0, 100))
        assert kinds[:3] == [EventKind.CRUMBLED, EventKind.COLLAPSED, EventKind.FELL]
        assert kinds[-1] == EventKind.LANDED

    def test_a_blow_throws_as_it_throws_everybody(self, motion: OwnMotion) -> None:
        place = place_from_ascii(OPEN)
        state = spawn(place)
        state = state._replace(body=hurt(state.body._replace(x_sub=200 * SUB), 1))
        ways = []
        for each in (motion, NES_MOTION):
            now, way = state, []
            while now.body.posture == Posture.HURT:
                now, _ = step(place, each, now, LEFT | JUMP)
                way.append(feet(now))
            ways.append(way)
        assert ways[0] == ways[1]

    def test_ceilings_and_walls_hold(self, motion: OwnMotion) -> None:
        place = place_from_ascii("########\n........\n........\n@.....#.\n########")
        state, kinds, highest = run(place, motion, (JUMP, 30))
        assert EventKind.BUMPED in kinds and highest == 16 + motion.height_px
        state, _ = press(place, spawn(place), RIGHT, 200, motion)
        assert feet(state)[0] == 96 - motion.half_width_px

    def test_nobody_leaves_the_world_upwards(self, motion: OwnMotion) -> None:
        place = place_from_ascii("........\n@.......\n########")
        state = spawn(place)
        for _ in range(12):
            state, _, highest = run(place, motion, (JUMP, 30), (0, 6), state=state)
            assert highest >= -64


STRANGE: list[tuple[str, Any, str]] = [
    ("a text", lambda before, after, buttons: "left", "returned str"),
    ("nothing", lambda before, after, buttons: None, "returned NoneType"),
    ("a float", lambda before, after, buttons: after._replace(x_sub=after.x_sub + 0.5), "x_sub = .*float"),
    ("a list", lambda before, after, buttons: after._replace(air_tick=[1]), r"air_tick = \[1\] \(list\)"),
    (
        "teleports",
        lambda before, after, buttons: after._replace(x_sub=after.x_sub + 40 * SUB),
        "4[0-9] px in one tick",
    ),
    ("stands on air", lambda before, after, buttons: after._replace(y_sub=after.y_sub - SUB), "on nothing"),
    (
        "digs",
        lambda before, after, buttons: after._replace(y_sub=after.y_sub + SUB, posture=2),
        "into a wall",
    ),
    ("dies", lambda before, after, buttons: after._replace(posture=5), "the posture 5"),
    ("divides", lambda before, after, buttons: 1 // 0, "raised ZeroDivisionError: integer division"),
]


@pytest.mark.parametrize(("name", "change", "said"), STRANGE, ids=[name for name, *_ in STRANGE])
def test_what_no_body_can_be_is_named(name: str, change: Any, said: str) -> None:
    place = place_from_ascii(OPEN)
    with pytest.raises(MotionError, match=said) as told:
        step(place, Strange(name, change), spawn(place), RIGHT)
    assert str(told.value).startswith(f"motion '{name}'") and "\n" not in str(told.value)


def test_a_motion_knows_only_what_is_near() -> None:
    class Seer(Plain):
        name = "seer"

        def move(self, around: Around, body: Body, buttons: int) -> Body:
            around.stands(body.x_sub + 100 * SUB, body.y_sub)
            return body

    place = place_from_ascii(OPEN)
    with pytest.raises(MotionError, match="'seer': its move asks about a place more than 16 px"):
        step(place, Seer(), spawn(place), 0)


@pytest.mark.parametrize(
    "wrong",
    [
        {"walk_sub": 2049}, {"walk_sub": 1.5}, {"walk_sub": True}, {"fall_sub": 0}, {"air_jumps": 9},
        {"name": ""}, {"half_width_px": 3}, {"height_px": 40}, {"buffer_ticks": 0}, {"speed_up_sub": 0},
    ],
)  # fmt: skip
def test_numbers_that_no_body_can_have(wrong: dict[str, Any]) -> None:
    with pytest.raises(MotionError, match=next(iter(wrong))):
        FreeMotion(**wrong)


def test_sizes_of_ones_own_are_looked_at() -> None:
    for field, value in (("height_px", 40), ("half_width_px", "6"), ("whip_ahead_px", (1, 2))):
        motion = Strange("giant", None)
        setattr(motion, field, value)
        with pytest.raises(MotionError, match=field):
            motion.check()


def too_far(before: Body, after: Body, buttons: int) -> Body:
    """Asks for a step of nearly ten pixels."""
    Around.fall(None, 0, 0, 2500)  # type: ignore[arg-type]
    return after


def test_where_a_move_raised_is_said() -> None:
    place = place_from_ascii(OPEN)
    with pytest.raises(MotionError, match=r"raised ZeroDivisionError: .* \(heroes\.py, line \d+\);"):
        step(place, Strange("divides", lambda *_: 1 // 0), spawn(place), RIGHT)
    with pytest.raises(MotionError, match=r"'far': its move asks to go 9\.8 px in one tick; a body moves at"):
        step(place, Strange("far", too_far), spawn(place), 0)


def test_what_the_place_sets_is_left_alone() -> None:
    place = place_from_ascii(OPEN)
    strikes = Strange("strikes", lambda before, after, buttons: after._replace(whip_tick=3))
    with pytest.raises(MotionError, match="'strikes': its move changed whip_tick, which the place sets by"):
        step(place, strikes, spawn(place), 0)


def test_a_class_without_a_move_is_told_to_write_one() -> None:
    class Empty(OwnMotion):
        name = "empty"

    with pytest.raises(MotionError, match=r"'empty' has no move; write the method move\(self, around"):
        load_motion(Empty())


def test_a_move_that_rolls_dice_is_noticed() -> None:
    place, rolled = place_from_ascii(OPEN), itertools.count()
    dice = Strange("dice", lambda before, after, buttons: after._replace(air_tick=next(rolled)))
    state = spawn(place)
    with pytest.raises(
        MotionError, match="'dice' does not do the same twice: asked again with the same body"
    ):
        for _ in range(TWICE_EVERY):
            state, _ = step(place, dice, state, 0)
