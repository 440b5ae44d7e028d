"""What is printed on keys: by SDL's word where the game can write it, by their place where not."""

from __future__ import annotations

import pygame
import pytest

from game.controls import Bindings, Device, Function, places
from game.controls.bindings import FIRST
from game.controls.names import words
from game.controls.places import PLACE_OF_KEY, printed, put_in_force, with_keys
from game.screen.sprites import SpriteSheet


def test_sdl_is_found_and_knows_the_us_layout() -> None:
    pygame.display.init()
    assert places._sdl() is not None, "the library that pygame has loaded"
    assert places._name_by_sdl(pygame.KSCAN_R) == "R"
    assert with_keys("{jump} {whip} {new} {anew} {keep} {pause}") == "X Z R T F P"


@pytest.mark.parametrize(
    ("named", "shown"),
    [("W", "W"), ("w", "W"), ("\u042f", "Z"), ("", "Z"), ("Keypad 1", "Z"), ("\u0179", "Z")],
    ids=["AZERTY", "small", "Cyrillic", "unknown", "no letter", "none of the font's"],
)
def test_letters(named: str, shown: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(places, "_name_by_sdl", lambda place: named)
    assert printed(pygame.KSCAN_Z) == shown


def test_without_sdl_keys_are_called_by_their_place(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(places, "_sdl", lambda: None)
    assert with_keys("{jump} {pause}") == "X P"


def test_every_key_of_the_game_has_its_place() -> None:
    assert {place for places in FIRST[Device.KEYS].values() for place in places} <= {*PLACE_OF_KEY.values()}


def test_every_place_has_a_name_that_fits_and_can_be_written() -> None:
    font = SpriteSheet.load().font
    names = [printed(place) for place in range(1, 512)]
    assert all(0 < len(name) <= 5 and set(name) <= set(font) for name in names)
    assert len(set(words().values())) == len(words()), "no two keys are called the same"


def test_texts_name_what_is_in_force() -> None:
    every = "{left} {right} {up} {down} {back} {inspect} {overlay} {start} {walk} {leave} {remove}"
    assert with_keys(every) == "LEFT RIGHT UP DOWN BKSP F1 TAB ENTER ARROWS ESC DEL"
    bindings = Bindings()
    for function, place in (
        (Function.JUMP, pygame.KSCAN_SPACE), (Function.UP, pygame.KSCAN_KP8), (Function.LEFT, pygame.KSCAN_Q),
    ):  # fmt: skip
        bindings = bindings.bound(Device.KEYS, function, place) or bindings
    put_in_force(bindings)
    assert with_keys("{jump} {up} {walk}") == "SPACE NUM8 Q/RIGHT"
    for function, place in ((Function.UP, pygame.KSCAN_W), (Function.RIGHT, pygame.KSCAN_D)):
        bindings = bindings.bound(Device.KEYS, function, place) or bindings
    put_in_force(bindings.bound(Device.KEYS, Function.DOWN, pygame.KSCAN_S) or bindings)
    assert with_keys("{walk}") == "WQSD"


def test_texts_name_the_buttons_of_the_pad_that_is_used() -> None:
    every = "{jump} {new} {up} {walk} {leave} {overlay}"
    put_in_force(Bindings(), Device.PAD_WITH_HAT)
    assert with_keys(every) == "A Y UP CROSS B A"
    put_in_force(Bindings(), Device.PAD_WITHOUT_HAT)
    assert with_keys(every) == "#0 #3 #11 CROSS #1 #0"
