"""Work that takes longer than a tick, done by a thread beside the game, one thing after another."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from typing import Generic, TypeVar

News = TypeVar("News")


class Background(Generic[News]):
    """All methods are for the game's thread. A program that ends finishes first what is under way."""

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(max_workers=1)
        self._under_way: deque[Future[News | None]] = deque()

    def do(self, work: Callable[[], News | None]) -> None:
        """Does this as soon as all that was asked for before is done. What it returns is its news."""
        self._under_way.append(self._thread.submit(work))

    def news(self) -> News | None:
        """The next news, each once; None while there is none. Raises what the work has raised."""
        while self._under_way and self._under_way[0].done():
            news = self._under_way.popleft().result()
            if news is not None:
                return news
        return None

    def wait(self) -> None:
        """Waits until all that was asked for is done."""
        wait(self._under_way)
