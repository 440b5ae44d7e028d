"""What a training says at the terminal, and hears from it."""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


def say(line: str) -> None:
    """Prints a line for the person at the terminal; stdout stays for results."""
    print(line, file=sys.stderr, flush=True)


@contextmanager
def interruptible() -> Iterator[list[int]]:
    """Makes Ctrl-C and SIGTERM only append to the yielded list, so that the step at hand is finished."""
    received: list[int] = []

    def note(number: int, _: FrameType | None) -> None:
        received.append(number)

    before = {number: signal.signal(number, note) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield received
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
