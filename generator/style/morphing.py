"""Levels between two arts: what a level looks like a part of the way from its own dreams to others.

Every tile knows its z, so its cell can be cut from any screen on the way to another z; the way goes along the
sphere (`look/melt.py`). The structure stays the first level's. Where both are of one structure, the first
half of the way is the first level's tiles and the second half the other one's, so both ends are as they are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from ..dream.loading import shipped_networks
from ..dream.network import Generator
from ..dream.z import MAX_SCREENS, latents, z_of
from ..level import Level
from ..look.blend import Blend
from ..look.melt import Side, sides
from .palettes import StyleError

LEAST_FRAMES, MOST_FRAMES = 2, 256
"""Frames of a morph: at least both its ends."""
MIDDLE = 0.5
"""The part of the way at which the other level's tiles take over."""


def morph(a: Level, b: Level | int, t: float, *, generator: Generator | None = None) -> Level:
    """A level in art that lies a part of the way from its own to another.

    Args:
        a: gives the structure, and the art at t = 0.
        b: a level that gives the art at t = 1, of the same structure (the same castle dreamed anew, another
            seed with the same map) or of another; or a z seed, whose centre its screens go to.
        t: 0..1.
        generator: the network that dreamed both; the one that ships where it is left out.
    Returns: `a` with another bank, or past the middle `b`'s tiles over `a`'s structure.
    Raises: StyleError for another t, and where a level is of another network; NetworkError where an output of
        the network is none.

    It takes as long as the screens that are dreamed, 14 at most, at 9 ms each. For several frames take
    `morph_frames`: its colours follow from frame to frame.
    """
    if not 0 <= t <= 1:
        raise StyleError(f"t: {t!r} is no part of the way; write a number from 0 to 1")
    return _morphed(a, b, [float(t)], generator)[0]


def morph_frames(a: Level, b: Level | int, frames: int, *, generator: Generator | None = None) -> list[Level]:
    """The levels of a morph from one art to another, both ends included, evenly spaced.

    frames: 2 to 256. The other arguments and the errors are those of `morph`.
    """
    if isinstance(frames, bool) or not isinstance(frames, int) or not LEAST_FRAMES <= frames <= MOST_FRAMES:
        raise StyleError(f"frames: {frames!r}; write a whole number from {LEAST_FRAMES} to {MOST_FRAMES}")
    return _morphed(a, b, [number / (frames - 1) for number in range(frames)], generator)


def _morphed(a: Level, b: Level | int, parts: Sequence[float], generator: Generator | None) -> list[Level]:
    """A level at these parts of the way, upwards."""
    dreamer = generator or shipped_networks().generator
    both = (a, b) if isinstance(b, Level) else (a,)
    if any(level.network != dreamer.sha256 for level in both):
        raise StyleError("generator: it did not dream these levels; hand in the network that did")
    if not isinstance(b, Level):
        return _blended(a, _towards(a, b, dreamer.latent), parts, dreamer)
    before, after = sides(a, b, dreamer.latent)
    if not np.array_equal(a.roles, b.roles):
        return _blended(a, before, parts, dreamer)
    first = [part for part in parts if part < MIDDLE]
    last = [1 - part for part in parts if part >= MIDDLE]
    # Each half begins at its own level: colours follow from frame to frame.
    back = _blended(b, after, last[::-1], dreamer)[::-1]
    return _blended(a, before, first, dreamer) + back


def _blended(level: Level, side: Side, parts: Sequence[float], generator: Generator) -> list[Level]:
    """A level at these parts of its side's way, nearest first; at 0 it is itself."""
    own = [part for part in parts if part == 0]
    blends = side.blends([part for part in parts if part > 0], generator)
    return [level for _ in own] + [_in(level, blend) for blend in blends]


def _in(level: Level, blend: Blend) -> Level:
    bank = replace(level.bank, pixels=blend.pixels, palettes=blend.palettes)
    return replace(level, bank=bank)


def _towards(level: Level, z_seed: int, latent: int) -> Side:
    """A level whose screens go to the centre of a z seed, each with its own noise. Raises StyleError."""
    seeds, screen = np.unique(level.bank.provenance[:, 0], return_inverse=True)
    try:
        z_of(z_seed, latent)
    except (ValueError, TypeError):
        what = f"b: {z_seed!r} is no Level and no z seed"
        raise StyleError(f"{what}; take one from a level's bank.provenance") from None
    high = z_seed >> 8 << 8
    goals: NDArray[np.float32] = (
        latents([high | number % MAX_SCREENS for number in range(len(seeds))], latent)
        if z_seed >= 0
        else np.repeat(z_of(z_seed, latent)[None], len(seeds), 0)
    )
    shown = np.concatenate([layer.ravel() for layer in level.layers])
    seen = np.bincount(shown[shown >= 0], minlength=len(level.bank))
    return Side(level, seen, screen, latents(seeds.tolist(), latent), goals)
