"""Waiting for what a worker does, however slow the machine is."""

from __future__ import annotations

import time
from collections.abc import Callable

from generator.stream import LevelStream

HANGS_S = 600
"""A test that waits longer than this hangs; nothing is ever that slow."""


def wait_until(stream: LevelStream, condition: Callable[[], bool]) -> None:
    """Polls a stream until a condition holds. Fails where the stream has given up, and where it hangs."""
    last = time.monotonic() + HANGS_S
    while not condition():
        assert stream.error is None and time.monotonic() < last, (stream.status, stream.error, stream.failed)
        time.sleep(0.01)
        stream.poll()
