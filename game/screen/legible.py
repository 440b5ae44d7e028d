"""Colours in which somebody is seen before a stage's walls: his own, or lighter or darker ones where the
walls are about as bright as he is."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from generator.level import Level
from generator.nes.palette import BLACK, PALETTE_L

from .sprites import Frame, recoloured

APART_L = 16.0
"""So much lighter or darker than all walls, L*, his own colours are good enough. (ours)"""
ROW = 0x10
"""From a colour of the NES to the next lighter one of its hue."""
LIGHTEST_ROW = 0x30


@lru_cache(maxsize=8)
def wall_lights(level: Level) -> tuple[float, ...]:
    """The mean lightness, L*, of the far layer and of the wall of each room that has one."""
    behind = [level.bank.pixels[level.far[level.far >= 0]]]
    for x, y, w, h in level.rooms:
        wall = level.backdrop[y : y + h, x : x + w]
        behind.append(level.bank.pixels[wall[wall >= 0]])
    return tuple(float(PALETTE_L[tiles].mean()) for tiles in behind if len(tiles))


def legible(frame: Frame, walls: tuple[float, ...]) -> tuple[int, ...]:
    """The colours that a frame is drawn in before such walls, as `recoloured` takes them; () for its own."""
    own = apart(frame, (), walls)
    if own >= APART_L:
        return ()
    shades = sorted(set(frame.palette) - {BLACK}, key=lambda index: float(PALETTE_L[index]))
    lighter = tuple(index + ROW if index < LIGHTEST_ROW else index for index in shades)
    darker = tuple(index - ROW if index >= ROW else index for index in shades)
    return max(((), lighter, darker), key=lambda colours: apart(frame, colours, walls))


def apart(frame: Frame, colours: tuple[int, ...], walls: tuple[float, ...]) -> float:
    """The least difference in L* between a frame in these colours, black aside, and the walls."""
    palette: NDArray[np.int64] = np.array([BLACK, *recoloured(frame.palette, colours)])
    shown = palette[frame.pixels]
    light = float(PALETTE_L[shown[(frame.pixels > 0) & (shown != BLACK)]].mean())
    return min((abs(light - wall) for wall in walls), default=100.0)
