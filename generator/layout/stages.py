"""Proven stages: laid out, searched, and repaired in these steps where the search finds a fault.

1. Each dead end gets a ledge: a platform two tiles above it, from which the rest can be jumped.
2. The rooms at fault are rolled again, ROLLS times.
3. They become templates, which cannot fail.
4. Another plan is made, ATTEMPTS times.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from ..motion import NES_MOTION, Motion
from ..motion.mechanisms import Passage
from ..nes.roles import TILE, Role
from ..proof import Fault, Proof, prove
from ..proof.jumps import jumps_of
from .structure import PLAIN, Structure, lay_out

ROLLS = 3
ATTEMPTS = 4
LEDGE_TILES, LEDGE_RISE = 2, 2
"""Width of a ledge, and its rows above the dead end."""
HEAD_ROWS = 2
"""Rows above a ledge that are not solid: a hero's height."""


@dataclass(frozen=True)
class Repairs:
    """How often each repair was made before a stage was proven."""

    ledges: int = 0
    rolls: int = 0
    templates: int = 0
    plans: int = 0

    def __bool__(self) -> bool:
        return self != Repairs()


class Stage(NamedTuple):
    """A structure, its proof, and the repairs that it needed."""

    structure: Structure
    proof: Proof
    repairs: Repairs


def build_stage(
    seed: int, stage: int, difficulty: int = 1, motion: Motion = NES_MOTION, mode: str = "castle"
) -> Stage:
    """A proven stage of these integers.

    Raises RuntimeError where even templates fail: no room kind fits a motion that cannot jump or walk.
    """
    repairs = Repairs()
    faults: tuple[Fault, ...] = ()
    for attempt in range(ATTEMPTS):
        rolls: dict[int, int] = {}
        for _ in range(ROLLS + 2):
            structure = lay_out(seed, mode, difficulty, stage, attempt, rolls, jumps_of(motion))
            proof = prove(structure, motion)
            if proof.proven:
                return Stage(structure, proof, repairs)
            faults = proof.faults
            if not rolls and (mended := add_ledges(structure, faults)) is not None:
                proof = prove(mended, motion)
                if proof.proven:
                    return Stage(mended, proof, replace(repairs, ledges=repairs.ledges + 1))
            for room in _at_fault(structure, faults):
                before = rolls.get(room, 0)
                plain = before in (ROLLS, PLAIN)
                rolls[room] = PLAIN if plain else before + 1
                count = {"templates": repairs.templates + 1} if plain else {"rolls": repairs.rolls + 1}
                repairs = replace(repairs, **count)
        repairs = replace(repairs, plans=repairs.plans + 1)
    raise RuntimeError(
        f"seed {seed}, stage {stage}: no room kind fits this motion ({faults[0].kind} in room "
        f"{faults[0].room}); a hero must jump a tile high and a tile far"
    )


def _at_fault(structure: Structure, faults: tuple[Fault, ...]) -> list[int]:
    """The rooms that faults are in, and, where a room is never reached, those that lead to it."""
    rooms = {fault.room for fault in faults}
    unreached = {fault.room for fault in faults if fault.kind in ("hidden", "no way")}
    passages = [m for m in structure.mechanisms if isinstance(m, Passage)]
    return sorted(rooms | {m.room for m in passages if m.to_room in unreached})


def add_ledges(structure: Structure, faults: tuple[Fault, ...]) -> Structure | None:
    """The structure with a ledge over each of its dead ends; None where it has other faults or no room for a
    ledge."""
    if any(fault.kind != "dead end" for fault in faults):
        return None
    roles = np.array(structure.roles)
    placed = False
    for row, column in sorted({(f.y_px // TILE - LEDGE_RISE, f.x_px // TILE) for f in faults}):
        for left in (column - LEDGE_TILES, column + 1, column):
            cells = roles[row : row + 1, left : left + LEDGE_TILES]
            above = roles[row - HEAD_ROWS : row, left : left + LEDGE_TILES]
            free = np.isin(cells, [Role.SKY, Role.BACKDROP]).all()
            head = row >= HEAD_ROWS and not (above == Role.GROUND_FILL).any()
            if head and free and cells.shape == (1, LEDGE_TILES):
                roles[row, left : left + LEDGE_TILES] = Role.PLATFORM
                placed = True
                break
    if not placed:
        return None
    roles.setflags(write=False)
    return replace(structure, roles=roles)
