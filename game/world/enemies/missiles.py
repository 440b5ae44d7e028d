"""What enemies throw and spit: it is an enemy itself, and a blow of the whip ends it."""

from __future__ import annotations

from collections.abc import Sequence

from generator.motion import SOLID_KIND, SUB
from generator.nes.roles import TILE

from .enemy import Enemy, Scene, Traits

MISSILES = {
    "bone": Traits(2, 10, 1, 4, 4, stands=False, drops=False),
    "spit": Traits(2, 10, 1, 3, 3, stands=False, drops=False),
    "fireball": Traits(2, 10, 1, 4, 4, stands=False, drops=False),
}
"""Their numbers. (ours)"""
BONE_GRAVITY_SUB = SUB * 3 // 16
"""How much faster a bone falls from tick to tick. (ours)"""
CHEST_PX = 18
"""Height over the hero's feet that fire is aimed at."""
LIFE_TICKS = 240


def thrown(kind: str, by: Enemy, above_px: int, vx_sub: int, vy_sub: int) -> Enemy:
    """A missile that leaves an enemy so far over its position, the way it faces."""
    traits = MISSILES[kind]
    y_sub = by.y_sub - above_px * SUB
    return Enemy(kind, traits, by.x_sub, y_sub, by.facing, traits.hits, by.facing * vx_sub, vy_sub)


def arc(enemy: Enemy, scene: Scene) -> Sequence[Enemy]:
    """One tick of what was lobbed."""
    enemy.vy_sub += BONE_GRAVITY_SUB
    return straight(enemy, scene)


def straight(enemy: Enemy, scene: Scene) -> Sequence[Enemy]:
    """One tick of what was shot: it ends at a wall."""
    enemy.x_sub += enemy.vx_sub
    enemy.y_sub += enemy.vy_sub
    wall = scene.terrain.kind(enemy.x_px // TILE, enemy.y_px // TILE) == SOLID_KIND
    enemy.gone = wall or enemy.tick > LIFE_TICKS
    return ()


def aimed(by: Enemy, scene: Scene, speed_sub: int, over_px: int = 0) -> Enemy:
    """A ball of fire from an enemy's middle towards the hero's chest, or so far over or under it."""
    traits = MISSILES["fireball"]
    x_px, y_px = by.x_px, by.middle_px
    dx, dy = scene.hero_x_px - x_px, scene.hero_y_px - CHEST_PX + over_px - y_px
    longer = max(abs(dx), abs(dy), 1)
    vx_sub, vy_sub = dx * speed_sub // longer, dy * speed_sub // longer
    facing = 1 if dx > 0 else -1
    return Enemy("fireball", traits, x_px * SUB, y_px * SUB, facing, traits.hits, vx_sub, vy_sub)
