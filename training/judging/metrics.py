"""What a network's dreams are worth, in numbers: fixed samples, beside the same numbers of games that
nobody dreamed.

No single one is enough: a distance of cells ranks structureless mush above good screens, tidy cells can be
all alike, and a flat colour is precise. All are taken on quantised screens, as the game uses them.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from generator.dream.network import load_roles
from generator.nes.cells import colour_counts, cut
from generator.nes.palette import PALETTE_OKLAB, PALETTE_RGB, oklab
from generator.nes.roles import CELLS, NEVER_TILES, TILE
from generator.tiles.colours import pixel_distance
from generator.tiles.measure import FLAT_CONTRAST, LONE_SHARE, NEVER_ODDS, SAME_PX, SEAM_R

from ..corpus import Corpus
from ..errors import TrainingError
from ..roles.features import RoleFeatures
from .distances import cell_distance, precision_recall, pyramid_distance

SCREENS = 192
"""Dreams, and screens of either half of the held-out games, that the distances are taken on."""
TILE_SCREENS = 64
"""Dreams in which distinct tiles are counted."""
FEATURE_CELLS = 4_096
MOST_COLOURS = 4
"""Of a cell that one sub-palette can show. (the NES)"""
SURE = 0.9


@dataclass(frozen=True)
class Metrics:
    """Numbers of one set of screens. "Share" is in 0..1, "up" is better where nothing else is said."""

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

    def to_dict(self) -> dict[str, float]:
        """By name, for JSON."""
        return asdict(self)


class Judge:
    """Judges dreams against one corpus: half of its held-out games are the reference, the others its
    measure."""

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
        """The same numbers of the held-out games that are not the reference."""
        return self.measure(self.others, None)

    def measure(self, screens: NDArray[np.uint8], dreamed: NDArray[np.uint8] | None) -> Metrics:
        """Of quantised screens uint8[192, 224, 224] and, where they were dreamed, their RGB uint8[192, 224,
        224, 3]."""
        if len(screens) < len(self.reference):
            raise ValueError(f"{len(self.reference)} screens are needed, got {len(screens)}")
        screens = screens[: len(self.reference)]
        odds = self._roles.classify(PALETTE_RGB[screens])
        near = precision_recall(self._sampled(self.reference), self._sampled(screens))
        cells = np.stack([cut(screen) for screen in screens]).reshape(-1, TILE, TILE)
        tidy, flat = colour_counts(cells) <= MOST_COLOURS, is_flat(cells)
        return Metrics(
            cell_distance=cell_distance(screens, self.reference),
            pyramid_distance=pyramid_distance(screens, self.reference),
            precision=near.precision,
            recall=near.recall,
            tidy=float(tidy.mean()),
            tidy_patterned=float(tidy[~flat].mean()) if not flat.all() else 0.0,
            moved=0.0 if dreamed is None else moved_by_quantising(dreamed[: len(screens)], screens),
            seamless=float((seam_ratios(cells[~flat]).max(0) <= SEAM_R).mean()) if not flat.all() else 0.0,
            sure=float((odds.max(-1) >= SURE).mean()),
            tiles=len(self.tiles_of(screens)),
            diversity=diversity(screens),
        )

    def tiles_of(self, screens: NDArray[np.uint8]) -> NDArray[np.uint8]:
        """Distinct usable tiles uint8[k, 16, 16] of the first 64 of quantised screens uint8[n, 224, 224]."""
        some = screens[:TILE_SCREENS]
        cells = np.concatenate([cut(screen).reshape(-1, TILE, TILE) for screen in some])
        return distinct_tiles(cells, self._roles.classify(PALETTE_RGB[some]).reshape(len(cells), -1))

    def _sampled(self, screens: NDArray[np.uint8]) -> torch.Tensor:
        """Features of some cells, float32[k, d], k <= 4096; the same cells of every set of screens.

        A screen counts once: among copies every neighbour is at distance 0.
        """
        _, first = np.unique(screens.reshape(len(screens), -1), axis=0, return_index=True)
        screens = screens[np.sort(first)]
        count = len(screens) * CELLS * CELLS
        some = np.random.default_rng(0).permutation(count)[:FEATURE_CELLS]
        return torch.from_numpy(self._features.of_cells(screens, some))


def _spread(rows: NDArray[np.int64], count: int) -> NDArray[np.int64]:
    """`count` of the rows, evenly; again from the front where they are too few."""
    return rows[np.linspace(0, len(rows), count, endpoint=False).astype(np.intp)]


def is_flat(cells: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """Which cells uint8[n, 16, 16] hold next to nothing, bool[n]."""
    across = pixel_distance(cells[:, :, :-1], cells[:, :, 1:]).mean((1, 2))
    down = pixel_distance(cells[:, :-1], cells[:, 1:]).mean((1, 2))
    return np.asarray((across + down) / 2 < FLAT_CONTRAST)


def seam_ratios(cells: NDArray[np.uint8]) -> NDArray[np.float32]:
    """R of cells uint8[n, 16, 16] repeated sideways and down, float32[2, n]: seam against the inside."""
    both = []
    for turned in (cells, cells.swapaxes(1, 2)):
        inside = pixel_distance(turned[:, :, :-1], turned[:, :, 1:]).mean((1, 2))
        seam = pixel_distance(turned[:, :, -1], turned[:, :, 0]).mean(1)
        both.append((seam + 1e-3) / (inside + 1e-3))
    return np.stack(both)


def distinct_tiles(cells: NDArray[np.uint8], odds: NDArray[np.float32]) -> NDArray[np.uint8]:
    """The cells uint8[n, 16, 16] that a level could be made of as they are, one of each kind: uint8[k, 16,
    16].

    At most 4 colours, not flat, at most 8 % lone pixels, no glyph or figure; two cells are of a kind where
    at most 24 pixels differ. `odds`: float32[n, 17].
    """
    usable = (colour_counts(cells) <= MOST_COLOURS) & ~is_flat(cells) & (lone_shares(cells) <= LONE_SHARE)
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
    """Share of pixels of each cell uint8[n, 16, 16] without an equal 4-neighbour inside it, float32[n]."""
    friends = np.zeros(cells.shape, bool)
    across, down = cells[:, :, 1:] == cells[:, :, :-1], cells[:, 1:] == cells[:, :-1]
    friends[:, :, 1:] |= across
    friends[:, :, :-1] |= across
    friends[:, 1:] |= down
    friends[:, :-1] |= down
    return (1.0 - friends.mean((1, 2))).astype(np.float32)


def moved_by_quantising(dreamed: NDArray[np.uint8], screens: NDArray[np.uint8]) -> float:
    """Mean OKLab distance between RGB uint8[n, 224, 224, 3] and the palette indices uint8[n, 224, 224] it
    became."""
    total = 0.0
    for rgb, indices in zip(dreamed, screens, strict=True):
        total += float(np.sqrt(((oklab(rgb) - PALETTE_OKLAB[indices]) ** 2).sum(-1)).mean())
    return total / len(screens)


def diversity(screens: NDArray[np.uint8]) -> float:
    """Mean OKLab distance between the mean colours of two screens' cells, over all pairs of uint8[n, 224,
    224]."""
    if len(screens) < 2:
        return 0.0
    means = PALETTE_RGB[screens].reshape(len(screens), CELLS, TILE, CELLS, TILE, 3).mean((2, 4))
    colours = torch.from_numpy(oklab(means)).reshape(len(screens), -1, 3)
    apart = sum(torch.cdist(colours[:, cell], colours[:, cell]) for cell in range(CELLS * CELLS))
    pairs = len(screens) * (len(screens) - 1)
    return float(torch.as_tensor(apart).sum()) / (pairs * CELLS * CELLS)
