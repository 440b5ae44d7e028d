"""The base of all errors that the user can mend."""

from __future__ import annotations

import operator


class GanvaniaError(Exception):
    """A message for the user: one line that names the file, what is wrong with it and what to do.

    Command lines print it after `error: ` and exit with 2.
    """


def whole(name: str, value: object, low: int, high: int, *, kind: type[GanvaniaError] = GanvaniaError) -> int:
    """An argument that must be a whole number. Raises an error of this kind, which names the argument."""
    try:
        number = operator.index(value)  # type: ignore[arg-type]
    except TypeError:
        number = low - 1
    if not low <= number <= high:
        raise kind(f"{name}: {value!r:.40} is no whole number from {low} to {high}")
    return number
