"""The slime crawls along the ground, and gathers itself for a leap when the hero is near."""

from __future__ import annotations

from collections.abc import Sequence

from generator.motion import SUB

from .enemy import Enemy, Scene
from .paces import leap, walk

CRAWL_SUB = SUB // 4
"""How far it crawls in a tick. (ours)"""
SEES_PX, LEVEL_PX = 40, 24
"""How near a hero is, sideways and in height, whom it leaps at. (ours)"""
GATHER_TICKS, REST_TICKS = 24, 60
"""How long it gathers itself, and crawls before it leaps again. (ours)"""
LEAP_VX_SUB, LEAP_VY_SUB = SUB, -SUB * 5 // 2
"""Speeds of its leap. (ours)"""
CRAWLING, GATHERING, LEAPING = range(3)


def move(enemy: Enemy, scene: Scene) -> Sequence[Enemy]:
    """One tick."""
    enemy.clock += 1
    if enemy.phase == LEAPING:
        if leap(enemy, scene.terrain):
            enemy.begin(CRAWLING)
    elif enemy.phase == GATHERING:
        if enemy.clock >= GATHER_TICKS:
            enemy.facing = scene.side(enemy)
            enemy.vx_sub, enemy.vy_sub = enemy.facing * LEAP_VX_SUB, LEAP_VY_SUB
            enemy.begin(LEAPING)
    else:
        near = scene.away_px(enemy) <= SEES_PX and scene.level_with(enemy, LEVEL_PX)
        if near and enemy.vy_sub == 0 and (enemy.clock >= REST_TICKS or enemy.tick == enemy.clock):
            enemy.begin(GATHERING)
        else:
            walk(enemy, scene.terrain, CRAWL_SUB, minds_edges=True)
    return ()
