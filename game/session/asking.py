"""What a session asks of the stream of levels: the one that is waited for, and those that may come next.

`Session.message` tells the player of the wait.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple, Protocol

from generator.progress import Doing
from generator.stream import Built, LevelKey

from ..texts import text
from .phases import Command

CASTLES_AHEAD = 9
"""How many castles are kept that R leads to: a press every half second empties them no faster than a good
machine fills them. One takes 4 MB, most of it its dreams. (benchmarks/bench_flow.py)"""
CASTLE_BYTES = 8 << 20
"""The memory that has to be free for each."""


def castles_ahead() -> int:
    """How many castles the memory of this machine allows."""
    try:
        free = os.sysconf("SC_AVPHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (AttributeError, ValueError, OSError):  # a system that does not tell
        return CASTLES_AHEAD
    return max(1, min(CASTLES_AHEAD, free // CASTLE_BYTES))


class Stream(Protocol):
    """What a session needs of `LevelStream`."""

    @property
    def restarts(self) -> int: ...
    @property
    def networks(self) -> int: ...
    @property
    def error(self) -> str | None: ...
    @property
    def doing(self) -> Doing: ...
    @property
    def failed(self) -> Mapping[LevelKey, str]: ...
    def want(
        self, keys: Sequence[LevelKey], shown: LevelKey | None = None, *, waited: bool = True
    ) -> None: ...
    def poll(self) -> None: ...
    def ready(self, key: LevelKey) -> bool: ...
    def take(self, key: LevelKey) -> Built | None: ...


class Asked(NamedTuple):
    """A level that is swapped in as soon as it is there."""

    key: LevelKey
    why: Command | None
    """The command that asked for it; None for the next stage and for the first."""
    presses: int = 1
    """How many castles on it is: so often R was pressed since the last one came."""


class Asking:
    """One level is waited for at most: the last one that was asked for."""

    def __init__(self, stream: Stream | None) -> None:
        """`stream`: None where nothing may be asked for."""
        self.asked: Asked | None = None
        self.ticks = 0
        """Ticks that the last one was waited for."""
        self._stream = stream
        self._restarts, self._networks = 0, 1

    def ask(self, key: LevelKey, why: Command | None, presses: int = 1) -> bool:
        """Waits for this level; False where it was waited for already. Then `want` has to be told."""
        if self.asked is not None and self.asked.key == key:
            return False
        self.asked, self.ticks = Asked(key, why, presses), 0
        return True

    def want(self, ahead: Sequence[LevelKey], shown: LevelKey | None) -> None:
        """Tells the stream what to build: what is waited for first, then `ahead`. `shown`: see the stream."""
        first = [self.asked.key] if self.asked else []
        if self._stream is not None:
            keys = [*first, *(key for key in ahead if key not in first)]
            self._stream.want(keys, shown, waited=bool(first))

    def hear(self) -> tuple[str, bool]:
        """The stream's news as a line to show or "", and whether a newer network dreams from now on."""
        if self._stream is None:
            return "", False
        self._stream.poll()
        restarts, self._restarts = self._restarts, self._stream.restarts
        networks, self._networks = self._networks, self._stream.networks
        if self._networks > networks:
            return text("say.network", number=self._networks), True
        return text("say.restarted") if self._restarts > restarts else "", False

    def take(self) -> Built | None:
        """The level that is waited for, if it is there; then nothing is waited for any more."""
        built = self._stream.take(self.asked.key) if self._stream and self.asked else None
        if built is not None:
            self.asked = None
        return built

    @property
    def hopeless(self) -> bool:
        """Whether no level will come any more."""
        return self._stream is not None and self.asked is not None and self._stream.error is not None

    @property
    def failed(self) -> bool:
        """Whether what is waited for could not be built; others may come."""
        return self._stream is not None and self.asked is not None and self.asked.key in self._stream.failed

    def chain(self, key: LevelKey, onward: Callable[[LevelKey], LevelKey], number: int) -> list[LevelKey]:
        """So many levels, each led to by the one before, from this one on; without those known to fail."""
        found = [self.around(key, onward)]
        while len(found) < number:
            found.append(self.around(onward(found[-1]), onward))
        return found

    def around(self, key: LevelKey, onward: Callable[[LevelKey], LevelKey]) -> LevelKey:
        """This level, or the first behind it, by `onward`, that is not known to fail."""
        while self._stream is not None and key in self._stream.failed:
            key = onward(key)
        return key
