"""Wardrobes: what the tiles of a stage are good for together: grounds, walls, skies, set pieces.

A pattern repeats over an area; a piece is a block that is shown once. Both are grids of bank indices, cut
from the dreamed screens as they stand; what is behind shows where a piece has -1.
"""

from __future__ import annotations

from dataclasses import dataclass

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
    """The wall behind a room."""

    plain: Tiles
    """[h, w], repeats."""
    patches: tuple[Tiles, ...] = ()
    """[14, 14] each, repeat: the wall as it breaks up in the dreams."""


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
    sky: Tiles
    """Pattern that fills the far layer."""
    panorama: Tiles | None
    """[h, w], shown again and again in the far layer, its last column and row repeated; sky shows where it
    has -1."""
    moon: Tiles | None
    clouds: tuple[Tiles, ...]
    """Pieces before the sky, where it is free of the panorama; may be empty."""
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
    trees: tuple[Tiles, ...]
    bushes: tuple[Tiles, ...]
    """Pieces of one cell."""
