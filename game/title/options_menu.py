"""The options' menu: which of them is chosen, and what they are turned to."""

from __future__ import annotations

from generator.motion import Button

from ..session.options import Options

ROWS: tuple[tuple[str, str], ...] = (
    ("music", "MUSIC"),
    ("effects", "EFFECTS"),
    ("scale", "WINDOW"),
    ("fullscreen", "FULL SCREEN"),
    ("speed", "SPEED"),
    ("asks", "ASK BEFORE R"),
    ("classic", "A DEATH COSTS"),
)
"""The options, in order, and what they are called."""


class OptionsMenu:
    """Call `tick` once a tick with what is newly pressed."""

    def __init__(self, options: Options) -> None:
        self.options = options
        self.chosen = 0

    def tick(self, pressed: int) -> bool:
        """One tick; False where the player leaves."""
        down = bool(pressed & Button.DOWN) - bool(pressed & Button.UP)
        self.chosen = (self.chosen + down) % len(ROWS)
        by = bool(pressed & (Button.RIGHT | Button.JUMP)) - bool(pressed & Button.LEFT)
        if by:
            self.options = self.options.turned(ROWS[self.chosen][0], by)
        return not pressed & Button.WHIP


def text_of(options: Options, name: str) -> str:
    """How an option's value is written."""
    value = getattr(options, name)
    if name == "scale":
        return f"{value} TIMES" if value else "FITS"
    if name == "speed":
        return f"{value} %"
    if name in ("music", "effects"):
        return f"{value}"
    if name == "classic":
        return "THE STAGE" if value else "THE ROOM"
    return "YES" if value else "NO"
