"""Ornaments: pieces of a dream that are taken whole, in the sub-palettes that the tiles have filled."""

from __future__ import annotations

from collections import Counter

import numpy as np
from numpy.typing import NDArray

from ..nes.roles import FOLD, Role
from ..tiles.bays import one_number_each
from ..tiles.candidates import Candidate
from ..tiles.heavens import Light, horizons, lights
from ..tiles.layers import Tiles
from ..tiles.measure import FLAT_CONTRAST, seamless
from ..tiles.pieces import Component, vertical_runs
from ..tiles.subpalettes import Offer, SubPalettes
from ..tiles.tidying import is_framed, likeness
from .selection import Selection
from .wardrobe import Column

LEAST_WORTH = 0.17
"""Worth below which an ornament is left out. (by eye)"""
LEAST_COLUMN = 0.1
"""Worth below which a column is left out. Where it stands says that it is a pillar, so a poor one will do.
(by eye)"""
COLUMN_TILES, COLUMN_WIDTH = 3, 2
"""Cells of the least column: capital, shaft and foot; and the most columns of cells of a patch that is
one."""
SEAMY_SHAFT = 0.3
"""Worth of a column whose shaft shows its seams, of 1. (by eye)"""
TRIED_HORIZONS, LEAST_HORIZON = 6, 0.1
"""Horizons of which the best is taken, and the worth of one, less its cost in the sub-palettes, below which a
castle is built instead. (by eye)"""
MOST_PIECES = 2
"""Pieces of a role: a castle has one kind of window, or two, and many of them."""
MOST_CLOUDS = 3
WHOLE_TIMES, WHOLE_SHARE = 4, 0.3
"""Patches of one shape from which it is certainly a whole thing; the share of the worth that depends on it.
(by eye)"""
LARGE_TILES, LARGE_SHARE = 4, 0.3
"""Tiles of a piece beyond which more are no better; the share of the worth that depends on it. (by eye)"""
CUT_WORTH = 0.7
"""Worth of a piece at its screen's edge, which may be cut off, of 1. (by eye)"""
LEAST_INK = 0.15
"""Least share of a piece's pixels that are not in the colours behind it, or it is a speck. (by eye)"""
LEAST_RIM = 0.6
"""Least share of a piece's rim that is in the colours behind it. (by eye)"""
FRAMED = frozenset({Role.WINDOW, Role.DOOR, Role.ARCH})
"""Things that are whole and symmetrical, or not at all."""
GATES, GATE_KINDS = frozenset({Role.DOOR, Role.ARCH}), 3
"""Things that lead somewhere, and different tiles in the least of them: what has fewer is a piece of wall."""
UNLIKE_ITSELF = 0.4
"""Worth of a window that is not symmetrical at all, of 1.4. (by eye)"""
LESSER = 0.6
"""Share of the best piece's worth below which another one is left out."""


