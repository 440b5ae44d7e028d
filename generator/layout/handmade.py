"""Judgements of levels out of files: the certificate or else a proof is tried, and faults become lines of
text.

A file may hold anything. So a search is bounded as a whole, and is not begun where keys and walls are so many
that their combinations alone would outgrow every bound.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from ..level import Level
from ..level.codes import STAGES
from ..motion import NES_MOTION
from ..motion.mechanisms import BreakableWall, Key
from ..nes.roles import TILE
from ..proof import Fault, prove, replay
from ..proof.search import MAX_NODES
from .stages import build_stage
from .structure import STREAM_OF_MODE

MAX_NODES_A_LEVEL = 120_000
"""Nodes of a search, shared by the rooms of a level; one of ours has 4,000. (measured)"""
MAX_FLAGS = 8
"""Keys and walls of a level that is searched: each may double what there is to search."""
MOST_REMARKS = 5
"""Faults of which each gets a line."""
_NEEDED = frozenset({"no way", "dead end", "too large", "walled in"})
"""Faults that a proof cannot have. With others the level is proven all the same."""
ONLY_REPLAYED = "only its certificate was tried, which leads to the exit; dead ends were not searched for"
_WORDS = {
    "no way": "the hero gets stuck at {}: no way from there to the exit was found",
    "dead end": "the hero who gets to {} is stuck there: no way on was found",
    "too large": "the room at {} is too large to be searched",
    "unfair": "the way needs a jump at {} that a clumsy hero misses",
    "hidden": "nobody gets to what is at {}",
    "walled in": "what stands at {} is inside a wall",
}


@dataclass(frozen=True, eq=False)
class Judgement:
    """What the trial of a level found out."""

    level: Level
    """The level, with a certificate where it is proven, else without."""
    proven: bool
    """Whether the exit is reached, and from every foothold that is reached it can still be reached."""
    remarks: tuple[str, ...]
    """What is wrong and where, the worst first; a proven level may have some too."""
    fault: Fault | None
    """What the first remark is about; None where there is none, or where nothing was searched."""
    searched: bool = True
    """Whether more was tried than the certificate that the level brought."""


def judge_kept(level: Level) -> Judgement | None:
    """The judgement of a level that was kept in a file. None for a level that its seed, mode, difficulty and
    stage lead to, so that its share code says it all.

    A certificate counts as a proof only where it leads to the exit; that nothing else was tried is a remark.
    """
    if replay(level, level.motion, level.certificate) is None:
        return judge(level)
    if _is_laid_out(level):
        return None
    return Judgement(level, True, (ONLY_REPLAYED,), None, searched=False)


def _is_laid_out(level: Level) -> bool:
    """Whether a level's structure is the one that its integers lead to. The code of dream rooms has a check
    sum of it, so they count as such."""
    if level.motion != NES_MOTION:
        return False
    if level.mode == "dream":
        return True
    if level.mode not in STREAM_OF_MODE or (level.mode == "castle" and level.stage > STAGES):
        return False
    structure, _, _ = build_stage(level.seed, level.stage, level.difficulty, mode=level.mode)
    return np.array_equal(structure.roles, level.roles) and all(
        getattr(structure, name) == getattr(level, name)
        for name in ("rooms", "mechanisms", "spawns", "start", "exit")
    )


def judge(level: Level) -> Judgement:
    """The judgement of a level by a search for a proof."""
    bare = replace(level, certificate=b"")
    flags = sum(isinstance(m, Key | BreakableWall) for m in level.mechanisms)
    if flags > MAX_FLAGS:
        many = f"{flags} keys and breakable walls, and at most {MAX_FLAGS} can be searched"
        return Judgement(bare, False, (f"no proof was tried: {many}",), None, searched=False)
    most = min(MAX_NODES, MAX_NODES_A_LEVEL // len(level.rooms))
    proof = prove(level, level.motion, most)
    faults = proof.faults
    if not proof.proven:
        # A dead end that only a blow leads to, and an unfair jump, do not keep a player from the exit.
        proof = prove(level, level.motion, most, fair=False)
    needed = [fault for fault in proof.faults if fault.kind in _NEEDED]
    if proof.certificate and not needed:
        return _told(replace(level, certificate=proof.certificate), True, faults)
    told = (*needed, *(fault for fault in faults if fault not in needed))
    return _told(bare, False, told)


def _told(level: Level, proven: bool, faults: tuple[Fault, ...]) -> Judgement:
    """A judgement with a line for each of the first faults."""
    lines = [_WORDS[fault.kind].format(_position(fault)) for fault in faults[:MOST_REMARKS]]
    if len(faults) > MOST_REMARKS:
        lines.append(f"and {len(faults) - MOST_REMARKS} more")
    return Judgement(level, proven, tuple(lines), faults[0] if faults else None)


def _position(fault: Fault) -> str:
    """Where a fault is, in the map's columns and rows."""
    return f"column {fault.x_px // TILE}, row {(fault.y_px - 1) // TILE} of room {fault.room}"
