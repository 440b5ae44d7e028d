"""The graph of one room: the places to stand in it, and what a player does from each.

A node is a body at rest. Its edges are acts of a player; see `acts`. The number of nodes bounds a graph, not
time.
"""

from __future__ import annotations

from collections.abc import Container
from math import lcm

import numpy as np

from ..motion import DEADLY_KIND, ONE_WAY_KIND, SOLID_KIND, SUB, AnyMotion, Body, OwnMotion, Place, State
from ..motion.clear import is_clear
from ..motion.mechanisms import COUNTER_BIT
from ..motion.rules import arrival_px
from ..nes.roles import TILE
from .acts import all_acts, leap, walk_on
from .footing import WAIT_TICKS, Footing
from .graphs import reach
from .sight import Sight
from .trials import Act, Edge, Trial


class RoomGraph:
    """The graph of one room, filled as far as its sources lead."""

    def __init__(
        self, place: Place, motion: AnyMotion, room: int, max_nodes: int, *, bold: bool = True
    ) -> None:
        self.place, self.motion, self.room = place, motion, room
        self.interior = place.interiors[room]
        self.footing = Footing(self.interior, motion, bold=bold)
        self.max_nodes = max_nodes
        self.states: list[State] = []
        self.edges: list[list[Edge] | None] = []
        """Of each node; None where nothing was tried from it yet."""
        self.into: list[list[int]] = []
        """The nodes from which an edge leads to each node."""
        self.too_large = False
        self._index: dict[tuple[int, ...], int] = {}
        self._todo: list[int] = []
        self._sight = Sight(self.interior, motion)
        self._still = _Still(place, room)
        self._courses = [
            np.array([platform.at(tick) for tick in range(platform.period_ticks)]).T
            for platform in self.interior.platforms
        ]
        self.period = lcm(WAIT_TICKS, *(p.period_ticks for p in self.interior.platforms))
        """Ticks after which all platforms are where they were, and a multiple of WAIT_TICKS."""
        # Locks are taken to be open: whether they are is a matter of the graph of rooms.
        self._open = sum(1 << lock.bit for lock in self.interior.locks if lock is not None)
        self._kept = self.interior.wall_bits | -1 << COUNTER_BIT
        self._exact = isinstance(motion, OwnMotion) and not motion.is_trusted
        """Whether everything about a body at rest may matter."""

    def arrival(self, passage: int, broken: int = 0) -> int:
        """The node of a body that comes in through a passage. `broken`: the flags of the walls that are."""
        there = self.interior.passages[passage]
        x_px, y_px = arrival_px(self.interior, there)
        body = Body(x_px * SUB, y_px * SUB, facing=-there.side)
        return self.add(State(self.room, 0, body, broken))

    def add(self, state: State) -> int:
        """The node of a body at rest. Of its flags only those of walls and floors matter. On firm ground its
        clock does not."""
        flags = state.flags & self._kept
        body = state.body
        tick = state.room_tick % self.period if self.footing.rides(state) else 0
        # On a floor that gives way a body goes on: if it could turn round, every tick would be a node.
        facing = body.facing if self._exact or self.footing.gives_way(state) else 1
        key: tuple[int, ...] = (body.x_sub, body.y_sub, flags, tick, facing)
        if self._exact:
            key += body[4:]
        node = self._index.get(key)
        if node is None:
            node = self._index[key] = len(self.states)
            body = body._replace(facing=facing, vx_sub=0)
            self.states.append(state._replace(flags=flags | self._open, room_tick=tick, body=body))
            self.edges.append(None)
            self.into.append([])
            self._todo.append(node)
        return node

    def explore(self) -> None:
        """Tries all acts from the nodes that are there, and from those that are found on the way."""
        while self._todo:
            node = self._todo.pop()
            if len(self.states) > self.max_nodes:
                self.too_large = True
                return
            self.edges[node] = []
            state = self.states[node]
            if self.interior.platforms and not self.footing.rides(state):
                self._explore_timed(node, state)
            else:
                for act, direction, trial in all_acts(self.place, self.footing, self._sight, state):
                    self._connect(node, act, direction, trial)

    def reached_from(self, node: int) -> set[int]:
        """The nodes that edges lead to from a node, and itself."""
        return reach([node], lambda at: [edge.to for edge in self.edges[at] or () if edge.to >= 0])

    def _explore_timed(self, node: int, state: State) -> None:
        """From firm ground where platforms move: all acts as if no platform were there, and once more at
        each of the ticks at which one would be met."""
        again: dict[int, set[tuple[int, int]]] = {}
        known: set[int | None] = set()
        for act, direction, trial in all_acts(self._still, self.footing, self._sight, state):
            met = self._meetings(trial)
            missed = [tick for tick in range(0, self.period, WAIT_TICKS) if tick not in met]
            if missed:
                known.add(self._connect(node, act, direction, trial, missed[0] if met else -1))
            if act not in (Act.STAIRS, Act.WHIP):
                for tick in met:
                    again.setdefault(tick, set()).add((1 + trial.leap if act == Act.JUMP else 0, direction))
        for tick, moves in again.items():
            then = state._replace(room_tick=tick)
            for jumps, direction in sorted(moves):
                if jumps:
                    leapt = leap(self.place, self.footing, then, direction, jumps - 1)
                    trials = [(Act.JUMP, direction, leapt)]
                else:
                    trials = walk_on(self.place, self.footing, then, direction)
                for act, _, trial in trials:
                    to = self._connect(node, act, direction, trial, tick, known)
                    if not self.footing.rides(trial.state):
                        known.add(to)

    def _meetings(self, trial: Trial) -> list[int]:
        """The ticks at which to begin a trial, made where nothing moves, so that a platform is met on its
        way: the feet come down on its top, or stand level with it."""
        if not self._sight.sweeps_meet(trial.path_px):
            return []
        x_px, y_px = np.array(trial.path_px).T
        begin = np.arange(0, self.period, WAIT_TICKS)
        ticks = begin[:, None] + np.arange(len(x_px))
        met = np.zeros(len(begin), bool)
        half = self.motion.half_width_px
        for platform, (left, top) in zip(self.interior.platforms, self._courses, strict=True):
            at_left, at_top = left[ticks % len(left)], top[ticks % len(top)]
            over = (x_px + half > at_left) & (x_px - half < at_left + platform.tiles * TILE)
            # One pixel more than landing allows, for a body that walks onto a platform that sinks.
            comes = (y_px[:-1] <= at_top[:, :-1] + 1) & (y_px[1:] >= at_top[:, 1:])
            met |= (over[:, 1:] & comes).any(axis=1)
        ticks_met: list[int] = begin[met].tolist()
        return ticks_met

    def _connect(  # noqa: PLR0917 - an edge's own fields
        self,
        node: int,
        act: Act,
        direction: int,
        trial: Trial,
        at: int = -1,
        known: Container[int | None] = (),
    ) -> int | None:
        """Adds the edge of a trial that ends well. Returns where it leads, or None where it does not count.
        `known`: ends to which no second edge is added."""
        edges = self.edges[node]
        assert edges is not None
        if not trial.left and trial.rests:
            self.footing.align(trial)
        if trial.left:
            to = trial.left
        elif not trial.rests or (self.interior.platforms and self._is_walled_in(trial.state)):
            return None
        else:
            to = self.add(trial.state)
            if to == node and not trial.keys:
                return None
        if to not in known:
            edges.append(Edge(act, direction, to, bytes(trial.masks), trial.keys, at, trial.leap))
            if to >= 0:
                self.into[to].append(node)
        return to

    def _is_walled_in(self, state: State) -> bool:
        """Whether a platform has lifted a body into a wall."""
        x_px, y_px = state.body.x_sub // SUB, state.body.y_sub // SUB
        box = x_px, y_px, self.motion.half_width_px, self.motion.height_px
        return not is_clear(self.interior.terrain(state.flags), *box)


