"""The role network: what a cell of a screen is for, seen with its ring of neighbours.

Small on purpose: 196 cells a screen are judged while a player waits. The first layer reads 4x4 px patches
that lie on the cell's grid, as the half of a glyph or a row of a brick does.
"""

from __future__ import annotations

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from generator.palette import BLACK, CANONICAL, PALETTE_RGB, quantise
from generator.roles import CELLS, TILE, Role

NEIGHBOURHOOD_PX = 3 * TILE
WIDTHS = (32, 48, 48)
HIDDEN = 64

# What dreams do to painted screens, imitated before quantising. First guesses, held against labelled dreams.
BLUR_MOST = 0.6
"""Largest share of the 3x3 mean in a pixel."""
NOISE_MOST = 14.0
"""Largest standard deviation of noise, in 0..255."""
GAIN_SPREAD = 0.25
"""Brightness of a channel is multiplied by 1 plus or minus this."""
LIFT_MOST = 20.0
"""Largest shift of a channel, in 0..255."""
CLEAN_SHARE = 0.25
"""Share of screens shown as painted."""
RECOLOURED_SHARE = 0.4
"""Share of screens whose hues are exchanged: a dream's wall may have any colour."""
STRAY_MOST, STRAY_PX = 0.25, 2
"""Largest share of pixels that stray, and how far: a dream's edges are frayed."""


CANONICAL_OF = np.arange(64, dtype=np.uint8)
"""Every palette index, the duplicates of a colour replaced by the one that quantisation produces."""
CANONICAL_OF[~np.isin(CANONICAL_OF, CANONICAL)] = BLACK
CANONICAL_OF[0x30] = 0x20  # the other white


class RoleNetwork(nn.Module):
    """Neighbourhoods float[n, 3, 48, 48] in -1..1 -> logits float[n, 17], in the order of `Role`."""

    def __init__(self) -> None:
        super().__init__()
        patches, middle, last = WIDTHS
        self.layers = nn.Sequential(
            nn.Conv2d(3, patches, 4, stride=4),  # [n, 3, 48, 48] -> [n, 32, 12, 12]
            nn.ReLU(inplace=True),
            nn.Conv2d(patches, middle, 3, stride=2, padding=1),  # -> [n, 48, 6, 6]
            nn.ReLU(inplace=True),
            nn.Conv2d(middle, last, 3),  # -> [n, 48, 4, 4]
            nn.ReLU(inplace=True),
            nn.Flatten(),
            nn.Linear(last * 16, HIDDEN),
            nn.ReLU(inplace=True),
            nn.Linear(HIDDEN, len(Role)),
        )

    def forward(self, cells: Tensor) -> Tensor:
        logits: Tensor = self.layers(cells)
        return logits


def neighbourhoods(
    screens: NDArray[np.uint8], screen: NDArray[np.int64], cell: NDArray[np.int64]
) -> NDArray[np.uint8]:
    """Some cells with their rings; the screen's edge is repeated, as when the network is run.

    Args:
        screens: palette indices uint8[n, 224, 224].
        screen, cell: int64[k]; which screen, and which of its cells, row * 14 + column.
    Returns: palette indices uint8[k, 48, 48].
    """
    padded = np.pad(screens, ((0, 0), (TILE, TILE), (TILE, TILE)), mode="edge")
    size = (NEIGHBOURHOOD_PX, NEIGHBOURHOOD_PX)
    windows = np.lib.stride_tricks.sliding_window_view(padded, size, axis=(1, 2))[:, ::TILE, ::TILE]
    return np.ascontiguousarray(windows[screen, cell // CELLS, cell % CELLS])


def to_input(indices: NDArray[np.uint8]) -> Tensor:
    """Palette indices uint8[k, 48, 48] -> float32[k, 3, 48, 48] in -1..1."""
    return torch.from_numpy(PALETTE_RGB[indices]).permute(0, 3, 1, 2).float() / 127.5 - 1.0


def imitate_dreams(screens: NDArray[np.uint8], dice: np.random.Generator) -> NDArray[np.uint8]:
    """Palette indices uint8[n, 224, 224] -> the same blurred, noisy, tinted, and quantised again.

    The shapes of a dream's tiles are softer and its colours less sure than the painter's, and the network
    is run on dreams.
    """
    out = screens.copy()
    for n in range(len(screens)):
        if dice.random() < CLEAN_SHARE:
            continue
        screen = recoloured(screens[n], dice) if dice.random() < RECOLOURED_SHARE else screens[n]
        if dice.random() < 0.5:
            screen = frayed(screen, dice.random() * STRAY_MOST, dice)
        rgb = PALETTE_RGB[screen].astype(np.float32)
        blur = np.float32(dice.random() * BLUR_MOST)
        rgb += blur * (_mean_3x3(rgb) - rgb)
        rgb *= dice.uniform(1 - GAIN_SPREAD, 1 + GAIN_SPREAD, 3).astype(np.float32)
        rgb += dice.uniform(-LIFT_MOST, LIFT_MOST, 3).astype(np.float32)
        rgb += np.float32(dice.random() * NOISE_MOST) * dice.standard_normal(rgb.shape, dtype=np.float32)
        out[n] = quantise(np.clip(rgb, 0, 255).astype(np.uint8))
    return out


def recoloured(screen: NDArray[np.uint8], dice: np.random.Generator) -> NDArray[np.uint8]:
    """Palette indices uint8[h, w] with every hue of the NES's exchanged for another, greys and lightness
    kept."""
    hues = np.arange(16, dtype=np.uint8)
    hues[1:13] = dice.permutation(hues[1:13])
    return CANONICAL_OF[(screen & 0x30) | hues[screen & 0x0F]]


def frayed(screen: NDArray[np.uint8], share: float, dice: np.random.Generator) -> NDArray[np.uint8]:
    """Palette indices uint8[h, w], so many of the pixels taken from 1 or 2 px away."""
    height, width = screen.shape
    row, column = np.indices(screen.shape)
    strays = dice.random(screen.shape) < share
    step = dice.integers(-STRAY_PX, STRAY_PX + 1, (2, *screen.shape)) * strays
    return screen[np.clip(row + step[0], 0, height - 1), np.clip(column + step[1], 0, width - 1)]


def _mean_3x3(rgb: NDArray[np.float32]) -> NDArray[np.float32]:
    """Mean over each pixel's 3x3 block, edges repeated: float32[h, w, 3] -> the same shape."""
    padded = np.pad(rgb, ((1, 1), (1, 1), (0, 0)), mode="edge")
    rows = padded[:-2] + padded[1:-1] + padded[2:]
    mean: NDArray[np.float32] = (rows[:, :-2] + rows[:, 1:-1] + rows[:, 2:]) / np.float32(9)
    return mean


_MIRRORED_ROLES = np.arange(len(Role), dtype=np.uint8)
_MIRRORED_ROLES[[Role.STAIRS_RIGHT, Role.STAIRS_LEFT]] = Role.STAIRS_LEFT, Role.STAIRS_RIGHT


def mirror(
    screens: NDArray[np.uint8], roles: NDArray[np.uint8]
) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """Screens uint8[n, 224, 224] and roles uint8[n, 14, 14] seen in a mirror; stairs rise the other way."""
    return screens[:, :, ::-1], _MIRRORED_ROLES[roles[:, :, ::-1]]
