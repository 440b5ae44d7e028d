"""Treasures: chests and better things that stand about, and roasts behind walls."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from generator.level import Level, Spawn
from generator.motion.interior import Interior
from generator.motion.mechanisms import stands_before

from .boxes import Box, around
from .hero import HEALTH_MAX, Hero

CHEST, GEM, ORB, CROWN = "treasure", "gem", "orb", "crown"
"""Looks of a treasure, the best last."""
POINTS: Mapping[str, int] = {CHEST: 1000, GEM: 2000, ORB: 3000, CROWN: 5000}
ROAST_HEALTH = 6
"""Bars of health that a roast gives."""
HALF_PX = 8
"""Half the side of a treasure's box."""

TREASURE_KINDS = (CHEST, "roast")
THINGS = ("candle", *TREASURE_KINDS)
"""Spawns that stand still; the others are enemies."""


class Treasure(NamedTuple):
    """It stands on the floor until it is touched. y: the floor."""

    kind: str
    look: str
    """What it is drawn as, which says what it is worth."""
    x_px: int
    y_px: int

    @property
    def box(self) -> Box:
        return around(self.x_px, self.y_px - HALF_PX, HALF_PX, HALF_PX)


def treasures_of(level: Level, room: int, spawns: tuple[Spawn, ...]) -> list[Treasure]:
    """The treasures of a room, one for each spawn of that kind.

    A room beside the way has its best at its end: a crown behind a wall that breaks, an orb elsewhere, and a
    gem before it.
    """
    interior = level.interiors[room]
    chests = [spawn for spawn in spawns if spawn.kind == CHEST]
    best: dict[Spawn, str] = {}
    if room and interior.exit is None and len(interior.passages) == 1:
        way = interior.passages[0]
        door_px = interior.right_px if way.side > 0 else interior.left_px
        farthest = sorted(chests, key=lambda spawn: -abs(spawn.x_px - door_px))
        secret = _is_secret(interior, level.interiors[way.to_room])
        best = dict(zip(farthest[:2], (CROWN if secret else ORB, GEM), strict=False))
    return [
        Treasure(spawn.kind, best.get(spawn, spawn.kind), spawn.x_px, spawn.y_px)
        for spawn in spawns
        if spawn.kind in TREASURE_KINDS
    ]


def _is_secret(interior: Interior, before: Interior) -> bool:
    """Whether a wall that breaks stands in the only way to a room, on either side of it."""
    way = interior.passages[0]
    return any(stands_before(wall, way, interior.room) for wall in (*interior.walls, *before.walls))


def points_of(treasure: Treasure) -> int:
    """What it is worth; nothing where it heals."""
    return 0 if treasure.kind == "roast" else POINTS[treasure.look]


def take(treasure: Treasure, hero: Hero) -> str:
    """Gives the hero what a treasure is worth; returns the cue's name."""
    if treasure.kind == "roast":
        hero.health = min(HEALTH_MAX, hero.health + ROAST_HEALTH)
    else:
        hero.win(points_of(treasure))
    return treasure.kind
