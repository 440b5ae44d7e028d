"""The codec: it makes a code of a tile's shades, a few numbers, and the tile of a code.

A code knows no colours and no neighbours. So equal tiles have equal codes, whatever their colours are and
wherever they stand; and what a wall looks like is learnt once for all colours. Noise on the codes in training
makes codes that lie near each other decode to tiles that look alike, which the DCGAN over codes relies on.
"""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from generator.nes.roles import TILE

from ..planes.planes import SHADES
from .processes import SharedBatchNorm

PIXELS = TILE * TILE
CODE = 32
"""Numbers in a code."""
WIDTH = 512
"""Width of the hidden layers."""


class Codec(nn.Module):
    """Shades of tiles -> codes -> shades of tiles."""

    def __init__(self, code: int = CODE, width: int = WIDTH) -> None:
        super().__init__()
        self.code = code
        # Batch norm without a gain: all codes together have mean 0 and deviation 1 in each number.
        self.encoder = nn.Sequential(
            *_hidden(SHADES * PIXELS, width),
            *_hidden(width, width),
            nn.Linear(width, code),
            SharedBatchNorm(code, affine=False),
        )
        self.decoder = nn.Sequential(
            *_hidden(code, width), *_hidden(width, width), nn.Linear(width, SHADES * PIXELS)
        )

    def encode(self, tiles: Tensor) -> Tensor:
        """Tiles uint8[n, 16, 16] of shades -> codes float[n, code]."""
        shades = F.one_hot(tiles.flatten(1).long(), SHADES)  # [n, 256, 4]
        codes: Tensor = self.encoder(shades.transpose(1, 2).flatten(1).float())
        return codes

    def decode(self, codes: Tensor) -> Tensor:
        """Codes float[n, code] -> logits of shades float[n, 4, 256]."""
        logits: Tensor = self.decoder(codes)
        return logits.reshape(-1, SHADES, PIXELS)

    def forward(self, tiles: Tensor, noise: Tensor) -> Tensor:
        """Logits of shades float[n, 4, 256] of tiles whose codes are moved by noise float[n, code]."""
        return self.decode(self.encode(tiles) + noise)

    @torch.no_grad()
    def codes_of(self, tiles: Tensor, batch: int = 4096) -> Tensor:
        """Codes float32[n, code] of many tiles; the network must be in eval mode."""
        return torch.cat([self.encode(some).float() for some in tiles.split(batch)])


def _hidden(wide: int, narrow: int) -> tuple[nn.Module, ...]:
    return nn.Linear(wide, narrow, bias=False), SharedBatchNorm(narrow), nn.ReLU(inplace=True)
