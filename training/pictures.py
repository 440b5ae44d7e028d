"""Many screens at once: side by side in a picture, or cut into cells."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from generator.nes.cells import cut
from generator.nes.palette import PALETTE_RGB, quantise
from generator.nes.roles import TILE

from .files import write_file

GRID_COLUMNS = 6
"""Screens in a row of a sample grid."""


def side_by_side(pictures: NDArray[np.uint8], columns: int, empty: int = 0) -> NDArray[np.uint8]:
    """Pictures uint8[n, h, w, ...] row by row: uint8[rows * h, columns * w, ...], `empty` where one lacks."""
    count, height, width, *channels = pictures.shape
    rows = -(-count // columns)
    whole = np.full((rows * columns, height, width, *channels), empty, np.uint8)
    whole[:count] = pictures
    grid = whole.reshape(rows, columns, height, width, *channels).swapaxes(1, 2)
    return grid.reshape(rows * height, columns * width, *channels)


def cells_of(screens: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """All cells of screens uint8[n, side, side], screen by screen and row by row: uint8[k, 16, 16]."""
    return cut(screens.reshape(-1, screens.shape[-1])).reshape(-1, TILE, TILE)


def indexed(indices: NDArray[np.uint8]) -> Image.Image:
    """Palette indices uint8[h, w] as a picture in the NES's colours, a byte a pixel."""
    picture = Image.fromarray(indices, mode="P")
    picture.putpalette(PALETTE_RGB.tobytes())
    return picture


def grid_picture(screens: NDArray[np.uint8], *, raw: bool = False) -> Image.Image:
    """Screens RGB uint8[n, side, side, 3] side by side, in the NES's colours (a small file) unless raw."""
    grid = side_by_side(screens, min(GRID_COLUMNS, len(screens)))
    return Image.fromarray(grid) if raw else indexed(quantise(grid))


def png(picture: Image.Image) -> bytes:
    """The bytes of a picture's PNG file."""
    buffer = io.BytesIO()
    picture.save(buffer, "PNG", optimize=True)
    return buffer.getvalue()


def save_picture(path: Path, picture: Image.Image) -> None:
    """Writes a PNG file. Raises WriteError where the disk refuses."""
    write_file(path, png(picture), "choose another place")
