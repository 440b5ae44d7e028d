"""A level from a seed: structure and proof, dreams, tiles, dressing. The way of the data, in one function."""

from __future__ import annotations

from ..dream.network import Networks
from ..layout.stages import build_stage
from ..level import LEVEL_VERSION, Level
from ..look.art import paint
from ..motion import NES_MOTION, Motion
from ..progress import tell
from .key import Built

ROOMS_A_LOOK = 6
"""In the castle without end, so many stages in a row look alike."""


def build_level(
    seed: int,
    stage: int = 1,
    *,
    networks: Networks,
    art: int = 0,
    difficulty: int = 1,
    mode: str = "castle",
    motion: Motion = NES_MOTION,
) -> Built:
    """The proven, dressed level of these integers.

    Structure, spawns and proof depend on the integers alone; the networks decide how it looks. In the mode
    "dream" they decide all of it.
    Raises NetworkError where a network's output cannot be used; RuntimeError where the motion cannot
    complete any stage; ValueError for integers that are out of range.
    """
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
