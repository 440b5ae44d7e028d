"""Sessions without a worker: a stream that has every level at once."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from game.session import Phase, Session
from game.session.phases import SHOW_TICKS
from generator.motion import Button
from generator.progress import NOTHING
from generator.stream import Built, LevelKey
from tests.drawn.levels import built

JUMP = int(Button.JUMP)


def named(key: LevelKey) -> Built:
    """One and the same proven stage under any name, so that only one has to be proven."""
    given = built(3)
    said = {name: value for name, value in key._asdict().items() if hasattr(given.level, name)}
    return dataclasses.replace(given, level=dataclasses.replace(given.level, **said))


class FakeStream:
    """Has a level as soon as it is wanted, unless it is told to be slow."""

    def __init__(self) -> None:
        self.restarts = 0
        self.networks = 1
        self.error: str | None = None
        self.doing = NOTHING
        self.failed: dict[LevelKey, str] = {}
        self.wanted: tuple[LevelKey, ...] = ()
        self.waited = False
        self.slow = False

    def want(self, keys: Sequence[LevelKey], shown: LevelKey | None = None, *, waited: bool = True) -> None:
        self.wanted, self.waited = tuple(keys), waited

    def poll(self) -> None:
        pass

    def ready(self, key: LevelKey) -> bool:
        return not self.slow and key in self.wanted

    def take(self, key: LevelKey) -> Built | None:
        if self.slow or key not in self.wanted or key in self.failed:
            return None
        return named(key)


def follow_certificate(session: Session) -> None:
    """Plays the certificate with nobody in the way, up to the tick in which the hero goes out."""
    assert session.world is not None
    for mask in session.world.level.certificate:
        while session.phase == Phase.PASSING:
            session.tick(0)
        session.world.enemies.clear()
        session.world.asleep.clear()
        session.tick(mask)


def playing(stream: FakeStream | None = None) -> tuple[Session, FakeStream]:
    """A session in its first level."""
    stream = stream or FakeStream()
    session = Session(stream, LevelKey(3))
    for _ in range(SHOW_TICKS + 2):
        session.tick(0)
    assert session.phase == Phase.PLAYING
    return session, stream
