"""Walling: how a wall is laid behind a room, from wall to wall and, in each storey, from the ceiling to the
floor, and what hangs and stands in it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ..choosing.wardrobe import Column, WallBay, Wardrobe
from ..layout.canvas import FLOOR_ROW, ROOF_ROW
from ..level import SCREEN_COLUMNS, SCREEN_ROWS
from ..nes.roles import Role
from ..tiles.layers import Tiles

OPEN_FROM, OPEN_BAYS, CLOSED_BAYS = 1, 2, 2
"""Rows under the ceiling of a bay that stay closed; bays in a row that are open, and that are closed between
them."""
SHADE_ROWS = 1
"""Rows of a wall in the shade of a floor. (by eye)"""
WINDOW_ROWS, WINDOW_PERIOD = 1, 6
"""Rows between a ceiling and a window in a plain wall, and columns from one window to the next. (by eye)"""
OPENING = 5, 11
"""Columns of a screen between which a plain wall is open, the end excluded. (by eye)"""
COLUMN_SHARE = 0.5
"""Share of a strip's cells from which it is a column."""


def lay_bay(own: Tiles, bay: WallBay, open_: bool) -> None:
    """Lays a bay into the storeys of a room [h, w]; open_: with the sky between some of its pillars."""
    height, width = own.shape
    period = bay.tiles.shape[1]
    columns = (np.arange(width) - 1 + bay.first) % period
    turn = (np.arange(width) - 1) // period % (OPEN_BAYS + CLOSED_BAYS)
    free = (turn < OPEN_BAYS) & ~pillars(bay)[columns] & open_
    free[[0, -1]] = False
    for above, floor in _storeys(height):
        fitted = fit(bay, floor - above)
        own[floor - len(fitted) : floor] = fitted[:, columns]
        own[floor - len(fitted) + OPEN_FROM : floor - 1, free] = -1
    standing = pillars(bay)[columns]
    for _, floor in _storeys(height)[-1:]:
        own[floor:, standing] = bay.tiles[bay.stretch, columns[standing]]  # what is seen of them in pits


def fit(bay: WallBay, rows: int) -> Tiles:
    """A bay of so many rows: its stretch row is laid again and again, or rows that are like it are left out,
    then the upper ones. Lower where it cannot be stretched."""
    missing = rows - len(bay.tiles)
    if bay.stretch < 0:
        return bay.tiles[-rows:]
    times = np.ones(len(bay.tiles), int)
    times[bay.stretch] += max(missing, 0)
    alike = np.flatnonzero((bay.tiles == bay.tiles[bay.stretch]).all(1))
    times[alike[: min(max(-missing, 0), len(alike) - 1)]] = 0
    return np.repeat(bay.tiles, times, axis=0)[-rows:]


def pillars(bay: WallBay) -> NDArray[np.bool_]:
    """bool[w]: the columns of cells of a bay that a pillar stands in."""
    return np.asarray((bay.detail == Role.COLUMN).mean(0) >= COLUMN_SHARE)


def open_to_sky(own: Tiles, column: Column | None) -> None:
    """Opens a plain wall [h, w] to the sky in its uppermost storey, once a screen, between two columns where
    there are any."""
    left, right = OPENING
    for above, floor in _storeys(len(own))[:1]:
        for start in range(0, own.shape[1] - right, SCREEN_COLUMNS):
            own[above + OPEN_FROM : floor - 1, start + left : start + right] = -1
            if column is not None:
                for at in (start + left - 1, start + right):
                    stand_column(own[above:floor, at : at + 1], column)


def shade(own: Tiles, dark: Tiles) -> None:
    """Darkens a wall [h, w] under the floors that are over it, or it would look like their masonry."""
    for above, _ in _storeys(len(own))[1:]:
        own[above : above + SHADE_ROWS] = repeat(dark, (SHADE_ROWS, own.shape[1]))


def furnish(own: Tiles, bay: WallBay, wardrobe: Wardrobe, turn: int) -> bool:
    """Hangs windows between the pillars of a laid bay [h, w] that has nothing else to look at, or windows and
    columns into one without pillars; returns whether there was room."""
    before = own.copy()
    if set(bay.motifs) <= {Role.COLUMN} and pillars(bay).any():
        hang_windows(own, wardrobe, turn, (1 - bay.first, bay.tiles.shape[1]))
    elif not bay.motifs:
        hang_windows(own, wardrobe, turn)
        if wardrobe.column is not None:
            stand_columns(own, wardrobe.column)
    return bool((own != before).any())


def hang_windows(
    own: Tiles, wardrobe: Wardrobe, turn: int, rhythm: tuple[int, int] = (1, WINDOW_PERIOD)
) -> None:
    """Hangs windows into a wall [h, w], at equal distances, under each ceiling.

    rhythm: the column of the first pillar and the columns from one to the next.
    """
    height, width = own.shape
    first, period = rhythm
    for storey, (above, floor) in enumerate(_storeys(height)):
        fitting = [window for window in wardrobe.windows if window.shape[1] < period]
        if not fitting:
            return
        window = fitting[(turn + storey) % len(fitting)]
        h, w = window.shape
        row = min(above + WINDOW_ROWS, floor - h - 1)
        for column in range(first + (period - w + 1) // 2, width - w - 1, period):
            if column > 0:
                lay_piece(own[row : row + h, column : column + w], window)


def lay_piece(area: Tiles, piece: Tiles) -> None:
    """Lays a piece over an area [h, w] of its size, or narrower, where it is cut off at its right; where the
    piece has -1 stays what is there."""
    shown = piece[:, : area.shape[1]]
    np.copyto(area, shown, where=shown >= 0)


def stand_columns(own: Tiles, column: Column) -> None:
    """Stands columns into a plain wall [h, w], between the windows, from each ceiling to its floor."""
    for above, floor in _storeys(len(own)):
        for at in range(1, own.shape[1] - 1, WINDOW_PERIOD):
            stand_column(own[above:floor, at : at + 1], column)
            own[floor:, at : at + 1] = repeat(column.shaft, (len(own) - floor, 1))  # what is seen in pits


def stand_column(area: Tiles, column: Column) -> None:
    """Lays capital, shaft and foot in an area [h, w]; a column of one cell is a foot."""
    area[:] = repeat(column.shaft, (len(area), 1))
    area[0] = column.capital
    area[-1] = column.foot


def _storeys(height: int) -> list[tuple[int, int]]:
    """First row under the ceiling and row of the floor of each storey of a room of so many rows."""
    floors = range(FLOOR_ROW, height, SCREEN_ROWS)
    return [(floor - SCREEN_ROWS + 1 if n else ROOF_ROW + 1, floor) for n, floor in enumerate(floors)]


def repeat(pattern: Tiles, shape: tuple[int, int]) -> Tiles:
    """A pattern repeated over a grid of this shape, from its upper left."""
    rows, columns = np.indices(shape)
    repeated: Tiles = pattern[rows % pattern.shape[0], columns % pattern.shape[1]]
    return repeated
