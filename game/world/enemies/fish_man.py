"""The fish man leaps out of the water when the hero comes by, walks after him and spits."""

from __future__ import annotations

from collections.abc import Sequence

from generator.motion import SUB

from .enemy import Enemy, Scene
from .missiles import thrown
from .paces import leap, walk

SEES_PX = 72
"""How near a hero is for whom it comes out. (ours)"""
LEAP_VY_SUB = -6 * SUB
"""How fast it leaves the water: 70 px up. (ours)"""
LEAP_VX_SUB = SUB * 3 // 4
"""How fast it comes towards him, in the air and on its feet. (ours)"""
SPIT_EVERY_TICKS, SPIT_VX_SUB, MOUTH_PX = 110, SUB * 3 // 2, 24
"""From one ball of fire to the next, its speed, and the height of the mouth over the feet. (ours)"""
LURKING, LEAPING, WALKING = range(3)


def move(enemy: Enemy, scene: Scene) -> Sequence[Enemy]:
    """One tick."""
    terrain = scene.terrain
    enemy.clock += 1
    if enemy.phase == LURKING:
        if scene.away_px(enemy) <= SEES_PX:
            enemy.facing = scene.side(enemy)
            enemy.vx_sub, enemy.vy_sub = enemy.facing * LEAP_VX_SUB, LEAP_VY_SUB
            enemy.begin(LEAPING)
        return ()
    if enemy.phase == LEAPING:
        if leap(enemy, terrain):
            enemy.vx_sub = 0
            enemy.begin(WALKING)
    else:
        if enemy.clock % SPIT_EVERY_TICKS == 0:
            enemy.facing = scene.side(enemy)
            return (thrown("spit", enemy, MOUTH_PX, SPIT_VX_SUB, 0),)
        walk(enemy, terrain, LEAP_VX_SUB)
    return ()
