"""The proof that a place can be completed, with everything that is held against it.

The way to the exit is the certificate. What is held against a place is a `Fault`:

- no way: the exit is not reached;
- a dead end: a foothold that can be reached, or onto which a blow could throw, from where it cannot be left;
- unfair: there is no way for a clumsy hero, whose presses last 4 ticks at least and each of whose jumps still
  lands when it is pressed 3 ticks early or late;
- hidden: a room, key or wall that nobody gets to;
- walled in: a start, a door, a platform's end, the exit or something that lives there is inside a wall;
- too large: a room has more nodes than the search was allowed.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from ..errors import GanvaniaError
from ..motion import NES_MOTION, SUB, AnyMotion, EventKind, MotionError, OwnMotion, Place, State, spawn, step
from ..motion.clear import walled_in
from .fairness import fair_way
from .faults import Fault, dead_ends, hidden, stuck, too_large
from .search import MAX_NODES, Search, Visit
from .trials import Trial, falls


class UnprovenError(GanvaniaError, RuntimeError):
    """A motion for which nothing could be proven."""


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


def prove(
    place: Place, motion: AnyMotion = NES_MOTION, max_nodes: int = MAX_NODES, *, fair: bool = True
) -> Proof:
    """Everything that can be held against the place, and its certificate.

    `fair`: the certificate must be a clumsy hero's, and where a blow could throw a body counts as well. A
    motion of one's own jumps in its plainest way first; in all its ways where that proves nothing.

    Raises MotionError for a motion of one's own that does not do what a motion must.
    """
    inside = walled_in(place, motion, (each[:3] for each in getattr(place, "spawns", ())))
    if inside:
        return Proof(b"", tuple(Fault("walled in", *stander[1:4]) for stander in inside), (), 0)
    if not isinstance(motion, OwnMotion):
        return _prove(Search(place, motion, max_nodes), fair=fair)
    proof = _prove(Search(place, motion, max_nodes, bold=False), fair=fair)
    if not proof.proven:
        bold = _prove(Search(place, motion, max_nodes), fair=fair)
        proof = replace(bold, nodes=proof.nodes + bold.nodes)
    if proof.certificate and replay(place, motion, proof.certificate) is None:
        raise MotionError(
            f"{motion} does not do the same twice: a way that was found does not lead to the exit again; its "
            "move must depend on its arguments alone, and keep what it counts in the body"
        )
    return proof


def _prove(search: Search, *, fair: bool) -> Proof:
    """See `prove`."""
    place, motion, start = search.place, search.motion, spawn(search.place)
    if not Trial(place, motion, start).at_rest or falls(place, motion, start):
        return Proof(b"", (Fault.at("no way", start),), (), 0)
    first = Visit(0, search.graphs[0].add(start), 0)
    travel = search.travel(first)
    footholds = _footholds(search, set(travel.leads))
    faults, way = too_large(search), travel.way
    if way:
        faults += dead_ends(search, travel, everywhere=fair)
        faults += hidden(search, travel.leads)
        if fair:
            way, unfair = fair_way(search, first, way)
            faults += unfair
    else:
        faults.append(stuck(search, travel.leads))
    nodes = sum(len(graph.states) for graph in search.graphs)
    return Proof(search.masks(way, start), tuple(faults), footholds, nodes)


def replay(place: Place, motion: AnyMotion, certificate: bytes) -> State | None:
    """The state in which the certificate's last tick exits, or None where it does not."""
    state = spawn(place)
    for at, buttons in enumerate(certificate):
        state, events = step(place, motion, state, buttons)
        if any(event.kind == EventKind.EXITED for event in events):
            return state if at == len(certificate) - 1 else None
    return None


def _footholds(search: Search, visits: set[Visit]) -> tuple[tuple[int, int, int], ...]:
    """See `Proof.footholds`."""
    found = set()
    for room, node in {(visit.room, visit.node) for visit in visits}:
        graph = search.graphs[room]
        for at in graph.reached_from(node):
            body = graph.states[at].body
            found.add((room, body.x_sub // SUB, body.y_sub // SUB))
    return tuple(sorted(found))
