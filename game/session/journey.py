"""What a run has come to so far, what each castle in it has taken, and how both are kept with the run."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from generator.level.codes import STAGES

if TYPE_CHECKING:
    from .scores import Row

TICKS_A_SECOND = 60
MOST = 10**9
"""The largest number of ticks, deaths or blows that is believed of a file."""
MOST_MINUTES = 999
"""As much time as is shown."""


@dataclass
class Record:
    """What a castle has taken so far."""

    ticks: int = 0
    """Ticks of playing: neither pauses nor the count of points."""
    deaths: int = 0
    hits: int = 0
    """Blows that the hero took."""
    helped: bool = False
    """Whether helps were on in any of those ticks, or time went slower."""
    cleared: set[int] = field(default_factory=set)
    """Stages that were cleared, of a castle of STAGES."""
    died_in: set[int] = field(default_factory=set)
    """Stages that the hero died in, of such a castle."""

    @property
    def whole(self) -> bool:
        """Whether all stages of the castle were cleared."""
        return self.cleared.issuperset(range(1, STAGES + 1))

    def copy(self) -> Record:
        """One that goes on by itself."""
        return replace(self, cleared=set(self.cleared), died_in=set(self.died_in))

    def to_plain(self) -> dict[str, Any]:
        """As what JSON can hold."""
        return {
            "ticks": self.ticks, "deaths": self.deaths, "hits": self.hits, "helped": self.helped,
            "cleared": sorted(self.cleared), "died_in": sorted(self.died_in),
        }  # fmt: skip

    @classmethod
    def from_plain(cls, told: Mapping[str, Any]) -> Record:
        """Raises ValueError, TypeError or KeyError for anything else."""
        ticks, deaths, hits = (whole_number(told[name]) for name in ("ticks", "deaths", "hits"))
        stages = ({whole_number(stage, 1, STAGES) for stage in told[name]} for name in ("cleared", "died_in"))
        return cls(ticks, deaths, hits, bool(told["helped"]), *stages)


@dataclass
class Journey:
    """A run: what was played since START, or since the hero began again after his last life."""

    ticks: int = 0
    helped: bool = False
    """Whether helps were on in any of those ticks, or time went slower."""
    own: bool = True
    """Whether the player has pressed all buttons himself."""
    row: tuple[str, Row] | None = None
    """What the run was given in the scores when a castle was cleared, and in which mode."""


@dataclass(frozen=True)
class Past:
    """What is kept of a run with the stage that it goes on at."""

    ticks: int = 0
    helped: bool = False
    daily: datetime.date | None = None
    """The day whose castle is played; None: no day's."""
    record: Record = field(default_factory=Record)
    """Of the castle."""

    def to_plain(self) -> dict[str, Any]:
        """As what JSON can hold."""
        day = self.daily and self.daily.isoformat()
        return {"ticks": self.ticks, "helped": self.helped, "daily": day, "record": self.record.to_plain()}

    @classmethod
    def from_plain(cls, told: Mapping[str, Any]) -> Past:
        """Raises ValueError, TypeError or KeyError for anything else."""
        day = told["daily"]
        return cls(
            whole_number(told["ticks"]),
            bool(told["helped"]),
            None if day is None else datetime.date.fromisoformat(day),
            Record.from_plain(told["record"]),
        )


def whole_number(told: object, least: int = 0, most: int = MOST) -> int:
    """A number out of a file. Raises ValueError for anything but a whole one within the limits."""
    if type(told) is not int or not least <= told <= most:
        raise ValueError("no number that this game has written")
    return told


def clock(ticks: int) -> str:
    """A time as it is shown: minutes and seconds."""
    minutes, seconds = divmod(ticks // TICKS_A_SECOND, 60)
    return f"{minutes:02}:{seconds:02}" if minutes <= MOST_MINUTES else f"{MOST_MINUTES}:59"
