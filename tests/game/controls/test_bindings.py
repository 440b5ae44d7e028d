"""Bindings: what may be bound to what, who gets what instead, and the file that holds them."""

from __future__ import annotations

import json
from typing import Any

import pygame
import pytest

from game.controls import Bindings, Device, Function
from game.controls.bindings import ACTIONS, BUTTONS, FIRST, NEEDED, RESERVED
from generator.rng import Pcg32

KEYS, HAT, NO_HAT = Device
X, K, SPACE, Z, J = (getattr(pygame, f"KSCAN_{name}") for name in ("X", "K", "SPACE", "Z", "J"))


def broken(**change: Any) -> bytes:
    """The first bindings of keys as a file, changed."""
    told = json.loads(Bindings().to_bytes())
    told["keys"] |= change
    return json.dumps(told).encode()


def test_every_function_is_a_button_or_an_action() -> None:
    assert {*BUTTONS} | {*ACTIONS} == {*Function} and not {*BUTTONS} & {*ACTIONS}


def test_a_free_key_takes_the_place_of_the_first_one() -> None:
    changed = Bindings().bound(KEYS, Function.JUMP, pygame.KSCAN_Q)
    assert changed is not None and changed.numbers(KEYS, Function.JUMP) == (pygame.KSCAN_Q, K, SPACE)
    assert changed.function_at(KEYS, X) is None
    assert changed.tables[HAT] == FIRST[HAT]


def test_a_key_that_did_something_else_is_swapped() -> None:
    changed = Bindings().bound(KEYS, Function.JUMP, J)
    assert changed is not None
    assert changed.numbers(KEYS, Function.JUMP) == (J, K, SPACE)
    assert changed.numbers(KEYS, Function.WHIP) == (Z, X)


def test_another_of_its_own_comes_first() -> None:
    changed = Bindings().bound(KEYS, Function.JUMP, SPACE)
    assert changed is not None and changed.numbers(KEYS, Function.JUMP) == (SPACE, X, K)
    assert changed.only_first(KEYS, Function.JUMP).numbers(KEYS, Function.JUMP) == (SPACE,)


@pytest.mark.parametrize(
    ("device", "number"),
    [*((KEYS, place) for place in RESERVED), (KEYS, 0), (KEYS, 512), (HAT, 64), (HAT, -1)],
)
def test_what_cannot_be_bound(device: Device, number: int) -> None:
    assert Bindings().bound(device, Function.JUMP, number) is None


def test_a_pad_may_not_lose_what_leads_through_menus() -> None:
    first = Bindings()
    assert first.bound(HAT, Function.OVERLAY, 0) is None, "nothing would choose"
    changed = first.bound(HAT, Function.OVERLAY, 9)
    assert changed is not None and changed.numbers(HAT, Function.KEEP) == ()


def test_whatever_is_bound_nobody_locks_himself_out_and_a_file_holds_it() -> None:
    random, bindings = Pcg32(5), Bindings()
    for _ in range(600):
        device, function = random.choice([*Device]), random.choice([*Function])
        bindings = bindings.bound(device, function, random.below(90)) or bindings
        if random.chance(1, 8):
            bindings = bindings.only_first(device, function)
        for kind, table in bindings.tables.items():
            every = [number for numbers in table.values() for number in numbers]
            assert len(every) == len(set(every))
            assert all(table[needed] for needed in NEEDED[kind])
    assert bindings != Bindings() and Bindings.from_bytes(bindings.to_bytes()) == bindings


@pytest.mark.parametrize(
    "data",
    [
        b"", b"[]", b"{}", b"\xff", b'{"format": 1}', json.dumps({"format": 2}).encode(),
        broken(jump=[]), broken(jump=4), broken(jump=[4.0]), broken(jump=[True]), broken(jump="4"),
        broken(jump=[4, 4]), broken(jump=[Z]), broken(jump=[0]), broken(jump=[512]), broken(jump=[[4]]),
        broken(jump=[pygame.KSCAN_ESCAPE]), broken(fly=[9]), broken(jump=None),
        Bindings().to_bytes().replace(b'"whip"', b'"ship"'), Bindings().to_bytes().replace(b"keys", b"key"),
    ],
)  # fmt: skip
def test_what_is_none_is_refused(data: bytes) -> None:
    with pytest.raises((ValueError, TypeError, KeyError)):
        Bindings.from_bytes(data)
