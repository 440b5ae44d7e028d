"""A melt into another art while a level is played: which of its steps is shown at which tick, and where.

A step comes cell by cell, and the last of them just before the next step comes: so something changes in every
tick, and never the whole view.

Nothing that moves is touched. The level itself changes over in the middle of the melt, with its tiles.
"""

from __future__ import annotations

from dataclasses import dataclass

from generator.level import Level
from generator.look.blend import Blend
from generator.look.melt import MIDDLE_STEP, STEPS
from generator.stream import Built, LevelKey

STEP_TICKS = 6
"""How long a step is shown: the whole melt takes 0.8 seconds, and so do the notes that are heard with it."""
LEAD_TICKS = 2
"""How long after the press the first step is shown: meanwhile its strips are made."""

LATER_COLUMN, LATER_ROW = 5, 3
"""How many ticks later, of STEP_TICKS, a cell changes than its neighbours: of three by two cells, one changes
in every tick."""

Dress = tuple[Level, Blend | None]
"""A level, and the blend that it is drawn in; None: in its own tiles."""


def can_melt(old: Level, built: Built) -> bool:
    """Whether a level's melt begins at what is shown. It does not if that is out of a file, or of another
    network."""
    blends = built.melt
    tiles = [len((old if step < MIDDLE_STEP else built.level).bank) for step in range(1, STEPS)]
    return old.network == built.level.network and [len(blend.pixels) for blend in blends] == tiles


@dataclass
class Melting:
    """One melt. Its owner counts its ticks."""

    key: LevelKey
    built: Built
    """What it leads to."""
    old: Level
    tick: int = 0

    @property
    def step(self) -> int:
        """Which step is shown: 0 is the old art, STEPS the new one."""
        return max(0, STEP_TICKS + self.tick - LEAD_TICKS) // STEP_TICKS

    @property
    def half_way(self) -> bool:
        """Whether the new level's tiles are shown by now."""
        return self.step >= MIDDLE_STEP

    @property
    def over(self) -> bool:
        """Whether the new level is shown as it is."""
        return self.tick >= LEAD_TICKS + STEPS * STEP_TICKS - 1

    @property
    def now(self) -> Dress:
        """What is drawn now, wherever it has come."""
        return self._dress(self.step)

    @property
    def before(self) -> Dress | None:
        """What is still drawn in cells that have not come yet; None where there are none."""
        return self._dress(self.step - 1) if self.step > 0 and self._age < STEP_TICKS - 1 else None

    def has_come(self, column: int, row: int) -> bool:
        """Whether a cell of the level is drawn as it is now."""
        return (column * LATER_COLUMN + row * LATER_ROW) % STEP_TICKS <= self._age

    @property
    def _age(self) -> int:
        """How many ticks old the step is."""
        return (self.tick - LEAD_TICKS) % STEP_TICKS

    @property
    def next(self) -> Dress:
        """What is drawn after that."""
        return self._dress(self.step + 1)

    def _dress(self, step: int) -> Dress:
        level = self.built.level if step >= MIDDLE_STEP else self.old
        return level, self.built.melt[step - 1] if 0 < step < STEPS else None
