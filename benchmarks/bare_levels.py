"""Stages without art: what is measured of play alone needs none."""

from __future__ import annotations

import numpy as np

from generator.layout.stages import Stage
from generator.level import LEVEL_VERSION, Level
from generator.motion import NES_MOTION
from generator.nes.palette import BLACK
from generator.nes.roles import TILE
from generator.tiles.bank import Bank


def bare_level(built: Stage, seed: int, stage: int, difficulty: int) -> Level:
    """A stage of these integers as a level that nothing is drawn of."""
    structure = built.structure
    nothing = np.full(structure.roles.shape, -1, np.int16)
    bank = Bank(
        np.zeros((0, TILE, TILE), np.uint8), np.full((4, 4), BLACK), np.zeros(0, np.uint8),
        np.zeros(0, np.uint8), np.zeros(0, np.float32), np.zeros((0, 4), np.int64),
    )  # fmt: skip
    return Level(
        version=LEVEL_VERSION, seed=seed, mode="castle", difficulty=difficulty, stage=stage, art=0,
        network="", roles=structure.roles, tiles=nothing, backdrop=nothing, far=nothing,
        bank=bank, rooms=structure.rooms, mechanisms=structure.mechanisms, spawns=structure.spawns,
        start=structure.start, exit=structure.exit, certificate=built.proof.certificate, motion=NES_MOTION,
    )  # fmt: skip
