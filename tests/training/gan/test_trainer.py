"""What a step of training is made of: the screens and noise that it shows, and how choices become hard."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import torch

from tests.drawn.tiny_corpus import TINY, tiny_corpus
from training.corpus import Corpus
from training.errors import TrainingError
from training.gan.trainer import Trainer, hardness_at, sharpness_at

CPU = torch.device("cpu")


def test_another_attempt_meets_other_noise(corpus: Corpus) -> None:
    trainer = Trainer(corpus, TINY, CPU)
    before = trainer.noise(3), trainer.real(3)
    trainer.attempt = 1
    assert not torch.equal(before[0], trainer.noise(3))
    assert not torch.equal(before[1], trainer.real(3))


def test_fewer_screens_than_a_batch_are_shown_several_times(tmp_path: Path) -> None:
    config = replace(TINY, batch=8, roll=False, mirror=False)
    trainer = Trainer(tiny_corpus(tmp_path / "c", 3, 3), config, CPU)
    shown = {screen.numpy().tobytes() for screen in trainer.real(0)}
    assert len(shown) == 3


def test_nothing_but_held_out_screens(tmp_path: Path) -> None:
    corpus = tiny_corpus(tmp_path / "c", 2, 2)
    held_out = replace(corpus, sources=tuple(replace(source, held_out=True) for source in corpus.sources))
    with pytest.raises(TrainingError, match="all its screens are held out; add some"):
        Trainer(held_out, TINY, CPU)


def test_every_epoch_shows_every_screen_once(corpus: Corpus) -> None:
    trainer = Trainer(corpus, replace(TINY, roll=False, mirror=False), CPU)
    steps = trainer.epoch_steps
    orders = []
    for epoch in range(2):
        shown = torch.cat([trainer.real(epoch * steps + step) for step in range(steps)])
        orders.append([hash(screen.numpy().tobytes()) for screen in shown])
        assert len(set(orders[-1])) == steps * TINY.batch
    assert set(orders[0]) == set(orders[1])
    assert orders[0] != orders[1]


def test_real_screens_are_the_corpus_in_colour(corpus: Corpus) -> None:
    trainer = Trainer(corpus, TINY, CPU)
    real = trainer.real(0)
    assert real.shape == (2, 3, 224, 224)
    assert real.is_contiguous(memory_format=torch.channels_last)
    assert -1 <= real.min() < real.max() <= 1


def test_choices_become_sharper_by_equal_factors() -> None:
    config = replace(TINY, sharpness=(4.0, 64.0), sharpen_images=1000)
    found = [sharpness_at(images, config) for images in (0, 250, 500, 1000, 9000)]
    assert found == pytest.approx([4, 8, 16, 64, 64])


def test_choices_become_hard_by_equal_steps() -> None:
    config = replace(TINY, harden_images=(100, 300))
    found = [hardness_at(images, config) for images in (0, 100, 150, 300, 9000)]
    assert found == pytest.approx([0, 0, 0.25, 1, 1])
