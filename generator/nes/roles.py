"""Roles: what a 16x16 cell is for. The corpus paints them, the role network recognises them, motion obeys
them.

Levels are made of the first BASE_ROLES of them. The others name things that are painted and recognised, but
are no tiles yet: `FOLD` and `fold_odds` turn them into the base role that stands for them.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntEnum
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

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
    ARCH = 17
    STATUE = 18
    TREE = 19
    MOON = 20
    CLOUD = 21
    FENCE = 22
    GRAVE = 23
    CHAIN = 24
    CURTAIN = 25


BASE_ROLES = 17
"""The first so many roles are those that levels and their tiles have: the width of all odds in generator/."""
BASE: tuple[Role, ...] = tuple(Role)[:BASE_ROLES]
"""The roles of levels and of their tiles, in their order."""
FOLDED: Mapping[Role, Role] = MappingProxyType({
    Role.ARCH: Role.BACKDROP,
    Role.STATUE: Role.COLUMN,
    Role.TREE: Role.BUSH,
    Role.MOON: Role.SKY,
    Role.CLOUD: Role.SKY,
    Role.FENCE: Role.BUSH,
    Role.GRAVE: Role.BUSH,
    Role.CHAIN: Role.BACKDROP,
    Role.CURTAIN: Role.BACKDROP,
})  # fmt: skip
"""The base role that stands for each other role. The painter called such cells so before they had names."""

FOLD: NDArray[np.uint8] = np.array([FOLDED.get(role, role) for role in Role], np.uint8)
"""uint8[26]: the base role of each role; base roles stand for themselves."""
FOLD.setflags(write=False)


SOLID = frozenset({Role.GROUND_TOP, Role.GROUND_FILL, Role.BREAKABLE})
"""Roles that stop a body from every side."""
ONE_WAY = frozenset({Role.PLATFORM})
"""Roles that a body lands on from above and passes from below and from the sides."""
DEADLY = frozenset({Role.WATER, Role.SPIKES})
"""Roles that kill a body that sinks into them."""
NEVER_TILES = frozenset({Role.GLYPH, Role.FIGURE})
"""Roles that are recognised so that their cells never become tiles."""


def fold_odds(odds: NDArray[np.float32]) -> NDArray[np.float32]:
    """Odds of all roles float32[..., 26] -> odds of the base roles float32[..., 17], with the same sums.

    Odds that are of the base roles already stay as they are. Raises ValueError for another width.
    """
    if odds.shape[-1] == BASE_ROLES:
        return odds
    if odds.shape[-1] != len(Role):
        raise ValueError(f"odds of {odds.shape[-1]} roles, neither of {BASE_ROLES} nor of {len(Role)}")
    base = odds[..., :BASE_ROLES].copy()
    for role, stands_in in FOLDED.items():
        base[..., stands_in] += odds[..., role]
    return base
