"""The ten best runs of each mode, with the initials that were given, as a file."""

from __future__ import annotations

import datetime
import json
import re
import string
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, NamedTuple

from generator.level.codes import LARGEST_STAGE, STAGES

from .daily import Today
from .journey import whole_number
from .kept import Kept

FORMAT = 1
MODES = ("castle", "endless", "dream", "daily")
"""What has a table of its own, in the order of the page."""
BEST = 10
"""Rows of a table."""
LETTERS = string.ascii_uppercase
INITIALS = 3
"""How many letters a row is signed with."""
FIRST_INITIALS = LETTERS[0] * INITIALS
SIGNED = re.compile(f"[{LETTERS}]{{{INITIALS}}}")
CODE = re.compile(r"[0-9A-Z-]{1,60}")
"""What a share code looks like. It is not decoded: an older game's code is no reason to lose scores."""


class Row(NamedTuple):
    """A run."""

    initials: str
    score: int
    stage: int
    """The stage that was reached, or the room of the castle without end."""
    ticks: int
    """Ticks of playing."""
    code: str
    """The castle's share code."""
    helped: bool = False
    """Whether helps were on, or time went slower."""

    @classmethod
    def from_plain(cls, told: list[Any]) -> Row:
        """Raises ValueError or TypeError for anything but a list of what a row has."""
        initials, score, stage, ticks, code, helped = told
        if not SIGNED.fullmatch(initials) or not CODE.fullmatch(code) or type(helped) is not bool:
            raise ValueError("no row")
        numbers = whole_number(score), whole_number(stage, 1, LARGEST_STAGE), whole_number(ticks)
        return cls(initials, *numbers, code, helped)


@dataclass(frozen=True)
class Scores:
    """All tables."""

    tables: Mapping[str, tuple[Row, ...]] = field(default_factory=dict)
    """By mode, the best row first."""
    entered: tuple[str, Row] | None = None
    """The row that was entered last, and its mode."""
    today: Today | None = None
    """The best of the last day whose castle was played."""

    @property
    def initials(self) -> str:
        """Those that were given last."""
        return self.entered[1].initials if self.entered else FIRST_INITIALS

    def rows(self, mode: str) -> tuple[Row, ...]:
        """The table of a mode."""
        return self.tables.get(mode, ())

    def rank(self, mode: str, row: Row, instead: tuple[str, Row] | None = None) -> int | None:
        """Where a row would stand, from 1; None where it is not among the best. Who was first stays before
        an equal. `instead`: a row that it takes the place of, and its mode."""
        others = [other for other in self.rows(mode) if (mode, other) != instead]
        rank = 1 + sum(other.score >= row.score for other in others)
        return rank if row.score and rank <= BEST else None

    def enter(self, mode: str, row: Row, instead: tuple[str, Row] | None = None) -> Scores:
        """With a row more, and without the last where that makes too many."""
        rank = self.rank(mode, row, instead)
        if rank is None:
            return self
        others = [other for other in self.rows(mode) if (mode, other) != instead]
        table = (*others[: rank - 1], row, *others[rank - 1 :])[:BEST]
        return replace(self, tables={**self.tables, mode: table}, entered=(mode, row))

    def after(self, today: Today) -> Scores:
        """With what came of a day's castle, if it is the best of that day."""
        return replace(self, today=today) if today.is_better_than(self.today) else self

    def to_bytes(self) -> bytes:
        """As a file's contents."""
        today = self.today and [self.today.date.isoformat(), *self.today[1:]]
        told = {"format": FORMAT, "tables": self.tables, "entered": self.entered, "today": today}
        return json.dumps(told).encode()

    @classmethod
    def from_bytes(cls, data: bytes) -> Scores:
        """Raises ValueError, TypeError or KeyError for anything else."""
        told = json.loads(data)
        if told["format"] != FORMAT or not isinstance(told["tables"], dict):
            raise ValueError("of another format")
        tables = {}
        for mode in MODES:
            table = [Row.from_plain(row) for row in told["tables"].pop(mode, [])]
            if len(table) > BEST:
                raise ValueError("too many rows")
            if table:
                tables[mode] = tuple(sorted(table, key=lambda row: -row.score))
        if told["tables"]:
            raise ValueError("there is no such mode")
        entered, today = told["entered"], told["today"]
        if entered is not None:
            mode, row = entered
            entered = MODES[MODES.index(mode)], Row.from_plain(row)
        return cls(tables, entered, None if today is None else _today(*today))


def _today(date: str, stage: int, cleared: bool, ticks: int) -> Today:
    day = datetime.date.fromisoformat(date)
    if type(cleared) is not bool:
        raise ValueError("no day")
    return Today(day, whole_number(stage, 1, STAGES), cleared, whole_number(ticks))


def scores_in(path: Path | None) -> Kept[Scores]:
    """The scores in a file; None: nowhere."""
    return Kept(path, Scores.from_bytes, Scores.to_bytes)
