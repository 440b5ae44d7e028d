"""The DCGAN's two networks: z -> screen, and screen -> one logit (Radford, Metz and Chintala, 2016).

They differ from the article where that was better for screens like these: the discriminator has no norm (R1
keeps it calm instead, see losses.py), the weights begin as PyTorch's do, and the generator makes its picture
as the NES does (`PaletteHead`). It uses transposed convolutions: a kernel of 4 with stride 2 lands exactly
on the 16 px grid.
"""

from __future__ import annotations

import copy
from collections.abc import Sequence
from itertools import pairwise

import torch
from torch import Tensor, nn

from generator.nes.roles import CELLS, TILE

from .processes import SharedBatchNorm

LATENT = 100
"""Length of z (the article's)."""
START_PX = 7
"""Side of the first feature map; five doublings make 224."""
GENERATOR_WIDTHS = (256, 256, 128, 64, 32)
DISCRIMINATOR_WIDTHS = (32, 64, 128, 256, 256)
LEAK = 0.2
"""Slope of the discriminator's LeakyReLU below 0 (the article's)."""
RECALIBRATE_BATCH = 64
SUB_PALETTES, OWN_COLOURS = 4, 3
"""A screen's sub-palettes, and the colours of each beside the backdrop that they share. (the NES)"""
PALETTE_WIDTH = 256
"""Width of the layers between z and the colours."""


def _double(channels_in: int, channels_out: int, bias: bool = False) -> nn.ConvTranspose2d:
    return nn.ConvTranspose2d(channels_in, channels_out, kernel_size=4, stride=2, padding=1, bias=bias)


class Generator(nn.Module):
    """z float[n, latent] -> screens float[n, 3, side, side] in -1..1, side = 7 * 2^len(widths)."""

    def __init__(
        self, latent: int = LATENT, widths: Sequence[int] = GENERATOR_WIDTHS, head: str = "palette"
    ) -> None:
        super().__init__()
        self.latent = latent
        self.side_px = START_PX << len(widths)
        first, second, *_ = widths
        self.plan = nn.Sequential(
            nn.ConvTranspose2d(latent, first, START_PX, bias=False),  # [n, latent, 1, 1] -> [n, 256, 7, 7]
            SharedBatchNorm(first),
            nn.ReLU(inplace=True),
            *_doubled(first, second),  # -> [n, 256, 14, 14]: a vector a cell
        )
        details: list[nn.Module] = []
        for wide, narrow in pairwise(widths[1:]):
            details += _doubled(wide, narrow)  # -> [n, 128, 28, 28] -> [n, 64, 56, 56] -> [n, 32, 112, 112]
        planes = 3 if head == "rgb" else 1 + OWN_COLOURS
        details.append(_double(widths[-1], planes, bias=True))  # -> [n, 3 or 4, 224, 224]
        self.details = nn.Sequential(*details)
        self.head = None if head == "rgb" else PaletteHead(latent, second)

    def forward(self, z: Tensor) -> Tensor:
        plan = self.plan(z[:, :, None, None])
        details: Tensor = self.details(plan)
        if self.head is None:
            return torch.tanh(details)
        screens: Tensor = self.head(z, plan, details)
        return screens


def _doubled(wide: int, narrow: int) -> tuple[nn.Module, ...]:
    return _double(wide, narrow), SharedBatchNorm(narrow), nn.ReLU(inplace=True)


