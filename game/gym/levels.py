"""Which level an episode is played in: levels of integers, bare or dreamed, and levels that were handed in.

A level and what is read off it are kept for the process: many environments of one process share them.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any, NamedTuple, cast

from generator.dreamer import Dreamer
from generator.layout.plan import wing_of
from generator.layout.single import build_room
from generator.layout.stages import build_stage
from generator.layout.strips import build_strip, usual_width
from generator.level import Level
from generator.level.codes import MODES, CastleCode, encode
from generator.shapes import Shape
from generator.stream.bare import bare_level

from .errors import EnvironmentFault
from .seen import Grids
from .way import Way

SHAPES = "castle", "strip", "room"
"""What an episode is played in: a stage of a castle, a strip that scrolls to the right, one room."""
KEPT = 256
"""Levels that are kept, those played last; a dreamed one takes about 300 KB."""


class Wish(NamedTuple):
    """What a level is built from."""

    seed: int
    shape: str
    stage: int
    difficulty: int
    width: int | None
    theme: str | None


class Stage(NamedTuple):
    """A level, and what is read off it."""

    level: Level
    way: Way
    grids: Grids


@lru_cache(maxsize=4)
def dreamer(model: str | None) -> Dreamer:
    """The networks of one file, loaded once a process."""
    return Dreamer(model)


@lru_cache(maxsize=KEPT)
def bare(wish: Wish) -> Level:
    """The level without its art: no network is asked. It has the structure that the dreamed one has."""
    seed, shape, stage, difficulty, width, theme = wish
    wing = theme or wing_of(stage)
    if shape == "strip":
        built = build_strip(seed, width or usual_width(None), wing, stage, difficulty)
    elif shape == "room":
        built = build_room(seed, width, wing, stage, difficulty)
    else:
        built = build_stage(seed, stage, difficulty)
    return bare_level(built, seed, stage, difficulty, shape)


@lru_cache(maxsize=KEPT)
def dreamed(wish: Wish, model: str | None) -> Level:
    """The level in its art."""
    seed, shape, stage, difficulty, width, theme = wish
    kind = cast(Shape, shape)
    return dreamer(model).level(seed, stage, shape=kind, width=width, theme=theme, difficulty=difficulty)


@lru_cache(maxsize=KEPT)
def prepared(level: Level) -> Stage:
    """A level with its way and its grids."""
    return Stage(level, Way(level), Grids(level))


def read_levels(levels: Iterable[Any], *, drawn: bool) -> tuple[Level, ...]:
    """Levels that were handed in, as objects or as the bytes of their files. drawn: whether they are drawn.

    Raises EnvironmentFault or LevelError, one line that names which.
    """
    found = []
    for number, given in enumerate(levels):
        name = f"levels[{number}]"
        level = Level.from_bytes(bytes(given), name) if isinstance(given, bytes | bytearray) else given
        if not isinstance(level, Level):
            raise EnvironmentFault(
                f"{name}: {str(given)[:40]!r} is no Level; hand in a Level or its to_bytes()"
            )
        if drawn and not len(level.bank):
            raise EnvironmentFault(f"{name} has no art to draw; build it with Dreamer().level(...)")
        found.append(level)
    if not found:
        raise EnvironmentFault("levels: there are none; hand in one or more, or leave it out")
    return tuple(found)


def code_of(level: Level) -> str:
    """The level's share code; "" where it has none."""
    if level.mode not in MODES or level.mode == "dream":
        return ""
    return encode(CastleCode(level.seed, level.mode, level.difficulty, level.stage, level.art))
