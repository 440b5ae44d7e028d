"""The role network: it says what every cell of a screen is for, by the cell and what lies around it.

It is small because it judges two dozen dreams while a player waits. Strides of 4, 2 and 2 make the 16 px
grid; the first layer reads patches of 4x4 px that lie on it, as half a glyph or a course of bricks does. Two
more layers look three cells far: ground and wall may look the same, but a floor goes on in ground.
"""

from __future__ import annotations

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from generator.nes.palette import PALETTE_RGB
from generator.nes.roles import Role

WIDTHS = (32, 64, 96, 96)
"""Channels at 56, 28, 14 and 14 px."""


class RoleNetwork(nn.Module):
    """Screens float[n, 3, 224, 224] in -1..1 -> logits float[n, 26, 14, 14], in the order of `Role`."""

    def __init__(self, widths: tuple[int, int, int, int] = WIDTHS) -> None:
        super().__init__()
        patches, halves, cells, around = widths
        self.layers = nn.Sequential(
            nn.Conv2d(3, patches, 4, stride=4),  # [n, 3, 224, 224] -> [n, 32, 56, 56]
            nn.ReLU(inplace=True),
            nn.Conv2d(patches, halves, 4, stride=2, padding=1),  # -> [n, 64, 28, 28]
            nn.ReLU(inplace=True),
            nn.Conv2d(halves, cells, 4, stride=2, padding=1),  # -> [n, 96, 14, 14]
            nn.ReLU(inplace=True),
            nn.Conv2d(cells, around, 3, padding=1),
            nn.ReLU(inplace=True),
            nn.Conv2d(around, around, 3, padding=2, dilation=2),
            nn.ReLU(inplace=True),
        )
        self.head = nn.Conv2d(around, len(Role), 1)

    def forward(self, screens: Tensor) -> Tensor:
        logits: Tensor = self.head(self.layers(screens))
        return logits


def to_input(screens: NDArray[np.uint8]) -> Tensor:
    """Palette indices uint8[n, 224, 224] -> float32[n, 3, 224, 224] in -1..1."""
    return torch.from_numpy(PALETTE_RGB[screens]).permute(0, 3, 1, 2).float() / 127.5 - 1.0
