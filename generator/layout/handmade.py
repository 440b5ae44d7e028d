"""A level out of a file, judged: its certificate is tried, or else the proof is, and what stands against it
is told in lines.

A file may hold anything, so a search is bounded as a whole, and not begun where keys and walls are so many
that their combinations alone would outgrow every bound.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from ..level import Level
from ..motion import NES_MOTION
from ..motion.mechanisms import BreakableWall, Key
from ..nes.roles import TILE
from ..proof import Fault, prove, replay
from ..proof.search import MAX_NODES
from .plan import STAGES
from .stages import build_structure
from .structure import MODES

MAX_NODES_A_LEVEL = 120_000
"""Shared by the rooms of a level; one of ours has 4,000. (measured)"""
MAX_FLAGS = 8
"""Keys and walls: each may double what there is to search."""
MOST_REMARKS = 5
_NEEDED = frozenset({"no way", "dead end", "too large"})
"""Faults that a proof cannot have. The others are told, and the level is proven all the same."""
_WORDS = {
    "no way": "the hero gets stuck at {}: no way from there to the exit was found",
    "dead end": "the hero who gets to {} is stuck there: no way on was found",
    "too large": "the room at {} is too large to be searched",
    "unfair": "the way needs a jump at {} that a clumsy hero misses",
    "hidden": "nobody gets to what is at {}",
}


@dataclass(frozen=True, eq=False)
class Judgement:
    """What a trial of a proof found out."""

    level: Level
    """With its certificate, where it is proven; else with none."""
    proven: bool
    """Whether the exit is reached, and from every foothold that is reached it can still be reached."""
    remarks: tuple[str, ...]
    """What is wrong and where, the worst first; of a proven level, what is not as it should be."""
    brief: str
    """The first remark in few letters, or ""."""


def judge_kept(level: Level) -> Judgement | None:
    """Of a level that was kept in a file; None for one that its seed, mode, difficulty and stage lead to, so
    that its share code says it all.

    A certificate that leads to the exit is its proof. Any other is none, whatever the file says.
    """
    if replay(level, level.motion, level.certificate) is None:
        return judge(level)
    return None if _is_laid_out(level) else Judgement(level, True, (), "")


def _is_laid_out(level: Level) -> bool:
    """Whether what one can stand on, meet and find in a level is what its integers lead to, or, in dream
    rooms, can be compared with that: their codes have a check sum of it."""
    if level.motion != NES_MOTION:
        return False
    if level.mode == "dream":
        return True
    if level.mode not in MODES:
        return False
    if level.mode == "castle" and level.stage > STAGES:
        return False
    structure, _ = build_structure(level.seed, level.stage, level.difficulty, mode=level.mode)
    return np.array_equal(structure.roles, level.roles) and all(
        getattr(structure, name) == getattr(level, name)
        for name in ("rooms", "mechanisms", "spawns", "start", "exit")
    )


def judge(level: Level) -> Judgement:
    """The level, proven where the search finds a proof."""
    bare = replace(level, certificate=b"")
    flags = sum(isinstance(m, Key | BreakableWall) for m in level.mechanisms)
    if flags > MAX_FLAGS:
        remark = (
            f"no proof was tried: {flags} keys and breakable walls, and at most {MAX_FLAGS} can be searched"
        )
        return Judgement(bare, False, (remark,), "NOT SEARCHED")
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
    return Judgement(level, proven, _remarks(level, faults), _brief(level, faults))


def place(level: Level, fault: Fault) -> str:
    """Where a fault is, in the map's columns and rows."""
    if _outside(level, fault):
        return f"what is outside the walls of room {fault.room}"
    return f"column {fault.x_px // TILE}, row {(fault.y_px - 1) // TILE} of room {fault.room}"


def _outside(level: Level, fault: Fault) -> bool:
    """Who starts within a wall may walk out of it on the wrong side."""
    x, y, width, height = level.rooms[fault.room]
    column, row = fault.x_px // TILE, (fault.y_px - 1) // TILE
    return not (x <= column < x + width and y <= row < y + height)


def _remarks(level: Level, faults: tuple[Fault, ...]) -> tuple[str, ...]:
    lines = [_WORDS[fault.kind].format(place(level, fault)) for fault in faults[:MOST_REMARKS]]
    if len(faults) > MOST_REMARKS:
        lines.append(f"and {len(faults) - MOST_REMARKS} more")
    return tuple(lines)


def _brief(level: Level, faults: tuple[Fault, ...]) -> str:
    if not faults:
        return ""
    kind, room, x_px, y_px = faults[0]
    word = {"no way": "STUCK", "dead end": "STUCK"}.get(kind, kind.upper())
    if _outside(level, faults[0]):
        return f"{word} OUTSIDE ROOM {room}"
    return f"{word} AT {x_px // TILE},{(y_px - 1) // TILE} ROOM {room}"
