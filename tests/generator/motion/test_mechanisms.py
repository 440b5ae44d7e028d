"""What a place does, asked of the very step: doors, keys, stairs, what moves, collapses and breaks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.motion import (
    NES_MOTION,
    SOLID_KIND,
    SUB,
    Body,
    Button,
    Event,
    EventKind,
    Posture,
    State,
    body_box,
    hurt,
    spawn,
    step,
)
from generator.motion.check import check
from generator.motion.mechanisms import (
    COLLAPSE_TICKS,
    BreakableWall,
    CollapsingFloor,
    Key,
    Lock,
    Mechanism,
    MovingPlatform,
    Passage,
    Stairs,
    floor_counter,
)
from generator.nes.roles import TILE
from tests.drawn.ascii_levels import AsciiPlace, place_from_ascii

RIGHT, LEFT, UP, DOWN, JUMP, WHIP = (
    int(b) for b in (Button.RIGHT, Button.LEFT, Button.UP, Button.DOWN, Button.JUMP, Button.WHIP)
)


def press(place: AsciiPlace, state: State, buttons: int, ticks: int = 1) -> tuple[State, list[Event]]:
    events: list[Event] = []
    for _ in range(ticks):
        state, now = step(place, NES_MOTION, state, buttons)
        events += now
    return state, events


def kinds(events: list[Event]) -> list[EventKind]:
    return [event.kind for event in events]


def feet(state: State) -> tuple[int, int]:
    return state.body.x_sub // SUB, state.body.y_sub // SUB


def at(x_px: int, y_px: int, room: int = 0, flags: int = 0) -> State:
    return State(room, 0, Body(x_px * SUB, y_px * SUB), flags)


# Stairs.

FLIGHT = place_from_ascii(
    """
................
................
................
......./####....
....../.........
...../..........
@.../...........
################
"""
)
MIRRORED = place_from_ascii(
    """
