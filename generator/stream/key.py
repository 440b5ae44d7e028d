"""What is asked of a stream, and what it gives. Nothing is loaded for them: a game starts sooner."""

from __future__ import annotations

import operator
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from ..level import Level
    from ..level.codes import CastleCode
    from ..look.blend import Blend

_PLAIN = (int, int, int, int, str, int, str)
"""The types of a key's fields."""


class LevelKey(NamedTuple):
    """What a level is built from.

    Attributes:
        seed: 0 to 2^64 - 1; castles that can be typed as a short code have 0 to 2^31 - 1.
        stage: 1 to 6 of a castle; 1, 2, ... without end in the other modes.
        art: how often the same castle was dreamed anew, 0, 1, ...
        difficulty: 1, 2, ...; 1 is normal, and the game's hardest is 3.
        mode: "castle", "endless" (room after room), "dream" (rooms that are dreamed screens), "strip" or
            "room".
        width: screens of a strip or a room; 0: as many as usual.
        theme: one of the six themes; "": the stage's own.
    """

    seed: int
    stage: int = 1
    art: int = 0
    difficulty: int = 1
    mode: str = "castle"
    width: int = 0
    theme: str = ""

    @classmethod
    def of(cls, castle: CastleCode | Level) -> LevelKey:
        """What a share code leads to, or what a level was built from, but for a theme that was asked for."""
        width = 0
        if castle.mode in ("strip", "room"):  # and so a level: they have no codes
            from ..level import SCREEN_COLUMNS, Level

            width = castle.width_tiles // SCREEN_COLUMNS if isinstance(castle, Level) else 0
        return cls(castle.seed, castle.stage, castle.art, castle.difficulty, castle.mode, width)

    def plain(self) -> LevelKey:
        """The same in Python's own integers, which JSON can write. Raises TypeError for anything else."""
        if tuple(map(type, self)) == _PLAIN:  # a game asks for the same keys, frame by frame
            return self
        seed, stage, art, difficulty, width = (operator.index(n) for n in (*self[:4], self.width))
        return LevelKey(seed, stage, art, difficulty, str(self.mode), width, str(self.theme))


@dataclass(frozen=True, eq=False)
class Built:
    """A level and the dreams that it is made of.

    Attributes:
        level: the level, proven.
        dreams: uint8[n, 224, 224, 3], RGB; `level.bank.provenance` says which tile is of which.
        melt: the blends on the way to it from the art that was shown when it was asked for; see
            look/melt.py.
    """

    level: Level
    dreams: NDArray[np.uint8]
    melt: tuple[Blend, ...] = ()
