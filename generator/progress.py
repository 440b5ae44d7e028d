"""What is being done, for whoever waits for it: one line, told by who does it, read by another thread.

It changes nothing. A process does one thing at a time that is worth a line; where none is told, it is "".
"""

from __future__ import annotations

MOST_LETTERS = 28
"""A line is no longer: it fits on the game's screen."""
_line = ""


def tell(what: str, number: int = 0, of: int = 0) -> None:
    """Says what begins now, such as "DREAMING", and which of how many things it is; "" for nothing."""
    global _line  # noqa: PLW0603 - one process, one line
    _line = f"{what} {number} OF {of}" if of else what


def told() -> str:
    """What was told last."""
    return _line
