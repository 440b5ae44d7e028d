"""Where keys lie, and what is printed on them.

Keys go by place, as SDL's scancodes name it: the whip lies left of the jump on every keyboard, whatever the
letters there are. What is printed there only SDL knows, and pygame does not pass it on; so SDL is asked
itself, in the library that pygame has loaded. Where that cannot be found, or the letter is none of the game's
font, a key is called as on a US keyboard, which says where it lies.
"""

from __future__ import annotations

import ctypes
import string
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pygame

from ..texts import text as text_of
from .actions import Device
from .bindings import Bindings, Function
from .names import name_of_button, words

PLACE_OF_KEY: dict[int, int] = {
    getattr(pygame, name): getattr(pygame, f"KSCAN_{name[2:].upper()}")
    for name in dir(pygame)
    if name.startswith("K_") and hasattr(pygame, f"KSCAN_{name[2:].upper()}")
}
"""Where keys lie on a US keyboard. For events that name no place, as those of remote desktops."""
SIGNS = f"{string.ascii_uppercase}{string.digits}-,.;/'[]=#+<"
"""What keys may be called by a single sign: the game's font has all of these."""
INSTEAD = {Function.OVERLAY: Function.JUMP, Function.REMOVE: Function.KEEP}
"""Functions that do the same on a pad, where nothing is bound to the first."""
ON_PADS = {"leave": Function.WHIP, "hold": Function.START}
"""What stands for Escape on a pad."""
DIRECTIONS = (Function.UP, Function.LEFT, Function.DOWN, Function.RIGHT)
ARROWS = (pygame.KSCAN_UP, pygame.KSCAN_LEFT, pygame.KSCAN_DOWN, pygame.KSCAN_RIGHT)


class _InForce:
    """What texts call keys by. SDL keeps one layout of the keyboard a process, and this is kept beside it, so
    that whatever draws a text need not be handed the bindings; the app says what they are."""

    bindings = Bindings()
    device = Device.KEYS


def put_in_force(bindings: Bindings, device: Device = Device.KEYS) -> None:
    """From now on texts name what is bound by these, on a device."""
    _InForce.bindings, _InForce.device = bindings, device


def place_of(event: pygame.event.Event) -> int:
    """The place of the key of a KEYDOWN or KEYUP."""
    return getattr(event, "scancode", 0) or PLACE_OF_KEY.get(event.key, 0)


class _Named(dict[str, str]):
    """The names in braces, as they are asked for."""

    def __missing__(self, name: str) -> str:
        if name == "walk":
            return _walk()
        if name in ON_PADS and _InForce.device == Device.KEYS:
            return words()[pygame.KSCAN_ESCAPE]
        return _name(ON_PADS.get(name) or Function(name))


def with_keys(text: str) -> str:
    """A text with what is printed on the keys, or the pad's buttons, that it names in braces, such as {jump}.

    {walk} are all four directions, {leave} is what leads out of menus, {hold} what pauses too.
    """
    return text.format_map(_Named())


def _name(function: Function) -> str:
    """What is printed on the first that is bound to a function."""
    device = _InForce.device
    numbers = _InForce.bindings.numbers(device, function)
    if numbers:
        return name_of(device, numbers[0])
    if function in DIRECTIONS:
        return text_of(f"keys.{function.value}")
    return _name(INSTEAD[function]) if function in INSTEAD else text_of("pad.none")


def _walk() -> str:
    device = _InForce.device
    numbers = [_InForce.bindings.numbers(device, function)[:1] for function in DIRECTIONS]
    if device != Device.KEYS:
        return text_of("pad.cross")
    if [number for (number,) in numbers] == [*ARROWS]:
        return text_of("pad.arrows")
    names = [_name(function) for function in DIRECTIONS]
    return "".join(names) if max(map(len, names)) == 1 else f"{names[1]}/{names[3]}"


def name_of(device: Device, number: int) -> str:
    """What is printed on a key, by its place, or on a button of a pad."""
    return printed(number) if device == Device.KEYS else name_of_button(device, number)


def printed(place: int) -> str:
    """What is printed on the key at a place, by the layout that is used now: a sign, or a short word."""
    word = words().get(place)
    if word is not None:
        return word
    name = _name_by_sdl(place).upper()
    return name if len(name) == 1 and name in SIGNS else _name_in_the_us(place)


def _name_in_the_us(place: int) -> str:
    key = next((key for key, other in PLACE_OF_KEY.items() if other == place), 0)
    sign = chr(key).upper() if 32 < key < 127 else ""
    return sign if sign and sign in SIGNS else text_of("pad.button", number=place)


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
