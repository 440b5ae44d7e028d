"""What a 16x16 cell is for. Painted by the corpus, recognised by the role network, obeyed by motion."""

from __future__ import annotations

from enum import IntEnum

TILE = 16
"""Side of a tile and of a cell, px."""
SCREEN_PX = 224
"""Side of a dreamed screen, px."""
CELLS = SCREEN_PX // TILE
"""Cells along one side of a dreamed screen."""


class Role(IntEnum):
    """The order is part of the files' formats (corpus, role network, Level): append, never insert."""

    SKY = 0
    BACKDROP = 1
    WINDOW = 2
    COLUMN = 3
    GROUND_TOP = 4
    GROUND_FILL = 5
    PLATFORM = 6
    BREAKABLE = 7
    STAIRS_RIGHT = 8
    STAIRS_LEFT = 9
    WATER = 10
    SPIKES = 11
    BUSH = 12
    CANDLE = 13
    DOOR = 14
    GLYPH = 15
    FIGURE = 16


SOLID = frozenset({Role.GROUND_TOP, Role.GROUND_FILL, Role.BREAKABLE})
"""Stops a body from every side."""
ONE_WAY = frozenset({Role.PLATFORM})
"""Landed on from above, passed from below and from the sides."""
DEADLY = frozenset({Role.WATER, Role.SPIKES})
"""Kills the body that sinks into it."""
NEVER_TILES = frozenset({Role.GLYPH, Role.FIGURE})
"""Recognised so that they are never taken for tiles."""
