"""A small file in the user's folders: read once, written in the background, set aside where it is broken."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Generic, TypeVar

from generator.errors import GanvaniaError
from generator.files import write_atomically

from ..background import Background

Value = TypeVar("Value")
MOST_BYTES = 16_384
"""A larger file is none of ours, if nobody says otherwise."""
ASIDE = ".broken"
"""What the name of a file that cannot be used is given at its end; it is kept."""


class Kept(Generic[Value]):
    """All methods are for the game's thread; none but `read` and `wait` blocks. A disk that refuses is no
    reason to stop a game."""

    def __init__(
        self,
        path: Path | None,
        from_bytes: Callable[[bytes], Value],
        to_bytes: Callable[[Value], bytes],
        most_bytes: int = MOST_BYTES,
    ) -> None:
        """`path`: None where nothing is kept. `from_bytes`: raises ValueError, TypeError, KeyError or
        GanvaniaError for anything that `to_bytes` has not written. `most_bytes`: the largest file."""
        self.set_aside = False
        """Whether there was a file that could not be used."""
        self._path, self._most_bytes = path, most_bytes
        self._from_bytes, self._to_bytes = from_bytes, to_bytes
        self._background: Background[str] = Background()
        self._value: Value | None = None

    @property
    def name(self) -> str:
        """The file's; "" where nothing is kept."""
        return self._path.name if self._path else ""

    def read(self) -> Value | None:
        """What the file holds; None where there is none, or a broken one."""
        if self._path is None:
            return None
        try:
            with self._path.open("rb") as file:
                data = file.read(self._most_bytes + 1)
        except OSError:
            return None
        try:
            self._value = self._from_bytes(data if len(data) <= self._most_bytes else b"")
        except (ValueError, TypeError, KeyError, RecursionError, GanvaniaError):
            self.set_aside = True
            with contextlib.suppress(OSError):
                self._path.replace(self._path.with_name(self._path.name + ASIDE))
        return self._value

    def keep(self, value: Value | None) -> None:
        """Keeps this instead of what there was; None: nothing any more."""
        if self._path is None or value == self._value:
            return
        self._value = value
        data = None if value is None else self._to_bytes(value)
        self._background.do(partial(_write, self._path, data))

    def wait(self) -> None:
        """Waits until all is written."""
        self._background.wait()


def _write(path: Path, data: bytes | None) -> str | None:
    with contextlib.suppress(OSError):
        if data is None:
            path.unlink(missing_ok=True)
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            write_atomically(path, lambda file: file.write(data))
    return None
