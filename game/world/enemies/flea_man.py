"""The flea man crouches, and hops at the hero, low or high."""

from __future__ import annotations

from collections.abc import Sequence

from generator.motion import SUB

from .enemy import Enemy, Scene
from .paces import fall, leap

WAIT_TICKS = (12, 40)
"""Shortest and longest time between two hops. (ours)"""
HOPS = ((SUB * 3 // 2, -SUB * 5 // 2), (SUB, -SUB * 9 // 2), (SUB * 5 // 4, -SUB * 7 // 2))
"""Speeds of its hops, forwards and up; no hop is as wide as three tiles. (ours)"""
CROUCHED, HOPPING = range(2)


def move(enemy: Enemy, scene: Scene) -> Sequence[Enemy]:
    """One tick."""
    enemy.clock += 1
    if enemy.phase == HOPPING:
        if leap(enemy, scene.terrain):
            enemy.begin(CROUCHED)
            enemy.clock = -scene.chance.between(*WAIT_TICKS)
    elif fall(enemy, scene.terrain) and enemy.clock >= 0:
        enemy.facing = scene.side(enemy)
        aside, up = scene.chance.choice(HOPS)
        enemy.vx_sub, enemy.vy_sub = enemy.facing * aside, up
        enemy.begin(HOPPING)
    return ()
