"""The bindings that are in force: where they are kept, and who has to know of others."""

from __future__ import annotations

from ..controls import Bindings, Input, Presses, Reading
from ..controls.places import put_in_force
from ..session.kept import Kept


class Binding:
    """The game's input, its bindings, and the texts that name its keys."""

    def __init__(self, kept: Kept[Bindings]) -> None:
        """`kept`: the file, which is read."""
        self.kept = kept
        self.input = Input()
        self.input.rebind(self.kept.read() or Bindings())
        put_in_force(self.input.bindings)

    def tick(self, presses: Presses, chosen: Bindings, reading: Reading) -> None:
        """One tick. `chosen`: the bindings that the player wants. `reading`: what keys are read for next."""
        if chosen != self.input.bindings:
            self.input.rebind(chosen)
            self.kept.keep(chosen)
        put_in_force(chosen, presses.by)
        self.input.reading = reading
