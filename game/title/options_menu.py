"""The options' menu: which of them is chosen, and what they are turned to."""

from __future__ import annotations

from generator.motion import Button

from ..session.options import Options
from ..texts import text

SECTIONS: dict[str, tuple[str, ...]] = {
    "picture": (
        "music", "effects", "scale", "fullscreen", "aspect", "scanlines", "flash", "shake", "shapes",
    ),
    "play": ("speed", "asks", "classic", "ghost"),
    "assists": ("more_life", "steady", "endless_lives", "air_control", "coyote", "buffer"),
}  # fmt: skip
"""The options, section by section, in the order of the menu."""


class OptionsMenu:
    """Call `tick` once a tick with what is newly pressed."""

    def __init__(self, options: Options) -> None:
        self.options = options
        self.section = ""
        """The section that is open; "": the list of sections is shown."""
        self.chosen = 0
        """The row."""

    @property
    def rows(self) -> tuple[str, ...]:
        """The options of the open section, or the sections."""
        return SECTIONS[self.section] if self.section else tuple(SECTIONS)

    def tick(self, pressed: int) -> bool:
        """One tick; False where the player leaves."""
        down = bool(pressed & Button.DOWN) - bool(pressed & Button.UP)
        self.chosen = (self.chosen + down) % len(self.rows)
        if pressed & Button.WHIP:
            return self.leave()
        if pressed & Button.JUMP:
            self.enter()
        elif self.section and (by := bool(pressed & Button.RIGHT) - bool(pressed & Button.LEFT)):
            self.options = self.options.turned(self.rows[self.chosen], by)
        return True

    def enter(self) -> None:
        """Opens the chosen section, or turns the chosen option on."""
        if self.section:
            self.options = self.options.turned(self.rows[self.chosen], 1)
        else:
            self.section, self.chosen = self.rows[self.chosen], 0

    def leave(self) -> bool:
        """Goes back to the sections; False where they are what is shown."""
        section, self.section = self.section, ""
        if section:
            self.chosen = list(SECTIONS).index(section)
        return bool(section)


def text_of(options: Options, name: str) -> str:
    """How an option's value is written."""
    value = getattr(options, name)
    if name == "scale":
        return text("options.times", number=value) if value else text("options.fits")
    if name == "speed":
        return text("options.percent", number=value)
    if name in ("music", "effects"):
        return f"{value}"
    if name == "classic":
        return text("options.the_stage" if value else "options.the_room")
    return text("options.yes" if value else "options.no")
