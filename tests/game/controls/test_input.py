"""Keys and pads as masks and actions: taps, sticks, and pads that come, go and are announced twice."""

from typing import Any

import pygame
import pytest

from game.controls import Action, Bindings, Device, Function, Input, Presses, Raw, Reading
from game.controls.bindings import ACTIONS, BUTTONS, FIRST
from game.controls.input import STICK_OFF, STICK_ON, UNBOUND
from generator.motion import Button
from tests.drawn.pads import FakePad

RIGHT, LEFT, UP, DOWN, JUMP, WHIP = (int(button) for button in Button)

KEYS = FIRST[Device.KEYS]
KEY_BUTTONS = {place: bits for function, bits in BUTTONS.items() for place in KEYS[function]}
KEY_ACTIONS = {place: action for function, action in ACTIONS.items() for place in KEYS[function]} | {
    **UNBOUND
}


def event(kind: int, **fields: Any) -> pygame.event.Event:
    return pygame.event.Event(kind, fields)


def down(place: int, mod: int = 0, key: int = 0, letter: str = "") -> pygame.event.Event:
    return event(pygame.KEYDOWN, key=key, scancode=place, mod=mod, unicode=letter)


def up(place: int) -> pygame.event.Event:
    return event(pygame.KEYUP, key=0, scancode=place, mod=0)


def with_pad(hats: int = 1, instance_id: int = 40) -> Input:
    keys = Input(lambda index: FakePad(instance_id, hats))
    keys.feed([event(pygame.JOYDEVICEADDED, device_index=0)])
    return keys


@pytest.mark.parametrize("place", KEY_BUTTONS)
def test_keys_are_held_until_they_are_released(place: int) -> None:
    keys = Input()
    keys.feed([down(place)])
    assert keys.take().mask == keys.take().mask == KEY_BUTTONS[place]
    keys.feed([up(place)])
    assert keys.take().mask == 0


@pytest.mark.parametrize("place", KEY_ACTIONS)
def test_actions_are_told_once(place: int) -> None:
    keys = Input()
    keys.feed([down(place)])
    assert keys.take().actions == (KEY_ACTIONS[place],)
    assert keys.take().actions == ()


def test_a_tap_within_a_tick_counts_for_one() -> None:
    keys = Input()
    keys.feed([down(pygame.KSCAN_X), up(pygame.KSCAN_X)])
    assert keys.take().mask == JUMP
    assert keys.take().mask == 0


def test_two_keys_of_one_button_are_held_apart() -> None:
    keys = Input()
    keys.feed([down(pygame.KSCAN_RIGHT), down(pygame.KSCAN_D)])
    keys.take()
    keys.feed([up(pygame.KSCAN_D)])
    assert keys.take().mask == RIGHT


def test_unknown_keys_and_pads_are_ignored() -> None:
    keys = Input()
    keys.feed([
        down(pygame.KSCAN_Q), up(pygame.KSCAN_Q), up(pygame.KSCAN_X),
        event(pygame.JOYBUTTONDOWN, instance_id=9, button=0),
        event(pygame.JOYDEVICEREMOVED, instance_id=9),
        event(pygame.MOUSEMOTION, pos=(0, 0)),
    ])  # fmt: skip
    assert keys.take() == Presses(0, (), raw=(Raw(Device.KEYS, pygame.KSCAN_Q),))
    assert keys.take() == Presses(0, ())


def test_closing_the_window_and_alt_enter() -> None:
    keys = Input()
    keys.feed([down(pygame.KSCAN_RETURN, pygame.KMOD_ALT), event(pygame.QUIT)])
    assert keys.take().actions == (Action.FULLSCREEN, Action.QUIT)


def test_release_lets_go_of_everything() -> None:
    keys = Input()
    keys.feed([down(pygame.KSCAN_RIGHT)])
    keys.release()
    assert keys.take().mask == 0


@pytest.mark.parametrize(
    ("button", "mask", "actions"),
    [
        (0, JUMP, ()), (1, WHIP, ()), (2, WHIP, ()), (3, 0, (Action.REGENERATE,)), (4, 0, (Action.BACK,)),
        (5, 0, (Action.REDREAM,)), (7, 0, (Action.START,)), (30, 0, ()),
    ],
)  # fmt: skip
def test_buttons_of_a_pad_with_a_hat(button: int, mask: int, actions: tuple[Action, ...]) -> None:
    keys = with_pad()
    keys.feed([event(pygame.JOYBUTTONDOWN, instance_id=40, button=button)])
    pad = Device.PAD_WITH_HAT
    assert keys.take() == Presses(mask, actions, raw=(Raw(pad, button),), by=pad, pad=pad)
    keys.feed([event(pygame.JOYBUTTONUP, instance_id=40, button=button)])
    assert keys.take() == Presses(0, (), by=pad, pad=pad)


