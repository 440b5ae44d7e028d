"""A screen while it is painted: shades, sub-palettes and roles, kept together by what lays motifs on it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from generator.nes.roles import CELLS, SCREEN_PX, Role

from .palettes import FAR
from .shading import HOLE, Shades
from .styles import Game

_COVER_PX = 26
"""A motif gives a cell its role where it covers at least so many of the cell's 256 px. (by eye)"""


class Painting:
    """One screen of an imaginary game.

    `shades` is uint8[224, 224] of 0..3; `sub` (sub-palettes) and `roles` are uint8[14, 14]. The rows above
    `first_row` belong to the status bar.
    """

    rows, columns = np.indices((CELLS, CELLS))
    """intp[14, 14]: every cell's row and column."""

    def __init__(self, game: Game) -> None:
        self.game = game
        self.first_row = game.bar_rows
        self.outdoors = False
        self.shades = np.zeros((SCREEN_PX, SCREEN_PX), dtype=np.uint8)
        self.sub = np.full((CELLS, CELLS), FAR, dtype=np.uint8)
        self.roles = np.full((CELLS, CELLS), Role.SKY, dtype=np.uint8)
        self.bare = np.zeros((CELLS, CELLS), dtype=bool)
        """bool[14, 14]: cells that show the far wall of a room and nothing else."""
        self.taken = np.zeros((CELLS, CELLS), dtype=bool)
        """bool[14, 14]: cells of whole things on a wall, before which nothing else is stood."""
        self.through = np.zeros((CELLS, CELLS), dtype=bool)
        """bool[14, 14]: cells of a far wood or a far wall, before which things are stood."""

    def fill(self, cells: NDArray[np.bool_], name: str, role: Role) -> None:
        """Covers the cells of a mask bool[14, 14] with a repeated motif, aligned to the screen."""
        piece = self.game.motifs[name]
        piece = np.where(piece == HOLE, 0, piece)
        height, width = piece.shape
        tiled = np.tile(piece, (-(-SCREEN_PX // height), -(-SCREEN_PX // width)))[:SCREEN_PX, :SCREEN_PX]
        where = np.repeat(np.repeat(cells, 16, 0), 16, 1)
        np.copyto(self.shades, tiled, where=where)
        self.sub[cells] = self.game.subs[name]
        self.roles[cells] = role
        self.bare[cells] = self.taken[cells] = self.through[cells] = False

    def put(self, row: int, column: int, name: str, role: Role | None, *, hole: Role | None = None) -> None:
        """Lays a motif over what is there, its upper left cell at (row, column); None leaves the roles.

        Cells of which it only hides what lies behind, as an arch's opening does, get the role `hole`.
        """
        self.lay(row, column, self.game.motifs[name], self.game.subs[name], role, hole=hole)

    def put_if_free(
        self, row: int, column: int, name: str, role: Role, size: tuple[int, int] = (1, 1)
    ) -> bool:
        """Lays a motif where so many cells, (height, width), are free; says whether they are."""
        free = self.free(row, column, *size)
        if free:
            self.put(row, column, name, role)
            self.taken[row : row + size[0], column : column + size[1]] = True
        return free

    def lay(
        self, row: int, column: int, piece: Shades, sub: int, role: Role | None, *, hole: Role | None = None
    ) -> None:
        """Does the same as `put` with shades and a sub-palette that are given."""
        for dr in range(piece.shape[0] // 16):
            for dc in range(piece.shape[1] // 16):
                r, c = row + dr, column + dc
                if not (self.first_row <= r < CELLS and 0 <= c < CELLS):
                    continue
                part = piece[16 * dr : 16 * dr + 16, 16 * dc : 16 * dc + 16]
                cover = np.count_nonzero(part)
                drawn = cover - np.count_nonzero(part == HOLE)
                if cover == 0 or (drawn == 0 and cover < _COVER_PX):
                    continue
                under = self.shades[16 * r : 16 * r + 16, 16 * c : 16 * c + 16]
                if self.sub[r, c] == sub:
                    below = under
                elif self.game.shares_dark(self.sub[r, c], sub):
                    below = np.minimum(under, 1)
                else:
                    below = np.zeros_like(under)
                under[:] = np.where(part == HOLE, 0, np.where(part > 0, part, below))
                self.sub[r, c] = sub
                self.bare[r, c] = self.through[r, c] = False
                if role is not None and cover >= _COVER_PX:
                    self.roles[r, c] = hole if hole is not None and drawn < _COVER_PX else role

    def free(self, row: int, column: int, height: int = 1, width: int = 1) -> bool:
        """Says whether the cells are inside, below the status bar, and still sky or backdrop."""
        if row < self.first_row or column < 0 or row + height > CELLS or column + width > CELLS:
            return False
        area = np.s_[row : row + height, column : column + width]
        behind = (self.roles[area] <= Role.BACKDROP) | self.through[area]
        return bool((behind & ~self.taken[area]).all())

    def size(self, name: str) -> tuple[int, int]:
        """The height and width of a motif in cells."""
        height, width = self.game.motifs[name].shape
        return height // 16, width // 16
