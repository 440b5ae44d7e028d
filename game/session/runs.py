"""A run that was left half-way: which stage of which castle, and what the hero had when he came into it."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path

from generator.command_line import check_stage
from generator.level import LEVEL_VERSION
from generator.level.codes import decode

from ..world.hero import HEALTH_MAX, SHOTS_MAX, WHIP_LEVEL_MAX, Carry
from ..world.items import MOST_HEARTS
from ..world.weapons import WEAPONS
from .journey import Past
from .kept import Kept

MOST = 10**9
"""The largest score and number of lives that is believed."""
MOST_LETTERS = 16
"""Of a title."""


@dataclass(frozen=True)
class Run:
    """Where a run goes on."""

    code: str
    """The share code of the stage."""
    title: str
    """What a card calls it."""
    carry: Carry
    classic: bool = False
    past: Past = field(default_factory=Past)
    """What the run has come to."""
    home: str = ""
    """In an interlude, the share code of the stage that it came after."""

    def to_bytes(self) -> bytes:
        """As a file's contents."""
        told = {**asdict(self), "past": self.past.to_plain()}
        return json.dumps({"level_version": LEVEL_VERSION, **told}).encode()

    @classmethod
    def from_bytes(cls, data: bytes) -> Run:
        """Raises ValueError, TypeError, KeyError or GanvaniaError for anything else."""
        told = json.loads(data)
        if told["level_version"] != LEVEL_VERSION:
            raise ValueError("of another version")
        check_stage(decode(told["code"]), told["code"])
        carry = Carry(**told["carry"])
        check_carry(carry)
        past = Past.from_plain(told["past"]) if "past" in told else Past()  # older games kept none
        home = told.get("home", "")
        if home:
            check_stage(decode(home), home)
        title = str(told["title"])[:MOST_LETTERS]
        return cls(told["code"], title, carry, bool(told["classic"]), past, home)


def runs_in(path: Path | None) -> Kept[Run]:
    """The run that was left last, in a file; None: nowhere."""
    return Kept(path, Run.from_bytes, Run.to_bytes)


def check_carry(carry: Carry) -> None:
    """Raises ValueError for what no hero has."""
    numbers = (
        (carry.score, 0, MOST), (carry.lives, 0, MOST), (carry.hearts, 0, MOST_HEARTS),
        (carry.whip_level, 1, WHIP_LEVEL_MAX), (carry.health, 1, HEALTH_MAX), (carry.shots, 1, SHOTS_MAX),
    )  # fmt: skip
    if not all(type(number) is int and low <= number <= high for number, low, high in numbers):
        raise ValueError("no hero has this")
    if carry.weapon not in ("", *WEAPONS):
        raise ValueError("there is no such weapon")
