"""The count's shade, the last boss: it stands where it was not, opens its cloak, and fire comes out; then it
is gone again. When it has little left it throws more and stays away for a shorter time."""

from __future__ import annotations

from collections.abc import Sequence

from generator.motion import SUB
from generator.nes.roles import TILE

from .enemy import Enemy, Scene
from .missiles import aimed
from .paces import fall, on_ground

SEES_PX = 112
"""How near a hero is for whom it begins. (ours)"""
COME_TICKS, RAISE_TICKS, OPEN_TICKS, AWAY_TICKS, SHORT_AWAY_TICKS = 30, 28, 44, 64, 36
"""How long it takes to come, lifts its arms, stands with its cloak open, and is away. (ours)"""
FIRE_SUB = SUB * 5 // 4
SPREADS, MORE_SPREADS = (-28, 0, 28), (-48, -16, 16, 48)
"""How far over and under the hero the fire is aimed, px. (ours)"""
LEAST_AWAY_PX, MOST_AWAY_PX = 56, 120
"""How near to the hero and how far from him it comes back. (ours)"""
WAITING, COMING, RAISING, OPEN, AWAY = range(5)


def move(enemy: Enemy, scene: Scene) -> Sequence[Enemy]:
    """One tick."""
    enemy.clock += 1
    weak = enemy.hits * 2 <= enemy.traits.hits
    if enemy.phase == WAITING:
        fall(enemy, scene.terrain)
        if scene.away_px(enemy) <= SEES_PX or enemy.hits < enemy.traits.hits:
            enemy.begin(RAISING)
    elif enemy.phase == COMING:
        if enemy.clock >= COME_TICKS:
            enemy.begin(RAISING)
    elif enemy.phase == RAISING:
        enemy.facing = scene.side(enemy)
        if enemy.clock >= RAISE_TICKS:
            enemy.begin(OPEN)
            return [aimed(enemy, scene, FIRE_SUB, up) for up in (MORE_SPREADS if weak else SPREADS)]
    elif enemy.phase == OPEN:
        if enemy.clock >= OPEN_TICKS:
            enemy.begin(AWAY)
    elif enemy.clock >= (SHORT_AWAY_TICKS if weak else AWAY_TICKS):
        _come_back(enemy, scene)
        enemy.begin(COMING)
    return ()


def _come_back(enemy: Enemy, scene: Scene) -> None:
    """Puts it onto ground near the hero, on either side; where there is none, it comes back where it was."""
    terrain = scene.terrain
    left, top = terrain.origin
    before = enemy.x_sub, enemy.y_sub
    away_px = scene.chance.between(LEAST_AWAY_PX, MOST_AWAY_PX)
    side = scene.chance.choice((-1, 1))
    for way in (side, -side):
        column = (scene.hero_x_px + way * away_px) // TILE
        if not left + 1 < column < left + terrain.width - 2:
            continue
        for row in range(top + terrain.height - 1, top + 4, -1):
            enemy.x_sub, enemy.y_sub = (column * TILE + TILE // 2) * SUB, row * TILE * SUB
            high = range(row - 3, row)
            if on_ground(enemy, terrain) and not any(terrain.kind(column, at) == 1 for at in high):
                return
    enemy.x_sub, enemy.y_sub = before
