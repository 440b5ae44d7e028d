"""A level's tiles in other colours: each sub-palette's colours go to some of a palette's, as wholes.

Colour by colour the nearest one would be taken twice, and a wall would become as light as the ground. So all
colours of a sub-palette are placed together: near what they were, as far apart in lightness as they were, in
the same order of lightness, and no two on one where the palette has enough. What is only seen behind others
is placed apart from what is seen in front, and darker, as far as it takes for one to see where to stand.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import product
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..nes.palette import l_star, oklab, perceived
from ..nes.roles import DEADLY
from ..tiles.layers import Layers
from ..tiles.legibility import LEAST_L, WANTED_L, room_contrasts
from ..tiles.shown import Shown, colours_of, rooms_of
from .palettes import StyleError

CANDIDATES = 8
"""Nearest colours of the palette that a colour may go to; with all of sixteen the choice is the same, and
takes ten times as long. (measured)"""
APART_WEIGHT = 2.0
"""What a lost difference of lightness costs, where a moved colour costs 1. (by eye)"""
MOST_ONE = 3.0
"""What it costs at most where the palette has too few colours. (by eye)"""
FEW = 8
"""Colours of a palette up to which what is far keeps to the darker half of them, and what kills is light
strokes on dark: they are too few to be told apart by hue. (by eye: in four greens clouds looked like
platforms, spikes like ground)"""
NOT_ALLOWED = 1e6
"""What a colour costs that must not be taken."""
SAME_L = 2.0
"""L*, 0..100, below which two colours have no order of lightness."""


class Step(NamedTuple):
    """How colours are placed."""

    behind: float
    """By how much what is behind is darkened first: its lightness is multiplied by this."""
    front: float
    """By how much what is in front is lightened first: its darkness is divided by this."""
    one: float = math.inf
    """What it costs that two colours behind become one, for each part of the distance between them. Infinite:
    it happens only where the palette has fewer colours."""


STEPS = (
    Step(1, 1), Step(0.8, 1), Step(0.6, 1), Step(0.5, 1.2), Step(0.35, 1.4),
    Step(1, 1, 3), Step(0.8, 1, 3), Step(0.6, 1, 3), Step(1, 1, 1), Step(0.8, 1, 1), Step(0.6, 1, 1),
    Step(1, 1, 0.3), Step(0.8, 1, 0.3), Step(0.6, 1.2, 0.3), Step(0.4, 1.4, 0.3), Step(0.2, 3, 0.1),
)  # fmt: skip
"""Tried in this order, until one sees where to stand. With four colours in all the last ones are needed for
dark walls: four shades that were nearly black cannot be four and dark."""


@dataclass(frozen=True, eq=False)
class Matched:
    """A bank in other colours."""

    pixels: NDArray[np.uint8]
    """[T, 16, 16] numbers of the palette's colours."""
    palettes: NDArray[np.uint8]
    """[4, 4] what became of the sub-palettes in front; column 0 is what became of the backdrop colour."""
    contrast_l: float
    """By how much L*, 0..100, the ground stands out in the room where it does least."""
    step: Step
    """How it was done."""


def match(level: Shown, colours: NDArray[np.uint8]) -> Matched:
    """A level's bank in the colours RGB uint8[n, 3] of a palette.

    Raises StyleError where one would not see where to stand, whatever is done, and did before.
    """
    layers = Layers(level.tiles, level.backdrop, level.far)
    rooms, before = rooms_of(level), l_star(colours_of(level.bank))
    contrast = room_contrasts(level.roles, layers, level.bank.pixels, rooms, lightness=before).min()
    if np.array_equal(colours, colours_of(level.bank)):  # it is in them already
        return Matched(level.bank.pixels, level.bank.palettes, float(contrast), STEPS[0])
    needed = min(WANTED_L, float(contrast))
    lightness = l_star(colours)
    matching = _Matching(level, colours)

    def made_by(step: Step, *, told_apart: bool) -> Matched:
        pixels, palettes = matching.placed(step, told_apart=told_apart)
        told = room_contrasts(level.roles, layers, pixels, rooms, lightness=lightness)
        return Matched(pixels, palettes, float(told.min()), step)

    best: Matched | None = None
    for step in STEPS:
        made = made_by(step, told_apart=False)
        if best is None or made.contrast_l > best.contrast_l:
            best = made
        if made.contrast_l >= needed:
            break
    assert best is not None
    if best.contrast_l < LEAST_L <= contrast:
        what = f"the ground would stand out by only {best.contrast_l:.0f} of 100"
        raise StyleError(f"palette: {what}; add lighter and darker ones")
    if len(colours) > FEW:
        return best
    # Walls are as dark as they had to be before a bright distance, and stay so.
    clearer = made_by(best.step, told_apart=True)
    return clearer if clearer.contrast_l >= min(needed, best.contrast_l) else best


