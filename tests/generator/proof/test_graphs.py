"""What is reached in a graph, and the fastest way."""

from __future__ import annotations

from generator.proof.graphs import fastest, reach

Node = tuple[int, ...]

ROADS: dict[Node, list[tuple[int, Node, str]]] = {
    (0,): [(5, (1,), "a"), (2, (2,), "b")],
    (2,): [(3, (1,), "c"), (9, (3,), "d")],
    (1,): [(1, (3,), "e")],
}
"""From each node: cost, end, name. Two ways to node 1 cost 5, of which "a" is found first."""


def test_the_ends_of_edges_are_reached_and_nothing_else() -> None:
    ends = {1: [2, 3], 2: [1], 4: [1]}
    assert reach([1], lambda node: ends.get(node, [])) == {1, 2, 3}
    assert reach([], lambda node: [node]) == set()


def test_of_ways_that_cost_the_same_the_first_wins() -> None:
    asked: list[Node] = []

    def beyond(node: Node) -> list[tuple[int, Node, str]]:
        asked.append(node)
        return ROADS.get(node, [])

    start: Node = (0,)
    ways = fastest(start, beyond)
    assert ways.cost == {(0,): 0, (1,): 5, (2,): 2, (3,): 6}
    assert ways.to((3,)) == [((0,), "a"), ((1,), "e")]
    assert ways.to((0,)) == ways.to((7,)) == []
    assert asked == [(0,), (2,), (1,), (3,)], "each once, the nearest first"
