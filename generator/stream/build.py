"""A level from a seed: structure and proof, dreams, tiles, dressing. The way of the data, in one function."""

from __future__ import annotations

import operator
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..dream.network import Networks
from ..layout.stages import build_stage
from ..level import LEVEL_VERSION, Level
from ..level.codes import CastleCode
from ..look.art import paint
from ..look.melt import Blend
from ..motion import NES_MOTION, AnyMotion, load_motion
from ..progress import tell

ROOMS_A_LOOK = 6
"""In the castle without end, so many stages in a row look alike."""


class LevelKey(NamedTuple):
    """What a level is built from."""

    seed: int
    stage: int = 1
    art: int = 0
    difficulty: int = 1
    mode: str = "castle"

    @classmethod
    def of(cls, castle: CastleCode | Level) -> LevelKey:
        """What a share code leads to, or what a level was built from."""
        return cls(castle.seed, castle.stage, castle.art, castle.difficulty, castle.mode)

    def plain(self) -> LevelKey:
        """The same in Python's own integers, which JSON can write. Raises TypeError for anything else."""
        seed, stage, art, difficulty = (operator.index(number) for number in self[:4])
        return LevelKey(seed, stage, art, difficulty, str(self.mode))


@dataclass(frozen=True, eq=False)
class Built:
    """A level and the dreams that it is made of."""

    level: Level
    dreams: NDArray[np.uint8]
    """RGB [n, 224, 224, 3]; provenance says which tile is of which."""
    melt: tuple[Blend, ...] = ()
    """The blends on the way to it from the art that was shown when it was asked for; see melt.py."""


def build_level(
    seed: int,
    stage: int = 1,
    *,
    networks: Networks,
    art: int = 0,
    difficulty: int = 1,
    mode: str = "castle",
    motion: AnyMotion | str = NES_MOTION,
) -> Built:
    """The proven, dressed level of these integers.

    Structure, spawns and proof depend on the integers alone; the networks decide how it looks. In the mode
    "dream" they decide all of it.
    motion: whom it is proven for: a motion, or what `load_motion` finds one by.
    Raises NetworkError where a network's output cannot be used; UnprovenError where the motion cannot
    complete any stage, MotionError where it is none; ValueError for integers that are out of range.
    """
    motion = load_motion(motion)
    if not (0 <= seed < 1 << 64 and stage >= 1 and art >= 0 and difficulty >= 1):
        raise ValueError(
            f"there is no castle of seed {seed}, stage {stage}, art {art}, difficulty {difficulty}"
        )
    if mode == "dream":
        from ..dream_rooms.build import build_dream

        return Built(*build_dream(seed, stage, networks, art=art, difficulty=difficulty, motion=motion))
    tell("laying_out")
    structure, proof, _ = build_stage(seed, stage, difficulty, motion, mode)
    # In the castle without end some rooms in a row share their dreams.
    look = stage if mode == "castle" else 1 + (stage - 1) // ROOMS_A_LOOK
    painted = paint(structure, seed, look, art, networks)
    layers = painted.layers
    level = Level(
        version=LEVEL_VERSION,
        seed=seed,
        mode=mode,
        difficulty=difficulty,
        stage=stage,
        art=art,
        network=painted.network,
        roles=structure.roles,
        tiles=layers.tiles,
        backdrop=layers.backdrop,
        far=layers.far,
        bank=painted.bank,
        rooms=structure.rooms,
        mechanisms=structure.mechanisms,
        spawns=structure.spawns,
        start=structure.start,
        exit=structure.exit,
        certificate=proof.certificate,
        motion=motion,
        substitute=painted.substitute,
    )
    return Built(level, painted.dreams)
