"""How far two sets of pictures are from one another: sliced Wasserstein distances, precision and recall."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import torch
import torch.nn.functional as F
from numpy.typing import NDArray
from torch import Tensor

from generator.nes.palette import PALETTE_RGB
from generator.nes.roles import SCREEN_PX, TILE

PROJECTIONS = 256
"""Random directions of a sliced distance."""
PYRAMID_PX = (224, 112, 56, 28)
"""Sides of the Laplacian pyramid's levels."""
PATCH_PX = 7
PATCHES_A_SCREEN = 128
"""Side of a patch, and patches a level. (Karras et al., 2018, appendix B)"""
NEIGHBOURS = 3
"""k of precision and recall. (Kynkäänniemi et al., 2019)"""
_BINOMIAL = (1.0, 4.0, 6.0, 4.0, 1.0)
"""The pyramid's blur."""


def sliced_wasserstein(a: Tensor, b: Tensor, seed: int = 0, projections: int = PROJECTIONS) -> float:
    """The mean distance between the sorted projections of two sets of vectors, over random directions.

    Args:
        a, b: float32[n, d], equally many.
    Returns: a distance in the units of the vectors; 0 for equal sets, above 0 for two samples of one
        distribution.
    Raises: ValueError for sets of different sizes.
    """
    if a.shape != b.shape:
        raise ValueError(f"equally many vectors are needed, got {list(a.shape)} and {list(b.shape)}")
    directions = torch.randn(a.shape[1], projections, generator=torch.Generator().manual_seed(seed))
    directions = directions / directions.norm(dim=0)
    total = 0.0
    for some in directions.split(32, dim=1):  # some at a time: 50,000 cells by 256 need much memory
        total += float(((a @ some).sort(dim=0)[0] - (b @ some).sort(dim=0)[0]).abs().mean(0).sum())
    return total / projections


def colours(screens: NDArray[np.uint8]) -> Tensor:
    """Palette indices uint8[n, 224, 224] -> float32[n, 3, 224, 224] in 0..1."""
    return torch.from_numpy(PALETTE_RGB[screens]).permute(0, 3, 1, 2).float() / 255


def cell_vectors(screens: NDArray[np.uint8]) -> Tensor:
    """The colours of all cells of screens uint8[n, 224, 224], float32[n * 196, 768] in 0..1."""
    cells = colours(screens).unfold(2, TILE, TILE).unfold(3, TILE, TILE)  # [n, 3, 14, 14, 16, 16]
    return cells.permute(0, 2, 3, 1, 4, 5).reshape(-1, 3 * TILE * TILE)


def cell_distance(a: NDArray[np.uint8], b: NDArray[np.uint8]) -> float:
    """The sliced Wasserstein distance between the cells of two sets of screens, uint8[n, 224, 224] each."""
    return sliced_wasserstein(cell_vectors(a), cell_vectors(b))


def pyramid_distance(a: NDArray[np.uint8], b: NDArray[np.uint8], seed: int = 0) -> float:
    """The mean sliced Wasserstein distance between patches of two sets' Laplacian pyramids, over the levels.

    Patches are normalised channel by channel, so that all levels count alike. (Karras et al., 2018)
    """
    distances = []
    for level, (one, two) in enumerate(zip(laplacian(colours(a)), laplacian(colours(b)), strict=True)):
        vectors = [_normalised(_patches(screens, seed + level)) for screens in (one, two)]
        distances.append(sliced_wasserstein(vectors[0], vectors[1], seed))
    return float(np.mean(distances))


def laplacian(screens: Tensor) -> list[Tensor]:
    """What each halving of float32[n, 3, 224, 224] loses, from fine to coarse, and what is left at last."""
    levels = []
    for _ in PYRAMID_PX[1:]:
        smaller = _blurred(screens)[:, :, ::2, ::2]
        spread = torch.zeros_like(screens)
        spread[:, :, ::2, ::2] = 4 * smaller
        levels.append(screens - _blurred(spread))
        screens = smaller
    return [*levels, screens]


def _blurred(screens: Tensor) -> Tensor:
    line = torch.tensor(_BINOMIAL) / sum(_BINOMIAL)
    kernel = (line[:, None] * line).expand(3, 1, 5, 5)
    return F.conv2d(F.pad(screens, (2, 2, 2, 2), mode="reflect"), kernel, groups=3)


def _patches(screens: Tensor, seed: int) -> Tensor:
    """Patches float32[n * 128, 3, 49] at random positions, the same ones for every set of as many screens."""
    count, _, side, _ = screens.shape
    dice = np.random.default_rng(seed)
    corners = dice.integers(0, side - PATCH_PX + 1, (2, count, PATCHES_A_SCREEN))
    row, column = (torch.from_numpy(corner)[..., None, None] for corner in corners)
    inside = torch.arange(PATCH_PX)
    row, column = row + inside[:, None], column + inside
    which = torch.arange(count)[:, None, None, None]
    return screens.permute(0, 2, 3, 1)[which, row, column].reshape(-1, PATCH_PX**2, 3).transpose(1, 2)


def _normalised(patches: Tensor) -> Tensor:
    mean = patches.mean(dim=(0, 2), keepdim=True)
    spread = patches.std(dim=(0, 2), keepdim=True)
    return ((patches - mean) / (spread + 1e-8)).flatten(1)


class PrecisionRecall(NamedTuple):
    """Shares in 0..1: how many of the made ones look real, and how many of the real ones are made."""

    precision: float
    recall: float


def precision_recall(real: Tensor, made: Tensor, k: int = NEIGHBOURS) -> PrecisionRecall:
    """Compares features float32[n, d] and float32[m, d]. (Kynkäänniemi et al., 2019)

    A point is covered where it is as near to a point of the other set as that is to its k-th neighbour.
    """
    return PrecisionRecall(_covered(made, real, k), _covered(real, made, k))


def _covered(points: Tensor, by: Tensor, k: int) -> float:
    reach = torch.cdist(by, by).kthvalue(k + 1, dim=1).values  # the nearest is itself
    return float((torch.cdist(points, by) <= reach).any(dim=1).float().mean())


assert PYRAMID_PX[0] == SCREEN_PX
