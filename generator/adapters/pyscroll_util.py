"""Levels as maps of pyscroll, without a file in between.

    from ganvania.adapters import pyscroll_util

    group = pyscroll.PyscrollGroup(pyscroll_util.map_layer(level, screen.get_size()), default_layer=2)

A level that was written for Tiled is loaded by `pytmx.load_pygame` as any other map is, and needs none of
this.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np
import pyscroll

from ..tiles.shown import Shown, check_shown, tile_px_of
from .pygame_util import tile_surfaces

if TYPE_CHECKING:
    import pygame

    Adapter = object
else:
    from pyscroll.data import PyscrollDataAdapter as Adapter

__all__ = ["BACKDROP", "FAR", "TILES", "LevelData", "map_layer"]

FAR, BACKDROP, TILES = range(3)
"""The numbers of the layers. Sprites of `default_layer=TILES` stand before all of them."""


class LevelData(Adapter):
    """What pyscroll reads of a level. pyscroll scrolls all layers at one speed, the far one too, which is
    repeated over the level; without it (`far=False`) one sees through where nothing is in front."""

    def __init__(self, level: Shown, *, far: bool = True) -> None:
        super().__init__()
        side = tile_px_of(level.bank)
        rows, columns = level.roles.shape
        self.tile_size = side, side
        self.map_size = columns, rows
        self.visible_tile_layers = [FAR, BACKDROP, TILES] if far else [BACKDROP, TILES]
        repeated = level.far[np.arange(rows) % len(level.far)][:, np.arange(columns) % level.far.shape[1]]
        self._grids = repeated, level.backdrop, level.tiles
        self._images = tile_surfaces(level.bank)

    def reload_data(self) -> None:
        """Nothing to do: a level never changes."""

    def convert_surfaces(self, parent: pygame.Surface, alpha: bool = False) -> None:
        """Nothing to do: the tiles are as they have to be."""

    def get_animations(self) -> Iterator[tuple[int, list[tuple[int, int]]]]:
        """None: tiles stand still."""
        return iter(())

    def _get_tile_image(self, x: int, y: int, l: int) -> pygame.Surface | None:  # noqa: E741
        columns, rows = self.map_size
        if not (0 <= x < columns and 0 <= y < rows):
            return None
        index = int(self._grids[l][y, x])
        return self._images[index] if index >= 0 else None


def map_layer(
    level: Shown, size: tuple[int, int], *, far: bool = True, zoom: float = 1.0
) -> pyscroll.BufferedRenderer:
    """A level as a map layer for `pyscroll.PyscrollGroup`.

    Args:
        level: anything with the fields of a `Level`.
        size: of the view, px.
        far: whether the far layer is drawn; without it draw something behind, as the layer lets through.
        zoom: pyscroll's.
    """
    check_shown(level)
    layer = pyscroll.BufferedRenderer(LevelData(level, far=far), size, clamp_camera=True, alpha=not far)
    layer.zoom = zoom
    return layer
