"""What was played, to be played again: buttons, a mask a tick, and sums of the world to hold it to.

A run is a list of parts. A part is one world from where it begins, at a stage's entrance, again after a death
or where a castle was left, up to where another begins. All else follows from the buttons, so a file is small:
three minutes are about a kilobyte.
"""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, fields
from enum import Enum
from typing import Any
from weakref import WeakKeyDictionary

from generator.errors import GanvaniaError
from generator.level import LEVEL_VERSION, Level

from .assists import NO_ASSISTS, Assists
from .hero import Carry
from .world import Outcome, World

FORMAT = 1
CHECK_TICKS = 60
"""A part keeps a sum of the world every so many ticks, and where it is over."""
MOST_BYTES, MOST_UNPACKED = 8 << 20, 64 << 20
"""Sizes of a file, packed and unpacked, beyond which it is no replay: days of play."""
MAGIC = b"GVR1"


class ReplayError(GanvaniaError):
    """A file that is no replay of this game; one line that names it."""


class Begun(Enum):
    """How a part begins."""

    STAGE = "stage"
    """At the entrance."""
    AGAIN = "again"
    """After a death in the part `of`, at the door of the room."""
    BACK = "back"
    """Where the part `of` was left; -1: at the entrance of a stage that had been cleared or lost. Where the
    player chose other helps, it is the part before."""


@dataclass(eq=False)
class Part:
    """One world, and what was pressed in it."""

    code: str
    """The share code that leads to its level."""
    begun: Begun
    of: int
    carry: Carry
    assists: Assists = NO_ASSISTS
    masks: bytearray = field(default_factory=bytearray)
    checks: list[int] = field(default_factory=list)
    """Sums after every CHECK_TICKS, and one more where the stage was cleared or the hero died."""


@dataclass(frozen=True, eq=False)
class Replay:
    """A run."""

    parts: tuple[Part, ...]
    classic: bool = False
    network: str = ""
    """Hash of the network that dreamed it; its dream rooms are of no other."""

    @property
    def ticks(self) -> int:
        """Ticks of play."""
        return sum(len(part.masks) for part in self.parts)

    def to_bytes(self) -> bytes:
        """As a file's contents."""
        told = {
            "format": FORMAT,
            "level_version": LEVEL_VERSION,
            "classic": self.classic,
            "network": self.network,
            "parts": [
                {
                    "code": part.code,
                    "begun": part.begun.value,
                    "of": part.of,
                    "carry": [getattr(part.carry, name.name) for name in fields(Carry)],
                    "assists": part.assists.names,
                    "masks": base64.b64encode(part.masks).decode(),
                    "checks": part.checks,
                }
                for part in self.parts
            ],
        }
        return MAGIC + zlib.compress(json.dumps(told).encode(), 9)

    @classmethod
    def from_bytes(cls, data: bytes, name: str = "replay", most_unpacked: int = MOST_UNPACKED) -> Replay:
        """The replay in these bytes. Raises ReplayError, one line that names `name`, for anything else, and
        for more bytes unpacked than `most_unpacked`."""
        advice = "name a file that this game wrote"
        if len(data) > MOST_BYTES or not data.startswith(MAGIC):
            raise ReplayError(f"{name}: no replay; {advice}")
        unpacker = zlib.decompressobj()
        try:
            text = unpacker.decompress(data[len(MAGIC) :], most_unpacked)
            told: Any = json.loads(text) if unpacker.eof else None
            version = (told["format"], told["level_version"])
        except (zlib.error, ValueError, TypeError, KeyError, RecursionError):
            raise ReplayError(f"{name}: a broken replay; {advice}") from None
        if version != (FORMAT, LEVEL_VERSION):
            raise ReplayError(
                f"{name}: a replay of format {version[0]} in castles of version {version[1]}, and these are "
                f"{FORMAT} and {LEVEL_VERSION}; play it with the game that wrote it"
            )
        try:
            parts = tuple(_part(number, part) for number, part in enumerate(told["parts"]))
            return cls(parts, bool(told["classic"]), str(told["network"]))
        except (ValueError, TypeError, KeyError, OverflowError):
            raise ReplayError(f"{name}: a broken replay; {advice}") from None


