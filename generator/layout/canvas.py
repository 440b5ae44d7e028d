"""The canvas that a room is drawn on, and the verbs that draw.

Strips grow from left to right, a column at a time; tall rooms are filled in. All columns and rows are the
room's own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from copy import copy
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..level import SCREEN_COLUMNS, SCREEN_ROWS
from ..motion import NES_MOTION
from ..motion.mechanisms import CollapsingFloor, Mechanism, MovingPlatform
from ..nes.roles import TILE, Role
from ..proof.jumps import Jumps, jumps_of
from ..rng import Pcg32

ROOF_ROW = 2
"""Lowest solid row of an ordinary ceiling indoors: just under the status bar."""
NO_ROOF = -1
"""The same under the sky."""
HIGHEST_GROUND = 8
"""Least row of the ground's top: five free rows under the ceiling, so that a jump of two tiles fits."""
FLOOR_ROW = 12
"""Greatest row of the ground's top, and its row at both sides of every screen: there is still something of it
to see, and depth for water."""
JUMP_ROWS = 6
"""Rows from the ceiling to the ground that a jump of two tiles takes."""
WIDEST_GAP, HIGHEST_RISE = 2, 2
"""What a stage asks a hero to jump at most, tiles; what can be jumped beyond that is left to those who
dare."""
SPARE_COLUMNS = 4 * SCREEN_COLUMNS
"""Columns of a canvas beyond the room: a section is drawn before it is known to fit."""

Draw = Callable[["Canvas"], None]
"""What draws a room, or a part of one."""


class Prop(NamedTuple):
    """A block that is dreamed as one: upper left cell and size, tiles."""

    kind: str
    """"window", "column", "tree" or "bush"."""
    column: int
    row: int
    w: int
    h: int


