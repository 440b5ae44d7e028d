"""Where levels lead: to the next stage, to the next castle, to another art; and what a level is called.

All of it follows from a level's key, and from which castle each interlude was opened by.
"""

from __future__ import annotations

from generator.level.codes import STAGES
from generator.rng import mix
from generator.stream import LevelKey

from ..interludes import Interludes

_NEXT_CASTLE = 0xCA571E


def next_castle(seed: int) -> int:
    """The castle that R leads to: 31 bits, so that a seed is short enough to write down."""
    return mix(seed, _NEXT_CASTLE) & 0x7FFFFFFF


class Route:
    """The way of one session."""

    def __init__(self, leads_on: bool = True) -> None:
        """`leads_on`: False for one level that is played again and again: it is no castle's last."""
        self._leads_on = leads_on
        self._interludes = Interludes()

    def home(self, key: LevelKey) -> LevelKey:
        """The stage that an interlude came after; any other stage itself."""
        return self._interludes.home(key)

    def is_last(self, key: LevelKey) -> bool:
        """Whether a castle is cleared after this stage."""
        home = self.home(key)
        return self._leads_on and home.mode == "castle" and home.stage >= STAGES

    def is_endless(self, key: LevelKey) -> bool:
        """Whether this is of a castle without end, its interludes too."""
        return self._leads_on and self.home(key).mode == "endless"

    def title(self, key: LevelKey) -> str:
        """What a card calls this stage."""
        home = self.home(key)
        if key.mode != "dream":
            return f"STAGE {home.stage:02}"
        return "DREAM ROOM" if home != key else f"DREAM ROOMS {home.stage:02}"

    def other_castle(self, key: LevelKey) -> LevelKey:
        """The same stage of the next castle, or the interlude after that one."""
        home = self.home(key)
        other = home._replace(seed=next_castle(home.seed), art=0)
        return other if home == key else self._interludes.after(other)

    def next_stage(self, key: LevelKey) -> LevelKey:
        """After a castle's last stage, the next castle's first."""
        if self.is_last(key):
            return key._replace(seed=next_castle(key.seed), stage=1, art=0)
        return self._interludes.after(key)

    def other_art(self, key: LevelKey) -> LevelKey:
        """The same stage, dreamed anew."""
        return key._replace(art=key.art + 1)
