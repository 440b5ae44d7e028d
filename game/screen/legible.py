"""Colours in which somebody is seen before a stage's walls: his own, or others where the walls look like him:
lighter, darker, or of another hue."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from generator.level import Level
from generator.nes.palette import BLACK, PALETTE_L, PALETTE_OKLAB

from .sprites import Frame, recoloured

APART_L, APART = 16.0, 0.22
"""So far from all walls in lightness, L*, and in OKLab, his own colours are good enough. (ours)"""
ROW, LIGHTEST_ROW, HUES = 0x10, 0x30, 12
"""From a colour of the NES to the next lighter one of its hue; hues are 1 to 12."""
TURNS = (0, 3, 6, 9)
"""How far the hue may be turned."""

Mean = tuple[float, float, float, float]
"""L*, and OKLab."""


@lru_cache(maxsize=8)
def wall_colours(level: Level) -> tuple[Mean, ...]:
    """The mean colours of the far layer and of the wall of each room that has one."""
    behind = [level.bank.pixels[level.far[level.far >= 0]]]
    for x, y, w, h in level.rooms:
        wall = level.backdrop[y : y + h, x : x + w]
        behind.append(level.bank.pixels[wall[wall >= 0]])
    return tuple(sorted({mean(np.bincount(tiles.ravel(), minlength=64)) for tiles in behind if len(tiles)}))


def mean(counts: np.ndarray) -> Mean:
    """The mean colour of so many pixels of each colour of the NES."""
    share = counts[: len(PALETTE_L)] / counts.sum()
    lab = share @ PALETTE_OKLAB
    return float(share @ PALETTE_L), float(lab[0]), float(lab[1]), float(lab[2])


def legible(frame: Frame, walls: tuple[Mean, ...]) -> tuple[int, ...]:
    """The colours that a frame is drawn in before such walls, as `recoloured` takes them; () for its own."""
    lightness, colour = apart(frame, (), walls)
    if lightness >= APART_L and colour >= APART:
        return ()
    return max(((), *_others(frame)), key=lambda colours: _worth(frame, colours, walls))


def apart(frame: Frame, colours: tuple[int, ...], walls: tuple[Mean, ...]) -> tuple[float, float]:
    """The least difference between a frame in these colours, black aside, and the walls: in L*, in OKLab."""
    palette = (BLACK, *recoloured(frame.palette, colours))
    counts = np.zeros(64, np.int64)
    for digit, index in enumerate(palette):
        if digit and index != BLACK:
            counts[index] += int((frame.pixels == digit).sum())
    own = mean(counts)
    lightness = min((abs(own[0] - wall[0]) for wall in walls), default=100.0)
    colour = min((float(np.hypot.reduce(np.subtract(own[1:], wall[1:]))) for wall in walls), default=1.0)
    return lightness, colour


def _worth(frame: Frame, colours: tuple[int, ...], walls: tuple[Mean, ...]) -> float:
    """How well a frame is seen in these colours, up to where it is good enough."""
    lightness, colour = apart(frame, colours, walls)
    return min(lightness / APART_L, 1.0) + min(colour / APART, 1.0)


def _others(frame: Frame) -> list[tuple[int, ...]]:
    """Other colours for a frame, the likest to its own first."""
    shades = sorted(set(frame.palette) - {BLACK}, key=lambda index: float(PALETTE_L[index]))
    found = []
    for turn in TURNS:
        for rows in (0, 1, -1):
            if turn or rows:
                found.append(tuple(_moved(index, turn, rows) for index in shades))
    return [colours for colours in found if BLACK not in colours]


def _moved(index: int, turn: int, rows: int) -> int:
    """A colour so many hues on and so many rows lighter, where there is such a row."""
    hue, row = index % ROW, index // ROW + rows
    if 1 <= hue <= HUES:
        hue = (hue - 1 + turn) % HUES + 1
    return min(max(row, 0), LIGHTEST_ROW // ROW) * ROW + hue
