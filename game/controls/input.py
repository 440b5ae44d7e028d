"""Keyboard, mouse and game pads: what is held becomes a button mask, other presses become actions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import pygame

from .actions import Action, Device, Presses, Raw, Reading
from .bindings import ACTIONS, BUTTONS, Bindings, Function
from .places import place_of

UNBOUND: Mapping[int, Action] = {
    pygame.KSCAN_ESCAPE: Action.ESCAPE,
    pygame.KSCAN_F11: Action.FULLSCREEN,
    pygame.KSCAN_F12: Action.SCREENSHOT,
}
"""Keys that always mean the same."""
IN_MENUS: Mapping[int, Function] = {
    pygame.KSCAN_LEFT: Function.LEFT, pygame.KSCAN_RIGHT: Function.RIGHT,
    pygame.KSCAN_UP: Function.UP, pygame.KSCAN_DOWN: Function.DOWN,
    pygame.KSCAN_RETURN: Function.START, pygame.KSCAN_KP_ENTER: Function.START,
}  # fmt: skip
"""Keys that always mean the same in menus, or one could bind oneself out of them."""
ALWAYS: Mapping[Reading, Mapping[int, Function]] = {
    Reading.PLAY: {},
    Reading.MENUS: IN_MENUS,
    Reading.TYPING: {**IN_MENUS, pygame.KSCAN_BACKSPACE: Function.BACK},
}
RIGHT, LEFT = BUTTONS[Function.RIGHT], BUTTONS[Function.LEFT]
UP, DOWN = BUTTONS[Function.UP], BUTTONS[Function.DOWN]
MOST_PASTED = 64
"""Characters that are taken of a clipboard."""
STICK_ON, STICK_OFF = 0.5, 0.35
"""Deflection from which on a stick counts as pressed, and below which it no longer does."""


class Input:
    """Feed it the events of a frame; ask for the presses of a tick."""

    def __init__(self, open_pad: Callable[[int], Any] = pygame.joystick.Joystick) -> None:
        self.reading = Reading.PLAY
        """What keys are read for. What is held when it changes means what it meant until it is released."""
        self.bindings = Bindings()
        """See `rebind`."""
        self._open_pad = open_pad
        self._pads: dict[int, tuple[Any, Device]] = {}
        """By instance id, the one that was used last at the end. The pad's object is kept, or its events
        would stop."""
        self._held: dict[tuple[Any, ...], int] = {}
        """Buttons by what holds them: ("key", place), (pad, "button", number), (pad, "axis", number), ..."""
        self._tapped = 0
        """Buttons pressed since the last tick: a tap that ends within a tick still counts for one."""
        self._actions: list[Action] = []
        self._raw: list[Raw] = []
        self._text = ""
        self._by_pad = False
        """Whether a pad was used last, and no key."""
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
        actions, raw, text = tuple(self._actions), tuple(self._raw), self._text
        self._tapped, self._text = 0, ""
        self._actions.clear()
        self._raw.clear()
        pad = next((device for _, device in reversed(self._pads.values())), None)
        by = pad if self._by_pad and pad is not None else Device.KEYS
        return Presses(mask, actions, text, raw, by, pad)

    def take_pointer(self) -> tuple[int, int] | None:
        """Where in the window the mouse was moved to since the last call, px; None where it was not moved."""
        pointer, self._pointer = self._pointer, None
        return pointer

    def release(self) -> None:
        """Forgets what is held: the window has lost the keyboard, and key releases go elsewhere."""
        self._held.clear()
        self._tapped = 0

    def rebind(self, bindings: Bindings) -> None:
        """From now on these are in force. What is held is released: it may mean something else now."""
        if bindings != self.bindings:
            self.bindings = bindings
            self.release()

    def _hold(self, where: tuple[Any, ...], bits: int) -> None:
        if bits:
            self._held[where] = bits
            self._tapped |= bits
        else:
            self._held.pop(where, None)

    def _press(self, where: tuple[Any, ...], function: Function | None) -> None:
        """Does what is bound to what was pressed."""
        if function is None:
            return
        if function in BUTTONS:
            self._hold(where, BUTTONS[function])
        else:
            self._actions.append(ACTIONS[function])

    def _key_down(self, event: pygame.event.Event) -> None:
        self._by_pad = False
        place = place_of(event)
        self._raw.append(Raw(Device.KEYS, place))
        letter = getattr(event, "unicode", "")
        if place == pygame.KSCAN_V and event.mod & (pygame.KMOD_CTRL | pygame.KMOD_META):
            letter = pasted()
        letter = "".join(sign for sign in letter if sign.isprintable())
        self._text += letter
        if place == pygame.KSCAN_RETURN and event.mod & pygame.KMOD_ALT:
            self._actions.append(Action.FULLSCREEN)
        elif place in UNBOUND:
            self._actions.append(UNBOUND[place])
        elif self.reading != Reading.TYPING or not letter:
            always = ALWAYS[self.reading].get(place)
            self._press(("key", place), always or self.bindings.function_at(Device.KEYS, place))

    def _add(self, device_index: int) -> None:
        """Opens a pad, once: some systems announce the same one twice (pygame#3634)."""
        try:
            pad = self._open_pad(device_index)
            number = pad.get_instance_id()
            device = Device.PAD_WITH_HAT if pad.get_numhats() else Device.PAD_WITHOUT_HAT
        except (pygame.error, SystemError):
            return  # unplugged meanwhile, or a system that cannot open it
        self._pads.setdefault(number, (pad, device))

    def _remove(self, instance_id: int) -> None:
        if instance_id not in self._pads:
            return
        if self._by_pad and instance_id == next(reversed(self._pads)):
            self._actions.append(Action.LOST)
            self._by_pad = False
        del self._pads[instance_id]
        self._held = {where: bits for where, bits in self._held.items() if where[0] != instance_id}

    def _pad_event(self, event: pygame.event.Event) -> None:
        number = event.instance_id
        if number not in self._pads:
            return
        if event.type == pygame.JOYHATMOTION:
            x, y = event.value
            self._use(number, (number, "hat", event.hat), _direction(x, -y))
        elif event.type == pygame.JOYAXISMOTION:
            if event.axis in (0, 1):
                self._stick(number, event.axis, event.value)
        elif event.type == pygame.JOYBUTTONUP:
            self._hold((number, "button", event.button), 0)
        else:
            device = self._used(number)
            self._raw.append(Raw(device, event.button))
            function = self.bindings.function_at(device, event.button)
            self._press((number, "button", event.button), function)

    def _stick(self, number: int, axis: int, value: float) -> None:
        where = (number, "axis", axis)
        limit = STICK_OFF if where in self._held else STICK_ON
        sign = 0 if abs(value) < limit else 1 if value > 0 else -1
        bits = _direction(sign, 0) if axis == 0 else _direction(0, sign)
        if bits != self._held.get(where, 0):
            self._use(number, where, bits)

    def _use(self, number: int, where: tuple[Any, ...], bits: int) -> None:
        """Holds directions of a pad, or lets go of them."""
        if bits:
            self._used(number)
        self._hold(where, bits)

    def _used(self, number: int) -> Device:
        """Notes that a pad is used, which puts it at the end of them; its kind."""
        self._by_pad = True
        self._pads[number] = self._pads.pop(number)
        return self._pads[number][1]


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
