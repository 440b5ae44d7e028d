"""Keyboard, mouse and game pads: what is held becomes a button mask, other presses become actions."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from enum import Enum, auto
from typing import Any, NamedTuple

import pygame

from generator.motion import Button

from .places import place_of


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


class Presses(NamedTuple):
    """The input of a tick."""

    mask: int
    actions: tuple[Action, ...]
    text: str = ""
    """What was typed or pasted."""


RIGHT, LEFT, UP, DOWN = (int(b) for b in (Button.RIGHT, Button.LEFT, Button.UP, Button.DOWN))
JUMP, WHIP = int(Button.JUMP), int(Button.WHIP)
KEY_BUTTONS: dict[int, int] = {
    pygame.KSCAN_RIGHT: RIGHT, pygame.KSCAN_D: RIGHT,
    pygame.KSCAN_LEFT: LEFT, pygame.KSCAN_A: LEFT,
    pygame.KSCAN_UP: UP, pygame.KSCAN_W: UP,
    pygame.KSCAN_DOWN: DOWN, pygame.KSCAN_S: DOWN,
    pygame.KSCAN_X: JUMP, pygame.KSCAN_K: JUMP, pygame.KSCAN_SPACE: JUMP,
    pygame.KSCAN_Z: WHIP, pygame.KSCAN_J: WHIP,
}  # fmt: skip
"""By the place of the key: `places.py`."""
KEY_ACTIONS: dict[int, Action] = {
    pygame.KSCAN_R: Action.REGENERATE,
    pygame.KSCAN_BACKSPACE: Action.BACK,
    pygame.KSCAN_T: Action.REDREAM,
    pygame.KSCAN_F: Action.FAVOURITE,
    pygame.KSCAN_DELETE: Action.REMOVE,
    pygame.KSCAN_F1: Action.INSPECT,
    pygame.KSCAN_TAB: Action.OVERLAY,
    pygame.KSCAN_P: Action.PAUSE,
    pygame.KSCAN_RETURN: Action.START,
    pygame.KSCAN_KP_ENTER: Action.START,
    pygame.KSCAN_ESCAPE: Action.ESCAPE,
    pygame.KSCAN_F11: Action.FULLSCREEN,
    pygame.KSCAN_F12: Action.SCREENSHOT,
}


class Pad(NamedTuple):
    """What the numbered buttons of one kind of pad do. (pygame's documentation, "joystick")"""

    buttons: dict[int, int]
    actions: dict[int, Action]


PAD_WITH_HAT = Pad(
    {0: JUMP, 1: WHIP, 2: WHIP},
    {
        3: Action.REGENERATE, 4: Action.BACK, 5: Action.REDREAM, 6: Action.PAUSE, 7: Action.START,
        9: Action.FAVOURITE,
    },
)  # fmt: skip
"""Pads whose d-pad is a hat, as the Xbox's: A, B, X, Y, shoulders, back, start, right stick."""
PAD_WITHOUT_HAT = Pad(
    {0: JUMP, 1: WHIP, 2: WHIP, 11: UP, 12: DOWN, 13: LEFT, 14: RIGHT},
    {
        3: Action.REGENERATE, 9: Action.BACK, 10: Action.REDREAM, 4: Action.PAUSE, 6: Action.START,
        8: Action.FAVOURITE,
    },
)  # fmt: skip
"""Pads whose d-pad is four buttons, as the PlayStation's and the Switch's."""
MOST_PASTED = 64
"""Characters that are taken of a clipboard."""
STICK_ON, STICK_OFF = 0.5, 0.35
"""Deflection from which on a stick counts as pressed, and below which it no longer does."""


class Input:
    """Feed it the events of a frame; ask for the presses of a tick."""

    def __init__(self, open_pad: Callable[[int], Any] = pygame.joystick.Joystick) -> None:
        self._open_pad = open_pad
        self._pads: dict[int, tuple[Any, Pad]] = {}
        """By instance id. The pad's object is kept, or its events would stop."""
        self._held: dict[tuple[Any, ...], int] = {}
        """Buttons by what holds them: ("key", place), (pad, "button", number), (pad, "axis", number), ..."""
        self._tapped = 0
        """Buttons pressed since the last tick: a tap that ends within a tick still counts for one."""
        self._actions: list[Action] = []
        self._text = ""
        self._pointer: tuple[int, int] | None = None

    def feed(self, events: Iterable[pygame.event.Event]) -> None:
        """Takes notice of events; those of unknown keys and pads are ignored."""
        for event in events:
            if event.type == pygame.KEYDOWN:
                self._key_down(event)
            elif event.type == pygame.KEYUP:
                self._held.pop(("key", place_of(event)), None)
            elif event.type == pygame.MOUSEMOTION:
                self._pointer = event.pos
            elif event.type == pygame.QUIT:
                self._actions.append(Action.QUIT)
            elif event.type == pygame.JOYDEVICEADDED:
                self._add(event.device_index)
            elif event.type == pygame.JOYDEVICEREMOVED:
                self._remove(event.instance_id)
            elif event.type in (
                pygame.JOYBUTTONDOWN, pygame.JOYBUTTONUP, pygame.JOYAXISMOTION, pygame.JOYHATMOTION,
            ):  # fmt: skip
                self._pad_event(event)

    def take(self) -> Presses:
        """The mask of this tick and the actions since the last one."""
        mask = self._tapped
        for bits in self._held.values():
            mask |= bits
        actions = tuple(self._actions)
        text, self._text = self._text, ""
        self._tapped = 0
        self._actions.clear()
        return Presses(mask, actions, text)

    def take_pointer(self) -> tuple[int, int] | None:
        """Where in the window the mouse was moved to since the last call, px; None where it was not moved."""
        pointer, self._pointer = self._pointer, None
        return pointer

    def release(self) -> None:
        """Forgets what is held: the window has lost the keyboard, and key releases go elsewhere."""
        self._held.clear()
        self._tapped = 0

    def _hold(self, where: tuple[Any, ...], bits: int) -> None:
        if bits:
            self._held[where] = bits
            self._tapped |= bits
        else:
            self._held.pop(where, None)

    def _key_down(self, event: pygame.event.Event) -> None:
        place = place_of(event)
        if place == pygame.KSCAN_V and event.mod & (pygame.KMOD_CTRL | pygame.KMOD_META):
            self._text += pasted()
        elif (typed := getattr(event, "unicode", "")).isprintable():
            self._text += typed  # whatever else the key does: a code has its letters, too
        if place == pygame.KSCAN_RETURN and event.mod & pygame.KMOD_ALT:
            self._actions.append(Action.FULLSCREEN)
        elif place in KEY_BUTTONS:
            self._hold(("key", place), KEY_BUTTONS[place])
        elif place in KEY_ACTIONS:
            self._actions.append(KEY_ACTIONS[place])

    def _add(self, device_index: int) -> None:
        """Opens a pad, once: some systems announce the same one twice (pygame#3634)."""
        try:
            pad = self._open_pad(device_index)
            number = pad.get_instance_id()
            layout = PAD_WITH_HAT if pad.get_numhats() else PAD_WITHOUT_HAT
        except (pygame.error, SystemError):
            return  # unplugged meanwhile, or a system that cannot open it
        self._pads.setdefault(number, (pad, layout))

    def _remove(self, instance_id: int) -> None:
        self._pads.pop(instance_id, None)
        self._held = {where: bits for where, bits in self._held.items() if where[0] != instance_id}

    def _pad_event(self, event: pygame.event.Event) -> None:
        number = event.instance_id
        if number not in self._pads:
            return
        layout = self._pads[number][1]
        if event.type == pygame.JOYHATMOTION:
            x, y = event.value
            self._hold((number, "hat", event.hat), _direction(x, -y))
        elif event.type == pygame.JOYAXISMOTION:
            if event.axis in (0, 1):
                self._stick(number, event.axis, event.value)
        elif event.type == pygame.JOYBUTTONUP:
            self._hold((number, "button", event.button), 0)
        elif event.button in layout.buttons:
            self._hold((number, "button", event.button), layout.buttons[event.button])
        elif event.button in layout.actions:
            self._actions.append(layout.actions[event.button])

    def _stick(self, number: int, axis: int, value: float) -> None:
        where = (number, "axis", axis)
        limit = STICK_OFF if where in self._held else STICK_ON
        sign = 0 if abs(value) < limit else 1 if value > 0 else -1
        bits = _direction(sign, 0) if axis == 0 else _direction(0, sign)
        if bits != self._held.get(where, 0):
            self._hold(where, bits)


def pasted() -> str:
    """The text of the clipboard, as far as one can come by it."""
    try:
        if hasattr(pygame.scrap, "get_text"):
            return str(pygame.scrap.get_text())[:MOST_PASTED]
        pygame.scrap.init()  # pygame 2.6
        data = pygame.scrap.get("text/plain;charset=utf-8") or b""
        return data.decode("utf-8", "replace").strip("\0")[:MOST_PASTED]
    except (pygame.error, AttributeError, NotImplementedError):
        return ""


def _direction(x: int, y: int) -> int:
    """Buttons of a direction; y grows downwards."""
    across = RIGHT if x > 0 else LEFT if x < 0 else 0
    return across | (DOWN if y > 0 else UP if y < 0 else 0)
