"""The tile bank of a stage, and what its tiles are good for together: grounds, walls, skies, set pieces.

A pattern repeats over an area, a piece is a block that is shown once. Both are grids of bank indices, cut
from the dreamed screens as they stand; -1 in a piece lets the backdrop through.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..nes.roles import TILE, Role
from .measure import CellSet
from .subpalettes import SubPalettes, to_palette

Tiles = NDArray[np.int16]
"""int16[h, w]: bank indices, -1 for none."""

MOST_TILES = 48
"""Of a stage: an artist's set, in which every tile is seen again. (the look's bar)"""


@dataclass(frozen=True, eq=False)
class Ground:
    """What a zone stands on."""

    top: Tiles
    """[1, w], repeats sideways."""
    fill: Tiles
    """[h, w], repeats."""
    core: Tiles
    """[h, w], repeats; deep inside of thick masonry."""
    left: int = -1
    """Of the fill, where nothing is at its left; -1: as the fill."""
    right: int = -1
    top_left: int = -1
    top_right: int = -1
    """Of the top, where it ends; -1: as the top."""
    accents: tuple[int, ...] = ()
    """Other fills, for every now and then."""


@dataclass(frozen=True, eq=False)
class Wall:
    """What is behind a room."""

    plain: Tiles
    """[h, w], repeats."""
    patches: tuple[Tiles, ...] = ()
    """[14, 14] each, repeat: the wall as it breaks up in the dream."""


@dataclass(frozen=True, eq=False)
class Column:
    """A pillar of any height."""

    capital: int
    shaft: Tiles
    """[h, 1], repeats downwards."""
    foot: int


@dataclass(frozen=True, eq=False)
class Platform:
    """A one-way platform: left end, middle [1, w] that repeats, right end."""

    left: int
    middle: Tiles
    right: int


@dataclass(frozen=True, eq=False)
class Wardrobe:
    """Everything that dressing may use, by what it is for."""

    outside: Ground
    inside: Ground
    walls: tuple[Wall, ...]
    """The best first; never empty."""
    sky: Tiles
    """Pattern; fills the far layer."""
    panorama: Tiles | None
    """[h, w], shown again and again in the far layer, its last column and row repeated; -1: sky."""
    moon: Tiles | None
    clouds: tuple[Tiles, ...]
    """Pieces before the sky, where it is free of the panorama; may be empty."""
    platform: Platform
    water_surface: Tiles
    """[1, w]"""
    water: Tiles
    spikes: Tiles
    """[1, w]"""
    stairs_right: Tiles
    """Pattern of the cells of a flight that rises to the right."""
    stairs_left: Tiles
    column: Column | None
    windows: tuple[Tiles, ...]
    trees: tuple[Tiles, ...]
    bushes: tuple[Tiles, ...]
    """Pieces, bushes of one cell, the best first; where there is none, a place for one stays bare wall or
    sky."""


@dataclass(frozen=True, eq=False)
class Bank:
    """The tiles of a stage; T of them."""

    pixels: NDArray[np.uint8]
    """[T, 16, 16] palette indices."""
    palettes: NDArray[np.uint8]
    """[4, 4], column 0 the shared backdrop colour."""
    palette: NDArray[np.uint8]
    """[T] which of them each tile uses."""
    role: NDArray[np.uint8]
    """[T] `Role`."""
    quality: NDArray[np.float32]
    """[T] 0..1."""
    provenance: NDArray[np.int64]
    """[T, 4] z seed, screen, row, column."""


class BankBuilder:
    """Collects tiles while the chooser takes them; equal cells of one role and sub-palette are one tile."""

    def __init__(self, cells: CellSet, sub_palettes: SubPalettes, z_seeds: list[int]) -> None:
        self.cells = cells
        self.sub_palettes = sub_palettes
        self.z_seeds = z_seeds
        self._number: dict[tuple[bytes, int, Role], int] = {}
        self._cell: list[int] = []
        self._palette: list[int] = []
        self._role: list[Role] = []
        self._quality: list[float] = []

    def add(self, block: NDArray[np.intp], sub_palette: int, role: Role, quality: float) -> Tiles:
        """Bank indices of a block of cell numbers [h, w] (-1: none), in one sub-palette."""
        out = np.full(block.shape, -1, np.int16)
        for at, cell in np.ndenumerate(block):
            if cell < 0:
                continue
            key = (self.cells.pixels[cell].tobytes(), sub_palette, role)
            if key not in self._number:
                self._number[key] = len(self._cell)
                self._cell.append(int(cell))
                self._palette.append(sub_palette)
                self._role.append(role)
                self._quality.append(quality)
            out[at] = self._number[key]
        return out

    def sub_palette(self, tile: int) -> int:
        """The sub-palette of a tile."""
        return self._palette[tile]

    def cell(self, tile: int) -> int:
        """The cell number of a tile."""
        return self._cell[tile]

    @property
    def left(self) -> int:
        """How many more tiles a stage may have."""
        return MOST_TILES - len(self._cell)

    def fits(self, block: NDArray[np.intp]) -> bool:
        """Whether there is room for all cells of a block of cell numbers (-1: none), even if all are new."""
        return len(np.unique(block[block >= 0])) <= self.left

    def taken(self) -> frozenset[int]:
        """The cell numbers of all tiles."""
        return frozenset(self._cell)

    def finish(self) -> Bank:
        """The bank in the sub-palettes as they are now."""
        palettes = self.sub_palettes.array()
        cells = np.array(self._cell, dtype=np.intp)
        palette = np.array(self._palette, dtype=np.uint8)
        pixels = np.empty((len(cells), TILE, TILE), np.uint8)
        for number in range(len(palettes)):
            mine = palette == number
            pixels[mine] = to_palette(self.cells.pixels[cells[mine]], palettes[number])
        places = self.cells.places(cells)
        z = np.array([self.z_seeds[screen] for screen in places[:, 0]], dtype=np.int64)
        return Bank(
            pixels=pixels,
            palettes=palettes,
            palette=palette,
            role=np.array(self._role, dtype=np.uint8),
            quality=np.array(self._quality, dtype=np.float32),
            provenance=np.column_stack([z, places]).astype(np.int64),
        )
