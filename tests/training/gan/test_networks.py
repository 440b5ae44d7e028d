"""The networks: shapes, sizes, what a screen is made of, averaging, recalibration."""

from __future__ import annotations

import copy

import pytest
import torch

from generator.nes.roles import Role
from training.gan.article import PlainGenerator, draw_weights
from training.gan.codec import Codec
from training.gan.networks import (
    STYLE_WIDTH,
    Attention,
    Critic,
    Discriminator,
    Generator,
    StyledNorm,
    average_into,
    chosen,
    deviation,
)
from training.gan.sample import recalibrated

NARROW = (4, 4, 4, 8, 8)


def small() -> Generator:
    return Generator(6, (8, 8), 1, 6, Codec(4, 16))


def test_a_generator_makes_screens_and_says_what_they_hold() -> None:
    screens, roles, colours = small()(torch.randn(3, 6))
    assert screens.shape == (3, 3, 224, 224) and screens.abs().max() <= 1
    assert roles.shape == (3, 14, 14, len(Role)) and torch.allclose(roles.sum(-1), torch.ones(3, 14, 14))
    assert colours.shape == (3, 13, 3)
    assert Discriminator(NARROW)(screens).shape == (3, 1)


def test_a_screen_shows_few_tiles_four_colours_a_cell_and_those_that_it_names() -> None:
    torch.manual_seed(2)
    screens, _, colours = small().eval()(torch.randn(4, 6))
    for screen, named in zip(screens, colours, strict=True):
        cells = screen.unfold(1, 16, 16).unfold(2, 16, 16).permute(1, 2, 3, 4, 0).reshape(196, 256, 3)
        assert len(torch.unique((cells * 1000).round(), dim=0)) <= 6, "tiles of its bank"
        assert max(len(torch.unique((cell * 1000).round(), dim=0)) for cell in cells) <= 4
        assert torch.cdist(cells.reshape(-1, 3), named).min(1).values.max() < 1e-3


def test_the_critic_judges_what_the_screen_shows() -> None:
    generator = small().eval()
    plan = generator.layout(torch.randn(2, 6))
    maps = generator.maps(plan)
    assert maps.shape == (2, 4 + 9 + 3 + len(Role), 14, 14)
    critic = Critic(4, (4, 4, 8), 1)
    assert critic(maps).shape == (2, 1 + 196 + 49) == (2, len(critic.weights))
    assert ((plan.places == 0) | (plan.places.sub(1).abs() < 1e-6)).all()


def test_hard_choices_can_be_learnt() -> None:
    logits = torch.randn(2, 5, 3, requires_grad=True)
    made = chosen(logits)
    assert torch.equal(made.argmax(1), logits.argmax(1)) and torch.allclose(made.sum(1), torch.ones(2, 3))
    (gradient,) = torch.autograd.grad((made * torch.randn(2, 5, 3)).sum(), logits)
    assert gradient.abs().min() > 0


def test_every_part_of_the_generator_is_taught_by_the_pixels() -> None:
    torch.manual_seed(0)
    generator = small()
    screens, _, _ = generator(torch.randn(8, 6))
    (screens * torch.randn_like(screens)).sum().backward()
    silent = {name for name, p in generator.named_parameters() if p.grad is None or not p.grad.any()}
    assert all(name.startswith(("codec.encoder", "reader")) for name in silent)


def test_the_default_generator_fits_into_the_shipped_file() -> None:
    generator = Generator()
    count = sum(
        p.numel()
        for part in (generator.layout, generator.reader, generator.codec.decoder)
        for p in part.parameters()
    )
    assert count * 2 < 20_000_000, "stored in half precision"


@pytest.mark.parametrize("judge", [Discriminator(NARROW), Critic(4, (4, 4, 8), 1)])
def test_the_judges_have_no_norm(judge: torch.nn.Module) -> None:
    # With batch norm a screen's logit would depend on its neighbours in the batch.
    shape = (2, 3, 224, 224) if isinstance(judge, Discriminator) else (2, 4 + 12 + len(Role), 14, 14)
    given = torch.randn(shape)
    alone = torch.cat([judge(one[None]) for one in given])
    assert torch.allclose(judge(given), alone, atol=1e-5)


