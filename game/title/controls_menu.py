"""The page of the options on which keys and a pad's buttons are bound to what they do."""

from __future__ import annotations

from generator.motion import Button

from ..controls import Bindings, Device, Function, Presses

ROWS: tuple[Function | None, ...] = (*Function, None)
"""What can be bound; the last row puts everything back as it was at first."""


class ControlsMenu:
    """Call `tick` once a tick with what is newly pressed."""

    def __init__(self, bindings: Bindings, presses: Presses) -> None:
        """`presses`: those of the tick in which it is opened; it shows what they came from."""
        self.bindings = bindings
        self.chosen = 0
        """The row."""
        self.pads = presses.by != Device.KEYS
        """Whether a pad's buttons are shown, and not the keys."""
        self.pad = presses.pad
        """The kind of the pad that there is; None: there is none."""
        self.asked_ticks: int | None = None
        """For how long a press has been asked for; None: it is not."""
        self.sure = False
        """Whether the last row was chosen once, and is asked about."""
        self.refused = False
        """Whether the last press could not be bound."""

    @property
    def device(self) -> Device:
        """What is shown."""
        return (self.pad or Device.PAD_WITH_HAT) if self.pads else Device.KEYS

    @property
    def function(self) -> Function | None:
        """What is chosen; None: the last row."""
        return ROWS[self.chosen]

    @property
    def asks(self) -> bool:
        """Whether the next press is an answer."""
        return self.asked_ticks is not None

    def tick(self, pressed: int, presses: Presses) -> bool:
        """One tick; False where the player leaves."""
        self.pad = presses.pad
        if self.asked_ticks is not None:
            # The press that asked is none to answer with.
            if self.asked_ticks and presses.raw:
                self._answer(presses)
            else:
                self.asked_ticks += 1
            return True
        if pressed:
            self.refused = False
        down = bool(pressed & Button.DOWN) - bool(pressed & Button.UP)
        self.chosen = (self.chosen + down) % len(ROWS)
        self.sure = self.sure and not down
        if pressed & (Button.LEFT | Button.RIGHT):
            self.pads = not self.pads
        if pressed & Button.JUMP:
            self.enter()
        return not pressed & Button.WHIP

    def enter(self) -> None:
        """Asks for what is to do what the chosen row says; in the last one puts all back, if that is sure."""
        if self.function is not None:
            self.asked_ticks, self.refused = 0, False
        elif self.sure:
            self.bindings, self.sure = Bindings(), False
        else:
            self.sure = True

    def cancel(self) -> None:
        """Asks no more."""
        self.asked_ticks = None

    def put(self) -> None:
        """Takes all but the first of the chosen row away."""
        if self.function is not None:
            self.bindings = self.bindings.only_first(self.device, self.function)

    def _answer(self, presses: Presses) -> None:
        """Binds what was pressed. Keys do not answer for a pad, and a pad's button leaves the keys alone."""
        device, number = presses.raw[0]
        if (device == Device.KEYS) != (self.device == Device.KEYS):
            if device != Device.KEYS:
                self.cancel()
            return
        bound = self.bindings.bound(device, self.function, number) if self.function is not None else None
        self.refused = bound is None
        self.bindings = bound or self.bindings
        self.cancel()
