"""Augmentation that leaves the 16 px grid and the colours alone: whole cells, sideways.

Cutouts, sub-cell shifts and colours leak into the dreams; drawing more screens is cheaper. The status bar
stays where it is, only what lies under it goes round. Stairs keep their direction under a roll; mirroring
swaps it, which the GAN may ignore (it knows no roles) and the role network must not.
"""

from __future__ import annotations

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from generator.nes.roles import TILE, Role

from ..corpus import UNKNOWN_ROLE


def bar_heights_px(roles: NDArray[np.uint8]) -> NDArray[np.int64]:
    """Height of every screen's status bar: the unbroken rows of cells, from the top, that hold glyphs.

    Args:
        roles: uint8[n, rows, columns].
    Returns: int64[n], px, multiples of 16; the whole height where nobody knows the roles, so that nothing
        is rolled.
    """
    holds_glyphs = (roles == Role.GLYPH).any(axis=2) | (roles == UNKNOWN_ROLE).all(axis=2)
    return np.cumprod(holds_glyphs, axis=1).sum(axis=1).astype(np.int64) * TILE


def roll_sideways(screens: Tensor, bars_px: Tensor, dice: torch.Generator) -> Tensor:
    """uint8[n, side, side] -> the same, each rolled by a random number of cells below its bar.

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
    """uint8[n, side, side] -> each mirrored with probability 1/2 (its letters too: off by default)."""
    mirrored = (torch.rand(len(screens), generator=dice) < 0.5).to(screens.device)
    return torch.where(mirrored[:, None, None], screens.flip(2), screens)
