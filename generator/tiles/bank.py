"""The tile bank of a stage: its tiles, the sub-palettes that they are shown in, and where they come from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..nes.palette import COLOURS, OWN_COLOURS, SUB_PALETTES
from ..nes.roles import BASE_ROLES, TILE

MAX_BANK = 1 << 12
"""Most tiles of a bank: a cap for the files of strangers, far above any bank of ours."""
EACH = -1
"""A side of an array that is as long as the bank has tiles."""


class StoredArray(NamedTuple):
    """How an array of a frozen dataclass is kept, in memory and in a level's file."""

    name: str
    """Its name in files, and in messages about it."""
    dtype: str
    """Its type in files, little-endian."""
    shape: tuple[int, ...] = ()
    """Its sides in a bank."""
    bound: int | None = None
    """All values are less than that, where it is given."""


BANK_ARRAYS = {
    "pixels": StoredArray("bank", "<u1", (EACH, TILE, TILE), COLOURS),
    "palettes": StoredArray("palettes", "<u1", (SUB_PALETTES, OWN_COLOURS + 1), COLOURS),
    "palette": StoredArray("bank_palette", "<u1", (EACH,), SUB_PALETTES),
    "role": StoredArray("bank_role", "<u1", (EACH,), BASE_ROLES),
    "quality": StoredArray("bank_quality", "<f4", (EACH,)),
    "provenance": StoredArray("provenance", "<i8", (EACH, 4)),
}
"""The arrays of a bank by their fields, in the order in which files hold them."""


@dataclass(frozen=True, eq=False)
class Bank:
    """T tiles, immutable: the arrays are copied and set read-only. Compare two banks by `equals`.

    Attributes:
        pixels: uint8[T, 16, 16], palette indices, 0 to 63; `PALETTE_RGB[pixels]` are their colours.
        palettes: uint8[4, 4], palette indices of the four sub-palettes; column 0 is the shared backdrop
            colour.
        palette: uint8[T], the sub-palette of each tile, 0 to 3.
        role: uint8[T], the `Role` of each tile.
        quality: float32[T], finite; 0..1 of dreamed tiles.
        provenance: int64[T, 4], z seed, screen, row and column of the dreamed cell that each tile is.

    Raises ValueError where shapes or values contradict one another.
    """

    pixels: NDArray[np.uint8]
    palettes: NDArray[np.uint8]
    palette: NDArray[np.uint8]
    role: NDArray[np.uint8]
    quality: NDArray[np.float32]
    provenance: NDArray[np.int64]

    def __post_init__(self) -> None:
        own_arrays(self, BANK_ARRAYS)
        for field, stored in BANK_ARRAYS.items():
            shape = tuple(len(self.pixels) if side == EACH else side for side in stored.shape)
            check_shape(stored.name, getattr(self, field), shape)
        if len(self) > MAX_BANK:
            raise ValueError(f"more than {MAX_BANK} tiles in the bank")
        if not bool(np.isfinite(self.quality).all()):
            raise ValueError("bank_quality is not finite")

    def __len__(self) -> int:
        return len(self.pixels)

    def equals(self, other: Bank) -> bool:
        """Whether all arrays are equal."""
        return all(np.array_equal(getattr(self, f.name), getattr(other, f.name)) for f in fields(self))


def own_arrays(value: Any, arrays: Mapping[str, StoredArray]) -> None:
    """Replaces fields of a frozen dataclass by read-only arrays of their own.

    Raises ValueError where one has values out of its bound.
    """
    for field, stored in arrays.items():
        array = np.array(getattr(value, field), dtype=np.dtype(stored.dtype).newbyteorder("="), order="C")
        if stored.bound is not None and array.size and int(array.max()) >= stored.bound:
            raise ValueError(f"{stored.name} has values of {stored.bound} or more")
        array.setflags(write=False)
        object.__setattr__(value, field, array)


def check_shape(name: str, array: NDArray[Any], shape: tuple[int, ...]) -> None:
    """Raises ValueError where an array has another shape."""
    if array.shape != shape:
        raise ValueError(f"{name} must have the shape {shape}, not {array.shape}")
