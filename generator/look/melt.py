"""Melts: what a castle looks like on its way from one art to another, in eight steps.

Every tile knows the dreamed screen that it was cut from, so it can be dreamed on: at every step the same cell
is cut from a screen on the way from the old screen's z to a new one's. Up to the middle these are the old
level's cells; from there on they are the new level's, on the way to the screens that they were chosen from.
So the first step looks nearly as the old art, the last is the new art itself, and in the middle both show
what lies halfway.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..dream.network import Generator
from ..dream.z import latents
from ..level import Level
from ..nes.palette import OWN_COLOURS, quantise
from ..nes.roles import TILE
from ..tiles.colours import DISTANCE, WORTH_MEAN, reach_of, to_palettes
from ..tiles.legibility import tile_lightness
from .blend import Blend

STEPS = 8
"""Steps from one art to the next; the last of them is the new level as it is."""
MIDDLE_STEP = STEPS // 2
"""Step from which on the new level's tiles are shown."""
MOST_SCREENS = 14
"""Screens that are dreamed for a step, at 9 ms each: those that most of the level's cells come from. A stage
uses 9 to 16. Tiles of further ones stay as they are up to the middle, and are new from there on.
(measured)"""
STRAY_L = 12.0
"""L*, 0..100, by which a tile on its way may be lighter or darker than it is in its level. (by eye)"""
SAME_DIRECTION = 1e-4
"""Sine of the angle between two z below which they lie on one line."""


def melt(old: Level, new: Level, generator: Generator) -> tuple[Blend, ...]:
    """The STEPS - 1 blends between two arts of one stage: of `old` before MIDDLE_STEP, then of `new`.

    None of them where the two are not one stage, or not both of this generator.
    Raises NetworkError where an output of the network is none.
    """
    if {old.network, new.network} != {generator.sha256} or not np.array_equal(old.roles, new.roles):
        return ()
    before, after = sides(old, new, generator.latent)
    first = before.blends([way(step) for step in range(1, MIDDLE_STEP)], generator)
    last = after.blends([1 - way(step) for step in range(STEPS - 1, MIDDLE_STEP - 1, -1)], generator)
    return (*first, *reversed(last))


def way(step: int) -> float:
    """How far a step is on the way, 0..1. It is slow at both ends, where the eye knows what was there. (by
    eye)"""
    return (1.0 - math.cos(math.pi * step / STEPS)) / 2.0


def between(a: NDArray[np.float32], b: NDArray[np.float32], part: float) -> NDArray[np.float32]:
    """The z [latent] that lies a part of the way, 0..1, from one z to another, along the sphere.

    A z on the straight line is too short: a generator was never shown such a z, and dreams grey screens.
    (White 2016, "Sampling generative networks", arXiv:1609.04468)
    """
    a_length, b_length = float(np.linalg.norm(a)), float(np.linalg.norm(b))
    angle = math.acos(min(max(float(a @ b) / (a_length * b_length), -1.0), 1.0))
    if math.sin(angle) < SAME_DIRECTION:  # or opposite ones, between which there is no one way
        return (a + (b - a) * part).astype(np.float32)
    unit = math.sin((1 - part) * angle) * a / a_length + math.sin(part * angle) * b / b_length
    length = a_length + (b_length - a_length) * part
    return (length / math.sin(angle) * unit).astype(np.float32)


