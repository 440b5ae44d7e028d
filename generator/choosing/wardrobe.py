"""Wardrobes: what the tiles of a stage are good for together: grounds, walls, skies, set pieces.

A pattern repeats over an area; a piece is a block that is shown once. Both are grids of bank indices, cut
from the dreamed screens as they stand; what is behind shows where a piece has -1.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..nes.roles import Role
from ..tiles.layers import Tiles


@dataclass(frozen=True, eq=False)
class Ground:
    """What one stands on, outdoors or in rooms."""

    top: Tiles
    """[1, w], repeats sideways."""
    fill: Tiles
    """[h, w], repeats."""
    core: Tiles
    """[h, w], repeats deep inside of thick masonry."""
    left: int = -1
    """Shown where the fill ends at its left; -1: the fill itself."""
    right: int = -1
    """The same at its right."""
    top_left: int = -1
    """Shown where the top ends at its left; -1: the top itself."""
    top_right: int = -1
    """The same at its right."""
    accents: tuple[int, ...] = ()
    """Other fills, shown here and there."""


@dataclass(frozen=True, eq=False)
class Wall:
    """A plain wall behind a room."""

    tiles: Tiles
    """[h, w], repeats."""
    lightness: float
    """Mean L*, 0..1."""


@dataclass(frozen=True, eq=False)
class WallBay:
    """A wall behind a room, from its cornice to its base: an upright strip that repeats sideways."""

    tiles: Tiles
    """[h, w]"""
    stretch: int
    """The row that may be laid several times over, so that the bay fits a room; -1: none."""
    detail: NDArray[np.uint8]
    """[h, w] of all roles, that of each cell."""
    motifs: tuple[Role, ...]
    """What there is to look at in it."""
    lightness: float
    """Mean L*, 0..1, or that of its foot where that is lighter."""
    plain: Tiles
    """[1, 1], its commonest cell of mere wall, for where the bay does not reach."""

    @property
    def first(self) -> int:
        """The column that a room begins with: that of its column, if it has one."""
        return int((self.detail == Role.COLUMN).mean(0).argmax())


@dataclass(frozen=True, eq=False)
class Skyline:
    """What a far castle is built of."""

    fill: Tiles
    """[h, w], repeats."""
    parapet: int
    """Shown on top of it, bare above and full below; -1: none."""
    curtain: WallBay | None = None
    """What its walls between towers are instead, down to the ground."""


@dataclass(frozen=True, eq=False)
class Column:
    """A pillar of any height."""

    capital: int
    shaft: Tiles
    """[h, 1], repeats downwards."""
    foot: int


@dataclass(frozen=True, eq=False)
class Platform:
    """A one-way platform."""

    left: int
    middle: Tiles
    """[1, w], repeats."""
    right: int


@dataclass(frozen=True, eq=False)
class Wardrobe:
    """Everything that a stage is dressed in, by what it is for."""

    outside: Ground
    inside: Ground
    walls: tuple[Wall, ...]
    """The best first; never empty."""
    dark: tuple[Wall, ...]
    """For rooms where they are too light, the darkest last; never empty."""
    bays: tuple[WallBay, ...]
    """The best first; may be empty."""
    sky: Tiles
    """Pattern that fills the far layer."""
    star: int
    """Shown here and there in it; -1: none."""
    horizon: Tiles | None
    """[h, w], shown again and again in the far layer, its last row repeated; sky shows where it has -1."""
    skyline: Skyline | None
    """What there is where there is no horizon."""
    moon: Tiles | None
    clouds: tuple[Tiles, ...]
    """Pieces before the sky, where it is free of the horizon; may be empty."""
    platform: Platform
    water_surface: Tiles
    """[1, w]"""
    water: Tiles
    """Pattern."""
    spikes: Tiles
    """[1, w]"""
    stairs_right: Tiles
    """Pattern of the cells of a flight that rises to the right."""
    stairs_left: Tiles
    column: Column | None
    windows: tuple[Tiles, ...]
    """Pieces, the best first; where there is none, the wall stays bare. So it is with all that follow."""
    gates: tuple[Tiles, ...]
    trees: tuple[Tiles, ...]
    growth: tuple[tuple[Role, Tiles], ...]
    """Pieces of one row that stand on open ground, bushes, fences and graves, and what each is."""

    def things(self) -> dict[str, set[int]]:
        """What there is to look at, by name, and the tiles of each: where it is, one of them is seen."""
        found: dict[str, list[Tiles]] = {}
        for bay in self.bays:
            for role in bay.motifs:
                found.setdefault(role.name.lower(), []).append(bay.tiles[bay.detail == role])
        for role, piece in self.growth:
            found.setdefault(role.name.lower(), []).append(piece)
        pieces: dict[str, tuple[Tiles | None, ...]] = {
            "window": self.windows,
            "gate": self.gates,
            "tree": self.trees,
        }
        pieces |= {"cloud": self.clouds, "moon": (self.moon,), "horizon": (self.horizon,)}
        if self.column is not None:
            pieces["column"] = (np.array([self.column.capital, self.column.foot], np.int16),)
        if self.skyline is not None:
            pieces["far castle"] = (np.array([self.skyline.parapet], np.int16),)
        for name, some in pieces.items():
            found.setdefault(name, []).extend(one for one in some if one is not None)
        out = {}
        for name, seen in found.items():
            own = {tile for piece in seen for tile in piece.ravel().tolist() if tile >= 0}
            if own:
                out[name] = own
        return out
