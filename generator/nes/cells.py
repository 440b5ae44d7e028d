"""Cells: cutting screens into 16x16 px, joining them again, counting their colours."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from .roles import TILE


def cut(screen: NDArray[Any]) -> NDArray[Any]:
    """The cells [H, W, 16, 16, ...] of a screen [H*16, W*16, ...].

    Raises ValueError where a side is no multiple of 16.
    """
    height, width = screen.shape[:2]
    if height % TILE or width % TILE:
        raise ValueError(f"a screen's sides must be multiples of {TILE}, got {width}x{height}")
    grid = screen.reshape(height // TILE, TILE, width // TILE, TILE, *screen.shape[2:])
    return grid.swapaxes(1, 2)


def join(cells: NDArray[Any]) -> NDArray[Any]:
    """The screen [H*16, W*16, ...] of cells [H, W, 16, 16, ...]: the inverse of `cut`."""
    rows, columns = cells.shape[:2]
    return np.ascontiguousarray(cells.swapaxes(1, 2)).reshape(rows * TILE, columns * TILE, *cells.shape[4:])


def colour_counts(cells: NDArray[np.uint8]) -> NDArray[np.intp]:
    """How many colours each of some cells uint8[n, 16, 16] has: intp[n]."""
    ordered = np.sort(cells.reshape(len(cells), -1), axis=1)
    return np.asarray(1 + (np.diff(ordered, axis=1) != 0).sum(1))
