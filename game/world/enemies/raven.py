"""The raven sits until the hero is near, rises, hangs in the air, and swoops at where he is."""

from __future__ import annotations

from collections.abc import Sequence

from generator.motion import SUB

from .enemy import Enemy, Scene
from .paces import drift

SEES_PX = 96
"""How near a hero is for whom it rises. (ours)"""
RISE_TICKS, HANG_TICKS, SWOOP_TICKS = 24, 28, 56
"""How long it rises, hangs and swoops at most. (ours)"""
RISE_SUB, SWOOP_SUB = SUB, SUB * 7 // 4
"""How fast it rises, and how fast it swoops. (ours)"""
CHEST_PX = 20
"""Height over his feet that it makes for."""
PERCHED, RISING, HANGING, SWOOPING = range(4)


def move(enemy: Enemy, scene: Scene) -> Sequence[Enemy]:
    """One tick."""
    enemy.clock += 1
    if enemy.phase == PERCHED:
        if scene.away_px(enemy) <= SEES_PX:
            enemy.begin(RISING)
    elif enemy.phase == RISING:
        enemy.facing = scene.side(enemy)
        if not drift(enemy, scene.terrain, 0, -RISE_SUB) or enemy.clock >= RISE_TICKS:
            enemy.begin(HANGING)
    elif enemy.phase == HANGING:
        enemy.facing = scene.side(enemy)
        if enemy.clock >= HANG_TICKS:
            _aim(enemy, scene)
            enemy.begin(SWOOPING)
    elif not drift(enemy, scene.terrain, enemy.vx_sub, enemy.vy_sub) or enemy.clock >= SWOOP_TICKS:
        enemy.begin(RISING)
    return ()


def _aim(enemy: Enemy, scene: Scene) -> None:
    """Sets its speeds so that it comes by where the hero is now, at SWOOP_SUB along the longer way."""
    dx, dy = scene.hero_x_px - enemy.x_px, scene.hero_y_px - CHEST_PX - enemy.y_px
    longer = max(abs(dx), abs(dy), 1)
    enemy.vx_sub, enemy.vy_sub = dx * SWOOP_SUB // longer, dy * SWOOP_SUB // longer
