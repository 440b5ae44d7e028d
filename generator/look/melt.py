"""A melt: what a castle looks like on its way from one art to another, in eight steps.

Every tile knows the dreamed screen that it was cut from, so it can be dreamed on: at every step the same
cell is cut from the screens on the way from the old screen's z to a new one's. Up to the middle those are the
old level's cells, from there on the new one's, on their way to where they were chosen. So the first step is
next to the old art, the last is the new art itself, and in the middle both show what lies halfway.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..dream.network import Generator
from ..dream.z import z_of
from ..level import Level
from ..nes.palette import OWN_COLOURS, quantise
from ..nes.roles import TILE
from ..tiles.colours import DISTANCE, WORTH_MEAN, to_palettes
from ..tiles.legibility import tile_lightness

STEPS = 8
"""From one art to the next; the last of them is the new level as it is."""
MIDDLE_STEP = STEPS // 2
"""From this step on the new level's tiles are shown."""
MOST_SCREENS = 14
"""Screens that are dreamed for a step, at 9 ms each: those that most of the level's cells come from. A stage
uses 9 to 16; tiles of further ones stay as they are until the middle, and are new from there on.
(measured)"""

STRAY_L = 12.0
"""L* by which a cell on its way may be lighter or darker than where it comes from or goes to. (by eye)"""

LAYERS = ("tiles", "backdrop", "far")


@dataclass(frozen=True, eq=False)
class Blend:
    """A level's tiles at one step. The level's grids, roles and sub-palette numbers hold as they are."""

    pixels: NDArray[np.uint8]
    """[T, 16, 16] palette indices of the level's T tiles."""
    palettes: NDArray[np.uint8]
    """[4, 4], column 0 the level's backdrop colour."""


def melt(old: Level, new: Level, generator: Generator) -> tuple[Blend, ...]:
    """The blends of the steps between two arts of one stage: of `old` before MIDDLE_STEP, then of `new`.

    STEPS - 1 of them; none where the two are not one stage, or not both of this generator.
    Raises NetworkError where an output of the network is none.
    """
    if {old.network, new.network} != {generator.sha256} or not np.array_equal(old.roles, new.roles):
        return ()
    before, after = _sides(old, new, generator.latent)
    first = before.blends([way(step) for step in range(1, MIDDLE_STEP)], generator)
    last = after.blends([1 - way(step) for step in range(STEPS - 1, MIDDLE_STEP - 1, -1)], generator)
    return (*first, *reversed(last))


def way(step: int) -> float:
    """How far a step is on the way, 0..1: slow at both ends, where the eye knows what was there. (by eye)"""
    return (1.0 - math.cos(math.pi * step / STEPS)) / 2.0


def between(a: NDArray[np.float32], b: NDArray[np.float32], part: float) -> NDArray[np.float32]:
    """The z a part of the way from one z [latent] to another, along the sphere.

    On the straight line it would be too short, which a generator was never shown: its screens turn grey.
    (White 2016, "Sampling generative networks", arXiv:1609.04468)
    """
    a_length, b_length = float(np.linalg.norm(a)), float(np.linalg.norm(b))
    angle = math.acos(min(max(float(a @ b) / (a_length * b_length), -1.0), 1.0))
    if math.sin(angle) < 1e-4:  # the same direction, or opposite ones, between which there is no one way
        return (a + (b - a) * part).astype(np.float32)
    unit = math.sin((1 - part) * angle) * a / a_length + math.sin(part * angle) * b / b_length
    length = a_length + (b_length - a_length) * part
    return (length / math.sin(angle) * unit).astype(np.float32)


