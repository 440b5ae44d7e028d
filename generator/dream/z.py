"""From a seed to the z of a stage's screens.

A stage should look like one place: its z are neighbours of one centre, chosen among several candidates
(`themes`). Every screen has a z seed of its own, an integer that `z_of` turns into its z without the others,
so a tile's provenance reproduces the screen that it was cut from.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from ..rng import Pcg32, mix

SPREAD = 0.3
"""Share of a screen's own noise in the variance of its z: 0 = all screens the same, 1 = nothing in common. At
0.5 every second screen had other colours; at 0.15 they had the same tiles. (by eye)"""
_SCREEN_BITS = 8
"""Low bits of a z seed that number the screen; the rest is the stage's centre."""
MAX_SCREENS = 1 << _SCREEN_BITS
_CENTRE_STREAM, _NOISE_STREAM = 1, 2


def z_seeds(seed: int, stage: int, art: int, count: int, candidate: int = 0) -> list[int]:
    """The z seeds of screens about one centre, 0 <= n < 2^63. Raises ValueError for more than 256 screens.

    candidate: which of the centres that a stage could have.
    """
    if not 0 <= count <= MAX_SCREENS:
        raise ValueError(f"a stage has at most {MAX_SCREENS} screens, not {count}")
    centre = mix(seed, stage, art, candidate) >> (_SCREEN_BITS + 1)
    return [centre << _SCREEN_BITS | screen for screen in range(count)]


def z_of(z_seed: int, latent: int) -> NDArray[np.float32]:
    """The z of one screen, float32[latent], of unit variance: sqrt(1 - SPREAD) * centre + sqrt(SPREAD) *
    noise.

    Raises ValueError for a z seed outside of 0 <= n < 2^63.
    """
    if not 0 <= z_seed < 1 << 63:
        raise ValueError(f"a z seed is an integer from 0 to 2^63 - 1, not {z_seed}")
    centre = normals(Pcg32(z_seed >> _SCREEN_BITS, _CENTRE_STREAM), latent)
    noise = normals(Pcg32(z_seed, _NOISE_STREAM), latent)
    return (math.sqrt(1 - SPREAD) * centre + math.sqrt(SPREAD) * noise).astype(np.float32)


def latents(seeds: list[int], latent: int) -> NDArray[np.float32]:
    """The z of several z seeds, float32[n, latent]."""
    return np.stack([z_of(z_seed, latent) for z_seed in seeds])


def normals(rng: Pcg32, count: int) -> NDArray[np.float64]:
    """Normally distributed numbers, float64[count]: Box and Muller (1958), two 32-bit integers to two
    numbers."""
    pairs = np.array([(rng.next_u32(), rng.next_u32()) for _ in range(-(-count // 2))], dtype=np.float64)
    radius = np.sqrt(-2.0 * np.log((pairs[:, 0] + 1.0) / 2.0**32))
    angle = pairs[:, 1] * (2.0 * math.pi / 2.0**32)
    return np.stack([radius * np.cos(angle), radius * np.sin(angle)], axis=1).reshape(-1)[:count]
