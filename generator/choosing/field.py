"""A Markov field of tiles: which tile stands where, so that neighbours are as they were dreamed.

Every site of a small area has one of a few states. Neighbours that were often dreamed side by side cost
little. The left edge is a neighbour of the right one and the top of the bottom, so the area can be laid again
and again. It is sampled by Gibbs's method while it cools (Geman and Geman, 1984), half of the sites at a
time, like the squares of a chessboard. The best of a few tries is kept, or the plain pattern, where that
costs least.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

SWEEPS = 40
"""Sweeps of one cooling; with more the result changes little. (measured)"""
HOT, COLD = 1.5, 0.15
"""Temperatures at the beginning and the end of a cooling, in units of cost."""
TRIES = 2
"""Coolings, of which the best is kept."""
FORBIDDEN = 1e6
"""Cost of a state that must not be at a site."""


@dataclass(frozen=True, eq=False)
class Field:
    """What K states cost beside one another and by themselves."""

    beside: NDArray[np.float64]
    """[K, K] cost of state b at the right of state a."""
    below: NDArray[np.float64]
    """[K, K] cost of state b below state a."""
    own: NDArray[np.float64]
    """[h, w, K] cost of each state by itself at each site of an area; h and w are even."""


def cost(field: Field, states: NDArray[np.intp]) -> float:
    """The whole cost of states [h, w]."""
    rows, columns = np.indices(states.shape)
    right, under = np.roll(states, -1, 1), np.roll(states, -1, 0)
    each = field.own[rows, columns, states] + field.beside[states, right] + field.below[states, under]
    return float(each.sum())


def sample(field: Field, plain: NDArray[np.intp], seed: int) -> NDArray[np.intp]:
    """States [h, w] that cost little; `plain` [h, w] where nothing found costs less than that.

    Raises ValueError for an area with an odd side, round which the squares of a chessboard do not alternate.
    """
    if any(side % 2 for side in plain.shape):
        raise ValueError(f"the sides of a field are even, not {plain.shape}")
    dice = np.random.default_rng(seed)
    best, least = plain, cost(field, plain)
    for _ in range(TRIES):
        found = _cool(field, plain, dice)
        price = cost(field, found)
        if price < least:
            best, least = found, price
    return best


def _cool(field: Field, start: NDArray[np.intp], dice: np.random.Generator) -> NDArray[np.intp]:
    """The states [h, w] after one cooling."""
    states = start.copy()
    rows, columns = np.indices(states.shape)
    halves = [((rows + columns) % 2 == parity) for parity in (0, 1)]
    for temperature in np.geomspace(HOT, COLD, SWEEPS):
        for half in halves:
            price = (
                field.own
                + field.beside[np.roll(states, 1, 1)]
                + field.beside.T[np.roll(states, -1, 1)]
                + field.below[np.roll(states, 1, 0)]
                + field.below.T[np.roll(states, -1, 0)]
            )[half]
            # The state with the least price less Gumbel noise is a draw from the Gibbs distribution.
            noise = dice.gumbel(size=price.shape)
            states[half] = (noise - price / temperature).argmax(1)
    return states