................
................
....####\\.......
.........\\......
..........\\....@
################
"""
)


def test_flights_are_read_off_the_roles() -> None:
    assert FLIGHT.interiors[0].stairs == (Stairs(64, 112, 1, 64),)
    (left,) = MIRRORED.interiors[0].stairs
    assert left == Stairs(176, 80, -1, 48)
    assert (left.head_x_px, left.head_y_px) == (128, 32)


@pytest.mark.parametrize(("place", "side"), [(FLIGHT, RIGHT), (MIRRORED, LEFT)])
def test_up_the_flight_takes_half_a_pixel_a_tick_on_both_axes(place: AsciiPlace, side: int) -> None:
    (flight,) = place.interiors[0].stairs
    state, events = press(place, at(flight.foot_x_px, flight.foot_y_px), UP)
    assert kinds(events) == [EventKind.MOUNTED]
    state, _ = press(place, state, UP, 15)
    assert feet(state) == (flight.foot_x_px + 8 * flight.rise, flight.foot_y_px - 8)
    assert state.body.posture == Posture.STAIRS
    state, events = press(place, state, side, 2 * flight.length_px - 16)
    assert feet(state) == (flight.head_x_px, flight.head_y_px)
    assert state.body.posture == Posture.STAND
    assert kinds(events).count(EventKind.STEPPED) == flight.length_px // 8 - 2
    assert kinds(events)[-1] == EventKind.DISMOUNTED
    state, events = press(place, state, DOWN, 2 * flight.length_px)
    assert feet(state) == (flight.foot_x_px, flight.foot_y_px)
    assert kinds(events)[0] == EventKind.MOUNTED


@pytest.mark.parametrize("away", range(-12, 13))
def test_up_walks_to_the_foot_by_itself(away: int) -> None:
    state, events = press(FLIGHT, at(64 + away, 112), UP, abs(away) + 1)
    assert kinds(events) == [EventKind.MOUNTED]
    assert press(FLIGHT, at(64 + 13, 112), UP, 30)[0].body.posture == Posture.STAND
    assert state.body.posture == Posture.STAIRS


def test_one_rests_only_between_steps_and_cannot_jump() -> None:
    state, _ = press(FLIGHT, at(64, 112), UP, 20)
    state, _ = press(FLIGHT, state, 0, 40)
    assert feet(state) == (80, 96)
    state, events = press(FLIGHT, state, JUMP, 10)
    assert not events
    assert feet(state) == (80, 96)
    state, events = press(FLIGHT, state, WHIP, 10)
    assert kinds(events) == [EventKind.WHIPPED]
    assert feet(press(FLIGHT, state, UP, 5)[0]) == (80, 96), "the whip roots the feet"
    assert feet(press(FLIGHT, press(FLIGHT, state, 0, 20)[0], LEFT, 16)[0]) == (72, 104)


def test_a_blow_does_not_push_on_stairs() -> None:
    state, _ = press(FLIGHT, at(64, 112), UP, 20)
    struck = hurt(state.body, 1)
    assert struck.posture == Posture.STAIRS
    assert struck.safe_tick
    assert struck[:2] == state.body[:2]
    assert hurt(struck, 1) is struck


def test_one_walks_past_a_flight() -> None:
    state, _ = press(FLIGHT, at(8, 112), RIGHT, 100)
    assert feet(state) == (108, 112)


# Rooms, locks, keys.

TWO_ROOMS = """
................................
................................
................................
................................
..@.............................
################################
"""
ROOMS = ((0, 0, 16, 6), (16, 0, 16, 6))


def doors(lock: int = -1) -> tuple[Mechanism, ...]:
    return Passage(0, 1, 4, 1, lock), Passage(1, -1, 4, 0, lock)


def test_a_door_leads_into_the_next_room_and_back() -> None:
    place = place_from_ascii(TWO_ROOMS, doors(), ROOMS)
    state, events = press(place, at(230, 80), RIGHT, 26)
    assert kinds(events) == [EventKind.ENTERED]
    assert (state.room, state.room_tick) == (1, 0)
    assert state.body == Body(264 * SUB, 80 * SUB)
    state, events = press(place, state, LEFT, 8)
    assert not events
    state, events = press(place, state, LEFT)
    assert kinds(events) == [EventKind.ENTERED]
    assert state.room == 0
    assert state.body == Body(248 * SUB, 80 * SUB, facing=-1)


def test_without_a_door_there_is_a_wall() -> None:
    place = place_from_ascii(TWO_ROOMS, (), ROOMS)
    state, events = press(place, at(230, 80), RIGHT, 60)
    assert feet(state) == (250, 80)
    assert not events


def test_one_jumps_through_a_door_and_stands_behind_it() -> None:
    place = place_from_ascii(TWO_ROOMS, doors(), ROOMS)
    state, _ = press(place, at(217, 80), RIGHT | JUMP, 41)
    assert (state.room, state.body.posture) == (1, Posture.STAND)
    assert feet(state) == (264, 80)


def test_a_locked_door_opens_to_its_key_and_stays_open() -> None:
    lock = Lock(key_bit=1, bit=2)
    place = place_from_ascii(TWO_ROOMS, (*doors(0), lock, Key(0, 72, 80, 1)), ROOMS)
    state, events = press(place, at(230, 80), RIGHT, 60)
    assert set(kinds(events)) == {EventKind.LOCKED}
    assert feet(state) == (250, 80)
    state, events = press(place, state, LEFT, 180)
    assert kinds(events) == [EventKind.KEY]
    assert events[0][1:] == (72, 80)
    state, events = press(place, state, RIGHT, 190)
    assert kinds(events) == [EventKind.UNLOCKED, EventKind.ENTERED]
    assert state.flags == 0b110
    state, events = press(place, state, LEFT, 20)
    assert kinds(events) == [EventKind.ENTERED], "and no second key is needed"


# What moves.

FERRY = """
................
................
................
..@.............
####........####
~~~~~~~~~~~~~~~~
"""


def test_a_platform_goes_to_and_fro_and_rests_at_its_ends() -> None:
    platform = MovingPlatform(0, 64, 64, 2, 96, 0, 1, 10)
    assert platform.period_ticks == 212
    assert [platform.at(t)[0] for t in (0, 1, 96, 106, 107, 202, 211, 212)] == [
        64, 65, 160, 160, 159, 64, 64, 64,
    ]  # fmt: skip
    slow = MovingPlatform(0, 64, 64, 2, 0, -32, 2, 0)
    assert [slow.at(t)[1] for t in (0, 1, 2, 64, 66)] == [64, 64, 63, 32, 33]


def test_who_stands_on_a_platform_is_carried() -> None:
    place = place_from_ascii(FERRY, (MovingPlatform(0, 64, 64, 2, 96, 0, 1, 32),))
    state, _ = press(place, at(62, 64), RIGHT, 20)
    x_px, _ = feet(state)
    assert x_px > 80
    state, _ = press(place, state, 0, 80)
    assert feet(state) == (x_px + 80 - max(0, state.room_tick - 96), 64)
    state, _ = press(place, state, RIGHT, 30)
    assert feet(state)[1] == 64
    assert state.body.posture == Posture.STAND


def test_a_lift_carries_up_and_can_be_landed_on() -> None:
    place = place_from_ascii(FERRY, (MovingPlatform(0, 80, 62, 2, 0, -40, 2, 8),))
    state, events = press(place, at(62, 64), RIGHT | JUMP)
    state, events = press(place, state, RIGHT, 45)
    assert EventKind.BOARDED in kinds(events)
    for _ in range(200):
        platform = place.interiors[0].platforms[0]
        assert feet(state)[1] == platform.at(state.room_tick)[1]
        state, _ = press(place, state, 0)


# What collapses, what breaks.

FLOOR = """
................
................
..@.............
####........####
................
################
"""


def test_a_floor_collapses_some_ticks_after_the_first_foot() -> None:
    place = place_from_ascii(FLOOR, (CollapsingFloor(0, 4, 3, 4),))
    state, events = press(place, at(62, 48), RIGHT, COLLAPSE_TICKS)
    assert kinds(events) == [EventKind.CRUMBLED, EventKind.COLLAPSED]
    assert feet(state) == (62 + COLLAPSE_TICKS, 48)
    state, events = press(place, state, RIGHT)
    assert kinds(events) == [EventKind.FELL]
    assert floor_counter(state.flags, 0) == COLLAPSE_TICKS
    state, events = press(place, state, 0, 60)
    assert feet(state)[1] == 80, "it stays gone, and what is below carries"


def test_entering_a_room_sets_its_floors_up_again() -> None:
    place = place_from_ascii(TWO_ROOMS, (*doors(), CollapsingFloor(1, 17, 5, 4)), ROOMS)
    state = at(270, 80, room=1)
    state, _ = press(place, state, RIGHT, 10)
    assert state.flags >> 32
    state, events = press(place, state, LEFT, 40)
    assert EventKind.ENTERED in kinds(events)
    assert state.flags == 0


def test_the_whip_breaks_a_wall_for_good() -> None:
    place = place_from_ascii(TWO_ROOMS, (*doors(), BreakableWall(0, 8, 3, 2, 2, 5)), ROOMS)
    state, _ = press(place, at(100, 80), RIGHT, 60)
    assert feet(state) == (122, 80), "it is solid"
    state, events = press(place, state, WHIP, 30)
    assert kinds(events) == [EventKind.WHIPPED, EventKind.BROKE]
    assert events[1][1:] == (9 * TILE, 4 * TILE)
    state, events = press(place, state, RIGHT, 140)
    assert kinds(events) == [EventKind.ENTERED]
    assert state.flags == 1 << 5, "and stays broken in the next room"


def test_the_whip_does_not_reach_far() -> None:
    place = place_from_ascii(TWO_ROOMS, (*doors(), BreakableWall(0, 8, 3, 2, 2, 5)), ROOMS)
    for x_px, breaks in ((128 - 39, True), (128 - 40, False)):
        _, events = press(place, at(x_px, 80), WHIP, 30)
        assert (EventKind.BROKE in kinds(events)) == breaks, x_px


# Laws for any buttons.

BUSY = place_from_ascii(
    """
