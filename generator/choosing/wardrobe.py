"""What the tiles of a stage are good for together: grounds, walls, skies, set pieces.

A pattern repeats over an area, a piece is a block that is shown once. Both are grids of bank indices, cut
from the dreamed screens as they stand; -1 in a piece lets the backdrop through.
"""

from __future__ import annotations

from dataclasses import dataclass

from ..tiles.layers import Tiles


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
