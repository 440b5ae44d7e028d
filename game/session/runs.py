"""A run that was left half-way: which stage of which castle, and what the hero had when he came into it."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path

from generator.command_line import check_stage
from generator.errors import GanvaniaError
from generator.files import write_atomically
from generator.level import LEVEL_VERSION
from generator.level.codes import decode

from ..background import Background
from ..world.hero import HEALTH_MAX, SHOTS_MAX, WHIP_LEVEL_MAX, Carry
from ..world.items import MOST_HEARTS
from ..world.weapons import WEAPONS

MOST_BYTES = 4096
MOST = 10**9
"""The largest score and number of lives that is believed."""
ASIDE = ".broken"
"""What the name of a file is given at its end that cannot be read; it is kept."""


@dataclass(frozen=True)
class Run:
    """Where a run goes on."""

    code: str
    """The share code of the stage."""
    title: str
    """What a card calls it."""
    carry: Carry
    classic: bool = False

    def to_bytes(self) -> bytes:
        """As a file's contents."""
        return json.dumps({"level_version": LEVEL_VERSION, **asdict(self)}).encode()

    @classmethod
    def from_bytes(cls, data: bytes) -> Run:
        """Raises ValueError, TypeError, KeyError or GanvaniaError for anything else."""
        told = json.loads(data)
        if told["level_version"] != LEVEL_VERSION:
            raise ValueError("of another version")
        check_stage(decode(told["code"]), told["code"])
        carry = Carry(**told["carry"])
        numbers = (
            (carry.score, 0, MOST), (carry.lives, 0, MOST), (carry.hearts, 0, MOST_HEARTS),
            (carry.whip_level, 1, WHIP_LEVEL_MAX), (carry.health, 1, HEALTH_MAX), (carry.shots, 1, SHOTS_MAX),
        )  # fmt: skip
        if not all(type(number) is int and low <= number <= high for number, low, high in numbers):
            raise ValueError("no hero has this")
        if carry.weapon not in ("", *WEAPONS):
            raise ValueError("there is no such weapon")
        return cls(told["code"], str(told["title"])[:16], carry, bool(told["classic"]))


class Runs:
    """The file of the run that was left last. All methods are for the game's thread; none but `read` and
    `wait` blocks."""

    def __init__(self, path: Path | None) -> None:
        """`path`: None where nothing is kept."""
        self._path = path
        self._background: Background[str] = Background()
        self._kept: Run | None = None

    @classmethod
    def default_path(cls) -> Path:
        """The file if nobody names one: in the user's folder of data."""
        import platformdirs

        return Path(platformdirs.user_data_path("Ganvania", appauthor=False)) / "run.json"

    def read(self) -> Run | None:
        """The run that was left; None where there is none. A file that cannot be used is set aside."""
        if self._path is None:
            return None
        try:
            with self._path.open("rb") as file:
                data = file.read(MOST_BYTES + 1)
        except OSError:
            return None
        try:
            self._kept = Run.from_bytes(data if len(data) <= MOST_BYTES else b"")
        except (ValueError, TypeError, KeyError, RecursionError, GanvaniaError):
            with contextlib.suppress(OSError):
                self._path.replace(self._path.with_name(self._path.name + ASIDE))
        return self._kept

    def keep(self, run: Run | None) -> None:
        """Keeps this run instead of the one before; None: there is none any more."""
        if self._path is None or run == self._kept:
            return
        self._kept = run
        self._background.do(partial(_write, self._path, run))

    def wait(self) -> None:
        """Waits until all is written."""
        self._background.wait()


def _write(path: Path, run: Run | None) -> str | None:
    """A disk that refuses is no reason to stop a game."""
    with contextlib.suppress(OSError):
        if run is None:
            path.unlink(missing_ok=True)
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            write: Callable[..., int] = lambda file: file.write(run.to_bytes())  # noqa: E731
            write_atomically(path, write)
    return None
