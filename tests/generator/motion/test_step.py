"""The step of motion: the documented numbers, and laws that hold for any buttons anywhere."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.motion import (
    DEADLY_KIND,
    NES_MOTION,
    ONE_WAY_KIND,
    RELAXED_MOTION,
    SOLID_KIND,
    SUB,
    Body,
    EventKind,
    Motion,
    Posture,
    State,
    body_box,
    hurt,
    hurt_box,
    spawn,
    step,
    whip_box,
)
from tests.drawn.ascii_levels import AsciiPlace, place_from_ascii
from tests.drawn.presses import DOWN, JUMP, LEFT, RIGHT, WHIP, feet, kinds, press

FLAT = place_from_ascii(
    """
....................
....................
....................
....................
....................
..@.................
####################
"""
)


def test_walking_is_one_pixel_a_tick() -> None:
    state, events = press(FLAT, spawn(FLAT), RIGHT, 10)
    assert feet(state) == (50, 96)
    assert state.body.facing == 1
    state, _ = press(FLAT, state, LEFT, 4)
    assert feet(state) == (46, 96)
    assert state.body.facing == -1
    assert press(FLAT, state, LEFT | RIGHT, 5)[0].body.x_sub == state.body.x_sub
    assert not events


def test_the_jump_takes_40_ticks_and_rises_36_pixels() -> None:
    state, events = press(FLAT, spawn(FLAT), JUMP | RIGHT)
    assert kinds(events) == [EventKind.JUMPED]
    heights = [96 - feet(state)[1]]
    landed_at = 0
    for tick in range(2, 60):
        state, events = press(FLAT, state, 0)
        heights.append(96 - feet(state)[1])
        if EventKind.LANDED in kinds(events):
            landed_at = tick
            break
    assert landed_at == 40
    assert heights[:17] == [5, 10, 13, 16, 19, 22, 25, 27, 29, 31, 32, 33, 34, 35, 35, 36, 36]
    assert max(heights) == 36
    assert [0, *heights] == [0, *heights][::-1], "the fall mirrors the rise"
    assert feet(state)[0] == 40 + 40, "the direction of take-off is kept"


def test_no_air_control_unless_asked_for() -> None:
    taken_off, _ = press(FLAT, spawn(FLAT), JUMP)
    assert feet(press(FLAT, taken_off, RIGHT, 20)[0])[0] == 40
    steered = Motion(air_control=True)
    assert feet(press(FLAT, taken_off, RIGHT, 20, steered)[0])[0] == 60


@pytest.mark.parametrize(
    ("motion", "then"),
    [(NES_MOTION, [EventKind.LANDED]), (RELAXED_MOTION, [EventKind.LANDED, EventKind.JUMPED])],
)
def test_a_held_button_does_not_repeat_and_an_early_press_counts_where_it_is_forgiven(
    motion: Motion, then: list[EventKind]
) -> None:
    _, events = press(FLAT, spawn(FLAT), JUMP, 200, motion)
    assert kinds(events).count(EventKind.JUMPED) == 1
    state, _ = press(FLAT, spawn(FLAT), JUMP, 1, motion)
    state, _ = press(FLAT, state, 0, 37, motion)
    _, events = press(FLAT, state, JUMP, 10, motion)
    assert kinds(events) == then


@pytest.mark.parametrize(("rows", "passes"), [(1, True), (2, True), (3, False)])
def test_ledges_of_two_tiles_can_be_jumped_and_of_three_cannot(rows: int, passes: bool) -> None:
    lines = ["." * 16 for _ in range(8)] + ["#" * 16]
    for up in range(rows):
        lines[7 - up] = "." * 8 + "#" * 8
    lines[7] = "..@" + lines[7][3:]
    place = place_from_ascii("\n".join(lines))
    reached = False
    for start in range(40, 123):
        state = spawn(place)._replace(body=Body(start * SUB, 128))
        state = state._replace(body=Body(start * SUB, 128 * SUB))
        state, _ = press(place, state, JUMP | RIGHT)
        state, _ = press(place, state, 0, 60)
        reached |= feet(state)[1] == 128 - 16 * rows
    assert reached == passes


@pytest.mark.parametrize(("tiles", "window"), [(2, 19), (3, 3), (4, 0)])
def test_gaps_of_two_tiles_are_safe_and_of_three_are_frame_tight(tiles: int, window: int) -> None:
    lines = ["." * 16] * 5 + ["..@" + "." * 13, "#" * 6 + "." * tiles + "#" * (10 - tiles)]
    place = place_from_ascii("\n".join(lines))
    good = 0
    for start in range(70, 102):
        state = State(0, 0, Body(start * SUB, 96 * SUB))
        state, _ = press(place, state, JUMP | RIGHT)
        state, _ = press(place, state, 0, 50)
        good += feet(state) == (start + 40, 96) and start + 40 > 96 + 16 * tiles - 6
    assert good == window


def test_walking_off_an_edge_falls_straight_down() -> None:
    place = place_from_ascii(
        """
