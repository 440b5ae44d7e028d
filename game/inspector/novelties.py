"""How new the tiles of the level at hand are, looked up where no frame waits for it."""

from __future__ import annotations

import logging
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from generator.inspect.index_file import NoveltyError, index_of
from generator.inspect.novelty import Nearest, TileIndex
from generator.level import Level

from ..texts import text

LOG = logging.getLogger(__name__)


@dataclass(frozen=True, eq=False)
class Answer:
    """The index and what it says of every tile of a level's bank; without one, why not, in a few letters."""

    index: TileIndex | None
    nearest: Nearest | None
    brief: str = ""


class Novelties:
    """Ask `of` once a tick. The index is read when it is first needed."""

    def __init__(self, network: Path | None = None) -> None:
        """`network`: the file that levels are dreamed with; None: the one that ships."""
        self._network = network
        self._index: tuple[str, TileIndex] | None = None
        self._level: Level | None = None
        self._answer: Future[Answer] | None = None
        self._thread = ThreadPoolExecutor(max_workers=1)

    def of(self, level: Level) -> Answer | None:
        """What is known of this level's tiles; None while it is looked up."""
        if self._answer is not None and not self._answer.done():
            return None
        if self._answer is None or level is not self._level:
            self._level, self._answer = level, self._thread.submit(self._look_up, level)
            return None
        return self._answer.result()

    def wait(self) -> None:
        """Waits until what is being looked up is found."""
        if self._answer is not None:
            self._answer.result()

    def _look_up(self, level: Level) -> Answer:
        # Borrowed tiles are the shipped network's, whatever the level's own is.
        network, sha256 = (None, "") if level.substitute else (self._network, level.network)
        try:
            if self._index is None or self._index[0] != sha256:
                self._index = sha256, index_of(network, sha256)
        except NoveltyError as error:
            return Answer(None, None, text(f"inspector.{error.brief.lower().replace(' ', '_')}"))
        except Exception:
            LOG.exception("the index of tiles: unexpected, and done without")
            return Answer(None, None, text("inspector.index_damaged"))
        index = self._index[1]
        return Answer(index, index.nearest(level.bank.pixels) if len(level.bank) else None)
