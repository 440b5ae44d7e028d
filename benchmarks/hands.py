"""What benchmarks play with: keys that go through the game's own input, and a stream that never waits."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

import pygame

from game.app import App
from generator.progress import NOTHING
from generator.stream import Built, LevelKey


class Shelf:
    """A stream that has every level at once: one and the same, under the name that is wanted."""

    def __init__(self, built: Built) -> None:
        self.restarts, self.networks, self.error, self.doing = 0, 1, None, NOTHING
        self.failed: dict[LevelKey, str] = {}
        self._built = built
        self._wanted: Sequence[LevelKey] = ()

    def want(self, keys: Sequence[LevelKey], shown: LevelKey | None = None, *, waited: bool = True) -> None:
        """Names the levels."""
        self._wanted = keys

    def poll(self) -> None:
        """There is no news."""

    def ready(self, key: LevelKey) -> bool:
        """Whether it was wanted."""
        return key in self._wanted

    def take(self, key: LevelKey) -> Built | None:
        """It, if it was wanted."""
        said = {name: value for name, value in key._asdict().items() if hasattr(self._built.level, name)}
        level = dataclasses.replace(self._built.level, **said)
        return dataclasses.replace(self._built, level=level) if key in self._wanted else None


def press(app: App, *keys: int) -> None:
    """Each down for a tick and up for a tick."""
    held = app.binding.input
    for key in keys:
        letter = chr(key) if 32 < key < 127 else ""
        for kind in (pygame.KEYDOWN, pygame.KEYUP):
            held.feed([pygame.event.Event(kind, key=key, mod=0, unicode=letter)])
            wait(app, 1)


def wait(app: App, ticks: int) -> None:
    """So many ticks of what is held."""
    for _ in range(ticks):
        presses = app.binding.input.take()
        app.tick(presses, app.buttons(presses))
