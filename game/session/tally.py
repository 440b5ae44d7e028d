"""What a cleared stage is worth: time becomes score, then hearts do."""

from __future__ import annotations

from ..world.world import TIME_TICKS, World

TIME_POINTS, HEART_POINTS = 10, 100
"""Of a unit of time and of a heart when a stage is cleared. (hearts: FACTS)"""
ROOM_POINTS = 500
"""Of a room of the castle without end, in which nothing is counted."""
TIME_A_TICK = 4
"""Units that are counted at once."""
HEART_TICKS = 4
"""From one heart to the next."""


def count(world: World, tick: int) -> bool:
    """Counts a little, so many ticks after it last did; False where there was nothing to count yet."""
    hero = world.hero
    if world.time_left:
        units = min(TIME_A_TICK, world.time_left)
        world.tick += units * TIME_TICKS
        hero.score += units * TIME_POINTS
    elif hero.hearts and tick % HEART_TICKS == 0:
        hero.hearts -= 1
        hero.score += HEART_POINTS
    else:
        return False
    return True
