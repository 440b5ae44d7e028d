"""Who lives in dream rooms: more of them where it is harder, and nobody on top of another."""

from __future__ import annotations

import numpy as np

from generator.dream_rooms.chain import PLAIN_ROLE, Chain, plain_room
from generator.dream_rooms.life import APART_COLUMNS, life_of, populate
from generator.layout.life import ANYBODY
from generator.level import Spawn
from generator.level.level import ENEMY_KINDS
from generator.motion import NES_MOTION
from generator.proof import prove

ROOMS = 4
CHAIN = Chain(
    tuple(plain_room(12 if n else None, 12 if n < ROOMS - 1 else None, 12, 12) for n in range(ROOMS)),
    (12,) * (ROOMS - 1), 12, 12,
)  # fmt: skip


def spawns(seed: int, hard: int) -> tuple[Spawn, ...]:
    roles = PLAIN_ROLE[np.concatenate(CHAIN.kinds, axis=1)]
    return populate(CHAIN, roles, prove(CHAIN, NES_MOTION), life_of(seed, 1, 1, 0), hard)


def enemies(hard: int) -> int:
    return sum(spawn.kind in ENEMY_KINDS for seed in range(12) for spawn in spawns(seed, hard))


def test_a_harder_stage_has_more_enemies() -> None:
    counts = [enemies(hard) for hard in (0, 2, 4, 6)]
    assert counts == sorted(counts)
    assert counts[2] > 2 * counts[0], "difficulty 3 beside difficulty 1"


def test_nobody_is_on_top_of_another() -> None:
    for seed in range(12):
        for kinds in ANYBODY:
            columns = sorted(spawn.x_px // 16 for spawn in spawns(seed, 6) if spawn.kind in kinds)
            gaps = np.diff(columns)
            assert (gaps >= APART_COLUMNS).all(), (seed, kinds)
