"""Dream rooms on the way through a castle: which stages they come after, and where they lead.

An interlude is a stage of the mode "dream", of a seed that follows from the castle's; so its share code leads
there without the castle.
"""

from __future__ import annotations

from generator.rng import mix
from generator.stream import LevelKey

AFTER_STAGES = (2, 4)
"""Of each castle's six: the stages that are followed by an interlude."""
EVERY_ROOMS = 6
"""In the castle without end, every so manieth place is one."""
_INTERLUDE = 0xD4EA


class Interludes:
    """Remembers which castle each interlude belongs to."""

    def __init__(self) -> None:
        self._homes: dict[LevelKey, LevelKey] = {}

    def home(self, key: LevelKey) -> LevelKey:
        """The stage that an interlude came after; any other stage itself."""
        return self._homes.get(key._replace(art=0), key)

    def after(self, key: LevelKey) -> LevelKey:
        """What a stage leads to: the next one, or an interlude before it."""
        home = self.home(key)
        if home != key or not _opens(key):
            return home._replace(stage=home.stage + 1)
        interlude = LevelKey(
            mix(key.seed, key.stage, _INTERLUDE) & 0x7FFFFFFF, difficulty=key.difficulty, mode="dream"
        )
        self._homes[interlude] = key
        return interlude


def _opens(key: LevelKey) -> bool:
    """Whether an interlude follows."""
    if key.mode == "endless":
        return key.stage % (EVERY_ROOMS - 1) == 0
    return key.mode == "castle" and key.stage in AFTER_STAGES
