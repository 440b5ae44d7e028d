"""The great bat, a boss: it hangs, hovers over the hero, stands still in the air for a moment, and swoops
through where he is. When it has little left it spits now and then, on later stages from the beginning."""

from __future__ import annotations

from collections.abc import Sequence

from generator.motion import SUB

from .enemy import Enemy, Scene
from .missiles import aimed
from .paces import drift, wave

SEES_PX = 88
"""How near a hero is for whom it wakes. (ours)"""
HOVER_TICKS, AIM_TICKS, SWOOP_TICKS = 96, 40, 64
"""How long it hovers, stands still before a swoop, and swoops. (ours)"""
HOVER_SUB, SWOOP_SUB, CALM_SWOOP_SUB, RISE_SUB = SUB * 5 // 8, SUB * 9 // 8, SUB, SUB
"""How far it flies in a tick. (ours)"""
HOVER_PX, BESIDE_PX, CHEST_PX = 60, 40, 18
"""How high over the hero's feet it hovers, and how far aside, within reach of a whip in a jump; what it
swoops at."""
CALMER_TICKS, HARDER_FROM = 36, 6
"""Ticks that it hovers longer below the hardness HARDER_FROM; from there on it spits while it is strong, too.
(ours)"""
SWOOPS_A_SPIT = 2
SPIT_SUB = SUB * 3 // 2
WAVE = wave(6, 48)
HANGING, HOVERING, AIMING, SWOOPING, RISING = range(5)


def move(enemy: Enemy, scene: Scene) -> Sequence[Enemy]:
    """One tick."""
    enemy.clock += 1
    terrain = scene.terrain
    if enemy.phase == HANGING:
        if scene.away_px(enemy) <= SEES_PX or enemy.hits < enemy.traits.hits:
            enemy.begin(HOVERING)
        return ()
    enemy.facing = scene.side(enemy)
    if enemy.phase == HOVERING:
        bob = WAVE[enemy.tick % len(WAVE)]
        rise = scene.hero_y_px - HOVER_PX + bob - enemy.y_px
        vy_sub = 0 if abs(rise) < 2 else HOVER_SUB if rise > 0 else -HOVER_SUB
        beside = scene.hero_x_px - enemy.facing * BESIDE_PX - enemy.x_px
        vx_sub = 0 if abs(beside) < 2 else HOVER_SUB if beside > 0 else -HOVER_SUB
        drift(enemy, terrain, vx_sub, vy_sub)
        if enemy.clock >= HOVER_TICKS + (CALMER_TICKS if scene.hard < HARDER_FROM else 0):
            enemy.begin(AIMING)
    elif enemy.phase == AIMING:
        if enemy.clock >= AIM_TICKS:
            dx, dy = scene.hero_x_px - enemy.x_px, scene.hero_y_px - CHEST_PX - enemy.y_px
            longer = max(abs(dx), abs(dy), 1)
            speed_sub = SWOOP_SUB if scene.hard >= HARDER_FROM else CALM_SWOOP_SUB
            enemy.vx_sub, enemy.vy_sub = dx * speed_sub // longer, dy * speed_sub // longer
            enemy.begin(SWOOPING)
    elif enemy.phase == SWOOPING:
        drift(enemy, terrain, enemy.vx_sub, enemy.vy_sub)  # along walls: no corner is safe
        if enemy.clock >= SWOOP_TICKS:
            enemy.begin(RISING)
            enemy.line_sub += 1
    else:
        up = drift(enemy, terrain, -enemy.facing * HOVER_SUB, -RISE_SUB)
        high = enemy.y_px <= scene.hero_y_px - HOVER_PX
        if high or (not up and enemy.clock > HOVER_TICKS // 2):
            enemy.begin(HOVERING)
            weak, hard = enemy.hits * 2 <= enemy.traits.hits, scene.hard >= HARDER_FROM
            if enemy.line_sub % SWOOPS_A_SPIT == 0 and (weak or hard):
                return [aimed(enemy, scene, SPIT_SUB)]
    return ()
