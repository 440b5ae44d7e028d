"""The role network: what every cell of a screen is for, seen with what lies around it.

Small on purpose: it judges two dozen dreams while a player waits. Strides of 4, 2 and 2 make the 16 px grid;
the first layer reads 4x4 px patches that lie on it, as the half of a glyph or a row of a brick does. Two more
layers then look three cells far: ground is what a floor goes on in, a wall may look the same.
"""

from __future__ import annotations

import numpy as np
import torch
from numpy.typing import NDArray
from PIL import Image
from torch import Tensor, nn

from generator.nes.palette import BLACK, CANONICAL, PALETTE_RGB, quantise
from generator.nes.roles import CELLS, SCREEN_PX, TILE, Role

WIDTHS = (32, 64, 96, 96)

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
SPECKLED_SHARE, SPECKLES_MOST = 0.5, 0.8
"""Share of screens with speckles, and largest share of a place's pixels that come from elsewhere in their
cell."""
FADED_SHARE, FADING_MOST = 0.3, 0.8
"""The same of pixels that turn black."""
BLURRED_SHARE = 0.6
"""Share of screens that are blurred, noisy and tinted."""
ROLLED_SHARE, SPLICED_SHARE, BLOCK_CELLS = 0.5, 0.4, 7
"""Shares of screens that are rolled sideways and that get a block of another one, and its longest side."""


CANONICAL_OF = np.arange(64, dtype=np.uint8)
"""Every palette index, the duplicates of a colour replaced by the one that quantisation produces."""
CANONICAL_OF[~np.isin(CANONICAL_OF, CANONICAL)] = BLACK
CANONICAL_OF[0x30] = 0x20  # the other white


class RoleNetwork(nn.Module):
    """Screens float[n, 3, 224, 224] in -1..1 -> logits float[n, 17, 14, 14], in the order of `Role`."""

    def __init__(self) -> None:
        super().__init__()
        patches, halves, cells, around = WIDTHS
        self.layers = nn.Sequential(
            nn.Conv2d(3, patches, 4, stride=4),  # [n, 3, 224, 224] -> [n, 32, 56, 56]
            nn.ReLU(inplace=True),
            nn.Conv2d(patches, halves, 4, stride=2, padding=1),  # -> [n, 64, 28, 28]
            nn.ReLU(inplace=True),
            nn.Conv2d(halves, cells, 4, stride=2, padding=1),  # -> [n, 96, 14, 14]
            nn.ReLU(inplace=True),
            nn.Conv2d(cells, around, 3, padding=1),
            nn.ReLU(inplace=True),
            nn.Conv2d(around, around, 3, padding=2, dilation=2),
            nn.ReLU(inplace=True),
        )
        self.head = nn.Conv2d(around, len(Role), 1)

    def forward(self, screens: Tensor) -> Tensor:
        logits: Tensor = self.head(self.layers(screens))
        return logits


def to_input(screens: NDArray[np.uint8]) -> Tensor:
    """Palette indices uint8[n, 224, 224] -> float32[n, 3, 224, 224] in -1..1."""
    return torch.from_numpy(PALETTE_RGB[screens]).permute(0, 3, 1, 2).float() / 127.5 - 1.0


def imitate_dreams(screens: NDArray[np.uint8], dice: np.random.Generator) -> NDArray[np.uint8]:
    """Palette indices uint8[n, 224, 224] -> the same as a network might dream them.

    A dream's edges are frayed, its walls speckled, fading into black and of changing hues, its shapes soft
    and its colours unsure; and the network is run on dreams.
    """
    out = screens.copy()
    for n in range(len(screens)):
        if dice.random() < CLEAN_SHARE:
            continue
        screen = screens[n]
        if dice.random() < RECOLOURED_SHARE:
            screen = recoloured(screen, dice)
        if dice.random() < RECOLOURED_SHARE:
            screen = recoloured_in_part(screen, dice)
        if dice.random() < 0.5:
            screen = frayed(screen, dice.random() * STRAY_MOST, dice)
        if dice.random() < SPECKLED_SHARE:
            screen = speckled(screen, dice.random() * SPECKLES_MOST * smooth_field(dice), dice)
        if dice.random() < FADED_SHARE:
            fading = dice.random() * FADING_MOST * smooth_field(dice)
            screen = np.where(dice.random(screen.shape) < fading, BLACK, screen).astype(np.uint8)
        out[n] = blurred(screen, dice) if dice.random() < BLURRED_SHARE else screen
    return out


