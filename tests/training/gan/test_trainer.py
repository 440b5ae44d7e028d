"""What a step of training is shown, and what it changes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import torch

from tests.drawn.tiny_corpus import TINY, tiny_corpus
from training.collect import Mix, collect
from training.corpus import Corpus
from training.errors import TrainingError
from training.gan.lessons import CodesLesson
from training.gan.networks import Generator
from training.gan.screens import Screens
from training.gan.trainer import Trainer

CPU = torch.device("cpu")


def test_another_attempt_meets_other_noise(corpus: Corpus) -> None:
    screens = Screens(corpus, TINY, CPU)
    before = screens.noise(3), screens.pixels(3), screens.some_tiles(3)
    screens.attempt = 1
    for one, other in zip(before, (screens.noise(3), screens.pixels(3), screens.some_tiles(3)), strict=True):
        assert not torch.equal(one, other)


def test_fewer_screens_than_a_batch_are_shown_several_times(tmp_path: Path) -> None:
    screens = Screens(tiny_corpus(tmp_path / "c", 3, 3), replace(TINY, batch=8), CPU)
    shown = {screen.numpy().tobytes() for screen in screens.pixels(0, roll=False)}
    assert len(shown) == 3


def test_nothing_but_held_out_screens(tmp_path: Path) -> None:
    corpus = tiny_corpus(tmp_path / "c", 2, 2)
    held_out = replace(corpus, sources=tuple(replace(source, held_out=True) for source in corpus.sources))
    with pytest.raises(TrainingError, match="all its screens are held out; add some"):
        Trainer(held_out, TINY, CPU)


def test_every_epoch_shows_every_screen_once(corpus: Corpus) -> None:
    screens = Screens(corpus, TINY, CPU)
    steps = screens.epoch_steps
    orders = []
    for epoch in range(2):
        shown = torch.cat([screens.pixels(epoch * steps + step, roll=False) for step in range(steps)])
        orders.append([hash(screen.numpy().tobytes()) for screen in shown])
        assert len(set(orders[-1])) == steps * TINY.batch
    assert len(set(orders[0]) & set(orders[1])) >= 2 * steps * TINY.batch - len(corpus.training_rows())
    assert orders[0] != orders[1]


def test_what_cells_look_like_is_what_the_pixels_show(tmp_path: Path) -> None:
    screens = Screens(collect(tmp_path / "painted", Mix(painter=8, games=4), 1), TINY, CPU)
    codes = torch.arange(len(screens.tiles)).float()[:, None]  # a tile's number for its code
    (looks, _), pixels = screens.maps(1, codes), screens.pixels(1)
    numbers, own, backdrop = looks[:, 0].long(), looks[:, 1:10], looks[:, 10:13]
    shades = screens.tiles[numbers].long()  # [n, 14, 14, 16, 16]
    palettes = torch.cat([backdrop, own], 1).unflatten(1, (4, 3)).permute(0, 3, 4, 1, 2)  # [n, 14, 14, 4, 3]
    shown = palettes[:, :, :, None, None].expand(-1, -1, -1, 16, 16, -1, -1)
    colours = shown.gather(5, shades[..., None, None].expand(-1, -1, -1, -1, -1, 1, 3))[..., 0, :]
    assert torch.equal(colours.permute(0, 5, 1, 3, 2, 4).reshape(4, 3, 224, 224), pixels)


def test_the_reader_learns_of_what_is_painted_alone(corpus: Corpus) -> None:
    trainer = Trainer(corpus, TINY, CPU)
    lesson = trainer.lesson_at(6)
    assert isinstance(lesson, CodesLesson)
    plan = lesson.generator.layout(trainer.screens.noise(6))
    lesson.dreamed(plan).square().sum().backward()
    assert all(parameter.grad is None for parameter in lesson.generator.reader.parameters())
    assert any(parameter.grad is not None for parameter in lesson.generator.layout.parameters())
    numbers = [trainer.step(step, "fp32")["loss_reader"] for step in (6, 7, 8, 9)]
    assert numbers[-1] < numbers[0]


def test_each_lesson_changes_its_own_networks(corpus: Corpus) -> None:
    trainer = Trainer(corpus, TINY, CPU)
    assert isinstance(trainer.generator, Generator)
    parts = {
        "encoder": trainer.generator.codec.encoder,
        "decoder": trainer.generator.codec.decoder,
        "layout": trainer.generator.layout,
        "reader": trainer.generator.reader,
        "critic": trainer.critic,
        "discriminator": trainer.discriminator,
    }

    def weights() -> dict[str, torch.Tensor]:
        return {
            name: torch.cat([p.detach().flatten() for p in part.parameters()]) for name, part in parts.items()
        }

    for step, learns in (
        (0, {"encoder", "decoder"}),
        (6, {"layout", "reader", "critic"}),
        (13, {"critic", "discriminator"}),  # the generator waits
        (14, {"decoder", "layout", "reader", "critic", "discriminator"}),
    ):
        before = weights()
        numbers = trainer.step(step, "fp32")
        assert all(torch.isfinite(torch.tensor(value)) for value in numbers.values())
        after = weights()
        assert {name for name in parts if not torch.equal(before[name], after[name])} == learns
