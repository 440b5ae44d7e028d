"""What can happen in a step of motion. Drawing and sound are told of it."""

from __future__ import annotations

from enum import IntEnum
from typing import NamedTuple


class EventKind(IntEnum):
    """What can happen."""

    JUMPED = 0
    LANDED = 1
    LANDED_HARD = 2  # after a long fall; instead of LANDED
    BUMPED = 3  # the head met a ceiling
    FELL = 4  # walked off an edge, or lost the floor
    WHIPPED = 5  # a whip began
    DIED = 6
    EXITED = 7
    ENTERED = 8  # another room; x and y are where
    MOUNTED = 9  # stairs
    DISMOUNTED = 10
    STEPPED = 11  # one step of stairs
    BROKE = 12  # a wall fell to the whip; x and y are its middle
    KEY = 13  # a key was taken
    UNLOCKED = 14
    LOCKED = 15  # the body pushed at a locked door without its key
    CRUMBLED = 16  # a foot stepped on a floor that will collapse
    COLLAPSED = 17  # such a floor is gone
    BOARDED = 18  # landed on a moving platform


class Event(NamedTuple):
    """Something that happened, and where: at the feet unless the kind says otherwise, px."""

    kind: EventKind
    x_px: int
    y_px: int