def blurred(screen: NDArray[np.uint8], dice: np.random.Generator) -> NDArray[np.uint8]:
    """Palette indices uint8[224, 224] blurred, noisy, tinted, and quantised again."""
    rgb = PALETTE_RGB[screen].astype(np.float32)
    blur = np.float32(dice.random() * BLUR_MOST)
    rgb += blur * (_mean_3x3(rgb) - rgb)
    rgb *= dice.uniform(1 - GAIN_SPREAD, 1 + GAIN_SPREAD, 3).astype(np.float32)
    rgb += dice.uniform(-LIFT_MOST, LIFT_MOST, 3).astype(np.float32)
    rgb += np.float32(dice.random() * NOISE_MOST) * dice.standard_normal(rgb.shape, dtype=np.float32)
    return quantise(np.clip(rgb, 0, 255).astype(np.uint8))


def smooth_field(dice: np.random.Generator) -> NDArray[np.float32]:
    """Values that change slowly from place to place, float32[224, 224] in 0..1."""
    coarse = Image.fromarray(dice.random((5, 5), dtype=np.float32))
    return np.asarray(coarse.resize((SCREEN_PX, SCREEN_PX), Image.Resampling.BILINEAR))


def speckled(
    screen: NDArray[np.uint8], share: NDArray[np.float32], dice: np.random.Generator
) -> NDArray[np.uint8]:
    """Palette indices uint8[224, 224], such a share of them, by place, taken from elsewhere in their cell."""
    place = np.indices(screen.shape)
    strays = dice.random(screen.shape) < share
    row, column = np.where(strays, place // TILE * TILE + dice.integers(0, TILE, place.shape), place)
    return screen[row, column]


def recoloured_in_part(screen: NDArray[np.uint8], dice: np.random.Generator) -> NDArray[np.uint8]:
    """Palette indices uint8[224, 224], the hues of a block of cells exchanged."""
    pixels = _block(dice)[1]
    changed = screen.copy()
    changed[pixels] = recoloured(screen[pixels], dice)
    return changed


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


def _block(dice: np.random.Generator) -> tuple[tuple[slice, slice], tuple[slice, slice]]:
    """Some cells that lie together, and their pixels."""
    (top, left), (height, width) = dice.integers(0, CELLS - 2, 2), dice.integers(2, BLOCK_CELLS + 1, 2)
    cells = np.s_[top : min(top + height, CELLS), left : min(left + width, CELLS)]
    rows, columns = (slice(side.start * TILE, side.stop * TILE) for side in cells)
    return cells, (rows, columns)


def spliced(
    screens: NDArray[np.uint8], roles: NDArray[np.uint8], dice: np.random.Generator
) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """Some screens uint8[n, 224, 224] rolled sideways, some with a block of cells of another one; their roles
    uint8[n, 14, 14] alike.

    A dream's parts agree less than a painted screen's: what a cell is for must not hang on all the rest.
    """
    new_screens, new_roles = screens.copy(), roles.copy()
    for n in range(len(screens)):
        if dice.random() < ROLLED_SHARE:
            cells = int(dice.integers(CELLS))
            new_screens[n] = np.roll(screens[n], cells * TILE, axis=1)
            new_roles[n] = np.roll(roles[n], cells, axis=1)
        if dice.random() < SPLICED_SHARE:
            other = int(dice.integers(len(screens)))
            block, pixels = _block(dice)
            new_screens[n][pixels], new_roles[n][block] = screens[other][pixels], roles[other][block]
    return new_screens, new_roles
