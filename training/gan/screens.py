"""What a step is shown: tiles, code maps or screens of the corpus, and noise.

All chance is a function of numbers that a checkpoint keeps: order = f(seed, attempt, epoch), everything else
= f(seed, attempt, step).
"""

from __future__ import annotations

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from generator.nes.palette import PALETTE_RGB
from generator.nes.roles import Role
from generator.rng import mix

from ..corpus import Corpus
from ..errors import TrainingError
from ..planes.tile_set import tile_set
from . import augment, processes
from .config import TrainConfig
from .networks import looks

_ORDER, _NOISE, _AUGMENT, WEIGHTS, GRID_STREAM, _TILES, _MOVED = range(7)
"""One stream of the seed for each use, so that no two uses share random numbers."""
TILES_AN_IMAGE = 16
"""Tiles that count as an image in the codec's lesson. Painted screens have 28 different ones. (measured)"""


def dice(seed: int, stream: int, number: int) -> torch.Generator:
    """A CPU generator that is a function of three integers."""
    return torch.Generator().manual_seed(mix(seed, stream, number) >> 1)


class Screens:
    """The corpus as a training sees it."""

    def __init__(self, corpus: Corpus, config: TrainConfig, device: torch.device) -> None:
        self.corpus, self.config, self.device = corpus, config, device
        self.attempt = 0
        """How often the run went back to an earlier state; then it meets other noise and another order."""
        rows = corpus.training_rows()
        if not len(rows):
            raise TrainingError(f"{corpus.path}: all its screens are held out; add some to train on")
        rows = np.concatenate([rows, np.repeat(*_more_of(corpus, rows, config.own_share))])
        rows = np.tile(rows, -(-config.batch // len(rows)) if len(rows) < config.batch else 1)
        if config.batch % processes.count():
            raise TrainingError(
                f"--batch {config.batch} cannot be shared evenly by {processes.count()} "
                "processes; give a multiple"
            )
        self.rows = rows
        self.epoch_steps = len(rows) // config.batch
        self._order: tuple[tuple[int, int], Tensor] = ((-1, -1), torch.empty(0))
        # As bytes 20,000 screens take 1 GB of a GPU's memory. The CPU reads them from the disk.
        self._on_device = torch.from_numpy(corpus.read(rows)).to(device) if device.type == "cuda" else None
        self.colours = torch.from_numpy(PALETTE_RGB.copy()).float().to(device) / 127.5 - 1.0  # [64, 3], -1..1
        apart = tile_set(corpus)
        self.bars = augment.bar_rows(apart.roles[rows])
        self.tiles = torch.from_numpy(apart.tiles)
        shown = np.bincount(apart.numbers[rows].ravel(), minlength=len(apart.tiles))
        self._weights = torch.from_numpy(np.sqrt(shown)).double()
        # Of each cell the tile, the sub-palette and the role, so that one roll moves all three.
        grids = np.stack([apart.numbers[rows], apart.attributes[rows], apart.roles[rows]], -1)
        self._grids = torch.from_numpy(grids.astype(np.int32))  # [n, 14, 14, 3]
        self._palettes = torch.from_numpy(apart.palettes[rows]).long()

    def _dice(self, stream: int, number: int) -> torch.Generator:
        seed = self.config.seed
        return dice(mix(seed, self.attempt) if self.attempt else seed, stream, number)

    def noise(self, step: int) -> Tensor:
        """This process's share of the z of a step: float[k, latent]."""
        z = torch.randn(self.config.batch, self.config.latent, generator=self._dice(_NOISE, step))
        return processes.share(z).to(self.device)

    def moved(self, step: int, like: Tensor, deviation: float) -> Tensor:
        """Normal noise of this deviation for this process's share of a step, of the shape of `like`."""
        whole = torch.randn(
            len(like) * processes.count(), *like.shape[1:], generator=self._dice(_MOVED, step)
        )
        return processes.share(whole * deviation).to(self.device)

    def some_tiles(self, step: int) -> Tensor:
        """This process's share of the tiles of a step: uint8[k, 16, 16]. Frequent ones come more often."""
        count, chance = TILES_AN_IMAGE * self.config.batch, self._dice(_TILES, step)
        numbers = torch.multinomial(self._weights, count, replacement=True, generator=chance)
        return processes.share(augment.vary_tiles(self.tiles[numbers], chance)).to(self.device)

    def _rows(self, step: int) -> tuple[Tensor, list[int]]:
        """Which of `rows` a step shows, and by how many cells each is rolled."""
        epoch, at = divmod(step, self.epoch_steps)
        if self._order[0] != (self.attempt, epoch):
            order = torch.randperm(len(self.rows), generator=self._dice(_ORDER, epoch))
            self._order = ((self.attempt, epoch), order)
        rows = self._order[1][at * self.config.batch : (at + 1) * self.config.batch]
        return rows, augment.shifts(len(rows), self._dice(_AUGMENT, step))

    def maps(self, step: int, codes: Tensor) -> tuple[Tensor, Tensor]:
        """This process's share of the screens of a step: what their cells look like, float[k, c, 14, 14]
        (see `looks`), and their roles, float[k, R, 14, 14], one-hot.

        Args:
            codes: of all tiles, float[t, code].
        """
        rows, by = self._rows(step)
        grids = processes.share(augment.roll_sideways(self._grids[rows], self.bars[rows], by)).to(self.device)
        palettes = self.colours[processes.share(self._palettes[rows]).to(self.device)]  # [n, 4, 4, 3]
        numbers, attributes, roles = grids.long().unbind(-1)  # [n, 14, 14] each
        own = palettes[torch.arange(len(grids), device=self.device)[:, None, None], attributes, 1:].flatten(3)
        return (
            looks(codes[numbers].permute(0, 3, 1, 2), own.permute(0, 3, 1, 2), palettes[:, 0, 0]),
            torch.nn.functional.one_hot(roles, len(Role)).permute(0, 3, 1, 2).float(),
        )

    def pixels(self, step: int, *, roll: bool = True) -> Tensor:
        """This process's share of the same screens in pixels: float[k, 3, 224, 224] in -1..1."""
        rows, by = self._rows(step)
        if self._on_device is not None:
            screens = self._on_device[rows.to(self.device)]
        else:
            screens = torch.from_numpy(self.corpus.read(self.rows[rows.numpy()]))
        if roll:
            screens = augment.roll_sideways(screens, self.bars[rows], by)
        return self.colours[processes.share(screens).int()].permute(0, 3, 1, 2)


def _more_of(corpus: Corpus, rows: NDArray[np.int64], share: float) -> tuple[NDArray[np.int64], int]:
    """The screenshots among these rows, and how many times more than once each must be shown to have this
    share of all; 0 where nothing else is shown, or no share is asked for."""
    own = np.array([source.kind == "screenshot" for source in corpus.sources])[corpus.source[rows]]
    others = int((~own).sum())
    if not share or not others or not own.any():
        return rows[own], 0
    return rows[own], max(0, round(share / (1 - share) * others / int(own.sum())) - 1)
