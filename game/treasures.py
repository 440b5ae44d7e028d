"""What stands about to be had: chests and crowns, and roasts behind walls."""

from __future__ import annotations

from typing import NamedTuple

from generator.level import Spawn

from .boxes import Box, around
from .hero import HEALTH_MAX, Hero

TREASURE_POINTS = 1000
ROAST_HEALTH = 6
"""Bars."""
HALF_PX = 8

TREASURE_KINDS = ("treasure", "roast")
THINGS = ("candle", *TREASURE_KINDS)
"""Spawns that stand still; the others are enemies."""


class Treasure(NamedTuple):
    """Stands on the floor until it is touched. y: the floor."""

    kind: str
    x_px: int
    y_px: int

    @property
    def box(self) -> Box:
        return around(self.x_px, self.y_px - HALF_PX, HALF_PX, HALF_PX)


def treasure_of(spawn: Spawn) -> Treasure:
    """What a spawn of TREASURE_KINDS puts there."""
    return Treasure(spawn.kind, spawn.x_px, spawn.y_px)


def take(treasure: Treasure, hero: Hero) -> str:
    """Gives the hero what it is worth; the cue's name."""
    if treasure.kind == "roast":
        hero.health = min(HEALTH_MAX, hero.health + ROAST_HEALTH)
    else:
        hero.score += TREASURE_POINTS
    return treasure.kind
