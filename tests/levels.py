"""Levels for tests that need no network: laid out and proven as ever, dressed in flat colours."""

from __future__ import annotations

from functools import cache

import numpy as np
from ascii_levels import place_from_ascii

from generator.build import Built
from generator.level import LEVEL_VERSION, Level, Spawn
from generator.motion import NES_MOTION
from generator.palette import BLACK
from generator.proof import build_structure
from generator.roles import CELLS, SCREEN_PX, TILE, Role

FLAT_COLOURS = (
    0x0F,
    0x0C,
    0x21,
    0x10,
    0x29,
    0x17,
    0x27,
    0x16,
    0x27,
    0x27,
    0x11,
    0x20,
    0x1A,
    0x0C,
    0x07,
    0x30,
    0x15,
)
"""Palette index of each role's flat tile."""


def dress_flat(
    roles: np.ndarray,
    *,
    seed: int = 0,
    stage: int = 1,
    art: int = 0,
    spawns: tuple[Spawn, ...] = (),
    start: tuple[int, int] = (24, 16),
    door: tuple[int, int] = (0, 14),
    certificate: bytes = b"",
) -> Level:
    """A level of these roles whose tile of role r is a flat square with a dark rim; one tile a role."""
    bank = np.empty((len(Role), TILE, TILE), np.uint8)
    for role in Role:
        bank[role] = FLAT_COLOURS[role]
        bank[role, 0, :] = bank[role, :, 0] = BLACK
    behind = np.isin(roles, [Role.SKY, Role.BACKDROP])
    height, width = roles.shape
    provenance = np.array([[seed, 0, r // CELLS, r % CELLS] for r in range(len(Role))], np.int64)
    return Level(
        version=LEVEL_VERSION,
        seed=seed,
        mode="castle",
        difficulty=1,
        stage=stage,
        art=art,
        network="",
        roles=roles,
        tiles=np.where(behind, -1, roles.astype(np.int16)),
        backdrop=np.where(roles == Role.SKY, -1, Role.BACKDROP).astype(np.int16),
        far=np.full((height, width), int(Role.SKY), np.int16),
        bank=bank,
        palettes=np.full((4, 4), BLACK, np.uint8),
        bank_palette=np.zeros(len(Role), np.uint8),
        bank_role=np.arange(len(Role), dtype=np.uint8),
        bank_quality=np.ones(len(Role), np.float32),
        provenance=provenance,
        rooms=((0, 0, width, height),),
        mechanisms=(),
        spawns=spawns,
        start=start,
        exit=door,
        certificate=certificate,
        motion=NES_MOTION,
    )


@cache
def proven_level(seed: int, stage: int = 1, art: int = 0) -> Level:
    """A whole stage, as the game gets them but for its art."""
    structure, proof = build_structure(seed, stage)
    return dress_flat(
        structure.roles,
        seed=seed,
        stage=stage,
        art=art,
        spawns=structure.spawns,
        start=structure.start,
        door=structure.exit,
        certificate=proof.certificate,
    )


def level_from_ascii(text: str, spawns: tuple[Spawn, ...] = ()) -> Level:
    """A level of a drawing, as in ascii_levels; the rows above it are filled up with sky."""
    place = place_from_ascii(text)
    drawn_rows, width = place.roles.shape
    above = 15 - drawn_rows
    roles = np.full((15, max(16, width)), Role.SKY, np.uint8)
    roles[above:, :width] = place.roles
    down = above * TILE
    door = (place.exit[0], place.exit[1] + above) if place.exit[0] >= 0 else (roles.shape[1] - 1, 2)
    return dress_flat(roles, spawns=spawns, start=(place.start[0], place.start[1] + down), door=door)


def built(seed: int, stage: int = 1, art: int = 0) -> Built:
    """A proven level with two dreams of noise."""
    noise = np.random.default_rng(seed).integers(0, 256, (2, SCREEN_PX, SCREEN_PX, 3), np.uint8)
    return Built(proven_level(seed, stage, art), noise)
