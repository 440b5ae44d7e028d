"""The castles that the player has left, each as he left it."""

from __future__ import annotations

from typing import NamedTuple

from generator.stream import Built, LevelKey

from ..world import World
from ..world.world import Outcome

CASTLES = 16
"""How many castles can be gone back to."""


class Left(NamedTuple):
    """A castle that was left: what was played of it, and how."""

    key: LevelKey
    built: Built
    world: World


class History:
    """The last castles that were left."""

    def __init__(self) -> None:
        self._left: list[Left] = []

    def remember(self, key: LevelKey, built: Built, world: World) -> None:
        """Keeps a castle without its dreams, 3.6 MB: going back shows none. One whose stage is over begins at
        its entrance again."""
        left = world if world.outcome == Outcome.PLAYING else World(built.level)
        self._left.append(Left(key, Built(built.level, built.dreams[:0].copy()), left))
        del self._left[:-CASTLES]

    def back(self) -> Left | None:
        """The castle that was left last, which is then no longer kept here; None where there is none."""
        return self._left.pop() if self._left else None
