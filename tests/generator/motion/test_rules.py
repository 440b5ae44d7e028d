"""What a place does to a body: doors, keys, what moves, collapses and breaks; laws for any buttons."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from generator.motion import (
    NES_MOTION,
    SOLID_KIND,
    SUB,
    Body,
    EventKind,
    Posture,
    body_box,
    spawn,
    step,
)
from generator.motion.mechanisms import (
    COLLAPSE_TICKS,
    BreakableWall,
    CollapsingFloor,
    Key,
    Lock,
    MovingPlatform,
    Passage,
    floor_counter,
)
from generator.nes.roles import TILE
from tests.drawn.ascii_levels import place_from_ascii
from tests.drawn.presses import JUMP, LEFT, RIGHT, ROOMS, TWO_ROOMS, WHIP, at, doors, feet, kinds, press


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
