"""The share code of a level that is played, and what the player has to know of such a level."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.level import Level
from generator.level.codes import CastleCode, encode
from generator.level.stamps import code_of, is_of
from generator.nes.roles import TILE
from generator.stream import LevelKey

from ..texts import text

if TYPE_CHECKING:
    from generator.layout.handmade import Judgement


def share_code(key: LevelKey, level: Level | None) -> str:
    """The code that leads to a level; "" where none does. `level`: the level that is played; a code of dream
    rooms has a check sum of it."""
    seed, stage, art, difficulty, mode = key[:5]
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
        return text("say.substitute")  # its network dreamed nothing legible
    if given is not None and LevelKey.of(given) == key and not is_of(given, level):
        return text("say.other_rooms")
    return ""


def line_of(judgement: Judgement) -> str:
    """What is wrong with a level first of all, in few letters; "" for nothing."""
    fault = judgement.fault
    if not judgement.searched:
        return text("fault.dead_ends" if judgement.proven else "fault.not_searched")
    if fault is None:
        return ""
    column, row = fault.x_px // TILE, (fault.y_px - 1) // TILE
    word = text(f"fault.{fault.kind.replace(' ', '_')}")
    return text("say.fault", word=word, column=column, row=row, room=fault.room)
