"""The bat and the medusa head fly past in a wave, each in its own."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from generator.motion import SUB
from generator.nes.roles import TILE

from .enemy import Enemy, Scene
from .paces import is_open, wave

BAT_FLY_SUB, HEAD_FLY_SUB = SUB * 5 // 4, SUB
"""How far each flies in a tick."""
BAT_WAVE_PX, BAT_WAVE_TICKS = 9, 100
"""How far above and below its line a bat flies, and how long a wave takes. (FACTS)"""
HEAD_WAVE_PX, HEAD_WAVE_TICKS = 34, 100
"""The same of a medusa head. (its height: FACTS)"""
EDGE_COLUMNS = 2
"""Columns at a room's sides, its wall and what is next to it, that a flyer leaves the room by."""
BAT_WAVE, HEAD_WAVE = wave(BAT_WAVE_PX, BAT_WAVE_TICKS), wave(HEAD_WAVE_PX, HEAD_WAVE_TICKS)


def flying(speed_sub: int, heights: tuple[int, ...]) -> Callable[[Enemy, Scene], Sequence[Enemy]]:
    """A behaviour: straight on, in a wave round the line that the enemy began on. It turns at walls, flies
    along floors and ceilings, and is gone at the room's sides."""

    def move(enemy: Enemy, scene: Scene) -> Sequence[Enemy]:
        y_sub = enemy.line_sub + heights[enemy.tick % len(heights)] * SUB
        x_sub = enemy.x_sub + enemy.facing * speed_sub
        if is_open(enemy, scene.terrain, x_sub // SUB, y_sub // SUB):
            enemy.x_sub, enemy.y_sub = x_sub, y_sub
            return ()
        if is_open(enemy, scene.terrain, enemy.x_px, y_sub // SUB):
            enemy.y_sub = y_sub
        if is_open(enemy, scene.terrain, x_sub // SUB, enemy.y_px):
            enemy.x_sub = x_sub
        else:
            column, _ = scene.terrain.origin
            inside = enemy.x_px // TILE - column
            enemy.gone = not EDGE_COLUMNS <= inside < scene.terrain.width - EDGE_COLUMNS
            enemy.facing = -enemy.facing
        return ()

    return move
