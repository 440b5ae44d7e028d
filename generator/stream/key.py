"""What is asked of a stream, and what it gives. Nothing is loaded for them: a game starts sooner."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, Self

from ..errors import ArgumentError, shown
from ..shapes import STREAMED, check_integers, check_shape

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from ..level import Level
    from ..level.codes import CastleCode
    from ..look.blend import Blend

_PLAIN = (int, int, int, int, str, int, str)
"""The types of a key's fields."""


class _Asked(NamedTuple):
    """The fields of a `LevelKey`, in the order in which they were always written."""

    seed: int
    stage: int = 1
    art: int = 0
    difficulty: int = 1
    mode: str = "castle"
    width: int = 0
    theme: str = ""


class LevelKey(_Asked):
    """What a level is built from: the arguments of `Dreamer.level`, as one value that can be compared.

    Attributes:
        seed: 0 to 2^64 - 1; castles that can be typed as a short code have 0 to 2^31 - 1.
        stage: 1 to 6 of a castle; 1, 2, ... without end in the other shapes.
        art: how often the same castle was dreamed anew, 0, 1, ...
        difficulty: 1, 2, ...; 1 is normal, and the game's hardest is 3.
        mode: what is written `shape="strip"`: "castle", "strip", "room", "dream" (rooms that are dreamed
            screens) or "endless" (room after room). Levels call it `mode`, and so does this field.
        width: screens of a strip or a room; 0: as many as usual.
        theme: one of the six themes; "": the stage's own.
    """

    __slots__ = ()

    def __new__(  # noqa: PLR0917 - as they were always written
        cls,
        seed: int,
        stage: int = 1,
        art: int = 0,
        difficulty: int = 1,
        mode: str = "castle",
        width: int = 0,
        theme: str = "",
        *,
        shape: str | None = None,
    ) -> Self:
        """shape: as of `Dreamer.level`; `mode` is its older name. A key is checked when it is asked for."""
        return super().__new__(
            cls, seed, stage, art, difficulty, mode if shape is None else shape, width, theme
        )

    @property
    def shape(self) -> str:
        """Its `mode`, under the name that it has everywhere else."""
        return self.mode

    @classmethod
    def of(cls, castle: CastleCode | Level) -> LevelKey:
        """What a share code leads to, or what a level was built from. Of a level under constraints it is what
        a stream with the same constraints builds it from."""
        theme: str = getattr(castle, "theme", "")
        width: int = getattr(castle, "screens", 0)
        if castle.mode == "strip" and not width:  # and so a level: what its file does not say, it shows
            from ..level import SCREEN_COLUMNS

            width = getattr(castle, "width_tiles", 0) // SCREEN_COLUMNS
        mode = "castle" if castle.mode == "custom" else castle.mode
        return cls(castle.seed, castle.stage, castle.art, castle.difficulty, mode, width, theme)

    def checked(self) -> LevelKey:
        """The same in Python's own integers, which JSON can write.

        Raises ArgumentError, one line that begins with the field's name, for what no level can be built from.
        """
        width, theme = check_shape(self.mode, self.width or None, self.theme or None, STREAMED)
        seed, stage, difficulty, art = check_integers(
            self.seed, self.stage, self.difficulty, self.art, self.mode
        )
        return LevelKey(seed, stage, art, difficulty, self.mode, width, theme)

    @property
    def is_plain(self) -> bool:
        """Whether all fields are of the types that JSON writes."""
        return tuple(map(type, self)) == _PLAIN


def check_key(key: object) -> LevelKey:
    """A key, checked. Raises ArgumentError for anything else."""
    if not isinstance(key, LevelKey):
        raise ArgumentError(f"keys: {shown(key)} is no LevelKey; write a list, such as [LevelKey(seed=7)]")
    return key.checked()


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
