"""The tile bank of a stage while its tiles are being chosen."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
from numpy.typing import NDArray

from ..nes.roles import Role
from .bank import Bank
from .colours import to_palettes
from .layers import Tiles
from .measure import CellSet
from .subpalettes import SubPalettes

MOST_TILES = 64
"""Tiles of a stage: what the NES's memory holds of a background, 256 patterns of 8x8 px, if none of them
is used twice."""


class BankBuilder:
    """Collects tiles while the chooser takes them; equal cells of one role and sub-palette are one tile."""

    def __init__(self, cells: CellSet, sub_palettes: SubPalettes, z_seeds: list[int]) -> None:
        self.cells = cells
        self.sub_palettes = sub_palettes
        self.z_seeds = z_seeds
        """The z seed of each screen."""
        self._number: dict[tuple[bytes, int, Role], int] = {}
        self._tiles: list[tuple[int, int, Role, float]] = []
        """Cell number, sub-palette, role and quality of each tile."""

    def add(self, block: NDArray[np.intp], sub_palette: int, role: Role, quality: float) -> Tiles:
        """Bank indices of a block of cell numbers [h, w] (-1: none), in one sub-palette."""
        out = np.full(block.shape, -1, np.int16)
        for at, cell in np.ndenumerate(block):
            if cell < 0:
                continue
            key = (self.cells.pixels[cell].tobytes(), sub_palette, role)
            if key not in self._number:
                self._number[key] = len(self._tiles)
                self._tiles.append((int(cell), sub_palette, role, quality))
            out[at] = self._number[key]
        return out

    def add_one(self, cell: int, sub_palette: int, role: Role, quality: float) -> int:
        """The bank index of one cell, in a sub-palette."""
        return int(self.add(np.array([[cell]]), sub_palette, role, quality)[0, 0])

    def sub_palette(self, tile: int) -> int:
        """The sub-palette of a tile."""
        return self._tiles[tile][1]

    def cell(self, tile: int) -> int:
        """The cell number of a tile."""
        return self._tiles[tile][0]

    @property
    def left(self) -> int:
        """How many more tiles a stage may have."""
        return MOST_TILES - len(self._tiles)

    def fits(self, block: NDArray[np.intp]) -> bool:
        """Whether there is room for all cells of a block of cell numbers (-1: none), even if all are new."""
        return len(np.unique(block[block >= 0])) <= self.left

    def cells_of(self, roles: Collection[Role]) -> NDArray[np.intp]:
        """The cell numbers of all tiles that were taken for these roles."""
        return np.array([cell for cell, _, role, _ in self._tiles if role in roles], np.intp)

    def taken(self) -> frozenset[int]:
        """The cell numbers of all tiles."""
        return frozenset(cell for cell, *_ in self._tiles)

    def finish(self) -> Bank:
        """The bank in the sub-palettes as they are now."""
        palettes = self.sub_palettes.array()
        numbers, palette, role, quality = map(np.array, zip(*self._tiles, strict=True))
        cells = numbers.astype(np.intp)
        positions = self.cells.positions(cells)
        z = np.array([self.z_seeds[screen] for screen in positions[:, 0]], dtype=np.int64)
        return Bank(
            pixels=to_palettes(self.cells.pixels[cells], palettes, palette),
            palettes=palettes,
            palette=palette,
            role=role,
            quality=quality,
            provenance=np.column_stack([z, positions]),
        )
