"""The canvas of a painted screen: what lays motifs on it keeps levels, sub-palettes and roles together."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from generator.nes.roles import CELLS, Role

from .motifs import Levels
from .styles import Game

_COVER_PX = 26
"""A motif gives its role to a cell when it fills at least so many of its 256 px."""


class Canvas:
    """A screen: `levels` uint8[224, 224] of 0..3; `sub` (sub-palettes), `roles` uint8[14, 14]."""

    def __init__(self, game: Game) -> None:
        self.game = game
        self.first_row = game.bar_rows
        self.outdoors = False
        self.levels = np.zeros((16 * CELLS, 16 * CELLS), dtype=np.uint8)
        self.sub = np.zeros((CELLS, CELLS), dtype=np.uint8)
        self.sub[:] = 1
        self.roles = np.full((CELLS, CELLS), Role.SKY, dtype=np.uint8)

    def fill(self, cells: NDArray[np.bool_], name: str, role: Role) -> None:
        """Cover the cells of the mask (bool[14, 14]) with a repeating motif, aligned to the screen."""
        piece = self.game.art[name]
        height, width = piece.shape
        tiled = np.tile(piece, (-(-224 // height), -(-224 // width)))[:224, :224]
        where = np.repeat(np.repeat(cells, 16, 0), 16, 1)
        np.copyto(self.levels, tiled, where=where)
        self.sub[cells] = self.game.subs[name]
        self.roles[cells] = role

    def put(self, row: int, column: int, name: str, role: Role | None) -> None:
        """Lay a motif over what is there, its upper left cell at (row, column); None leaves the roles."""
        self.lay(row, column, self.game.art[name], self.game.subs[name], role)

    def lay(self, row: int, column: int, piece: Levels, sub: int, role: Role | None) -> None:
        """As `put`, with the levels and the sub-palette given."""
        for dr in range(piece.shape[0] // 16):
            for dc in range(piece.shape[1] // 16):
                r, c = row + dr, column + dc
                if not (self.first_row <= r < CELLS and 0 <= c < CELLS):
                    continue
                part = piece[16 * dr : 16 * dr + 16, 16 * dc : 16 * dc + 16]
                cover = np.count_nonzero(part)
                if cover == 0:
                    continue
                under = self.levels[16 * r : 16 * r + 16, 16 * c : 16 * c + 16]
                if self.sub[r, c] == sub:
                    below = under
                elif self.game.shared_dark and self.sub[r, c] == 1:
                    below = np.minimum(under, 1)
                else:
                    below = np.zeros_like(under)
                under[:] = np.where(part > 0, part, below)
                self.sub[r, c] = sub
                if role is not None and cover >= _COVER_PX:
                    self.roles[r, c] = role

    def free(self, row: int, column: int, height: int = 1, width: int = 1) -> bool:
        """Whether the cells are inside, below the bar and still sky or backdrop."""
        if row < self.first_row or column < 0 or row + height > CELLS or column + width > CELLS:
            return False
        return bool((self.roles[row : row + height, column : column + width] <= Role.BACKDROP).all())

    def size(self, name: str) -> tuple[int, int]:
        """(height, width) of a motif in cells."""
        shape = self.game.art[name].shape
        return shape[0] // 16, shape[1] // 16
