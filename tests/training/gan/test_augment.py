"""Augmentation: whole cells move, the status bar stays."""

from __future__ import annotations

import numpy as np
import torch

from training.gan import augment
from training.gan.screens import dice


def test_rolling_keeps_the_bars_and_the_cells() -> None:
    screens = torch.arange(14 * 14).reshape(14, 14).repeat_interleave(16, 0).repeat_interleave(16, 1)
    batch = screens.byte()[None].repeat(8, 1, 1)
    by = augment.shifts(8, dice(1, 2, 3))
    bars = torch.tensor([[2, 1]] * 8)
    rolled = augment.roll_sideways(batch, bars, by)
    assert torch.equal(rolled[:, :32], batch[:, :32])
    assert torch.equal(rolled[:, -16:], batch[:, -16:])
    assert not torch.equal(rolled[:, 32:-16], batch[:, 32:-16])
    assert torch.equal(rolled.sort(dim=2).values, batch.sort(dim=2).values)
    cells = rolled[:, ::16, ::16]
    assert torch.equal(cells.repeat_interleave(16, 1).repeat_interleave(16, 2), rolled)
    grids = augment.roll_sideways(batch[:, ::16, ::16], bars, by)
    assert torch.equal(grids, cells), "grids of cells roll as pixels do"


def test_bar_heights_count_unbroken_rows_from_the_edges() -> None:
    roles = np.zeros((5, 14, 14), np.uint8)
    roles[1, :2, 5] = 15
    roles[2, 4, 5] = 15
    roles[3, -3:, 5] = 15
    roles[4, :, 5] = 15
    assert augment.bar_rows(roles).tolist() == [[0, 0], [2, 0], [0, 0], [0, 3], [14, 0]]


def test_some_tiles_are_mirrored_and_some_rolled() -> None:
    tiles = torch.randint(4, (16, 16, 16), dtype=torch.uint8)
    varied = augment.vary_tiles(tiles, dice(1, 2, 3))
    assert torch.equal(varied[:4], tiles[:4].flip(2))
    assert torch.equal(varied[6:], tiles[6:])
    assert torch.equal(varied[4:6].flatten(1).sort(1).values, tiles[4:6].flatten(1).sort(1).values)