@dataclass(frozen=True, eq=False)
class _Side:
    """One of the two levels, and where its screens go."""

    level: Level
    seen: NDArray[np.intp]
    """[T] cells of the level that show each tile."""
    screen: NDArray[np.intp]
    """[T] the number of each tile's screen."""
    z: NDArray[np.float32]
    """[screens, latent]"""
    towards: NDArray[np.float32]
    """[screens, latent] the z of the other side's screen that each is on its way to."""

    def blends(self, parts: list[float], generator: Generator) -> list[Blend]:
        """The tiles when their screens are so far on the way from here to the other side, nearest first.

        Each step's sub-palettes follow those of the one before, so that colours change no faster than the
        dream does. A tile whose cell becomes much lighter or darker on the way than it is here stays as it
        was until it is back: nobody must lose sight of the ground for a tenth of a second."""
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
        """The tiles as dreamed, [T, 16, 16]."""
        bank = self.level.bank.pixels.copy()
        rows, columns = self.level.bank.provenance[:, 2] * TILE, self.level.bank.provenance[:, 3] * TILE
        seen = np.bincount(self.screen, self.seen)
        for number in np.argsort(-seen, kind="stable")[:MOST_SCREENS]:
            if not seen[number]:
                break
            z = between(self.z[number], self.towards[number], part)
            dream = generator.dream(z[None])[0]
            for tile in np.flatnonzero(self.screen == number):
                row, column = rows[tile], columns[tile]
                bank[tile] = quantise(dream[row : row + TILE, column : column + TILE])
        return bank

    def _followed(self, pixels: NDArray[np.uint8], palettes: NDArray[np.uint8]) -> NDArray[np.uint8]:
        """Sub-palettes [4, 4] for pixels [T, 16, 16] of tiles that keep their numbers: those of a step
        before, with the colours changed that are worth it."""
        followed = palettes.copy()
        for number in range(len(palettes)):
            mine = self.level.bank.palette == number
            # By the root, or a window would be painted in the colours of the wall.
            weights = np.repeat(np.sqrt(self.seen[mine]), TILE * TILE)
            histogram = np.bincount(pixels[mine].ravel(), weights, minlength=len(DISTANCE))
            if histogram.any():
                _follow(followed[number], histogram / histogram.sum())
        return followed


def _follow(colours: NDArray[np.uint8], weight: NDArray[np.float64]) -> None:
    """Changes colours 1 to 3 of a sub-palette [4] one by one, the most worthwhile first, to suit pixels whose
    shares are weight [64]. Each change brings them nearer by WORTH_MEAN, so it ends."""
    absent = np.where(weight > 0, 0.0, np.inf)
    while True:
        left = np.empty((OWN_COLOURS, len(weight)))  # mean move with each colour in each place
        for i in range(OWN_COLOURS):
            others = np.delete(colours, i + 1)
            left[i] = weight @ np.minimum(DISTANCE[:, others].min(1)[:, None], DISTANCE) + absent
        place, best = np.unravel_index(left.argmin(), left.shape)
        if weight @ DISTANCE[:, colours].min(1) - left[place, best] < WORTH_MEAN:
            return
        colours[place + 1] = best


def _sides(old: Level, new: Level, latent: int) -> tuple[_Side, _Side]:
    """Both levels, their screens paired with those that most of their cells go to or come from."""
    old_seeds, old_screen = np.unique(old.bank.provenance[:, 0], return_inverse=True)
    new_seeds, new_screen = np.unique(new.bank.provenance[:, 0], return_inverse=True)
    paths = np.zeros((len(old_seeds), len(new_seeds)), np.intp)  # cells that go from one screen to another
    for layer in LAYERS:
        before, after = getattr(old, layer), getattr(new, layer)
        height, width = np.minimum(before.shape, after.shape)  # the far layers may differ
        before, after = before[:height, :width], after[:height, :width]
        both = (before >= 0) & (after >= 0)
        np.add.at(paths, (old_screen[before[both]], new_screen[after[both]]), 1)
    old_z, new_z = (np.stack([z_of(int(s), latent) for s in seeds]) for seeds in (old_seeds, new_seeds))
    return (
        _Side(old, _seen(old), old_screen, old_z, new_z[paths.argmax(1)]),
        _Side(new, _seen(new), new_screen, new_z, old_z[paths.argmax(0)]),
    )


def _seen(level: Level) -> NDArray[np.intp]:
    """How many cells of the level show each of its tiles, [T]."""
    shown = np.concatenate([getattr(level, layer).ravel() for layer in LAYERS])
    return np.bincount(shown[shown >= 0], minlength=len(level.bank))
