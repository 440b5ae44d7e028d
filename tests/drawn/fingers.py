"""Fingers: keys go through the game's own input into an app, and the disk is waited for."""

from __future__ import annotations

import pygame

from game.app import App
from game.controls import Input


class Fingers:
    """What presses keys in `app`."""

    app: App

    @property
    def _input(self) -> Input:
        return self.app.binding.input

    def wait(self, ticks: int) -> None:
        for _ in range(ticks):
            self.app.favourites.wait()
            presses = self._input.take()
            self.app.tick(presses, self.app.buttons(presses))

    def press(self, *keys: int) -> None:
        """Each for two ticks, then two ticks of nothing."""
        for key in keys:
            letter = chr(key) if 32 < key < 127 else ""
            self._input.feed([pygame.event.Event(pygame.KEYDOWN, key=key, mod=0, unicode=letter)])
            self.wait(2)
            self._input.feed([pygame.event.Event(pygame.KEYUP, key=key, mod=0)])
            self.wait(2)
