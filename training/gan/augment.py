"""Augmentation of the corpus's screens by whole cells, sideways: the 16 px grid and the colours stay.

Cutouts, shifts by less than a cell and other colours would show in the dreams. A roll leaves the status bar
where it is. Stairs keep their direction under a roll; mirroring changes it, which the GAN may ignore because
it knows no roles.
"""

from __future__ import annotations

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from generator.nes.roles import TILE, Role

from ..corpus import UNKNOWN_ROLE


def bar_heights_px(roles: NDArray[np.uint8]) -> NDArray[np.int64]:
    """The heights of the screens' status bars: from the top, all rows of cells that hold glyphs.

    Args:
        roles: uint8[n, rows, columns].
    Returns: int64[n] in px, multiples of 16; the whole height where the roles are unknown: nothing is rolled.
    """
    holds_glyphs = (roles == Role.GLYPH).any(axis=2) | (roles == UNKNOWN_ROLE).all(axis=2)
    heights: NDArray[np.int64] = np.cumprod(holds_glyphs, axis=1).sum(axis=1).astype(np.int64) * TILE
    return heights


def roll_sideways(screens: Tensor, bars_px: Tensor, dice: torch.Generator) -> Tensor:
    """Rolls each of the screens uint8[n, side, side] by a random number of cells, below its status bar.

    Args:
        bars_px: int64[n], on the CPU.
        dice: a CPU generator; the result is a function of its state.
    """
    cells = screens.shape[2] // TILE
    shifts = torch.randint(cells, (len(screens),), generator=dice).tolist()
    rolled = screens.clone()
    for n, (shift, bar) in enumerate(zip(shifts, bars_px.tolist(), strict=True)):
        if shift:
            rolled[n, bar:] = torch.roll(screens[n, bar:], shift * TILE, dims=1)
    return rolled


def mirror_some(screens: Tensor, dice: torch.Generator) -> Tensor:
    """Mirrors each of the screens uint8[n, side, side] with probability 1/2, its letters too."""
    mirrored = (torch.rand(len(screens), generator=dice) < 0.5).to(screens.device)
    return torch.where(mirrored[:, None, None], screens.flip(2), screens)
