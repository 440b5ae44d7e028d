"""Tidying: what of a dreamed bay is whole, and the bay without the rest.

In a dream a column may end in mid-air, a window be half a window, a wall have a notch. Where a bay is laid
again and again such a fragment is seen ten times in a room. So what is not whole gives way to the wall of its
row, which the same screen dreamed.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..nes.roles import TILE, Role
from .colours import pixel_distance
from .measure import CellSet
from .pieces import runs

COLUMN_ROWS, CHAIN_ROWS = 5, 3
"""Rows from which a column is a whole one, and no stump, and a chain no bit of it."""
COLUMN_INK = 0.35
"""Least share of a column's pixels that are not of the backdrop colour, or it is a dotted line. (by eye)"""
FOOT_ROWS = 1
"""Rows of a bay's base that a column may stand on."""
WALL_SHARE = 0.25
"""Share of a bay's cells from which a tile is its wall, whatever it was taken for. (by eye)"""
ODD_SHARE = 0.06
"""Share below which what was taken for wall is an odd stone in it. (by eye)"""
MOST_FRAGMENTS = 0.3
"""Share of a bay's cells beyond which it is left as it is: there is too little else. (by eye)"""
FULL_SHARE = 0.8
"""Share of its bounding box that a whole thing fills. (by eye)"""
LEAST_LIKENESS, LARGE = 0.15, 3
"""How much a whole thing is its own mirror image, and the rows and columns from which that does not matter:
what is so large and full was dreamed with a frame. (by eye)"""
ASIDE_PX = 5
"""How far aside a picture is moved to see how much of its symmetry is chance, px. (by eye)"""
EMPTY_INK = 0.06
"""Share of a cell's pixels that are not of the backdrop colour below which it is empty. (by eye)"""


class Tidied(NamedTuple):
    """A bay [h, w] without fragments."""

    block: NDArray[np.intp]
    """Cell numbers."""
    detail: NDArray[np.uint8]
    """What each cell is: of all roles, walls as `Role.BACKDROP`."""
    fragments: float
    """Share of its cells that were of fragments."""


def without_fragments(cells: CellSet, block: NDArray[np.intp]) -> Tidied:
    """Tidies a bay [h, w] of cell numbers, which repeats sideways and in which equal tiles have equal
    numbers."""
    detail = cells.detail[block]
    common = _common(block, WALL_SHARE)
    wall = (detail == Role.BACKDROP) & _common(block, ODD_SHARE) | common & (detail != Role.COLUMN)
    bare = cells.histogram[block, cells.backdrop] / TILE**2
    holes = (bare >= 1.0 - EMPTY_INK) & ~common
    detail[wall] = Role.BACKDROP
    upright = (detail == Role.COLUMN) | (detail == Role.CHAIN)
    bad = np.zeros(block.shape, bool)
    for line, own, bareness in zip(detail.T, bad.T, bare.T, strict=True):
        for top, end in runs(line == Role.COLUMN):
            stands = end >= len(line) - FOOT_ROWS and end - top >= COLUMN_ROWS
            own[top:end] = not stands or bareness[top:end].mean() > 1.0 - COLUMN_INK
        for top, end in runs(line == Role.CHAIN):
            own[top:end] = end - top < CHAIN_ROWS
    for things in (~wall & ~upright & ~holes, holes & ~upright):
        for rows, columns in _patches(things):
            at = rows, columns % block.shape[1]
            hangs = float((detail[at] == Role.CURTAIN).mean()) > 0.5
            if not _is_whole(cells, block, rows, columns, hangs=hangs):
                bad[at] = True
    share = float(bad.mean())
    wall &= ~holes
    if share > MOST_FRAGMENTS or not wall.any():
        return Tidied(block, detail, share)
    out = block.copy()
    everywhere = _commonest(block[wall])
    for row, mere, mended in zip(out, wall, bad, strict=True):
        row[mended] = _commonest(row[mere]) if mere.any() else everywhere
    detail[bad] = Role.BACKDROP
    return Tidied(out, detail, share)


def without_lone_cells(tidied: Tidied) -> Tidied:
    """The bay without holes and blobs of one cell: where all neighbours are equal, a cell is as they are."""
    block, detail, fragments = tidied
    left, right = np.roll(block, 1, 1), np.roll(block, -1, 1)
    above, below = np.roll(block, 1, 0), np.roll(block, -1, 0)
    above[0], below[-1] = below[0], above[-1]
    lone = (left == right) & (left == above) & (left == below) & (left != block)
    return Tidied(np.where(lone, left, block), np.where(lone, np.roll(detail, 1, 1), detail), fragments)


def is_framed(cells: CellSet, block: NDArray[np.intp]) -> bool:
    """Whether cells [h, w] that make up a thing are a whole one: symmetrical, or large."""
    return min(block.shape) >= LARGE or likeness(cells, block) >= LEAST_LIKENESS


def likeness(cells: CellSet, block: NDArray[np.intp]) -> float:
    """How much the picture of cells [h, w] is its own mirror image, 0..1: 0 where it moved aside is as like
    it."""
    height, width = block.shape
    picture = cells.clean[block].swapaxes(1, 2).reshape(height * TILE, width * TILE)
    mirrored = float(pixel_distance(picture, picture[:, ::-1]).mean())
    moved = float(pixel_distance(picture, np.roll(picture, ASIDE_PX, 1)).mean())
    return max(0.0, 1.0 - mirrored / max(moved, 1e-6))


def _common(block: NDArray[np.intp], least: float) -> NDArray[np.bool_]:
    """bool[h, w]: where a tile is that fills at least such a share of a bay, or a whole row."""
    same = block[:, :, None, None] == block[None, None]
    return np.asarray((same.mean((2, 3)) >= least) | (block == block[:, :1]).all(1)[:, None])


def _commonest(numbers: NDArray[np.intp]) -> int:
    """The number that occurs most, the least in a tie."""
    own, times = np.unique(numbers, return_counts=True)
    return int(own[times.argmax()])


def _patches(mask: NDArray[np.bool_]) -> list[tuple[NDArray[np.intp], NDArray[np.intp]]]:
    """Rows and columns of each connected patch of [h, w], which repeats sideways: columns go on beyond w."""
    height, width = mask.shape
    left = mask.copy()
    found = []
    for first in zip(*np.nonzero(mask), strict=True):
        if not left[first]:
            continue
        left[first] = False
        patch = [(int(first[0]), int(first[1]))]
        for row, column in patch:  # grows while it is walked
            for r, c in ((row - 1, column), (row + 1, column), (row, column - 1), (row, column + 1)):
                if 0 <= r < height and left[r, c % width]:
                    left[r, c % width] = False
                    patch.append((r, c))
        rows, columns = np.array(patch, np.intp).T
        found.append((rows, columns))
    return found


def _is_whole(
    cells: CellSet, block: NDArray[np.intp], rows: NDArray[np.intp], columns: NDArray[np.intp], *, hangs: bool
) -> bool:
    """Whether a patch of a bay is a whole thing: it fills its box, begins under the bay's first row, or
    hangs there, and is symmetrical or large. What goes all round is a frieze, and whole."""
    top, end, left, right = rows.min(), rows.max() + 1, columns.min(), columns.max() + 1
    height, width = end - top, right - left
    if width >= block.shape[1]:
        return bool(len(rows) == height * block.shape[1])
    if (not top and not hangs) or height < 2 or len(rows) < FULL_SHARE * height * width:
        return False
    return is_framed(cells, block[np.ix_(np.arange(top, end), np.arange(left, right) % block.shape[1])])
