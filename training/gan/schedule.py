"""How long each lesson lasts where a training must be done in a given time: measured, not assumed."""

from __future__ import annotations

import time
from dataclasses import replace

import torch

from ..corpus import Corpus
from . import precision
from .config import TrainConfig
from .trainer import Trainer

CODEC_SHARE = 0.2
"""Of the time, for the first lesson at most: it is no longer than the recipe's. The rest is for the second;
the third, with what is left of an hour, makes a network no better. (docs/TRAINING.md)"""
MEASURED_STEPS = 5


def lessons_for(
    corpus: Corpus, config: TrainConfig, device: torch.device, until: float
) -> tuple[TrainConfig, int, str]:
    """The configuration whose lessons are done by then on this machine, how many images that are, and the
    precision that is the fastest.

    The networks that it is measured with are thrown away.

    Args:
        until: a time by `time.monotonic`. What the measurement takes is taken from it.
    """
    short = replace(config, codec_images=100 * config.batch, codes_images=100 * config.batch)
    trial = Trainer(corpus, short, device)
    name, _ = precision.fastest(lambda kind: trial.step(101, kind), device)
    seconds = {}
    for lesson, first in (("codec", 1), ("codes", 101)):
        trial.step(first, name)  # prepares it
        start = time.monotonic()
        for step in range(MEASURED_STEPS):
            trial.step(first + 1 + step, name)
        seconds[lesson] = (time.monotonic() - start) / MEASURED_STEPS
    left = max(0.0, until - time.monotonic())
    longest = config.codec_images // config.batch
    codec = max(1, min(longest, int(left * CODEC_SHARE / seconds["codec"]))) * config.batch
    codes = int((left - codec / config.batch * seconds["codec"]) / seconds["codes"]) * config.batch
    fitted = replace(config, codec_images=codec, codes_images=max(config.batch, codes))
    return fitted, fitted.codec_images + fitted.codes_images, name