@pytest.mark.parametrize(("button", "mask"), [(11, UP), (12, DOWN), (13, LEFT), (14, RIGHT), (0, JUMP)])
def test_a_pad_without_a_hat_has_four_buttons_instead(button: int, mask: int) -> None:
    keys = with_pad(hats=0)
    keys.feed([event(pygame.JOYBUTTONDOWN, instance_id=40, button=button)])
    assert keys.take().mask == mask


def test_hats_have_directions() -> None:
    keys = with_pad()
    for value, mask in (((1, 0), RIGHT), ((-1, -1), LEFT | DOWN), ((0, 1), UP), ((0, 0), 0)):
        keys.feed([event(pygame.JOYHATMOTION, instance_id=40, hat=0, value=value)])
        keys.take()
        assert keys.take().mask == mask


def test_a_stick_neither_drifts_nor_chatters() -> None:
    keys = with_pad()
    between = (STICK_ON + STICK_OFF) / 2
    for value, mask in ((between, 0), (0.9, RIGHT), (between, RIGHT), (0.1, 0), (-1.0, LEFT), (0.9, RIGHT)):
        keys.feed([event(pygame.JOYAXISMOTION, instance_id=40, axis=0, value=value)])
        keys.take()
        assert keys.take().mask == mask, value
    keys.feed([event(pygame.JOYAXISMOTION, instance_id=40, axis=1, value=0.9)])
    assert keys.take().mask == RIGHT | DOWN
    keys.feed([event(pygame.JOYAXISMOTION, instance_id=40, axis=4, value=1.0)])  # a trigger
    assert keys.take().mask == RIGHT | DOWN


def test_a_pad_that_is_announced_twice_is_one() -> None:
    keys = with_pad()
    keys.feed([event(pygame.JOYDEVICEADDED, device_index=0)])
    assert len(keys._pads) == 1
    keys.feed([event(pygame.JOYDEVICEREMOVED, instance_id=40)] * 2)
    assert not keys._pads


def test_a_pad_that_goes_lets_go() -> None:
    keys = with_pad()
    keys.feed([down(pygame.KSCAN_Z), event(pygame.JOYBUTTONDOWN, instance_id=40, button=0)])
    keys.take()
    keys.feed([
        event(pygame.JOYHATMOTION, instance_id=40, hat=0, value=(1, 0)),
        event(pygame.JOYAXISMOTION, instance_id=40, axis=1, value=-1.0),
    ])  # fmt: skip
    assert keys.take().mask == WHIP | JUMP | RIGHT | UP
    keys.feed([event(pygame.JOYDEVICEREMOVED, instance_id=40)])
    assert keys.take().mask == WHIP
    # What a pad still tells after it is gone, and its release.
    keys.feed([event(kind, instance_id=40, button=0) for kind in (pygame.JOYBUTTONDOWN, pygame.JOYBUTTONUP)])
    assert keys.take().mask == WHIP


@pytest.mark.parametrize("kind", [pygame.error, SystemError])
def test_a_pad_that_cannot_be_opened_is_none(kind: type[Exception]) -> None:
    def gone(index: int) -> FakePad:
        raise kind("Invalid joystick device number")

    keys = Input(gone)
    keys.feed([event(pygame.JOYDEVICEADDED, device_index=3)])
    assert not keys._pads


@pytest.mark.parametrize(("hats", "button"), [(1, 9), (0, 8)])
def test_the_right_stick_keeps_a_castle(hats: int, button: int) -> None:
    pad = with_pad(hats)
    pad.feed([event(pygame.JOYBUTTONDOWN, instance_id=40, button=button)])
    assert pad.take().actions == (Action.FAVOURITE,)


@pytest.mark.parametrize(
    ("key", "place", "wanted"),
    [
        (ord("я"), pygame.KSCAN_Z, WHIP),  # Russian: the key under the US Z
        (pygame.K_w, pygame.KSCAN_Z, WHIP),  # French
        (pygame.K_y, pygame.KSCAN_Z, WHIP),  # German
        (pygame.K_q, pygame.KSCAN_A, LEFT),
        (pygame.K_z, pygame.KSCAN_W, UP),
        (pygame.K_z, 0, WHIP),  # a remote desktop, which names no place
    ],
)
def test_keys_go_by_place(key: int, place: int, wanted: int) -> None:
    keys = Input()
    keys.feed([down(place, key=key)])
    assert keys.take().mask == wanted
    keys.feed([event(pygame.KEYUP, key=key, scancode=place, mod=0)])
    assert keys.take().mask == 0


