"""A stream of levels from a training that still runs: the newest network that it has written dreams them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from generator.errors import GanvaniaError
from generator.stream import Built, LevelKey, LevelStream

EXPORT = "network.onnx"
"""The file in a run's folder that a training replaces at every sample grid."""
LOOK_EVERY_POLLS = 120
"""How often to look for a newer network: every two seconds of ticks."""


class NothingToWatch(GanvaniaError):
    """A run that has exported no network yet."""


class WatchedStream:
    """A stream of levels that changes over to a newer network without a break.

    The newer one dreams in a worker of its own until it has a level that is wanted; only then does the
    older one end. `networks` counts those that it has dreamed with.
    """

    def __init__(self, run: Path, begin: Callable[[Path], LevelStream] = LevelStream) -> None:
        """Raises NothingToWatch where the run has exported no network yet."""
        self.path = run / EXPORT
        self.networks = 1
        self._begin = begin
        self._wanted: tuple[LevelKey, ...] = ()
        self._polls = 0
        self._next: LevelStream | None = None
        self._seen = self._look()
        if self._seen is None:
            raise NothingToWatch(
                f"{self.path}: no such file yet; a training writes it with its first sample grid"
            )
        self._now = begin(self.path)

    # What else there is to tell is told by the stream that dreams now; see `LevelStream`.
    restarts = property(lambda self: self._now.restarts)
    error = property(lambda self: self._now.error)
    doing = property(lambda self: self._now.doing)
    failed = property(lambda self: self._now.failed)

    def want(self, keys: Sequence[LevelKey], shown: LevelKey | None = None, *, waited: bool = True) -> None:
        """Names the levels to have, most urgent first; see `LevelStream.want`."""
        self._wanted = tuple(keys)
        self._now.want(keys, shown, waited=waited)
        if self._next is not None:
            self._next.want(keys, waited=False)

    def poll(self) -> None:
        """Takes notice of what has happened meanwhile; now and then looks for a newer network."""
        self._now.poll()
        self._polls += 1
        if self._next is None and self._polls % LOOK_EVERY_POLLS == 0:
            found = self._look()
            if found is not None and found != self._seen:
                self._seen = found
                self._next = self._begin(self.path)
                self._next.want(self._wanted, waited=False)
        if self._next is None:
            return
        self._next.poll()
        if self._next.error:  # the file is no network; the next one may be
            self._next.end()
            self._next = None
        elif any(self._next.ready(key) for key in self._wanted):
            self._now.end()
            self._now, self._next = self._next, None
            self.networks += 1

    def ready(self, key: LevelKey) -> bool:
        """Whether `take` would give this level now."""
        return self._now.ready(key)

    def take(self, key: LevelKey) -> Built | None:
        """This level, which then is no longer kept here; None where it is not ready."""
        return self._now.take(key)

    def close(self) -> None:
        """Ends the workers."""
        self._now.close()
        if self._next is not None:
            self._next.close()

    def _look(self) -> tuple[int, int] | None:
        """What tells one export from the next; None where there is none."""
        try:
            found = self.path.stat()
        except OSError:
            return None
        return found.st_mtime_ns, found.st_ino
