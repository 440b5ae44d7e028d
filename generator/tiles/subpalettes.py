"""Four sub-palettes for a stage: a shared backdrop colour and three colours each, as the NES has them.

They are fitted while tiles are being chosen, the most important tiles first. A tile goes into a sub-palette
that suits it already, or fills the free places of one, or opens a new one. Nothing is repainted: each pixel
moves to the nearest colour of its tile's sub-palette (`colours.to_palette`), and the cost of an offer makes
the chooser prefer tiles that this hardly changes.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from ..nes.palette import OWN_COLOURS, SUB_PALETTES
from .colours import DISTANCE, LIGHTNESS, WORTH_MEAN, nearest_of, reach_of

HARM_WEIGHT = 6.0
"""Cost of a mean perceived move of 1 a pixel; a move of 0.05 shows. (by eye)"""
MOVED_WEIGHT = 0.8
"""Cost where all pixels move, however little. (by eye)"""
MOVED = 1e-6
"""Perceived move beyond which a pixel counts as moved."""
TONE_WEIGHT = 0.5
"""Cost of an ornament whose light and dark pixels become unrelated. (by eye)"""
SHIFT_WEIGHT = 1.0
"""Cost of each L* by which an ornament becomes lighter or darker as a whole. (by eye)"""
MOST_HARM = 0.1
"""Mean perceived move of an ornament's pixels beyond which it is not shown at all. (by eye)"""
NEW_COST = 0.06
"""Cost of opening a sub-palette, so that tiles share where they can. (by eye)"""


@dataclass(frozen=True)
class Offer:
    """What it would take to show some tiles."""

    index: int
    """The sub-palette's number."""
    colours: tuple[int, ...]
    """Its own colours then, without the backdrop colour."""
    cost: float


class SubPalettes:
    """The stage's sub-palettes while they are being fitted."""

    def __init__(self, backdrop: int) -> None:
        self.backdrop = backdrop
        self.sets: list[tuple[int, ...]] = []
        """The own colours of each sub-palette that is open, at most OWN_COLOURS."""

    def offer(self, histogram: NDArray[np.float32], may_open: bool = True) -> Offer:
        """The cheapest way to show pixels of a histogram [64] in one sub-palette; nothing is changed yet."""
        offers = [self._fit(histogram, i, colours) for i, colours in enumerate(self.sets)]
        if not self.sets or (may_open and len(self.sets) < SUB_PALETTES):
            fresh = self._fit(histogram, len(self.sets), ())
            offers.append(replace(fresh, cost=fresh.cost + NEW_COST))
        return min(offers, key=lambda o: o.cost)

    def ornament_offer(self, histogram: NDArray[np.float32]) -> Offer | None:
        """As `offer`, but a hue may change where light and dark stay what they are; None where every
        sub-palette would harm the ornament.

        An ornament is read by its shades, and it comes when all sub-palettes are full. Each pixel moves to
        the nearest colour all the same.
        """
        tonal = [Offer(i, own, self._tonal_cost(histogram, own)) for i, own in enumerate(self.sets)]
        offers = (self.offer(histogram), *tonal)
        harmless = [offer for offer in offers if self.harm(histogram, offer.colours) <= MOST_HARM]
        return min(harmless, key=lambda o: o.cost, default=None)

    def harm(self, histogram: NDArray[np.float32], colours: tuple[int, ...]) -> float:
        """How far the mean pixel of a histogram [64] moves into these colours and the backdrop colour."""
        return float(histogram @ reach_of([self.backdrop, *colours]) / histogram.sum())

    def copy(self) -> SubPalettes:
        """The same sub-palettes, to try something on."""
        other = SubPalettes(self.backdrop)
        other.sets = list(self.sets)
        return other

    def with_block(
        self, histograms: NDArray[np.float32], block: NDArray[np.intp]
    ) -> tuple[SubPalettes, float]:
        """The sub-palettes with a block of cell numbers (-1: none) in them, its commonest cells first,
        and the mean cost of its cells. histograms: of all cells, [N, 64]."""
        trial, cost = self.copy(), 0.0
        numbers, counts = np.unique(block[block >= 0], return_counts=True)
        for at in np.argsort(-counts, kind="stable"):
            offer = trial.offer(histograms[numbers[at]])
            trial.take(offer)
            cost += offer.cost * counts[at]
        return trial, cost / counts.sum()

    def take(self, offer: Offer) -> int:
        """Makes an offer real; returns the sub-palette's index."""
        self.sets[offer.index : offer.index + 1] = [offer.colours]
        return offer.index

    def array(self) -> NDArray[np.uint8]:
        """uint8[4, 4], column 0 the backdrop colour, which free places hold too."""
        out = np.full((SUB_PALETTES, OWN_COLOURS + 1), self.backdrop, np.uint8)
        for i, colours in enumerate(self.sets):
            out[i, 1 : 1 + len(colours)] = colours
        return out

    def _fit(self, histogram: NDArray[np.float32], index: int, colours: tuple[int, ...]) -> Offer:
        """An offer of one sub-palette. As long as it has a free place, the colour is added that saves most,
        if that is worth a place."""
        if len(colours) == OWN_COLOURS:
            reach = reach_of([self.backdrop, *colours])
            weight = histogram / histogram.sum()
            moved = float(weight @ (reach > MOVED))
            return Offer(index, colours, HARM_WEIGHT * float(weight @ reach) + MOVED_WEIGHT * moved)
        present = np.flatnonzero(histogram)
        weight = histogram[present] / histogram.sum()
        reach = DISTANCE[present][:, [self.backdrop, *colours]].min(1)
        among = DISTANCE[np.ix_(present, present)]
        while len(colours) < OWN_COLOURS:
            saved = weight @ np.maximum(reach[:, None] - among, 0.0)
            best = int(saved.argmax())
            if saved[best] < WORTH_MEAN:
                break
            colours = (*colours, int(present[best]))
            reach = np.minimum(reach, among[:, best])
        moved = float(weight[reach > MOVED].sum())
        return Offer(index, colours, HARM_WEIGHT * float(weight @ reach) + MOVED_WEIGHT * moved)

    def _tonal_cost(self, histogram: NDArray[np.float32], colours: tuple[int, ...]) -> float:
        """What the nearest colours of a sub-palette do to the shades of a histogram [64]."""
        present = np.flatnonzero(histogram)
        weight = (histogram[present] / histogram.sum()).astype(np.float64)
        shown = nearest_of(np.array([self.backdrop, *colours]))[present]
        before, after = LIGHTNESS[present].astype(np.float64), LIGHTNESS[shown].astype(np.float64)
        shift = abs(weight @ (after - before))
        before, after = before - weight @ before, after - weight @ after
        spread = np.sqrt((weight @ before**2) * (weight @ after**2))
        likeness = float(weight @ (before * after) / spread) if spread > 1e-9 else 0.0
        return TONE_WEIGHT * (1.0 - likeness) + SHIFT_WEIGHT * float(shift)
