"""The skeleton keeps its distance and lobs bones."""

from __future__ import annotations

from collections.abc import Sequence

from generator.motion import SUB

from .enemy import Enemy, Scene
from .missiles import thrown
from .paces import walk

NEAR_PX, FAR_PX = 60, 120
"""It steps back from a hero who is nearer, and comes after one who is farther. (FACTS)"""
WALK_SUB, RETREAT_SUB = SUB * 5 // 8, SUB * 3 // 8
"""How far it walks in a tick, and how far it steps back: a hero who walks at it reaches it. (ours)"""
STROLL_TICKS = 32
"""How long it paces to one side, and then to the other, where the distance is right. (ours)"""
THROW_EVERY_TICKS, RAISED_TICKS = 96, 20
"""From one bone to the next, and how long before a throw the arm is seen raised. (ours)"""
BONE_VX_SUB, BONE_VY_SUB = SUB * 5 // 4, -4 * SUB
"""How fast a bone is thrown. (ours: over a hero who ducks, onto one who stands 100 px away)"""
THROW_FROM_PX = 24
"""Height of its hand over its feet."""
WALKING, RAISED = range(2)


def move(enemy: Enemy, scene: Scene) -> Sequence[Enemy]:
    """One tick."""
    enemy.clock += 1
    if enemy.phase == RAISED:
        enemy.facing = scene.side(enemy)
        if enemy.clock < RAISED_TICKS:
            return ()
        enemy.begin(WALKING)
        return (thrown("bone", enemy, THROW_FROM_PX, BONE_VX_SUB, BONE_VY_SUB),)
    if enemy.clock >= THROW_EVERY_TICKS - RAISED_TICKS and enemy.vy_sub == 0:
        enemy.begin(RAISED)
        return ()
    away, side = scene.away_px(enemy), scene.side(enemy)
    if away < NEAR_PX:
        enemy.facing = -side
    elif away > FAR_PX:
        enemy.facing = side
    else:
        enemy.facing = 1 if enemy.tick // STROLL_TICKS % 2 else -1
    speed_sub = RETREAT_SUB if away < NEAR_PX else WALK_SUB
    walk(enemy, scene.terrain, speed_sub, minds_edges=True)
    return ()
