"""The places to stand in one room, and what a player does from each: the graph that proofs search.

A node is a body at rest. Its edges are things a player does: walk on to the next 8 px or to the edge, step
off, jump, jump just after the edge, take the stairs, whip a wall, wait for a platform; each is tried with the
very step that the game moves its hero by. Every press lasts CLUMSY_TICKS at least. Nodes bound it, not time.
"""

from __future__ import annotations

from collections.abc import Container
from enum import IntEnum
from math import lcm
from typing import NamedTuple

import numpy as np

from ..motion import (
    DEADLY_KIND,
    ONE_WAY_KIND,
    SOLID_KIND,
    SUB,
    Body,
    Button,
    EventKind,
    Motion,
    Place,
    Posture,
    State,
    Terrain,
    step,
)
from ..motion.mechanisms import COUNTER_BIT, GONE, Key, MovingPlatform, floor_counter
from ..nes.roles import TILE

WALK_PX = 8
"""Jumps start at multiples of this and at edges. (ours: half a tile; fair jumps have windows of 7 px)"""
CLUMSY_TICKS = 4
"""No press is shorter."""
WAIT_TICKS = 32
"""How long one waits at a time on a platform. There a body is at rest only at multiples of this, so that a
node is one state and no more; on firm ground the clock does not matter. (ours)"""
MAX_ARC_TICKS = 1_200
"""Longest single action: the stairs of three screens, a fall through 256 rows."""
EXIT = -1_000
"""As the end of an edge: the door out of the stage. -1, -2, ... are the room's passages."""
RIDE_PX = 16
"""On a platform one stands at multiples of this from its left edge, and at both of its edges. (ours)"""
WHIP_REACH_PX = 48
"""Walls farther away are not whipped at."""

_RIGHT, _LEFT, _UP, _DOWN, _JUMP, _WHIP = (
    int(b) for b in (Button.RIGHT, Button.LEFT, Button.UP, Button.DOWN, Button.JUMP, Button.WHIP)
)
_STAND, _AIR = int(Posture.STAND), int(Posture.AIR)


class Act(IntEnum):
    """What a player does."""

    WALK = 0
    JUMP = 1
    LATE_JUMP = 2  # after the edge
    FALL = 3
    STAIRS = 4
    WHIP = 5
    WAIT = 6


class Edge(NamedTuple):
    """One thing a player does from a node."""

    act: Act
    direction: int
    to: int  # node, -1 - passage, or EXIT
    masks: bytes  # one button mask a tick
    keys: int  # flags of the keys that are taken on the way
    at: int = -1  # one waits for this tick of the platforms' period first; -1: at any time


class Trial:
    """Presses buttons from a state on and keeps what it took."""

    __slots__ = ("airborne", "fell", "keys", "left", "masks", "motion", "over", "path", "place", "state")

    def __init__(self, place: Place, motion: Motion, state: State) -> None:
        self.place, self.motion, self.state = place, motion, state
        self.path = [state.body]
        self.airborne = False
        self.masks = bytearray()
        self.keys = 0
        self.fell = False
        self.left = 0
        """Where it went out of the room: -1 - passage, or EXIT."""
        self.over = False
        """Dead or out of the room."""

    def press(self, buttons: int) -> bool:
        """One tick; False where the action is over."""
        room = self.state.room
        before = self.state
        self.state, events = step(self.place, self.motion, self.state, buttons)
        self.masks.append(buttons)
        self.path.append(self.state.body)
        for event in events:
            if event.kind == EventKind.DIED:
                self.over = True
            elif event.kind == EventKind.EXITED:
                self.over, self.left = True, EXIT
            elif event.kind == EventKind.FELL:
                self.fell = self.airborne = True
            elif event.kind == EventKind.JUMPED:
                self.airborne = True
            elif event.kind == EventKind.KEY:
                self.keys |= self.state.flags & ~before.flags
            elif event.kind == EventKind.ENTERED:
                self.over = True
                side = 1 if event.x_px > self.place.interiors[room].left_px + TILE else -1
                self.left = self._passage(room, side, event.y_px)
        return not self.over and len(self.masks) < MAX_ARC_TICKS

    def _passage(self, room: int, side: int, y_px: int) -> int:
        for number, passage in enumerate(self.place.interiors[room].passages):
            if passage.side == side and (passage.row + 1) * TILE == y_px:
                return -1 - number
        raise AssertionError("unreachable: a room is left through a passage")

    def settle(self, buttons: int = 0) -> None:
        """Holds the buttons while in the air, and none until the body can act again."""
        while not self.over and self.state.body.posture == _AIR:
            if not self.press(buttons):
                return
        while not self.over and not self.at_rest:
            if not self.press(0):
                return

    @property
    def at_rest(self) -> bool:
        """Whether it stands and no press is left over."""
        body = self.state.body
        return body.posture == _STAND and not body.jump_held and not body.whip_held and not body.whip_tick