class Ornaments:
    """Takes ornaments for one selection."""

    def __init__(self, selection: Selection) -> None:
        self.cells = selection.cells
        self.candidates = selection.candidates
        self.sub_palettes = selection.sub_palettes
        self.bank = selection.bank

    def column(self) -> Column | None:
        """Capital, shaft and foot of one dreamed column, or None."""
        best: tuple[float, NDArray[np.intp], int, Offer] | None = None
        for patch in self.candidates.patches:
            if patch.role != Role.COLUMN or patch.block.shape[1] > COLUMN_WIDTH:
                continue
            for run in vertical_runs(patch):
                if len(run) < COLUMN_TILES:
                    continue
                middle = run[1:-1, None]
                seam = seamless(self.cells.seam_y(middle, middle))
                shaft = int((self.candidates.quality[middle[:, 0]] * seam).argmax())
                offer = self.sub_palettes.ornament_offer(self.cells.histogram[run].sum(0))
                if offer is None:
                    continue
                whole = float((self.cells.crisp[run] * self.cells.certain[run]).mean())
                worth = whole * (SEAMY_SHAFT + (1.0 - SEAMY_SHAFT) * float(seam[shaft])) - offer.cost
                if best is None or worth > best[0]:
                    best = (worth, run, shaft, offer)
        if best is None or best[0] < LEAST_COLUMN or self.bank.left < COLUMN_TILES:
            return None
        worth, run, shaft, offer = best
        index = self.sub_palettes.take(offer)
        picked = np.array([[run[0]], [run[1 + shaft]], [run[-1]]], dtype=np.intp)
        tiles = self.bank.add(picked, index, Role.COLUMN, worth)
        return Column(int(tiles[0, 0]), tiles[1:2], int(tiles[2, 0]))

    def pieces(
        self,
        roles: tuple[Role, ...],
        least: tuple[int, int],
        most: tuple[int, int],
        before: Candidate | None = None,
    ) -> tuple[Tiles, ...]:
        """Distinct patches of some roles, taken whole, of a size within (height, width) bounds; the best
        first.

        before: what they will stand before. A patch whose rim shows anything else would look cut out.
        """
        shapes = Counter(patch.block.shape for patch in self.candidates.patches if patch.role in roles)
        ranked: list[tuple[float, Component]] = []
        for patch in self.candidates.patches:
            height, width = patch.block.shape
            if patch.role not in roles or not (
                least[0] <= height <= most[0] and least[1] <= width <= most[1]
            ):
                continue
            own = patch.block[patch.block >= 0]
            if self.cells.contrast[own].mean() < FLAT_CONTRAST:
                continue
            if patch.role in FRAMED and (patch.fullness < 1 or not is_framed(self.cells, patch.block)):
                continue  # a window without a frame all round is a hole
            if patch.role in GATES and len(np.unique(one_number_each(self.cells, patch.block))) < GATE_KINDS:
                continue
            if before is not None and not self._stands_before(patch, before):
                continue
            worth = float((self.cells.crisp[own] * self.cells.certain[own]).mean()) * patch.fullness
            # Windows come in rows: a shape that was dreamed again and again is a whole one, no fragment.
            worth *= 1.0 - WHOLE_SHARE + WHOLE_SHARE * min(shapes[patch.block.shape] / WHOLE_TIMES, 1.0)
            worth *= 1.0 - LARGE_SHARE + LARGE_SHARE * min(height * width / LARGE_TILES, 1.0)
            if patch.at_edge:
                worth *= CUT_WORTH
            if patch.role in FRAMED:
                worth *= UNLIKE_ITSELF + likeness(self.cells, patch.block)
            offer = self.sub_palettes.ornament_offer(self.cells.histogram[own].sum(0))
            if offer is not None and worth - offer.cost >= LEAST_WORTH:
                ranked.append((worth - offer.cost, patch))
        ranked.sort(key=lambda pair: -pair[0])
        taken: list[NDArray[np.intp]] = []
        out: list[Tiles] = []
        for worth, patch in ranked:
            if len(out) == MOST_PIECES or worth < ranked[0][0] * LESSER:
                break
            if any(self.candidates.same(np.maximum(patch.block, 0), np.maximum(other, 0)) for other in taken):
                continue
            tiles = self._take(patch.block, Role(int(FOLD[patch.role])), worth)
            if tiles is not None:
                taken.append(patch.block)
                out.append(tiles)
        return tuple(out)

    def _take(self, block: NDArray[np.intp], role: Role, worth: float) -> Tiles | None:
        """The tiles of a whole block of cell numbers (-1: none), in the sub-palette that suits it best; None
        where all sub-palettes harm it or the bank is full."""
        offer = self.sub_palettes.ornament_offer(self.cells.histogram[block[block >= 0]].sum(0))
        if offer is None or not self.bank.fits(block):
            return None
        return self.bank.add(block, self.sub_palettes.take(offer), role, worth)

    def _stands_before(self, patch: Component, before: Candidate) -> bool:
        """Whether a patch's rim, but not all of the patch, is in the commonest colour behind it or in the
        backdrop colour."""
        behind = [int(before.histogram.argmax()), self.sub_palettes.backdrop]
        picture = self.cells.clean[patch.block]
        picture[patch.block < 0] = self.sub_palettes.backdrop
        rim = [edge.ravel() for edge in (picture[0, :, 0], picture[:, 0, :, 0], picture[:, -1, :, -1])]
        ink = ~np.isin(self.cells.clean[patch.block[patch.block >= 0]], behind)
        return bool(np.isin(np.concatenate(rim), behind).mean() >= LEAST_RIM and ink.mean() >= LEAST_INK)

    def heavens(self, lightest: float) -> tuple[Tiles | None, Tiles | None, tuple[Tiles, ...]]:
        """Horizon, moon and clouds.

        lightest: most mean L*, 0..1, of a horizon, so that the ground stands out from it.
        """
        in_sky = lights(self.cells)
        moon = self._hang([light for light in in_sky if light.is_moon], 1)
        clouds = self._hang([light for light in in_sky if not light.is_moon], MOST_CLOUDS)
        return self._horizon(lightest), moon[0] if moon else None, clouds

    def _hang(self, found: list[Light], most: int) -> tuple[Tiles, ...]:
        """The tiles of the first of these lights that can be shown, at most so many."""
        hung: list[Tiles] = []
        for light in found:
            if len(hung) < most and (tiles := self._take(light.block, Role.SKY, light.worth)) is not None:
                hung.append(tiles)
        return tuple(hung)

    def _horizon(self, lightest: float) -> Tiles | None:
        """The tiles of the best horizon that can be shown, every cell in the sub-palette that suits it
        best; or None. Its last row is of the cell that it goes on with."""
        best: tuple[float, NDArray[np.intp], SubPalettes] | None = None
        for horizon in horizons(self.cells, lightest)[:TRIED_HORIZONS]:
            below = np.full((1, horizon.block.shape[1]), horizon.fill)
            block = one_number_each(self.cells, np.concatenate([horizon.block, below]))
            trial, cost = self.sub_palettes.with_block(self.cells.histogram, block)
            if self.bank.fits(block) and (best is None or horizon.worth - cost > best[0]):
                best = horizon.worth - cost, block, trial
        if best is None or best[0] < LEAST_HORIZON:
            return None
        worth, block, self.sub_palettes.sets = best[0], best[1], best[2].sets
        out = np.full(block.shape, -1, np.int16)
        for cell in np.unique(block[block >= 0]):
            index = self.sub_palettes.offer(self.cells.histogram[cell]).index
            out[block == cell] = self.bank.add_one(int(cell), index, Role.SKY, worth)
        return out
