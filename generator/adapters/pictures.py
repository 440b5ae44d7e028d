"""A level's pixels as numbers of colours, for whatever draws them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ..look.dressing import SEE_THROUGH
from ..tiles.shown import ShownBank, tile_px_of

CLEAR = 0xFFFF
"""The number of "nothing here": no colour's."""

Pixels = NDArray[np.uint16]
"""Numbers of colours, or CLEAR."""


def keyed_tiles(bank: ShownBank) -> Pixels:
    """Its tiles uint16[T + 1, t, t]; the last is all CLEAR, so that the index -1 draws nothing.

    Where a tile is see-through, its pixels of the shared backdrop colour are CLEAR too.
    """
    side = tile_px_of(bank)
    tiles = np.concatenate([bank.pixels.astype(np.uint16), np.full((1, side, side), CLEAR, np.uint16)])
    seen_through = np.flatnonzero(np.isin(bank.role, sorted(SEE_THROUGH)))
    tiles[seen_through] = np.where(
        bank.pixels[seen_through] == bank.palettes[0, 0], CLEAR, tiles[seen_through]
    )
    return tiles


def assembled(tiles: Pixels, grid: NDArray[np.integer]) -> Pixels:
    """The pixels uint16[h * t, w * t] of a grid [h, w] of indices into `keyed_tiles`."""
    (height, width), side = grid.shape, tiles.shape[-1]
    cells: Pixels = tiles[grid]
    return cells.swapaxes(1, 2).reshape(height * side, width * side)


def over(front: Pixels, behind: Pixels) -> Pixels:
    """What is seen of two pictures of one size over one another."""
    return np.where(front == CLEAR, behind, front)
