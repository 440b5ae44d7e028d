"""A screen taken apart as the NES builds it: shades, a sub-palette a cell, and the sub-palettes' colours.

Everything that the NES shows can be said so. Of other pictures the nearest is taken that can. The order is
always the same, so that two screens that look alike are taken apart alike: the sub-palette of most cells
comes first, and the own colours of each go from dark to light.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from generator.nes.palette import OWN_COLOURS, SUB_PALETTES
from generator.nes.roles import CELLS, TILE
from generator.tiles.colours import DISTANCE, LIGHTNESS, histograms, shared_backdrop

from ..pictures import cells_of

SHADES = 1 + OWN_COLOURS
"""Colours that a pixel can choose among: the backdrop colour, and its sub-palette's own."""
ROUNDS = 2
"""How often each of the four sub-palettes may be exchanged for a better one."""


class Planes(NamedTuple):
    """A screen, taken apart. Cells are counted row by row."""

    shades: NDArray[np.uint8]
    """uint8[196, 16, 16]: which of its sub-palette's colours a pixel has, 0 is the backdrop colour."""
    attributes: NDArray[np.uint8]
    """uint8[196]: the sub-palette of each cell. (The NES's attribute table.)"""
    palettes: NDArray[np.uint8]
    """uint8[4, 4]: palette indices of the sub-palettes, column 0 the backdrop colour."""


def take_apart(screen: NDArray[np.uint8]) -> Planes:
    """The planes of a screen of palette indices uint8[224, 224]."""
    cells = cells_of(screen[None])
    held = histograms(cells)
    backdrop = shared_backdrop(held)
    candidates = _candidates(held, backdrop)
    costs = held @ np.stack([DISTANCE[:, [backdrop, *own]].min(1) for own in candidates], 1)  # [196, k]
    chosen = _chosen(costs, held @ DISTANCE[:, backdrop])
    attributes = costs[:, chosen].argmin(1)
    patterned = held.sum(1) - held[:, backdrop] > 0
    order = np.argsort(-np.bincount(attributes[patterned], minlength=len(chosen)), kind="stable")
    palettes = np.full((SUB_PALETTES, SHADES), backdrop, np.uint8)
    for number in range(SUB_PALETTES):  # where a screen needs fewer, the first stands for the others
        own = candidates[chosen[order[number]] if number < len(order) else chosen[order[0]]]
        palettes[number, 1:] = _three(own, backdrop)
    attributes = np.argsort(order)[attributes]
    nearest = np.stack([DISTANCE[:, palette].argmin(1) for palette in palettes])
    return Planes(
        nearest[attributes[:, None, None], cells].astype(np.uint8), attributes.astype(np.uint8), palettes
    )


def put_together(planes: Planes) -> NDArray[np.uint8]:
    """The screen of palette indices uint8[224, 224] of some planes."""
    cells = planes.palettes[planes.attributes[:, None, None], planes.shades]
    grid = cells.reshape(CELLS, CELLS, TILE, TILE).swapaxes(1, 2)
    return np.ascontiguousarray(grid).reshape(CELLS * TILE, CELLS * TILE)


def _candidates(held: NDArray[np.float32], backdrop: int) -> list[tuple[int, ...]]:
    """Own colours that a sub-palette could have: those of a cell, and those of two cells where they fit."""
    own = held.copy()
    own[:, backdrop] = 0
    commonest = np.argsort(-own, axis=1, kind="stable")[:, :OWN_COLOURS]
    counts = np.take_along_axis(own, commonest, 1)
    of_cells = {
        frozenset(colour for colour, count in zip(colours, n, strict=True) if count)
        for colours, n in zip(commonest.tolist(), counts.tolist(), strict=True)
    }
    ordered = sorted(of_cells, key=sorted)
    unions = {one | other for i, one in enumerate(ordered) for other in ordered[i:]}
    return sorted(tuple(sorted(colours)) for colours in unions if len(colours) <= OWN_COLOURS)


def _chosen(costs: NDArray[np.float32], plain: NDArray[np.float32]) -> list[int]:
    """The up to four candidates that move the fewest pixels the least.

    Args:
        costs: of each cell under each candidate, float32[196, k].
        plain: of each cell where there is nothing but the backdrop colour, float32[196].
    """
    chosen: list[int] = []
    best = plain
    for _ in range(SUB_PALETTES):
        totals = np.minimum(best[:, None], costs).sum(0)
        number = int(totals.argmin())
        if chosen and not totals[number] < best.sum():
            break
        chosen.append(number)
        best = np.minimum(best, costs[:, number])
    for _ in range(ROUNDS):
        for place in range(len(chosen)):
            others = [number for at, number in enumerate(chosen) if at != place]
            best = np.minimum(plain, costs[:, others].min(1)) if others else plain
            chosen[place] = int(np.minimum(best[:, None], costs).sum(0).argmin())
    return chosen


def _three(own: tuple[int, ...], backdrop: int) -> list[int]:
    """Three colours from dark to light; where there are fewer, the lightest again, or the backdrop colour."""
    ordered = sorted(own, key=lambda colour: float(LIGHTNESS[colour])) or [backdrop]
    return (ordered + ordered[-1:] * OWN_COLOURS)[:OWN_COLOURS]
