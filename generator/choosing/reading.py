"""Reading: whether ground is taken for ground, and what is behind it for air.

What was dreamed as ground at the bottom of a screen may look like a curtain when it hangs from a ceiling. So
before a stage is built, a room is put together of a ground and a wall, and the role network says what it
sees; and then it says it of rooms as they were built.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from ..nes.palette import PALETTE_RGB
from ..nes.roles import CELLS, SCREEN_PX, SOLID, Role
from ..tiles.layers import Layers
from ..tiles.measure import CellSet

Classify = Callable[[NDArray[np.uint8]], NDArray[np.float32]]
"""RGB uint8[n, 224, 224, 3] -> how likely each role is for each cell, float32[n, 14, 14, roles]."""

ROOM = [
    "##############",
    "##############",
    "#####...####.#",
    "#............#",
    "#............#",
    "#............#",
    "#............#",
    "#........==..#",
    "#............#",
    "#........=====",
    "#=======.#####",
    "########.#####",
    "########.#####",
    "########=#####",
]
"""A room to read: # is fill, = the top of the ground, . what is behind."""
_GRID = np.array([list(line) for line in ROOM])
FILL, TOP = _GRID == "#", _GRID == "="
BEHIND = ~FILL & ~TOP
SURE = 0.5
"""Odds of being walked through from which a cell looks like air. (the reader of the benchmark is asked for
0.9)"""
MOST_READ_ROOMS = 10
"""Rooms of a finished stage that are read, at 1.4 ms each. (measured)"""


def misread(
    cells: CellSet,
    classify: Classify,
    rooms: list[tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.intp]]],
) -> list[tuple[float, float]]:
    """How much of each room is taken for what it is not: its ground for air, and its wall for ground, 0..1.

    rooms: top [1, w], fill [h, w] and wall [h, w], cell numbers that repeat.
    """
    rows, columns = np.indices((CELLS, CELLS))
    screens = []
    for top, fill, wall in rooms:
        blocks = [block[rows % block.shape[0], columns % block.shape[1]] for block in (top, fill, wall)]
        room = np.select([TOP, FILL], blocks[:2], blocks[2])
        screens.append(cells.clean[room].swapaxes(1, 2).reshape(SCREEN_PX, SCREEN_PX))
    odds = classify(PALETTE_RGB[np.stack(screens)])
    solid = odds[..., [*sorted(SOLID), Role.PLATFORM]].sum(-1)
    return [(float(1.0 - one[FILL | TOP].mean()), float(one[BEHIND].mean())) for one in solid]


def looks_like_air(
    roles: NDArray[np.uint8],
    layers: Layers,
    pixels: NDArray[np.uint8],
    rooms: Sequence[tuple[int, int, int, int]],
    classify: Classify,
) -> float:
    """Share of the solid cells of a finished stage that are taken for air, 0..1, by some of its rooms.

    Roles, layers, the bank's pixels and rooms are a `Level`'s.
    """
    sky = layers.far[0, 0]
    screens, seen = [], []
    for x, y, _, h in rooms[:: -(-len(rooms) // MOST_READ_ROOMS)]:
        cells = np.s_[y + h - CELLS : y + h, x : x + CELLS]
        behind = np.where(layers.backdrop[cells] < 0, sky, layers.backdrop[cells])
        shown = np.where(layers.tiles[cells] < 0, behind, layers.tiles[cells])
        screens.append(pixels[shown].swapaxes(1, 2).reshape(SCREEN_PX, SCREEN_PX))
        seen.append(np.isin(roles[cells], sorted(SOLID)))
    odds = classify(PALETTE_RGB[np.stack(screens)])
    solid = np.stack(seen)
    stood_on = odds[..., [*sorted(SOLID), Role.PLATFORM]].sum(-1)
    return float((stood_on < SURE)[solid].mean()) if solid.any() else 0.0
