"""What happened in a tick, for ears and eyes: cues are heard, sparks are seen."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from generator.motion import Event, EventKind, State
from generator.motion.interior import Interior
from generator.motion.mechanisms import cells
from generator.nes.roles import TILE

from .enemies import Enemy, armour, great_bat, shade
from .enemies.missiles import MISSILES

LOCKED_EVERY_TICKS = 40
"""A locked door that is pushed at is heard once in so many ticks. (ours)"""
LOCK_FRAME_TICKS = 6
SPARK_TICKS = {
    "hit_spark": 8,
    "clang_spark": 10,
    "flame": 24,
    "debris": 32,
    "crumble_dust": 24,
    "lock_open": 4 * LOCK_FRAME_TICKS,
    "splash": 24,
    "candle_bit": 28,
    "points": 44,
    "glint": 10,
    "hurt_spark": 8,
    "dust": 18,
    "scuff": 12,
    "jolt": 14,
    "quake": 48,
}
"""How long each kind of spark lasts."""
JOLTS = ("jolt", "quake")
"""The kinds that are felt: the view shakes."""
HEAVY_BARS = 4
"""A blow that takes so many bars jolts the view. (ours)"""

CUE_OF_EVENT = {
    EventKind.JUMPED: "jump",
    EventKind.LANDED: "land",
    EventKind.LANDED_HARD: "land",
    EventKind.WHIPPED: "whip",
    EventKind.DIED: "death",
    EventKind.EXITED: "clear",
    EventKind.ENTERED: "door",  # through a lock only: an open way makes no sound
    EventKind.MOUNTED: "stairs",
    EventKind.STEPPED: "stairs",
    EventKind.DISMOUNTED: "stairs",
    EventKind.BROKE: "break",
    EventKind.KEY: "key",
    EventKind.UNLOCKED: "unlock",
    EventKind.LOCKED: "locked",
    EventKind.CRUMBLED: "crumble",
    EventKind.COLLAPSED: "break",
    EventKind.BOARDED: "platform",
}
SECRET = "secret"
"""The cue after a wall has broken."""
BURSTS, FALL = "burst", "fall"
"""The cues of a flask that breaks, and of a foe that falls; of a boss it is its kind and `_fall`."""
ATTACKS = {
    ("great_bat", great_bat.SWOOPING): "great_bat_attack",
    ("armour", armour.SWINGING): "armour_attack",
    ("shade", shade.OPEN): "shade_attack",
}
"""What is heard of a boss that begins to do something."""


class Cue(NamedTuple):
    """Something that is heard. Kinds are those of CUE_OF_EVENT, SECRET, BURSTS, FALL and
    ATTACKS; hit, clang, hurt, candle, splash; a second weapon that is thrown; a missile; what
    `items.pick_up` and `treasures.take` say; a boss and `_fall`."""

    kind: str
    x_px: int
    y_px: int


class Spark(NamedTuple):
    """Something that is seen for a while: a flame, a stone, points that were won. It does nothing."""

    kind: str
    x_px: int
    y_px: int
    born_tick: int
    side: int = 1
    """The way it faces."""
    worth: int = 0
    """Points that were won, where it shows them."""


def cues_of(events: Iterable[Event], interior: Interior) -> list[Cue]:
    """The cues of a step that began in a room."""
    cues = []
    for event in events:
        kind = CUE_OF_EVENT.get(event.kind)
        if kind is None or (event.kind == EventKind.ENTERED and not _locks(interior, event)):
            continue
        cues.append(Cue(kind, event.x_px, event.y_px))
        if event.kind == EventKind.BROKE:
            cues.append(Cue(SECRET, event.x_px, event.y_px))
    return cues


def cues_of_foes(phases: Iterable[tuple[Enemy, int]], enemies: Iterable[Enemy]) -> list[Cue]:
    """What is heard of foes after they have moved. `phases`: bosses, and what each was doing before."""
    loose = {e.kind: Cue(e.kind, e.x_px, e.y_px) for e in enemies if e.kind in MISSILES and not e.tick}
    begun = [boss for boss, phase in phases if boss.phase != phase and (boss.kind, boss.phase) in ATTACKS]
    return [*loose.values(), *(Cue(ATTACKS[b.kind, b.phase], b.x_px, b.middle_px) for b in begun)]


def sparks_of(before: State, flags: int, interior: Interior, tick: int) -> list[Spark]:
    """The sparks of a step in a room that left these flags: stones, dust, a door that opens."""
    if flags == before.flags:
        return []
    sparks = []
    for wall in interior.walls:
        if (flags & ~before.flags) >> wall.bit & 1:
            sparks += [_in_cell("debris", cell, tick) for cell in cells(wall)]
    fresh = interior.gone(flags) & ~interior.gone(before.flags)
    for number, floor in enumerate(interior.floors):
        if fresh >> number & 1:
            sparks += [_in_cell("crumble_dust", cell, tick) for cell in cells(floor)]
    for passage, lock in zip(interior.passages, interior.locks, strict=True):
        if lock is not None and (flags & ~before.flags) >> lock.bit & 1:
            x_px = door_x(interior, passage.side)
            sparks.append(Spark("lock_open", x_px, (passage.row + 1) * TILE, tick, passage.side))
    for key in interior.keys:
        if (flags & ~before.flags) >> key.bit & 1:
            sparks.append(Spark("glint", key.x_px, key.y_px, tick))
    return sparks


def door_x(interior: Interior, side: int) -> int:
    """The middle of a door in a side of a room, px: it stands in the room's outermost column."""
    return interior.right_px - TILE // 2 if side > 0 else interior.left_px + TILE // 2


def _in_cell(kind: str, cell: tuple[int, int], tick: int) -> Spark:
    column, row = cell
    return Spark(kind, column * TILE + TILE // 2, (row + 1) * TILE, tick)


def _locks(interior: Interior, entered: Event) -> bool:
    """Whether the way by which a room was left has a lock."""
    side = 1 if entered.x_px >= interior.right_px else -1
    return any(
        lock is not None and passage.side == side and (passage.row + 1) * TILE == entered.y_px
        for passage, lock in zip(interior.passages, interior.locks, strict=True)
    )
