"""What is printed on keys: by SDL's word where the game can write it, by their place where not."""

from __future__ import annotations

import pygame
import pytest

from game.controls import places
from game.controls.input import KEY_ACTIONS, KEY_BUTTONS
from game.controls.places import LETTERS, PLACE_OF_KEY, printed, with_keys


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
    assert {*KEY_BUTTONS, *KEY_ACTIONS, *LETTERS.values()} <= {*PLACE_OF_KEY.values()}
