"""The DCGAN: z -> screen, and screen -> one logit (Radford, Metz and Chintala, 2016).

What differs from the article, because it did better on screens like these: no norm in the discriminator (R1
keeps it calm instead, see losses.py) and PyTorch's default weights. Transposed convolutions, not resize and
convolve: the NES's picture is a 16 px grid, and a kernel of 4 with stride 2 lands on it exactly.
"""

from __future__ import annotations

import copy
from collections.abc import Sequence
from itertools import pairwise

import torch
from torch import Tensor, nn

LATENT = 100
"""Length of z (the article's)."""
START_PX = 7
"""Side of the first feature map; five doublings make 224."""
GENERATOR_WIDTHS = (256, 256, 128, 64, 32)
DISCRIMINATOR_WIDTHS = (32, 64, 128, 256, 256)
LEAK = 0.2
RECALIBRATE_BATCH = 64


def _double(channels_in: int, channels_out: int) -> nn.ConvTranspose2d:
    return nn.ConvTranspose2d(channels_in, channels_out, kernel_size=4, stride=2, padding=1, bias=False)


class Generator(nn.Module):
    """z float[n, latent] -> screens float[n, 3, side, side] in -1..1, side = 7 * 2^len(widths)."""

    def __init__(self, latent: int = LATENT, widths: Sequence[int] = GENERATOR_WIDTHS) -> None:
        super().__init__()
        self.latent = latent
        self.side_px = START_PX << len(widths)
        first, *_ = widths
        layers: list[nn.Module] = [
            nn.ConvTranspose2d(latent, first, START_PX, bias=False),  # [n, latent, 1, 1] -> [n, 256, 7, 7]
            nn.BatchNorm2d(first),
            nn.ReLU(inplace=True),
        ]
        for wide, narrow in pairwise(widths):
            # -> [n, 256, 14, 14] -> [n, 128, 28, 28] -> [n, 64, 56, 56] -> [n, 32, 112, 112]
            layers += [_double(wide, narrow), nn.BatchNorm2d(narrow), nn.ReLU(inplace=True)]
        layers += [nn.ConvTranspose2d(widths[-1], 3, 4, 2, 1), nn.Tanh()]  # -> [n, 3, 224, 224]
        self.layers = nn.Sequential(*layers)

    def forward(self, z: Tensor) -> Tensor:
        screens: Tensor = self.layers(z[:, :, None, None])
        return screens


class Discriminator(nn.Module):
    """Screens float[n, 3, side, side] -> logits float[n]; above 0 says "painted", below 0 "dreamed"."""

    def __init__(self, widths: Sequence[int] = DISCRIMINATOR_WIDTHS) -> None:
        super().__init__()
        layers: list[nn.Module] = []
        for channels_in, channels_out in zip((3, *widths[:-1]), widths, strict=True):
            # -> [n, 32, 112, 112] -> [n, 64, 56, 56] -> [n, 128, 28, 28] -> [n, 256, 14, 14] -> [.., 7, 7]
            layers += [nn.Conv2d(channels_in, channels_out, 4, 2, 1), nn.LeakyReLU(LEAK, inplace=True)]
        layers.append(nn.Conv2d(widths[-1], 1, START_PX))  # -> [n, 1, 1, 1]
        self.layers = nn.Sequential(*layers)

    def forward(self, screens: Tensor) -> Tensor:
        logits: Tensor = self.layers(screens).flatten()
        return logits


@torch.no_grad()
def average_into(averaged: nn.Module, live: nn.Module, keep: float) -> None:
    """averaged = keep * averaged + (1 - keep) * live for weights; buffers are copied, see `recalibrated`."""
    kept: list[Tensor] = [*averaged.parameters()]
    fresh: list[Tensor] = [*live.parameters()]
    torch._foreach_lerp_(kept, fresh, 1.0 - keep)
    for old, new in zip(averaged.buffers(), live.buffers(), strict=True):
        old.copy_(new)


@torch.no_grad()
def recalibrated(generator: Generator, images: int, seed: int = 0) -> Generator:
    """A float32 copy, in eval mode, whose batch norms know the statistics of its own, averaged, weights.

    The live generator's running statistics belong to other weights; with them the averaged one dreams
    washed out.
    """
    fresh = copy.deepcopy(generator).float().train()
    norms = [m for m in fresh.modules() if isinstance(m, nn.BatchNorm2d)]
    for norm in norms:
        norm.reset_running_stats()
        norm.momentum = None  # a plain mean over all batches
    device = next(fresh.parameters()).device
    dice = torch.Generator().manual_seed(seed)
    for _ in range(max(1, images // RECALIBRATE_BATCH)):
        fresh(torch.randn(RECALIBRATE_BATCH, generator.latent, generator=dice).to(device))
    return fresh.eval()