class _Still:
    """A place in one room of which no platform is."""

    def __init__(self, place: Place, room: int) -> None:
        there = place.interiors
        self.start = place.start
        self.interiors = (*there[:room], there[room].without_platforms(), *there[room + 1 :])


def standing_places(place: Place, room: int, motion: AnyMotion) -> list[tuple[int, int]]:
    """(x, y) of the feet, px, in the middle of every tile that carries a body, leaves it room, and is open
    to the room's doors, its walls being broken."""
    interior = place.interiors[room]
    terrain = interior.terrain(interior.wall_bits)
    left, top = terrain.origin
    rows_above = -(-motion.height_px // TILE)
    doors = [(left if p.side < 0 else left + terrain.width - 1, p.row) for p in interior.passages]
    if interior.exit is not None:
        doors.append(interior.exit)
    if room == 0:
        doors.append((place.start[0] // TILE, place.start[1] // TILE - 1))

    free = {
        (column, row)
        for row in range(top, top + terrain.height)
        for column in range(left, left + terrain.width)
        if terrain.kind(column, row) != SOLID_KIND
    }
    sides = ((1, 0), (-1, 0), (0, 1), (0, -1))
    open_to = reach(doors, lambda at: free.intersection((at[0] + x, at[1] + y) for x, y in sides))
    return [
        (column * TILE + TILE // 2, (row + 1) * TILE)
        for column, row in sorted(open_to)
        if terrain.kind(column, row) != DEADLY_KIND
        and row + 1 < top + terrain.height
        and terrain.kind(column, row + 1) in (SOLID_KIND, ONE_WAY_KIND)
        and all(terrain.kind(column, row - up) != SOLID_KIND for up in range(1, rows_above))
    ]
