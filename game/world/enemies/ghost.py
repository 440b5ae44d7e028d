"""The ghost comes after the hero, slowly, as far as walls let it."""

from __future__ import annotations

from collections.abc import Sequence

from generator.motion import SUB

from .enemy import Enemy, Scene
from .paces import BOB, drift

SPEED_SUB = SUB * 3 // 8
"""How far it drifts in a tick, along each axis. (ours)"""
RECOIL_TICKS, RECOIL_SUB = 40, SUB // 2
"""How long a blow drives it back, and how fast. (ours)"""
CHEST_PX = 18
"""Height over his feet that it makes for."""


def move(enemy: Enemy, scene: Scene) -> Sequence[Enemy]:
    """One tick."""
    enemy.facing = scene.side(enemy)
    if 0 <= enemy.tick - enemy.struck_tick < RECOIL_TICKS and enemy.struck_tick >= 0:
        drift(enemy, scene.terrain, -enemy.facing * RECOIL_SUB, 0)
        return ()
    rise = scene.hero_y_px - CHEST_PX + BOB[enemy.tick % len(BOB)] - enemy.y_px
    vx_sub = enemy.facing * SPEED_SUB if scene.away_px(enemy) > 1 else 0
    vy_sub = 0 if abs(rise) < 2 else SPEED_SUB if rise > 0 else -SPEED_SUB
    drift(enemy, scene.terrain, vx_sub, vy_sub)
    return ()
