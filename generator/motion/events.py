"""What a step of motion can tell the drawing and the sound of."""

from __future__ import annotations

from enum import IntEnum
from typing import NamedTuple


class EventKind(IntEnum):
    """One kind of news."""

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
    KEY = 13  # a key was picked up
    UNLOCKED = 14
    LOCKED = 15  # pushed at a locked door without its key
    CRUMBLED = 16  # a floor that will collapse was stepped on
    COLLAPSED = 17  # it is gone
    BOARDED = 18  # landed on a moving platform


class Event(NamedTuple):
    """Something that a step did, and where (the feet unless the kind says otherwise), px."""

    kind: EventKind
    x_px: int
    y_px: int
