"""The armour, a boss that comes in pairs: it walks up to the hero, lifts its sword, and swings it wide. When
it has little left it walks faster and lifts it quicker."""

from __future__ import annotations

from collections.abc import Sequence

from generator.motion import SUB

from .enemy import Enemy, Scene
from .paces import fall, walk

WALK_SUB, FAST_SUB = SUB * 3 // 8, SUB * 5 // 8
"""How far it walks in a tick. (ours)"""
SEES_PX, NEAR_PX, LEVEL_PX = 112, 40, 40
"""How near a hero is for whom it begins to walk, and at whom it swings; how much higher he may be. One who is
out of its reach it does not wait for: it paces to and fro. (ours)"""
LIFT_TICKS, FAST_LIFT_TICKS, SWING_TICKS, REST_TICKS = 30, 20, 16, 38
"""How long it lifts the sword, holds it out, and rests. (ours)"""
REACH_PX = 24
"""How much farther its sword reaches than it does, in a swing."""
STANDING, WALKING, LIFTING, SWINGING, RESTING = range(5)


def move(enemy: Enemy, scene: Scene) -> Sequence[Enemy]:
    """One tick."""
    enemy.clock += 1
    weak = enemy.hits * 2 <= enemy.traits.hits
    if enemy.phase == STANDING:
        if scene.away_px(enemy) <= SEES_PX or enemy.hits < enemy.traits.hits:
            enemy.begin(WALKING)
    elif enemy.phase == WALKING:
        reaches = scene.level_with(enemy, LEVEL_PX)
        if reaches:
            enemy.facing = scene.side(enemy)
        if reaches and scene.away_px(enemy) <= NEAR_PX:
            enemy.begin(LIFTING)
        else:
            walk(enemy, scene.terrain, FAST_SUB if weak else WALK_SUB, minds_edges=True)
            return ()
    elif enemy.phase == LIFTING:
        if enemy.clock >= (FAST_LIFT_TICKS if weak else LIFT_TICKS):
            enemy.begin(SWINGING)
    elif enemy.phase == SWINGING:
        if enemy.clock >= SWING_TICKS:
            enemy.begin(RESTING)
    elif enemy.clock >= REST_TICKS:
        enemy.begin(WALKING)
    fall(enemy, scene.terrain)
    return ()