@dataclass(frozen=True, eq=False)
class Side:
    """One of the two levels, and what its screens become on the way to the other."""

    level: Level
    seen: NDArray[np.intp]
    """[T] cells of the level that show each tile."""
    screen: NDArray[np.intp]
    """[T] the number of each tile's screen."""
    z: NDArray[np.float32]
    """[screens, latent]"""
    towards: NDArray[np.float32]
    """[screens, latent] the z of the other level's screen that each becomes."""

    def blends(self, parts: list[float], generator: Generator) -> list[Blend]:
        """The level's tiles where their screens are these parts of the way from here, 0..1, nearest first.

        The sub-palettes of each step follow those of the step before, so colours change no faster than the
        dream does. A tile that would become much lighter or darker than it is in the level stays as it was at
        the step before: nobody must lose sight of the ground for a tenth of a second.
        """
        blends: list[Blend] = []
        palettes, before = self.level.bank.palettes, self.level.bank.pixels
        own_l = tile_lightness(before)
        for part in parts:
            pixels = self._pixels(part, generator)
            stray = np.abs(tile_lightness(pixels) - own_l) > STRAY_L
            pixels[stray] = before[stray]
            before = pixels
            palettes = self._followed(pixels, palettes)
            blends.append(Blend(to_palettes(pixels, palettes, self.level.bank.palette), palettes))
        return blends

    def _pixels(self, part: float, generator: Generator) -> NDArray[np.uint8]:
        """The tiles as dreamed a part of the way from here, [T, 16, 16]."""
        pixels = self.level.bank.pixels.copy()
        rows, columns = TILE * self.level.bank.provenance[:, 2:].T
        seen = np.bincount(self.screen, self.seen)
        for number in np.argsort(-seen, kind="stable")[:MOST_SCREENS]:
            if not seen[number]:
                break
            z = between(self.z[number], self.towards[number], part)
            dream = generator.dream(z[None])[0]
            for tile in np.flatnonzero(self.screen == number):
                row, column = rows[tile], columns[tile]
                pixels[tile] = quantise(dream[row : row + TILE, column : column + TILE])
        return pixels

    def _followed(self, pixels: NDArray[np.uint8], palettes: NDArray[np.uint8]) -> NDArray[np.uint8]:
        """Sub-palettes [4, 4] for the tiles' pixels [T, 16, 16] at one step: those of the step before, with
        the colours changed that are worth it."""
        followed = palettes.copy()
        for number in range(len(palettes)):
            mine = self.level.bank.palette == number
            # The root: else a window would be painted in the colours of the wall.
            weights = np.repeat(np.sqrt(self.seen[mine]), TILE * TILE)
            histogram = np.bincount(pixels[mine].ravel(), weights, minlength=len(DISTANCE))
            if histogram.any():
                _follow(followed[number], histogram / histogram.sum())
        return followed


def _follow(colours: NDArray[np.uint8], weight: NDArray[np.float64]) -> None:
    """Changes colours 1 to 3 of a sub-palette [4] one by one to suit pixels whose shares are weight [64], the
    most worthwhile change first. Each brings the pixels nearer by WORTH_MEAN or more, so this ends."""
    absent = np.where(weight > 0, 0.0, np.inf)
    while True:
        left = np.empty((OWN_COLOURS, len(weight)))  # mean move with each colour in each place
        for i in range(OWN_COLOURS):
            others = np.delete(colours, i + 1)
            left[i] = weight @ np.minimum(reach_of(others)[:, None], DISTANCE) + absent
        place, best = np.unravel_index(left.argmin(), left.shape)
        if weight @ reach_of(colours) - left[place, best] < WORTH_MEAN:
            return
        colours[place + 1] = best


def sides(old: Level, new: Level, latent: int) -> tuple[Side, Side]:
    """Both levels, each with its screens paired with those that most of their cells go to or come from."""
    old_seeds, old_screen = np.unique(old.bank.provenance[:, 0], return_inverse=True)
    new_seeds, new_screen = np.unique(new.bank.provenance[:, 0], return_inverse=True)
    paths = np.zeros((len(old_seeds), len(new_seeds)), np.intp)  # cells that go from one screen to another
    for one, other in zip(old.layers, new.layers, strict=True):
        height, width = np.minimum(one.shape, other.shape)  # the far layers may differ
        before, after = one[:height, :width], other[:height, :width]
        both = (before >= 0) & (after >= 0)
        np.add.at(paths, (old_screen[before[both]], new_screen[after[both]]), 1)
    old_z, new_z = latents(old_seeds.tolist(), latent), latents(new_seeds.tolist(), latent)
    return (
        Side(old, _seen(old), old_screen, old_z, new_z[paths.argmax(1)]),
        Side(new, _seen(new), new_screen, new_z, old_z[paths.argmax(0)]),
    )


def _seen(level: Level) -> NDArray[np.intp]:
    """How many cells of the level show each of its tiles, [T]."""
    shown = np.concatenate([layer.ravel() for layer in level.layers])
    return np.bincount(shown[shown >= 0], minlength=len(level.bank))
