"""Fronts: the castle at both ends of what is under the sky."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ..choosing.wardrobe import WallBay, Wardrobe
from ..layout.canvas import FLOOR_ROW
from ..layout.plan import OUTDOORS
from ..level import SCREEN_COLUMNS, SCREEN_ROWS
from ..nes.roles import SOLID
from ..tiles.layers import Tiles
from ..tiles.legibility import WANTED_L
from .backdrops import Sight
from .building import Building
from .far import CURTAIN_L
from .walling import WINDOW_ROWS, fit, lay_piece, repeat, stand_column

DOORWAY = 3, 2
"""Rows and columns of a doorway."""
FRONT_COLUMNS, FRONT_TOP = 5, 3
"""Least width of a castle's front at either end of a courtyard, and its uppermost row."""
TRIED_BAYS = 3
"""Bays that a front may be made of. (ours)"""


def lay_fronts(backdrop: Tiles, tiles: Tiles, building: Building, wardrobe: Wardrobe, sight: Sight) -> None:
    """Builds the castle at both ends of each room under the sky: a front of whole bays, or of plain wall with
    a window, and a gate in it. It is left out where there is no room for it, and where one would not see
    where to stand before it."""
    bays = [bay for bay in wardrobe.bays if bay.motifs and bay.lightness >= CURTAIN_L[0]][:TRIED_BAYS]
    for _, (x, y, w, h), kind in building.all() if building.fronts else ():
        if kind not in OUTDOORS or h < SCREEN_ROWS or w <= SCREEN_COLUMNS:
            continue
        here = np.s_[y : y + h, x : x + w]
        roles = building.roles[here]
        for bay in (*bays, None):
            own = backdrop[here].copy()
            wall = _wall(bay, h - FRONT_TOP, wardrobe)
            wide = wall.shape[1]
            for left in (1, w - 1 - wide):  # beside the room's own walls
                area = np.s_[:, left : left + wide]
                _front(own[area], roles[area], wall, wardrobe)
            if sight.contrast(roles, tiles[here], own) >= WANTED_L:
                backdrop[here] = own
                break


def _wall(bay: WallBay | None, rows: int, wardrobe: Wardrobe) -> Tiles:
    """The wall of a front, [rows, w]: as many whole bays as it takes, the first pillar once more at the end;
    or FRONT_COLUMNS of plain wall."""
    if bay is None:
        wall = repeat(wardrobe.walls[0].tiles, (rows, FRONT_COLUMNS)).copy()
        for window in [own for own in wardrobe.windows if own.shape[1] <= FRONT_COLUMNS - 2][:1]:
            left = (FRONT_COLUMNS - window.shape[1]) // 2
            lay_piece(wall[WINDOW_ROWS : WINDOW_ROWS + len(window), left : left + window.shape[1]], window)
        return wall
    period = bay.tiles.shape[1]
    laid = fit(bay, FLOOR_ROW - FRONT_TOP)
    columns = np.arange(-(-(FRONT_COLUMNS - 1) // period) * period + 1) + bay.first
    wall = repeat(bay.plain, (rows, len(columns)))
    wall[FLOOR_ROW - FRONT_TOP - len(laid) : FLOOR_ROW - FRONT_TOP] = laid[:, columns % period]
    return wall


def _front(own: Tiles, roles: NDArray[np.uint8], wall: Tiles, wardrobe: Wardrobe) -> None:
    """Builds one front into [h, w]."""
    own[FRONT_TOP:] = wall
    if wardrobe.skyline is not None and wardrobe.skyline.parapet >= 0:
        own[FRONT_TOP - 1] = wardrobe.skyline.parapet
    for gate in (*wardrobe.gates, _doorway(wardrobe)):
        rows, across = gate.shape
        at = (own.shape[1] - across) // 2
        floor = FLOOR_ROW
        while np.isin(roles[floor - 1, at : at + across], sorted(SOLID)).any():
            floor -= 1
        if across <= own.shape[1] and floor - rows > FRONT_TOP:
            lay_piece(own[floor - rows : floor, at : at + across], gate)
            return


def _doorway(wardrobe: Wardrobe) -> Tiles:
    """A dark doorway [h, w], between columns where there are any: the gate of those that dreamed none."""
    column = np.full((DOORWAY[0], 1), -1, np.int16)
    if wardrobe.column is not None:
        stand_column(column, wardrobe.column)
    return np.hstack([column, repeat(wardrobe.sky, DOORWAY), column])
