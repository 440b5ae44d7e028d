"""Layouts under the sky: graveyard, rampart, forest, gatehouse, terrace, falls."""

from __future__ import annotations

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from generator.nes.roles import CELLS, Role

from . import parts
from .materials import pick
from .painting import Painting


def _railing(painting: Painting, name: str, tops: NDArray[np.intp], first: int, last: int) -> None:
    """Stands a fence on the ground whose tops are given, from one column to another, with posts."""
    every = painting.game.spacing + 1
    for column in range(max(0, first), min(CELLS, last)):
        post = name == "fence" and (column - first) % every == 0
        painting.put_if_free(int(tops[column]) - 1, column, "post" if post else name, Role.FENCE)


def graveyard(painting: Painting, rng: Generator) -> None:
    """Lays open ground with graves in rows before a fence, trees and bushes."""
    tops = parts.heights(rng, 11, 13, 0.06)
    parts.ground(painting, rng, tops, False)
    for _ in range(int(rng.integers(1, 4))):
        parts.scatter(painting, rng, f"tree{int(rng.integers(3))}", Role.TREE, 1)
    every = pick(rng, 2, 3)
    parts.row_of(painting, "grave", Role.GRAVE, (int(rng.integers(0, 4)), int(rng.integers(1, 5))), every)
    parts.row_of(painting, "grave2", Role.GRAVE, (int(rng.integers(0, 9)), int(rng.integers(0, 4))), every)
    if rng.random() < 0.2:
        parts.scatter(painting, rng, "statue", Role.STATUE, 1)
    if rng.random() < 0.7:
        _railing(painting, "fence", tops, int(rng.integers(0, 6)), int(rng.integers(7, 15)))
    parts.scatter(painting, rng, "bush", Role.BUSH, int(rng.integers(0, 4)))


def rampart(painting: Painting, rng: Generator) -> None:
    """Lays open ground before a castle's outer wall with battlements."""
    crown = int(rng.integers(6, 9))
    start = pick(rng, 0, 0, 4, 7)
    rows, columns = painting.rows, painting.columns
    merlons, wall = (rows == crown - 1) & (columns >= start), (rows >= crown) & (columns >= start)
    parts.no_moon_below(painting, crown - 1)
    if rng.random() < 0.5:
        painting.fill(merlons, "battlement", Role.BACKDROP)
    else:
        wall |= merlons & ((columns - start) % 2 == 0)
    painting.fill(wall, "rampart", Role.BACKDROP)
    tops = parts.heights(rng, 11, 13, 0.1)
    parts.ground(painting, rng, tops, True)
    if rng.random() < 0.4:
        parts.gate(painting, rng, start)
    size = painting.size("window")
    for column in range(start + 1, CELLS, max(painting.game.spacing, size[1] + 1)):
        painting.put_if_free(crown + 1, column, "window", Role.WINDOW, size)
    parts.some_thin(painting, rng)


def gatehouse(painting: Painting, rng: Generator) -> None:
    """Lays a castle's outer wall with its gate, between two towers, behind even ground."""
    floor, crown = pick(rng, 11, 12, 12), int(rng.integers(painting.first_row + 3, 7))
    height, width = painting.size("gateway")
    column = int(rng.integers(2, CELLS - width - 1))
    rows, columns = painting.rows, painting.columns
    tower = (np.abs(columns - column + 1.5) < 1) | (np.abs(columns - column - width - 0.5) < 1)
    whole = rng.random() < 0.6
    wall = (rows >= crown + 2) & (whole | ((columns >= column) & (columns < column + width)))
    edge = (rows == crown + 1) & (whole | ((columns >= column) & (columns < column + width)))
    parts.no_moon_below(painting, crown - 1)
    painting.fill(edge | (tower & (rows == crown - 1)), "battlement", Role.BACKDROP)
    painting.fill(wall | (tower & (rows >= crown)), "rampart", Role.BACKDROP)
    for left in (column - 2, column + width):
        painting.put(crown, left, "cornice", None)
    tops = np.full(CELLS, floor, np.intp)
    parts.ground(painting, rng, tops, False)
    painting.put(floor - height, column, "gateway", Role.ARCH, hole=Role.BACKDROP)
    if rng.random() < 0.8:
        painting.put(floor - height, column, "portcullis", Role.DOOR)
    for beside in (column - 2, column + width):
        if rng.random() < 0.5:
            painting.put_if_free(crown + 2, beside, "niche", Role.BACKDROP)
        if rng.random() < 0.5:
            size = painting.size("statue")
            painting.put_if_free(floor - size[0], beside, "statue", Role.STATUE, size)
    if rng.random() < 0.5:
        _railing(painting, "fence", tops, 0, CELLS)


