"""A level of dream rooms from a seed: dreams, rooms, proof, look."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from ..dream.loading import shipped_networks
from ..dream.network import Networks
from ..dream.z import latents, z_seeds
from ..level import LEVEL_VERSION, Level
from ..motion import EMPTY_KIND, AnyMotion
from ..motion.terrain import KIND_OF_ROLE
from ..nes.cells import cut
from ..nes.roles import TILE
from .life import life_of
from .look import make_bank
from .stage import SCREENS, dream_stage

STAGE_CENTRES = 8
"""Centres in z around which the screens of a stage are dreamed, equally many around each: one room looks like
the next only by chance. (by eye)"""
LEAST_SEEN_L = 0.03
"""Difference in CIELAB's lightness, 0 to 1, below which nobody sees where to stand. (by eye: rooms of the
network that ships have 0.1 and more)"""


def build_dream(
    seed: int, stage: int, networks: Networks, *, art: int, difficulty: int, motion: AnyMotion
) -> tuple[Level, NDArray[np.uint8]]:
    """The level of these integers and networks, and the dreams that it is made of, RGB [n, 224, 224, 3].

    Where a network paints nothing that can be seen, all black for instance, the networks that ship step in;
    the level says so.

    Raises NetworkError where a network's output cannot be used; UnprovenError where the motion cannot
    complete even plain rooms.
    """
    each = SCREENS // STAGE_CENTRES
    seeds = [z for centre in range(STAGE_CENTRES) for z in z_seeds(seed, stage, art, each, centre)]
    dreams, screens, odds = networks.dream(latents(seeds, networks.generator.latent))
    made = dream_stage(screens, odds, motion, stage, life_of(seed, difficulty, stage, art))
    if made.seen_l < LEAST_SEEN_L and networks.generator.sha256 != shipped_networks().generator.sha256:
        level, dreams = build_dream(
            seed, stage, shipped_networks(), art=art, difficulty=difficulty, motion=motion
        )
        return replace(level, substitute=True), dreams
    pixels = np.concatenate([cut(screen).reshape(-1, TILE, TILE) for screen in screens])
    bank, grid = make_bank(pixels, made.shown, made.roles, seeds)
    # Only the screens that became rooms are kept of the batch, in the order of the rooms.
    kept = list(dict.fromkeys(room.screen for room in made.rooms))
    number = np.full(len(screens), -1)
    number[kept] = np.arange(len(kept))
    provenance = bank.provenance.copy()
    provenance[:, 1] = number[provenance[:, 1]]
    # What stops, carries or kills the hero lies in front; the rest lies behind him and all who live there.
    behind = KIND_OF_ROLE[made.roles] == EMPTY_KIND
    level = Level(
        version=LEVEL_VERSION,
        seed=seed,
        mode="dream",
        difficulty=difficulty,
        stage=stage,
        art=art,
        network=networks.generator.sha256,
        roles=made.roles,
        tiles=np.where(behind, -1, grid),
        backdrop=np.where(behind, grid, -1),
        far=np.full((1, 1), -1, np.int16),
        bank=replace(bank, provenance=provenance),
        rooms=made.chain.rooms,
        mechanisms=made.chain.mechanisms,
        spawns=made.spawns,
        start=made.chain.start,
        exit=made.chain.exit,
        certificate=made.proof.certificate,
        motion=motion,
        repairs=made.repairs,
    )
    return level, dreams[kept]