......
......
.@....
###...
###...
######
"""
    )
    state, events = press(place, spawn(place), RIGHT, 80)
    assert kinds(events)[:2] == [EventKind.FELL, EventKind.LANDED]
    fell = events[0]
    assert fell.x_px == 48 + 6, "the whole box has left the ledge"
    assert events[1].x_px == fell.x_px
    assert feet(state)[1] == 80


def test_just_after_the_edge_a_jump_still_works() -> None:
    place = place_from_ascii(
        """
..........
..........
.@........
###.......
###.......
###.......
"""
    )
    state = spawn(place)
    while state.body.posture != Posture.AIR:
        state, _ = press(place, state, RIGHT)
    for late in range(NES_MOTION.coyote_ticks + 1):
        falling, _ = press(place, state, RIGHT, late)
        _, events = press(place, falling, RIGHT | JUMP)
        assert (EventKind.JUMPED in kinds(events)) == (late < NES_MOTION.coyote_ticks)


def test_a_platform_is_passed_from_below_and_landed_on_from_above() -> None:
    place = place_from_ascii(
        """
......
......
......
......
......
..==..
..@...
######
"""
    )
    state, _ = press(place, spawn(place), JUMP)
    state, events = press(place, state, 0, 60)
    assert kinds(events) == [EventKind.LANDED]
    assert feet(state) == (40, 80)


def test_the_head_bumps_and_the_fall_follows() -> None:
    place = place_from_ascii(
        """
######
......
......
.@....
######
"""
    )
    state, events = press(place, spawn(place), JUMP)
    heights = []
    for _ in range(40):
        state, now = press(place, state, 0)
        events += now
        heights.append(64 - feet(state)[1])
    assert kinds(events) == [EventKind.JUMPED, EventKind.BUMPED, EventKind.LANDED]
    assert max(heights) == 64 - 16 - 28


@pytest.mark.parametrize("deadly", ["~~", "^^", ".."])
def test_water_spikes_and_pits_kill(deadly: str) -> None:
    place = place_from_ascii(
        f"""
