"""Where a player is among the castles: a level, what it is called, and how another one takes its place.

Nothing here waits and nothing here counts: when a level comes, and what goes on in it, is the session's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.stream import LevelKey
from generator.stream.build import Built

from ..world.hero import Carry
from ..world.world import World
from .history import History
from .melting import Melting, can_melt
from .route import Route
from .share import share_code

if TYPE_CHECKING:
    from generator.layout.handmade import Judgement


class Place:
    """One level is played at a time. Before the first has come there is its key alone."""

    def __init__(self, key: LevelKey, leads_on: bool, judgement: Judgement | None = None) -> None:
        """`leads_on`: whether other levels may come. `judgement`: of a level that no share code says."""
        self.key = key
        self.judgement = judgement
        self.world: World | None = None
        self.built: Built | None = None
        self.melting: Melting | None = None
        """The melt that goes on now; `key` and `built` change over in its middle."""
        self.route = Route(leads_on)
        self._history = History()

    @property
    def seed(self) -> int:
        """The castle's."""
        return self.key.seed

    @property
    def stage(self) -> int:
        """1, 2, ...; in an interlude, the one before it."""
        return self.route.home(self.key).stage

    @property
    def title(self) -> str:
        """What a card calls this stage."""
        return self.route.title(self.key)

    @property
    def code(self) -> str:
        """The share code of what is played; "" for what none leads to."""
        return self._code_of(self.key)

    @property
    def castle_code(self) -> str:
        """The share code of the castle's first stage, or ""."""
        return self._code_of(self.route.home(self.key)._replace(stage=1))

    def _code_of(self, key: LevelKey) -> str:
        if self.judgement is not None:
            return ""
        return share_code(key, self.built.level if self.built else None)

    @property
    def unproven(self) -> bool:
        """Whether nobody knows if this level can be played to its end."""
        return self.judgement is not None and not self.judgement.proven

    @property
    def time_left(self) -> int:
        """Units of time."""
        return self.world.time_left if self.world else 0

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
    def is_last(self) -> bool:
        """Whether the castle is cleared after this level."""
        return self.route.is_last(self.key)

    def enter(self, key: LevelKey, built: Built, carry: Carry) -> None:
        """Into a level, by its entrance."""
        self.melting = None
        self.key, self.built, self.world = key, built, World(built.level, carry=carry)

    def restart(self, carry: Carry) -> None:
        """The same level from its entrance."""
        assert self.built is not None
        self.world = World(self.built.level, carry=carry)

    def remember(self) -> None:
        """Keeps this castle to be gone back to, in the art that it was coming to have."""
        if self.melting is not None:
            self._redress(self.melting)
        if self.world is not None and self.built is not None:
            self._history.remember(self.key, self.built, self.world)

    def back(self) -> World | None:
        """Into the castle before, as it was left; None, and nothing happens, where there is none."""
        before = self._history.back()
        if before is None:
            return None
        self.melting = None
        self.key, self.built, self.world = before
        return self.world

    def melt(self, key: LevelKey, built: Built, at_once: bool) -> None:
        """Into another art, the hero where he is. `at_once`: without a melt, as where there is none."""
        assert self.world is not None
        melting = Melting(key, built, self.world.level)
        if at_once or not can_melt(self.world.level, built):
            self._redress(melting)
        else:
            self.melting = melting

    def melt_on(self) -> None:
        """One tick of a melt. It goes on in a pause: that stops the hero's time, not the dream."""
        if self.melting is None:
            return
        self.melting.tick += 1
        if self.melting.half_way:
            self._redress(self.melting)
        if self.melting.over:
            self.melting = None

    def _redress(self, melting: Melting) -> None:
        """The new art is there, if it was not before."""
        if self.world is not None and self.built is not melting.built:
            self.world.redress(melting.built.level)
            self.key, self.built = melting.key, melting.built
