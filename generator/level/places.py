"""Where something stands in a level, each place with a name of its own: start, exit, zombie_1, zombie_2."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..nes.roles import TILE
from ..tiles.shown import Shown, tile_px_of

START, EXIT = "start", "exit"
"""Kinds of the two places that every level has."""


class Place(NamedTuple):
    """The feet of something."""

    name: str
    """Unique in its level."""
    kind: str
    """START, EXIT, or a spawn's kind."""
    x_px: int
    """The middle of the feet."""
    y_px: int
    """The feet."""
    facing: int = 1
    """-1 = left, 1 = right."""


class RoleMap(NamedTuple):
    """What a stranger's map says: what each cell is for, and who stands where."""

    roles: NDArray[np.uint8]
    """[H, W] `Role` of each cell."""
    places: tuple[Place, ...]
    """The objects of the map, in its order, with the names and kinds that it gives them."""


def places_of(level: Shown) -> list[Place]:
    """Start, exit and spawns of a level, so many of them as it has."""
    places = []
    start, door = getattr(level, "start", None), getattr(level, "exit", None)
    if start is not None:
        places.append(Place(START, START, int(start[0]), int(start[1])))
    if door is not None:
        side = tile_px_of(level.bank)
        # A door is a tile of 16 px wide, whatever tiles it is drawn in.
        width_px = max(side, TILE)
        places.append(
            Place(EXIT, EXIT, int(door[0]) * side + width_px // 2, (int(door[1]) + 1) * side, facing=1)
        )
    counts: Counter[str] = Counter()
    for spawn in getattr(level, "spawns", ()):
        counts[spawn.kind] += 1
        name = f"{spawn.kind}_{counts[spawn.kind]}"
        places.append(Place(name, spawn.kind, int(spawn.x_px), int(spawn.y_px), int(spawn.facing)))
    return places
