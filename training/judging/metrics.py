"""What a network's dreams are worth, in numbers, beside the same numbers of painted games.

No number is enough alone: a distance of cells ranks structureless mush above good screens, tidy cells can be
all alike, and a flat colour is precise. All are measured on quantised screens, as the game uses them.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cached_property
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from generator.dream.loading import load_roles
from generator.inspect.novelty import is_plain
from generator.nes.cells import colour_counts
from generator.nes.palette import PALETTE_OKLAB, PALETTE_RGB, oklab
from generator.nes.roles import CELLS, NEVER_TILES, TILE, fold_odds
from generator.tiles.colours import pixel_distance
from generator.tiles.measure import LONE_SHARE, NEVER_ODDS, SAME_PX, SEAM_R

from ..corpus import Corpus
from ..errors import TrainingError
from ..gan.health import MOST_COLOURS, diversity
from ..pictures import cells_of
from ..roles.features import RoleFeatures
from .distances import cell_distance, precision_recall, pyramid_distance
from .things import KINDS, count_things

SCREENS = 192
"""Dreams, and screens of each half of the held-out games, that distances are measured on."""
TILE_SCREENS = 64
"""Dreams in which distinct tiles are counted."""
FEATURE_CELLS = 4_096
"""Cells of each set of screens whose features are compared."""
SURE = 0.9
"""Odds from which a role counts as recognised."""


@dataclass(frozen=True)
class Metrics:
    """The numbers of a set of screens. Shares are in 0..1; more is better unless `down` says less is."""

    cell_distance: float  # sliced Wasserstein, to the reference games' cells; down
    pyramid_distance: float  # sliced Wasserstein, to the reference games' Laplacian pyramids; down
    precision: float  # share of its cells that look like reference cells, in the role network's features
    recall: float  # share of reference cells that it can make
    tidy: float  # share of cells with at most 4 colours
    tidy_patterned: float  # the same of cells that are not flat
    moved: float  # mean OKLab distance that quantising moves a pixel by; down
    seamless: float  # share of cells that are not flat and repeat with R <= 1.25 sideways and down
    sure: float  # share of cells whose role is recognised with p >= 0.9
    tiles: int  # distinct usable tiles that are not flat, in 64 screens
    diversity: float  # mean OKLab distance between two screens' cells' mean colours
    columns: float  # whole ones a screen, by `things`; so all that follow
    windows: float
    arches: float  # 0 where the role network does not know them, as moons
    doors: float
    stairs: float
    moons: float


assert {*KINDS} < {field.name for field in fields(Metrics)}


class Judge:
    """Judges dreams against a corpus: half of its held-out games are the reference.

    Raises: TrainingError for a corpus with fewer than two held-out games, NetworkError for no role network.
    """

    def __init__(self, corpus: Corpus, roles: Path) -> None:
        rows = corpus.held_out_rows()
        sources = np.unique(corpus.source[rows])
        if len(sources) < 2:
            raise TrainingError(
                f"{corpus.path}: holds back {len(sources)} games, two are needed to judge by; add screens"
            )
        self._roles = load_roles(roles)
        self._features = RoleFeatures(roles)
        reference = np.isin(corpus.source[rows], sources[::2])
        self.reference = corpus.read(_spread(rows[reference], SCREENS))
        self.others = corpus.read(_spread(rows[~reference], SCREENS))

    @cached_property
    def held_out(self) -> Metrics:
        """The numbers of the held-out games that are not the reference."""
        return self.measure(self.others, None)

    def measure(self, screens: NDArray[np.uint8], dreamed: NDArray[np.uint8] | None) -> Metrics:
        """The numbers of quantised screens uint8[n, 224, 224].

        Args:
            dreamed: the same before they were quantised, RGB uint8[n, 224, 224, 3]; None for painted screens.
        """
        if len(screens) < len(self.reference):
            raise ValueError(f"{len(self.reference)} screens are needed, got {len(screens)}")
        screens = screens[: len(self.reference)]
        odds = self._roles.classify(PALETTE_RGB[screens])
        near = precision_recall(self._sampled(self.reference), self._sampled(screens))
        cells = cells_of(screens)
        tidy, flat = colour_counts(cells) <= MOST_COLOURS, is_plain(cells)
        return Metrics(
            cell_distance=cell_distance(screens, self.reference),
            pyramid_distance=pyramid_distance(screens, self.reference),
            precision=near.precision,
            recall=near.recall,
            tidy=float(tidy.mean()),
            tidy_patterned=float(tidy[~flat].mean()) if not flat.all() else 0.0,
            moved=0.0 if dreamed is None else moved_by_quantising(dreamed[: len(screens)], screens),
            seamless=float((seam_ratios(cells[~flat]).max(0) <= SEAM_R).mean()) if not flat.all() else 0.0,
            sure=float((fold_odds(odds).max(-1) >= SURE).mean()),
            tiles=len(self.tiles_of(screens)),
            diversity=diversity(screens),
            **count_things(odds.argmax(-1).astype(np.uint8)),
        )

    def tiles_of(self, screens: NDArray[np.uint8]) -> NDArray[np.uint8]:
        """The distinct usable tiles uint8[k, 16, 16] of the first 64 of screens uint8[n, 224, 224]."""
        some = screens[:TILE_SCREENS]
        cells = cells_of(some)
        return distinct_tiles(
            cells, fold_odds(self._roles.classify(PALETTE_RGB[some])).reshape(len(cells), -1)
        )

    def _sampled(self, screens: NDArray[np.uint8]) -> torch.Tensor:
        """The features of up to 4,096 cells, float32[k, d]; the same cells of every set of screens.

        Equal screens count once: among copies every neighbour is at distance 0.
        """
        screens = screens[first_of_equals(screens.reshape(len(screens), -1))]
        count = len(screens) * CELLS * CELLS
        some = np.random.default_rng(0).permutation(count)[:FEATURE_CELLS]
        return torch.from_numpy(self._features.of_cells(screens, some))


def _spread(rows: NDArray[np.int64], count: int) -> NDArray[np.int64]:
    """Takes `count` of the rows, evenly spread; some of them again where they are too few."""
    return rows[np.linspace(0, len(rows), count, endpoint=False).astype(np.intp)]


def first_of_equals(rows: NDArray[np.uint8] | NDArray[np.int8]) -> NDArray[np.intp]:
    """Where each different one of the rows [n, k], a byte an entry, stands first; in their order."""
    keys = np.ascontiguousarray(rows).view(f"V{rows.shape[1]}").ravel()
    return np.sort(np.unique(keys, return_index=True)[1])


def seam_ratios(cells: NDArray[np.uint8]) -> NDArray[np.float32]:
    """The seam ratios of cells uint8[n, 16, 16] that repeat sideways and down, float32[2, n]."""
    both = []
    for turned in (cells, cells.swapaxes(1, 2)):
        inside = pixel_distance(turned[:, :, :-1], turned[:, :, 1:]).mean((1, 2))
        seam = pixel_distance(turned[:, :, -1], turned[:, :, 0]).mean(1)
        both.append((seam + 1e-3) / (inside + 1e-3))
    return np.stack(both)


def distinct_tiles(cells: NDArray[np.uint8], odds: NDArray[np.float32]) -> NDArray[np.uint8]:
    """Those of the cells uint8[n, 16, 16] that could be a level's tiles, each once: uint8[k, 16, 16].

    Such a cell has at most 4 colours and 8 % lone pixels, is not flat, and no glyph or figure. Two cells are
    the same tile where at most 24 pixels differ.

    Args:
        odds: of their roles, float32[n, 17].
    """
    usable = (colour_counts(cells) <= MOST_COLOURS) & ~is_plain(cells) & (lone_shares(cells) <= LONE_SHARE)
    usable &= odds[:, sorted(NEVER_TILES)].sum(1) < NEVER_ODDS
    candidates = np.unique(cells[usable].reshape(-1, TILE * TILE), axis=0)
    kept = np.empty_like(candidates)
    count = 0
    for cell in candidates:
        if not ((kept[:count] != cell).sum(1) <= SAME_PX).any():
            kept[count] = cell
            count += 1
    return kept[:count].reshape(-1, TILE, TILE)


def lone_shares(cells: NDArray[np.uint8]) -> NDArray[np.float32]:
    """The share of pixels of cells uint8[n, 16, 16] without an equal 4-neighbour inside, float32[n]."""
    friends = np.zeros(cells.shape, bool)
    across, down = cells[:, :, 1:] == cells[:, :, :-1], cells[:, 1:] == cells[:, :-1]
    friends[:, :, 1:] |= across
    friends[:, :, :-1] |= across
    friends[:, 1:] |= down
    friends[:, :-1] |= down
    lone: NDArray[np.float32] = (1.0 - friends.mean((1, 2))).astype(np.float32)
    return lone


def moved_by_quantising(dreamed: NDArray[np.uint8], screens: NDArray[np.uint8]) -> float:
    """The mean OKLab distance of dreams RGB uint8[n, 224, 224, 3] from the screens uint8[n, 224, 224] that
    they became."""
    total = 0.0
    for rgb, indices in zip(dreamed, screens, strict=True):
        total += float(np.sqrt(((oklab(rgb) - PALETTE_OKLAB[indices]) ** 2).sum(-1)).mean())
    return total / len(screens)