class PaletteHead(nn.Module):
    """Makes a picture as the NES does: a pixel has one of four shades, a cell one of four sub-palettes.

    z decides the colours of the whole screen, so that they belong together; the plan decides which
    sub-palette a cell takes. Both choices are soft at first, so that the network can learn, and become hard
    later: by itself it would go on mixing, however sharp the softmax is. A head that gave RGB mixed its
    colours in every cell: see docs/TRAINING.md.
    """

    def __init__(self, latent: int, channels: int) -> None:
        super().__init__()
        self.sharpness: Tensor
        self.register_buffer("sharpness", torch.tensor(1.0))
        self.hardness: Tensor
        self.register_buffer("hardness", torch.tensor(0.0))
        self.choice = nn.Conv2d(channels, SUB_PALETTES, 1)
        layers: list[nn.Module] = []
        for wide in (latent, PALETTE_WIDTH):
            layers += [nn.Linear(wide, PALETTE_WIDTH), SharedBatchNorm(PALETTE_WIDTH), nn.ReLU(inplace=True)]
        self.colours = nn.Sequential(*layers, nn.Linear(PALETTE_WIDTH, 3 * (1 + SUB_PALETTES * OWN_COLOURS)))

    def forward(self, z: Tensor, plan: Tensor, details: Tensor) -> Tensor:
        """Screens float[n, 3, 224, 224] of z [n, latent], plan [n, channels, 14, 14], details [n, 4, 224,
        224]."""
        n, shades, (backdrop, own) = z.shape[0], 1 + OWN_COLOURS, self.palettes(z)
        palettes = torch.cat([backdrop[:, :, None].expand(-1, -1, SUB_PALETTES, -1), own], dim=1)
        chosen = self._chosen(self.choice(plan))  # [n, 4, 14, 14]
        colours = torch.einsum("nphw,nlpc->nhwcl", chosen, palettes)  # of each cell: [n, 14, 14, 3, 4]
        shares = self._chosen(details).reshape(n, shades, CELLS, TILE, CELLS, TILE)
        shares = shares.permute(0, 2, 4, 1, 3, 5).reshape(n, CELLS, CELLS, shades, TILE * TILE)
        cells = (colours @ shares).reshape(n, CELLS, CELLS, 3, TILE, TILE)
        screens = cells.permute(0, 3, 1, 4, 2, 5).reshape(n, 3, CELLS * TILE, CELLS * TILE)
        return screens.contiguous(memory_format=torch.channels_last)

    def _chosen(self, logits: Tensor) -> Tensor:
        """The shares of the choices along axis 1; `hardness` enlarges the likeliest one's.

        Gradients are those of the soft choice (straight through).
        """
        soft = (self.sharpness * logits.float()).softmax(1)
        hard = torch.zeros_like(soft).scatter_(1, soft.argmax(1, keepdim=True), 1.0)
        return soft + self.hardness * (hard - soft).detach()

    def palettes(self, z: Tensor) -> tuple[Tensor, Tensor]:
        """The colours that z float[n, latent] gives a screen, in -1..1: the backdrop's [n, 1, 3] and the
        sub-palettes' own [n, 3, 4, 3]."""
        colours = torch.tanh(self.colours(z).float()).reshape(z.shape[0], -1, 3)
        return colours[:, :1], colours[:, 1:].reshape(z.shape[0], OWN_COLOURS, SUB_PALETTES, 3)


class Discriminator(nn.Module):
    """Screens float[n, 3, side, side] -> logits float[n]: above 0 means painted, below 0 dreamed."""

    def __init__(self, widths: Sequence[int] = DISCRIMINATOR_WIDTHS, norm: bool = False) -> None:
        super().__init__()
        layers: list[nn.Module] = []
        for channels_in, channels_out in zip((3, *widths[:-1]), widths, strict=True):
            # -> [n, 32, 112, 112] -> [n, 64, 56, 56] -> [n, 128, 28, 28] -> [n, 256, 14, 14] -> [.., 7, 7]
            layers.append(nn.Conv2d(channels_in, channels_out, 4, 2, 1))
            if norm and channels_in != 3:
                layers.append(SharedBatchNorm(channels_out))
            layers.append(nn.LeakyReLU(LEAK, inplace=True))
        layers.append(nn.Conv2d(widths[-1], 1, START_PX))  # -> [n, 1, 1, 1]
        self.layers = nn.Sequential(*layers)

    def forward(self, screens: Tensor) -> Tensor:
        logits: Tensor = self.layers(screens).flatten()
        return logits


@torch.no_grad()
def draw_weights(network: nn.Module, deviation: float) -> None:
    """Draws the article's weights: normal with this deviation around 0; gains of batch norms around 1."""
    for module in network.modules():
        if isinstance(module, nn.Conv2d | nn.ConvTranspose2d | nn.Linear):
            module.weight.normal_(0.0, deviation)
        elif isinstance(module, SharedBatchNorm):
            module.weight.normal_(1.0, deviation)


@torch.no_grad()
def average_into(averaged: nn.Module, live: nn.Module, keep: float) -> None:
    """Moves weights to keep * averaged + (1 - keep) * live, in place; copies buffers, see `recalibrated`."""
    kept: list[Tensor] = [*averaged.parameters()]
    fresh: list[Tensor] = [*live.parameters()]
    torch._foreach_lerp_(kept, fresh, 1.0 - keep)
    for old, new in zip(averaged.buffers(), live.buffers(), strict=True):
        old.copy_(new)


@torch.no_grad()
def recalibrated(generator: Generator, images: int, seed: int = 0) -> Generator:
    """A float32 copy in eval mode whose batch norms have the statistics of its own, averaged weights.

    The running statistics belong to the live generator's weights; with them the averaged one's dreams would
    be washed out.
    """
    fresh = copy.deepcopy(generator).float().train()
    norms = [m for m in fresh.modules() if isinstance(m, SharedBatchNorm)]
    for norm in norms:
        norm.alone = True
        norm.reset_running_stats()
        norm.momentum = None  # a plain mean over all batches
    device = next(fresh.parameters()).device
    dice = torch.Generator().manual_seed(seed)
    for _ in range(max(1, images // RECALIBRATE_BATCH)):
        fresh(torch.randn(RECALIBRATE_BATCH, generator.latent, generator=dice).to(device))
    return fresh.eval()
