"""The expressive range of a level generator: how unlike one another its levels are, on two scales.

After G. Smith and J. Whitehead, "Analyzing the Expressive Range of a Level Generator", 2010. Of a
whole stage:

- linearity: the heights of the floor along the way to the exit, one for every tile of it walked, jumped or
  climbed, against the distance gone; a line is fitted by least squares, and r is the mean distance of the
  heights from it. Linearity is 1 - r / LEAST_LINEAR_PX, at least 0: 1 is a slope or level ground.
- leniency: calm screens less enemies, gaps and hazards, over the number of screens. A calm screen has none
  of the three. A gap is a run of columns in a room's lowest row without ground. A hazard is a run of columns
  that a spike or water lies in, a platform that moves, or a floor that collapses. Each weighs 1.

Both fall into one of BINS equal bins, so a range is a grid of counts. It reads plain data and no module of
the generator, so that the same lines measure the strips of the first castle.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

BINS = 20
LEAST_LINEAR_PX = 240
"""A screen's height."""
LENIENCY = -4.0, 1.0
TILE, SCREEN_COLUMNS, SCREEN_ROWS = 16, 16, 15
GROUND = (4, 5)
DEADLY = (10, 11)

Room = tuple[int, int, int, int]


def linearity(path: Sequence[tuple[int, int, int]]) -> float:
    """Of a path: (room, x, y) of the feet at rest on a floor, px, tick after tick."""
    gone, heights = [0.0], [float(path[0][2])]
    way = 0.0
    for (room, x_px, y_px), (to_room, to_x, to_y) in pairwise(path):
        way += abs(to_x - x_px) + abs(to_y - y_px) if room == to_room else TILE
        if way - gone[-1] >= TILE:
            gone.append(way)
            heights.append(float(to_y))
    if len(gone) < 3:
        return 1.0
    slope, start = np.polyfit(gone, heights, 1)
    residual = np.abs(np.array(heights) - (start + slope * np.array(gone))).mean()
    return float(max(0.0, 1 - residual / LEAST_LINEAR_PX))


def leniency(
    roles: NDArray[np.uint8],
    rooms: Sequence[Room],
    enemies: Sequence[tuple[int, int]],
    moving: Sequence[tuple[int, int]],
) -> float:
    """Of a role grid [H, W] and its rooms; enemies and what moves or collapses as (column, row)."""
    danger = 0
    restless: set[tuple[int, int]] = set()

    def note(column: int, row: int) -> None:
        nonlocal danger
        danger += 1
        restless.add((column // SCREEN_COLUMNS, row // SCREEN_ROWS))

    for column, row in (*enemies, *moving):
        note(column, row)
    for x, y, w, h in rooms:
        inside = roles[y : y + h, x : x + w]
        deadly = np.isin(inside, DEADLY)
        for column in _runs(~np.isin(inside[-1], GROUND) & ~deadly.any(0)):
            note(x + column, y + h - 1)
        for column in _runs(np.asarray(deadly.any(0))):
            note(x + column, y + int(deadly[:, column].argmax()))
    screens = sum(w * h for _, _, w, h in rooms) // (SCREEN_COLUMNS * SCREEN_ROWS)
    return (screens - len(restless) - danger) / screens


def _runs(mask: NDArray[np.bool_]) -> list[int]:
    """Where each run of True begins."""
    return np.flatnonzero(mask & ~np.concatenate([[False], mask[:-1]])).tolist()


def bins(points: Sequence[tuple[float, float]]) -> NDArray[np.int64]:
    """int64[BINS, BINS]: how many (linearity, leniency) fall where; rows from the least lenient up."""
    low, high = LENIENCY
    grid = np.zeros((BINS, BINS), np.int64)
    for line, ease in points:
        column = min(int(line * BINS), BINS - 1)
        row = min(max(int((ease - low) / (high - low) * BINS), 0), BINS - 1)
        grid[row, column] += 1
    return grid
