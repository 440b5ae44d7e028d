"""A player's way through castles: phases, commands, which levels are wanted, and what is kept. No pygame."""

from .phases import Command, Phase
from .session import Session

__all__ = ["Command", "Phase", "Session"]
