"""Fronts: the castle at both ends of what is under the sky."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ..choosing.wardrobe import Wardrobe
from ..layout.canvas import FLOOR_ROW
from ..layout.plan import OUTDOORS
from ..level import SCREEN_COLUMNS, SCREEN_ROWS
from ..nes.roles import SOLID
from ..tiles.layers import Tiles
from ..tiles.legibility import WANTED_L
from .backdrops import Sight
from .building import Building
from .walling import repeat, stand_column

DOORWAY = 3, 2
"""Rows and columns of a doorway."""
GATE_COLUMNS, FRONT_TOP = 6, 3
"""Width of a castle's front at either end of a courtyard, and its uppermost row."""


def lay_fronts(backdrop: Tiles, tiles: Tiles, building: Building, wardrobe: Wardrobe, sight: Sight) -> None:
    """Builds the castle at both ends of each room under the sky: a front as wide as GATE_COLUMNS, with a gate
    where one was dreamed. It is left out where there is no room for it, and where one would not see where to
    stand before it."""
    for _, (x, y, w, h), kind in building.all() if building.fronts else ():
        if kind not in OUTDOORS or h < SCREEN_ROWS or w <= SCREEN_COLUMNS:
            continue
        here = np.s_[y : y + h, x : x + w]
        roles, own = building.roles[here], backdrop[here].copy()
        for left in (0, w - GATE_COLUMNS):
            area = np.s_[:, left : left + GATE_COLUMNS]
            _front(own[area], roles[area], int(left == 0), wardrobe)
        if sight.contrast(roles, tiles[here], own) >= WANTED_L:
            backdrop[here] = own


def _front(own: Tiles, roles: NDArray[np.uint8], edge: int, wardrobe: Wardrobe) -> None:
    """Builds one front into [h, GATE_COLUMNS]; edge: columns at its left that nobody sees."""
    own[FRONT_TOP:] = repeat(wardrobe.walls[0].tiles, own[FRONT_TOP:].shape)
    if wardrobe.skyline is not None and wardrobe.skyline.parapet >= 0:
        own[FRONT_TOP - 1] = wardrobe.skyline.parapet
    for gate in (*wardrobe.gates, _doorway(wardrobe)):
        rows, across = gate.shape
        at = edge + (GATE_COLUMNS - 1 - across) // 2
        floor = FLOOR_ROW
        while np.isin(roles[floor - 1, at : at + across], sorted(SOLID)).any():
            floor -= 1
        if across < GATE_COLUMNS and floor - rows > FRONT_TOP:
            area = np.s_[floor - rows : floor, at : at + across]
            own[area] = np.where(gate >= 0, gate, own[area])
            return


def _doorway(wardrobe: Wardrobe) -> Tiles:
    """A dark doorway [h, w], between columns where there are any: the gate of those that dreamed none."""
    column = np.full((DOORWAY[0], 1), -1, np.int16)
    if wardrobe.column is not None:
        stand_column(column, wardrobe.column)
    return np.hstack([column, repeat(wardrobe.sky, DOORWAY), column])
