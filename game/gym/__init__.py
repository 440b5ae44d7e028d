"""The game as an environment of Gymnasium: importing it registers `Ganvania-v0`."""

import gymnasium

from .environment import GanvaniaEnv
from .seen import HERO, NUMBERS, THINGS
from .steps import ACTIONS

ENVIRONMENT = "Ganvania-v0"

__all__ = ["ACTIONS", "ENVIRONMENT", "HERO", "NUMBERS", "THINGS", "GanvaniaEnv"]

# Somebody who imports it again under another name, or reloads it, registers nothing new.
if ENVIRONMENT not in gymnasium.registry:
    gymnasium.register(ENVIRONMENT, entry_point=f"{__name__}.environment:GanvaniaEnv")
