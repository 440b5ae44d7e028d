"""A dreamed screen as a room: where its 14x14 cells lie in the 16x15 tiles, and what each cell is to a body.

The game's status bar lies over the top two rows of a room. A screen that dreams a status bar of its own lies
so that this bar is hidden under the game's; the row that is then missing at the bottom repeats the last one.
Any other screen lies one row lower, and all of it but its first row is seen. A wall of one column stands to
the left and to the right, for the doors.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..level import SCREEN_COLUMNS, SCREEN_ROWS
from ..motion import EMPTY_KIND, SOLID_KIND
from ..motion.terrain import KIND_OF_ROLE
from ..nes.roles import BASE_ROLES, CELLS, NEVER_TILES, Role
from ..tiles.measure import NEVER_ODDS

HIDDEN_ROWS = 2
"""Rows under the status bar. They are solid, so that nobody stands where he is not seen."""
WALL_COLUMNS = 1
"""Width of the wall at each side."""
BAR_CELLS = 6
"""So many glyphs in a screen's first two rows make them a status bar. (by eye)"""
DOUBT = 0.6
"""Odds below which a cell's kind is doubtful: its neighbours then count too."""
NEIGHBOUR_WEIGHT = 0.5
"""What a neighbour's odds count beside those of a doubtful cell itself. (by eye)"""
EMPTY_LEAD = 1e-3
"""Odds that are added to the empty kind of a doubtful cell, so that it wins a tie."""
KIND_COUNT = 4
"""What a cell can be to a body: empty, solid, one-way, deadly."""

PLAYED: NDArray[np.uint8] = np.arange(BASE_ROLES, dtype=np.uint8)
"""uint8[17]: what each dreamed role is in a room. A dreamed flight of stairs seldom leads anywhere, so its
steps are what they look like: something to stand on. A dreamed door is wall: the game draws the only door."""
PLAYED[[Role.STAIRS_RIGHT, Role.STAIRS_LEFT]] = Role.PLATFORM
PLAYED[[Role.DOOR, Role.GLYPH, Role.FIGURE]] = Role.BACKDROP
PLAYED.setflags(write=False)
_ROLE_KIND = KIND_OF_ROLE[PLAYED]
_NEVER = sorted(NEVER_TILES)


@dataclass(frozen=True, eq=False)
class Draft:
    """One screen laid into a room, before anything is repaired."""

    screen: int
    """Its number in the batch."""
    kinds: NDArray[np.uint8]
    """[15, 16] what each cell is to a body, in the kinds of motion/terrain.py; the walls are closed."""
    dreamed: NDArray[np.uint8]
    """[15, 16] the kind that the role network sees; `kinds` differs where a cell was doubtful or barred."""
    certain: NDArray[np.float32]
    """[15, 16] odds of the kind that the network sees."""
    role: NDArray[np.uint8]
    """[15, 16] the likeliest `Role` of the cell's kind."""
    cell: NDArray[np.intp]
    """[15, 16] number in the batch of the cell that was dreamed there, -1 in the frame."""
    barred: NDArray[np.bool_]
    """[15, 16] whether the cell is a glyph or a figure, which are no tiles."""

    @property
    def inside(self) -> NDArray[np.bool_]:
        """[15, 16] whether a cell is seen and does not belong to the frame."""
        seen = self.cell >= 0
        seen[:HIDDEN_ROWS] = False
        return seen


def draft(screen: int, odds: NDArray[np.float32]) -> Draft:
    """The draft of a screen with these odds float32[14, 14, 17]; `screen` is its number in the batch."""
    bars = odds[..., _NEVER].sum(-1) >= NEVER_ODDS
    tile_odds = odds.copy()
    tile_odds[..., _NEVER] = 0.0
    tile_odds /= np.maximum(tile_odds.sum(-1, keepdims=True), 1e-6)
    by_kind = np.stack([tile_odds[..., kind == _ROLE_KIND].sum(-1) for kind in range(KIND_COUNT)], -1)
    seen = by_kind.argmax(-1)
    settled = _settled(by_kind, bars)
    of_kind = np.where(settled[..., None] == _ROLE_KIND, tile_odds, -1.0)

    top = 0 if bars[:HIDDEN_ROWS].sum() >= BAR_CELLS else 1
    numbers = screen * CELLS * CELLS + np.arange(CELLS * CELLS).reshape(CELLS, CELLS)
    cell = _laid(numbers, top, -1)
    # The rows that repeat the last one were not dreamed there.
    cell[CELLS + top :] = -1
    return Draft(
        screen=screen,
        kinds=_walled(_laid(settled.astype(np.uint8), top, SOLID_KIND)),
        dreamed=_laid(seen.astype(np.uint8), top, SOLID_KIND),
        certain=_laid(by_kind.max(-1).astype(np.float32), top, 1.0),
        role=_laid(of_kind.argmax(-1).astype(np.uint8), top, Role.GROUND_FILL),
        cell=cell,
        barred=_laid(bars, top, False),
    )


def _settled(by_kind: NDArray[np.float32], barred: NDArray[np.bool_]) -> NDArray[np.intp]:
    """The kind of each cell [14, 14]; the neighbours help to decide where it is doubtful.

    A glyph or a figure hides what is behind it: the neighbours alone decide what a barred cell is.
    """
    own = np.where(barred[..., None], 0.0, by_kind)
    padded = np.pad(own, ((1, 1), (1, 1), (0, 0)))
    around = padded[:-2, 1:-1] + padded[2:, 1:-1] + padded[1:-1, :-2] + padded[1:-1, 2:]
    together = own + NEIGHBOUR_WEIGHT * around
    together[..., EMPTY_KIND] += EMPTY_LEAD
    doubtful = barred | (by_kind.max(-1) < DOUBT)
    settled: NDArray[np.intp] = np.where(doubtful, together.argmax(-1), by_kind.argmax(-1))
    return settled


def _laid(grid: NDArray[Any], top: int, frame: object) -> NDArray[Any]:
    """A screen's grid [14, 14] in a room's [15, 16]: its last row repeated to the bottom, `frame` around."""
    room = np.full((SCREEN_ROWS, SCREEN_COLUMNS), frame, grid.dtype)
    columns = slice(WALL_COLUMNS, WALL_COLUMNS + CELLS)
    room[top : top + CELLS, columns] = grid
    room[top + CELLS :, columns] = grid[-1]
    return room


def _walled(kinds: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The same kinds [15, 16] with closed walls and solid hidden rows."""
    kinds[:HIDDEN_ROWS] = SOLID_KIND
    kinds[:, :WALL_COLUMNS] = kinds[:, -WALL_COLUMNS:] = SOLID_KIND
    return kinds
