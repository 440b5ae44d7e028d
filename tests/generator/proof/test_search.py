"""Ways from anywhere in a place: what a player needs who was thrown off the certificate."""

from __future__ import annotations

from generator.motion import (
    NES_MOTION,
    SUB,
    Body,
    EventKind,
    Posture,
    State,
    step,
)
from generator.proof import Search
from tests.drawn.ascii_levels import place_from_ascii

COURSE = """
....................
....................
..................D.
.@................D.
####..##..##...#####
####..##..##...#####
####..##########...#
####..##########...#
####################
"""


def test_from_where_a_body_stands_the_way_leads_to_the_exit() -> None:
    place = place_from_ascii(COURSE)
    search = Search(place)
    for x_px, y_px in ((24, 64), (104, 64), (216, 96)):
        state = State(0, 0, Body(x_px * SUB, y_px * SUB))
        masks, happened = search.way(state), set()
        assert masks is not None
        for mask in masks:
            state, events = step(place, NES_MOTION, state, mask)
            happened |= {event.kind for event in events}
        assert EventKind.EXITED in happened


def test_there_is_no_way_from_a_pit_or_from_the_air() -> None:
    search = Search(place_from_ascii(COURSE))
    assert search.way(State(0, 0, Body(80 * SUB, 128 * SUB))) is None
    assert search.way(State(0, 0, Body(24 * SUB, 60 * SUB, Posture.AIR))) is None
