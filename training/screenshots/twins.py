"""Finds screens that show the same view twice: saved again, or with the hero a step further."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from generator.nes.palette import PALETTE_PERCEIVED
from generator.nes.roles import CELLS, TILE

SAME_CELLS = 0.9
"""Two screens show one view where at least this share of their cells look alike: sprites may move."""
ALIKE = 0.03
"""Two cells look alike up to this perceived distance of their mean colours: JPEG's noise. (measured)"""
_COLOURS = PALETTE_PERCEIVED.astype(np.float32)
_QUARTER = 7
"""Blocks of 2x2 cells in a side; the search compares their lightness first."""
_NEAR = 0.02
"""Two screens are compared cell by cell up to this mean difference of their blocks. (measured: a tenth of the
cells may differ by a tenth of the range, and noise comes on top)"""


class Twins:
    """All screens seen so far; each is known by its cells' mean colours, 2.3 kB."""

    def __init__(self) -> None:
        self._names: list[str] = []
        self._cells = np.empty((64, CELLS * CELLS, 3), np.float32)
        self._blocks = np.empty((64, _QUARTER * _QUARTER), np.float32)

    def of(self, screen: NDArray[np.uint8], name: str) -> str | None:
        """The name of an earlier screen with the view of this one, uint8[224, 224]; None where there is none.

        Then this one is remembered.
        """
        some = _COLOURS[screen[::2, ::2]]  # every second pixel says as much in a quarter of the time
        means = some.reshape(CELLS, TILE // 2, CELLS, TILE // 2, 3).mean((1, 3))
        cells = means.reshape(-1, 3)
        blocks = means[..., 0].reshape(_QUARTER, 2, _QUARTER, 2).mean((1, 3)).reshape(-1)
        count = len(self._names)
        near = np.flatnonzero(np.abs(self._blocks[:count] - blocks).mean(1) <= _NEAR)
        apart = np.sqrt(np.square(self._cells[near] - cells).sum(2))
        alike = (apart <= ALIKE).mean(1) >= SAME_CELLS
        if alike.any():
            return self._names[int(near[np.argmax(alike)])]
        if count == len(self._blocks):
            self._cells = np.concatenate([self._cells, np.empty_like(self._cells)])
            self._blocks = np.concatenate([self._blocks, np.empty_like(self._blocks)])
        self._cells[count], self._blocks[count] = cells, blocks
        self._names.append(name)
        return None
