"""The two networks: shapes, sizes, averaging, recalibration."""

from __future__ import annotations

import copy

import pytest
import torch
import torch.nn.functional as F
from torch import nn

from training.gan.networks import (
    Discriminator,
    Generator,
    PaletteHead,
    average_into,
    draw_weights,
    recalibrated,
)

NARROW = (8, 8, 4, 4, 4)


def test_a_generator_makes_screens_and_a_discriminator_one_logit_each() -> None:
    screens = Generator(6, NARROW)(torch.randn(3, 6))
    assert screens.shape == (3, 3, 224, 224)
    assert screens.abs().max() <= 1
    assert Discriminator((4, 4, 4, 8, 8))(screens).shape == (3,)


@pytest.mark.parametrize(("widths", "side_px"), [((4, 4), 28), ((4, 4, 4), 56)])
def test_every_width_doubles_the_side(widths: tuple[int, ...], side_px: int) -> None:
    generator = Generator(5, widths, head="rgb")
    assert generator.side_px == side_px
    assert generator(torch.randn(2, 5)).shape == (2, 3, side_px, side_px)


def test_the_default_generator_fits_into_the_shipped_file() -> None:
    assert sum(parameter.numel() for parameter in Generator().parameters()) * 4 < 20 * 2**20


def test_the_discriminator_has_no_norm() -> None:
    # With batch norm a screen's logit would depend on its neighbours in the batch.
    discriminator, screens = Discriminator((4, 4, 4, 8, 8)), torch.randn(2, 3, 224, 224)
    together = discriminator(screens)
    alone = torch.cat([discriminator(screen[None]) for screen in screens])
    assert torch.allclose(together, alone, atol=1e-5)


def test_averaging_moves_weights_by_the_stated_share_and_copies_buffers() -> None:
    live, averaged = Generator(5, (4, 4), "rgb"), Generator(5, (4, 4), "rgb")
    live(torch.randn(4, 5))
    before = copy.deepcopy(averaged)
    average_into(averaged, live, 0.75)
    for old, new, mixed in zip(before.parameters(), live.parameters(), averaged.parameters(), strict=True):
        assert torch.allclose(mixed, 0.75 * old + 0.25 * new, atol=1e-6)
    for own, other in zip(averaged.buffers(), live.buffers(), strict=True):
        assert torch.equal(own, other)


def test_recalibration_gives_eval_mode_the_statistics_of_train_mode() -> None:
    torch.manual_seed(0)
    generator = Generator(5, (8, 8), "rgb")
    with torch.no_grad():
        for parameter in generator.parameters():
            parameter.mul_(3.0).add_(0.1)  # far from what the running statistics were born with
    untouched = copy.deepcopy(generator)
    calm = recalibrated(generator, 512)
    z = torch.randn(512, 5)
    with torch.no_grad():
        wanted = generator.train()(z)
        assert (calm(z) - wanted).abs().mean() < 0.05
    assert not calm.training
    assert torch.equal(untouched.plan.get_parameter("0.weight"), generator.plan.get_parameter("0.weight"))


def test_recalibration_is_a_function_of_the_weights_and_the_seed() -> None:
    generator = Generator(5, (4, 4), "rgb")
    one, two = recalibrated(generator, 64, seed=1), recalibrated(generator, 64, seed=1)
    assert all(torch.equal(a, b) for a, b in zip(one.buffers(), two.buffers(), strict=True))


def test_sure_choices_show_four_colours_a_cell_and_thirteen_a_screen() -> None:
    torch.manual_seed(1)
    head = PaletteHead(latent=6, channels=4)
    head.choice = nn.Identity()  # type: ignore[assignment]  # the plan is then the choice itself
    levels = 100.0 * F.one_hot(torch.randint(4, (5, 224, 224)), 4).permute(0, 3, 1, 2)
    choice = 100.0 * F.one_hot(torch.randint(4, (5, 14, 14)), 4).permute(0, 3, 1, 2)
    with torch.no_grad():
        z = torch.randn(5, 6)
        screens = head(z, choice, levels)
        backdrop, own = head.eval().palettes(z)
    for screen in screens:
        cells = screen.reshape(3, 14, 16, 14, 16).permute(1, 3, 2, 4, 0).reshape(196, 256, 3)
        assert {len(cell.unique(dim=0)) for cell in cells} == {4}
        assert len(cells.reshape(-1, 3).unique(dim=0)) == 13
    assert (backdrop.shape, own.shape) == ((5, 1, 3), (5, 3, 4, 3))


def test_the_articles_weights_are_normal() -> None:
    generator = Generator(6, NARROW, head="rgb")
    draw_weights(generator, 0.02)
    assert generator.plan.get_parameter("0.weight").std().item() == pytest.approx(0.02, rel=0.1)
    assert generator.plan.get_parameter("1.weight").mean().item() == pytest.approx(1.0, abs=0.05)


def test_hard_choices_show_at_most_four_colours_a_cell_and_can_be_learnt() -> None:
    torch.manual_seed(2)
    head = PaletteHead(latent=8, channels=4).eval()
    head.hardness.fill_(1.0)
    z, plan, details = (torch.randn(shape) for shape in ((2, 8), (2, 4, 14, 14), (2, 4, 224, 224)))
    screens = head(z, plan, details.requires_grad_(True))
    (gradient,) = torch.autograd.grad(screens.square().sum(), details)
    assert gradient.abs().min() > 0
    for cell in screens.unfold(2, 16, 16).unfold(3, 16, 16).permute(0, 2, 3, 4, 5, 1).reshape(-1, 256, 3):
        assert len(torch.unique((cell * 1000).round(), dim=0)) <= 4
