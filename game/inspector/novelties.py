"""How new the tiles of the level at hand are, looked up where no frame waits for it."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from pathlib import Path

from generator.inspect.index_file import NoveltyError, index_of
from generator.inspect.novelty import Nearest, TileIndex
from generator.level import Level


@dataclass(frozen=True, eq=False)
class Answer:
    """The index and what it says of every tile of a level's bank; without one, why not, in a few letters."""

    index: TileIndex | None
    nearest: Nearest | None
    brief: str = ""


class Novelties:
    """Ask `of` once a tick; a thread that ends with its work reads the index when it is first needed."""

    def __init__(self, network: Path | None = None) -> None:
        """`network`: the file that levels are dreamed with; None: the one that ships."""
        self._network = network
        self._index: tuple[str, TileIndex] | None = None
        self._level: Level | None = None
        self._answer: Answer | None = None
        self._thread: threading.Thread | None = None

    def of(self, level: Level) -> Answer | None:
        """What is known of this level's tiles; None while it is looked up."""
        if self._thread is not None and self._thread.is_alive():
            return None
        if level is not self._level:
            self._level, self._answer = level, None
            self._thread = threading.Thread(
                target=self._look_up, args=(level,), name="novelty of tiles", daemon=True
            )
            self._thread.start()
            return None
        return self._answer

    def wait(self) -> None:
        """Until what is being looked up is found."""
        if self._thread is not None:
            self._thread.join()

    def _look_up(self, level: Level) -> None:
        # Borrowed tiles are the shipped network's, whatever the level's own is.
        network, sha256 = (None, "") if level.substitute else (self._network, level.network)
        try:
            if self._index is None or self._index[0] != sha256:
                self._index = sha256, index_of(network, sha256)
        except NoveltyError as error:
            self._answer = Answer(None, None, error.brief)
            return
        index = self._index[1]
        self._answer = Answer(index, index.nearest(level.bank) if len(level.bank) else None)
