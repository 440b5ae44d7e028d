"""What can be reached in a graph, and what is the fastest way to it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from heapq import heappop, heappush
from typing import Any, Generic, NamedTuple, TypeVar

Node = TypeVar("Node", bound=tuple[Any, ...])
Edge = TypeVar("Edge")
Spot = TypeVar("Spot")


def reach(starts: Iterable[Spot], beyond: Callable[[Spot], Iterable[Spot]]) -> set[Spot]:
    """The starts, and every node that edges lead to from them. `beyond`: the ends of a node's edges."""
    seen = set(starts)
    todo = list(seen)
    while todo:
        for other in beyond(todo.pop()):
            if other not in seen:
                seen.add(other)
                todo.append(other)
    return seen


class Ways(NamedTuple, Generic[Node, Edge]):
    """The fastest way from a start to every node that can be reached."""

    cost: dict[Node, int]
    came: dict[Node, tuple[Node, Edge]]  # the node before, and the edge that leads from there

    def to(self, node: Node) -> list[tuple[Node, Edge]]:
        """The nodes and edges on the way, the end itself not among them."""
        way = []
        while node in self.came:
            node, edge = self.came[node]
            way.append((node, edge))
        return way[::-1]


def fastest(start: Node, beyond: Callable[[Node], Iterable[tuple[int, Node, Edge]]]) -> Ways[Node, Edge]:
    """Dijkstra's algorithm. `beyond`: the edges of a node as (cost, end, edge); it is asked once a node.

    Of ways that cost the same the one wins that is found first; of nodes that cost the same, the least.
    """
    cost, came = {start: 0}, dict[Node, tuple[Node, Edge]]()
    done = set[Node]()
    queue = [(0, start)]
    while queue:
        before, node = heappop(queue)
        if node in done:
            continue
        done.add(node)
        for more, end, edge in beyond(node):
            if end not in cost or before + more < cost[end]:
                cost[end] = before + more
                came[end] = node, edge
                heappush(queue, (cost[end], end))
    return Ways(cost, came)
