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
VARIES = (0.0, 0.05, 0.1, 0.2, 0.3, 0.5, 1.0)
"""Other shares of noise that screens around a centre may have. Their z seeds are below -1: -2 - n, where n
holds the number of the share, the centre, and in _FEW_BITS the screen. So they too say all that there is to
know."""
_FEW_BITS, _CENTRE_BITS = 5, 55
MAX_VARIED = 1 << _FEW_BITS
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


def varied(z_seed: int, vary: float, count: int) -> list[int]:
    """The z seeds of screens around the centre of another screen's z seed, with another share of noise.

    vary: SPREAD, or one of VARIES. Raises ValueError for another, and for more than 32 screens.
    """
    _, centre, _ = _taken_apart(z_seed)
    if vary == SPREAD:
        return [centre << _SCREEN_BITS | screen for screen in range(count)]
    if vary not in VARIES or not 0 <= count <= MAX_VARIED:
        shares = ", ".join(map(str, sorted((*VARIES, SPREAD))))
        raise ValueError(f"{vary} is no share of noise; write one of {shares}")
    high = VARIES.index(vary) << _CENTRE_BITS | centre
    return [-2 - (high << _FEW_BITS | screen) for screen in range(count)]


def _taken_apart(z_seed: int) -> tuple[float, int, int]:
    """A z seed's share of noise, its centre, and a number of its own for its noise. Raises ValueError."""
    if 0 <= z_seed < 1 << 63:
        return SPREAD, z_seed >> _SCREEN_BITS, z_seed
    number = -2 - z_seed
    share = number >> (_FEW_BITS + _CENTRE_BITS)
    if number < 0 or share >= len(VARIES):
        known = "an integer from 0 to 2^63 - 1, or one that `varied` gives"
        raise ValueError(f"a z seed is {known}, not {z_seed}")
    return VARIES[share], number >> _FEW_BITS & ((1 << _CENTRE_BITS) - 1), number


def z_of(z_seed: int, latent: int) -> NDArray[np.float32]:
    """The z of one screen, float32[latent], of unit variance: sqrt(1 - share) centre + sqrt(share) noise,
    where the share is SPREAD, or for a z seed below 0 one of VARIES.

    Raises ValueError for what is no z seed.
    """
    share, middle, own = _taken_apart(z_seed)
    centre = normals(Pcg32(middle, _CENTRE_STREAM), latent)
    noise = normals(Pcg32(own, _NOISE_STREAM), latent)
    return (math.sqrt(1 - share) * centre + math.sqrt(share) * noise).astype(np.float32)


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
