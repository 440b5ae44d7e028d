"""The z of a stage's screens, from a seed.

All screens of a stage should look alike: their z lie around one centre, which is chosen among several
(`themes`). Every screen has a z seed of its own, an integer that `z_of` turns into its z without the others.
So a tile's provenance reproduces the screen that it was cut from.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from ..rng import Pcg32, mix

SPREAD = 0.15
"""Share of a screen's own noise in the variance of its z: with 0 all screens are the same, with 1 they have
nothing in common. At 0.3 the screens of a stage have so different colours that three of 24 stages lacked
tiles or walls; here none does. (by eye, and counted)"""
_SCREEN_BITS = 8
"""Low bits of a z seed that number the screen; the others are the centre."""
MAX_SCREENS = 1 << _SCREEN_BITS
_CENTRE_STREAM, _NOISE_STREAM = 1, 2


def z_seeds(seed: int, cycle: int, art: int, count: int, centre: int = 0) -> list[int]:
    """The z seeds of screens around one centre, 0 <= n < 2^63. Raises ValueError for more than 256 screens.

    cycle: which six looks of a castle the centres are for; dream rooms give their stage.
    centre: which one of the cycle's.
    """
    if not 0 <= count <= MAX_SCREENS:
        raise ValueError(f"a stage has at most {MAX_SCREENS} screens, not {count}")
    high = mix(seed, cycle, art, centre) >> (_SCREEN_BITS + 1)
    return [high << _SCREEN_BITS | screen for screen in range(count)]


def z_of(z_seed: int, latent: int) -> NDArray[np.float32]:
    """The z of one screen, float32[latent], of unit variance: sqrt(1 - SPREAD) centre + sqrt(SPREAD) noise.

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
    """Normally distributed numbers, float64[count], each two from two 32-bit integers (Box and Muller,
    1958)."""
    pairs = np.array([(rng.next_u32(), rng.next_u32()) for _ in range(-(-count // 2))], dtype=np.float64)
    radius = np.sqrt(-2.0 * np.log((pairs[:, 0] + 1.0) / 2.0**32))
    angle = pairs[:, 1] * (2.0 * math.pi / 2.0**32)
    return np.stack([radius * np.cos(angle), radius * np.sin(angle)], axis=1).reshape(-1)[:count]