def test_the_critic_says_of_parts_what_it_sees_there() -> None:
    torch.manual_seed(0)
    critic, maps = Critic(4, (4, 4, 8), 1), torch.randn(1, 4 + 12 + len(Role), 14, 14)
    changed = maps.clone()
    changed[:, :, 0, 0] += 1
    before, after = critic(maps)[0], critic(changed)[0]
    moved = (before != after)[1:197].reshape(14, 14)
    assert moved[:3, :3].all() and moved.sum() == 9, "the 5x5 cells round each"
    assert (before != after)[197:].sum() == 4 and before[0] != after[0]


def test_a_critic_with_groups_sees_that_screens_are_alike() -> None:
    torch.manual_seed(0)
    critic, maps = Critic(4, (4, 4, 8), 4), torch.randn(4, 4 + 12 + len(Role), 14, 14)
    copies = maps[:1].expand(4, -1, -1, -1)
    assert not torch.allclose(critic(maps)[0], critic(copies)[0], atol=1e-6)


def test_averaging_moves_weights_by_the_stated_share_and_copies_buffers() -> None:
    live, averaged = small(), small()
    live(torch.randn(4, 6))
    before = copy.deepcopy(averaged)
    average_into(averaged, live, 0.75)
    for old, new, mixed in zip(before.parameters(), live.parameters(), averaged.parameters(), strict=True):
        assert torch.allclose(mixed, 0.75 * old + 0.25 * new, atol=1e-6)
    for own, other in zip(averaged.buffers(), live.buffers(), strict=True):
        assert torch.equal(own, other)


def test_recalibration_gives_eval_mode_the_statistics_of_train_mode() -> None:
    torch.manual_seed(0)
    generator = PlainGenerator(5, (8, 8))
    with torch.no_grad():
        for parameter in generator.parameters():
            parameter.mul_(3.0).add_(0.1)  # far from what the running statistics were born with
    untouched = copy.deepcopy(generator)
    calm = recalibrated(generator, 512)
    z = torch.randn(512, 5)
    with torch.no_grad():
        wanted = generator.train()(z)[0]
        assert (calm(z)[0] - wanted).abs().mean() < 0.05
    assert not calm.training
    assert torch.equal(untouched.layers.get_parameter("0.weight"), generator.layers.get_parameter("0.weight"))


def test_recalibration_leaves_the_codec_alone_and_is_a_function_of_the_weights_and_the_seed() -> None:
    generator = small()
    one, two = recalibrated(generator, 64, seed=1), recalibrated(generator, 64, seed=1)
    assert all(torch.equal(a, b) for a, b in zip(one.buffers(), two.buffers(), strict=True))
    assert isinstance(one, Generator)
    assert all(torch.equal(a, b) for a, b in zip(one.codec.buffers(), generator.codec.buffers(), strict=True))


def test_the_articles_weights_are_normal() -> None:
    generator = PlainGenerator(6, (8, 8, 4, 4, 4))
    assert generator(torch.randn(2, 6))[0].shape == (2, 3, 224, 224)
    draw_weights(generator)
    assert generator.layers.get_parameter("0.weight").std().item() == pytest.approx(0.02, rel=0.1)
    assert generator.layers.get_parameter("1.weight").mean().item() == pytest.approx(1.0, abs=0.05)


def test_attention_begins_as_no_change_and_then_looks_everywhere() -> None:
    attention = Attention(16, heads=2).eval()
    cells = torch.randn(2, 16, 14, 14)
    assert torch.equal(attention(cells), cells)
    torch.nn.init.normal_(attention.answers.weight)
    other = cells.clone()
    other[:, :, 0, 0] += 1.0
    assert (attention(other) - attention(cells))[:, :, -1, -1].abs().max() > 1e-4


def test_a_style_says_gain_and_bias_of_a_norm() -> None:
    norm = StyledNorm(6).eval()
    cells, style = torch.randn(3, 6, 5, 5), torch.randn(3, STYLE_WIDTH)
    gain, bias = norm.terms(style)[:, :, None, None].chunk(2, 1)
    assert torch.allclose(norm(cells, style), cells / (1 + 1e-5) ** 0.5 * (1 + gain) + bias, atol=1e-6)
    assert not torch.allclose(norm(cells, style), norm(cells, -style), atol=1e-2)


def test_the_deviation_of_a_group_is_that_of_its_screens() -> None:
    screens = torch.randn(6, 4, 3, 3)
    told = deviation(screens, 3)
    expected = (screens[:3].var(0, unbiased=False) + 1e-6).sqrt().mean()
    assert told.shape == (6, 1)
    assert torch.allclose(told[:3], expected.expand(3, 1), atol=1e-6)
    alike = screens[:1].expand(6, -1, -1, -1)
    assert (deviation(alike, 3) < 0.01).all()
