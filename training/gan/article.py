"""The plain DCGAN of the article that this project began with, to be compared with: z -> RGB."""

from __future__ import annotations

from itertools import pairwise

import torch
from torch import Tensor, nn

from .networks import LATENT, START_CELLS
from .processes import SharedBatchNorm

WIDTHS = (256, 256, 128, 64, 32)
"""Channels at 7, 14, 28, 56 and 112 px."""
WEIGHT_DEVIATION = 0.02
"""Of the normal weights at the start. (Radford, Metz and Chintala, 2016)"""


class PlainGenerator(nn.Module):
    """z -> screens."""

    def __init__(self, latent: int = LATENT, widths: tuple[int, ...] = WIDTHS) -> None:
        super().__init__()
        self.latent = latent
        layers: list[nn.Module] = [nn.ConvTranspose2d(latent, widths[0], START_CELLS, bias=False)]
        for wide, narrow in pairwise(widths):
            layers += [
                SharedBatchNorm(wide),
                nn.ReLU(inplace=True),
                nn.ConvTranspose2d(wide, narrow, 4, 2, 1, bias=False),
            ]
        layers += [SharedBatchNorm(widths[-1]), nn.ReLU(inplace=True)]
        layers += [nn.ConvTranspose2d(widths[-1], 3, 4, 2, 1), nn.Tanh()]
        self.layers = nn.Sequential(*layers)

    def forward(self, z: Tensor) -> tuple[Tensor]:
        """z float[n, latent] -> screens float[n, 3, 224, 224] in -1..1, alone in a tuple."""
        return (self.layers(z[:, :, None, None]),)


@torch.no_grad()
def draw_weights(network: nn.Module, deviation: float = WEIGHT_DEVIATION) -> None:
    """Draws the article's weights: normal with this deviation around 0; gains of batch norms around 1."""
    for module in network.modules():
        if isinstance(module, nn.Conv2d | nn.ConvTranspose2d | nn.Linear):
            module.weight.normal_(0.0, deviation)
        elif isinstance(module, SharedBatchNorm):
            module.weight.normal_(1.0, deviation)
