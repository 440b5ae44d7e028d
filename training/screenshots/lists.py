"""Says what became of a user's pictures: which were left out and why, which were kept and how they were
understood."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from generator.nes.palette import BLACK, to_rgb
from generator.nes.roles import TILE

from ..files import write_file
from ..pictures import save_picture, side_by_side
from .find import LeftOut
from .screens import Found

SHOWN, COLUMNS = 48, 8
"""Pictures on the sheet, evenly spread, and how many stand in a row."""
SHOWN_PX = 256
"""Of each no more than this is shown."""
LINE = np.array([255, 255, 255], np.uint8)
"""Colour of the grid's lines, of which the picture shines through by half."""


class KeptList:
    """The pictures that became screens, and how they were understood."""

    def __init__(self) -> None:
        self._lines = ["file\tsize\town size\tscale\ttiles begin at\tcolours\tscreens\n"]
        self._shown: list[NDArray[np.uint8]] = []
        self._every = 1

    def __len__(self) -> int:
        return len(self._lines) - 1

    def add(self, name: str, screens: int, found: Found) -> None:
        """Adds a picture.

        Args:
            name: that can be printed.
            screens: that it became.
        """
        if len(self) % self._every == 0:
            self._shown.append(_with_grid(found))
        if len(self._shown) > 2 * SHOWN:  # nobody knows how many are to come
            self._shown, self._every = self._shown[::2], 2 * self._every
        given, own = found.given, found.native.shape
        scale = f"{given[1] / own[1]:.3g} x {given[0] / own[0]:.3g}"
        y, x = found.phase
        told = (name, f"{given[1]}x{given[0]}", f"{own[1]}x{own[0]}", scale, f"{x}, {y}", found.decoder)
        self._lines.append("\t".join((*told, f"{screens}\n")))

    def write(self, path: Path) -> None:
        """Writes a table, and as .png beside it some pictures with their grids. Raises WriteError."""
        write_file(path, "".join(self._lines))
        if self._shown:
            count = len(self._shown)
            some = np.linspace(0, count, min(SHOWN, count), endpoint=False).astype(np.intp).tolist()
            sheet = side_by_side(np.stack([self._shown[number] for number in some]), min(COLUMNS, len(some)))
            save_picture(path.with_suffix(".png"), Image.fromarray(sheet))


def write_left_out(path: Path, left_out: Iterable[LeftOut]) -> None:
    """Writes a line for every file: its name, a tab, the reason. Raises WriteError."""
    write_file(path, "".join(f"{left.name}\t{left.reason}\n" for left in left_out))


def _with_grid(found: Found) -> NDArray[np.uint8]:
    """A picture with its grid, RGB uint8[256, 256, 3]."""
    part = found.native[:SHOWN_PX, :SHOWN_PX]
    spare = [(0, SHOWN_PX - side) for side in part.shape]
    shown = to_rgb(np.pad(part, spare, constant_values=BLACK))
    y, x = found.phase
    height, width = part.shape
    for lines in (shown[y:height:TILE, :width], shown[:height, x:width:TILE]):
        lines[...] = lines // 2 + LINE // 2
    return shown
