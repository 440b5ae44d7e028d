"""Grids of bank indices: what is shown in every cell of a stage."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Tiles = NDArray[np.int16]
"""int16[h, w]: bank indices, -1 for none."""


class Layers(NamedTuple):
    """What is shown of a stage, front to back."""

    tiles: Tiles
    """[H, W] in front."""
    backdrop: Tiles
    """[H, W] behind it: the walls of the rooms."""
    far: Tiles
    """[h, w] behind both, at half the speed: the sky."""
