"""The zombie walks on and on, down from ledges too."""

from __future__ import annotations

from collections.abc import Sequence

from generator.motion import SUB

from .enemy import Enemy, Scene
from .paces import walk

WALK_SUB = SUB // 2
"""How far it walks in a tick. (ours: half the hero's walk)"""


def move(enemy: Enemy, scene: Scene) -> Sequence[Enemy]:
    """One tick."""
    walk(enemy, scene.terrain, WALK_SUB)
    return ()