................................
................................
.....####.......................
..../....................==.....
.../...................=........
../.....##......................
@...............................
####################~~~####^####
""",
    (
        Passage(0, 1, 6, 1, 0),
        Passage(1, -1, 6, 0, 0),
        Lock(1, 2),
        Key(0, 136, 80, 1),
        BreakableWall(0, 10, 5, 1, 2, 3),
        CollapsingFloor(1, 20, 7, 3),
        MovingPlatform(1, 288, 80, 2, 80, 0, 2),
        MovingPlatform(0, 176, 112, 2, 0, -64, 1),
    ),
    ((0, 0, 16, 8), (16, 0, 16, 8)),
)


@given(st.lists(st.tuples(st.integers(0, 63), st.integers(1, 40)), max_size=60))
def test_flags_that_stay_only_grow_and_nobody_stands_in_a_wall(presses: list[tuple[int, int]]) -> None:
    state = spawn(BUSY)
    for buttons, ticks in presses:
        for _ in range(ticks):
            before = state.flags & 0xFFFF_FFFF
            state, _ = step(BUSY, NES_MOTION, state, buttons)
            assert before & ~state.flags == 0
            if state.body.posture in (Posture.DEAD, Posture.STAIRS):
                continue
            left, top, right, bottom = body_box(NES_MOTION, state.body)
            interior = BUSY.interiors[state.room]
            riding = bool(interior.platforms)
            if not riding:  # a lift may press a head against a ceiling
                terrain = interior.terrain(state.flags)
                for x_px in (left, right - 1):
                    for y_px in (top, bottom - 1):
                        assert terrain.kind(x_px // TILE, y_px // TILE) != SOLID_KIND


@given(st.binary(max_size=300))
def test_two_rollouts_are_equal(masks: bytes) -> None:
    one = other = spawn(BUSY)
    for mask in masks:
        one, events = step(BUSY, NES_MOTION, one, mask & 63)
        other, same = step(BUSY, NES_MOTION, other, mask & 63)
        assert (one, events) == (other, same)
        assert hash(one) == hash(other)


# Bad places.

GOOD: tuple[Mechanism, ...] = (*doors(0), Lock(1, 2), Key(0, 72, 80, 1))


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ((Passage(0, 1, 4, 7),), "leads nowhere"),
        ((Passage(0, 1, 4, 1),), "no way back"),
        ((Passage(0, 2, 4, 1),), "leads nowhere"),
        ((*doors(1), Lock(1, 2), Key(0, 72, 80, 1)), "leads nowhere"),
        ((Passage(9, 1, 4, 1),), "there is no room 9"),
        ((Lock(1, 2),), "no key opens it"),
        ((Key(0, 300, 80, 1),), "reaches out of its room"),
        ((Key(0, 72, 80, 40),), "flag 40"),
        ((Key(0, 72, 80, 1), Key(0, 90, 80, 1)), "flag 1 is none .* or taken"),
        ((MovingPlatform(0, 64, 64, 2, 300, 0, 1),), "reaches out of its room"),
        ((MovingPlatform(0, 64, 64, 2, 30, 30, 1),), "one axis"),
        ((CollapsingFloor(0, 14, 3, 4),), "reaches out of its room"),
        ((BreakableWall(0, 3, 5, 1, 3, 1),), "reaches out of its room"),
    ],
)
def test_mechanisms_that_point_nowhere_are_named(wrong: tuple[Mechanism, ...], said: str) -> None:
    check(ROOMS, GOOD, 32, 6)
    with pytest.raises(ValueError, match=said):
        check(ROOMS, wrong, 32, 6)


@pytest.mark.parametrize("rooms", [(), ((0, 0, 16, 6), (10, 0, 16, 6)), ((0, 0, 64, 6),)])
def test_rooms_must_fit(rooms: tuple[tuple[int, int, int, int], ...]) -> None:
    with pytest.raises(ValueError, match="room"):
        check(rooms, (), 32, 6)