class _Matching:
    """The colours of a level's tiles, and those that they may become."""

    def __init__(self, level: Shown, colours: NDArray[np.uint8]) -> None:
        self._bank = level.bank
        own = colours_of(level.bank)
        self._own, self._own_l = perceived(oklab(own)), l_star(own)
        self._new, self._new_l = perceived(oklab(colours)), l_star(colours)
        order = np.argsort(self._new_l, kind="stable")
        self._dark = np.isin(np.arange(len(colours)), order[: max(2, len(colours) // 2)])
        """bool[n]: the darker half of the palette."""
        self._ends = int(order[0]), int(order[-1])
        """Its darkest and its lightest colour."""
        count = len(level.bank)
        front = np.bincount(level.tiles[level.tiles >= 0], minlength=count)
        behind = sum(np.bincount(grid[grid >= 0], minlength=count) for grid in (level.backdrop, level.far))
        self._behind = front == 0
        """bool[T]: tiles that are never in front."""
        near = front + np.bincount(level.backdrop[level.backdrop >= 0], minlength=count)
        self._far = (near == 0) & np.isin(np.arange(count), level.far)
        """bool[T]: those that are seen in the distance alone."""
        self._deadly = ~self._behind & np.isin(level.bank.role, sorted(DEADLY))
        """bool[T]: those that kill."""
        # The root: else a window would be painted in the colours that suit the wall.
        self._weight = np.sqrt(1.0 + front + behind)
        self._backdrop = int(level.bank.palettes[0, 0])
        self._ground = int(((self._new - self._own[self._backdrop]) ** 2).sum(-1).argmin())
        """What becomes of the backdrop colour, which all tiles share."""

    def placed(self, step: Step, *, told_apart: bool) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
        """The tiles' pixels and the sub-palettes in the new colours. told_apart: what is far is dark, and
        what kills is light strokes on dark; see FEW."""
        pixels = np.zeros(self._bank.pixels.shape, np.uint8)
        palettes = np.full(self._bank.palettes.shape, self._ground, np.uint8)
        for number in range(len(palettes)):
            own = self._bank.palette == number
            groups = [(True, self._behind), (False, ~self._behind)]
            if told_apart:
                groups.insert(1, (True, self._far))
            for behind, group in groups:
                tiles = np.flatnonzero(own & group)
                table = self._table(tiles, number, behind, step, dark=group is self._far)
                pixels[tiles] = table[self._bank.pixels[tiles]]
            palettes[number] = table[self._bank.palettes[number]]
        for tile in np.flatnonzero(self._deadly) if told_apart else ():
            pixels[tile] = self._strokes(self._bank.pixels[tile])
        return pixels, palettes

    def _strokes(self, shown: NDArray[np.uint8]) -> NDArray[np.uint8]:
        """A tile as light strokes on dark: its commonest colour is dark, and all others are light."""
        darkest, lightest = self._ends
        strokes = np.where(shown == np.bincount(shown.ravel()).argmax(), darkest, lightest)
        return np.where(shown == self._backdrop, self._ground, strokes).astype(np.uint8)

    def _table(
        self, tiles: NDArray[np.intp], number: int, behind: bool, step: Step, *, dark: bool
    ) -> NDArray[np.uint8]:
        """What becomes of every colour of some tiles of one sub-palette. dark: in the palette's darker
        half."""
        shown = self._bank.pixels[tiles]
        own = self._bank.palettes[number]
        held = np.array([self._backdrop, *np.unique(own[own != self._backdrop])])
        weights = np.repeat(self._weight[tiles], shown[0].size if len(shown) else 0)
        share = np.bincount(shown.ravel(), weights, minlength=len(self._own))[held] + 1e-3
        wanted, wanted_l = self._own[held].copy(), self._own_l[held].copy()
        for scale in (wanted[:, 0], wanted_l):
            most = 1.0 if scale is not wanted_l else 100.0
            scale[:] = scale * step.behind if behind else most - (most - scale) / step.front
        # In front no two become one, where the palette has enough.
        one = step.one if behind else math.inf
        if dark or len(held) > len(self._new):
            one = min(one, MOST_ONE)
        # A bank of somebody else's may hold colours beside its sub-palettes.
        table = np.zeros(len(self._own), np.uint8)
        for stray in np.setdiff1d(shown, held):
            table[stray] = ((self._new - self._own[stray]) ** 2).sum(-1).argmin()
        allowed = self._dark if dark else np.ones(len(self._new), np.bool_)
        table[held] = self._best(wanted, wanted_l, share / share.sum(), self._own[held], one, allowed)
        return table

    def _best(  # noqa: PLR0917 - what is placed, and by what
        self,
        wanted: NDArray[np.float64],
        wanted_l: NDArray[np.float64],
        share: NDArray[np.float64],
        own: NDArray[np.float64],
        one: float,
        allowed: NDArray[np.bool_],
    ) -> NDArray[np.intp]:
        """The new colours of some colours, of which the first is the backdrop colour: float[k, 3] and
        float[k] what they should be like, their shares of the pixels, and what they were like."""
        away = ((wanted[:, None] - self._new[None]) ** 2).sum(-1)
        away[:, ~allowed] = NOT_ALLOWED
        near = np.argsort(away, axis=1, kind="stable")[:, :CANDIDATES]
        choices = np.array(list(product([self._ground], *near[1:].tolist())), np.intp)
        weight = np.sqrt(share)
        cost = (weight * away[np.arange(len(wanted)), choices]).sum(1)
        new_l = self._new_l[choices]
        became_one = np.zeros(len(choices))
        turned = np.zeros(len(choices))
        for i in range(len(wanted)):
            for j in range(i):
                lost = (wanted_l[i] - wanted_l[j] - new_l[:, i] + new_l[:, j]) / 100
                cost += APART_WEIGHT * weight[i] * weight[j] * lost**2
                same = choices[:, i] == choices[:, j]
                became_one += same
                if one < math.inf:
                    cost += one * same * weight[i] * weight[j] * float(np.linalg.norm(own[i] - own[j]))
                order = wanted_l[i] - wanted_l[j]
                if abs(order) > SAME_L:
                    turned += (new_l[:, i] - new_l[:, j]) * np.sign(order) < 0
        # As few as can be change their order of lightness; before that, as few as can be become one.
        keys = (cost, turned) if one < math.inf else (cost, turned, became_one)
        best: NDArray[np.intp] = choices[np.lexsort(keys)[0]]
        return best
