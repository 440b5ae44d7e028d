"""The pause's menu, and how buttons that are held become presses wherever something is chosen."""

from __future__ import annotations

from enum import Enum

from generator.motion import Button

REPEAT_AFTER_TICKS, REPEAT_TICKS = 22, 7
"""After how long a direction that is held moves on again, and how often from then on. (ours)"""
DIRECTIONS = int(Button.UP | Button.DOWN | Button.LEFT | Button.RIGHT)


class Entry(Enum):
    """What the menu offers, in its order. The value names its text, and with `_beside` that of the key which
    stands beside it.

    `game/pausing.py` does what is chosen.
    """

    RESUME = "pause.resume"
    MAP = "pause.map"
    NEW_CASTLE = "pause.new_castle"
    FAVOURITES = "pause.favourites"
    OPTIONS = "pause.options"
    TITLE = "pause.to_title"
    QUIT = "pause.quit"


def offered(dreams: bool, chart: bool = True) -> tuple[Entry, ...]:
    """The menu's entries. Where one level was given and nothing dreams, there is no new castle, and no title
    to begin one from. `chart`: whether the level needs a map."""
    missing = set() if dreams else {Entry.NEW_CASTLE, Entry.TITLE}
    missing |= set() if chart else {Entry.MAP}
    return tuple(entry for entry in Entry if entry not in missing)


class PressEdges:
    """Turns a mask a tick into what is newly pressed; a direction that is held is pressed again and again."""

    def __init__(self) -> None:
        # As if everything were held: the press that opened the menu chooses nothing in it.
        self._held = -1
        self._ticks = 0

    def tick(self, mask: int) -> int:
        """One tick."""
        pressed = mask & ~self._held
        self._ticks = self._ticks + 1 if mask == self._held else 0
        self._held = mask
        late = self._ticks - REPEAT_AFTER_TICKS
        if late >= 0 and late % REPEAT_TICKS == 0:
            pressed |= mask & DIRECTIONS
        return pressed


ASKS = (Entry.TITLE, Entry.QUIT)
"""Entries that are asked about: they end a run, so they are chosen twice."""


class Menu:
    """Which entry is chosen."""

    def __init__(self, entries: tuple[Entry, ...] = tuple(Entry)) -> None:
        self.entries = entries
        self.chosen = Entry.RESUME
        self.asked: Entry | None = None
        """The entry that was chosen once, and that once more decides for."""

    def tick(self, pressed: int) -> Entry | None:
        """Takes the presses of a tick; what they decide for: JUMP for the chosen entry, WHIP for RESUME."""
        down = bool(pressed & Button.DOWN) - bool(pressed & Button.UP)
        self.chosen = self.entries[(self.entries.index(self.chosen) + down) % len(self.entries)]
        if down:
            self.asked = None
        if pressed & Button.JUMP:
            return self.decide()
        return Entry.RESUME if pressed & Button.WHIP else None

    def decide(self) -> Entry | None:
        """What the chosen entry decides for; None where that is only asked about."""
        if self.chosen in ASKS and self.asked != self.chosen:
            self.asked = self.chosen
            return None
        return self.chosen
