"""A level that a human drew, judged: the proof is tried, and what stands against it is told in lines.

A map may hold anything, so a search is bounded as a whole, and not begun where keys and walls are so many
that their combinations alone would outgrow every bound.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from .level import Level
from .mechanisms import BreakableWall, Key
from .proof import MAX_NODES, Fault, prove
from .roles import TILE

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


def judge(level: Level) -> Judgement:
    """The level, proven where it can be."""
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
        return Judgement(
            replace(level, certificate=proof.certificate), True, _remarks(faults), _brief(faults)
        )
    told = (*needed, *(fault for fault in faults if fault not in needed))
    return Judgement(bare, False, _remarks(told), _brief(told))


def place(fault: Fault) -> str:
    """Where a fault is, in the map's columns and rows."""
    return f"column {fault.x_px // TILE}, row {(fault.y_px - 1) // TILE} of room {fault.room}"


def _remarks(faults: tuple[Fault, ...]) -> tuple[str, ...]:
    lines = [_WORDS[fault.kind].format(place(fault)) for fault in faults[:MOST_REMARKS]]
    if len(faults) > MOST_REMARKS:
        lines.append(f"and {len(faults) - MOST_REMARKS} more")
    return tuple(lines)


def _brief(faults: tuple[Fault, ...]) -> str:
    if not faults:
        return ""
    kind, room, x_px, y_px = faults[0]
    word = {"no way": "STUCK", "dead end": "STUCK"}.get(kind, kind.upper())
    return f"{word} AT {x_px // TILE},{(y_px - 1) // TILE} ROOM {room}"