class RoomGraph:
    """The graph of one room, filled as far as its sources lead."""

    def __init__(self, place: Place, motion: Motion, room: int, max_nodes: int) -> None:
        self.place, self.motion, self.room = place, motion, room
        self.interior = place.interiors[room]
        self.max_nodes = max_nodes
        self.states: list[State] = []
        self.edges: list[list[Edge] | None] = []
        """Of each node, None where it was not searched from."""
        self.into: list[list[int]] = []
        self.too_large = False
        self._index: dict[tuple[int, ...], int] = {}
        self._todo: list[int] = []
        self._sight = _Sight(self.interior.whole, self.interior.keys, self.interior.platforms, motion)
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

    def arrival(self, passage: int, broken: int = 0) -> int:
        """The node of who comes in through a passage, these walls being broken."""
        there = self.interior.passages[passage]
        edge_px = self.interior.right_px if there.side > 0 else self.interior.left_px
        x_px = edge_px - there.side * (TILE // 2)
        return self.add(
            State(self.room, 0, Body(x_px * SUB, (there.row + 1) * TILE * SUB, 0, -there.side), broken)
        )

    def add(self, state: State) -> int:
        """The node of a body at rest; flags but those of walls and floors do not matter, nor does the clock
        on firm ground."""
        flags = state.flags & self._kept
        body = state.body
        tick = state.room_tick % self.period if self.rides(state) else 0
        # Who is on a floor that gives way goes on: were he to turn round, every tick would be a node.
        facing = body.facing if self.gives_way(state) else 1
        key = (body.x_sub, body.y_sub, flags, tick, facing)
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
        """Searches from all nodes that are there, and those found on the way."""
        while self._todo:
            node = self._todo.pop()
            if len(self.states) > self.max_nodes:
                self.too_large = True
                return
            self.edges[node] = []
            state = self.states[node]
            if self.interior.platforms and not self.rides(state):
                self._explore_timed(node, state)
            else:
                for act, direction, trial in self._trials(self.place, state):
                    self._connect(node, act, direction, trial)

    def _explore_timed(self, node: int, state: State) -> None:
        """From firm ground where platforms move: what is done as if they were not there, and once more at
        each of the ticks at which one would be met."""
        again: dict[int, set[tuple[bool, int]]] = {}
        known: set[int | None] = set()
        for act, direction, trial in self._trials(self._still, state):
            met = self._meetings(trial)
            missed = [tick for tick in range(0, self.period, WAIT_TICKS) if tick not in met]
            if missed:
                known.add(self._connect(node, act, direction, trial, missed[0] if met else -1))
            if act not in (Act.STAIRS, Act.WHIP):
                for tick in met:
                    again.setdefault(tick, set()).add((act == Act.JUMP, direction))
        for tick, moves in again.items():
            then = state._replace(room_tick=tick)
            for jumps, direction in sorted(moves):
                if jumps:
                    trials = [(Act.JUMP, direction, jump(self.place, self.motion, then, direction))]
                else:
                    trials = self._walks(self.place, then, direction)
                for act, _, trial in trials:
                    to = self._connect(node, act, direction, trial, tick, known)
                    if not self.rides(trial.state):
                        known.add(to)

    def _meetings(self, trial: Trial) -> list[int]:
        """The ticks at which to begin a trial, made where nothing moves, so that a platform is met on its
        way: those at which the feet come down on its top, or stand level with it."""
        if not self._sight.sweeps_meet(trial.path):
            return []
        x_px, y_px = (np.array([body[axis] // SUB for body in trial.path]) for axis in (0, 1))
        begin = np.arange(0, self.period, WAIT_TICKS)
        ticks = begin[:, None] + np.arange(len(x_px))
        met = np.zeros(len(begin), bool)
        half = self.motion.half_width_px
        for platform, (left, top) in zip(self.interior.platforms, self._courses, strict=True):
            at_left, at_top = left[ticks % len(left)], top[ticks % len(top)]
            over = (x_px + half > at_left) & (x_px - half < at_left + platform.tiles * TILE)
            # One pixel more than landing allows, for who walks onto a platform that sinks.
            comes = (y_px[:-1] <= at_top[:, :-1] + 1) & (y_px[1:] >= at_top[:, 1:])
            met |= (over[:, 1:] & comes).any(axis=1)
        return begin[met].tolist()

    def _connect(  # noqa: PLR0917 - an edge's own fields
        self,
        node: int,
        act: Act,
        direction: int,
        trial: Trial,
        at: int = -1,
        known: Container[int | None] = (),
    ) -> int | None:
        """Adds the edge of a trial where it ends well; returns where, or None. `known` ends are not added
        again."""
        edges = self.edges[node]
        assert edges is not None
        if not trial.left:
            if trial.over or not trial.at_rest:
                return None
            self.align(trial)
        if trial.left:
            to = trial.left
        elif trial.over or not trial.at_rest:
            return None
        else:
            to = self.add(trial.state)
            if to == node and not trial.keys:
                return None
        if to not in known:
            edges.append(Edge(act, direction, to, bytes(trial.masks), trial.keys, at))
            if to >= 0:
                self.into[to].append(node)
        return to

    def align(self, trial: Trial) -> None:
        """Waits until a body at rest is in a state that a node can have: no floor crumbles where it does not
        stand; on a platform, it stands at a multiple of RIDE_PX and its clock is one of WAIT_TICKS."""
        if self.interior.floors and not self.gives_way(trial.state):
            while any(0 < c < GONE for c in self._counters(trial.state.flags)) and trial.press(0):
                pass
        if trial.airborne and trial.at_rest:
            self._walk_to_mark(trial)
        while trial.at_rest and trial.state.room_tick % WAIT_TICKS and self.rides(trial.state):
            if not trial.press(0):
                return
        if not trial.at_rest:
            trial.settle()

    def _walk_to_mark(self, trial: Trial) -> None:
        """Who came down on a platform walks to the nearest mark that a press of CLUMSY_TICKS leads to."""
        platform = self._platform(trial.state)
        before, marked = self._spot(trial.state)
        if platform is None or marked:
            return
        x_px = before // SUB
        back = x_px % RIDE_PX
        near = CLUMSY_TICKS <= back <= RIDE_PX // 2 or back > RIDE_PX - CLUMSY_TICKS
        mask = _LEFT if x_px > platform.tiles * TILE or (x_px > 0 and near) else _RIGHT
        for tick in range(1, 2 * RIDE_PX):
            if not trial.press(mask) or trial.fell:
                return
            now, marked = self._spot(trial.state)
            if tick >= CLUMSY_TICKS and (marked or now == before):
                return
            before = now

    def _counters(self, flags: int) -> list[int]:
        return [floor_counter(flags, number) for number in range(len(self.interior.floors))]

    def gives_way(self, state: State) -> bool:
        """Whether a body stands, with one foot at least, on a floor that collapses and is still there."""
        x_px, y_px, half = state.body.x_sub // SUB, state.body.y_sub // SUB, self.motion.half_width_px
        return any(
            y_px == floor.row * TILE
            and x_px + half > floor.column * TILE
            and x_px - half < (floor.column + floor.tiles) * TILE
            and floor_counter(state.flags, number) != GONE
            for number, floor in enumerate(self.interior.floors)
        )

    def rides(self, state: State) -> bool:
        """Whether a body at rest stands on nothing but a platform."""
        return bool(self.interior.platforms) and not self._carried(self.interior.terrain(state.flags), state)

    def _platform(self, state: State) -> MovingPlatform | None:
        """What a body at rest stands on, where it is nothing but a platform."""
        if not self.rides(state):
            return None
        x_px, y_px, half = state.body.x_sub // SUB, state.body.y_sub // SUB, self.motion.half_width_px
        for platform in self.interior.platforms:
            left, top = platform.at(state.room_tick)
            if y_px == top and left - half < x_px < left + platform.tiles * TILE + half:
                return platform
        return None

    def _spot(self, state: State) -> tuple[int, bool]:
        """Where a body at rest stands, x_sub from the left edge of its platform where it rides one; and
        whether walks end and jumps start there."""
        x_sub = state.body.x_sub
        platform = self._platform(state)
        if platform is None:
            return x_sub, x_sub // SUB % WALK_PX == 0
        x_sub -= platform.at(state.room_tick)[0] * SUB
        return x_sub, x_sub // SUB % RIDE_PX == 0

    def _carried(self, terrain: Terrain, state: State) -> bool:
        x_px, y_px, half = state.body.x_sub // SUB, state.body.y_sub // SUB, self.motion.half_width_px
        return y_px % TILE == 0 and any(
            terrain.kind(at // TILE, y_px // TILE) in (SOLID_KIND, ONE_WAY_KIND)
            for at in (x_px - half, x_px + half - 1)
        )

    def _trials(self, place: Place, state: State) -> list[tuple[Act, int, Trial]]:
        """Everything worth trying from a node."""
        found: list[tuple[Act, int, Trial]] = []
        committed = self.gives_way(state)
        spot, jumps = self._spot(state)
        for direction in (1, -1):
            if not committed or direction == state.body.facing:
                walks = self._walks(place, state, direction)
                act, _, walk = walks[0]
                # From an edge, and with the back to a wall, too.
                jumps = jumps or act != Act.WALK or self._spot(walk.state)[0] == spot
                found += walks
        if self.interior.stairs:
            found += self._stairs(place, state)
        if self.interior.walls:
            found += self._whips(place, state)
        if self.rides(state):
            wait = Trial(place, self.motion, state)
            for _ in range(WAIT_TICKS):
                wait.press(0)
            found.append((Act.WAIT, 0, wait))
        if jumps:
            for direction in (state.body.facing,) if committed else (1, -1, 0):
                if not self._sight.dull(state.body, direction):
                    found.append((Act.JUMP, direction, jump(place, self.motion, state, direction)))
        return found

    def _walks(self, place: Place, state: State, direction: int) -> list[tuple[Act, int, Trial]]:
        """On to the next mark, wall or edge; from an edge, off it, and a jump just after it."""
        mask = _RIGHT if direction > 0 else _LEFT
        walk = Trial(place, self.motion, state)
        before, _ = self._spot(state)
        while walk.press(mask) and not walk.fell:
            now, marked = self._spot(walk.state)
            if len(walk.masks) >= CLUMSY_TICKS and (now == before or marked):
                break
            before = now
        if not walk.fell:
            return [(Act.WALK, direction, walk)]
        found = []
        if len(walk.masks) > CLUMSY_TICKS:
            # The edge itself is a node: the farthest jumps start there.
            edge = Trial(place, self.motion, state)
            for _ in range(len(walk.masks) - 1):
                edge.press(mask)
            found.append((Act.WALK, direction, edge))
        elif self.motion.coyote_ticks:
            late = Trial(place, self.motion, state)
            for _ in walk.masks:
                late.press(mask)
            if not late.over:
                for _ in range(CLUMSY_TICKS):
                    late.press(mask | _JUMP)
                late.settle(mask)
            found.append((Act.LATE_JUMP, direction, late))
        while len(walk.masks) < CLUMSY_TICKS and walk.press(mask):
            pass
        walk.settle()
        found.append((Act.FALL, direction, walk))
        return found

    def _stairs(self, place: Place, state: State) -> list[tuple[Act, int, Trial]]:
        found = []
        for mask in (_UP, _DOWN):
            trial = Trial(place, self.motion, state)
            trial.press(mask)
            body = trial.state.body
            if body.posture == Posture.CROUCH or (body.x_sub == state.body.x_sub and body.posture == _STAND):
                continue
            while trial.press(mask) and (
                trial.state.body.posture == Posture.STAIRS or len(trial.masks) < 2 * TILE
            ):
                if trial.state.body.posture == _STAND and trial.state.body.y_sub != state.body.y_sub:
                    break
            trial.settle()
            found.append((Act.STAIRS, 1 if mask == _UP else -1, trial))
        return found

    def _whips(self, place: Place, state: State) -> list[tuple[Act, int, Trial]]:
        found = []
        x_px, y_px = state.body.x_sub // SUB, state.body.y_sub // SUB
        for wall in self.interior.walls:
            left, right = wall.column * TILE, (wall.column + wall.w) * TILE
            near = left - WHIP_REACH_PX < x_px < right + WHIP_REACH_PX
            high = wall.row * TILE < y_px and y_px - 2 * TILE < (wall.row + wall.h) * TILE
            if state.flags >> wall.bit & 1 or not near or not high:
                continue
            direction = 1 if x_px < (left + right) // 2 else -1
            trial = Trial(place, self.motion, state)
            for _ in range(CLUMSY_TICKS):
                trial.press(_RIGHT if direction > 0 else _LEFT)
            for _ in range(CLUMSY_TICKS):
                trial.press(_WHIP)
            trial.settle()
            if trial.state.flags != state.flags:
                found.append((Act.WHIP, direction, trial))
        return found


def jump(place: Place, motion: Motion, state: State, direction: int) -> Trial:
    """A jump from a state at rest, its direction held."""
    mask = (0, _RIGHT, _LEFT)[direction]
    trial = Trial(place, motion, state)
    for _ in range(CLUMSY_TICKS):
        if not trial.press(mask | _JUMP):
            break
    trial.settle(mask)
    return trial


class _Sight:
    """What a jump could reach at most, so that most need not be tried."""

    def __init__(
        self,
        terrain: Terrain,
        keys: tuple[Key, ...],
        platforms: tuple[MovingPlatform, ...],
        motion: Motion,
    ) -> None:
        self.motion = motion
        self.reach_columns = (
            motion.walk_sub * 2 * len(motion.jump_curve_px) // SUB + 2 * motion.half_width_px
        ) // TILE + 1
        self.reach_rows = sum(motion.jump_curve_px) // TILE
        # A byte a tile where a body could land: carried from below and not walled in. Empty border of the
        # jump's size, so that no look-up needs bounds.
        self.margin = self.reach_columns + 1
        self.left, self.top = terrain.origin
        width, height = terrain.width, terrain.height
        self.stride = width + 2 * self.margin
        self.above = self.reach_rows + 1
        surfaces = bytearray((height + self.above + 2) * self.stride)
        carrying = bytearray(len(surfaces))
        deadly = bytearray(len(surfaces))
        for row in range(height):
            for column in range(width):
                at = (row + self.above) * self.stride + column + self.margin
                kind = terrain.kind(column + self.left, row + self.top)
                carries = kind in (SOLID_KIND, ONE_WAY_KIND)
                carrying[at] = carries
                deadly[at] = kind == DEADLY_KIND
                surfaces[at] = carries and terrain.kind(column + self.left, row + self.top - 1) != SOLID_KIND
        for key in keys:
            for up in (1, 2):  # a key in the air is worth a jump
                at = (key.y_px // TILE - up - self.top + self.above) * self.stride
                surfaces[at + key.x_px // TILE - self.left + self.margin] = 1
        self.sweeps = []
        for platform in platforms:
            left, top = (
                min(platform.x_px, platform.x_px + platform.dx_px),
                min(platform.y_px, platform.y_px + platform.dy_px),
            )
            right = max(platform.x_px, platform.x_px + platform.dx_px) + platform.tiles * TILE
            bottom = max(platform.y_px, platform.y_px + platform.dy_px)
            self.sweeps.append((left, top, right, bottom))
        self.surfaces, self.carrying, self.deadly = bytes(surfaces), bytes(carrying), bytes(deadly)
        self.nothing = bytes(self.margin)
        self.everything = bytes([1]) * self.margin

    def near_platform(self, x_px: int, y_px: int) -> bool:
        """Whether a platform can come within a jump."""
        far, high = self.reach_columns * TILE, (self.reach_rows + 1) * TILE
        return any(
            left - far <= x_px <= right + far and top - high <= y_px <= bottom + high
            for left, top, right, bottom in self.sweeps
        )

    def sweeps_meet(self, path: list[Body]) -> bool:
        """Whether the feet come where a platform ever is."""
        half = self.motion.half_width_px
        x_px, y_px = [body.x_sub // SUB for body in path], [body.y_sub // SUB for body in path]
        return any(
            left - half < max(x_px)
            and min(x_px) < right + half
            and top <= max(y_px)
            and min(y_px) <= bottom + 1
            for left, top, right, bottom in self.sweeps
        )

    def dull(self, body: Body, direction: int) -> bool:
        """True where a jump can only end on the floor that walking reaches as fast."""
        x_px, y_px = body.x_sub // SUB, body.y_sub // SUB
        if y_px % TILE or self.near_platform(x_px, y_px):
            return False
        left = x_px - self.motion.half_width_px
        right = x_px + self.motion.half_width_px - 1
        first = left // TILE if direction > 0 else right // TILE - self.reach_columns
        at = (y_px // TILE - self.top + self.above) * self.stride + first - self.left + self.margin
        length = self.reach_columns + 1
        if direction:
            if self.carrying[at : at + length] != self.everything[:length]:
                return False
        else:
            at += left // TILE - first
            length = right // TILE - left // TILE + 1
        if self.deadly[at - self.stride : at - self.stride + length] != self.nothing[:length]:
            return False
        for _ in range(self.reach_rows):
            at -= self.stride
            if self.surfaces[at : at + length] != self.nothing[:length]:
                return False
        return True


class _Still:
    """A place in one room of which no platform is."""

    def __init__(self, place: Place, room: int) -> None:
        there = place.interiors
        self.start = place.start
        self.interiors = (*there[:room], there[room].without_platforms(), *there[room + 1 :])


def standing_places(place: Place, room: int, motion: Motion) -> list[tuple[int, int]]:
    """(x, y) of the feet, px, in the middle of every tile that carries a body, leaves it room, and is open
    to the room's doors, its walls being broken."""
    interior = place.interiors[room]
    terrain = interior.terrain(interior.wall_bits)
    left, top = terrain.origin
    rows_above = -(-motion.height_px // TILE)
    todo = [(left if p.side < 0 else left + terrain.width - 1, p.row) for p in interior.passages]
    if interior.exit is not None:
        todo.append(interior.exit)
    if room == 0:
        todo.append((place.start[0] // TILE, place.start[1] // TILE - 1))
    seen = set(todo)
    while todo:
        column, row = todo.pop()
        for other in ((column + 1, row), (column - 1, row), (column, row + 1), (column, row - 1)):
            inside = left <= other[0] < left + terrain.width and top <= other[1] < top + terrain.height
            if inside and other not in seen and terrain.kind(*other) != SOLID_KIND:
                seen.add(other)
                todo.append(other)
    return [
        (column * TILE + TILE // 2, (row + 1) * TILE)
        for column, row in sorted(seen)
        if terrain.kind(column, row) != DEADLY_KIND
        and row + 1 < top + terrain.height
        and terrain.kind(column, row + 1) in (SOLID_KIND, ONE_WAY_KIND)
        and all(terrain.kind(column, row - up) != SOLID_KIND for up in range(1, rows_above))
    ]
