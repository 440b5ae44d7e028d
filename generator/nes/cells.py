"""Cutting screens into 16x16 cells, and back; what a cell holds."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from .roles import TILE


def cut(screen: NDArray[Any]) -> NDArray[Any]:
    """[H*16, W*16, ...] to its cells [H, W, 16, 16, ...].

    Raises ValueError where a side is no multiple of 16.
    """
    height, width = screen.shape[:2]
    if height % TILE or width % TILE:
        raise ValueError(f"a screen's sides must be multiples of {TILE}, got {width}x{height}")
    grid = screen.reshape(height // TILE, TILE, width // TILE, TILE, *screen.shape[2:])
    return grid.swapaxes(1, 2)


def join(cells: NDArray[Any]) -> NDArray[Any]:
    """The inverse of `cut`: [H, W, 16, 16, ...] to [H*16, W*16, ...]."""
    rows, columns = cells.shape[:2]
    return np.ascontiguousarray(cells.swapaxes(1, 2)).reshape(rows * TILE, columns * TILE, *cells.shape[4:])


def colour_counts(cells: NDArray[np.uint8]) -> NDArray[np.intp]:
    """How many colours each cell uint8[n, 16, 16] has, intp[n]."""
    ordered = np.sort(cells.reshape(len(cells), -1), axis=1)
    return np.asarray(1 + (np.diff(ordered, axis=1) != 0).sum(1))
