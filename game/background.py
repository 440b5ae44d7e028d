"""Work that takes longer than a tick, done by a thread beside the game, one thing after another."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from functools import partial
from typing import Generic, TypeVar

News = TypeVar("News")
LOG = logging.getLogger(__name__)


class Background(Generic[News]):
    """All methods are for the game's thread. A program that ends finishes first what is under way.

    Work that goes wrong in a way that it does not know itself is logged, and its news are `failed`; what was
    asked for after it is done all the same.
    """

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(max_workers=1)
        self._under_way: deque[Future[News | None]] = deque()

    def do(self, work: Callable[[], News | None], failed: News | None = None) -> None:
        """Does this as soon as all that was asked for before is done. What it returns is its news."""
        self._under_way.append(self._thread.submit(partial(_whatever_happens, work, failed)))

    def news(self) -> News | None:
        """The next news, each once; None while there is none."""
        while self._under_way and self._under_way[0].done():
            news = self._under_way.popleft().result()
            if news is not None:
                return news
        return None

    def wait(self) -> None:
        """Waits until all that was asked for is done."""
        wait(self._under_way)


def _whatever_happens(work: Callable[[], News | None], failed: News | None) -> News | None:
    try:
        return work()
    except Exception:
        LOG.exception("unexpected, and set aside")
        return failed
