"""Proven stages: laid out, searched, and repaired in these steps where the search finds a fault.

1. Each dead end gets a ledge: a platform two tiles above it, from which the rest can be jumped.
2. The rooms at fault are rolled again, ROLLS times.
3. They become templates, which cannot fail.
4. Another plan is made, ATTEMPTS times.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from ..constraints import ConstraintError, Constraints
from ..motion import NES_MOTION, AnyMotion, OwnMotion
from ..motion.mechanisms import Passage
from ..nes.roles import TILE, Role
from ..proof import Fault, Proof, UnprovenError, prove
from ..proof.jumps import jumps_of
from ..proof.search import MAX_NODES
from .structure import PLAIN, Structure, lay_out

ROLLS = 3
ATTEMPTS = 4
MOST_PLANS = 24
"""Plans that are drawn at most until one has room for each of a game maker's spawn kinds."""
LEDGE_TILES, LEDGE_RISE = 2, 2
"""Width of a ledge, and its rows above the dead end."""
MOST_NODES = 100_000
"""Nodes of all proofs of a stage together: some ten seconds. The NES's motion needs 4,000. (measured)"""
NODES_A_SCREEN = 4_000
"""The same for each screen of a long strip."""
PART_AHEAD_TILES = 4
"""Where a strip's way ends, what is so far ahead is at fault, too."""
MOST_OWN_NODES = 40_000
"""Instead of MOST_NODES for a motion of one's own, of which a node takes some three times as long. (ours)"""
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


Drawer = Callable[[int, Mapping[int, int]], Structure]
"""Attempt, and the rolls of parts by their numbers, to a structure."""


def build_stage(  # noqa: PLR0917 - the integers, and who must come through
    seed: int,
    stage: int,
    difficulty: int = 1,
    motion: AnyMotion = NES_MOTION,
    mode: str = "castle",
    also: tuple[AnyMotion, ...] = (),
    constraints: Constraints | None = None,
) -> Stage:
    """A proven stage of these integers.

    `also`: further motions that a player may choose. The proof is of `motion`; with these the exit is reached
    too, and no dead end. `constraints`: what else it keeps to.

    Raises UnprovenError where nothing is proven: no room kind fits a motion that cannot jump or walk, or the
    proofs grow too large; MotionError for a motion of one's own that does not do what a motion must;
    ConstraintError where the constraints cannot be met.
    """

    def draw(attempt: int, rolls: Mapping[int, int]) -> Structure:
        return lay_out(seed, mode, difficulty, stage, attempt, rolls, jumps_of(motion), constraints)

    return proven_stage(draw, motion, also, f"seed {seed}, stage {stage}", constraints)


def proven_stage(
    draw: Drawer,
    motion: AnyMotion,
    also: tuple[AnyMotion, ...],
    name: str,
    constraints: Constraints | None = None,
) -> Stage:
    """The first structure that is proven, repaired where it has to be. `name`: what messages call it.

    Raises as build_stage does.
    """
    repairs = Repairs()
    structure, faults, left = None, tuple[Fault, ...](), 0
    lacking: tuple[str, ...] = ()
    tried = 0
    for attempt in range(ATTEMPTS if constraints is None else MOST_PLANS):
        rolls: dict[int, int] = {}
        for _ in range(ROLLS + 2):
            structure = draw(attempt, rolls)
            left = left or _most_nodes(structure, motion)
            lacking = () if constraints is None else constraints.lacking(structure.spawns)
            if lacking:  # and nothing to repair
                break
            proof = _proof(structure, motion, also, left)
            if proof.proven:
                return Stage(structure, proof, repairs)
            faults, left = proof.faults, left - proof.nodes
            if not rolls and (mended := add_ledges(structure, faults)) is not None:
                proof = _proof(mended, motion, also, left)
                if proof.proven:
                    return Stage(mended, proof, replace(repairs, ledges=repairs.ledges + 1))
                left -= proof.nodes
            if left <= 0 or any(fault.kind == "too large" for fault in faults):
                raise _gives_up(name, structure, motion, faults[0])
            for room in _at_fault(structure, faults):
                before = rolls.get(room, 0)
                plain = before in (ROLLS, PLAIN)
                rolls[room] = PLAIN if plain else before + 1
                count = {"templates": repairs.templates + 1} if plain else {"rolls": repairs.rolls + 1}
                repairs = replace(repairs, **count)
        repairs = replace(repairs, plans=repairs.plans + 1)
        tried += not lacking
        if tried == ATTEMPTS:
            break
    assert structure is not None
    if lacking and constraints is not None:
        needs = constraints.spawns[lacking[0]]
        raise ConstraintError(
            f"spawns: {lacking[0]!r} needs {needs}, and in {MOST_PLANS} plans there was none free for it; "
            "ask for more screens, or for rooms that have some"
        )
    raise _gives_up(name, structure, motion, faults[0])


def _most_nodes(structure: Structure, motion: AnyMotion) -> int:
    """The bound of all proofs of a structure together."""
    most = MOST_OWN_NODES if isinstance(motion, OwnMotion) else MOST_NODES
    return round(most * max(1.0, NODES_A_SCREEN * structure.plan.screens / MOST_NODES))


def _proof(structure: Structure, motion: AnyMotion, also: tuple[AnyMotion, ...], most_nodes: int) -> Proof:
    """The proof for a motion, with what is held against the structure for others."""
    most = max(1, most_nodes // len(structure.rooms))
    if len(structure.parts) == len(structure.rooms):  # in a strip one room is as large as all
        most = min(MAX_NODES, most)
    proof = prove(structure, motion, most)
    for other in also if proof.proven else ():
        found = prove(structure, other, most, fair=False)
        proof = replace(proof, faults=proof.faults + found.faults, nodes=proof.nodes + found.nodes)
    return proof


def _gives_up(name: str, structure: Structure, motion: AnyMotion, fault: Fault) -> UnprovenError:
    """Why no stage is proven."""
    part = _parts_of(structure, fault)[0]
    hint = "speeds of whole and half px a tick are searched fastest"
    if isinstance(motion, OwnMotion):
        hint = (
            "what a body that stands still keeps in vy_sub, air_tick, landing_tick and facing must come back "
            "to few values"
        )
    return UnprovenError(
        f"{name}: no proof was found for the motion {motion.name!r} in "
        f"{_most_nodes(structure, motion):,} places to stand; the last fault was {fault.kind!r} in room "
        f"{part} ({structure.plan.rooms[part].kind}). A hero must jump a tile high and a tile far; {hint}"
    )


def _at_fault(structure: Structure, faults: tuple[Fault, ...]) -> list[int]:
    """The rooms that faults are in, and, where a room is never reached, those that lead to it; of a strip its
    parts."""
    rooms = {part for fault in faults for part in _parts_of(structure, fault)}
    unreached = {fault.room for fault in faults if fault.kind in ("hidden", "no way")}
    passages = [m for m in structure.mechanisms if isinstance(m, Passage)]
    return sorted(rooms | {m.room for m in passages if m.to_room in unreached})


def _parts_of(structure: Structure, fault: Fault) -> list[int]:
    """The room that a fault is in; of a strip the part, and where the way ends there, the next one."""
    if len(structure.parts) == len(structure.rooms):
        return [fault.room]
    columns = [fault.x_px // TILE]
    if fault.kind == "no way":
        columns.append(columns[0] + PART_AHEAD_TILES)
    last = len(structure.parts) - 1
    ends = [x + w for x, _, w, _ in structure.parts]
    found = {min(sum(end <= column for end in ends), last) for column in columns}
    return sorted(found)


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
