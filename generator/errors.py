"""The base of all errors that the user can mend, and the checks of arguments that many share."""

from __future__ import annotations

import operator
import os
from pathlib import Path

_SHOWN = 40
"""Characters of a value that an error repeats, at most."""


class GanvaniaError(Exception):
    """A message for the user: one line that names the file, what is wrong with it and what to do.

    Command lines print it after `error: ` and exit with 2.
    """


class ArgumentError(GanvaniaError, ValueError):
    """An argument that cannot be used; the message begins with its name."""


def whole(name: str, value: object, low: int, high: int, *, kind: type[GanvaniaError] = ArgumentError) -> int:
    """An argument that must be a whole number. Raises an error of this kind, which names the argument."""
    try:
        number = operator.index(value)  # type: ignore[arg-type]
    except TypeError:
        number = low - 1
    if isinstance(value, bool) or not low <= number <= high:
        raise kind(f"{name}: {shown(value)} is no whole number from {low} to {high}")
    return number


def path_of(name: str, path: object) -> Path:
    """An argument that must name a file or a folder: a str, a Path, or what else says a path of text.

    Raises ArgumentError, which begins with the argument's name.
    """
    said = os.fspath(path) if isinstance(path, str | os.PathLike) else None
    if not isinstance(said, str) or not said or "\0" in said:
        raise ArgumentError(f"{name}: {shown(path)} is no path; write a text such as 'out/level', or a Path")
    return Path(said)


def shown(value: object) -> str:
    """A value as errors repeat it, short and on one line."""
    return repr(value)[:_SHOWN]
