"""Every kind of cue that the world can tell."""

from __future__ import annotations

import ast
from pathlib import Path

import game.world
from game.world.cues import ATTACKS, BURSTS, CUE_OF_EVENT, FALL, SECRET
from game.world.enemies.missiles import MISSILES
from game.world.items import ITEM, RARE
from game.world.treasures import TREASURE_KINDS
from game.world.weapons import WEAPONS
from generator.level.level import BOSS_KINDS


def kinds_of_cues() -> set[str]:
    """Those of tables, and those that are written where a cue is made; but what items say."""
    told = {*CUE_OF_EVENT.values(), *ATTACKS.values(), *MISSILES, *WEAPONS, *TREASURE_KINDS, "hurt"}
    told |= {SECRET, BURSTS, FALL, *(f"{kind}_fall" for kind in BOSS_KINDS)}
    for path in Path(game.world.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Cue":
                kind = node.args[0]
                told |= {str(kind.value)} if isinstance(kind, ast.Constant) else set()
    return told


ITEMS = (
    "heart_small", "heart_large", "money", "boss_orb", "whip_upgrade", "item_double", "item_triple", *RARE,
    *(ITEM + weapon for weapon in WEAPONS),
)  # fmt: skip
"""Every kind of item."""
