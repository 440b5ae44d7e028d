"""The proof that a level can be completed, by search with the very step that the game moves its hero by.

A node is a place to stand: 12x28 px of body at rest. Its edges are things a player does: walk on to the next
8 px or to the edge, step off, jump, jump just after the edge. Dijkstra's algorithm in ticks visits every node
that can be reached; the path to the door is the level's certificate. Backwards from the door, every node must
be able to reach it: a pocket that one can fall into but not leave is a dead end. Nodes bound it, not time.
"""

from __future__ import annotations

from dataclasses import dataclass
from heapq import heappop, heappush

from .layout import LAST_ATTEMPT, Structure, lay_out
from .motion import (
    DEADLY_KIND,
    NES_MOTION,
    ONE_WAY_KIND,
    SOLID_KIND,
    SUB,
    Body,
    Button,
    EventKind,
    Mode,
    Motion,
    Place,
    State,
    spawn,
    step,
)
from .roles import TILE

WALK_PX = 8
"""Jumps start at multiples of this and at edges. (ours: half a tile; fair jumps have windows of 7 px)"""
MAX_NODES = 20_000
"""The default bound; a stage of 16 screens has about 2,500 nodes."""
MAX_ARC_TICKS = 600
"""Longest single action; falling through 256 rows takes less."""

_RIGHT, _LEFT, _JUMP = int(Button.RIGHT), int(Button.LEFT), int(Button.JUMP)


@dataclass(frozen=True)
class Proof:
    """What a search found out about a place."""

    certificate: bytes
    """One button mask a tick from `motion.spawn` until EXITED."""
    footholds: tuple[tuple[int, int], ...]
    """(x, y) of the feet at every place to stand that can be reached, px, sorted."""
    nodes: int
    """Places that were searched from."""
    dead_ends: int
    """How many of them the exit cannot be reached from."""
    trapped: tuple[tuple[int, int], ...] = ()
    """Those places, px."""


def replay(place: Place, motion: Motion, certificate: bytes) -> State | None:
    """The state in which the certificate's last tick exits, or None where it does not."""
    state = spawn(place)
    for at, buttons in enumerate(certificate):
        state, events = step(place, motion, state, buttons)
        if any(event.kind == EventKind.EXITED for event in events):
            return state if at == len(certificate) - 1 else None
    return None


class _Action:
    """Presses buttons from a standing state on and keeps what it took."""

    __slots__ = ("fell", "masks", "place", "result", "rules", "state")

    def __init__(self, place: Place, rules: Motion, state: State) -> None:
        self.place, self.rules, self.state = place, rules, state
        self.masks = bytearray()
        self.fell = False
        self.result = ""  # "exited" or "died" where it is over

    def press(self, buttons: int) -> bool:
        """One tick; False where the action is over."""
        self.state, events = step(self.place, self.rules, self.state, buttons)
        self.masks.append(buttons)
        for event in events:
            if event.kind == EventKind.EXITED:
                self.result = "exited"
                return False
            if event.kind == EventKind.DIED:
                self.result = "died"
                return False
            if event.kind == EventKind.FELL:
                self.fell = True
        return len(self.masks) < MAX_ARC_TICKS

    def settle(self, buttons: int = 0) -> None:
        """Holds the buttons while in the air, and none until the body can act again."""
        while self.state.body.mode == Mode.AIR:
            if not self.press(buttons):
                return
        while self.state.body.mode != Mode.STAND or self.state.body.jump_held:
            if not self.press(0):
                return


