"""The proof that a stage can be completed, by search with the very step that the game moves its hero by.

Entering a room sets its clock, platforms, floors and the body to a standard, so proofs compose: inside a
room the ways from door to door (`footholds`), then Dijkstra's algorithm over (room, door, keys and locks and
broken walls). The way to the exit is the stage's certificate. What is held against a stage, a Fault:

- the exit is not reached;
- a dead end: a foothold that can be reached, or onto which a blow could throw, from where it cannot be left;
- unfair: no way for a clumsy hero, whose presses last 4 ticks at least and each of whose jumps still lands
  when it is pressed 3 ticks early or late;
- hidden: a room, key or wall that nobody gets to.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from heapq import heappop, heappush
from typing import NamedTuple

from ..motion import NES_MOTION, SUB, Body, Button, EventKind, Motion, Place, State, spawn, step
from ..motion.mechanisms import STAYING
from ..nes.roles import TILE
from .rooms import CLUMSY_TICKS, EXIT, Act, Edge, RoomGraph, Trial, jump, standing_places

MAX_NODES = 20_000
"""The default bound a room; a room of two screens has about 300 nodes, one with a platform 1,500."""
CLUMSY_SLIP_TICKS = 3
"""So early or late a jump may be."""
MOST_DETOURS = 400
"""Ways that are tried before a stage counts as unfair."""


class Fault(NamedTuple):
    """Something that is wrong with a stage, and where (the feet), px."""

    kind: str  # "no way", "dead end", "unfair", "hidden", "too large"
    room: int
    x_px: int
    y_px: int


@dataclass(frozen=True)
class Proof:
    """What a search found out about a place."""

    certificate: bytes
    """One button mask a tick from `motion.spawn` until EXITED; empty where there is no way."""
    faults: tuple[Fault, ...]
    footholds: tuple[tuple[int, int, int], ...]
    """(room, x, y) of the feet at every place to stand that can be reached, px, sorted."""
    nodes: int
    """Places that were searched from."""

    @property
    def proven(self) -> bool:
        """Whether nothing is wrong."""
        return bool(self.certificate) and not self.faults


class Leg(NamedTuple):
    """A way from a node of a room to a way out of it."""

    ticks: int
    out: int  # -1 - passage, or EXIT
    gained: int  # flags of keys taken and walls broken on the way
    path: tuple[tuple[int, int], ...]  # (node, number of its edge)


class _Visit(NamedTuple):
    """A hero who has just come into a room."""

    room: int
    node: int
    flags: int


class Search:
    """The graphs of a place's rooms, searched as far as was asked."""

    def __init__(self, place: Place, motion: Motion = NES_MOTION, max_nodes: int = MAX_NODES) -> None:
        self.place, self.motion = place, motion
        self.graphs = [RoomGraph(place, motion, room, max_nodes) for room in range(len(place.interiors))]
        self._legs: dict[tuple[int, int], list[Leg]] = {}
        self._unfair: set[tuple[int, int, int]] = set()
        self._fair: set[tuple[int, int, int]] = set()

    def way(self, state: State) -> bytes | None:
        """The masks from a state at rest to the exit, fair or not; None where there is none."""
        if not Trial(self.place, self.motion, state).at_rest:
            return None
        graph = self.graphs[state.room]
        trial = Trial(self.place, self.motion, state)
        graph.align(trial)
        if trial.over or not trial.at_rest:
            return None
        visit = _Visit(state.room, graph.add(trial.state), trial.state.flags & STAYING)
        way = self._travel(visit)[0]
        return bytes(trial.masks) + self._masks(way, trial.state) if way else None

    # From room to room.

    def _legs_from(self, room: int, node: int) -> list[Leg]:
        key = (room, node)
        if key not in self._legs:
            graph = self.graphs[room]
            graph.explore()
            self._legs[key] = _legs(graph, node, lambda at, number: (room, at, number) in self._unfair)
        return self._legs[key]

    def _enter(self, visit: _Visit, leg: Leg) -> _Visit | None:
        """Where a leg through a passage leads; None where its lock stays shut."""
        interior = self.place.interiors[visit.room]
        passage, lock = interior.passages[-1 - leg.out], interior.locks[-1 - leg.out]
        flags = visit.flags | leg.gained
        if lock is not None:
            if not flags & (1 << lock.bit | 1 << lock.key_bit):
                return None
            flags |= 1 << lock.bit
        graph = self.graphs[passage.to_room]
        for number, back in enumerate(graph.interior.passages):
            if (back.to_room, back.side, back.row) == (visit.room, -passage.side, passage.row):
                node = graph.arrival(number, flags & graph.interior.wall_bits)
                return _Visit(passage.to_room, node, flags)
        raise AssertionError("unreachable: every passage has a way back")

    def _travel(self, start: _Visit) -> tuple[list[tuple[int, Leg]], dict[_Visit, list[_Visit]], set[_Visit]]:
        """Dijkstra's algorithm from a visit.

        Returns: the fastest way to the exit as (room, leg) pairs; every visit with those it leads to; those
        from which a leg exits.
        """
        ticks = {start: 0}
        came: dict[_Visit, tuple[_Visit, Leg]] = {}
        leads: dict[_Visit, list[_Visit]] = {}
        exits: set[_Visit] = set()
        best: tuple[int, _Visit, Leg] | None = None
        queue = [(0, start)]
        while queue:
            cost, visit = heappop(queue)
            if visit in leads:
                continue
            leads[visit] = []
            for leg in self._legs_from(visit.room, visit.node):
                if leg.out == EXIT:
                    exits.add(visit)
                    if best is None or cost + leg.ticks < best[0]:
                        best = (cost + leg.ticks, visit, leg)
                    continue
                after = self._enter(visit, leg)
                if after is None:
                    continue
                leads[visit].append(after)
                if after not in ticks or cost + leg.ticks < ticks[after]:
                    ticks[after] = cost + leg.ticks
                    came[after] = visit, leg
                    heappush(queue, (ticks[after], after))
        way: list[tuple[int, Leg]] = []
        if best is not None:
            _, visit, leg = best
            way.append((visit.room, leg))
            while visit != start:
                visit, leg = came[visit]
                way.append((visit.room, leg))
            way.reverse()
        return way, leads, exits

    def _edges(self, way: list[tuple[int, Leg]]) -> Iterator[tuple[int, int, int, Edge]]:
        for room, leg in way:
            for node, number in leg.path:
                edges = self.graphs[room].edges[node]
                assert edges is not None
                yield room, node, number, edges[number]

    def _masks(self, way: list[tuple[int, Leg]], state: State) -> bytes:
        """The button masks of a way, played from a state so that waits last as long as they must."""
        trial = Trial(self.place, self.motion, state)
        for room, _, _, edge in self._edges(way):
            while edge.at >= 0 and trial.state.room_tick % self.graphs[room].period != edge.at:
                trial.press(0)
            for mask in edge.masks:
                trial.press(mask)
        return bytes(trial.masks)

    # What is wrong.

    def prove(self, *, fair: bool = True) -> Proof:
        """Everything that can be held against the place, and its certificate.

        `fair`: the certificate must be a clumsy hero's; and what a blow could throw onto counts as well.
        """
        start = spawn(self.place)
        faults: list[Fault] = []
        if not Trial(self.place, self.motion, start).at_rest or self._falls(start):
            return self._done(b"", [_fault("no way", start)], set())
        graph = self.graphs[0]
        first = _Visit(0, graph.add(start), 0)
        way, leads, exits = self._travel(first)
        reached = self._footholds(leads)
        faults += [_fault("too large", g.states[0]) for g in self.graphs if g.too_large]
        if not way:
            return self._done(b"", [*faults, self._stuck(leads, start)], reached)
        faults += self._dead_ends(leads, exits, everywhere=fair)
        faults += self._hidden(leads)
        if fair:
            detours = 0
            while way and detours < MOST_DETOURS and self._mark_unfair(way):
                way, detours = self._travel(first)[0], detours + 1
            if not way or detours >= MOST_DETOURS:
                faults += self._unfair_rooms()
                self._unfair.clear()
                self._legs.clear()
                way = self._travel(first)[0]
        certificate = self._masks(way, start)
        return self._done(certificate, faults, reached)

    def _done(self, certificate: bytes, faults: list[Fault], reached: set[tuple[int, int, int]]) -> Proof:
        nodes = sum(len(graph.states) for graph in self.graphs)
        return Proof(certificate, tuple(faults), tuple(sorted(reached)), nodes)

    def _falls(self, state: State) -> bool:
        return any(event.kind == EventKind.FELL for event in step(self.place, self.motion, state, 0)[1])

    def _footholds(self, leads: dict[_Visit, list[_Visit]]) -> set[tuple[int, int, int]]:
        found = set()
        for room, node in {(visit.room, visit.node) for visit in leads}:
            for at in self._reached(room, node):
                body = self.graphs[room].states[at].body
                found.add((room, body.x_sub // SUB, body.y_sub // SUB))
        return found

    def _reached(self, room: int, node: int) -> set[int]:
        graph = self.graphs[room]
        seen, todo = {node}, [node]
        while todo:
            for edge in graph.edges[todo.pop()] or ():
                if edge.to >= 0 and edge.to not in seen:
                    seen.add(edge.to)
                    todo.append(edge.to)
        return seen

    def _stuck(self, leads: dict[_Visit, list[_Visit]], start: State) -> Fault:
        """Where the way ends: the last room that was come to, its foothold farthest from where one came."""
        visit = max(leads, key=lambda v: (v.room, v.flags))
        graph = self.graphs[visit.room]
        x_sub = graph.states[visit.node].body.x_sub
        at = max(self._reached(visit.room, visit.node), key=lambda n: abs(graph.states[n].body.x_sub - x_sub))
        return _fault("no way", graph.states[at])

    def _dead_ends(
        self, leads: dict[_Visit, list[_Visit]], exits: set[_Visit], *, everywhere: bool
    ) -> list[Fault]:
        faults = []
        back: dict[_Visit, list[_Visit]] = {}
        for visit, others in leads.items():
            for other in others:
                back.setdefault(other, []).append(visit)
        good, todo = set(exits), list(exits)
        while todo:
            for visit in back.get(todo.pop(), ()):
                if visit not in good:
                    good.add(visit)
                    todo.append(visit)
        faults += [_fault("dead end", self.graphs[v.room].states[v.node]) for v in leads if v not in good]
        open_always: dict[int, set[int]] = {}
        checked = set()
        for visit in leads:
            ways = self._open_ways(visit)
            open_always[visit.room] = open_always.get(visit.room, ways) & ways
            key = (visit.room, visit.node, frozenset(ways))
            if key not in checked:
                checked.add(key)
                nodes = self._reached(visit.room, visit.node)
                faults += self._trapped(visit.room, nodes, ways, visit.flags)
        if everywhere:
            for room, ways in open_always.items():
                graph = self.graphs[room]
                nodes = {
                    graph.add(State(room, 0, Body(x_px * SUB, y_px * SUB)))
                    for x_px, y_px in standing_places(self.place, room, self.motion)
                }
                graph.explore()
                faults += self._trapped(room, nodes, ways, 0)
        return list(dict.fromkeys(faults))

    def _open_ways(self, visit: _Visit) -> set[int]:
        """The ways out of a room that are open to this visit whatever happens."""
        interior = self.place.interiors[visit.room]
        ways = {EXIT}
        for number, lock in enumerate(interior.locks):
            if lock is None or visit.flags & (1 << lock.bit | 1 << lock.key_bit):
                ways.add(-1 - number)
        return ways

    def _trapped(self, room: int, nodes: set[int], ways: set[int], flags: int) -> list[Fault]:
        """The nodes among these from which none of the ways out is reached, keys on the way being used."""
        graph = self.graphs[room]
        with_key = set(ways)
        for number, lock in enumerate(graph.interior.locks):
            if lock is not None and any(key.bit == lock.key_bit for key in graph.interior.keys):
                with_key.add(-1 - number)
        good = self._leads_out(graph, ways)
        if with_key != ways:
            then = self._leads_out(graph, with_key)
            takes = {
                n
                for n, edges in enumerate(graph.edges)
                if any(e.keys & ~flags and (e.to in with_key or e.to in then) for e in edges or ())
            }
            good = self._leads_out(graph, ways, takes)
        # Who stands on a floor that gives way is not there for long.
        stuck = [node for node in sorted(nodes - good) if not graph.gives_way(graph.states[node])]
        return [_fault("dead end", graph.states[node]) for node in stuck]

    @staticmethod
    def _leads_out(graph: RoomGraph, ways: set[int], also: Iterable[int] = ()) -> set[int]:
        """The nodes from which one of the ways out, or of these other nodes, is reached."""
        good = {n for n, edges in enumerate(graph.edges) if any(e.to in ways for e in edges or ())}
        good.update(also)
        todo = list(good)
        while todo:
            for before in graph.into[todo.pop()]:
                if before not in good:
                    good.add(before)
                    todo.append(before)
        return good

    def _hidden(self, leads: dict[_Visit, list[_Visit]]) -> list[Fault]:
        faults = []
        seen = {visit.room for visit in leads}
        flags = 0
        for visit in leads:
            flags |= visit.flags
            for leg in self._legs_from(visit.room, visit.node):
                flags |= leg.gained
        for room, interior in enumerate(self.place.interiors):
            if room not in seen:
                faults.append(Fault("hidden", room, interior.left_px, interior.bottom_px))
            for key in interior.keys:
                if not flags >> key.bit & 1:
                    faults.append(Fault("hidden", room, key.x_px, key.y_px))
            for wall in interior.walls:
                if not flags >> wall.bit & 1:
                    faults.append(Fault("hidden", room, wall.column * TILE, (wall.row + wall.h) * TILE))
        return faults

    # A clumsy hero.

    def _mark_unfair(self, way: list[tuple[int, Leg]]) -> bool:
        """Notes which jumps of a way a clumsy hero would miss; True where there are any."""
        found = False
        for room, node, number, edge in self._edges(way):
            key = (room, node, number)
            if key in self._fair:
                continue
            if self._is_fair(self.graphs[room].states[node], edge):
                self._fair.add(key)
                continue
            found = True
            self._unfair.add(key)
            for known in [known for known in self._legs if known[0] == room]:
                del self._legs[known]
        return found

    def _unfair_rooms(self) -> list[Fault]:
        """One fault for each room with jumps that a clumsy hero would miss."""
        first: dict[int, int] = {}
        for room, node, _ in sorted(self._unfair):
            first.setdefault(room, node)
        return [_fault("unfair", self.graphs[room].states[node]) for room, node in first.items()]

    def _is_fair(self, state: State, edge: Edge) -> bool:
        if edge.act == Act.LATE_JUMP:
            return False
        if edge.act != Act.JUMP:
            return True
        if edge.at >= 0:
            state = state._replace(room_tick=edge.at + self.graphs[state.room].period)
        mask = (0, int(Button.RIGHT), int(Button.LEFT))[edge.direction]
        meant = jump(self.place, self.motion, state, edge.direction)
        late = Trial(self.place, self.motion, state)
        for _ in range(CLUMSY_SLIP_TICKS):
            late.press(mask)
        if late.over:
            return False
        for _ in range(CLUMSY_TICKS):
            late.press(mask | int(Button.JUMP))
        late.settle(mask)
        tries = [late]
        body = state.body
        early = state._replace(
            room_tick=max(0, state.room_tick - CLUMSY_SLIP_TICKS),
            body=body._replace(x_sub=body.x_sub - edge.direction * CLUMSY_SLIP_TICKS * self.motion.walk_sub),
        )
        if not self._falls(early):
            tries.append(jump(self.place, self.motion, early, edge.direction))
        for trial in tries:
            if trial.left != meant.left:
                return False
            if not trial.left and (
                trial.over
                or not trial.at_rest
                or (
                    trial.state.body.y_sub != meant.state.body.y_sub
                    and not self.place.interiors[state.room].platforms
                )
            ):
                return False
        return True


def prove(
    place: Place, motion: Motion = NES_MOTION, max_nodes: int = MAX_NODES, *, fair: bool = True
) -> Proof:
    """See `Search.prove`."""
    return Search(place, motion, max_nodes).prove(fair=fair)


def replay(place: Place, motion: Motion, certificate: bytes) -> State | None:
    """The state in which the certificate's last tick exits, or None where it does not."""
    state = spawn(place)
    for at, buttons in enumerate(certificate):
        state, events = step(place, motion, state, buttons)
        if any(event.kind == EventKind.EXITED for event in events):
            return state if at == len(certificate) - 1 else None
    return None


def _fault(kind: str, state: State) -> Fault:
    return Fault(kind, state.room, state.body.x_sub // SUB, state.body.y_sub // SUB)


def _legs(graph: RoomGraph, source: int, unfair: Callable[[int, int], bool]) -> list[Leg]:
    """The fastest ways out of a room from a node: one for each way out and each set of flags gained."""
    begun = graph.states[source].flags & graph.interior.wall_bits
    ticks: dict[tuple[int, int], int] = {(source, 0): 0}
    came: dict[tuple[int, int], tuple[tuple[int, int], int]] = {}
    done: set[tuple[int, int]] = set()
    found: dict[tuple[int, int], tuple[int, tuple[int, int], int]] = {}
    queue = [(0, source, 0)]
    while queue:
        cost, node, keys = heappop(queue)
        if (node, keys) in done:
            continue
        done.add((node, keys))
        for number, edge in enumerate(graph.edges[node] or ()):
            if unfair(node, number):
                continue
            after = cost + len(edge.masks) + (graph.period // 2 if edge.at >= 0 else 0)
            gained = keys | edge.keys
            if edge.to < 0:
                walls = graph.states[node].flags & graph.interior.wall_bits & ~begun
                out = (edge.to, gained | walls)
                if out not in found or after < found[out][0]:
                    found[out] = after, (node, keys), number
            elif after < ticks.get((edge.to, gained), after + 1):
                ticks[edge.to, gained] = after
                came[edge.to, gained] = (node, keys), number
                heappush(queue, (after, edge.to, gained))
    legs = []
    for (way_out, gained), (cost, last, last_edge) in sorted(found.items()):
        path = [(last[0], last_edge)]
        spot = last
        while spot in came:
            spot, number = came[spot]
            path.append((spot[0], number))
        legs.append(Leg(cost, way_out, gained, tuple(reversed(path))))
    return legs
