"""The plan of a stage: rooms on a grid of screens, the way through them, and what lies beside the way.

The way leads from the start through strips (one screen high) and tall rooms to the boss and the exit. Tall
rooms have more sides than the way needs: there branches begin. One of them holds the key to a locked door
farther on, one lies behind a wall that breaks, others hold rewards.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from ..level.codes import STAGES
from ..rng import Pcg32

LEAST_SCREENS, MOST_SCREENS = 12, 20
"""Of a stage. (DESIGN)"""
TRIES = 400
"""Drawings of a plan before it is given up; one in about three works out."""


class RoomKind(NamedTuple):
    """One kind of room: its sizes in screens, and where it suits."""

    sizes: tuple[tuple[int, int], ...]
    tension: int  # 0 rest, 1 to climb, 2 to die of
    outdoors: bool = False


ROOM_KINDS: dict[str, RoomKind] = {
    "courtyard": RoomKind(((2, 1),), 0, outdoors=True),
    "graveyard": RoomKind(((2, 1),), 0, outdoors=True),
    "rampart": RoomKind(((2, 1),), 1, outdoors=True),
    "corridor": RoomKind(((1, 1), (2, 1)), 0),
    "colonnade": RoomKind(((2, 1),), 0),
    "ledges": RoomKind(((2, 1),), 1),
    "storeys": RoomKind(((2, 1),), 1),
    "cave": RoomKind(((2, 1),), 1),
    "bridge": RoomKind(((2, 1),), 2),
    "planks": RoomKind(((2, 1),), 2),
    "machinery": RoomKind(((2, 1),), 2),
    "gauntlet": RoomKind(((2, 1),), 2),
    "pillars": RoomKind(((2, 1),), 2),
    "stairwell": RoomKind(((1, 2), (1, 3)), 0),
    "tower": RoomKind(((1, 2), (1, 3)), 1),
    "hall": RoomKind(((2, 2),), 0),
    "shaft": RoomKind(((1, 2),), 2),
    "treasury": RoomKind(((1, 1),), 0),
    "chapel": RoomKind(((1, 1),), 0),
    "arena": RoomKind(((1, 1),), 0),
    "vestibule": RoomKind(((1, 1),), 0),
}
"""Every kind of room. The last four have a place of their own in the plan."""
STRIPS = (
    "corridor", "colonnade", "ledges", "storeys", "cave",
    "bridge", "planks", "machinery", "gauntlet", "pillars",
)  # fmt: skip
TALL = ("stairwell", "tower", "hall", "shaft")
OUTDOORS = ("courtyard", "graveyard", "rampart")

WINGS: dict[str, tuple[str, ...]] = {
    "gate": ("corridor", "ledges", "bridge", "colonnade", "stairwell", "tower"),
    "hall": ("colonnade", "storeys", "corridor", "planks", "hall", "stairwell"),
    "crypt": ("corridor", "gauntlet", "planks", "pillars", "stairwell", "shaft"),
    "cave": ("cave", "bridge", "pillars", "ledges", "tower", "shaft"),
    "works": ("machinery", "planks", "gauntlet", "storeys", "shaft", "stairwell"),
    "keep": ("colonnade", "machinery", "gauntlet", "storeys", "tower", "hall"),
}
"""The six stages of a castle, each with the kinds that are its own: they come up FAVOURITE times as often."""
assert len(WINGS) == STAGES
FAVOURITE = 4
RHYTHM = (1, 2, 0, 2, 1, 2, 0)
"""The tension of room after room."""


class PlannedRoom(NamedTuple):
    """A room on the grid of screens."""

    kind: str
    x: int
    y: int
    w: int
    h: int
    purpose: str  # "start", "way", "boss", "exit", "key", "secret", "reward"

    @property
    def outdoors(self) -> bool:
        """Whether it is under the sky."""
        return ROOM_KINDS[self.kind].outdoors


class Join(NamedTuple):
    """A way between two rooms, through the side of both at one row of screens."""

    room: int
    side: int  # of `room`: 1 right, -1 left
    y: int
    to_room: int
    locked: bool = False
    secret: bool = False  # behind a wall that breaks, in `room`


@dataclass(frozen=True)
class Plan:
    """Rooms in the order of their making: the start is the first; the way comes before its branches."""

    wing: str
    rooms: tuple[PlannedRoom, ...]
    joins: tuple[Join, ...]

    @property
    def screens(self) -> int:
        """How many screens its rooms have."""
        return sum(room.w * room.h for room in self.rooms)

    def openings(self, room: int) -> tuple[tuple[int, int], ...]:
        """(side, row of screens from the room's top) of every way into a room, sorted."""
        top = self.rooms[room].y
        found = [(j.side, j.y - top) for j in self.joins if j.room == room]
        found += [(-j.side, j.y - top) for j in self.joins if j.to_room == room]
        return tuple(sorted(found))


def wing_of(stage: int) -> str:
    """The theme of a stage; in the castle without end they come round again."""
    return tuple(WINGS)[(stage - 1) % STAGES]


def make_plan(rng: Pcg32, stage: int, hard: int) -> Plan:
    """A plan. Raises RuntimeError where none works out, which has not been seen."""
    for _ in range(TRIES):
        plan = _Sketch(rng, wing_of(stage), hard).draw()
        if plan is not None:
            return plan
    raise RuntimeError("no plan worked out")


def endless_plan(rng: Pcg32, number: int) -> Plan:
    """One room of the castle without end: from a start at its lower left to a door at its upper right."""
    wanted = RHYTHM[number % len(RHYTHM)]
    names = (*STRIPS, *TALL, *OUTDOORS)
    kind = names[rng.weighted([(6, 3, 1)[abs(ROOM_KINDS[name].tension - wanted)] for name in names])]
    w, h = rng.choice(ROOM_KINDS[kind].sizes)
    return Plan(wing_of(1 + number // len(RHYTHM)), (PlannedRoom(kind, 0, 0, w, h, "start"),), ())


class _Sketch:
    """One try at a plan."""

    def __init__(self, rng: Pcg32, wing: str, hard: int) -> None:
        self.rng, self.wing, self.hard = rng, wing, hard
        self.rooms: list[PlannedRoom] = []
        self.joins: list[Join] = []
        self.taken: set[tuple[int, int]] = set()
        self.recent: list[str] = []

    def draw(self) -> Plan | None:
        rng = self.rng
        kind = (
            rng.choice(OUTDOORS[:2])
            if self.wing == "gate"
            else rng.choice((*OUTDOORS, "corridor", "colonnade"))
        )
        w, h = ROOM_KINDS[kind].sizes[-1]
        self._put(PlannedRoom(kind, 0, 0, w, h, "start"))
        at, side, y = 0, 1, 0
        beat = rng.below(len(RHYTHM))
        length = rng.between(5, 6) + min(self.hard, 4) // 3
        talls = {1 + rng.below(2), 3 + rng.below(2)}
        for number in range(length):
            wanted = RHYTHM[(beat + number) % len(RHYTHM)]
            kind = self._kind(TALL if number in talls else STRIPS, wanted)
            found = self._append(kind, at, side, y, "way")
            if found is None:
                return None
            self.recent.append(kind)
            at, side, y = found
        for kind, purpose in (("arena", "boss"), ("vestibule", "exit")):
            found = self._append(kind, at, side, y, purpose)
            if found is None:
                return None
            at, side, y = found
        if not self._branch_out(len(self.rooms)):
            return None
        left, top = min(r.x for r in self.rooms), min(r.y for r in self.rooms)
        rooms = tuple(r._replace(x=r.x - left, y=r.y - top) for r in self.rooms)
        joins = tuple(j._replace(y=j.y - top) for j in self.joins)
        plan = Plan(self.wing, rooms, joins)
        return plan if LEAST_SCREENS <= plan.screens <= MOST_SCREENS else None

    def _kind(self, names: tuple[str, ...], wanted: int) -> str:
        weights = []
        for name in names:
            weight = (6, 3, 1)[abs(ROOM_KINDS[name].tension - wanted)]
            if name in WINGS[self.wing]:
                weight *= FAVOURITE
            if name in self.recent:
                weight = 0 if name == self.recent[-1] else weight // 4
            weights.append(weight)
        return names[self.rng.weighted(weights)] if sum(weights) else names[0]

    def _fits(self, room: PlannedRoom) -> bool:
        return not self.taken & set(_cells(room))

    def _put(self, room: PlannedRoom) -> int:
        self.taken.update(_cells(room))
        self.rooms.append(room)
        return len(self.rooms) - 1

    def _append(self, kind: str, at: int, side: int, y: int, purpose: str) -> tuple[int, int, int] | None:
        """A room beside another; returns it, and the side and row of screens where the way goes on."""
        rng = self.rng
        before = self.rooms[at]
        w, h = rng.choice(ROOM_KINDS[kind].sizes)
        x = before.x + before.w if side > 0 else before.x - w
        # A tall room is entered at one end and left at the other; the way may turn back there.
        enters = rng.choice((0, h - 1)) if h > 1 else 0
        leaves = h - 1 - enters if h > 1 else 0
        onward = -side if h > 1 and rng.chance(1, 3) else side
        room = PlannedRoom(kind, x, y - enters, w, h, purpose)
        if not self._fits(room):
            return None
        number = self._put(room)
        self.joins.append(Join(at, side, y, number))
        return number, onward, room.y + leaves

    def _branch_out(self, way: int) -> bool:
        """Key and lock, the secret, rewards; False where there is no room for them."""
        rng = self.rng
        # Not behind planks: who crossed them without the key could not go back for it.
        doors = [n for n in range(way // 2, way - 2) if self.rooms[n].kind != "planks"]
        if not doors:
            return False
        lock_at = rng.choice(doors)
        free = self._free_sides(way)
        rng.shuffle(free)
        wanted = ["key", "secret"] + ["reward"] * rng.below(2 + (self.hard > 2))
        for purpose in wanted:
            for place in free:
                at, side, y = place
                if purpose == "key" and at > lock_at:
                    continue
                if self._grow(at, side, y, purpose):
                    free.remove(place)
                    break
            else:
                if purpose in ("key", "secret"):
                    return False
        for number, join in enumerate(self.joins):
            if join.room == lock_at and join.to_room == lock_at + 1:
                self.joins[number] = join._replace(locked=True)
        return True

    def _free_sides(self, way: int) -> list[tuple[int, int, int]]:
        used = {(j.room, j.side, j.y) for j in self.joins} | {(j.to_room, -j.side, j.y) for j in self.joins}
        return [
            (number, side, room.y + row)
            for number, room in enumerate(self.rooms[:way])
            if room.purpose == "way" and room.kind in TALL
            for side in (-1, 1)
            for row in range(room.h)
            if (number, side, room.y + row) not in used
        ]

    def _grow(self, at: int, side: int, y: int, purpose: str) -> bool:
        """A branch of one room, or of two where a strip comes before the reward."""
        rng = self.rng
        before = self.rooms[at]
        end = "chapel" if purpose == "key" else "treasury"
        edge = before.x + before.w if side > 0 else before.x
        strip = self._kind(STRIPS, 1) if rng.chance(1, 3) and purpose != "secret" else ""
        chain = [strip, end] if strip else [end]
        rooms = []
        for kind in chain:
            w, h = ROOM_KINDS[kind].sizes[-1 if kind in STRIPS else 0]
            rooms.append(PlannedRoom(kind, edge if side > 0 else edge - w, y, w, h, purpose))
            edge += side * w
        if not all(self._fits(room) for room in rooms):
            return False
        for room in rooms:
            number = self._put(room)
            self.joins.append(Join(at, side, y, number, secret=purpose == "secret"))
            at = number
        return True


def _cells(room: PlannedRoom) -> list[tuple[int, int]]:
    return [(room.x + i, room.y + j) for j in range(room.h) for i in range(room.w)]


def to_ascii(plan: Plan) -> str:
    """A map: every screen as four characters by two rows, ways as gaps."""
    width = max(room.x + room.w for room in plan.rooms)
    height = max(room.y + room.h for room in plan.rooms)
    rows = [[" "] * (width * 5 + 1) for _ in range(height * 3 + 1)]
    for number, room in enumerate(plan.rooms):
        left, top, right, bottom = room.x * 5, room.y * 3, (room.x + room.w) * 5, (room.y + room.h) * 3
        for x in range(left, right + 1):
            rows[top][x] = rows[bottom][x] = "-"
        for y in range(top, bottom + 1):
            rows[y][left] = rows[y][right] = "|"
        for i, letter in enumerate(f"{number}{room.kind}"[: (right - left) - 1]):
            rows[top + 1][left + 1 + i] = letter
    for join in plan.joins:
        room = plan.rooms[join.room]
        x = (room.x + room.w) * 5 if join.side > 0 else room.x * 5
        rows[join.y * 3 + 2][x] = "L" if join.locked else "?" if join.secret else " "
    return "\n".join("".join(row).rstrip() for row in rows)
