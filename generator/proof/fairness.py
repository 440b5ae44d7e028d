"""A way that a clumsy hero can go: each of its jumps also lands when it is pressed a little early or late."""

from __future__ import annotations

from ..motion import State
from .acts import leap
from .faults import Fault
from .search import EdgeKey, Search, Visit, Way
from .strides import leap_on
from .trials import CLUMSY_TICKS, JUMP_MASK, LEFT_MASK, RIGHT_MASK, Act, Edge, Trial, falls

CLUMSY_SLIP_TICKS = 3
"""How early or late a jump may be. (ours)"""
MOST_DETOURS = 400
"""Ways that are tried before a stage counts as unfair."""


def fair_way(search: Search, start: Visit, way: Way) -> tuple[Way, list[Fault]]:
    """The fastest way to the exit that is fair; where there is none, the fastest at all, and what is unfair.

    `way`: the fastest at all. Bars the edges of `search` that are unfair, unless no way is left.
    """
    fair: set[EdgeKey] = set()
    for _ in range(MOST_DETOURS):
        if not way or not _bar_unfair(search, way, fair):
            break
        way = search.travel(start).way
    else:
        way = []
    if way:
        return way, []
    faults = _unfair_rooms(search)
    search.bar_nothing()
    return search.travel(start).way, faults


def _bar_unfair(search: Search, way: Way, fair: set[EdgeKey]) -> bool:
    """Bars the jumps of a way that a clumsy hero would miss. Returns whether there are any.

    `fair`: edges that were tried before; those that are found fair are added.
    """
    found = False
    for key, edge in search.edges(way):
        if key in fair:
            continue
        if _is_fair(search, search.graphs[key.room].states[key.node], edge):
            fair.add(key)
        else:
            search.bar(key)
            found = True
    return found


def _unfair_rooms(search: Search) -> list[Fault]:
    """One fault for each room with jumps that a clumsy hero would miss."""
    first: dict[int, int] = {}
    for room, node, _ in sorted(search.barred):
        first.setdefault(room, node)
    return [Fault.at("unfair", search.graphs[room].states[node]) for room, node in first.items()]


def _is_fair(search: Search, state: State, edge: Edge) -> bool:
    """Whether an edge is no jump, or a jump that lands on the same floor when it slips."""
    if edge.act == Act.LATE_JUMP:
        return False
    if edge.act != Act.JUMP:
        return True
    place, motion = search.place, search.motion
    if edge.at >= 0:
        state = state._replace(room_tick=edge.at + search.graphs[state.room].period)
    footing = search.graphs[state.room].footing
    mask = (0, RIGHT_MASK, LEFT_MASK)[edge.direction]
    meant = leap(place, footing, state, edge.direction, edge.leap)
    late = Trial(place, motion, state, footing.memory)
    late.hold(mask, CLUMSY_SLIP_TICKS)
    if late.over:
        return False
    if footing.gait is None:
        late.hold(mask | JUMP_MASK, CLUMSY_TICKS)
        late.settle(mask)
    else:
        leap_on(late, edge.direction, footing.gait.leaps[edge.leap])
    tries = [late]
    body = state.body
    early = state._replace(
        room_tick=max(0, state.room_tick - CLUMSY_SLIP_TICKS),
        body=body._replace(x_sub=body.x_sub - edge.direction * CLUMSY_SLIP_TICKS * footing.walk_sub),
    )
    if falls(place, motion, early):
        return False  # he turns round at the very edge
    tries.append(leap(place, footing, early, edge.direction, edge.leap))
    moving = bool(place.interiors[state.room].platforms)
    return all(_ends_alike(trial, meant, moving=moving) for trial in tries)


def _ends_alike(trial: Trial, meant: Trial, *, moving: bool) -> bool:
    """Whether a jump that slipped ends where the meant one does: out of the same door, or at rest as high.

    `moving`: in a room with platforms any height is right.
    """
    if trial.left or meant.left:
        return trial.left == meant.left
    return trial.rests and (moving or trial.state.body.y_sub == meant.state.body.y_sub)
