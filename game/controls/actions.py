"""What comes of keys and pads: the actions that presses ask for, and all the presses of a tick."""

from __future__ import annotations

from enum import Enum, auto
from typing import NamedTuple


class Action(Enum):
    """What a press asks for that is no button of the hero's."""

    REGENERATE = auto()
    BACK = auto()
    REDREAM = auto()
    FAVOURITE = auto()
    REMOVE = auto()
    INSPECT = auto()
    OVERLAY = auto()
    PAUSE = auto()
    START = auto()
    ESCAPE = auto()
    SCREENSHOT = auto()
    FULLSCREEN = auto()
    QUIT = auto()
    LOST = auto()
    """No press: the pad that was played with is gone."""


class Device(Enum):
    """What has keys or buttons. The value is its name in the file of bindings."""

    KEYS = "keys"
    PAD_WITH_HAT = "pad_with_hat"
    """A pad whose cross is a hat, as the Xbox's."""
    PAD_WITHOUT_HAT = "pad_without_hat"
    """A pad whose cross is four buttons, as the PlayStation's and the Switch's."""


class Reading(Enum):
    """What keys are read for."""

    PLAY = auto()
    MENUS = auto()
    """Arrows and Return mean themselves, whatever they are bound to."""
    TYPING = auto()
    """As in menus, and a key that writes a letter does nothing else; Backspace takes one back."""


class Raw(NamedTuple):
    """A press as it came, whatever it is bound to."""

    device: Device
    number: int
    """The place of a key (`places.py`), or the number of a pad's button."""


class Presses(NamedTuple):
    """The input of a tick."""

    mask: int
    actions: tuple[Action, ...]
    text: str = ""
    """What was typed or pasted."""
    raw: tuple[Raw, ...] = ()
    """The keys and buttons that were pressed."""
    by: Device = Device.KEYS
    """What was used last."""
    pad: Device | None = None
    """The kind of the pad that was used or plugged in last; None: there is no pad."""
