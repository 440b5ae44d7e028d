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

from .dream import z_of
from .level import Level
from .network import Generator
from .palette import quantise
from .roles import TILE
from .subpalettes import SUB_PALETTES, SubPalettes, to_palette
from .tiles import OWN_COLOURS

STEPS = 8
"""From one art to the next; the last of them is the new level as it is."""
MIDDLE_STEP = STEPS // 2
"""From this step on the new level's tiles are shown."""
MOST_SCREENS = 14
"""Screens that are dreamed for a step, at 9 ms each: those that most of the level's cells come from. A stage
uses 9 to 14; tiles of further ones stay as they are until the middle, and are new from there on.
(measured)"""

LAYERS = ("tiles", "backdrop", "far")


@dataclass(frozen=True, eq=False)
class Look:
    """A level's tiles at one step. The level's grids, roles and sub-palette numbers hold as they are."""

    bank: NDArray[np.uint8]
    """[T, 16, 16] palette indices of the level's T tiles."""
    palettes: NDArray[np.uint8]
    """[4, 4], column 0 the level's backdrop colour."""


def melt(old: Level, new: Level, generator: Generator) -> tuple[Look, ...]:
    """The looks of the steps between two arts of one stage: of `old` before MIDDLE_STEP, then of `new`.

    STEPS - 1 of them; none where the generator dreamed neither level's tiles or not all of them.
    Raises NetworkError where an output of the network is none.
    """
    if {old.network, new.network} != {generator.sha256}:
        return ()
    before, after = _sides(old, new, generator.latent)
    return (
        *(before.look(step / STEPS, generator) for step in range(1, MIDDLE_STEP)),
        *(after.look(1 - step / STEPS, generator) for step in range(MIDDLE_STEP, STEPS)),
    )


def between(a: NDArray[np.float32], b: NDArray[np.float32], part: float) -> NDArray[np.float32]:
    """The z a part of the way from one z [latent] to another, along the sphere.

    On the straight line it would be too short, which a generator was never shown: its screens turn grey.
    (White 2016, "Sampling generative networks", arXiv:1609.04468)
    """
    a_length, b_length = float(np.linalg.norm(a)), float(np.linalg.norm(b))
    angle = math.acos(min(max(float(a @ b) / (a_length * b_length), -1.0), 1.0))
    if math.sin(angle) < 1e-4:  # the same direction, or opposite ones, between which there is no one way
        return (a + (b - a) * part).astype(np.float32)
    way = math.sin((1 - part) * angle) * a / a_length + math.sin(part * angle) * b / b_length
    length = a_length + (b_length - a_length) * part
    return (length / math.sin(angle) * way).astype(np.float32)


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

    def look(self, part: float, generator: Generator) -> Look:
        """The tiles when their screens are a part of the way from here to the other side."""
        bank = self.level.bank.copy()
        rows, columns = self.level.provenance[:, 2] * TILE, self.level.provenance[:, 3] * TILE
        seen = np.bincount(self.screen, self.seen)
        for number in np.argsort(-seen, kind="stable")[:MOST_SCREENS]:
            if not seen[number]:
                break
            z = between(self.z[number], self.towards[number], part)
            dream = generator.dream(z[None])[0]
            for tile in np.flatnonzero(self.screen == number):
                row, column = rows[tile], columns[tile]
                bank[tile] = quantise(dream[row : row + TILE, column : column + TILE])
        return self._in_sub_palettes(bank)

    def _in_sub_palettes(self, pixels: NDArray[np.uint8]) -> Look:
        """Pixels [T, 16, 16] in four sub-palettes that are fitted to them; every tile keeps its number."""
        backdrop = int(self.level.palettes[0, 0])
        palettes = np.full((SUB_PALETTES, OWN_COLOURS + 1), backdrop, np.uint8)
        bank = np.empty_like(pixels)
        for number in range(SUB_PALETTES):
            mine = self.level.bank_palette == number
            weights = np.repeat(np.sqrt(self.seen[mine]), TILE * TILE)
            if weights.any():
                histogram = np.bincount(pixels[mine].ravel(), weights, minlength=64).astype(np.float32)
                colours = SubPalettes(backdrop).offer(histogram).colours
                palettes[number, 1 : 1 + len(colours)] = colours
            bank[mine] = to_palette(pixels[mine], palettes[number])
        return Look(bank, palettes)


def _sides(old: Level, new: Level, latent: int) -> tuple[_Side, _Side]:
    """Both levels, their screens paired with those that most of their cells go to or come from."""
    old_seeds, old_screen = np.unique(old.provenance[:, 0], return_inverse=True)
    new_seeds, new_screen = np.unique(new.provenance[:, 0], return_inverse=True)
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
