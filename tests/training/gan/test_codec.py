"""The codec: equal tiles have equal codes, and it learns to draw them."""

from __future__ import annotations

import torch
import torch.nn.functional as F

from training.gan.codec import Codec


def test_a_code_is_a_function_of_its_tile_alone() -> None:
    torch.manual_seed(0)
    codec, tiles = Codec(4, 16).eval(), torch.randint(4, (6, 16, 16), dtype=torch.uint8)
    codes = codec.codes_of(tiles, batch=4)
    assert codes.shape == (6, 4) and codec.decode(codes).shape == (6, 4, 256)
    assert torch.allclose(codes[5:], codec.codes_of(tiles[5:]), atol=1e-6)


def test_codes_have_mean_0_and_deviation_1() -> None:
    codes = Codec(4, 16).train().encode(torch.randint(4, (64, 16, 16), dtype=torch.uint8))
    assert codes.mean(0).abs().max() < 1e-4 and (codes.std(0) - 1).abs().max() < 0.05


def test_it_learns_a_few_tiles_by_heart() -> None:
    torch.manual_seed(1)
    codec, tiles = Codec(4, 32).train(), torch.randint(4, (8, 2, 2), dtype=torch.uint8)
    tiles = tiles.repeat_interleave(8, 1).repeat_interleave(8, 2)
    adam = torch.optim.Adam(codec.parameters(), 1e-2)
    for _ in range(60):
        loss = F.cross_entropy(codec(tiles, 0.1 * torch.randn(8, 4)), tiles.flatten(1).long())
        adam.zero_grad()
        loss.backward()
        adam.step()
    assert (codec(tiles, torch.zeros(8, 4)).argmax(1) == tiles.flatten(1)).float().mean() > 0.95
