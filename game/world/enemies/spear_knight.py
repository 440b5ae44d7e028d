"""The spear knight walks his beat, and thrusts at who comes near. After a blow he holds his shield up for a
while: from the front nothing harms him then."""

from __future__ import annotations

from collections.abc import Sequence

from generator.motion import SUB

from .enemy import Enemy, Scene
from .paces import fall, walk

WALK_SUB = SUB // 2
"""How far he walks in a tick. (ours)"""
SEES_PX, LEVEL_PX = 52, 20
"""How near a hero is, ahead and in height, whom he thrusts at. (ours)"""
AIM_TICKS, THRUST_TICKS, REST_TICKS, GUARD_TICKS = 24, 18, 28, 40
"""How long he draws back, holds the spear out, gets his breath, and holds up the shield. (ours)"""
REACH_PX = 20
"""How much farther his spear reaches than he does, in a thrust."""
WALKING, AIMING, THRUSTING, RESTING, GUARDING = range(5)
_TICKS = {AIMING: AIM_TICKS, THRUSTING: THRUST_TICKS, RESTING: REST_TICKS, GUARDING: GUARD_TICKS}
_NEXT = {AIMING: THRUSTING, THRUSTING: RESTING, RESTING: WALKING, GUARDING: WALKING}


def move(enemy: Enemy, scene: Scene) -> Sequence[Enemy]:
    """One tick."""
    enemy.clock += 1
    if enemy.phase == WALKING:
        ahead = scene.side(enemy) == enemy.facing and scene.away_px(enemy) <= SEES_PX
        if ahead and scene.level_with(enemy, LEVEL_PX):
            enemy.begin(AIMING)
        else:
            walk(enemy, scene.terrain, WALK_SUB, minds_edges=True)
            return ()
    elif enemy.clock >= _TICKS[enemy.phase]:
        enemy.begin(_NEXT[enemy.phase])
    if enemy.phase == GUARDING:
        enemy.facing = scene.side(enemy)
    fall(enemy, scene.terrain)
    return ()
