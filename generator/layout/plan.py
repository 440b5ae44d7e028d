"""Plans of stages: rooms on a grid of screens, the way through them, and what lies beside the way.

The way leads from the start through strips (one screen high) and tall rooms to the boss and the exit. Tall
rooms have more sides than the way needs; there branches begin. One of them holds the key to a locked door
farther on, one lies behind a wall that breaks, others hold rewards.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from ..constraints import ConstraintError
from ..level.codes import STAGES
from ..rng import Pcg32

LEAST_SCREENS, MOST_SCREENS = 12, 20
"""Screens of a stage. (DESIGN)"""
LEAST_BRANCHED, LEAST_WHOLE = 10, 4
"""Screens of the smallest stage that has branches, and of the smallest at all: start, arena and vestibule."""
TRIES = 400
"""Drawings of a plan before it is given up; one in about three works out."""
REST, CLIMB, DANGER = range(3)
"""Tensions of a room."""
RHYTHM = (CLIMB, DANGER, REST, DANGER, CLIMB, DANGER, REST)
"""The wanted tension of room after room."""
SUITS = (6, 3, 1)
"""How likely a kind of room is, by how far its tension is from the wanted one."""
FAVOURITE = 4
"""How many times as likely a kind is in a wing of its own."""
RECENTLY = 4
"""How many times less likely a kind is that was there before; twice in a row it does not come."""


class RoomKind(NamedTuple):
    """One kind of room."""

    sizes: tuple[tuple[int, int], ...]
    """Width and height, screens."""
    tension: int


OUTDOORS = {
    "courtyard": RoomKind(((2, 1),), REST),
    "graveyard": RoomKind(((2, 1),), REST),
    "rampart": RoomKind(((2, 1),), CLIMB),
}
"""Strips under the sky."""
STRIPS = {
    "corridor": RoomKind(((1, 1), (2, 1)), REST),
    "colonnade": RoomKind(((2, 1),), REST),
    "ledges": RoomKind(((2, 1),), CLIMB),
    "storeys": RoomKind(((2, 1),), CLIMB),
    "cave": RoomKind(((2, 1),), CLIMB),
    "bridge": RoomKind(((2, 1),), DANGER),
    "planks": RoomKind(((2, 1),), DANGER),
    "machinery": RoomKind(((2, 1),), DANGER),
    "gauntlet": RoomKind(((2, 1),), DANGER),
    "pillars": RoomKind(((2, 1),), DANGER),
}
"""Rooms one screen high."""
TALL = {
    "stairwell": RoomKind(((1, 2), (1, 3)), REST),
    "tower": RoomKind(((1, 2), (1, 3)), CLIMB),
    "hall": RoomKind(((2, 2),), REST),
    "shaft": RoomKind(((1, 2),), DANGER),
}
"""Rooms of two or three screens above one another."""
ONE_SCREEN = RoomKind(((1, 1),), REST)
CHAMBERS = dict.fromkeys(("treasury", "chapel", "arena", "vestibule"), ONE_SCREEN)
"""Rooms of one screen with a purpose of their own in the plan."""
ROOM_KINDS = OUTDOORS | STRIPS | TALL | CHAMBERS

WINGS: dict[str, tuple[str, ...]] = {
    "gate": ("corridor", "ledges", "bridge", "colonnade", "stairwell", "tower"),
    "hall": ("colonnade", "storeys", "corridor", "planks", "hall", "stairwell"),
    "crypt": ("corridor", "gauntlet", "planks", "pillars", "stairwell", "shaft"),
    "cave": ("cave", "bridge", "pillars", "ledges", "tower", "shaft"),
    "works": ("machinery", "planks", "gauntlet", "storeys", "shaft", "stairwell"),
    "keep": ("colonnade", "machinery", "gauntlet", "storeys", "tower", "hall"),
}
"""What the six stages of a castle are laid out as, in their order, each with the kinds of rooms that are its
own. What they look like: THEMES in `look/themes.py`."""
assert len(WINGS) == STAGES


class PlannedRoom(NamedTuple):
    """A room on the grid of screens."""

    kind: str
    """One of ROOM_KINDS."""
    x: int
    y: int
    w: int
    h: int
    """x, y, w and h are in screens."""
    purpose: str
    """"start", "way", "boss", "exit", "key", "secret" or "reward"."""

    @property
    def outdoors(self) -> bool:
        """Whether it is under the sky."""
        return self.kind in OUTDOORS


class Join(NamedTuple):
    """A way between two rooms, through the side of both at one row of screens."""

    room: int
    side: int
    """1 = the right side of `room`, -1 = its left side."""
    y: int
    to_room: int
    locked: bool = False
    secret: bool = False
    """Whether it is behind a wall that breaks, in `room`."""


@dataclass(frozen=True)
class Plan:
    """Rooms in the order of their making: first the start, then the way, then its branches."""

    wing: str
    """One of WINGS."""
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

    def open(self, *, locks: bool, walls: bool) -> Plan:
        """The same without locks, or without walls that break, or without both: the ways are open."""
        joins = (
            join._replace(locked=join.locked and not locks, secret=join.secret and not walls)
            for join in self.joins
        )
        return replace(self, joins=tuple(joins))


def wing_of(stage: int) -> str:
    """The wing of a stage; in the castle without end they come round again."""
    return tuple(WINGS)[(stage - 1) % STAGES]


def make_plan(rng: Pcg32, stage: int, hard: int, most: int = MOST_SCREENS) -> Plan:
    """A plan of so many screens at most; one of fewer than LEAST_BRANCHED has no branches.

    Raises ConstraintError where none fits; RuntimeError where none works out, which has not been seen.
    """
    if most < LEAST_WHOLE:
        raise ConstraintError(f"most_screens: {most} are too few for a castle's stage; give it {LEAST_WHOLE}")
    for _ in range(TRIES):
        plan = _Sketch(rng, wing_of(stage), hard).draw(most)
        if plan is not None:
            return plan
    raise RuntimeError("no plan worked out")


def own_plan(rng: Pcg32, stage: int, kinds: Sequence[str], most: int | None) -> Plan:
    """A plan of rooms of these kinds, one after the other, of so many screens at most.

    Raises ConstraintError for kinds that do not exist, or do not fit.
    """
    check_kinds(kinds, ROOM_KINDS)
    least = sum(min(w * h for w, h in ROOM_KINDS[kind].sizes) for kind in kinds)
    if most is not None and least > most:
        raise ConstraintError(f"most_screens: these rooms have {least} screens at least, not {most}")
    for _ in range(TRIES):
        plan = _Sketch(rng, wing_of(stage), 0).follow(kinds)
        if plan is not None and (most is None or plan.screens <= most):
            return plan
    raise ConstraintError("rooms: they get into each other's way; take fewer tall ones")


def check_kinds(kinds: Sequence[str], known: Iterable[str]) -> None:
    """Raises ConstraintError where a kind of room is not among those known."""
    for kind in kinds:
        if kind not in known:
            raise ConstraintError(f"rooms: {kind!r} cannot be here; write {', '.join(known)}")


def kind_for(rng: Pcg32, kinds: Iterable[str], wanted: int, wing: str, recent: Sequence[str]) -> str:
    """One of these kinds of rooms, for a wanted tension, in a wing, after those of late."""
    names = tuple(kinds)
    weights = []
    for name in names:
        weight = SUITS[abs(ROOM_KINDS[name].tension - wanted)]
        if name in WINGS[wing]:
            weight *= FAVOURITE
        if name in recent:
            weight = 0 if name == recent[-1] else weight // RECENTLY
        weights.append(weight)
    return names[rng.weighted(weights) if sum(weights) else 0]


def endless_plan(rng: Pcg32, number: int) -> Plan:
    """One room of the castle without end: from a start at its lower left to a door at its upper right."""
    wanted = RHYTHM[number % len(RHYTHM)]
    kinds = STRIPS | TALL | OUTDOORS
    kind = tuple(kinds)[rng.weighted([SUITS[abs(kind.tension - wanted)] for kind in kinds.values()])]
    w, h = rng.choice(kinds[kind].sizes)
    return Plan(wing_of(1 + number // len(RHYTHM)), (PlannedRoom(kind, 0, 0, w, h, "start"),), ())


class _Sketch:
    """One try at a plan."""

    def __init__(self, rng: Pcg32, wing: str, hard: int) -> None:
        self.rng, self.wing, self.hard = rng, wing, hard
        self.rooms: list[PlannedRoom] = []
        self.joins: list[Join] = []
        self.taken: set[tuple[int, int]] = set()
        self.recent: list[str] = []

    def draw(self, most: int) -> Plan | None:
        """The plan of so many screens at most, or None where it does not work out."""
        rng = self.rng
        branched = most >= LEAST_BRANCHED
        outdoors = tuple(OUTDOORS)
        kind = rng.choice(outdoors[:2] if self.wing == "gate" else (*outdoors, "corridor", "colonnade"))
        self._put(PlannedRoom(kind, 0, 0, *ROOM_KINDS[kind].sizes[-1], "start"))
        at, side, y = 0, 1, 0
        beat = rng.below(len(RHYTHM))
        # All other rooms have 6 screens, those without branches 4; these have 2 on the mean.
        room = (most - (6 if branched else 4)) // 2
        length = min(rng.between(5, 6) + min(self.hard, 4) // 3, room)
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
        if branched and not self._branch_out(len(self.rooms)):
            return None
        plan = self._plan()
        least = min(LEAST_SCREENS, max(most - LEAST_WHOLE, LEAST_WHOLE))
        return plan if least <= plan.screens <= most else None

    def follow(self, kinds: Sequence[str]) -> Plan | None:
        """The plan of rooms of these kinds, one after the other, or None where it does not work out."""
        w, h = self.rng.choice(ROOM_KINDS[kinds[0]].sizes)
        self._put(PlannedRoom(kinds[0], 0, 0, w, h, "start"))
        at, side, y = 0, 1, 0
        for number, kind in enumerate(kinds[1:], 1):
            purpose = {"arena": "boss"}.get(kind, "exit" if number == len(kinds) - 1 else "way")
            found = self._append(kind, at, side, y, purpose)
            if found is None:
                return None
            at, side, y = found
        return self._plan()

    def _plan(self) -> Plan:
        """What is drawn so far, its upper left room at 0, 0."""
        left, top = min(r.x for r in self.rooms), min(r.y for r in self.rooms)
        rooms = tuple(r._replace(x=r.x - left, y=r.y - top) for r in self.rooms)
        joins = tuple(j._replace(y=j.y - top) for j in self.joins)
        return Plan(self.wing, rooms, joins)

    def _kind(self, kinds: dict[str, RoomKind], wanted: int) -> str:
        """One of these kinds of rooms, for a wanted tension."""
        return kind_for(self.rng, kinds, wanted, self.wing, self.recent)

    def _fits(self, room: PlannedRoom) -> bool:
        """Whether all screens of a room are free."""
        return not self.taken & _screens(room)

    def _put(self, room: PlannedRoom) -> int:
        """Adds a room; returns its number."""
        self.taken |= _screens(room)
        self.rooms.append(room)
        return len(self.rooms) - 1

    def _append(self, kind: str, at: int, side: int, y: int, purpose: str) -> tuple[int, int, int] | None:
        """Adds a room beside another; returns its number, and the side and row of screens where the way goes
        on. None where there is no room for it."""
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
        """Adds key and lock, the secret and rewards; False where there is no room for the first three."""
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
            for at, side, y in free:
                if purpose == "key" and at > lock_at:
                    continue
                if self._grow(at, side, y, purpose):
                    free.remove((at, side, y))
                    break
            else:
                if purpose in ("key", "secret"):
                    return False
        for number, join in enumerate(self.joins):
            if join.room == lock_at and join.to_room == lock_at + 1:
                self.joins[number] = join._replace(locked=True)
        return True

    def _free_sides(self, way: int) -> list[tuple[int, int, int]]:
        """Room, side and row of screens of every place where a branch can begin."""
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
        """Adds a branch of one room, or of two where a strip comes before the reward; False where it does not
        fit."""
        rng = self.rng
        before = self.rooms[at]
        chain = ["chapel" if purpose == "key" else "treasury"]
        edge = before.x + before.w if side > 0 else before.x
        if rng.chance(1, 3) and purpose != "secret":
            chain.insert(0, self._kind(STRIPS, CLIMB))
        rooms = []
        for kind in chain:
            w, h = ROOM_KINDS[kind].sizes[-1]
            rooms.append(PlannedRoom(kind, edge if side > 0 else edge - w, y, w, h, purpose))
            edge += side * w
        if not all(self._fits(room) for room in rooms):
            return False
        for room in rooms:
            number = self._put(room)
            self.joins.append(Join(at, side, y, number, secret=purpose == "secret"))
            at = number
        return True


def _screens(room: PlannedRoom) -> set[tuple[int, int]]:
    """Column and row of a room's screens."""
    return {(room.x + i, room.y + j) for j in range(room.h) for i in range(room.w)}
