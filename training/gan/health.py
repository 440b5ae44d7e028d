"""How a training is known to have gone wrong: its samples are all alike, or its numbers are not finite.

The loop checks numbers at every step and samples at every sample grid; `run.Run.go_back` goes back.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np
import torch
from numpy.typing import NDArray

from generator.nes.palette import PALETTE_RGB, oklab
from generator.nes.roles import CELLS, TILE

ALIKE = 0.25
"""Diversity of the samples, as a share of the corpus's own, below which they are all alike. (measured: the
shipped run had 0.5 after 1,000 images and 0.9 to 1.3 later; a generator of one screen has 0)"""
GRACE_IMAGES = 8_000
"""The samples of a network that has seen fewer images may still be alike."""
ATTEMPTS = 4
"""How often a run goes back to the same state."""

MOST_COLOURS = 4
"""Colours of a cell that one sub-palette can show. (the NES)"""


class Relapse(Exception):
    """The networks have gone wrong; the text says how."""


def check_numbers(step: int, numbers: Mapping[str, float]) -> None:
    """Raises Relapse where a number of a step is not finite."""
    if not all(math.isfinite(value) for value in numbers.values()):
        raise Relapse(f"step {step} gave a number that is not finite")


def complaint(shares: Sequence[tuple[int, float]]) -> str:
    """Says that the samples are all alike, and since when; "" where they are not.

    Args:
        shares: images seen, and the samples' diversity as a share of the corpus's own; the oldest first.
    """
    since = None
    for images, share in shares:
        since = (since or images) if share < ALIKE else None
    if since is None or shares[-1][0] < GRACE_IMAGES:
        return ""
    return (
        f"the samples are all alike since {since:,} images: they differ {shares[-1][1]:.0%} as much as the "
        "corpus's screens do"
    )


def diversity(screens: NDArray[np.uint8]) -> float:
    """Mean OKLab distance between the mean colours of two screens' cells, over all pairs of uint8[n, 224,
    224]."""
    if len(screens) < 2:
        return 0.0
    means = PALETTE_RGB[screens].reshape(len(screens), CELLS, TILE, CELLS, TILE, 3).mean((2, 4))
    colours = torch.from_numpy(oklab(means)).reshape(len(screens), -1, 3)
    apart = sum(torch.cdist(colours[:, cell], colours[:, cell]) for cell in range(CELLS * CELLS))
    pairs = len(screens) * (len(screens) - 1)
    return float(torch.as_tensor(apart).sum()) / (pairs * CELLS * CELLS)
