"""A dreamed screen as a room: where its 14x14 cells lie in the 16x15 tiles, and what each is to a body.

The status bar lies over a room's top two rows. A screen that dreams a status bar of its own is laid so that
it vanishes under the game's; the row that is then missing at the bottom repeats the last one. Any other
screen lies one row lower, and all of it but its first row is seen. To the left and to the right stands a wall
of one column, for the doors.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..level import SCREEN_COLUMNS, SCREEN_ROWS
from ..motion import EMPTY_KIND, SOLID_KIND
from ..motion.terrain import KIND_OF_ROLE
from ..nes.roles import CELLS, NEVER_TILES, Role
from ..tiles.measure import NEVER_ODDS

HIDDEN_ROWS = 2
"""Under the status bar. They are solid, so that nobody stands where he is not seen."""
WALL_COLUMNS = 1
BAR_CELLS = 6
"""Glyphs in a screen's first two rows from which they are a status bar. (by eye)"""
DOUBT = 0.6
"""Odds below which a cell's kind is doubtful: it becomes what it and its surroundings are together."""
NEIGHBOUR_WEIGHT = 0.5
"""Of a neighbour's odds beside a doubtful cell's own. (by eye)"""
KIND_COUNT = 4

PLAYED: NDArray[np.uint8] = np.arange(len(Role), dtype=np.uint8)
"""uint8[17]: what each dreamed role is in a room. A dreamed flight seldom leads anywhere, so its steps are
what they look like, something to stand on; and the one door is the one that is drawn."""
PLAYED[[Role.STAIRS_RIGHT, Role.STAIRS_LEFT]] = Role.PLATFORM
PLAYED[[Role.DOOR, Role.GLYPH, Role.FIGURE]] = Role.BACKDROP
PLAYED.setflags(write=False)
_ROLE_KIND = KIND_OF_ROLE[PLAYED]
_NEVER = sorted(NEVER_TILES)


@dataclass(frozen=True, eq=False)
class Draft:
    """One screen laid into a room, before anything is repaired."""

    screen: int
    kinds: NDArray[np.uint8]
    """[15, 16] what each cell is to a body, as `terrain` counts; the walls are closed."""
    dreamed: NDArray[np.uint8]
    """[15, 16] what the role network sees there; `kinds` differs where a cell was doubtful or no tile."""
    certain: NDArray[np.float32]
    """[15, 16] odds of what the network sees."""
    role: NDArray[np.uint8]
    """[15, 16] the likeliest `Role` of that kind."""
    cell: NDArray[np.intp]
    """[15, 16] number of the cell that was dreamed there, -1 in the frame."""
    barred: NDArray[np.bool_]
    """[15, 16] a glyph or a figure, which is no tile."""

    @property
    def inside(self) -> NDArray[np.bool_]:
        """[15, 16] the cells that are seen and not of the frame."""
        seen = self.cell >= 0
        seen[:HIDDEN_ROWS] = False
        return seen


def draft(screen: int, odds: NDArray[np.float32]) -> Draft:
    """The draft of a screen with these odds float32[14, 14, 17]; `screen` is its number among its kind."""
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
    # What repeats the last row was not dreamed there.
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
    """The kind of each cell [14, 14], the doubtful ones settled by their neighbours.

    A figure stands in the open, a glyph hangs there: what is barred counts as undecided altogether.
    """
    own = np.where(barred[..., None], 0.0, by_kind)
    padded = np.pad(own, ((1, 1), (1, 1), (0, 0)))
    around = padded[:-2, 1:-1] + padded[2:, 1:-1] + padded[1:-1, :-2] + padded[1:-1, 2:]
    together = own + NEIGHBOUR_WEIGHT * around
    together[..., EMPTY_KIND] += 1e-3
    doubtful = barred | (by_kind.max(-1) < DOUBT)
    return np.where(doubtful, together.argmax(-1), by_kind.argmax(-1))


def _laid(grid: NDArray[Any], top: int, frame: object) -> NDArray[Any]:
    """A screen's grid [14, 14] in a room's [15, 16], its last row repeated to the bottom."""
    room = np.full((SCREEN_ROWS, SCREEN_COLUMNS), frame, grid.dtype)
    columns = slice(WALL_COLUMNS, WALL_COLUMNS + CELLS)
    room[top : top + CELLS, columns] = grid
    room[top + CELLS :, columns] = grid[-1]
    return room


def _walled(kinds: NDArray[np.uint8]) -> NDArray[np.uint8]:
    kinds[:HIDDEN_ROWS] = SOLID_KIND
    kinds[:, :WALL_COLUMNS] = kinds[:, -WALL_COLUMNS:] = SOLID_KIND
    return kinds
