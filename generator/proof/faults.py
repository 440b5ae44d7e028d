"""What is wrong with a place that was searched: no way, dead ends, what nobody gets to."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, NamedTuple

from ..motion import SUB, Body, State
from ..nes.roles import TILE
from .graphs import reach
from .rooms import RoomGraph, standing_places
from .search import Search, Travel, Visit
from .trials import EXIT

FaultKind = Literal["no way", "dead end", "unfair", "hidden", "too large", "walled in"]
"""All that can be wrong. What they are called to a person, and which of them forbid a proof, is said in
`layout/handmade.py`; what is done about them in `layout/stages.py` and `dream_rooms/mend.py`."""


class Fault(NamedTuple):
    """Something that is wrong with a stage, and where (the feet), px."""

    kind: FaultKind
    room: int
    x_px: int
    y_px: int

    @classmethod
    def at(cls, kind: FaultKind, state: State) -> Fault:
        """The fault of a body in this state."""
        return cls(kind, state.room, state.body.x_sub // SUB, state.body.y_sub // SUB)


def too_large(search: Search) -> list[Fault]:
    """The rooms that have more nodes than the search was allowed."""
    return [Fault.at("too large", graph.states[0]) for graph in search.graphs if graph.too_large]


def stuck(search: Search, leads: dict[Visit, list[Visit]]) -> Fault:
    """Where the way ends: the last room that was come to and that leads on to one that was not, its foothold
    farthest from where one came."""
    seen = {visit.room for visit in leads}
    interiors = search.place.interiors
    last = [v for v in leads if any(p.to_room not in seen for p in interiors[v.room].passages)]
    visit = max(last or leads, key=lambda v: (v.room, v.flags))
    graph = search.graphs[visit.room]
    x_sub = graph.states[visit.node].body.x_sub
    nodes = graph.reached_from(visit.node)
    at = max(nodes, key=lambda node: abs(graph.states[node].body.x_sub - x_sub))
    return Fault.at("no way", graph.states[at])


def dead_ends(search: Search, travel: Travel, *, everywhere: bool) -> list[Fault]:
    """Footholds that can be reached, but from where no way out of the room, or of the stage, can.

    `everywhere`: footholds onto which a blow could throw a body count as well.
    """
    back: dict[Visit, list[Visit]] = {}
    for visit, others in travel.leads.items():
        for other in others:
            back.setdefault(other, []).append(visit)
    good = reach(travel.exits, lambda visit: back.get(visit, []))
    graphs = search.graphs
    faults = [
        Fault.at("dead end", graphs[visit.room].states[visit.node])
        for visit in travel.leads
        if visit not in good
    ]
    open_always: dict[int, set[int]] = {}
    checked = set()
    for visit in travel.leads:
        graph = graphs[visit.room]
        ways = _open_ways(graph, visit.flags)
        open_always[visit.room] = open_always.get(visit.room, ways) & ways
        key = (visit.room, visit.node, frozenset(ways))
        if key not in checked:
            checked.add(key)
            faults += _trapped(graph, graph.reached_from(visit.node), ways, visit.flags)
    for room, ways in open_always.items() if everywhere else ():
        graph = graphs[room]
        nodes = {
            graph.add(State(room, 0, Body(x_px * SUB, y_px * SUB)))
            for x_px, y_px in standing_places(search.place, room, search.motion)
        }
        graph.explore()
        faults += _trapped(graph, nodes, ways, 0)
    return list(dict.fromkeys(faults))


def hidden(search: Search, leads: dict[Visit, list[Visit]]) -> list[Fault]:
    """The rooms, keys and walls that nobody gets to."""
    seen = {visit.room for visit in leads}
    flags = 0
    for visit in leads:
        flags |= visit.flags
        for leg in search.legs(visit.room, visit.node):
            flags |= leg.gained
    faults = []
    for room, interior in enumerate(search.place.interiors):
        if room not in seen:
            faults.append(Fault("hidden", room, interior.left_px, interior.bottom_px))
        for key in interior.keys:
            if not flags >> key.bit & 1:
                faults.append(Fault("hidden", room, key.x_px, key.y_px))
        for wall in interior.walls:
            if not flags >> wall.bit & 1:
                faults.append(Fault("hidden", room, wall.column * TILE, (wall.row + wall.h) * TILE))
    return faults


def _open_ways(graph: RoomGraph, flags: int) -> set[int]:
    """The ways out of a room that are open to a body with these flags, whatever it does there."""
    ways = {EXIT}
    for number, lock in enumerate(graph.interior.locks):
        if lock is None or flags & (1 << lock.bit | 1 << lock.key_bit):
            ways.add(-1 - number)
    return ways


def _trapped(graph: RoomGraph, nodes: set[int], ways: set[int], flags: int) -> list[Fault]:
    """The nodes among these from which none of the ways out is reached, not even with keys on the way."""
    own_keys = {key.bit for key in graph.interior.keys}
    with_key = ways | {
        -1 - number
        for number, lock in enumerate(graph.interior.locks)
        if lock is not None and lock.key_bit in own_keys
    }
    good = _leads_out(graph, ways)
    if with_key != ways:
        then = _leads_out(graph, with_key)
        takes = {
            node
            for node, edges in enumerate(graph.edges)
            if any(edge.keys & ~flags and (edge.to in with_key or edge.to in then) for edge in edges or ())
        }
        good = _leads_out(graph, ways, takes)
    # A body on a floor that gives way is not there for long.
    left = [graph.states[node] for node in sorted(nodes - good)]
    return [Fault.at("dead end", state) for state in left if not graph.footing.gives_way(state)]


def _leads_out(graph: RoomGraph, ways: set[int], also: Iterable[int] = ()) -> set[int]:
    """The nodes from which one of the ways out, or one of the nodes in `also`, is reached."""
    last = {node for node, edges in enumerate(graph.edges) if any(edge.to in ways for edge in edges or ())}
    return reach(last.union(also), lambda node: graph.into[node])
