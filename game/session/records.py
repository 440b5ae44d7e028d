"""What castles have taken at best: the time, deaths and blows of a whole one, as a file."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from generator.level.codes import CodeError, decode, encode

from ..texts import text
from .daily import HELPED
from .journey import Record, clock, whole_number
from .kept import Kept

FORMAT = 1
MOST_CASTLES = 500
"""How many castles are remembered; those whose record is the oldest are forgotten."""
MOST_BYTES = 65_536
"""As large as the file of so many castles may be."""
CASTLE = re.compile(r"[0-9A-Z-]{1,60}\*?")
"""A castle's name here: its share code, and the mark of helps, which have records of their own."""
MOST_SHOWN = 999


class Best(NamedTuple):
    """The least of each that a castle has taken, be it in one run or in three."""

    ticks: int
    deaths: int
    hits: int

    @property
    def line(self) -> str:
        """As it is shown."""
        return text("best.record", **_shown(self))


def took(record: Record) -> str:
    """What a castle has taken, as it is shown."""
    return text("ending.took", **_shown(Best(record.ticks, record.deaths, record.hits)))


def castle_of(code: str, helped: bool = False) -> str:
    """The name of the castle that a share code leads into: its first stage, in its first art. "" for what is
    no castle of stages, which has no record."""
    try:
        castle = decode(code)
        if castle.mode != "castle":
            return ""
        return encode(castle._replace(stage=1, art=0)) + HELPED * helped
    except (CodeError, ValueError):
        return ""


@dataclass(frozen=True)
class Records:
    """The castles that were cleared from their first stage to their end."""

    castles: Mapping[str, Best] = field(default_factory=dict)
    """By name, that whose record was set last as the last."""

    def of(self, code: str) -> str:
        """The record of the castle that a share code leads into, as it is shown; "" where there is none.
        One with helps is told only where there is no other, and has their mark."""
        best, helped = self.castles.get(castle_of(code)), self.castles.get(castle_of(code, helped=True))
        return best.line if best else helped.line + HELPED if helped else ""

    def after(self, code: str, record: Record) -> tuple[Records, tuple[str, ...]]:
        """With what a castle has taken now, and what of it was never less: names of `Best`'s fields."""
        name = castle_of(code, record.helped)
        if not name or not record.whole:
            return self, ()
        now, before = Best(record.ticks, record.deaths, record.hits), self.castles.get(name)
        if before is None:
            better: tuple[str, ...] = Best._fields
        else:
            better = tuple(field for field in Best._fields if getattr(now, field) < getattr(before, field))
            now = Best(*map(min, now, before))
        if not better:
            return self, ()
        others = [(other, best) for other, best in self.castles.items() if other != name]
        return Records(dict([*others, (name, now)][-MOST_CASTLES:])), better

    def to_bytes(self) -> bytes:
        """As a file's contents."""
        return json.dumps({"format": FORMAT, "castles": self.castles}).encode()

    @classmethod
    def from_bytes(cls, data: bytes) -> Records:
        """Raises ValueError, TypeError or KeyError for anything else."""
        told = json.loads(data)
        castles = told["castles"]
        if told["format"] != FORMAT or not isinstance(castles, dict) or len(castles) > MOST_CASTLES:
            raise ValueError("of another format")
        if not all(CASTLE.fullmatch(name) for name in castles):
            raise ValueError("no castle is called so")
        return cls({name: _best(*numbers) for name, numbers in castles.items()})


def _best(ticks: int, deaths: int, hits: int) -> Best:
    return Best(whole_number(ticks), whole_number(deaths), whole_number(hits))


def _shown(best: Best) -> dict[str, object]:
    return {
        "time": clock(best.ticks),
        "deaths": min(best.deaths, MOST_SHOWN),
        "hits": min(best.hits, MOST_SHOWN),
    }


def records_in(path: Path | None) -> Kept[Records]:
    """The records in a file; None: nowhere."""
    return Kept(path, Records.from_bytes, Records.to_bytes, MOST_BYTES)