def _part(number: int, told: dict[str, Any]) -> Part:
    """Raises ValueError, TypeError or KeyError where it is none."""
    begun, of = Begun(told["begun"]), int(told["of"])
    if not -1 <= of < number or (begun == Begun.AGAIN and of < 0):
        raise ValueError(f"part {number} cannot begin where part {of} was left")
    defaults = Carry()
    values = [
        type(getattr(defaults, place.name))(value)
        for place, value in zip(fields(Carry), told["carry"], strict=True)
    ]
    assists = Assists.of(told.get("assists", []))
    masks = bytearray(base64.b64decode(told["masks"], validate=True))
    return Part(
        str(told["code"]), begun, of, Carry(*values), assists, masks, [int(sum_) for sum_ in told["checks"]]
    )


class Recorder:
    """Keeps a run while it is played."""

    def __init__(self, *, classic: bool = False) -> None:
        self.classic = classic
        self.network = ""
        self.parts: list[Part] = []
        self._over = False
        """Whether the stage was cleared or the hero died."""
        self._part_of: WeakKeyDictionary[World, int] = WeakKeyDictionary()
        """The last part of each world that may still be gone on with."""

    def begin(self, world: World, code: str, begun: Begun, before: World | None = None) -> None:
        """A world is played from now on. `before`: the world that AGAIN and BACK go on from."""
        of = -1 if before is None else self._part_of.get(before, -1)
        if begun == Begun.AGAIN and of < 0:
            begun = Begun.STAGE
        self.parts.append(Part(code, begun, of, world.hero.carry(), world.assists))
        self._part_of[world], self._over = len(self.parts) - 1, False
        self.network = world.level.network or self.network

    def tick(self, world: World, mask: int) -> None:
        """A world has made a step."""
        if self._over or self._part_of.get(world) != len(self.parts) - 1:
            return  # nothing can happen in it any more, or nobody has said that it is played
        part = self.parts[-1]
        part.masks.append(mask)
        self._over = world.outcome != Outcome.PLAYING
        if len(part.masks) % CHECK_TICKS == 0 or self._over:
            part.checks.append(sum_of(world))

    @property
    def replay(self) -> Replay | None:
        """The run so far; None where nothing was played, or some of it in a level that no code leads to."""
        parts = list(self.parts)
        while parts and not parts[-1].masks:
            parts.pop()  # it has only just begun
        if not parts or not all(part.code for part in parts):
            return None
        return Replay(tuple(parts), self.classic, self.network)


def sum_of(world: World) -> int:
    """A sum of all that moves in a world."""
    hero, state = world.hero, world.hero.state
    numbers: list[int] = [state.room, state.room_tick, *map(int, state.body), state.flags]
    numbers += [hero.health, hero.score, hero.hearts, hero.lives, hero.whip_level, len(world.items)]
    for enemy in world.enemies:
        numbers += [enemy.x_sub, enemy.y_sub, enemy.hits, enemy.phase, *enemy.kind.encode()]
    for shot in world.shots:
        numbers += [shot.x_sub, shot.y_sub]
    return zlib.crc32(",".join(map(str, numbers)).encode())


class Playback:
    """The worlds of a replay, one after the other."""

    def __init__(self, replay: Replay, level_of: Callable[[str], Level]) -> None:
        """`level_of`: the level that a share code leads to; its art does not matter."""
        self._replay = replay
        self._level_of = level_of
        self._worlds: list[World] = []

    def next_world(self) -> World | None:
        """The world of the next part, as that begins; None after the last."""
        if len(self._worlds) == len(self._replay.parts):
            return None
        part = self._replay.parts[len(self._worlds)]
        if part.begun == Begun.AGAIN:
            world = self._worlds[part.of].again(part.carry)
        elif part.begun == Begun.BACK and part.of >= 0:
            world = self._worlds[part.of]
            world.hero.take_along(part.carry)
        else:
            world = World(self._level_of(part.code), carry=part.carry)
        world.help(part.assists)
        self._worlds.append(world)
        return world


def verify(replay: Replay, level_of: Callable[[str], Level]) -> str:
    """Plays it all; "" where every sum is as it was, else what was the first to differ."""
    playback = Playback(replay, level_of)
    for number, part in enumerate(replay.parts, 1):
        world = playback.next_world()
        assert world is not None
        sums = _sums(world, part.masks)
        if sums != part.checks:
            at = next(
                (n for n, (one, other) in enumerate(zip(sums, part.checks, strict=False)) if one != other),
                min(len(sums), len(part.checks)),
            )
            return f"part {number} of {len(replay.parts)} differs by second {at + 1}"
    return ""


def _sums(world: World, masks: Sequence[int]) -> list[int]:
    sums = []
    for at, mask in enumerate(masks, 1):
        world.step(mask)
        if at % CHECK_TICKS == 0 or world.outcome != Outcome.PLAYING:
            sums.append(sum_of(world))
    return sums
