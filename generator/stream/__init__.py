"""Finished levels while a game runs: built in a worker process, handed over once a frame."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .key import Built, LevelKey
from .stream import LevelStream

if TYPE_CHECKING:
    from .build import build_level

__all__ = ["Built", "LevelKey", "LevelStream", "build_level"]


if not TYPE_CHECKING:

    def __getattr__(name: str) -> Any:
        """`build_level`, with all that makes a level, when it is asked for first: a game that only listens
        to a worker starts sooner without."""
        if name != "build_level":
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        from .build import build_level

        globals()[name] = build_level
        return build_level
