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
    corpus: Corpus, config: TrainConfig, device: torch.device, minutes: float
) -> tuple[TrainConfig, int, str]:
    """The configuration whose lessons fit into so many minutes on this machine, how many images that are,
    and the precision that is the fastest.

    The networks that it is measured with are thrown away.
    """
    short = replace(config, codec_images=100 * config.batch, codes_images=100 * config.batch)
    trial = Trainer(corpus, short, device)
    name, _ = precision.fastest(lambda kind: trial.step(101, kind), device)
    images = {}
    for lesson, first in (("codec", 1), ("codes", 101), ("screens", 201)):
        trial.step(first, name)  # prepares it
        start = time.perf_counter()
        for step in range(MEASURED_STEPS):
            trial.step(first + 1 + step, name)
        seconds = (time.perf_counter() - start) / MEASURED_STEPS
        steps = max(1, int(60 * minutes * SHARES[lesson] / seconds))
        images[lesson] = steps * config.batch
    fitted = replace(config, codec_images=images["codec"], codes_images=images["codes"])
    return (
        replace(fitted, wait_images=min(config.wait_images, images["screens"] // 4)),
        sum(images.values()),
        name,
    )
