"""What may be done in a step, and what it is worth."""

from __future__ import annotations

from generator.motion import Button

_RIGHT, _LEFT, _UP, _DOWN, _JUMP, _WHIP = (
    int(b) for b in (Button.RIGHT, Button.LEFT, Button.UP, Button.DOWN, Button.JUMP, Button.WHIP)
)

ACTIONS: tuple[tuple[str, int], ...] = (
    ("nothing", 0),
    ("right", _RIGHT),
    ("left", _LEFT),
    ("up", _UP),
    ("down", _DOWN),
    ("jump", _JUMP),
    ("jump right", _JUMP | _RIGHT),
    ("jump left", _JUMP | _LEFT),
    ("whip", _WHIP),
    ("whip, kneeling", _WHIP | _DOWN),
    ("throw", _WHIP | _UP),
)
"""The combinations of buttons that do something, by their numbers: what each is called, and its mask."""
BUTTONS = len(Button)
"""Buttons of the action space of buttons, in the order of their bits: right, left, up, down, jump, whip."""
WAY_WORTH = 10.0
"""The reward for the whole way to the door, given bit by bit. (ours)"""
EXIT_WORTH = 10.0
"""The reward for the door. (ours)"""
DEATH_WORTH = -1.0
"""The reward for a death: less than a tenth of the way, so that it pays to try. (ours)"""
