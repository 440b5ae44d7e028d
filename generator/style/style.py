"""The style of a game: which dreams its levels are made of, and in which colours and tiles they are handed
out.

    style = Style(hues=((200, 300),), roles={"window": 4}, palette="gameboy", tile_px=8)
    level = build_level(7, networks=networks, style=style).level     # dreams that are so
    shown = style.apply(level)                                       # its colours and tiles, for adapters
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Self

import numpy as np

from ..dream.z import SPREAD, VARIES, varied
from ..look.wish import Wish
from ..nes.roles import BASE, NEVER_TILES, Role
from ..tiles.shown import Shown
from .palettes import NES, StyleError, palette_rgb
from .styled import TILE_SIZES, Styled, styled

MOST_OF_A_ROLE = 64
"""Different tiles of one role that can be asked for."""
_TILES = {role.name.lower(): role for role in BASE if role not in NEVER_TILES}
"""Roles that tiles have, by their names."""


@dataclass(frozen=True)
class Style:
    """What somebody's levels should look like; without arguments they are as they are dreamed.

    The first five fields choose among dreams, and never change a pixel. The last two are for handing a level
    out: `apply`. Raises StyleError, one line that begins with the field's name.
    """

    roles: Mapping[Role | str, int] = field(default_factory=dict)
    """How many different tiles of a role the bank holds at least, 1 to 64: {"window": 4}. Those that the
    level itself does not need are in the bank for your own use, and shown nowhere."""
    hues: Sequence[tuple[float, float]] = ()
    """Ranges of hue, degrees of OKLCh, in which the mean colour of the ground lies: 29 is red, 110 yellow,
    142 green, 195 cyan, 264 blue, 328 magenta; (330, 60) goes over 360. Empty: any, grey too."""
    darkness: tuple[float, float] = (0.0, 1.0)
    """The range in which the darkness of the picture lies, 0 white to 1 black."""
    z: int | None = None
    """A z seed, such as `level.bank.provenance[0, 0]`: all screens lie around its centre, whatever the
    level's seed is. None: a castle chooses among its own."""
    vary: float = SPREAD
    """The share of each screen's own noise: 0.15, or 0 (all the same), 0.05, 0.1, 0.2, 0.3, 0.5, 1 (nothing
    in common)."""
    palette: str | Sequence[Sequence[int]] = NES
    """"nes", "gameboy", "pico8", or a list of 2 to 256 colours (red, green, blue), 0..255."""
    tile_px: int = 16
    """The side of the tiles: 8, 16 or 32 px."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "roles", _roles(self.roles))
        object.__setattr__(self, "hues", tuple(_hue_range(one) for one in self.hues))
        object.__setattr__(self, "darkness", _darkness(self.darkness))
        if self.vary not in (SPREAD, *VARIES):
            known = ", ".join(f"{share:g}" for share in sorted((SPREAD, *VARIES)))
            raise StyleError(f"vary: there is no {self.vary!r}; write one of {known}")
        if self.z is not None:
            object.__setattr__(self, "z", _z(self.z))
        if self.tile_px not in TILE_SIZES:
            raise StyleError(f"tile_px: there are no tiles of {self.tile_px!r} px; write 8, 16 or 32")
        palette_rgb(self.palette)

    @property
    def wish(self) -> Wish | None:
        """What it asks of the dreams; None where it asks nothing."""
        told = Wish(tuple(self.hues), self.darkness, _roles(self.roles), self.z, self.vary)
        return None if told == Wish() else told

    def to_dict(self) -> dict[str, Any]:
        """What it asks of the dreams as plain data, for the process of a `LevelStream`; `from_dict` is the
        inverse, but for palette and tiles, which are for `apply` alone."""
        return {
            "roles": {role.name.lower(): count for role, count in _roles(self.roles).items()},
            "hues": [[low, high % 360 if high > 360 else high] for low, high in self.hues],
            "darkness": list(self.darkness),
            "z": self.z,
            "vary": self.vary,
        }

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> Self:
        """The style of plain data. Raises StyleError."""
        return cls(**values)

    def apply(self, level: Shown) -> Styled:
        """A level in this style's palette and tiles, for drawing and for adapters.

        level: a `Level`, or anything else with its fields, in tiles of 16 px.
        Raises StyleError where the palette cannot show where to stand.
        """
        return styled(level, palette_rgb(self.palette), self.tile_px)


def _roles(roles: Mapping[Role | str, int]) -> dict[Role, int]:
    found = {}
    for name, count in roles.items():
        role = _TILES.get(name.lower()) if isinstance(name, str) else name
        if role is None or role not in _TILES.values():
            raise StyleError(f"roles: {name!r} is no role that tiles have; known are {', '.join(_TILES)}")
        if isinstance(count, bool) or not isinstance(count, int) or not 1 <= count <= MOST_OF_A_ROLE:
            to_do = f"write a whole number from 1 to {MOST_OF_A_ROLE}"
            raise StyleError(f"roles: {count!r} tiles of {name!r}; {to_do}")
        found[Role(role)] = count
    return found


def _hue_range(said: object) -> tuple[float, float]:
    """A range whose second hue is the greater one, at most a whole circle further on."""
    numbers = _two(said)
    if numbers is None or not all(0 <= hue <= 360 for hue in numbers):
        raise StyleError(f"hues: {said!r} is no range; write two degrees from 0 to 360, such as (200, 300)")
    low, high = numbers
    return low, high if high >= low else high + 360


def _darkness(said: object) -> tuple[float, float]:
    numbers = _two(said)
    if numbers is None or not 0 <= numbers[0] <= numbers[1] <= 1:
        raise StyleError(f"darkness: {said!r} is no range; write two numbers from 0 to 1, such as (0.7, 1)")
    return numbers


def _two(said: object) -> tuple[float, float] | None:
    """Two finite numbers, or None for anything else."""
    if not isinstance(said, Sequence) or isinstance(said, str) or len(said) != 2:
        return None
    if not all(isinstance(one, int | float) and math.isfinite(one) for one in said):
        return None
    return float(said[0]), float(said[1])


def _z(said: object) -> int:
    try:
        if isinstance(said, bool) or not isinstance(said, int | np.integer):
            raise ValueError
        varied(int(said), SPREAD, 1)
    except ValueError:
        what = f"z: {said!r} is no z seed"
        raise StyleError(f"{what}; take one from a level's bank.provenance[:, 0], or 0 to 2^63 - 1") from None
    return int(said)
