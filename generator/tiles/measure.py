"""Measures of the dreamed cells: which of them could be tiles, and how good a tile each would be.

The cells of a dream hold stray pixels of a dozen colours. On the NES a tile shows four at most. So every cell
is measured in the backdrop colour and the three others that suit it best (`clean`), nearly as it will be
shown. How far its pixels had to move for that is part of its quality. A cell has the number `screen * 196 +
row * 14 + column`; arrays over cells are in that order.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..nes.cells import cut
from ..nes.palette import OWN_COLOURS
from ..nes.roles import CELLS, NEVER_TILES, TILE, Role, fold_odds
from .colours import DISTANCE, LIGHTNESS, WORTH_MEAN, histograms, pixel_distance, shared_backdrop

COMMON_COLOURS = 24
"""Commonest colours of the screens: a cell's own three are found among them."""
HARM = 0.08
"""Mean perceived move of a pixel at which a cell is worth a third, since it shows. (by eye)"""
LONE_SHARE = 0.08
"""Share of pixels without an equal 4-neighbour at which a cell is worth half. (FACTS)"""
SEAM_R = 1.25
"""Seam ratio up to which a repetition shows no seam. (FACTS)"""
SEAM_FADE = 1.5
"""How far beyond SEAM_R a pattern is worth half. (by eye)"""
SAME_PX = 24
"""Two cells are the same tile where at most so many of their 256 pixels differ. (FACTS)"""
OFTEN = 12
"""Occurrences from which more do not count. (by eye)"""
NEVER_ODDS = 0.35
"""A cell that is a glyph or a figure with at least these odds is no tile."""
SURE_ODDS = 0.5
"""Odds from which a cell is surely a glyph or a figure."""
BESIDE_ODDS = 0.03
"""A cell with these odds is no tile beside one that surely is none, since words go on. (by eye, on the tiles
of 100 stages)"""
BAR_ROWS, BAR_GLYPHS, BAR_LEAST = 4, 2, 3
"""The last of the upper BAR_ROWS rows of a screen with BAR_GLYPHS glyphs ends its status bar, of which some
cells look like walls; in the upper BAR_LEAST rows one that may be a glyph does. No cell of it is a tile."""
FLAT_CONTRAST = 0.015
"""Mean perceived difference of neighbouring pixels below which a cell is flat: a few lit pixels.
(measured)"""
_EPSILON = 0.006
"""Perceived distance that keeps the seam ratio of flat cells finite."""


