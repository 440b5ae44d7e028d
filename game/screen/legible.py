"""Colours in which somebody is seen before a stage's walls: his own, or others where his rim would be lost:
lighter, darker, or of another hue.

On the NES a stage chose its four sub-palettes of sprites. Here each sprite has its own, another that its
file names or that is a row lighter, and, if it is a foe, a few of other hues; which of them is drawn is
decided once for each stage.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from generator.level import Level
from generator.nes.palette import BLACK, PALETTE_L, PALETTE_OKLAB
from generator.nes.roles import SOLID

from .rims import rim_digits, rim_seen
from .sprites import Frame, recoloured

RIM_SEEN = 0.99
"""The share of its rim from which a sprite is seen well enough before the walls of a stage. (the bar)"""
APART_L, APART = 16.0, 0.22
"""So far from all walls in lightness, L*, and in OKLab, a foe's colours are good enough as a whole. (ours)"""
RIM_WEIGHT = 4.0
"""What a rim that is seen weighs beside each of those. (ours)"""
ROW, LIGHTEST_ROW, HUES = 0x10, 0x30, 12
"""From a colour of the NES to the next lighter one of its hue; hues are 1 to 12."""
TURNS = (0, 3, 6, 9)
"""How far a foe's hue may be turned."""

Mean = tuple[float, float, float, float]
"""L*, and OKLab."""


class Walls(NamedTuple):
    """What is behind everybody in a stage."""

    means: tuple[Mean, ...]
    """The mean colours of the far layer and of the wall of each room that has one."""
    shares: tuple[float, ...]
    """By colour of the NES, how much of what is behind has it: 64 numbers, 1 together."""


@lru_cache(maxsize=8)
def walls_of(level: Level) -> Walls:
    """The walls of a stage: whatever is drawn where nothing is solid."""
    counts = np.stack([np.bincount(tile.ravel(), minlength=64) for tile in level.bank.pixels]).astype(float)
    far = counts[level.far[level.far >= 0]].sum(axis=0)
    means = {mean(far)} if far.any() else set()
    shares, seen_far = np.zeros(64), 0
    for x, y, w, h in level.rooms:
        room = np.s_[y : y + h, x : x + w]
        wall = level.backdrop[room]
        if (wall >= 0).any():
            means.add(mean(counts[wall[wall >= 0]].sum(axis=0)))
        front = np.where(level.tiles[room] >= 0, level.tiles[room], wall)
        front = front[~np.isin(level.roles[room], list(SOLID))]
        shares += counts[front[front >= 0]].sum(axis=0)
        seen_far += int((front < 0).sum())
    if far.any():
        shares += far * (seen_far / max(1, int((level.far >= 0).sum())))
    whole = shares.sum()
    return Walls(tuple(sorted(means)), tuple((shares / whole if whole else shares).tolist()))


def mean(counts: NDArray[np.float64] | NDArray[np.int64]) -> Mean:
    """The mean colour of so many pixels of each colour of the NES."""
    share = counts[: len(PALETTE_L)] / counts.sum()
    lab = share @ PALETTE_OKLAB
    return float(share @ PALETTE_L), float(lab[0]), float(lab[1]), float(lab[2])


def legible(frames: Sequence[Frame], walls: Walls, *, foe: bool = True) -> tuple[int, ...]:
    """The colours that a sprite is drawn in before such walls, as `recoloured` takes them; () for its own.

    `foe`: whether its hue may be another. Everybody else is known by it.
    """
    if rim_share(frames, (), walls) >= RIM_SEEN:
        lightness, colour = apart(frames[0], (), walls)
        if not foe or (lightness >= APART_L and colour >= APART):
            return ()
    return max(((), *_others(frames[0], foe)), key=lambda colours: _worth(frames, colours, walls, foe))


def rim_share(frames: Sequence[Frame], colours: tuple[int, ...], walls: Walls) -> float:
    """The share of a sprite's rim that is seen in these colours, over all frames, 0..1."""
    palette = recoloured(frames[0].palette, colours)
    return rim_seen(_digits(tuple(frames)), palette, np.array(walls.shares))


@lru_cache(maxsize=256)
def _digits(frames: tuple[Frame, ...]) -> NDArray[np.int64]:
    return np.asarray(np.sum([rim_digits(frame.pixels) for frame in frames], axis=0, dtype=np.int64))


def apart(frame: Frame, colours: tuple[int, ...], walls: Walls) -> tuple[float, float]:
    """The least difference between a frame in these colours, black aside, and the walls: in L*, in OKLab."""
    palette = (BLACK, *recoloured(frame.palette, colours))
    counts = np.zeros(64, np.int64)
    for digit, index in enumerate(palette):
        if digit and index != BLACK:
            counts[index] += int((frame.pixels == digit).sum())
    own = mean(counts)
    lightness = min((abs(own[0] - wall[0]) for wall in walls.means), default=100.0)
    colour = min(
        (float(np.hypot.reduce(np.subtract(own[1:], wall[1:]))) for wall in walls.means), default=1.0
    )
    return lightness, colour


def _worth(frames: Sequence[Frame], colours: tuple[int, ...], walls: Walls, foe: bool) -> float:
    """How well a sprite is seen in these colours, up to where it is good enough."""
    worth = RIM_WEIGHT * min(rim_share(frames, colours, walls) / RIM_SEEN, 1.0)
    if not foe:
        return worth
    lightness, colour = apart(frames[0], colours, walls)
    return worth + min(lightness / APART_L, 1.0) + min(colour / APART, 1.0)


def _others(frame: Frame, foe: bool) -> list[tuple[int, ...]]:
    """Other colours for a frame, the likest to its own first."""
    shades = sorted(set(frame.palette) - {BLACK}, key=lambda index: float(PALETTE_L[index]))
    found = []
    if frame.other is not None:
        stands_for = dict(zip(frame.palette, frame.other, strict=True))
        found.append(tuple(stands_for[index] for index in shades))
    if found and not foe:
        return found
    for turn in TURNS if foe else TURNS[:1]:
        for rows in (0, 1, -1) if foe else (0, 1):
            if turn or rows:
                found.append(tuple(_moved(index, turn, rows) for index in shades))
    return [colours for colours in found if BLACK not in colours]


def _moved(index: int, turn: int, rows: int) -> int:
    """A colour so many hues on and so many rows lighter, where there is such a row."""
    hue, row = index % ROW, index // ROW + rows
    if 1 <= hue <= HUES:
        hue = (hue - 1 + turn) % HUES + 1
    return min(max(row, 0), LIGHTEST_ROW // ROW) * ROW + hue


class StageColours:
    """What every sprite is drawn in, in the stage at hand."""

    def __init__(self, sprites: Mapping[str, tuple[Frame, ...]]) -> None:
        self._sprites = sprites
        self._level: Level | None = None
        self._found: dict[tuple[str, bool], tuple[int, ...]] = {}

    def of(self, name: str, level: Level, *, foe: bool) -> tuple[int, ...]:
        """The colours of a sprite in a stage."""
        if level is not self._level:
            self._level = level
            self._found.clear()
        key = name, foe
        if key not in self._found:
            self._found[key] = legible(self._sprites[name], walls_of(level), foe=foe)
        return self._found[key]
