"""Pads that nobody holds, and fingers that walk through an app with one of them and no key."""

from __future__ import annotations

from typing import Any

import pygame

from generator.motion import Button

from .fingers import Fingers

A, B, X, Y, LB, RB, BACK, START, LS, RS = range(10)
"""Buttons of a pad with a hat."""
HAT = {Button.UP: (0, 1), Button.DOWN: (0, -1), Button.LEFT: (-1, 0), Button.RIGHT: (1, 0)}


class FakePad:
    """What is asked of a pad."""

    def __init__(self, instance_id: int, hats: int = 1) -> None:
        self.instance_id, self.hats = instance_id, hats

    def get_instance_id(self) -> int:
        return self.instance_id

    def get_numhats(self) -> int:
        return self.hats


class PadFingers(Fingers):
    """A pad with a hat is plugged into `app`."""

    number = 40
    """The pad's instance id."""

    def plug_in(self) -> None:
        self._input._open_pad = lambda index: FakePad(self.number)
        self._feed(pygame.JOYDEVICEADDED, device_index=0)

    def pull_out(self) -> None:
        self._feed(pygame.JOYDEVICEREMOVED)

    def push(self, *buttons: int | Button) -> None:
        """Each for two ticks, then two ticks of nothing. A direction is the hat's."""
        for button in buttons:
            if isinstance(button, Button):
                self._feed(pygame.JOYHATMOTION, hat=0, value=HAT[button])
                self.wait(2)
                self._feed(pygame.JOYHATMOTION, hat=0, value=(0, 0))
            else:
                self._feed(pygame.JOYBUTTONDOWN, button=button)
                self.wait(2)
                self._feed(pygame.JOYBUTTONUP, button=button)
            self.wait(2)

    def _feed(self, kind: int, **fields: Any) -> None:
        self._input.feed([pygame.event.Event(kind, {"instance_id": self.number, **fields})])
