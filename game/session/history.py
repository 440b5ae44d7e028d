"""The castles that were left, each as it was left."""

from __future__ import annotations

from typing import NamedTuple

from generator.stream import LevelKey
from generator.stream.build import Built

from ..world.world import Outcome, World

CASTLES = 16
"""That can be gone back to."""


class Left(NamedTuple):
    """A castle that was left."""

    key: LevelKey
    built: Built
    world: World


class History:
    """The last ones of them."""

    def __init__(self) -> None:
        self._left: list[Left] = []

    def remember(self, key: LevelKey, built: Built, world: World) -> None:
        """Keeps a castle, but not its dreams, 3.6 MB: going back shows none."""
        left = world if world.outcome == Outcome.PLAYING else World(built.level)
        self._left.append(Left(key, Built(built.level, built.dreams[:0].copy()), left))
        del self._left[:-CASTLES]

    def back(self) -> Left | None:
        """The castle that was left last, which is no longer kept here; None where there is none."""
        return self._left.pop() if self._left else None
