"""The gallery of kept castles: which of them is chosen, and what is on its page."""

from __future__ import annotations

from enum import Enum, auto

from generator.motion import Button

COLUMNS, ROWS = 3, 3
PAGE = COLUMNS * ROWS
"""How many castles a page has."""


class Wish(Enum):
    """What the player decides for."""

    PLAY = auto()
    LEAVE = auto()


class Gallery:
    """Castles in rows, page after page, as one reads."""

    def __init__(self) -> None:
        self.chosen = 0

    @property
    def page(self) -> range:
        """The numbers of the castles on the page that is shown; for the last ones there may be none."""
        first = self.chosen // PAGE * PAGE
        return range(first, first + PAGE)

    def tick(self, pressed: int, count: int) -> Wish | None:
        """Takes the presses of a tick; what they decide for, or None. `count`: how many castles there are."""
        for button, numbers in (
            (Button.LEFT, -1), (Button.RIGHT, 1), (Button.UP, -COLUMNS), (Button.DOWN, COLUMNS),
        ):  # fmt: skip
            if pressed & button:
                self._move(numbers, count)
        self.chosen = max(0, min(self.chosen, count - 1))
        if pressed & Button.WHIP:
            return Wish.LEAVE
        return Wish.PLAY if pressed & Button.JUMP and count else None

    def _move(self, numbers: int, count: int) -> None:
        to = self.chosen + numbers
        if to >= count and to // COLUMNS == (count - 1) // COLUMNS:
            to = count - 1  # down into a last row that is shorter
        if 0 <= to < count:
            self.chosen = to
