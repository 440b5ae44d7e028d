"""The count of points for a cleared stage: time becomes score, then hearts do."""

from __future__ import annotations

from dataclasses import dataclass

from ..world import World
from ..world.world import TIME_TICKS

TIME_POINTS, HEART_POINTS = 10, 100
"""Points for a unit of time and for a heart. (hearts: FACTS)"""
ROOM_POINTS = 500
"""Points for a room of the castle without end, where nothing is counted."""
TIME_A_TICK = 4
"""Units of time that are counted in a tick."""
HEART_TICKS = 4
"""Ticks from one heart to the next."""


@dataclass
class Counted:
    """What was counted so far."""

    time: int = 0
    """Units of time."""
    hearts: int = 0


def count(world: World, tick: int, counted: Counted) -> bool:
    """Counts a little; False where there was nothing to count. `tick`: ticks since it last counted."""
    hero = world.hero
    if world.time_left:
        units = min(TIME_A_TICK, world.time_left)
        world.tick += units * TIME_TICKS
        counted.time += units
        hero.win(units * TIME_POINTS)
    elif hero.hearts and tick % HEART_TICKS == 0:
        hero.hearts -= 1
        counted.hearts += 1
        hero.win(HEART_POINTS)
    else:
        return False
    return True
