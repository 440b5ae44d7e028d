"""Command lines: a bad option is told in one line, like every other error of the user's."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

from .errors import GanvaniaError
from .level.codes import STAGES, CastleCode

LARGEST_SEED = 2**31 - 1
"""Largest seed of a castle on a command line: short enough to write down."""
HARDEST_DIFFICULTY = 3
"""1 is normal. On 3 a castle's third stage is as hard as any; see HARDEST in constraints.py."""
MOST_SEEDS = 64
"""Seeds on one sheet. No program opens the picture of a larger one."""


class UsageError(GanvaniaError):
    """A command line that cannot be followed."""


class Parser(argparse.ArgumentParser):
    """An ArgumentParser whose `error` raises UsageError; its subcommands' do too."""

    def error(self, message: str) -> NoReturn:
        """Raises UsageError."""
        raise UsageError(f"{message}; see {self.prog} --help")


def own_name(name: str) -> str:
    """The name that a command was started by, for its usage and its errors.

    Args:
        name: what it is called in a checkout ("python -m generator"), or by the script of the wheel
            ("ganvania levels": install/build_hook.py writes so).
    """
    started = Path(sys.argv[0]).name
    if getattr(sys, "frozen", False):
        return started
    return f"python -m {name}" if name.startswith("ganvania") and started == "__main__.py" else name


def run(command: Callable[[], int]) -> int:
    """Runs a command; returns its exit code, or 2 after one line for an error of the user's, or 130 where it
    was interrupted."""
    try:
        return command()
    except GanvaniaError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("interrupted", file=sys.stderr)
        return 130


def whole_number(low: int, high: int | None = None) -> Callable[[str], int]:
    """An argument's type: a whole number from `low` to `high`. Raises ArgumentTypeError for anything else."""

    def parse(text: str) -> int:
        digits = text.removeprefix("-")
        if not (digits.isascii() and digits.isdigit()):
            raise argparse.ArgumentTypeError(f"{text!r} is no whole number")
        value = int(text)
        if value < low or (high is not None and value > high):
            bounds = f"{low} to {high}" if high is not None else f"{low} or more"
            raise argparse.ArgumentTypeError(f"{text} is out of bounds: {bounds}")
        return value

    return parse


def check_stage(castle: CastleCode, given: str) -> CastleCode:
    """Returns the castle. Raises UsageError for a stage beyond its last; the message begins with `given`."""
    if castle.mode == "castle" and castle.stage > STAGES:
        raise UsageError(f"{given}: there is no stage {castle.stage}, a castle ends with stage {STAGES}")
    return castle


def seed_list(text: str) -> list[int]:
    """An argument's type: "0-15", "7" or "1,5,8-9". Raises ArgumentTypeError for anything else."""
    seed = whole_number(0, LARGEST_SEED)
    seeds: list[int] = []
    for part in text.split(","):
        first, dash, last = part.strip().partition("-")
        try:
            low = seed(first)
            high = seed(last) if dash else low
        except argparse.ArgumentTypeError as error:
            raise argparse.ArgumentTypeError(f"{error}; write 7, 0-15 or 1,5,8-9") from None
        if high < low:
            raise argparse.ArgumentTypeError(f"{part!r}: seeds go upwards")
        if len(seeds) + high - low >= MOST_SEEDS:
            raise argparse.ArgumentTypeError(
                f"{text!r} are more than the {MOST_SEEDS} seeds that a sheet holds"
            )
        seeds += range(low, high + 1)
    return seeds
