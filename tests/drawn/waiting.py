"""Waiting for what a worker does."""

from __future__ import annotations

import time
from collections.abc import Callable

from generator.stream import LevelStream

PATIENCE_S = 60
"""A test that waits longer than this has failed; it is no measure of anything."""


def wait_until(stream: LevelStream, condition: Callable[[], bool]) -> None:
    last = time.monotonic() + PATIENCE_S
    while not condition():
        assert time.monotonic() < last, (stream.status, stream.error, stream.failed)
        time.sleep(0.01)
        stream.poll()
