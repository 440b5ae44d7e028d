"""The enemies: who walks, who flies, who leaps out of the water. One file a behaviour, one entry a kind."""

from .enemy import Enemy, Scene, Traits
from .table import ENEMIES, awaken, enemy_of, harm_box, is_there, move, take_blow

__all__ = [
    "ENEMIES",
    "Enemy",
    "Scene",
    "Traits",
    "awaken",
    "enemy_of",
    "harm_box",
    "is_there",
    "move",
    "take_blow",
]
