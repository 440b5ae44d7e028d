"""Levels without art: how they are played depends on none."""

from __future__ import annotations

import numpy as np

from ..layout.stages import Stage
from ..level import LEVEL_VERSION, Level
from ..motion import NES_MOTION
from ..nes.palette import BLACK
from ..nes.roles import TILE
from ..tiles.bank import Bank


def bare_level(
    built: Stage, seed: int, stage: int, difficulty: int, mode: str = "castle", *, art: int = 0
) -> Level:
    """A stage of these integers as a level of which nothing can be drawn."""
    structure = built.structure
    nothing = np.full(structure.roles.shape, -1, np.int16)
    bank = Bank(
        np.zeros((0, TILE, TILE), np.uint8), np.full((4, 4), BLACK), np.zeros(0, np.uint8),
        np.zeros(0, np.uint8), np.zeros(0, np.float32), np.zeros((0, 4), np.int64),
    )  # fmt: skip
    return Level(
        version=LEVEL_VERSION, seed=seed, mode=mode, difficulty=difficulty, stage=stage, art=art,
        network="", roles=structure.roles, tiles=nothing, backdrop=nothing, far=nothing,
        bank=bank, rooms=structure.rooms, mechanisms=structure.mechanisms, spawns=structure.spawns,
        start=structure.start, exit=structure.exit, certificate=built.proof.certificate, motion=NES_MOTION,
    )  # fmt: skip
