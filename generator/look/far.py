"""The far layer: the sky, a far castle before it, the moon and clouds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import product

import numpy as np
from numpy.typing import NDArray

from ..choosing.wardrobe import Skyline, Wardrobe
from ..layout.canvas import FLOOR_ROW
from ..level import SCREEN_COLUMNS
from ..rng import Pcg32
from ..tiles.layers import Tiles
from .walling import fit, lay_piece, repeat

FAR_ROWS = 30
"""Rows of the far layer: a screen, and half of what the highest room has beyond it."""
HORIZON_ROW = 4
"""Row of the far layer where a dreamed horizon has its tops on the mean. (by eye)"""
MOON_ROWS, MOON_COLUMN, MOON_PERIOD = (2, 3, 4), 8, 40
"""Rows for a moon, the best first, its first column, and columns from one to the next: it is seen from the
start and again later, and no view has two."""
CLOUD_ROWS, CLOUD_PERIOD = (3, 2, 4, 5), 7
"""Rows for clouds, in turn, and columns from one to the next. The period divides no screen, so screens
differ."""
MOST_ASIDE = 5
"""Columns within which a moon or a cloud looks for room."""
STARRY = (1, 6)
"""One cell of the sky in six has stars. (by eye)"""
TOWER_COLUMNS, TOWER_TOPS = (2, 4), (3, 5)
"""Least and most columns of a far tower, and the rows that its top may be in."""
CURTAIN_COLUMNS, CURTAIN_TOPS = (2, 5), (5, 6)
"""The same of the walls between far towers."""
CURTAIN_L = (0.06, 0.14)
"""Least and most mean L*, 0..1, of a bay that far walls are built of: what is light looks near, and what is
dark like nothing. (by eye)"""
TOWER_WINDOW_ROWS = (1, 3)
"""Rows of a far tower over its first window, and between two."""
MOST_WINDOW_ROWS = 3
"""Rows of the highest window of a far tower: higher ones leave no wall between them."""


def lay_far(widest: int, wardrobe: Wardrobe, seed: int) -> Tiles:
    """The far layer, [FAR_ROWS, w], as wide as half of the widest room and a screen: the sky's pattern, the
    horizon or the far castle before it, and the moon and the clouds where there is still room."""
    width = (widest + 1) // 2 + SCREEN_COLUMNS
    far = repeat(wardrobe.sky, (FAR_ROWS, width)).copy()
    rng = Pcg32(seed)
    if wardrobe.star >= 0:
        for row in range(FAR_ROWS):
            far[row, [column for column in range(width) if rng.chance(*STARRY)]] = wardrobe.star
    free = np.ones(far.shape, bool)
    if wardrobe.horizon is not None:
        high = (wardrobe.horizon >= 0).argmax(0)
        rows = np.arange(FAR_ROWS) - HORIZON_ROW + round(float(high.mean()))
        columns = np.arange(width) % wardrobe.horizon.shape[1]
        wide = wardrobe.horizon[np.clip(rows, 0, len(wardrobe.horizon) - 1)][:, columns]
        wide[rows < 0] = -1
        free = wide < 0
        far = np.where(free, far, wide)
    elif wardrobe.skyline is not None:
        free = _build(far, wardrobe.skyline, wardrobe.windows, rng)
    for left in range(MOON_COLUMN, width, MOON_PERIOD):
        if wardrobe.moon is not None:
            _hang(far, free, wardrobe.moon, MOON_ROWS, left)
    for number, left in enumerate(range(1, width, CLOUD_PERIOD)):
        if wardrobe.clouds:
            heights = CLOUD_ROWS[number % len(CLOUD_ROWS) :] + CLOUD_ROWS
            _hang(far, free, wardrobe.clouds[number % len(wardrobe.clouds)], heights, left)
    return far


def castles(wardrobe: Wardrobe) -> Iterator[Skyline]:
    """The far castles that there may be, the richest first: with bays between its towers where some are dark
    enough, and built of one pattern alone."""
    if wardrobe.skyline is not None:
        for bay in wardrobe.bays:
            if bay.motifs and CURTAIN_L[0] <= bay.lightness <= CURTAIN_L[1]:
                yield replace(wardrobe.skyline, curtain=bay)
        yield wardrobe.skyline


def _build(far: Tiles, skyline: Skyline, windows: Sequence[Tiles], rng: Pcg32) -> NDArray[np.bool_]:
    """Builds a far castle into the layer, with windows in its towers where there are any; returns where the
    sky is still free, bool[h, w]."""
    rows, width = far.shape
    fitting = [window for window in windows if len(window) <= MOST_WINDOW_ROWS]
    window = min(fitting, key=lambda window: window.shape[1], default=None)
    tops = np.full(width, rows)
    towers: list[int] = []
    curtain = np.zeros(width, bool)
    column, tower = 0, False
    while column < width:
        least, most = TOWER_COLUMNS if tower else CURTAIN_COLUMNS
        end = column + rng.between(least, most)
        if tower and window is not None:
            end = column + window.shape[1] + 2
            towers.append(column)
        tops[column:end] = rng.between(*(TOWER_TOPS if tower else CURTAIN_TOPS))
        curtain[column:end] = not tower
        column, tower = end, not tower
    if skyline.curtain is not None:
        tops[curtain] = max(CURTAIN_TOPS)
    wall = np.arange(rows)[:, None] >= tops
    far[wall] = repeat(skyline.fill, far.shape)[wall]
    if skyline.curtain is not None:
        laid = fit(skyline.curtain, FLOOR_ROW - max(CURTAIN_TOPS))
        far[FLOOR_ROW - len(laid) : FLOOR_ROW, curtain] = repeat(laid, (len(laid), width))[:, curtain]
    if skyline.parapet >= 0:
        far[tops - 1, np.arange(width)] = skyline.parapet
    free = ~wall
    free[tops - 1, np.arange(width)] = False
    if window is not None:
        for left in towers:
            _light(far[tops[left] :, left + 1 :], window)
    return free


def _light(tower: Tiles, window: Tiles) -> None:
    """Hangs a window into each storey of a tower [h, w], from whose wall's left end w is counted."""
    h, w = window.shape
    above, between = TOWER_WINDOW_ROWS
    for row in range(above, len(tower) - h, h + between):
        lay_piece(tower[row : row + h, :w], window)


def _hang(far: Tiles, free: NDArray[np.bool_], piece: Tiles, rows: tuple[int, ...], left: int) -> None:
    """Lays a piece where there is room first: by rows, then by columns a little to the right; or nowhere."""
    for row, column in product(rows, range(left, left + MOST_ASIDE)):
        area = np.s_[row : row + piece.shape[0], column : column + piece.shape[1]]
        if free[area].shape == piece.shape and free[area].all():
            lay_piece(far[area], piece)
            free[area] = False
            return
