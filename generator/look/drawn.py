"""What a map maker drew himself: windows, columns and bushes, laid at the very cells where they are drawn.

A stage's own walls bring their windows and columns along. Where somebody has drawn some, those are hung and
stood instead, of the same dreamed pieces, and the walls are left plain (see `backdrops`).
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from ..choosing.wardrobe import Wardrobe
from ..nes.roles import Role
from ..tiles.layers import Tiles
from .walling import lay_piece

FURNISHED = (Role.WINDOW, Role.COLUMN)
"""What walls bring along, unless it is drawn."""

Block = tuple[int, int, int, int]
"""Row, column, height, width."""


def draws_furniture(roles: NDArray[np.uint8]) -> bool:
    """Whether a grid says itself where its windows and columns are."""
    return bool(np.isin(roles, FURNISHED).any())


def lay_drawn(tiles: Tiles, backdrop: Tiles, roles: NDArray[np.uint8], wardrobe: Wardrobe) -> None:
    """Lays windows into the walls, and whatever columns and bushes show nothing yet before them. Where the
    dreams have no such thing, nothing is laid."""
    _hang(backdrop, roles, _windows(wardrobe))
    pillar = _pillar(wardrobe)
    if pillar is not None:
        for row, column, h, w in blocks((roles == Role.COLUMN) & (tiles < 0)):
            tiles[row : row + h, column : column + w] = _as_high(pillar, h)[:, None]
    plants = [*wardrobe.trees, *(piece for _, piece in wardrobe.growth)]
    for row, column, h, w in blocks((roles == Role.BUSH) & (tiles < 0)):
        for plant in plants if h > 1 else plants[::-1]:
            area = np.s_[row : row + h, column : column + w]
            tiles[area] = np.where(tiles[area] >= 0, tiles[area], _cut(plant, h, w))


def blocks(mask: NDArray[np.bool_]) -> Iterator[Block]:
    """The rectangles of a mask [H, W], each as high and then as wide as it is at its upper left."""
    left = mask.copy()
    for row, column in np.argwhere(mask).tolist():
        if not left[row, column]:
            continue
        h = _run(left[row:, column])
        w = _run(np.asarray(left[row : row + h, column:].all(0)))
        left[row : row + h, column : column + w] = False
        yield row, column, h, w


def _hang(backdrop: Tiles, roles: NDArray[np.uint8], windows: list[Tiles]) -> None:
    """Hangs a window at each block of window cells. One that is larger than its block hangs round it where
    the wall is free, and else shows its middle; one that is smaller is hung again and again."""
    if not windows:
        return
    free = np.isin(roles, [Role.BACKDROP, Role.WINDOW]) & (backdrop >= 0)
    for turn, (row, column, h, w) in enumerate(blocks(roles == Role.WINDOW)):
        piece = windows[turn % len(windows)]
        high, wide = piece.shape
        top, left = row + h - high, column - (wide - w) // 2
        area = np.s_[top : top + high, left : left + wide]
        within = top >= 0 and left >= 0 and free[area].shape == piece.shape and free[area].all()
        if high < h or wide < w or not within:
            rows = (np.arange(h) + max(high - h, 0) // 2) % high
            columns = (np.arange(w) + max(wide - w, 0) // 2) % wide
            piece, area = piece[rows][:, columns], np.s_[row : row + h, column : column + w]
        lay_piece(backdrop[area], piece)
        free[area] = False


def _cut(plant: Tiles, h: int, w: int) -> Tiles:
    """The foot of a plant, or the plant again and again, as wide as it must be; -1 above it."""
    high, wide = plant.shape
    columns = (np.arange(w) + max(wide - w, 0) // 2) % wide
    rows = np.arange(h) + high - h
    return np.where(rows[:, None] >= 0, plant[np.maximum(rows, 0)][:, columns], -1)


def _windows(wardrobe: Wardrobe) -> list[Tiles]:
    """The dreamed windows, those that hang in bays among them."""
    found = list(wardrobe.windows)
    for bay in wardrobe.bays:
        for row, column, h, w in blocks(bay.detail == Role.WINDOW):
            found.append(bay.tiles[row : row + h, column : column + w])
    return found


def _pillar(wardrobe: Wardrobe) -> Tiles | None:
    """A dreamed column [h] from its capital to its foot, where a bay has one."""
    for bay in wardrobe.bays:
        strip = bay.detail[:, bay.first] == Role.COLUMN
        if strip.any():
            return np.asarray(bay.tiles[strip, bay.first])
    return None


def _as_high(pillar: Tiles, rows: int) -> Tiles:
    """A column of so many rows: its middle again and again, or left out; of one row it is a foot."""
    numbers = np.minimum(np.arange(rows), max(len(pillar) // 2, 0))
    numbers[-1] = len(pillar) - 1
    return np.asarray(pillar[numbers])


def _run(mask: NDArray[np.bool_]) -> int:
    """How many cells from the first on are true."""
    return len(mask) if mask.all() else int(mask.argmin())