......
......
.@....
##..##
##{deadly}##
"""
    )
    state, events = press(place, spawn(place), RIGHT, 120)
    assert kinds(events)[-1] == EventKind.DIED
    assert state.body.posture == Posture.DEAD
    later, events = press(place, state, JUMP | RIGHT, 5)
    assert later.body == state.body
    assert not events


def test_a_rim_of_spikes_forgives() -> None:
    place = place_from_ascii("......\n......\n.@....\n##^^##")
    _, events = press(place, spawn(place), RIGHT, 100)
    assert EventKind.DIED in kinds(events)
    died = next(event for event in events if event.kind == EventKind.DIED)
    assert died.y_px >= 48 + 4


def test_the_whip_roots_the_feet_for_23_ticks_and_hits_for_6() -> None:
    state, events = press(FLAT, spawn(FLAT), WHIP)
    assert kinds(events) == [EventKind.WHIPPED]
    hits, busy = 0, 1
    while state.body.whip_tick:
        hits += whip_box(NES_MOTION, state.body) is not None
        state, _ = press(FLAT, state, RIGHT | WHIP)
        assert feet(state)[0] == 40 or not state.body.whip_tick
        busy += bool(state.body.whip_tick)
    assert (busy, hits) == (23, 6)


def test_an_air_whip_takes_22_ticks_and_the_jump_goes_on() -> None:
    state, _ = press(FLAT, spawn(FLAT), JUMP | RIGHT)
    state, _ = press(FLAT, state, WHIP)
    busy = 1
    while state.body.whip_tick:
        state, _ = press(FLAT, state, 0)
        busy += bool(state.body.whip_tick)
    assert busy == 22
    assert feet(state)[0] == 40 + 1 + 23


def test_crouching_stands_still_lowers_the_hurt_box_and_whips_low() -> None:
    state, _ = press(FLAT, spawn(FLAT), DOWN | RIGHT, 5)
    assert state.body.posture == Posture.CROUCH
    assert feet(state)[0] == 40
    assert hurt_box(NES_MOTION, state.body)[1] > body_box(NES_MOTION, state.body)[1]
    state, _ = press(FLAT, state, DOWN | WHIP)
    state, _ = press(FLAT, state, 0, 10)
    assert state.body.posture == Posture.CROUCH, "until the whip is done"


def test_only_long_falls_need_recovery() -> None:
    tall = ["......"] * 12 + ["######"]
    for rows, hard in ((4, False), (7, True)):
        lines = [*tall]
        lines[11 - rows] = ".@...."
        for row in range(12 - rows, 12):
            lines[row] = "###..."
        place = place_from_ascii("\n".join(lines))
        state, events = press(place, spawn(place), RIGHT, 80)
        assert (EventKind.LANDED_HARD in kinds(events)) == hard
        assert state.body.posture == Posture.STAND


def test_the_door_is_told_of_once() -> None:
    place = place_from_ascii("......\n....D.\n.@..D.\n######")
    _, events = press(place, spawn(place), RIGHT, 60)
    assert kinds(events) == [EventKind.EXITED]


def test_a_wall_that_leaves_the_screen_cannot_be_climbed_over() -> None:
    place = place_from_ascii("....#...\n....#...\n.@..#...\n#####...\n#####...")
    state = State(0, 0, Body(40 * SUB, 16 * SUB, Posture.AIR))
    state, _ = press(place, state, 0, 40)
    state, _ = press(place, state, RIGHT | JUMP, 60)
    assert feet(state)[0] <= 64 - 6


@st.composite
def places(draw: st.DrawFn) -> AsciiPlace:
    """Random rubble with a free spot to stand on."""
    width, height = draw(st.integers(6, 14)), draw(st.integers(5, 9))
    tiles = draw(st.lists(st.sampled_from("......##=~^"), min_size=width * height, max_size=width * height))
    grid = np.array(tiles).reshape(height, width)
    column, row = draw(st.integers(0, width - 1)), draw(st.integers(2, height - 2))
    grid[max(row - 1, 0) : row + 1, column] = "."
    grid[row, column] = "@"
    grid[row + 1, column] = "#"
    return place_from_ascii("\n".join("".join(line) for line in grid))


def inside_solid(place: AsciiPlace, motion: Motion, body: Body) -> bool:
    left, top, right, bottom = body_box(motion, body)
    return any(
        place.terrain.kind(column, row) == SOLID_KIND
        for column in range(left // 16, (right - 1) // 16 + 1)
        for row in range(top // 16, (bottom - 1) // 16 + 1)
    )


MOTIONS = [
    NES_MOTION,
    Motion(air_control=True, walk_sub=333, fall_max_px=8),
    Motion(walk_sub=2000, jump_curve_px=(8, 7, 0), fall_start=1),
]


PRESSES = st.lists(
    st.tuples(st.integers(0, 63), st.integers(1, 12), st.sampled_from((0, 0, 0, -1, 1))), max_size=40
)
"""(buttons, ticks, blow) in turn."""


@given(places(), PRESSES, st.sampled_from(MOTIONS))
def test_laws_of_any_rollout(place: AsciiPlace, presses: list[tuple[int, int, int]], motion: Motion) -> None:
    """Never inside masonry; the same buttons give the same states; what stands is carried; the dead rest."""

    def rollout() -> list[State]:
        state = spawn(place)
        states = [state]
        for buttons, ticks, blow in presses:
            if blow:
                state = state._replace(body=hurt(state.body, blow))
            for _ in range(ticks):
                state, _events = step(place, motion, state, buttons)
                states.append(state)
        return states

    states = rollout()
    assert states == rollout()
    for before, state in itertools.pairwise(states):
        body = state.body
        assert not inside_solid(place, motion, body)
        assert all(isinstance(value, int) for value in body)
        assert state.room_tick == before.room_tick + 1
        if body.posture in (Posture.STAND, Posture.CROUCH, Posture.LANDING):
            left, _, right, bottom = body_box(motion, body)
            assert body.y_sub % (16 * SUB) == 0
            assert {
                place.terrain.kind(left // 16, bottom // 16),
                place.terrain.kind((right - 1) // 16, bottom // 16),
            } & {SOLID_KIND, ONE_WAY_KIND}
        if before.body.posture == Posture.DEAD:
            assert body == before.body
        if body.posture != Posture.DEAD:
            assert place.terrain.kind(body.x_sub // SUB // 16, (body.y_sub // SUB - 4) // 16) != DEADLY_KIND
