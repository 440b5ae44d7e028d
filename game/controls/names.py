"""Short words for keys that print no letter, and what is printed on the buttons of a pad."""

from __future__ import annotations

from functools import cache

import pygame

from ..texts import text, texts
from .actions import Device

PAD_WITH_HAT = ("a", "b", "x", "y", "lb", "rb", "back", "start", "ls", "rs", "guide")
"""Names of the texts of a pad's buttons by their numbers. (pygame's documentation, of the Xbox's)"""


@cache
def words() -> dict[int, str]:
    """The words by the place of the key. The texts name the keys as pygame does. The longest words have five
    letters: there is room for them in every line."""
    names = (name.partition(".") for name in texts())
    return {
        getattr(pygame, f"KSCAN_{key.upper()}"): text(f"keys.{key}")
        for group, _, key in names
        if group == "keys"
    }


def name_of_button(device: Device, number: int) -> str:
    """What a pad's button is called: by its letter where pads of its kind agree on one, or its number."""
    if device == Device.PAD_WITH_HAT and number < len(PAD_WITH_HAT):
        return text(f"pad.{PAD_WITH_HAT[number]}")
    return text("pad.button", number=number)