class Canvas:
    """What is drawn so far, and the state of the pen: the rows of the ground and of the roof."""

    def __init__(
        self, rng: Pcg32, size: tuple[int, int], *, outdoors: bool, hard: int, jumps: Jumps | None = None
    ) -> None:
        """A room of a size in screens (w, h); `jumps`: what can be jumped, by default with the NES's
        motion."""
        self.rng = rng
        self._jumps = jumps or jumps_of(NES_MOTION)
        self.columns, self.rows = size[0] * SCREEN_COLUMNS, size[1] * SCREEN_ROWS
        self.grid: NDArray[np.uint8] = np.zeros((self.rows, self.columns + SPARE_COLUMNS), np.uint8)
        self.x = 0
        """Columns drawn."""
        self.ground = FLOOR_ROW
        """Row of the ground's top at the pen."""
        self.outdoors = outdoors
        self.air = Role.SKY if outdoors else Role.BACKDROP
        """Role of the cells between roof and ground."""
        self.roof = NO_ROOF if outdoors else ROOF_ROW
        """Lowest solid row of the ceiling at the pen, or NO_ROOF."""
        self.hard = hard
        """0 is the gentlest; as it grows there are more gaps, smaller landings and more enemies.
        `structure.hardness` computes it from stage and difficulty."""
        self.wishes: list[Prop] = []
        """Set pieces that sections would like; they are hung up in the end where there is room."""
        self.candles: list[tuple[int, int]] = []
        """Column and row of each."""
        self.bats: list[tuple[int, int]] = []
        """Column and row of each."""
        self.guarded: NDArray[np.bool_] = np.zeros(self.grid.shape[1], bool)
        """[columns] where nobody is put who walks: on landings and platforms."""
        self.mechanisms: list[Mechanism] = []
        """What moves and collapses, of room 0."""
        self.rewards: list[tuple[str, int, int]] = []
        """"key", "treasure" or "roast", and the column and row of the cell that it stands in."""
        self.limit = self.columns
        """The column that sections should not go beyond."""
        self.door: tuple[int, int] | None = None
        """Column and row of the lower cell of the stage's exit."""

    @property
    def left(self) -> int:
        """Columns that sections may still use, less those that a way down to the lowest ground takes."""
        return self.limit - self.x - 2 * (FLOOR_ROW - self.ground)

    def gap(self, rise: int = 0) -> int:
        """The columns of a hole that can be jumped to a landing so many rows higher."""
        return min(max(self._jumps.gap(rise), 1), WIDEST_GAP)

    @property
    def rise(self) -> int:
        """The rows of a ledge that can be jumped onto."""
        return min(max(self._jumps.rise, 1), HIGHEST_RISE)

    @property
    def highest(self) -> int:
        """The least row that the ground may have here: a jump fits under the roof."""
        return max(HIGHEST_GROUND, self.roof + JUMP_ROWS)

    def mark(self) -> dict[str, Any]:
        """What `back_to` takes."""
        return {name: copy(value) for name, value in vars(self).items() if name not in ("rng", "_jumps")}

    def back_to(self, mark: dict[str, Any]) -> None:
        """Forgets all that was drawn since a mark, once; what was rolled stays rolled."""
        vars(self).update(mark)

    def finish(self) -> None:
        """Cuts off what was drawn beyond the room."""
        self.grid, self.guarded = self.grid[:, : self.columns].copy(), self.guarded[: self.columns]
        self.x = self.columns

    # Verbs that lay columns down and move the pen.

    def flat(self, columns: int) -> int:
        """Ground at its present height. Returns the first column."""
        return self._columns(columns, self.ground)

    def landing(self, columns: int) -> int:
        """Ground at its present height where nobody is put who walks. Returns the first column."""
        self.guard(self.x, self.x + columns)
        return self.flat(columns)

    def climb(self, rows: int) -> None:
        """Makes the next ground so many rows higher (negative: lower), as far as the stage allows."""
        self.ground = min(max(self.ground - rows, self.highest), FLOOR_ROW)

    def descend(self, ground: int = FLOOR_ROW) -> None:
        """Goes down in steps of one row until the ground has this row at least."""
        while self.ground < min(ground, FLOOR_ROW):
            self.flat(2)
            self.climb(-1)

    def bays(self, count: int, least: int) -> Iterator[int]:
        """0, 1, ... below a count, as long as there are so many columns left."""
        for i in range(count):
            if self.left < least:
                return
            yield i

    def pit(self, columns: int) -> int:
        """A hole without a bottom. Returns the first column."""
        return self._columns(columns, self.rows)

    def water(self, columns: int) -> int:
        """A hole filled up to one row below the ground. Returns the first column."""
        x = self._columns(columns, self.rows)
        self.grid[self.ground + 1 :, x : self.x] = Role.WATER
        return x

    def spikes(self, columns: int) -> int:
        """A trench of one row full of spikes. Returns the first column."""
        x = self._columns(columns, self.ground + 1)
        self.grid[self.ground, x : self.x] = Role.SPIKES
        return x

    def _columns(self, columns: int, ground: int) -> int:
        """Air between the roof and solid ground from a row on. Returns the first column."""
        x, end = self.x, self.x + columns
        self.grid[:, x:end] = self.air
        self.grid[: self.roof + 1, x:end] = Role.GROUND_FILL
        self.grid[ground:, x:end] = Role.GROUND_FILL
        self.x = end
        return x

    # Verbs that draw into columns that are there.

    def shell(self) -> None:
        """Fills the room: air between a roof and the ground of the lowest screen."""
        self.flat(self.columns)
        self.grid[ROOF_ROW + 1 :] = Role.BACKDROP
        self.grid[: ROOF_ROW + 1] = Role.GROUND_FILL
        self.grid[floor_of(self.rows // SCREEN_ROWS - 1) :] = Role.GROUND_FILL

    def block(self, column: int, row: int, w: int, h: int) -> None:
        """Solid masonry."""
        self.grid[max(row, 0) : row + h, column : column + w] = Role.GROUND_FILL

    def platform(self, column: int, row: int, w: int) -> None:
        """A one-way platform."""
        self.grid[row, column : column + w] = Role.PLATFORM

    def stairs(self, column: int, row: int, tiles: int, side: int) -> None:
        """A flight whose lowest cell this is; it rises to the right (`side` 1) or to the left (-1)."""
        role = Role.STAIRS_RIGHT if side > 0 else Role.STAIRS_LEFT
        for i in range(tiles):
            self.grid[row - i, column + i * side] = role

    def crumbling(self, column: int, row: int, w: int) -> None:
        """A floor that collapses under who stands on it."""
        self.platform(column, row, w)
        self.mechanisms.append(CollapsingFloor(0, column, row, w))

    def ferry(self, column: int, row: int, w: int, across: int, *, up: int = 0) -> None:
        """A platform that goes so many tiles to the right and back, or up and back."""
        x_px, y_px = column * TILE, row * TILE
        self.mechanisms.append(MovingPlatform(0, x_px, y_px, w, across * TILE, -up * TILE, 1))

    def reward(self, kind: str, column: int, row: int) -> None:
        """Something worth having, that stands in a cell."""
        self.rewards.append((kind, column, row))

    def candle(self, column: int, row: int) -> None:
        """A candle, where the cell is free."""
        if 0 <= column < self.x and self.free(column, row, 1, 1):
            self.grid[row, column] = Role.CANDLE
            self.candles.append((column, row))

    def wish(self, kind: str, column: int, row: int, w: int, h: int) -> None:
        """A set piece, where there will be room."""
        self.wishes.append(Prop(kind, column, row, w, h))

    def bat(self, column: int, row: int) -> None:
        """A bat that waits in the air."""
        self.bats.append((column, row))

    def guard(self, column: int, end: int) -> None:
        """Keeps those who walk off these columns, the end excluded."""
        self.guarded[max(column, 0) : end] = True

    def mirror(self) -> None:
        """Exchanges left and right. Nothing that moves may be there yet."""
        width = self.x
        grid = self.grid[:, :width][:, ::-1].copy()
        right, left = grid == Role.STAIRS_RIGHT, grid == Role.STAIRS_LEFT
        grid[right], grid[left] = Role.STAIRS_LEFT, Role.STAIRS_RIGHT
        self.grid[:, :width] = grid
        self.guarded[:width] = self.guarded[:width][::-1].copy()
        self.candles = [(width - 1 - column, row) for column, row in self.candles]
        self.bats = [(width - 1 - column, row) for column, row in self.bats]
        self.wishes = [wish._replace(column=width - wish.column - wish.w) for wish in self.wishes]
        self.rewards = [(kind, width - 1 - column, row) for kind, column, row in self.rewards]
        if self.door is not None:
            self.door = width - 1 - self.door[0], self.door[1]

    # Questions about what is drawn.

    def free(self, column: int, row: int, w: int, h: int) -> bool:
        """Whether all of these cells are drawn and show nothing but sky or wall."""
        if column < 0 or row < 0 or column + w > self.x or row + h > self.rows:
            return False
        cells = self.grid[row : row + h, column : column + w]
        return bool(((cells == Role.SKY) | (cells == Role.BACKDROP)).all())

    def stands(self, column: int, row: int, w: int) -> bool:
        """Whether a thing whose lower edge is this row's upper edge stands on solid ground all along."""
        return row < self.rows and bool((self.grid[row, column : column + w] == Role.GROUND_FILL).all())

    def roof_at(self, column: int) -> int:
        """The lowest row of the ceiling over a column, NO_ROOF where there is none."""
        ground = (self.grid[:, column] == Role.GROUND_FILL).tolist()
        row = NO_ROOF
        while row + 1 < self.rows and ground[row + 1]:
            row += 1
        return row


def floor_of(screen: int) -> int:
    """The row of the ground at both sides of a screen of a tall room, screens counted from the top."""
    return screen * SCREEN_ROWS + FLOOR_ROW
