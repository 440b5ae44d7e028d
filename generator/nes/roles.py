"""Roles: what a 16x16 cell is for. The corpus paints them, the role network recognises them, motion obeys
them."""

from __future__ import annotations

from enum import IntEnum

TILE = 16
"""Side of a tile and of a cell, px."""
SCREEN_PX = 224
"""Side of a dreamed screen, px."""
CELLS = SCREEN_PX // TILE
"""Cells along one side of a dreamed screen."""


class Role(IntEnum):
    """What a cell is for. The order is part of file formats (corpus, role network, Level): append, never
    insert."""

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
"""Roles that stop a body from every side."""
ONE_WAY = frozenset({Role.PLATFORM})
"""Roles that a body lands on from above and passes from below and from the sides."""
DEADLY = frozenset({Role.WATER, Role.SPIKES})
"""Roles that kill a body that sinks into them."""
NEVER_TILES = frozenset({Role.GLYPH, Role.FIGURE})
"""Roles that are recognised so that their cells never become tiles."""