class _Search:
    """The graph of one place, filled while it is searched."""

    def __init__(self, place: Place, motion: Motion) -> None:
        self.place, self.motion = place, motion
        terrain = place.interiors[0].whole
        self.reach_columns = (
            motion.walk_sub * 2 * len(motion.jump_curve_px) // SUB + 2 * motion.half_width_px
        ) // TILE + 1
        self.reach_rows = sum(motion.jump_curve_px) // TILE
        # A byte a tile where a body could land: carried from below and not walled in. Empty border of the
        # jump's size, so that no look-up needs bounds.
        self.margin = self.reach_columns + 1
        width, height = terrain.width, terrain.height
        self.stride = width + 2 * self.margin
        self.above = self.reach_rows + 1
        surfaces = bytearray((height + self.above + 2) * self.stride)
        carrying = bytearray(len(surfaces))
        deadly = bytearray(len(surfaces))
        for row in range(height):
            for column in range(width):
                at = (row + self.above) * self.stride + column + self.margin
                kind = terrain.kind(column, row)
                carries = kind in (SOLID_KIND, ONE_WAY_KIND)
                carrying[at] = carries
                deadly[at] = kind == DEADLY_KIND
                surfaces[at] = carries and terrain.kind(column, row - 1) != SOLID_KIND
        self.surfaces, self.carrying, self.deadly = bytes(surfaces), bytes(carrying), bytes(deadly)
        self.nothing = bytes(self.margin)
        self.everything = bytes([1]) * self.margin

    def dull(self, x_px: int, y_px: int, direction: int) -> bool:
        """True where a jump can only end on the floor that walking reaches as fast."""
        left = x_px - self.motion.half_width_px
        right = x_px + self.motion.half_width_px - 1
        first = left // TILE if direction > 0 else right // TILE - self.reach_columns
        row = y_px // TILE + self.above
        at = row * self.stride + first + self.margin
        length = self.reach_columns + 1
        if direction:
            if self.carrying[at : at + length] != self.everything[:length]:
                return False
        else:
            at = row * self.stride + left // TILE + self.margin
            length = right // TILE - left // TILE + 1
        if self.deadly[at - self.stride : at - self.stride + length] != self.nothing[:length]:
            return False
        for _ in range(self.reach_rows):
            at -= self.stride
            if self.surfaces[at : at + length] != self.nothing[:length]:
                return False
        return True

    def actions(self, state: State) -> list[_Action]:
        """Everything worth doing from a standing state; each ends standing, exited, died, or unfinished."""
        place, motion = self.place, self.motion
        found = []
        x_px, y_px = state.body.x_sub // SUB, state.body.y_sub // SUB
        jumps_from_here = x_px % WALK_PX == 0
        for mask in (_RIGHT, _LEFT):
            walk = _Action(place, motion, state)
            while True:
                before = walk.state
                going = walk.press(mask)
                now = walk.state.body.x_sub // SUB
                if not going or walk.fell or now % WALK_PX == 0 or walk.state.body.x_sub == before.body.x_sub:
                    break
            if not walk.fell or walk.result:
                if walk.result or walk.state.body.x_sub != state.body.x_sub:
                    found.append(walk)
            elif len(walk.masks) > 1:
                # The edge itself is a node: the farthest jumps start there, and stepping off it is an action.
                edge = _Action(place, motion, state)
                for _ in range(len(walk.masks) - 1):
                    edge.press(mask)
                found.append(edge)
            else:
                jumps_from_here = True
                late = _Action(place, motion, state)
                late.press(mask)
                walk.settle()
                found.append(walk)
                if motion.coyote_ticks:
                    late.press(mask | _JUMP)
                    late.settle(mask)
                    found.append(late)
        if not jumps_from_here:
            return found
        for direction, mask in ((1, _RIGHT), (-1, _LEFT), (0, 0)):
            if not self.dull(x_px, y_px, direction):
                jump = _Action(place, motion, state)
                if jump.press(mask | _JUMP):
                    jump.settle(mask)
                found.append(jump)
        return found


