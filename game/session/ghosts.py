"""The best run through a stage runs along as a ghost.

A stage that is cleared in one go from its entrance is held against the best such run that is kept, by their
ticks; the faster one is kept. Where the stage is entered again, the kept run is played in a world of its own,
as many ticks from the entrance as the hero is. The game knows nothing of it: it is only looked at.
"""

from __future__ import annotations

import contextlib
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import NamedTuple
from weakref import WeakKeyDictionary

from generator.errors import GanvaniaError
from generator.level import Level

from ..background import Background
from ..texts import text
from ..world import World
from ..world.replay import CHECK_TICKS, Begun, Part, Replay, ReplayError, sum_of
from ..world.world import STAGE_TIME, TIME_TICKS, Outcome
from .playthrough import Playthrough
from .replaying import SUFFIX, keep
from .runs import check_carry
from .session import Session

KEPT = 200
"""How many runs the folder keeps; the oldest are deleted."""
MOST_TICKS = STAGE_TIME * TIME_TICKS
"""No run through a stage takes longer: its clock has run out."""
MOST_BYTES = 64 << 10
"""Size of a file, packed and unpacked: the longest run has 24 kB of buttons and 4 kB of sums."""
CATCH_UP_STEPS = 2
"""Steps a tick of a ghost that is behind: it came late from a slow disk. A step takes 0.03 ms. (measured)"""


class Ghost:
    """A run that was kept, played beside another world of its stage."""

    def __init__(self, level: Level, part: Part) -> None:
        self.world = World(level, carry=part.carry)
        self.ticks = len(part.masks)
        """How long it takes."""
        self._part = part
        self._sums = 0
        """How many sums were held against the part's."""

    @property
    def over(self) -> bool:
        """Whether it has gone through the stage's door."""
        return self.world.outcome != Outcome.PLAYING

    def follow(self, tick: int) -> bool:
        """Goes on towards that many ticks from the entrance. False where it is not the run that was kept: the
        rules have changed since."""
        for _ in range(CATCH_UP_STEPS):
            at = self.world.tick
            if self.over or at >= tick:
                return True
            if at == self.ticks:
                return False  # it should have been over by now
            self.world.step(self._part.masks[at])
            if (at + 1) % CHECK_TICKS == 0 or self.over:
                known = self._part.checks[self._sums : self._sums + 1]
                self._sums += 1
                if known != [sum_of(self.world)]:
                    return False
        return True


class _Found(NamedTuple):
    """What a look into the folder has found."""

    code: str
    part: Part


class Ghosts:
    """The ghost of what is played. Call `tick` once a tick, after the session's; no call waits but `wait`."""

    def __init__(self, folder: Path | None) -> None:
        """`folder`: None where nothing is kept, and nobody runs along."""
        self._folder = folder
        self._background: Background[_Found] = Background()
        self._ghosts: WeakKeyDictionary[World, Ghost] = WeakKeyDictionary()
        """By the world that they run along in; castles that were left can be gone back to."""
        self._world: World | None = None
        self._wanted = ""
        """The code of the stage whose ghost is looked for; "": of none."""
        self._over = False
        """Whether this world is over, and what came of it was seen to."""

    @property
    def shown(self) -> World | None:
        """The world of the ghost, where there is one in step with the world that is played."""
        world = self._world
        ghost = None if world is None else self._ghosts.get(world)
        if world is None or ghost is None or ghost.over or ghost.world.tick != world.tick:
            return None
        return ghost.world

    def tick(self, session: Session) -> None:
        """Takes notice of what is played."""
        if self._folder is None:
            return
        play, world = session.playthrough, session.world
        if world is not self._world:
            self._world, self._over = world, False
            self._look_for(play)
        if world is None:
            return
        self._listen(world)
        if world.outcome == Outcome.DEAD:
            self._forget(world)
        ghost = self._ghosts.get(world)
        if ghost is not None and not ghost.follow(world.tick):
            self._forget(world)
            self._background.do(partial(_delete, self._folder, play.played_code))
        if world.outcome == Outcome.CLEARED and not self._over:
            self._keep(session, ghost)
        self._over = world.outcome != Outcome.PLAYING

    def wait(self) -> None:
        """Waits until all is read and written."""
        self._background.wait()

    def _look_for(self, play: Playthrough) -> None:
        """Has the ghost of a stage read that was entered at its entrance."""
        self._wanted = ""
        if self._folder is not None and _begins(play) is not None:
            self._wanted = play.played_code
            self._background.do(partial(_find, self._folder, self._wanted))

    def _listen(self, world: World) -> None:
        while (found := self._background.news()) is not None:
            if found.code == self._wanted:
                self._wanted = ""
                self._ghosts[world] = Ghost(world.level, found.part)

    def _forget(self, world: World) -> None:
        self._wanted = ""
        self._ghosts.pop(world, None)

    def _keep(self, session: Session, ghost: Ghost | None) -> None:
        """Keeps the run that has just gone through the stage's door, if it was in one go."""
        play, world = session.playthrough, session.world
        part = _begins(play)
        if part is None or world is None or self._folder is None:
            return
        if part.assists or len(part.masks) != world.tick:
            return
        if ghost is not None and world.tick < ghost.ticks:
            tenths = (ghost.ticks - world.tick) * 10 // TIME_TICKS
            session.say(text("ghost.faster", seconds=tenths // 10, tenths=tenths % 10))
        whole = replace(part, begun=Begun.STAGE)
        run = Replay((whole,), play.classic, play.recorder.network)
        self._background.do(partial(_keep_if_faster, self._folder, run))


def _begins(play: Playthrough) -> Part | None:
    """The part that is played, if it began at its stage's entrance and a code leads there."""
    part = play.recorder.parts[-1] if play.world is not None else None
    if part is None or not part.code:
        return None
    at_entrance = part.begun == Begun.STAGE or (part.begun == Begun.BACK and part.of < 0)
    return part if at_entrance else None


# What is done in the background.


def _path(folder: Path, code: str) -> Path:
    return folder / f"{code}{SUFFIX}"


def read_ghost(folder: Path, code: str) -> Part | None:
    """The best run through a stage; None where there is none, or a file that is no such run."""
    path = _path(folder, code)
    try:
        if not path.is_file():
            return None
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
        if len(data) > MOST_BYTES:
            return None
        (part,) = Replay.from_bytes(data, str(path), MOST_BYTES).parts
        check_carry(part.carry)
    except (OSError, ReplayError, ValueError):
        return None
    whole = part.begun == Begun.STAGE and not part.assists and 0 < len(part.masks) <= MOST_TICKS
    return part if whole and part.code == code else None


def _find(folder: Path, code: str) -> _Found | None:
    part = read_ghost(folder, code)
    return None if part is None else _Found(code, part)


def _keep_if_faster(folder: Path, run: Replay) -> None:
    """A disk that refuses is no reason to stop a game."""
    (part,) = run.parts
    best = read_ghost(folder, part.code)
    if best is None or len(part.masks) < len(best.masks):
        with contextlib.suppress(GanvaniaError):
            keep(run, folder, part.code, KEPT)


def _delete(folder: Path, code: str) -> None:
    with contextlib.suppress(OSError):
        _path(folder, code).unlink(missing_ok=True)
