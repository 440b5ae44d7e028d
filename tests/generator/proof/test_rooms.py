"""The graph of one room: what a player does from where, with presses that anybody can do."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.motion import NES_MOTION, RELAXED_MOTION, SUB, Button, Motion, Posture, spawn
from generator.motion.mechanisms import BreakableWall, CollapsingFloor, MovingPlatform, floor_counter
from generator.proof.footing import WAIT_TICKS
from generator.proof.rooms import RoomGraph, standing_places
from generator.proof.trials import CLUMSY_TICKS, EXIT, Act, Edge, Trial
from tests.drawn.ascii_levels import AsciiPlace, place_from_ascii
from tests.drawn.effort import examples

FIELD = """
..............
..............
....====....D.
.@..........D.
#######..#####
#######..#####
"""
STEPS = """
..............
..............
......########
...../........
..../.........
.@./..........
##############
"""


def graph_of(place: AsciiPlace, motion: Motion = NES_MOTION, max_nodes: int = 5000) -> tuple[RoomGraph, int]:
    graph = RoomGraph(place, motion, 0, max_nodes)
    node = graph.add(spawn(place))
    graph.explore()
    return graph, node


def edges(graph: RoomGraph) -> list[tuple[int, Edge]]:
    return [(node, edge) for node, found in enumerate(graph.edges) for edge in found or ()]


def feet(graph: RoomGraph) -> set[tuple[int, int]]:
    return {(state.body.x_sub // SUB, state.body.y_sub // SUB) for state in graph.states}


def presses(masks: bytes) -> list[int]:
    """How many ticks each press of each button lasts."""
    lengths = []
    for button in Button:
        held = "".join("x" if mask & button else " " for mask in masks)
        lengths += [len(run) for run in held.split()]
    return lengths


def test_every_edge_is_what_happens_when_its_buttons_are_pressed() -> None:
    place = place_from_ascii(FIELD)
    graph, _ = graph_of(place, RELAXED_MOTION)
    assert {edge.act for _, edge in edges(graph)} >= {Act.WALK, Act.JUMP, Act.LATE_JUMP, Act.FALL}
    for node, edge in edges(graph):
        trial = Trial(place, RELAXED_MOTION, graph.states[node])
        for mask in edge.masks:
            trial.press(mask)
        if edge.to == EXIT:
            assert trial.left == EXIT
        else:
            assert trial.at_rest
            assert trial.state.body.x_sub == graph.states[edge.to].body.x_sub
            assert trial.state.body.y_sub == graph.states[edge.to].body.y_sub
            assert node in graph.into[edge.to]


def test_no_press_is_shorter_than_a_clumsy_hero_s() -> None:
    for drawing in (FIELD, STEPS):
        for _, edge in edges(graph_of(place_from_ascii(drawing))[0]):
            if edge.to != EXIT:  # a door may cut a press short
                assert min(presses(edge.masks), default=CLUMSY_TICKS) >= CLUMSY_TICKS, edge


def test_the_platform_is_jumped_onto_and_dropped_from() -> None:
    graph, _ = graph_of(place_from_ascii(FIELD))
    assert {(72, 32), (120, 32)} <= feet(graph)
    assert not [y for _, y in feet(graph) if y > 4 * 16], "nobody stands in a pit"


def test_stairs_are_taken_both_ways() -> None:
    graph, _ = graph_of(place_from_ascii(STEPS))
    ways = {edge.direction for _, edge in edges(graph) if edge.act == Act.STAIRS}
    assert ways == {1, -1}
    assert (104, 32) in feet(graph), "the floor that they lead to"


def test_the_clock_does_not_matter_on_firm_ground() -> None:
    place = place_from_ascii(FIELD)
    graph = RoomGraph(place, NES_MOTION, 0, 100)
    state = spawn(place)
    assert graph.add(state) == graph.add(state._replace(room_tick=77, flags=1 << 5))
    assert len(graph.states) == 1


FERRY = """
..................
..................
................D.
.@..............D.
####..........####
####~~~~~~~~~~####
"""
FERRY_MOVES = (MovingPlatform(0, 4 * 16, 4 * 16, 3, 7 * 16, 0, 1),)


def test_on_a_platform_the_clock_does_matter() -> None:
    place = place_from_ascii(FERRY, FERRY_MOVES)
    graph, _ = graph_of(place)
    riding = [state for state in graph.states if graph.footing.rides(state)]
    assert len({state.room_tick for state in riding}) > 2
    assert all(state.room_tick % WAIT_TICKS == 0 for state in riding)
    assert {edge.act for _, edge in edges(graph)} >= {Act.WAIT}
    assert any(edge.at >= 0 for _, edge in edges(graph)), "one waits for it on the bank"
    assert any(edge.to == EXIT for _, edge in edges(graph))


def test_who_stands_on_a_floor_that_gives_way_goes_on() -> None:
    floors = CollapsingFloor(0, 2, 2, 2), CollapsingFloor(0, 4, 2, 2), CollapsingFloor(0, 6, 2, 2)
    place = place_from_ascii("..........\n.@........\n##......##\n##~~~~~~##", floors)
    graph, _ = graph_of(place)
    on_it = [n for n, state in enumerate(graph.states) if graph.footing.gives_way(state)]
    assert on_it
    for node in on_it:
        facing = graph.states[node].body.facing
        assert {edge.direction for edge in graph.edges[node] or ()} <= {facing}
    assert any(x_px >= 8 * 16 for x_px, _ in feet(graph)), "and gets across"


def test_nothing_crumbles_under_a_body_at_rest_elsewhere() -> None:
    place = place_from_ascii("..........\n.@........\n##...#####\n##~~~#####", (CollapsingFloor(0, 2, 2, 3),))
    graph, _ = graph_of(place)
    for state in graph.states:
        if not graph.footing.gives_way(state):
            assert floor_counter(state.flags, 0) in (0, 40)


def test_walls_are_whipped() -> None:
    wall = (BreakableWall(0, 6, 1, 1, 3, 1),)
    place = place_from_ascii("......####\n......B...\n......B...\n.@....B...\n##########", wall)
    graph, _ = graph_of(place)
    whips = [edge for _, edge in edges(graph) if edge.act == Act.WHIP]
    assert whips
    assert all(graph.states[edge.to].flags >> 1 & 1 for edge in whips)
    assert max(x_px for x_px, _ in feet(graph)) > 7 * 16
    before = [state for state in graph.states if not state.flags >> 1 & 1]
    assert max(state.body.x_sub // SUB for state in before) < 6 * 16


def test_the_bound_of_nodes_is_told() -> None:
    graph, _ = graph_of(place_from_ascii(FIELD), max_nodes=10)
    assert graph.too_large
    assert len(graph.states) < 20


def test_places_to_stand_are_those_open_to_a_door() -> None:
    place = place_from_ascii(
        "..........##\n.........D##\n.@.......D##\n#####..#####\n#...#..#...#\n############"
    )
    places = standing_places(place, 0, NES_MOTION)
    assert (24, 48) in places
    assert (88, 80) in places, "the pit"
    assert not [x_px for x_px, y_px in places if y_px == 80 and x_px < 64], "no closed cellar"


@given(st.lists(st.tuples(st.integers(0, 13), st.integers(1, 4), st.sampled_from("#=^ .")), max_size=12))
@settings(max_examples=examples(20))
def test_nodes_are_bodies_at_rest_wherever_blocks_lie(blocks: list[tuple[int, int, str]]) -> None:
    rows = [["."] * 14 for _ in range(5)] + [list("#" * 6 + ".." + "#" * 6)]
    for column, row, what in blocks:
        rows[row][column] = what
    rows[4][0], rows[3][0], rows[2][0] = "@", ".", "."
    place = place_from_ascii("\n".join("".join(row) for row in rows))
    graph, _ = graph_of(place)
    for state in graph.states:
        trial = Trial(place, NES_MOTION, state)
        trial.press(0)
        assert trial.state.body.posture == Posture.STAND
        assert (trial.state.body.x_sub, trial.state.body.y_sub) == (state.body.x_sub, state.body.y_sub)


@pytest.mark.parametrize("motion", [NES_MOTION, Motion(air_control=True), Motion(coyote_ticks=0)])
def test_a_late_jump_needs_a_motion_that_forgives(motion: Motion) -> None:
    graph, _ = graph_of(place_from_ascii(FIELD), motion)
    late = [edge for _, edge in edges(graph) if edge.act == Act.LATE_JUMP]
    assert bool(late) == bool(motion.coyote_ticks)
