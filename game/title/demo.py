"""What is shown while nobody presses anything: runs that were recorded, each in a castle dreamed for it.

A run's buttons fit its castle in whatever art, so it is shown in one that nobody has seen. Where there is no
run for this version of castles, or its castle is not there in time, the bot plays the castle behind the
title.
"""

from __future__ import annotations

import random
from pathlib import Path
from typing import NamedTuple

from generator.level import Level
from generator.level.codes import decode
from generator.stream import Built, LevelKey

from ..background import Background
from ..session.passing import Passing
from ..session.phases import BLOWS, HIT_STOP_TICKS
from ..session.replaying import SUFFIX, read_replay
from ..world import World
from ..world.bot import Bot
from ..world.replay import CHECK_TICKS, Part, ReplayError, sum_of
from ..world.world import Outcome

FOLDER = Path(__file__).resolve().parents[2] / "assets" / "attract"
"""The runs that ship; `python -m benchmarks.attract` records them."""
BOT_TICKS = 3600
"""How long the bot plays."""
MOST_ARTS = 1 << 16
"""Among so many arts a castle's is chosen."""


class Demo:
    """A castle that plays by itself. Call `tick` once a tick."""

    def __init__(self, level: Level, part: Part | None = None) -> None:
        """`part`: what is pressed in it; None: the bot plays."""
        self.world = World(level) if part is None else World(level, carry=part.carry, assists=part.assists)
        self.passing: Passing | None = None
        """The way through a door that is shown now."""
        self.passing_tick = 0
        """Ticks since that began."""
        self.differs = False
        """Whether the castle is another than the run's."""
        self._part = part
        self._bot = Bot()
        self._held_ticks = 0

    @property
    def over(self) -> bool:
        """Whether all was shown."""
        ticks = BOT_TICKS if self._part is None else len(self._part.masks)
        return self.differs or self.world.tick >= ticks or self.world.outcome != Outcome.PLAYING

    def tick(self) -> None:
        """One tick."""
        self.passing_tick += 1
        if self.passing is not None and self.passing_tick < self.passing.ticks:
            return
        self.passing = None
        if self._held_ticks:
            self._held_ticks -= 1  # as in a session: a blow is seen to land
            return
        if self.over:
            return
        world, part = self.world, self._part
        before = Passing.out_of(world)
        cues = world.step(self._bot.buttons(world) if part is None else part.masks[world.tick])
        if any(cue.kind in BLOWS for cue in cues):
            self._held_ticks = HIT_STOP_TICKS
        if world.hero.state.room != before.room:
            self.passing, self.passing_tick = before.through(world), 0
        if part is not None and world.tick % CHECK_TICKS == 0:
            number = world.tick // CHECK_TICKS
            self.differs = part.checks[number - 1 : number] != [sum_of(world)]


class _Reel(NamedTuple):
    """Runs out of files."""

    parts: tuple[Part, ...]


class Attract:
    """Which run is shown next, and in which castle."""

    def __init__(self, folder: Path = FOLDER, chance: random.Random | None = None) -> None:
        """`chance`: what chooses arts; None: an own one."""
        self.key: LevelKey | None = None
        """The castle that the next run needs; None where there is none, or none is known yet."""
        self._built: Built | None = None
        self._parts: tuple[Part, ...] = ()
        self._shown = 0
        """How many runs were shown."""
        self._chance = chance or random.SystemRandom()
        self._background: Background[_Reel] = Background()
        self._background.do(lambda: _Reel(tuple(read_parts(folder))))

    def poll(self) -> None:
        """Takes notice of what was read."""
        reel = self._background.news()
        if reel is not None:
            self._parts = reel.parts
            self._choose()

    @property
    def waits(self) -> bool:
        """Whether the castle for the next run is still to come."""
        return self.key is not None and self._built is None

    def give(self, built: Built) -> None:
        """Takes the castle for the next run."""
        self._built = built

    def demo(self, behind: Level) -> Demo:
        """What is shown now. `behind`: the castle that the bot plays where nothing better is there."""
        if self.key is None or self._built is None:
            return Demo(behind)
        return Demo(self._built.level, self._part)

    def next(self, shown: Demo) -> None:
        """Goes on to the next run. One that does not fit its castle is never shown again; a castle that did
        not come while the bot played is given up."""
        if self._built is None and shown.over:
            self._choose()
        if self._built is None or shown.world.level is not self._built.level:
            return
        if shown.differs:
            self._parts = tuple(part for part in self._parts if part is not self._part)
        else:
            self._shown += 1
        self._choose()

    def wait(self) -> None:
        """Waits until all is read."""
        self._background.wait()

    @property
    def _part(self) -> Part:
        return self._parts[self._shown % len(self._parts)]

    def _choose(self) -> None:
        self._built = None
        self.key = None
        if self._parts:
            key = LevelKey.of(decode(self._part.code))
            self.key = key._replace(art=1 + self._chance.randrange(MOST_ARTS))


def read_parts(folder: Path) -> list[Part]:
    """The runs of a folder, by their files' names; what does not fit this version of castles is left out."""
    parts = []
    for path in sorted(folder.glob(f"*{SUFFIX}")):
        try:
            parts.append(read_replay(path).parts[0])
        except ReplayError:
            continue
    return parts
