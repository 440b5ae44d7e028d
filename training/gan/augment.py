"""Augmentation by whole cells, sideways: the 16 px grid and the colours stay, and so does the status bar.

Cutouts, shifts by less than a cell and other colours would show in the dreams. Tiles alone may also be
mirrored and rolled: the codec should know more tiles than the corpus has.
"""

from __future__ import annotations

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from generator.nes.roles import CELLS, TILE, Role


def bar_rows(roles: NDArray[np.uint8]) -> Tensor:
    """The heights of the screens' status bars, at the top and at the bottom: all rows of cells from there
    that hold glyphs.

    Args:
        roles: uint8[n, 14, 14].
    Returns: int64[n, 2], in cells.
    """
    holds_glyphs = (roles == Role.GLYPH).any(axis=2)
    heights = [np.cumprod(rows, axis=1).sum(axis=1) for rows in (holds_glyphs, holds_glyphs[:, ::-1])]
    heights[1][holds_glyphs.all(axis=1)] = 0
    return torch.from_numpy(np.stack(heights, 1).astype(np.int64))


def shifts(count: int, dice: torch.Generator) -> list[int]:
    """By how many cells each of some screens is rolled."""
    drawn: list[int] = torch.randint(CELLS, (count,), generator=dice).tolist()
    return drawn


def roll_sideways(grids: Tensor, bars: Tensor, by: list[int]) -> Tensor:
    """Rolls each of the grids [n, rows, columns, ...] by so many cells, between its status bars.

    Args:
        grids: of cells, 14x14, or of pixels, 224x224.
        bars: see `bar_rows`; on the CPU.
    """
    side = grids.shape[1] // CELLS
    rolled = grids.clone()
    for n, (shift, (top, bottom)) in enumerate(zip(by, (bars * side).tolist(), strict=True)):
        if shift:
            between = slice(top, grids.shape[1] - bottom)
            rolled[n, between] = torch.roll(grids[n, between], shift * side, dims=1)
    return rolled


def vary_tiles(tiles: Tensor, dice: torch.Generator) -> Tensor:
    """Tiles [n, 16, 16]: a quarter of them mirrored, an eighth rolled, all by the same number of pixels."""
    quarter, eighth = len(tiles) // 4, len(tiles) // 8
    down, right = torch.randint(TILE, (2,), generator=dice).tolist()
    mirrored = tiles[:quarter].flip(2)
    rolled = tiles[quarter : quarter + eighth].roll((down, right), (1, 2))
    return torch.cat([mirrored, rolled, tiles[quarter + eighth :]])
