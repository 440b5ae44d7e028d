"""A level for tests in the colours of the NES, four sub-palettes as a dreamed level has them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from generator.level import Level
from generator.nes.palette import BLACK
from generator.nes.roles import BASE_ROLES, ONE_WAY, SOLID, TILE, Role
from generator.tiles.bank import Bank
from tests.drawn.levels import rooms_level

PALETTES = np.array(
    [
        [BLACK, 0x06, 0x16, 0x36],
        [BLACK, 0x01, 0x0C, 0x1C],
        [BLACK, 0x07, 0x17, 0x27],
        [BLACK, 0x00, 0x10, 0x30],
    ]
)
"""Ground of three reds, walls of three dark blues, things of browns, the rest of greys."""
_GROUND = SOLID | ONE_WAY
_BEHIND = frozenset({Role.SKY, Role.BACKDROP, Role.WINDOW, Role.COLUMN})


def coloured_level() -> Level:
    """The four rooms of `rooms_level`; every tile has all four colours of its sub-palette."""
    level = rooms_level()
    palette = np.array(
        [0 if r in _GROUND else 1 if r in _BEHIND else 2 + r % 2 for r in range(BASE_ROLES)], np.uint8
    )
    # Ground is mostly of the two lighter colours, walls of the two darker ones.
    rng = np.random.default_rng(1)
    odds = np.where((palette == 1)[:, None], (0.6, 0.25, 0.1, 0.05), (0.1, 0.1, 0.3, 0.5))
    place = np.stack([rng.choice(4, (TILE, TILE), p=one) for one in odds])
    bank = Bank(
        pixels=PALETTES[palette[:, None, None], place],
        palettes=PALETTES,
        palette=palette,
        role=level.bank.role,
        quality=level.bank.quality,
        provenance=level.bank.provenance,
    )
    return replace(level, bank=bank)
