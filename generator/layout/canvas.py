"""The paper that a room is drawn on: strips grow from left to right, a column at a time; tall rooms are
filled in. All columns and rows are the room's own."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..level import SCREEN_ROWS
from ..motion import NES_MOTION
from ..motion.mechanisms import CollapsingFloor, Mechanism, MovingPlatform
from ..nes.roles import TILE, Role
from ..proof.jumps import Jumps, jumps_of
from ..rng import Pcg32

ROOF_ROW = 2
"""Lowest solid row of an ordinary ceiling indoors: just under the status bar."""
HIGHEST_GROUND = 8
"""Least row of the ground's top: five free rows under the ceiling, so that a jump of two tiles fits."""
LOWEST_GROUND = 12
"""Greatest row of the ground's top: there is still something of it to see, and depth for water."""
NO_ROOF = -1


WIDEST_GAP, HIGHEST_RISE = 2, 2
"""Tiles; what can be jumped beyond that is left to those who dare."""


class Prop(NamedTuple):
    """A block that is dreamed as one: "window", "column" or "tree"; upper left cell and size, tiles."""

    kind: str
    column: int
    row: int
    w: int
    h: int


class Canvas:
    """What is drawn so far, and the state of the pen: the ground's row, the roof's row, outdoors or not."""

    def __init__(
        self,
        rng: Pcg32,
        columns: int,
        ground: int,
        *,
        outdoors: bool,
        hard: int,
        rows: int = SCREEN_ROWS,
        jumps: Jumps | None = None,
    ) -> None:
        self.rng = rng
        self._jumps = jumps or jumps_of(NES_MOTION)
        self.rows = rows
        self.grid: NDArray[np.uint8] = np.zeros((rows, columns), np.uint8)
        self.x = 0
        """Columns drawn."""
        self.ground = ground
        """Row of the ground's top at the pen."""
        self.roof = NO_ROOF if outdoors else ROOF_ROW
        """Lowest solid row of the ceiling at the pen, or NO_ROOF."""
        self.outdoors = outdoors
        self.hard = hard
        """0 = the gentlest; sections make more gaps and smaller landings as it grows."""
        self.wishes: list[Prop] = []
        """Set pieces that sections would like, hung up in the end where there is room."""
        self.candles: list[tuple[int, int]] = []
        self.bats: list[tuple[int, int]] = []
        self.guarded: list[tuple[int, int]] = []
        """Column ranges, end excluded, where no zombie is put: landings, platforms."""
        self.sky: NDArray[np.bool_] = np.zeros(columns, bool)
        """[columns] whether a column is outdoors."""
        self.mechanisms: list[Mechanism] = []
        """What moves and collapses, of room 0."""
        self.rewards: list[tuple[str, int, int]] = []
        """"key", "treasure" or "roast", and the cell that it stands in."""
        self.limit = columns
        """The column that sections should not go beyond."""
        self.door: tuple[int, int] | None = None
        """Lower cell of the stage's exit."""

    @property
    def left(self) -> int:
        """Columns that sections may still use, with what a way down to the lowest ground takes kept aside."""
        return self.limit - self.x - 2 * (LOWEST_GROUND - self.ground)

    def gap(self, rise: int = 0) -> int:
        """The columns of a hole that can be jumped to a landing so many rows higher."""
        return min(max(self._jumps.gap(rise), 1), WIDEST_GAP)

    @property
    def rise(self) -> int:
        """The rows of a ledge that can be jumped onto."""
        return min(max(self._jumps.rise, 1), HIGHEST_RISE)

    def mark(self) -> tuple[object, ...]:
        """What `back_to` takes."""
        lists = self.wishes, self.candles, self.bats, self.guarded, self.mechanisms, self.rewards
        pen = self.x, self.ground, self.roof, self.outdoors
        return self.grid.copy(), self.sky.copy(), pen, *(list(some) for some in lists)

    def back_to(self, mark: tuple[object, ...]) -> None:
        """Forgets all that was drawn since; what was rolled stays rolled."""
        self.grid, self.sky, pen, *lists = mark  # type: ignore[assignment]
        self.x, self.ground, self.roof, self.outdoors = pen  # type: ignore[misc]
        self.grid, self.sky = self.grid.copy(), self.sky.copy()
        self.wishes, self.candles, self.bats, self.guarded, self.mechanisms, self.rewards = (
            list(some)  # type: ignore[call-overload]
            for some in lists
        )

    # Verbs that lay columns down and move the pen.

    def flat(self, columns: int) -> int:
        """Ground at its present height. Returns the first column."""
        return self._columns(columns, self.ground)

    def step(self, rows: int) -> None:
        """The next ground is `rows` higher (negative: lower), as far as the stage allows."""
        self.ground = min(max(self.ground - rows, self.highest), LOWEST_GROUND)

    @property
    def highest(self) -> int:
        """The least row that the ground may have here: two free jumps under the roof."""
        return max(HIGHEST_GROUND, self.roof + 6)

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
        x, end = self.x, self.x + columns
        self.grid[:, x:end] = Role.SKY if self.outdoors else Role.BACKDROP
        self.grid[: self.roof + 1, x:end] = Role.GROUND_FILL
        self.grid[ground:, x:end] = Role.GROUND_FILL
        self.sky[x:end] = self.outdoors
        self.x = end
        return x

    # Verbs that draw into columns that are there.

    def block(self, column: int, row: int, w: int, h: int) -> None:
        """Solid masonry."""
        self.grid[max(row, 0) : row + h, column : column + w] = Role.GROUND_FILL

    def platform(self, column: int, row: int, w: int) -> None:
        """A one-way platform."""
        self.grid[row, column : column + w] = Role.PLATFORM

    def stairs(self, column: int, row: int, tiles: int, rise: int) -> None:
        """A flight whose lowest cell this is; `rise` 1 to the right, -1 to the left."""
        role = Role.STAIRS_RIGHT if rise > 0 else Role.STAIRS_LEFT
        for i in range(tiles):
            self.grid[row - i, column + i * rise] = role

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
        """No zombie on these columns."""
        self.guarded.append((column, end))

    def free(self, column: int, row: int, w: int, h: int) -> bool:
        """Whether all of these cells are drawn and show nothing but sky or wall."""
        if column < 0 or row < 0 or column + w > self.x or row + h > self.rows:
            return False
        cells = self.grid[row : row + h, column : column + w]
        return bool(((cells == Role.SKY) | (cells == Role.BACKDROP)).all())

    def outdoors_at(self, column: int, w: int) -> bool:
        """Whether all of these columns are outdoors."""
        return bool(self.sky[column : column + w].all())

    def stands(self, column: int, row: int, w: int) -> bool:
        """Whether a thing whose lower edge is this row's upper edge stands on solid ground all along."""
        return row < self.rows and bool((self.grid[row, column : column + w] == Role.GROUND_FILL).all())

    def roof_at(self, column: int) -> int:
        """The lowest row of the ceiling over a column, NO_ROOF where there is none."""
        row = NO_ROOF
        while row + 1 < self.rows and self.grid[row + 1, column] == Role.GROUND_FILL:
            row += 1
        return row
