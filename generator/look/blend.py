"""A level's tiles at one step of a melt: what is sent of one, and drawn."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, eq=False)
class Blend:
    """A level's tiles at one step. The level's grids and its bank's other arrays stay as they are."""

    pixels: NDArray[np.uint8]
    """[T, 16, 16] palette indices of the level's T tiles."""
    palettes: NDArray[np.uint8]
    """[4, 4], column 0 the level's backdrop colour."""