@dataclass(frozen=True, eq=False)
class CellSet:
    """All N = screens * 196 cells of a stage's screens with their measures."""

    pixels: NDArray[np.uint8]
    """[N, 16, 16] palette indices, as dreamed."""
    backdrop: int
    """The shared backdrop colour."""
    role: NDArray[np.uint8]
    """[N] the likeliest base role that a tile may have."""
    detail: NDArray[np.uint8]
    """[N] the likeliest of all roles that a tile may have, also of those beyond the base roles."""
    certain: NDArray[np.float32]
    """[N] odds of that base role."""
    guest: NDArray[np.bool_]
    """[N] whether its screen was dreamed for what the stage's own may lack, in other colours."""
    lends_walls: NDArray[np.bool_]
    """[N] whether it is a guest's whose walls may be taken, too."""
    barred: NDArray[np.bool_]
    """[N] whether a cell is probably a glyph or a figure, and so no tile."""
    clean: NDArray[np.uint8]
    """[N, 16, 16] palette indices in the backdrop colour and the three that suit the cell best. All that
    follows is measured in these."""
    crisp: NDArray[np.float32]
    """[N] 0..1, the greater the less cleaning moved and the fewer lone pixels there are."""
    histogram: NDArray[np.float32]
    """[N, 64] pixels of each colour."""
    lightness: NDArray[np.float32]
    """[N] mean L*, 0..1."""
    contrast: NDArray[np.float32]
    """[N] mean perceived distance of neighbouring pixels."""
    edge_x: NDArray[np.float32]
    """[N] perceived distance up to which nobody sees a vertical seam: that of the cell's inside, or of its
    borders in the dream."""
    edge_y: NDArray[np.float32]
    """[N] the same of a horizontal seam."""

    def __len__(self) -> int:
        return len(self.pixels)

    @property
    def airy(self) -> NDArray[np.bool_]:
        """bool[N]: the cells that are sky or backdrop."""
        return np.isin(self.role, (Role.SKY, Role.BACKDROP)) & ~self.barred

    @property
    def ink(self) -> NDArray[np.float32]:
        """float32[N]: the share of each cell that is not of the backdrop colour."""
        return np.asarray(1.0 - self.histogram[:, self.backdrop] / TILE**2)

    def positions(self, cells: NDArray[np.intp]) -> NDArray[np.intp]:
        """Screen, row and column of cell numbers [...]: intp[..., 3]."""
        screen, rest = np.divmod(cells, CELLS * CELLS)
        return np.stack([screen, rest // CELLS, rest % CELLS], axis=-1)

    def seam_x(self, blocks: NDArray[np.intp]) -> NDArray[np.float32]:
        """Seam ratio of blocks [K, h, w] of cell numbers that repeat sideways: float32[K]; 1 is like the
        inside."""
        first, last = blocks[:, :, 0], blocks[:, :, -1]
        seam = pixel_distance(self.clean[last, :, -1], self.clean[first, :, 0]).mean((1, 2))
        allowed = np.maximum(self.edge_x[last], self.edge_x[first]).mean(1)
        ratio: NDArray[np.float32] = (seam + _EPSILON) / (allowed + _EPSILON)
        return ratio

    def seam_y(self, above: NDArray[np.intp], below: NDArray[np.intp]) -> NDArray[np.float32]:
        """Seam ratio where rows of cells [K, w] stand above rows [K, w]: float32[K]."""
        seam = pixel_distance(self.clean[above, -1], self.clean[below, 0]).mean((1, 2))
        allowed = np.maximum(self.edge_y[above], self.edge_y[below]).mean(1)
        ratio: NDArray[np.float32] = (seam + _EPSILON) / (allowed + _EPSILON)
        return ratio


def measure(
    screens: NDArray[np.uint8], odds: NDArray[np.float32], guests: int = 0, of_walls: int = 0
) -> CellSet:
    """The cells of screens uint8[n, 224, 224] (palette indices) with role odds float32[n, 14, 14, 17 or 26].

    guests: how many of the screens, the last ones, are guests; of_walls: of how many of these, again the
    last ones, walls may be taken.
    """
    cells = np.stack([cut(screen) for screen in screens]).reshape(-1, TILE, TILE)
    never = sorted(NEVER_TILES)
    all_odds = odds.reshape(len(cells), -1).copy()
    all_odds[:, never] = 0.0
    tile_odds = fold_odds(all_odds)
    role = tile_odds.argmax(1)
    barred = _barred(odds[..., never].sum(-1)).reshape(-1)

    dreamed = histograms(cells)
    guest = np.arange(len(cells)) >= len(cells) - guests * CELLS**2
    own = ~guest & ~barred
    backdrop = shared_backdrop(dreamed[own] if own.any() else dreamed)
    clean, harm = _cleaned(cells, dreamed, backdrop)
    lone = _lone_share(clean)
    inner_x = pixel_distance(clean[:, :, :-1], clean[:, :, 1:]).mean((1, 2))
    inner_y = pixel_distance(clean[:, :-1], clean[:, 1:]).mean((1, 2))
    grid = clean.reshape(len(screens), CELLS, CELLS, TILE, TILE)
    histogram = histograms(clean)
    return CellSet(
        pixels=cells,
        backdrop=backdrop,
        role=role.astype(np.uint8),
        detail=all_odds.argmax(1).astype(np.uint8),
        certain=tile_odds[np.arange(len(cells)), role],
        guest=guest,
        lends_walls=np.arange(len(cells)) >= len(cells) - of_walls * CELLS**2,
        barred=barred,
        clean=clean,
        crisp=(np.exp(-harm / HARM) / (1.0 + (lone / LONE_SHARE) ** 2)).astype(np.float32),
        histogram=histogram,
        lightness=(histogram @ LIGHTNESS / (TILE * TILE)).astype(np.float32),
        contrast=(inner_x + inner_y) / 2,
        edge_x=np.maximum(inner_x, _dreamed_border(grid[..., -1], grid[..., 0], axis=2)),
        edge_y=np.maximum(inner_y, _dreamed_border(grid[..., -1, :], grid[..., 0, :], axis=1)),
    )


def _barred(never: NDArray[np.float32]) -> NDArray[np.bool_]:
    """Which cells are no tiles, bool[n, 14, 14], by the odds that they are glyphs or figures."""
    surely = never >= SURE_ODDS
    padded = np.pad(surely, ((0, 0), (1, 1), (1, 1)))
    beside = padded[:, 1:-1, :-2] | padded[:, 1:-1, 2:] | padded[:, :-2, 1:-1] | padded[:, 2:, 1:-1]
    written = surely.sum(2) >= BAR_GLYPHS
    written[:, :BAR_LEAST] = (never[:, :BAR_LEAST] >= NEVER_ODDS).any(2)
    written[:, BAR_ROWS:] = False
    bar = np.logical_or.accumulate(written[:, ::-1], axis=1)[:, ::-1]  # and all rows above
    return np.asarray((never >= NEVER_ODDS) | beside & (never >= BESIDE_ODDS) | bar[:, :, None])


def seamless(ratio: NDArray[np.float32]) -> NDArray[np.float32]:
    """Seam ratios to 0..1: 1 where nobody sees the seam."""
    beyond: NDArray[np.float32] = np.maximum(ratio - SEAM_R, 0.0) / SEAM_FADE
    return (1.0 / (1.0 + beyond**2)).astype(np.float32)


def occurrences(cells: NDArray[np.uint8]) -> NDArray[np.intp]:
    """How many of the cells [K, 16, 16] are the same tile as each, itself included: intp[K]."""
    kind = kinds_of(cells)
    _, first, count = np.unique(kind, return_index=True, return_counts=True)
    flat = cells[first].reshape(len(first), TILE * TILE)
    found = np.array([count[(flat != one).sum(1) <= SAME_PX].sum() for one in flat], dtype=np.intp)
    return found[kind]


def kinds_of(cells: NDArray[np.uint8]) -> NDArray[np.intp]:
    """Numbers from 0 on for cells [K, 16, 16], equal ones for equal cells: intp[K]."""
    rows = np.ascontiguousarray(cells.reshape(len(cells), TILE * TILE))
    _, kind = np.unique(rows.view(np.dtype((np.void, rows.shape[1]))).ravel(), return_inverse=True)
    return kind


def often(count: NDArray[np.intp]) -> NDArray[np.float32]:
    """Occurrences to 0..1, logarithmically."""
    share: NDArray[np.float32] = (np.log(np.minimum(count, OFTEN)) / np.log(OFTEN)).astype(np.float32)
    return share


def _cleaned(
    cells: NDArray[np.uint8], histogram: NDArray[np.float32], backdrop: int
) -> tuple[NDArray[np.uint8], NDArray[np.float32]]:
    """Every cell in the backdrop colour and its own best three, and how far its mean pixel moved, float32[N].

    A cell of few colours has its three among them, others have theirs among the commonest of all.
    """
    weight = histogram / (TILE * TILE)
    beside = weight.copy()
    beside[:, backdrop] = 0.0
    few = (beside > 0).sum(1) <= OWN_COLOURS
    own = np.full((len(cells), 1 + OWN_COLOURS), backdrop, np.intp)
    its = np.argsort(-beside[few], axis=1, kind="stable")[:, :OWN_COLOURS]
    own[few, 1:] = _best_three(np.take_along_axis(beside[few], its, 1), its, its, backdrop)
    commonest = np.argsort(-histogram.sum(0), kind="stable")[:COMMON_COLOURS]
    every = np.arange(histogram.shape[1])
    own[~few, 1:] = _best_three(weight[~few], every[None], commonest[None], backdrop)
    nearest = np.take_along_axis(own, DISTANCE[own].argmin(1), axis=1).astype(np.uint8)  # [N, 64]
    clean = np.take_along_axis(nearest, cells.reshape(len(cells), -1).astype(np.intp), axis=1)
    moved = (weight * DISTANCE[own].min(1)).sum(1)
    return clean.reshape(cells.shape), moved


def _best_three(
    weight: NDArray[np.float32], colours: NDArray[np.intp], offered: NDArray[np.intp], backdrop: int
) -> NDArray[np.intp]:
    """The three colours for each cell, intp[N, 3], the backdrop colour where fewer will do.

    They are found one after the other, for all cells at once: each is the colour that saves most.

    Args:
        weight: share of each cell's pixels that have each of its colours, float32[N, C].
        colours: which these are, [N or 1, C].
        offered: of which colours it takes three, [N or 1, K].
    """
    between = DISTANCE[colours[:, :, None], offered[:, None]]  # [N or 1, C, K]
    reach = np.broadcast_to(DISTANCE[colours, backdrop], weight.shape)  # of each colour to the nearest taken
    taken = []
    for _ in range(OWN_COLOURS):
        left = np.stack(
            [(weight * np.minimum(reach, between[:, :, one])).sum(1) for one in range(offered.shape[1])], 1
        )
        worth_it = (weight * reach).sum(1) - left.min(1) >= WORTH_MEAN
        at = left.argmin(1)
        best = np.take_along_axis(np.broadcast_to(offered, left.shape), at[:, None], 1)[:, 0]
        best = np.where(worth_it, best, backdrop)
        taken.append(best)
        reach = np.minimum(reach, DISTANCE[np.broadcast_to(colours, weight.shape), best[:, None]])
    return np.stack(taken, axis=1)


def _lone_share(cells: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Share of the pixels of cells that repeat which have no equal 4-neighbour, float32[N]."""
    same_x = cells == np.roll(cells, 1, axis=2)
    same_y = cells == np.roll(cells, 1, axis=1)
    friends = same_x | np.roll(same_x, -1, axis=2) | same_y | np.roll(same_y, -1, axis=1)
    lone: NDArray[np.float32] = (1.0 - friends.mean((1, 2))).astype(np.float32)
    return lone


def _dreamed_border(last: NDArray[np.uint8], first: NDArray[np.uint8], axis: int) -> NDArray[np.float32]:
    """How much cells differ from their neighbours across their borders, the larger of the two sides,
    float32[N].

    `last`, `first`: [n, 14, 14, 16], the last and the first line of pixels of each cell along `axis`.
    The mortar of a hewn block lies on its border: without this every repetition of it would count as a seam.
    """
    between = pixel_distance(np.moveaxis(last, axis, 0)[:-1], np.moveaxis(first, axis, 0)[1:]).mean(-1)
    border = np.zeros((CELLS, *between.shape[1:]), np.float32)
    border[:-1] = between
    border[1:] = np.maximum(border[1:], between)
    return np.moveaxis(border, 0, axis).reshape(-1)
