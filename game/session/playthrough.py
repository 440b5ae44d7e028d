"""A player's way through levels: which one is played, what it is called, how another replaces it, and what
it has all come to so far.

Nothing here waits and nothing here counts time: when a level comes, and what goes on in it, is the session's.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from generator.level.codes import daily_seed
from generator.stream import Built, LevelKey

from ..world import World
from ..world.assists import NO_ASSISTS, Assists
from ..world.hero import Carry
from ..world.replay import Begun, Recorder
from .history import History
from .journey import Journey, Past, Record
from .melting import Melting, can_melt
from .passing import Passing
from .route import Route
from .share import share_code
from .tally import Counted
from .way import Way

if TYPE_CHECKING:
    from generator.layout.handmade import Judgement


class Playthrough:
    """One level is played at a time. Before the first has come there is its key alone."""

    def __init__(
        self, key: LevelKey, leads_on: bool, judgement: Judgement | None = None, *, classic: bool = False
    ) -> None:
        """`leads_on`: whether other levels may come. `judgement`: what is known of a level that no share
        code leads to. `classic`: who dies begins the stage anew, and not at the door of the room."""
        self.classic = classic
        self.key = key
        self.judgement = judgement
        self.world: World | None = None
        self.built: Built | None = None
        self.melting: Melting | None = None
        """The melt that goes on now; `key` and `built` change over in its middle."""
        self.passing: Passing | None = None
        """The way through a door that is shown now."""
        self.recorder = Recorder(classic=classic)
        """Keeps what is played."""
        self.way = Way()
        """Where the hero has been in this stage, in former lives too."""
        self.route = Route(leads_on)
        self.carry = Carry()
        """What the hero takes into the next level."""
        self.assists = NO_ASSISTS
        """The helps that the player has chosen."""
        self.levels = 0
        """Levels entered."""
        self.deaths = 0
        self.cleared = False
        """Whether the first level's exit was reached."""
        self.counted = Counted()
        """What was counted since a stage was cleared."""
        self.first: LevelKey | None = None
        """The level that was entered first."""
        self.first_code = ""
        """Its share code."""
        self.journey = Journey()
        """The run that is played."""
        self.daily: datetime.date | None = None
        """The day whose castle this is, from its first stage on and with one run's lives; None: no day's."""
        self._records: defaultdict[LevelKey, Record] = defaultdict(Record)
        """By the castle's first stage."""
        self._history = History()
        self._left: WeakKeyDictionary[World, Way] = WeakKeyDictionary()
        """The ways through castles that can be gone back to."""

    @property
    def stage(self) -> int:
        """1, 2, ...; in an interlude, the stage before it."""
        return self.route.home(self.key).stage

    @property
    def title(self) -> str:
        """What a card calls this stage."""
        return self.route.title(self.key)

    @property
    def code(self) -> str:
        """The share code of what is played; "" where none leads to it."""
        return self._code_of(self.key)

    @property
    def played_code(self) -> str:
        """The same for a replay: in the first art, where another art is played alike."""
        return self._code_of(self.key if self.in_dream else self.key._replace(art=0))

    @property
    def home_code(self) -> str:
        """In an interlude, the share code of the stage that it came after; else ""."""
        home = self.route.home(self.key)
        return "" if home == self.key else self._code_of(home)

    @property
    def castle_code(self) -> str:
        """The share code of the castle's first stage, or ""; in the first art, but where rooms are dreams."""
        first = self.route.home(self.key)._replace(stage=1)
        return self._code_of(first if first.mode == "dream" else first._replace(art=0))

    @property
    def known(self) -> frozenset[int]:
        """The rooms of this stage that the hero has been in, in former lives too."""
        return self.way.rooms | (self.world.visited if self.world else frozenset())

    @property
    def unproven(self) -> bool:
        """Whether nobody knows if this level can be played to its end."""
        return self.judgement is not None and not self.judgement.proven

    @property
    def settled(self) -> LevelKey:
        """What is played, or melted into."""
        return self.melting.key if self.melting else self.key

    @property
    def in_dream(self) -> bool:
        """Whether the dream is the room: another art is another room then."""
        return self.key.mode == "dream"

    @property
    def is_endless(self) -> bool:
        """Whether rooms follow one another here without a count of points."""
        return self.route.is_endless(self.key)

    @property
    def record(self) -> Record:
        """What the castle that is played has taken."""
        return self._records[self._castle]

    @property
    def past(self) -> Past:
        """What is kept of the run where it is left."""
        return Past(self.journey.ticks, self.journey.helped, self.daily, self.record.copy())

    @property
    def mode(self) -> str:
        """What the run is played in: a mode, or the castle of a day."""
        return "daily" if self.daily is not None else self.route.home(self.key).mode

    def resume(self, past: Past) -> None:
        """Goes on with a run that was left."""
        self.journey = Journey(past.ticks, past.helped)
        self.daily, self._records[self._castle] = past.daily, past.record.copy()

    def begin_run(self) -> None:
        """Begins another run in the same castle, after the last life. A day's castle has one life's run."""
        self.journey, self.daily = Journey(), None

    def spend(self, hits: int) -> None:
        """Counts a tick of playing, and the blows that the hero took in it."""
        self.journey.ticks += 1
        self.record.ticks += 1
        self.record.hits += hits
        if self.world is not None and self.world.assists:
            self.count_help()

    def count_help(self) -> None:
        """Takes notice of a help: the run, and the castle's record, are marked for good."""
        self.journey.helped = self.record.helped = True

    def die(self) -> None:
        """Counts a death."""
        self.deaths += 1
        self.record.deaths += 1
        if self._castle.mode == "castle":
            self.record.died_in.add(self.stage)

    def clear(self) -> None:
        """Counts a stage that was cleared."""
        self.cleared = self.cleared or self.key == self.first
        self.counted = Counted()
        if self._castle.mode == "castle" and self.key == self.route.home(self.key):
            self.record.cleared.add(self.stage)

    def enter(self, key: LevelKey, built: Built) -> None:
        """Goes into a level by its entrance. At its first stage a castle begins anew."""
        self.melting = None
        self.key, self.built, self.way = key, built, Way()
        if self.levels and key.stage == 1 and self.route.home(key) == key:
            self._records.pop(self._castle, None)
        if self.daily and daily_seed(self.daily) != self._castle.seed:
            self.daily = None
        self.restart()
        self.levels += 1
        if self.first is None:
            self.first, self.first_code = key, self.code

    def restart(self) -> None:
        """Begins the same level at its entrance."""
        assert self.built is not None
        self.passing = None
        self.world = World(self.built.level, carry=self.carry, assists=self.assists)
        self.recorder.begin(self.world, self.played_code, Begun.STAGE)

    def help(self, assists: Assists) -> None:
        """Gives the player these helps at once."""
        self.assists = assists
        if self.world is not None and assists != self.world.assists:
            self.world.help(assists)
            self.recorder.begin(self.world, self.played_code, Begun.BACK, self.world)

    def revive(self, carry: Carry) -> None:
        """Begins again after a death, at the door through which the hero came into his room; on classic at
        the stage's entrance."""
        self.carry = carry
        if self.world is None or self.classic:
            self.restart()
        else:
            died, self.world = self.world, self.world.again(carry)
            self.recorder.begin(self.world, self.played_code, Begun.AGAIN, died)

    def remember(self) -> None:
        """Keeps this castle to be gone back to, in the art that it was coming to have."""
        if self.melting is not None:
            self._redress(self.melting)
        if self.world is not None and self.built is not None:
            self._history.remember(self.key, self.built, self.world)
            self._left[self.world] = self.way

    def back(self, carry: Carry) -> bool:
        """Goes into the castle before, as it was left, with what was won since; False where there is none."""
        before = self._history.back()
        if before is None:
            return False
        self.melting = self.passing = None
        self.key, self.built, self.world = before
        self.way = self._left.pop(self.world, Way())
        self.carry = carry
        self.world.hero.take_along(carry)
        self.world.help(self.assists)
        self.recorder.begin(self.world, self.played_code, Begun.BACK, self.world)
        self.levels += 1
        return True

    def melt(self, key: LevelKey, built: Built, at_once: bool) -> None:
        """Changes the art, the hero where he is. `at_once`: without a melt, as where there is none."""
        assert self.world is not None
        melting = Melting(key, built, self.world.level)
        if at_once or not can_melt(self.world.level, built):
            self._redress(melting)
        else:
            self.melting = melting

    def tick(self) -> None:
        """One tick of a melt. It goes on in a pause: that stops the hero's time, not the dream."""
        if self.melting is None:
            return
        self.melting.tick += 1
        if self.melting.half_way:
            self._redress(self.melting)
        if self.melting.over:
            self.melting = None

    @property
    def _castle(self) -> LevelKey:
        """The first stage of the castle that is played."""
        return self.route.home(self.key)._replace(stage=1, art=0)

    def _redress(self, melting: Melting) -> None:
        """Puts the new art in the old one's place, if it is not there yet."""
        if self.world is not None and self.built is not melting.built:
            self.world.redress(melting.built.level)
            self.key, self.built = melting.key, melting.built

    def _code_of(self, key: LevelKey) -> str:
        if self.judgement is not None:
            return ""
        return share_code(key, self.built.level if self.built else None)
