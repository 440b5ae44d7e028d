"""Three initials that are asked for: turned letter by letter, or typed."""

from __future__ import annotations

from generator.motion import Button

from .scores import FIRST_INITIALS, INITIALS, LETTERS

DONE = INITIALS
"""The place behind the last letter."""
WAIT_TICKS = 40
"""How long nothing is felt: who still fights when his last life ends should see what is asked. (ours)"""


class Initials:
    """Call `tick` once a tick with what is newly pressed and typed."""

    def __init__(self, proposed: str = FIRST_INITIALS) -> None:
        self.letters = proposed
        self.at = 0
        """The letter that is chosen, or DONE."""
        self.ticks = 0

    @property
    def waits(self) -> bool:
        """Whether nothing is felt yet."""
        return self.ticks <= WAIT_TICKS

    def tick(self, pressed: int, typed: str = "") -> bool:
        """One tick; True where the initials are decided for."""
        self.ticks += 1
        if self.waits:
            return False
        for letter in typed.upper():
            if letter in LETTERS:
                self._type(letter)
        down = bool(pressed & Button.DOWN) - bool(pressed & Button.UP)
        if down and self.at < DONE:
            turned = LETTERS[(LETTERS.index(self.letters[self.at]) + down) % len(LETTERS)]
            self.letters = self.letters[: self.at] + turned + self.letters[self.at + 1 :]
        across = bool(pressed & Button.RIGHT) - bool(pressed & (Button.LEFT | Button.WHIP))
        self.at = min(max(self.at + across, 0), DONE)
        if pressed & Button.JUMP:
            self.at += 1
        return self.at >= DONE and bool(pressed & Button.JUMP)

    def back(self) -> None:
        """Goes back by a letter."""
        self.at = max(0, self.at - 1)

    def _type(self, letter: str) -> None:
        if self.at < DONE:
            self.letters = self.letters[: self.at] + letter + self.letters[self.at + 1 :]
            self.at += 1