def test_keys_of_actions_have_letters_too() -> None:
    keys = Input()
    for letter in "rTfp":
        keys.feed([event(pygame.KEYDOWN, key=ord(letter.lower()), scancode=0, mod=0, unicode=letter)])
    keys.feed([event(pygame.KEYDOWN, key=pygame.K_RETURN, scancode=0, mod=0, unicode="\r")])
    assert keys.take().text == "rTfp"


# Pads that come and go.


def two_pads() -> Input:
    """One with a hat, which has the number 40, and one without, 41."""
    keys = Input(lambda index: FakePad(40 + index, hats=1 - index))
    keys.feed([event(pygame.JOYDEVICEADDED, device_index=index) for index in (0, 1)])
    return keys


def pressed(number: int, button: int) -> pygame.event.Event:
    return event(pygame.JOYBUTTONDOWN, instance_id=number, button=button)


def gone(number: int) -> pygame.event.Event:
    return event(pygame.JOYDEVICEREMOVED, instance_id=number)


def test_two_pads_are_held_apart() -> None:
    keys = two_pads()
    keys.feed([pressed(40, 0), pressed(41, 0), pressed(41, 13)])
    assert keys.take().mask == JUMP | LEFT
    keys.feed([event(pygame.JOYBUTTONUP, instance_id=40, button=0)])
    assert keys.take().mask == JUMP | LEFT
    keys.feed([gone(41)])
    assert keys.take().mask == 0
    keys.feed([pressed(40, 1)])
    assert keys.take().mask == WHIP, "the other one is played with"


def test_the_pad_that_is_played_with_is_missed_and_no_other() -> None:
    keys = two_pads()
    keys.feed([pressed(41, 0), gone(40), gone(40), gone(7)])
    told = keys.take()
    assert told.actions == () and told.by == told.pad == Device.PAD_WITHOUT_HAT
    keys.feed([gone(41)])
    told = keys.take()
    assert told.actions == (Action.LOST,) and (told.by, told.pad) == (Device.KEYS, None)


def test_whoever_plays_with_keys_misses_no_pad() -> None:
    keys = two_pads()
    keys.feed([pressed(40, 0), down(pygame.KSCAN_Q), gone(40)])
    told = keys.take()
    assert told.actions == () and (told.by, told.pad) == (Device.KEYS, Device.PAD_WITHOUT_HAT)


def test_a_stick_that_drifts_is_not_played_with() -> None:
    keys = with_pad()
    for tenths in (1, -2, 3, 2, 3, -3, 1):
        for axis in (0, 1):
            keys.feed([event(pygame.JOYAXISMOTION, instance_id=40, axis=axis, value=tenths / 10)])
            assert keys.take() == Presses(0, (), pad=Device.PAD_WITH_HAT)


# Other bindings.


def test_other_bindings_release_what_is_held() -> None:
    keys, hand = Input(), pygame.KSCAN_Q
    other = Bindings().bound(Device.KEYS, Function.JUMP, hand)
    assert other is not None
    keys.feed([down(pygame.KSCAN_X), down(pygame.KSCAN_RIGHT)])
    keys.take()
    keys.rebind(Bindings())
    assert keys.take().mask == JUMP | RIGHT, "these are no others"
    keys.rebind(other)
    assert keys.take().mask == 0
    keys.feed([up(pygame.KSCAN_X), down(pygame.KSCAN_X)])
    assert keys.take().mask == 0
    keys.feed([down(hand)])
    assert keys.take().mask == JUMP


def test_in_menus_arrows_and_return_are_what_they_are() -> None:
    bindings = Bindings()
    for function, place in ((Function.JUMP, pygame.KSCAN_UP), (Function.NEW, pygame.KSCAN_RETURN)):
        bindings = bindings.bound(Device.KEYS, function, place) or bindings
    keys = Input()
    keys.rebind(bindings)
    both = [down(pygame.KSCAN_UP), down(pygame.KSCAN_RETURN)]
    keys.feed(both)
    assert keys.take()[:2] == (JUMP, (Action.REGENERATE,))
    keys.reading = Reading.MENUS
    assert keys.take().mask == JUMP, "it is held since before"
    keys.feed([up(pygame.KSCAN_UP), *both])
    assert keys.take()[:2] == (UP, (Action.START,))


def test_while_a_code_is_typed_letters_are_letters() -> None:
    keys = Input()
    keys.reading = Reading.TYPING
    letters = [down(getattr(pygame, f"KSCAN_{letter.upper()}"), letter=letter) for letter in "rtfpxzwasd"]
    keys.feed([*letters, down(pygame.KSCAN_BACKSPACE, letter="\b"), down(pygame.KSCAN_RETURN, letter="\r")])
    told = keys.take()
    assert (told.mask, told.actions, told.text) == (0, (Action.BACK, Action.START), "rtfpxzwasd")
