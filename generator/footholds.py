"""The places to stand in one room, and what a player does from each: the graph that proofs search.

A node is a body at rest. Its edges are things a player does: walk on to the next 8 px or to the edge, step
off, jump, jump just after the edge, take the stairs, whip a wall, wait for a platform; each is tried with the
very step that the game moves its hero by. Every press lasts CLUMSY_TICKS at least. Nodes bound it, not time.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntEnum
from math import lcm
from typing import NamedTuple

from .events import EventKind
from .mechanisms import COUNTER_BIT, GONE, Key, MovingPlatform, floor_counter
from .motion import SUB, Body, Button, Mode, Motion, Place, State, step
from .roles import TILE
from .terrain import DEADLY_KIND, ONE_WAY_KIND, SOLID_KIND, Terrain

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
WHIP_REACH_PX = 48
"""Walls farther away are not whipped at."""

_RIGHT, _LEFT, _UP, _DOWN, _JUMP, _WHIP = (
    int(b) for b in (Button.RIGHT, Button.LEFT, Button.UP, Button.DOWN, Button.JUMP, Button.WHIP)
)
_STAND, _AIR = int(Mode.STAND), int(Mode.AIR)


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

    __slots__ = ("airborne", "begun", "fell", "keys", "left", "masks", "motion", "over", "place", "state")

    def __init__(self, place: Place, motion: Motion, state: State) -> None:
        self.place, self.motion, self.state = place, motion, state
        self.begun = state
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
        while not self.over and self.state.body.mode == _AIR:
            if not self.press(buttons):
                return
        while not self.over and not self.at_rest:
            if not self.press(0):
                return

    @property
    def at_rest(self) -> bool:
        """Whether it stands and no press is left over."""
        body = self.state.body
        return body.mode == _STAND and not body.jump_held and not body.whip_held and not body.whip_tick


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
            if not self.interior.platforms or self.rides(state):
                for act, direction, trial in self._trials(state):
                    self._connect(node, act, direction, trial)
                continue
            timed = []
            for act, direction, trial in self._trials(state):
                if self._sight.sweeps_meet(trial):
                    timed.append((act, direction))
                else:
                    self._connect(node, act, direction, trial)
            if timed:
                known: set[int] = set()
                for tick in range(0, self.period, WAIT_TICKS):
                    for act, direction, trial in self._trials(state._replace(room_tick=tick)):
                        if (act, direction) not in timed:
                            continue
                        to = self._connect(node, act, direction, trial, tick, known)
                        if to is not None and not self.rides(trial.state):
                            known.add(to)

    def _connect(  # noqa: PLR0917 - an edge's own fields
        self, node: int, act: Act, direction: int, trial: Trial, at: int = -1, known: Iterable[int] = ()
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
        stand, and a platform's clock is a multiple of WAIT_TICKS."""
        if self.interior.floors and not self.gives_way(trial.state):
            while any(0 < c < GONE for c in self._counters(trial.state.flags)) and trial.press(0):
                pass
        while trial.at_rest and trial.state.room_tick % WAIT_TICKS and self.rides(trial.state):
            if not trial.press(0):
                return
        if not trial.at_rest:
            trial.settle()

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
        """Whether a body stands on nothing but a platform."""
        return bool(self.interior.platforms) and not self._carried(self.interior.terrain(state.flags), state)

    def _carried(self, terrain: Terrain, state: State) -> bool:
        x_px, y_px, half = state.body.x_sub // SUB, state.body.y_sub // SUB, self.motion.half_width_px
        return y_px % TILE == 0 and any(
            terrain.kind(at // TILE, y_px // TILE) in (SOLID_KIND, ONE_WAY_KIND)
            for at in (x_px - half, x_px + half - 1)
        )

    def _trials(self, state: State) -> list[tuple[Act, int, Trial]]:
        """Everything worth trying from a node."""
        place, motion = self.place, self.motion
        found: list[tuple[Act, int, Trial]] = []
        x_px, y_px = state.body.x_sub // SUB, state.body.y_sub // SUB
        jumps = x_px % WALK_PX == 0
        committed = self.gives_way(state)
        for direction, mask in ((1, _RIGHT), (-1, _LEFT)):
            if committed and direction != state.body.facing:
                continue
            walk = Trial(place, motion, state)
            before = x_px
            while walk.press(mask) and not walk.fell:
                now = walk.state.body.x_sub // SUB
                if len(walk.masks) >= CLUMSY_TICKS and (now % WALK_PX == 0 or now == before):
                    break  # or it met a wall
                before = now
            if not walk.fell:
                found.append((Act.WALK, direction, walk))
                jumps = jumps or walk.state.body.x_sub == state.body.x_sub  # with the back to a wall
                continue
            if len(walk.masks) > CLUMSY_TICKS:
                # The edge itself is a node: the farthest jumps start there.
                edge = Trial(place, motion, state)
                for _ in range(len(walk.masks) - 1):
                    edge.press(mask)
                found.append((Act.WALK, direction, edge))
            else:
                jumps = True
                late = Trial(place, motion, state)
                for _ in walk.masks:
                    late.press(mask)
                if motion.coyote_ticks and not late.over:
                    for _ in range(CLUMSY_TICKS):
                        late.press(mask | _JUMP)
                    late.settle(mask)
                    found.append((Act.LATE_JUMP, direction, late))
            while len(walk.masks) < CLUMSY_TICKS and walk.press(mask):
                pass
            walk.settle()
            found.append((Act.FALL, direction, walk))
        if self.interior.stairs:
            found += self._stairs(state)
        if self.interior.walls:
            found += self._whips(state)
        if self.rides(state):
            wait = Trial(place, motion, state)
            for _ in range(WAIT_TICKS):
                wait.press(0)
            found.append((Act.WAIT, 0, wait))
        if jumps:
            for direction in (state.body.facing,) if committed else (1, -1, 0):
                if not self._sight.dull(x_px, y_px, direction):
                    found.append((Act.JUMP, direction, jump(place, motion, state, direction)))
        return found

    def _stairs(self, state: State) -> list[tuple[Act, int, Trial]]:
        found = []
        for mask in (_UP, _DOWN):
            trial = Trial(self.place, self.motion, state)
            trial.press(mask)
            body = trial.state.body
            if body.mode == Mode.CROUCH or (body.x_sub == state.body.x_sub and body.mode == _STAND):
                continue
            while trial.press(mask) and (trial.state.body.mode == Mode.STAIRS or len(trial.masks) < 2 * TILE):
                if trial.state.body.mode == _STAND and trial.state.body.y_sub != state.body.y_sub:
                    break
            trial.settle()
            found.append((Act.STAIRS, 1 if mask == _UP else -1, trial))
        return found

    def _whips(self, state: State) -> list[tuple[Act, int, Trial]]:
        found = []
        x_px, y_px = state.body.x_sub // SUB, state.body.y_sub // SUB
        for wall in self.interior.walls:
            left, right = wall.column * TILE, (wall.column + wall.w) * TILE
            near = left - WHIP_REACH_PX < x_px < right + WHIP_REACH_PX
            high = wall.row * TILE < y_px and y_px - 2 * TILE < (wall.row + wall.h) * TILE
            if state.flags >> wall.bit & 1 or not near or not high:
                continue
            direction = 1 if x_px < (left + right) // 2 else -1
            trial = Trial(self.place, self.motion, state)
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

    def sweeps_meet(self, trial: Trial) -> bool:
        """Whether a platform could have been met on the way of a trial, whenever it began."""
        x_px, y_px = trial.begun.body.x_sub // SUB, trial.begun.body.y_sub // SUB
        to_x, to_y = trial.state.body.x_sub // SUB, trial.state.body.y_sub // SUB
        half, high = self.motion.half_width_px + 2, sum(self.motion.jump_curve_px) + 2
        reach = self.motion.walk_sub * 2 * len(self.motion.jump_curve_px) // SUB if trial.airborne else 0
        return any(
            min(x_px, to_x) - half - reach < right
            and max(x_px, to_x) + half + reach > left
            and min(y_px, to_y) - high * trial.airborne <= bottom
            and max(y_px, to_y) >= top
            and (trial.airborne or y_px != to_y or any(y_px == edge for edge in (top, bottom)))
            for left, top, right, bottom in self.sweeps
        )

    def dull(self, x_px: int, y_px: int, direction: int) -> bool:
        """True where a jump can only end on the floor that walking reaches as fast."""
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
