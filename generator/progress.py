"""What is being done, for whoever waits for it: told by who does it, read by another thread.

It changes nothing. A process does one thing at a time that is worth telling.
"""

from __future__ import annotations

from typing import NamedTuple


class Doing(NamedTuple):
    """What is done, one of `KINDS` or "" where nothing is told, and which of how many things it is: `of` is 0
    where they are not counted."""

    what: str = ""
    number: int = 0
    of: int = 0


KINDS = "laying_out", "dreaming", "choosing", "proving"
NOTHING = Doing()
_doing = NOTHING


def tell(what: str, number: int = 0, of: int = 0) -> None:
    """Says what begins now; "" for nothing."""
    global _doing  # noqa: PLW0603 - one process, one thing
    _doing = Doing(what, number, of)


def told() -> Doing:
    """What was told last."""
    return _doing


def doing_of(told: object) -> Doing:
    """The same out of JSON; nothing where it is none."""
    match told:
        case [str(what), int(number), int(of)] if what in KINDS:
            return Doing(what, number, of)
    return NOTHING
