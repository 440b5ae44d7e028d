"""The options' menu: which of them is chosen, and what they are turned to."""

from __future__ import annotations

from generator.motion import Button

from ..controls import Action, Bindings, Presses
from ..session.options import Options
from ..texts import text
from .controls_menu import ControlsMenu

CONTROLS = "controls"

SECTIONS: dict[str, tuple[str, ...]] = {
    "picture": (
        "music", "effects", "scale", "fullscreen", "aspect", "scanlines", "flash", "shake", "shapes",
    ),
    "play": ("speed", "asks", "classic", "ghost"),
    "assists": ("more_life", "steady", "endless_lives", "air_control", "coyote", "buffer"),
    CONTROLS: (),
}  # fmt: skip
"""The options, section by section, in the order of the menu. The controls are a page of their own."""


class OptionsMenu:
    """Call `tick` once a tick with what is newly pressed."""

    def __init__(self, options: Options, bindings: Bindings | None = None) -> None:
        self.options = options
        self.bindings = bindings or Bindings()
        """What keys and pads do."""
        self.section = ""
        """The section that is open; "": the list of sections is shown."""
        self.controls: ControlsMenu | None = None
        """The page of the keys, where that is the open section."""
        self.chosen = 0
        """The row."""
        self._presses = Presses(0, ())
        """Those of the last tick."""

    @property
    def rows(self) -> tuple[str, ...]:
        """The options of the open section, or the sections."""
        return SECTIONS[self.section] if self.section else tuple(SECTIONS)

    @property
    def asks(self) -> bool:
        """Whether the next press is an answer."""
        return self.controls is not None and self.controls.asks

    @property
    def shown(self) -> tuple[object, ...]:
        """What there is to see: where it changes, something was chosen."""
        page = self.controls
        within = (page.chosen, page.device, page.asks, page.sure, page.refused) if page else ()
        return self.options, self.bindings, self.section, self.chosen, within

    def tick(self, pressed: int, presses: Presses | None = None) -> bool:
        """One tick; False where the player leaves. `presses`: all that came in it."""
        self._presses = presses or Presses(pressed, ())
        if self.controls is not None:
            stays = self.controls.tick(pressed, self._presses)
            self.bindings = self.controls.bindings
            return stays or self.leave()
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
        if self.controls is not None:
            self.controls.enter()
        elif self.section:
            self.options = self.options.turned(self.rows[self.chosen], 1)
        else:
            self.section, self.chosen = self.rows[self.chosen], 0
            if self.section == CONTROLS:
                self.controls = ControlsMenu(self.bindings, self._presses)

    def put(self) -> None:
        """Does what the key does that takes something away."""
        if self.controls is not None:
            self.controls.put()

    def act_while_asked(self, action: Action) -> None:
        """Takes an action while a press is asked for; only Escape is one."""
        if self.controls is not None and action == Action.ESCAPE:
            self.controls.cancel()

    def leave(self) -> bool:
        """Goes back to the sections; False where they are what is shown."""
        section, self.section, self.controls = self.section, "", None
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
