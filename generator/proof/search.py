"""The ways through a place, from room to room.

Entering a room sets its clock, platforms, floors and the body to a standard, so ways compose: legs from door
to door inside a room, then the fastest way over rooms, doors, keys, locks and broken walls.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ..motion import NES_MOTION, AnyMotion, Place, State
from ..motion.mechanisms import STAYING
from ..progress import tell
from .graphs import fastest
from .rooms import RoomGraph
from .trials import EXIT, Edge, Trial

MAX_NODES = 20_000
"""The default bound a room. One of two screens has about 300 nodes, one with a platform 1,500. (measured)"""


class Leg(NamedTuple):
    """A way from a node of a room to a way out of it."""

    ticks: int
    out: int  # -1 - passage, or EXIT
    gained: int  # flags of keys taken and walls broken on the way
    path: tuple[tuple[int, int], ...]  # (node, number of its edge)


class Visit(NamedTuple):
    """A body that has just come into a room."""

    room: int
    node: int
    flags: int


OUTSIDE = Visit(EXIT, 0, 0)
"""After the exit."""


class EdgeKey(NamedTuple):
    """Which edge of which node of which room."""

    room: int
    node: int
    number: int


Way = list[tuple[int, Leg]]
"""(room, leg) pairs, one after the other."""


class Travel(NamedTuple):
    """Everything that can be visited from a start."""

    way: Way  # the fastest to the exit; empty where there is none
    leads: dict[Visit, list[Visit]]  # every visit, with those it leads to
    exits: set[Visit]  # those from which a leg exits


class Search:
    """The graphs of a place's rooms, searched as far as was asked."""

    def __init__(
        self,
        place: Place,
        motion: AnyMotion = NES_MOTION,
        max_nodes: int = MAX_NODES,
        *,
        bold: bool = True,
    ) -> None:
        """`max_nodes`: of a room. `bold`: see `Footing`."""
        self.place, self.motion = place, motion
        rooms = range(len(place.interiors))
        self.graphs = [RoomGraph(place, motion, room, max_nodes, bold=bold) for room in rooms]
        self.barred: set[EdgeKey] = set()
        """Edges that no leg goes along; see `bar`."""
        self._legs: dict[tuple[int, int], list[Leg]] = {}

    def way(self, state: State) -> bytes | None:
        """The masks from a state at rest to the exit, fair or not; None where there is none."""
        trial = Trial(self.place, self.motion, state)
        if not trial.at_rest:
            return None
        graph = self.graphs[state.room]
        graph.footing.align(trial)
        if not trial.rests:
            return None
        visit = Visit(state.room, graph.add(trial.state), trial.state.flags & STAYING)
        way = self.travel(visit).way
        return bytes(trial.masks) + self.masks(way, trial.state) if way else None

    def legs(self, room: int, node: int) -> list[Leg]:
        """The fastest ways out of a room from a node that go along no barred edge."""
        key = (room, node)
        if key not in self._legs:
            graph = self.graphs[room]
            tell("proving", room + 1, len(self.graphs))
            graph.explore()
            self._legs[key] = _legs(graph, node, self.barred)
        return self._legs[key]

    def bar(self, edge: EdgeKey) -> None:
        """Legs do not go along this edge any more."""
        self.barred.add(edge)
        for known in [known for known in self._legs if known[0] == edge.room]:
            del self._legs[known]

    def bar_nothing(self) -> None:
        """Legs may go along all edges again."""
        self.barred.clear()
        self._legs.clear()

    def travel(self, start: Visit) -> Travel:
        """Everything that can be visited from a visit, and the fastest way to the exit."""
        leads: dict[Visit, list[Visit]] = {}
        exits: set[Visit] = set()

        def beyond(visit: Visit) -> Iterator[tuple[int, Visit, Leg]]:
            if visit == OUTSIDE:
                return
            leads[visit] = []
            for leg in self.legs(visit.room, visit.node):
                if leg.out == EXIT:
                    exits.add(visit)
                    yield leg.ticks, OUTSIDE, leg
                elif (after := self._enter(visit, leg)) is not None:
                    leads[visit].append(after)
                    yield leg.ticks, after, leg

        way = fastest(start, beyond).to(OUTSIDE)
        return Travel([(visit.room, leg) for visit, leg in way], leads, exits)

    def edges(self, way: Way) -> Iterator[tuple[EdgeKey, Edge]]:
        """The edges of a way, one after the other."""
        for room, leg in way:
            for node, number in leg.path:
                edges = self.graphs[room].edges[node]
                assert edges is not None
                yield EdgeKey(room, node, number), edges[number]

    def masks(self, way: Way, state: State) -> bytes:
        """The button masks of a way, played from a state so that waits last as long as they must."""
        trial = Trial(self.place, self.motion, state)
        for (room, _, _), edge in self.edges(way):
            while edge.at >= 0 and trial.state.room_tick % self.graphs[room].period != edge.at:
                trial.press(0)
            for mask in edge.masks:
                trial.press(mask)
        return bytes(trial.masks)

    def _enter(self, visit: Visit, leg: Leg) -> Visit | None:
        """Where a leg through a passage leads; None where its lock stays shut."""
        interior = self.place.interiors[visit.room]
        passage, lock = interior.passages[-1 - leg.out], interior.locks[-1 - leg.out]
        flags = visit.flags | leg.gained
        if lock is not None:
            if not flags & (1 << lock.bit | 1 << lock.key_bit):
                return None
            flags |= 1 << lock.bit
        graph = self.graphs[passage.to_room]
        back = [(other.to_room, other.side, other.row) for other in graph.interior.passages]
        number = back.index((visit.room, -passage.side, passage.row))
        return Visit(passage.to_room, graph.arrival(number, flags & graph.interior.wall_bits), flags)


def _legs(graph: RoomGraph, source: int, barred: set[EdgeKey]) -> list[Leg]:
    """The fastest ways out of a room from a node: one for each way out and each set of flags gained."""
    begun = graph.states[source].flags

    def beyond(spot: tuple[int, int]) -> Iterator[tuple[int, tuple[int, int], int]]:
        node, keys = spot
        for number, edge in enumerate(graph.edges[node] or ()) if node >= 0 else ():
            if barred and (graph.room, node, number) in barred:
                continue
            ticks = len(edge.masks) + (graph.period // 2 if edge.at >= 0 else 0)
            gained = keys | edge.keys
            if edge.to < 0:
                gained |= graph.states[node].flags & graph.interior.wall_bits & ~begun
            yield ticks, (edge.to, gained), number

    ways = fastest((source, 0), beyond)
    return [
        Leg(ways.cost[end], *end, tuple((node, number) for (node, _), number in ways.to(end)))
        for end in sorted(end for end in ways.cost if end[0] < 0)
    ]
