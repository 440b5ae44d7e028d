"""The share code of a level that is played, and what the player has to know of such a level."""

from __future__ import annotations

from generator.level import Level
from generator.level.codes import CastleCode, encode
from generator.level.stamps import OTHER_ROOMS, code_of, is_of
from generator.stream import LevelKey

SUBSTITUTE = "NOTHING LEGIBLE: SHIPPED TILES"
"""What is told of a level whose network dreamed nothing legible, so that the shipped one stepped in."""


def share_code(key: LevelKey, level: Level | None) -> str:
    """The code that leads to a level; "" where none does. `level`: the level that is played; a code of dream
    rooms has a check sum of it."""
    seed, stage, art, difficulty, mode = key
    try:
        if mode == "dream" and level is not None:
            return encode(code_of(level))
        return encode(CastleCode(seed, mode, difficulty, stage, art))
    except ValueError:
        return ""


def remark(key: LevelKey, level: Level, given: CastleCode | None) -> str:
    """What the player has to know of a level that has just come, in one line, or "". `given`: the code that
    was followed last."""
    if level.substitute:
        return SUBSTITUTE
    if given is not None and LevelKey.of(given) == key and not is_of(given, level):
        return OTHER_ROOMS
    return ""
