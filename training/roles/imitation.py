"""Screens as the role network learns from them: painted ones that are changed to look like dreams.

The role network is run on dreams, whose roles nobody knows. So painted screens, whose roles are known, are
changed as dreams differ from them before they are shown to it.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from generator.nes.palette import BLACK, CANONICAL, PALETTE_RGB, quantise
from generator.nes.roles import CELLS, SCREEN_PX, TILE, Role

# All numbers below are first guesses, compared with labelled dreams.
BLUR_MOST = 0.6
"""Largest share of the 3x3 mean in a pixel."""
NOISE_MOST = 14.0
"""Largest standard deviation of noise, in 0..255."""
GAIN_SPREAD = 0.25
"""The brightness of a channel is multiplied by 1 plus or minus at most this."""
LIFT_MOST = 20.0
"""Largest shift of a channel, in 0..255."""
CLEAN_SHARE = 0.25
"""Share of screens that stay as painted."""
RECOLOURED_SHARE = 0.4
"""Share of screens whose hues are exchanged: a dreamed wall may have any colour."""
STRAY_MOST, STRAY_PX = 0.25, 2
"""Largest share of pixels that stray, and how far at most: a dream's edges are frayed."""
SPECKLED_SHARE, SPECKLES_MOST = 0.5, 0.8
"""Share of screens with speckles, and largest share of pixels that come from elsewhere in their cell."""
FADED_SHARE, FADING_MOST = 0.3, 0.8
"""Share of screens that fade, and largest share of pixels that turn black."""
BLURRED_SHARE = 0.6
"""Share of screens that become blurred, noisy and tinted."""
ROLLED_SHARE, SPLICED_SHARE = 0.5, 0.4
"""Shares of screens that are rolled sideways, and that get a block of cells of another one."""
BLOCK_CELLS = 7
"""Longest side of such a block."""


CANONICAL_OF = np.arange(64, dtype=np.uint8)
"""For every palette index, the one that quantisation gives its colour."""
CANONICAL_OF[~np.isin(CANONICAL_OF, CANONICAL)] = BLACK
CANONICAL_OF[0x30] = 0x20  # the other white


def imitate_dreams(screens: NDArray[np.uint8], dice: np.random.Generator) -> NDArray[np.uint8]:
    """Screens uint8[n, 224, 224] (palette indices) as a network might dream them, the same shape.

    A dream's edges are frayed. Its walls are speckled, fade into black and change their hues; its shapes are
    soft, its colours unsure.
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
    """A screen uint8[224, 224] blurred, noisy and tinted, then quantised again."""
    rgb = PALETTE_RGB[screen].astype(np.float32)
    blur = np.float32(dice.random() * BLUR_MOST)
    rgb += blur * (_mean_3x3(rgb) - rgb)
    rgb *= dice.uniform(1 - GAIN_SPREAD, 1 + GAIN_SPREAD, 3).astype(np.float32)
    rgb += dice.uniform(-LIFT_MOST, LIFT_MOST, 3).astype(np.float32)
    rgb += np.float32(dice.random() * NOISE_MOST) * dice.standard_normal(rgb.shape, dtype=np.float32)
    return quantise(np.clip(rgb, 0, 255).astype(np.uint8))


def smooth_field(dice: np.random.Generator) -> NDArray[np.float32]:
    """Random values that change slowly from pixel to pixel, float32[224, 224] in 0..1."""
    coarse = Image.fromarray(dice.random((5, 5), dtype=np.float32))
    return np.asarray(coarse.resize((SCREEN_PX, SCREEN_PX), Image.Resampling.BILINEAR))


def speckled(
    screen: NDArray[np.uint8], odds: NDArray[np.float32], dice: np.random.Generator
) -> NDArray[np.uint8]:
    """A screen uint8[224, 224]; with odds float32[224, 224] a pixel comes from elsewhere in its cell."""
    pixel = np.indices(screen.shape)
    strays = dice.random(screen.shape) < odds
    row, column = np.where(strays, pixel // TILE * TILE + dice.integers(0, TILE, pixel.shape), pixel)
    mixed: NDArray[np.uint8] = screen[row, column]
    return mixed


def recoloured_in_part(screen: NDArray[np.uint8], dice: np.random.Generator) -> NDArray[np.uint8]:
    """A screen uint8[224, 224] with the hues of a block of cells exchanged."""
    pixels = _block(dice)[1]
    changed = screen.copy()
    changed[pixels] = recoloured(screen[pixels], dice)
    return changed


def recoloured(screen: NDArray[np.uint8], dice: np.random.Generator) -> NDArray[np.uint8]:
    """Pixels uint8[h, w] (palette indices), every hue exchanged for another one; lightness and greys stay."""
    hues = np.arange(16, dtype=np.uint8)
    hues[1:13] = dice.permutation(hues[1:13])
    changed: NDArray[np.uint8] = CANONICAL_OF[(screen & 0x30) | hues[screen & 0x0F]]
    return changed


def frayed(screen: NDArray[np.uint8], share: float, dice: np.random.Generator) -> NDArray[np.uint8]:
    """Pixels uint8[h, w], such a share of which come from 1 or 2 px away."""
    height, width = screen.shape
    row, column = np.indices(screen.shape)
    strays = dice.random(screen.shape) < share
    off = dice.integers(-STRAY_PX, STRAY_PX + 1, (2, *screen.shape)) * strays
    row, column = np.clip(row + off[0], 0, height - 1), np.clip(column + off[1], 0, width - 1)
    mixed: NDArray[np.uint8] = screen[row, column]
    return mixed


def _mean_3x3(rgb: NDArray[np.float32]) -> NDArray[np.float32]:
    """The mean of each pixel's 3x3 block, edges repeated: float32[h, w, 3] -> the same shape."""
    padded = np.pad(rgb, ((1, 1), (1, 1), (0, 0)), mode="edge")
    rows = padded[:-2] + padded[1:-1] + padded[2:]
    mean: NDArray[np.float32] = (rows[:, :-2] + rows[:, 1:-1] + rows[:, 2:]) / np.float32(9)
    return mean


_MIRRORED_ROLES = np.arange(len(Role), dtype=np.uint8)
_MIRRORED_ROLES[[Role.STAIRS_RIGHT, Role.STAIRS_LEFT]] = Role.STAIRS_LEFT, Role.STAIRS_RIGHT


def mirror(
    screens: NDArray[np.uint8], roles: NDArray[np.uint8]
) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """Screens uint8[n, 224, 224] and roles uint8[n, 14, 14], mirrored; stairs then rise the other way."""
    return screens[:, :, ::-1], _MIRRORED_ROLES[roles[:, :, ::-1]]


def _block(dice: np.random.Generator) -> tuple[tuple[slice, slice], tuple[slice, slice]]:
    """A block of cells that lie together, and their pixels."""
    (top, left), (height, width) = dice.integers(0, CELLS - 2, 2), dice.integers(2, BLOCK_CELLS + 1, 2)
    cells = np.s_[top : min(top + height, CELLS), left : min(left + width, CELLS)]
    rows, columns = (slice(side.start * TILE, side.stop * TILE) for side in cells)
    return cells, (rows, columns)


def spliced(
    screens: NDArray[np.uint8], roles: NDArray[np.uint8], dice: np.random.Generator
) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """Rolls some of the screens uint8[n, 224, 224] sideways and puts blocks of cells into others.

    Their roles uint8[n, 14, 14] follow. A dream's parts agree less than a painted screen's, so what a cell is
    for must not depend on the whole screen.
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
