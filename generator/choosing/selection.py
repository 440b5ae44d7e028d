"""The state of a choice of tiles: the candidates, the sub-palettes as they fill up, the bank as it grows."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import numpy as np
from numpy.typing import NDArray

from ..nes.roles import Role
from ..tiles.builder import BankBuilder
from ..tiles.candidates import Candidate, Candidates
from ..tiles.colours import LIGHTNESS, nearest_of, reach_of
from ..tiles.layers import Tiles
from ..tiles.legibility import WANTED_L
from ..tiles.measure import CellSet
from ..tiles.subpalettes import Offer, SubPalettes
from .reading import Classify

LEGIBLE_L = (WANTED_L + 4) / 100
"""L*, 0..1, by which the ground should be lighter than what is behind it: somewhat more than is wanted."""
LEGIBLE_WEIGHT = 6.0
"""Cost of each L* that is missing: more than any texture is worth. (by eye)"""


class Selection:
    """The state of one choice, shared by all that take tiles."""

    def __init__(self, cells: CellSet, z_seeds: list[int], classify: Classify | None = None) -> None:
        self.cells = cells
        self.classify = classify
        """What reads a room, if anybody does."""
        self.candidates = Candidates(cells)
        self.sub_palettes = SubPalettes(cells.backdrop)
        self.bank = BankBuilder(cells, self.sub_palettes, z_seeds)

    def offer(self, candidate: Candidate) -> Offer:
        """What it would take to show a candidate."""
        return self.sub_palettes.offer(candidate.histogram)

    def take(self, candidate: Candidate, role: Role, offer: Offer | None = None) -> Tiles:
        """Puts a candidate into the bank, in the sub-palette that harms it least; returns its tiles."""
        index = self.sub_palettes.take(offer or self.offer(candidate))
        return self.bank.add(candidate.block, index, role, candidate.score)

    def best(self, candidates: Iterable[Candidate], worth: Callable[[Candidate], float]) -> Candidate:
        """The candidate with the greatest score + worth - cost in the sub-palettes."""
        return max(candidates, key=lambda c: c.score + worth(c) - self.offer(c).cost)

    def best_lighter(self, candidates: Iterable[Candidate], behind_l: float) -> Candidate:
        """The best candidate that stands out from what will be behind it, of this L*, 0..1."""

        def worth(c: Candidate) -> float:
            return min(0.0, self.shown_l(c) - behind_l - LEGIBLE_L) * LEGIBLE_WEIGHT

        return self.best(candidates, worth)

    def colours(self, index: int) -> NDArray[np.uint8]:
        """uint8[4]: a sub-palette as it is now."""
        return np.asarray(self.sub_palettes.array()[index])

    def shown_l(self, candidate: Candidate) -> float:
        """Mean L* of a candidate, 0..1, in the sub-palette that harms it least."""
        colours = np.array([self.sub_palettes.backdrop, *self.offer(candidate).colours])
        return float(candidate.histogram @ LIGHTNESS[nearest_of(colours)] / candidate.histogram.sum())

    def harm(self, index: int) -> NDArray[np.float32]:
        """How far a sub-palette as it is now would move the mean pixel of every cell, float32[N]."""
        reach = reach_of(self.colours(index))
        return np.asarray(self.cells.histogram @ reach / self.cells.histogram.sum(1))