def prove(
    place: Place, motion: Motion = NES_MOTION, max_nodes: int = MAX_NODES, *, everywhere: bool = False
) -> Proof | None:
    """Searches the place from its start; None where the exit is not reached within `max_nodes`.

    With `everywhere`, places to stand that the start does not lead to are searched too, and may be dead ends
    as well: where there are none, not even a blow of an enemy can throw a body to where it cannot leave.
    """
    search = _Search(place, motion)
    start = spawn(place)
    states: list[State] = []
    index: dict[tuple[int, int], int] = {}
    parents: list[tuple[int, bytes]] = []
    into: list[list[int]] = []
    exits: list[int] = []
    best: tuple[int, int, bytes] | None = None
    queue: list[tuple[int, int]] = []
    ticks: list[int] = []
    done: list[bool] = []

    def visit(state: State, cost: int, parent: int, masks: bytes) -> int:
        key = (state.body.x_sub, state.body.y_sub)
        node = index.get(key)
        if node is None:
            node = index[key] = len(states)
            states.append(state)
            parents.append((parent, masks))
            into.append([])
            ticks.append(cost)
            done.append(False)
            heappush(queue, (cost, node))
        elif cost < ticks[node] and not done[node]:
            states[node], parents[node], ticks[node] = state, (parent, masks), cost
            heappush(queue, (cost, node))
        if parent >= 0:
            into[node].append(parent)
        return node

    def explore() -> bool:
        nonlocal best
        while queue:
            cost, node = heappop(queue)
            if done[node]:
                continue
            if node >= max_nodes:
                return False
            done[node] = True
            for action in search.actions(states[node]):
                after = cost + len(action.masks)
                if action.result == "exited":
                    exits.append(node)
                    if best is None or after < best[0]:
                        best = (after, node, bytes(action.masks))
                elif not action.result and action.state.body.mode == Mode.STAND:
                    visit(action.state, after, node, bytes(action.masks))
        return True

    first = _Action(place, motion, start)
    first.settle()
    if first.result or first.masks:
        return None  # the start is no place to stand
    visit(start, 0, -1, b"")
    if not explore() or best is None:
        return None
    reached = len(states)
    winner = best
    if everywhere:
        for x_px, y_px in standing_places(place, motion):
            if (x_px * SUB, y_px * SUB) not in index:
                visit(State(0, 0, Body(x_px * SUB, y_px * SUB)), 0, -1, b"")
        if not explore():
            return None

    masks, node = [winner[2]], winner[1]
    while node >= 0:
        node, before = parents[node]
        masks.append(before)
    certificate = b"".join(reversed(masks))
    leads_out = [False] * len(states)
    stack = list(exits)
    while stack:
        node = stack.pop()
        if not leads_out[node]:
            leads_out[node] = True
            stack.extend(into[node])
    keys = list(index)
    trapped = tuple(
        sorted((x // SUB, y // SUB) for (x, y), out in zip(keys, leads_out, strict=True) if not out)
    )
    footholds = tuple(sorted((x // SUB, y // SUB) for x, y in keys[:reached]))
    return Proof(certificate, footholds, len(states), len(trapped), trapped)


def standing_places(place: Place, motion: Motion = NES_MOTION) -> list[tuple[int, int]]:
    """(x, y) of the feet, px, in the middle of every tile that carries a body and leaves it room."""
    terrain = place.interiors[0].whole
    rows_above = -(-motion.height_px // TILE)
    return [
        (column * TILE + TILE // 2, row * TILE)
        for row in range(1, terrain.height)
        for column in range(terrain.width)
        if terrain.kind(column, row) in (SOLID_KIND, ONE_WAY_KIND)
        and terrain.kind(column, row - 1) not in (SOLID_KIND, DEADLY_KIND)
        and all(terrain.kind(column, row - up) != SOLID_KIND for up in range(2, rows_above + 1))
    ]


def build_structure(
    seed: int, stage: int, difficulty: int = 1, motion: Motion = NES_MOTION, mode: str = "castle"
) -> tuple[Structure, Proof]:
    """A stage's structure with its proof: attempts until one has no dead end; the last cannot fail.

    Raises RuntimeError where even the plain last attempt fails: a motion that cannot walk up a step.
    """
    for attempt in range(LAST_ATTEMPT + 1):
        structure = lay_out(seed, mode, difficulty, stage, attempt)
        if structure is None:
            continue
        proof = prove(structure, motion, everywhere=True)
        if proof is not None and not proof.dead_ends:
            return structure, proof
    raise RuntimeError(f"seed {seed}, stage {stage}: this motion cannot even complete the plain layout")
