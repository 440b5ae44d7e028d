"""What drawing and exporting read of a level: five fields, which a `Level` has, and whatever else is dressed.

A bank may be in other colours than the NES's and in tiles of another size: then it says so itself, by an
array `colours`, RGB uint8[n, 3], and by the shape of its `pixels`.
"""

from __future__ import annotations

from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from ..errors import ArgumentError
from ..nes.palette import PALETTE_RGB

FIELDS = ("roles", "tiles", "backdrop", "far", "bank")
"""The fields of a `Shown`."""


class ShownBank(Protocol):
    """Tiles and their colours: a `Bank`, or that of a `Styled`."""

    @property
    def pixels(self) -> NDArray[np.uint8]:
        """[T, t, t] colours by number, of tiles with a side of t px."""

    @property
    def palettes(self) -> NDArray[np.uint8]:
        """[4, 4] the sub-palettes, in the same numbers; column 0 is the shared backdrop colour."""

    @property
    def palette(self) -> NDArray[np.uint8]:
        """[T] the sub-palette of each tile."""

    @property
    def role(self) -> NDArray[np.uint8]:
        """[T] `Role` of each tile."""

    @property
    def quality(self) -> NDArray[np.float32]:
        """[T] 0..1."""

    @property
    def provenance(self) -> NDArray[np.int64]:
        """[T, 4] z seed, screen, row, column."""

    def __len__(self) -> int: ...


class Shown(Protocol):
    """Anything that can be drawn: a `Level`, a `Styled`, one's own dressed map.

    Where it has them, `rooms`, `start`, `exit` and `spawns` are read too, as a `Level` has them.
    """

    @property
    def roles(self) -> NDArray[np.uint8]:
        """[H, W] `Role` of each cell."""

    @property
    def tiles(self) -> NDArray[np.int16]:
        """[H, W] bank indices in front, -1 for none."""

    @property
    def backdrop(self) -> NDArray[np.int16]:
        """[H, W] bank indices behind them, -1 for none."""

    @property
    def far(self) -> NDArray[np.int16]:
        """[h, w] bank indices behind both, which scroll at half the speed, -1 for none."""

    @property
    def bank(self) -> ShownBank:
        """The tiles."""


def check_shown(level: object) -> None:
    """Raises ArgumentError, one line, for what cannot be drawn: a `Built`, of which the level is meant, and
    everything else without the fields of a `Shown`."""
    lacking = [name for name in FIELDS if not hasattr(level, name)]
    if not lacking:
        return
    inner = getattr(level, "level", None)
    to_do = "hand in a Level, a Dressed or a Styled"
    if all(hasattr(inner, name) for name in FIELDS):
        to_do = "hand in its field `level`"
    raise ArgumentError(f"level: a {type(level).__name__} has no {', '.join(lacking)}; {to_do}")


def tile_px_of(bank: ShownBank) -> int:
    """The side of its tiles, px."""
    return int(bank.pixels.shape[-1])


def colours_of(bank: ShownBank) -> NDArray[np.uint8]:
    """The RGB of its colours' numbers, uint8[n, 3]; the NES's 64 where it does not say."""
    colours: NDArray[np.uint8] = getattr(bank, "colours", PALETTE_RGB)
    return colours


def rooms_of(level: Shown) -> tuple[tuple[int, int, int, int], ...]:
    """Its rooms: x, y, width and height in tiles; one that is all of it where it has none."""
    height, width = level.roles.shape
    rooms: tuple[tuple[int, int, int, int], ...] = tuple(getattr(level, "rooms", ()))
    return rooms or ((0, 0, width, height),)
