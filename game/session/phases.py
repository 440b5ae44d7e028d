"""What can go on in a session, and what a player can ask of it."""

from __future__ import annotations

from enum import Enum, auto


class Command(Enum):
    """What the player asks of the session."""

    REGENERATE = auto()
    BACK = auto()
    REDREAM = auto()
    PAUSE = auto()
    CONTINUE = auto()
    INSPECT = auto()


class Phase(Enum):
    """What is going on."""

    LOADING = auto()
    SHOW = auto()
    PLAYING = auto()
    PAUSED = auto()
    INSPECTING = auto()
    DYING = auto()
    TALLY = auto()
    ENDING = auto()
    GAME_OVER = auto()


STILL = (Phase.PAUSED, Phase.INSPECTING)
"""Phases in which time stands still."""
