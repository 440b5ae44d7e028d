"""What keys and a pad's buttons do: the functions, the first bindings, others, and how a file holds them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import Enum

import pygame

from generator.motion import Button

from .actions import Action, Device

FORMAT = 1
PLACES, PAD_BUTTONS = 512, 64
"""Places of keys (SDL_NUM_SCANCODES), and how many buttons of a pad are looked at. (ours)"""
RESERVED = frozenset((pygame.KSCAN_ESCAPE, pygame.KSCAN_F11, pygame.KSCAN_F12))
"""Places that nothing else can be bound to."""


class Function(Enum):
    """What can be bound, in the order of the page. The value is its name in texts and files."""

    LEFT = "left"
    RIGHT = "right"
    UP = "up"
    DOWN = "down"
    JUMP = "jump"
    WHIP = "whip"
    NEW = "new"
    BACK = "back"
    ANEW = "anew"
    KEEP = "keep"
    REMOVE = "remove"
    INSPECT = "inspect"
    OVERLAY = "overlay"
    PAUSE = "pause"
    START = "start"


BUTTONS: Mapping[Function, int] = {
    Function.LEFT: int(Button.LEFT), Function.RIGHT: int(Button.RIGHT), Function.UP: int(Button.UP),
    Function.DOWN: int(Button.DOWN), Function.JUMP: int(Button.JUMP), Function.WHIP: int(Button.WHIP),
}  # fmt: skip
"""Functions that are buttons of the hero's."""
ACTIONS: Mapping[Function, Action] = {
    Function.NEW: Action.REGENERATE, Function.BACK: Action.BACK, Function.ANEW: Action.REDREAM,
    Function.KEEP: Action.FAVOURITE, Function.REMOVE: Action.REMOVE, Function.INSPECT: Action.INSPECT,
    Function.OVERLAY: Action.OVERLAY, Function.PAUSE: Action.PAUSE, Function.START: Action.START,
}  # fmt: skip
"""The others."""

Table = Mapping[Function, tuple[int, ...]]
"""The numbers that are bound to each function, the one that is named in texts first."""


def _table(**numbers: tuple[int, ...]) -> Table:
    return {function: numbers.get(function.value, ()) for function in Function}


FIRST: Mapping[Device, Table] = {
    Device.KEYS: _table(
        left=(pygame.KSCAN_LEFT, pygame.KSCAN_A), right=(pygame.KSCAN_RIGHT, pygame.KSCAN_D),
        up=(pygame.KSCAN_UP, pygame.KSCAN_W), down=(pygame.KSCAN_DOWN, pygame.KSCAN_S),
        jump=(pygame.KSCAN_X, pygame.KSCAN_K, pygame.KSCAN_SPACE), whip=(pygame.KSCAN_Z, pygame.KSCAN_J),
        new=(pygame.KSCAN_R,), back=(pygame.KSCAN_BACKSPACE,), anew=(pygame.KSCAN_T,),
        keep=(pygame.KSCAN_F,), remove=(pygame.KSCAN_DELETE,), inspect=(pygame.KSCAN_F1,),
        overlay=(pygame.KSCAN_TAB,), pause=(pygame.KSCAN_P,),
        start=(pygame.KSCAN_RETURN, pygame.KSCAN_KP_ENTER),
    ),
    # A, B, X, Y, shoulders, back, start, sticks pressed; directions are the hat's. (pygame's documentation)
    Device.PAD_WITH_HAT: _table(
        jump=(0,), whip=(1, 2), new=(3,), back=(4,), anew=(5,), keep=(9,), inspect=(8,), pause=(6,),
        start=(7,),
    ),
    Device.PAD_WITHOUT_HAT: _table(
        left=(13,), right=(14,), up=(11,), down=(12,), jump=(0,), whip=(1, 2), new=(3,), back=(9,),
        anew=(10,), keep=(8,), inspect=(7,), pause=(4,), start=(6,),
    ),
}  # fmt: skip
"""The bindings at first."""
_EVERY_MENU = frozenset((Function.JUMP, Function.WHIP, Function.PAUSE, Function.START))
NEEDED: Mapping[Device, frozenset[Function]] = {
    Device.KEYS: frozenset(Function),
    Device.PAD_WITH_HAT: _EVERY_MENU,
    Device.PAD_WITHOUT_HAT: _EVERY_MENU,
}
"""Functions that nothing may be left without: on pads those that lead into menus, through them and out; the
stick always leads about in them."""


@dataclass(frozen=True)
class Bindings:
    """What does what, on each device."""

    tables: Mapping[Device, Table] = field(default_factory=lambda: FIRST)

    def numbers(self, device: Device, function: Function) -> tuple[int, ...]:
        """What is bound to a function."""
        return self.tables[device][function]

    def function_at(self, device: Device, number: int) -> Function | None:
        """What a number is bound to."""
        return next((function for function, bound in self.tables[device].items() if number in bound), None)

    def bound(self, device: Device, function: Function, number: int) -> Bindings | None:
        """With a number as the first of a function, instead of what was the first; whatever it did before is
        done by that one now. None where it cannot be bound, or where something needed would be done by none.
        """
        if not _can_be(device, number):
            return None
        table = dict(self.tables[device])
        before, other = table[function], self.function_at(device, number)
        if other == function:
            table[function] = (number, *(one for one in before if one != number))
        else:
            if other is not None:
                table[other] = tuple(
                    new for one in table[other] for new in (before[:1] if one == number else (one,))
                )
            table[function] = (number, *before[1:])
        return self._with(device, table)

    def only_first(self, device: Device, function: Function) -> Bindings:
        """With nothing but the first number bound to a function."""
        table = {**self.tables[device], function: self.numbers(device, function)[:1]}
        return self._with(device, table) or self

    def _with(self, device: Device, table: Table) -> Bindings | None:
        if not all(table[function] for function in NEEDED[device]):
            return None
        return replace(self, tables={**self.tables, device: table})

    def to_bytes(self) -> bytes:
        """As a file's contents."""
        told = {
            device.value: {function.value: list(numbers) for function, numbers in table.items()}
            for device, table in self.tables.items()
        }
        return json.dumps({"format": FORMAT, **told}, indent=1).encode()

    @classmethod
    def from_bytes(cls, data: bytes) -> Bindings:
        """Raises ValueError, TypeError or KeyError for anything else."""
        told = json.loads(data)
        if not isinstance(told, dict) or told.pop("format") != FORMAT:
            raise ValueError("of another format")
        _check_names(told, (device.value for device in Device))
        return cls({device: _read(device, told[device.value]) for device in Device})


def _can_be(device: Device, number: int) -> bool:
    """Whether anything can be bound to a number."""
    if device == Device.KEYS:
        return 0 < number < PLACES and number not in RESERVED
    return 0 <= number < PAD_BUTTONS


def _check_names(told: object, names: Iterable[str]) -> None:
    if not isinstance(told, dict) or set(told) != set(names):
        raise ValueError("other names than those that there are")


def _read(device: Device, told: dict[str, list[int]]) -> Table:
    """The bindings of a device. Raises ValueError."""
    _check_names(told, (function.value for function in Function))
    seen: set[int] = set()
    for name, numbers in told.items():
        if not isinstance(numbers, list) or not (numbers or Function(name) not in NEEDED[device]):
            raise ValueError(f"nothing is bound to {name}")
        for number in numbers:
            if type(number) is not int or not _can_be(device, number) or number in seen:
                raise ValueError(f"{number!r} cannot be bound to {name}")
            seen.add(number)
    return {function: tuple(told[function.value]) for function in Function}
