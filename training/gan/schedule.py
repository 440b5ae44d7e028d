"""How long each lesson lasts where a training must be done in a given time: measured, not assumed."""

from __future__ import annotations

import time
from dataclasses import replace

import torch

from ..corpus import Corpus
from . import precision
from .config import TrainConfig
from .trainer import Trainer

SHARES = {"codec": 0.2, "codes": 0.65, "screens": 0.15}
"""Of the time, for each lesson. (by eye, and by the metrics: docs/TRAINING.md)"""
MEASURED_STEPS = 3


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
    for lesson, first in (("codec", 1), ("codes", 101), ("screens", 201)):
        trial.step(first, name)  # prepares it
        start = time.monotonic()
        for step in range(MEASURED_STEPS):
            trial.step(first + 1 + step, name)
        seconds[lesson] = (time.monotonic() - start) / MEASURED_STEPS
    left = max(0.0, until - time.monotonic())
    images = {
        lesson: max(1, int(left * SHARES[lesson] / taken)) * config.batch for lesson, taken in seconds.items()
    }
    fitted = replace(config, codec_images=images["codec"], codes_images=images["codes"])
    return (
        replace(fitted, wait_images=min(config.wait_images, images["screens"] // 4)),
        sum(images.values()),
        name,
    )
