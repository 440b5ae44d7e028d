"""Where keys lie, and what is printed on them.

Keys go by place, as SDL's scancodes name it: the whip lies left of the jump on every keyboard, whatever the
letters there are. What is printed there only SDL knows, and pygame does not pass it on; so SDL is asked
itself, in the library that pygame has loaded. Where that cannot be found, or the letter is none of the game's
font, a key is called as on a US keyboard, which says where it lies.
"""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pygame

LETTERS: dict[str, int] = {
    "jump": pygame.KSCAN_X, "whip": pygame.KSCAN_Z, "new": pygame.KSCAN_R, "anew": pygame.KSCAN_T,
    "keep": pygame.KSCAN_F, "pause": pygame.KSCAN_P,
}  # fmt: skip
"""Places of the letters that the game's texts name, by what they are called there."""
_OTHERS = (
    "SPACE", "BACKSPACE", "DELETE", "TAB", "RETURN", "KP_ENTER", "ESCAPE",
    "RIGHT", "LEFT", "UP", "DOWN", "F1", "F11", "F12",
)  # fmt: skip
PLACE_OF_KEY: dict[int, int] = {
    getattr(pygame, f"K_{name}"): getattr(pygame, f"KSCAN_{name.upper()}")
    for name in (*"abcdefghijklmnopqrstuvwxyz", *_OTHERS)
}
"""Where keys lie on a US keyboard. For events that name no place, as those of remote desktops."""


def place_of(event: pygame.event.Event) -> int:
    """The place of the key of a KEYDOWN or KEYUP."""
    return getattr(event, "scancode", 0) or PLACE_OF_KEY.get(event.key, 0)


def with_keys(text: str) -> str:
    """A text with what is printed on the keys that it names in braces, such as {jump}."""
    return text.format_map({name: printed(place) for name, place in LETTERS.items()})


def printed(place: int) -> str:
    """The letter on the key at a place, by the layout that is used now; A to Z."""
    name = _name_by_sdl(place).upper()
    return name if len(name) == 1 and name.isascii() and name.isalpha() else _name_in_the_us(place)


def _name_in_the_us(place: int) -> str:
    key = next(key for key, other in PLACE_OF_KEY.items() if other == place)
    return chr(key).upper()


def _name_by_sdl(place: int) -> str:
    sdl = _sdl()
    return (
        ""
        if sdl is None
        else sdl.SDL_GetKeyName(sdl.SDL_GetKeyFromScancode(place)).decode("utf-8", "replace")
    )


@cache
def _sdl() -> Any:
    """The library that pygame has loaded; None where it is not found."""
    for path in _candidates():
        try:
            library = ctypes.CDLL(path)
            library.SDL_GetKeyName.restype = ctypes.c_char_p
            library.SDL_GetKeyFromScancode.restype = ctypes.c_int32
        except (OSError, AttributeError):
            continue
        return library
    return None


def _candidates() -> Iterator[str]:
    if sys.platform == "linux":
        try:
            loaded = Path("/proc/self/maps").read_text("utf-8", "replace").split()
        except OSError:
            return
        yield from dict.fromkeys(part for part in loaded if Path(part).name.startswith("libSDL2-2"))
        return
    package = Path(pygame.__file__).parent
    for pattern in ("SDL2.dll", ".dylibs/libSDL2-2*.dylib"):
        yield from map(str, sorted(package.glob(pattern)))