def terrace(painting: Painting, rng: Generator) -> None:
    """Lays a terrace high above the land: a balustrade, with statues or columns, before the sky."""
    floor = pick(rng, 11, 12, 12)
    tops = np.full(CELLS, floor, np.intp)
    if rng.random() < 0.4:
        left = int(rng.integers(3, 9))
        tops[left : left + int(rng.integers(2, 4))] = CELLS
    parts.ground(painting, rng, tops, False)
    every, first = pick(rng, 4, 5, 6), int(rng.integers(0, 4))
    between = pick(rng, "statue", "pillar", "tree", "statue")
    if between == "statue":
        parts.row_of(painting, "statue", Role.STATUE, (first, 4), every)
    elif between == "tree":
        parts.row_of(painting, "tree0", Role.TREE, (first, 3), every + 1)
    else:
        for column in range(first, CELLS, every):
            if tops[column] == floor:
                parts.pillar(painting, column, floor - int(rng.integers(4, 8)), floor - 1)
    standing = tops < CELLS
    for beside in np.flatnonzero(standing).tolist():
        painting.put_if_free(floor - 1, beside, "balustrade", Role.FENCE)
    parts.some_thin(painting, rng)


def falls(painting: Painting, rng: Generator) -> None:
    """Lays a waterfall, two or three cells wide, between rocks, and the pool that it falls into."""
    waterline = pick(rng, 11, 12)
    left, width = int(rng.integers(2, 9)), pick(rng, 2, 2, 3)
    crest = painting.first_row + int(rng.integers(0, 4))
    rows, columns = painting.rows, painting.columns
    behind = rows >= crest + np.minimum(3, np.abs(columns - left - (width - 1) / 2) // 2)
    painting.fill(behind, "cave", Role.BACKDROP)
    falling = (columns >= left) & (columns < left + width) & (rows >= crest)
    painting.fill(falling, "waterfall", Role.BACKDROP)
    painting.fill(rows == waterline, "surface", Role.WATER)
    painting.fill(rows > waterline, "water", Role.WATER)
    for first, last in ((0, left - int(rng.integers(0, 2))), (left + width + int(rng.integers(0, 2)), CELLS)):
        bank = (columns >= first) & (columns < last)
        top = int(rng.integers(9, waterline + 1))
        painting.fill(bank & (rows >= top), "fill", Role.GROUND_FILL)
        painting.fill(bank & (rows == top), "top", Role.GROUND_TOP)
    for _ in range(int(rng.integers(1, 4))):
        row, column = int(rng.integers(crest + 3, waterline - 1)), int(rng.integers(0, 11))
        if rng.random() < 0.5:
            parts.thin(painting, row, column, int(rng.integers(2, 5)))
        else:
            parts.block(painting, row, column, 1, int(rng.integers(2, 4)))


def forest(painting: Painting, rng: Generator) -> None:
    """Lays rough ground with trees and bushes, often with a wood behind them."""
    tops = parts.heights(rng, 11, 13, 0.15)
    if rng.random() < 0.5:
        first = painting.first_row
        if rng.random() < 0.6:
            painting.roles[:], painting.shades[:] = Role.SKY, 0
            painting.sub[:] = painting.game.subs["canopy"]
        else:
            first += 2
        below = painting.rows >= first + 2
        parts.no_moon_below(painting, first)
        hidden = painting.rows >= first - 1  # nothing of a horizon may stick out of the wood
        painting.shades[np.repeat(np.repeat(hidden, 16, 0), 16, 1)] = 0
        painting.roles[hidden] = Role.SKY
        piece, sub = painting.game.motifs["canopy"], painting.game.subs["canopy"]
        for column in range(0, CELLS, 4):
            painting.lay(first, column, piece, sub, Role.TREE)
        painting.fill(below, "trunks", Role.TREE)
        painting.through[below] = True
    parts.ground(painting, rng, tops, True)
    for _ in range(int(rng.integers(3, 7))):
        parts.scatter(painting, rng, f"tree{int(rng.integers(3))}", Role.TREE, 1)
    parts.scatter(painting, rng, "bushes", Role.BUSH, int(rng.integers(1, 4)))
    parts.scatter(painting, rng, "bush", Role.BUSH, int(rng.integers(1, 5)))
    parts.some_thin(painting, rng)
