"""What a body can stand on, bump into and die of: a byte a tile, so that a look-up costs next to nothing."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from ..nes.roles import DEADLY, ONE_WAY, SOLID

EMPTY_KIND, SOLID_KIND, ONE_WAY_KIND, DEADLY_KIND = range(4)
"""The values in `Terrain.kinds`."""
KIND_OF_ROLE = np.zeros(256, np.uint8)
KIND_OF_ROLE[[int(role) for role in SOLID]] = SOLID_KIND
KIND_OF_ROLE[[int(role) for role in ONE_WAY]] = ONE_WAY_KIND
KIND_OF_ROLE[[int(role) for role in DEADLY]] = DEADLY_KIND
KIND_OF_ROLE.setflags(write=False)
_CARRIES = bytes(kind in (SOLID_KIND, ONE_WAY_KIND) for kind in range(256))

PAD_ABOVE = 7
"""Rows that a body can reach above its room: 64 px of jump, 14 of a blow, 32 of body."""
PAD_BELOW = 4
"""Rows that it can reach below: it dies after `FALLEN_OUT_PX`, and moves at most 8 px a tick."""


class Terrain:
    """The kinds of one room's tiles. Columns and rows are the level's: the room begins at `origin`."""

    __slots__ = (
        "_sums", "base", "carries", "has_deadly", "height", "kinds", "openings", "origin", "padded", "stride",
        "width",
    )  # fmt: skip

    def __init__(
        self,
        width: int,
        height: int,
        kinds: bytes,
        origin: tuple[int, int] = (0, 0),
        openings: Iterable[tuple[int, int]] = (),
    ) -> None:
        """`kinds`: one byte a tile, row by row: 0 empty, 1 solid, 2 one-way, 3 deadly. `openings`: tiles just
        outside the left or right edge that are no wall.

        Raises ValueError where the number of kinds is not width * height.
        """
        if len(kinds) != width * height:
            raise ValueError(f"{width}x{height} tiles need {width * height} kinds, got {len(kinds)}")
        self.width = width
        self.height = height
        self.kinds = kinds
        self.origin = origin
        self.openings = tuple(openings)
        # A border saves every bounds check: walls to the left and right, open below, and above it whatever is
        # solid in the top row goes on, so that nobody climbs over a wall that leaves the screen.
        self.stride = width + 2
        left, top = origin
        self.base = (PAD_ABOVE - top) * self.stride + 1 - left
        """The kind of a tile (column, row) is `padded[base + row * stride + column]`."""
        wall = bytes([SOLID_KIND])
        ceiling = bytes(kind if kind == SOLID_KIND else EMPTY_KIND for kind in kinds[:width])
        rows = [ceiling] * PAD_ABOVE
        rows += [kinds[row * width : (row + 1) * width] for row in range(height)]
        rows += [bytes(width)] * PAD_BELOW
        padded = bytearray(b"".join(wall + row + wall for row in rows))
        for column, row in self.openings:
            padded[self.base + row * self.stride + column] = EMPTY_KIND
        self.padded = bytes(padded)
        self.carries = self.padded.translate(_CARRIES)
        """1 where a body can stand on the tile, else 0; indexed like `padded`."""
        self.has_deadly = DEADLY_KIND in kinds
        self._sums: list[int] = []

    @classmethod
    def from_roles(
        cls,
        roles: NDArray[np.uint8],
        origin: tuple[int, int] = (0, 0),
        openings: Iterable[tuple[int, int]] = (),
    ) -> Terrain:
        """The terrain of a room's role grid [h, w]."""
        height, width = roles.shape
        return cls(width, height, KIND_OF_ROLE[roles].tobytes(), origin, openings)

    def patched(self, tiles: Iterable[tuple[int, int]], kind: int) -> Terrain:
        """The same terrain, but these tiles (column, row) are of another kind."""
        kinds, (left, top) = bytearray(self.kinds), self.origin
        for column, row in tiles:
            kinds[(row - top) * self.width + column - left] = kind
        return Terrain(self.width, self.height, bytes(kinds), self.origin, self.openings)

    def holds(self, x: int, y: int, half: int) -> int:
        """1 where feet at (x, y) stand on a tile, else 0. `half`: half the width of the body. All in px."""
        if y & 15:
            return 0
        below = self.base + (y >> 4) * self.stride
        return self.carries[below + ((x - half) >> 4)] or self.carries[below + ((x + half - 1) >> 4)]

    def kind(self, column: int, row: int) -> int:
        """The kind at a tile. Outside of the room it is the border's, at most one column beside the room."""
        left, top = self.origin
        if not (left <= column < left + self.width and top <= row < top + self.height):
            column = min(max(column, left - 1), left + self.width)
            row = min(max(row, top - PAD_ABOVE), top + self.height + PAD_BELOW - 1)
        return self.padded[self.base + row * self.stride + column]

    def is_free(self, left_px: int, top_px: int, right_px: int, bottom_px: int) -> bool:
        """Whether nothing in a box is solid; its right and bottom edges are just outside of it. Outside the
        room it is as `kind` says."""
        left, top = self.origin
        first, end = left_px // 16 - left + 1, (right_px + 15) // 16 - left + 1
        row, bottom = top_px // 16 - top + PAD_ABOVE, (bottom_px + 15) // 16 - top + PAD_ABOVE
        last, lowest = self.stride, PAD_ABOVE + self.height + PAD_BELOW
        if first < 0 or end > last or row < 0 or bottom > lowest:
            first, end = min(max(first, 0), last - 1), min(max(end, 1), last)
            row, bottom = min(max(row, 0), lowest - 1), min(max(bottom, 1), lowest)
        sums = self._sums or self._count()
        above, below = row * (last + 1), bottom * (last + 1)
        return sums[below + end] - sums[below + first] == sums[above + end] - sums[above + first]

    def _count(self) -> list[int]:
        """How many solid tiles of the border and the room lie above and to the left of each corner, row by
        row: so a box of any size takes four look-ups. It is made when it is first asked for."""
        solid = np.frombuffer(self.padded, np.uint8).reshape(-1, self.stride) == SOLID_KIND
        sums = np.zeros((len(solid) + 1, self.stride + 1), np.int64)
        sums[1:, 1:] = solid.cumsum(0).cumsum(1)
        self._sums = sums.ravel().tolist()
        return self._sums
