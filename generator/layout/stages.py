"""A stage that is proven: laid out, searched, and repaired in stated steps where that finds fault with it.

1. A ledge: a platform two tiles above each dead end, from which the rest can be jumped.
2. The rooms at fault are rolled again, ROLLS times.
3. They become templates, which cannot fail.
4. Should the plan itself be at fault, another is made.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from ..motion import NES_MOTION, Motion
from ..motion.mechanisms import Passage
from ..nes.roles import TILE, Role
from ..proof import Fault, Proof, prove
from ..proof.jumps import jumps_of
from .structure import PLAIN, Structure, lay_out

ROLLS = 3
ATTEMPTS = 4
LEDGE_TILES = 2


@dataclass(frozen=True)
class Repairs:
    """What a stage needed until nothing was held against it."""

    ledges: int = 0
    rolls: int = 0
    templates: int = 0
    plans: int = 0

    def __bool__(self) -> bool:
        return bool(self.ledges or self.rolls or self.templates or self.plans)


@dataclass(frozen=True, eq=False)
class Stage:
    """A structure, what was found out about it, and what was done to it."""

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
                rolls[room] = PLAIN if before in (ROLLS, PLAIN) else before + 1
                plain = rolls[room] == PLAIN
                repairs = replace(
                    repairs, rolls=repairs.rolls + (not plain), templates=repairs.templates + plain
                )
        repairs = replace(repairs, plans=repairs.plans + 1)
    raise RuntimeError(
        f"seed {seed}, stage {stage}: no room kind fits this motion ({faults[0].kind} in room "
        f"{faults[0].room}); a hero must jump a tile high and a tile far"
    )


def build_structure(
    seed: int, stage: int, difficulty: int = 1, motion: Motion = NES_MOTION, mode: str = "castle"
) -> tuple[Structure, Proof]:
    """The structure of a proven stage, with its proof. Raises RuntimeError as `build_stage` does."""
    built = build_stage(seed, stage, difficulty, motion, mode)
    return built.structure, built.proof


def _at_fault(structure: Structure, faults: tuple[Fault, ...]) -> list[int]:
    """The rooms that faults are in; where one is hidden, those that lead to it as well."""
    rooms = {fault.room for fault in faults}
    for fault in faults:
        if fault.kind in ("hidden", "no way"):
            rooms |= {
                m.room for m in structure.mechanisms if isinstance(m, Passage) and m.to_room == fault.room
            }
    return sorted(rooms)


def add_ledges(structure: Structure, faults: tuple[Fault, ...]) -> Structure | None:
    """The structure with a platform over each of its dead ends; None where nothing else is held against it
    or there is no room for one."""
    if any(fault.kind != "dead end" for fault in faults):
        return None
    roles = np.array(structure.roles)
    placed = 0
    for row, column in sorted({(f.y_px // TILE - 2, f.x_px // TILE) for f in faults}):
        for left in (column - LEDGE_TILES, column + 1, column):
            cells = roles[row : row + 1, left : left + LEDGE_TILES]
            above = roles[row - 2 : row, left : left + LEDGE_TILES]
            free = np.isin(cells, [Role.SKY, Role.BACKDROP]).all()
            if (
                row >= 2
                and cells.shape == (1, LEDGE_TILES)
                and free
                and not (above == Role.GROUND_FILL).any()
            ):
                roles[row, left : left + LEDGE_TILES] = Role.PLATFORM
                placed += 1
                break
    if not placed:
        return None
    roles.setflags(write=False)
    return replace(structure, roles=roles)
