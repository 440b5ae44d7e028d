"""Where levels lead: to the next stage, to the next castle, to another art; and what a level is called.

All of it follows from a level's key, and from which stage each interlude came after. An interlude is a stage
of the mode "dream" between two stages of a castle. Its seed follows from the castle's, so its share code
leads there without the castle.
"""

from __future__ import annotations

from generator.level.codes import STAGES
from generator.rng import mix
from generator.stream import LevelKey

from ..texts import text

AFTER_STAGES = (2, 4)
"""The stages of a castle's six that are followed by an interlude."""
ROOMS_BETWEEN = 5
"""In the castle without end an interlude follows every five rooms."""
_NEXT_CASTLE, _INTERLUDE = 0xCA571E, 0xD4EA
"""What is mixed into a seed for the seed of the next castle, and of an interlude."""


def next_castle(seed: int) -> int:
    """The castle that R leads to: 31 bits, so that a seed is short enough to write down."""
    return mix(seed, _NEXT_CASTLE) & 0x7FFFFFFF


class Route:
    """The way of one session. It remembers which castle each interlude belongs to."""

    def __init__(self, leads_on: bool = True) -> None:
        """`leads_on`: False for one level that is played again and again: it is no castle's last."""
        self._leads_on = leads_on
        self._homes: dict[LevelKey, LevelKey] = {}

    def home(self, key: LevelKey) -> LevelKey:
        """The stage that an interlude came after; any other stage itself."""
        return self._homes.get(key._replace(art=0), key)

    def is_last(self, key: LevelKey) -> bool:
        """Whether a castle is cleared after this stage."""
        home = self.home(key)
        return self._leads_on and home.mode == "castle" and home.stage >= STAGES

    def is_endless(self, key: LevelKey) -> bool:
        """Whether this is a room of a castle without end, or one of its interludes."""
        return self._leads_on and self.home(key).mode == "endless"

    def title(self, key: LevelKey) -> str:
        """What a card calls this stage."""
        home = self.home(key)
        if key.mode != "dream":
            return text("card.stage", stage=home.stage)
        return text("card.dream_room") if home != key else text("card.dream_rooms", stage=home.stage)

    def other_castle(self, key: LevelKey) -> LevelKey:
        """The same stage of the next castle, or the interlude after that one."""
        home = self.home(key)
        other = home._replace(seed=next_castle(home.seed), art=0)
        return other if home == key else self._after(other)

    def next_stage(self, key: LevelKey) -> LevelKey:
        """The next stage, or an interlude before it; after a castle's last stage, the next castle's first."""
        if self.is_last(key):
            return key._replace(seed=next_castle(key.seed), stage=1, art=0)
        return self._after(key)

    def other_art(self, key: LevelKey) -> LevelKey:
        """The same stage, dreamed anew."""
        return key._replace(art=key.art + 1)

    def _after(self, key: LevelKey) -> LevelKey:
        """What a stage leads to within its castle."""
        home = self.home(key)
        if home != key or not _opens(key):
            return home._replace(stage=home.stage + 1)
        interlude = LevelKey(
            mix(key.seed, key.stage, _INTERLUDE) & 0x7FFFFFFF, difficulty=key.difficulty, mode="dream"
        )
        self._homes[interlude] = key
        return interlude


def _opens(key: LevelKey) -> bool:
    """Whether an interlude follows a stage."""
    if key.mode == "endless":
        return key.stage % ROOMS_BETWEEN == 0
    return key.mode == "castle" and key.stage in AFTER_STAGES
