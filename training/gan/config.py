"""What decides a run's result (`TrainConfig`), and how far and by what means it is trained (`Budget`)."""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path

from .losses import R1_EVERY, R1_GAMMA
from .networks import DISCRIMINATOR_WIDTHS, GENERATOR_WIDTHS, LATENT


@dataclass(frozen=True)
class TrainConfig:
    """What decides a run's result. Every checkpoint keeps it, and a resumed run must have the same."""

    seed: int = 1
    batch: int = 32  # screens a step, over all processes
    latent: int = LATENT  # length of z
    generator_widths: tuple[int, ...] = GENERATOR_WIDTHS  # channels at 7, 14, 28, 56, 112 px
    discriminator_widths: tuple[int, ...] = DISCRIMINATOR_WIDTHS  # channels at 112, 56, 28, 14, 7 px
    head: str = "palette"  # how the generator makes its picture: "palette" as the NES does, "rgb" directly
    sharpness: tuple[float, float] = (4.0, 64.0)  # of the palette head's choices: the first and the last
    sharpen_images: int = 200_000  # over which sharpness rises, by equal factors
    harden_images: tuple[int, int] = (8_000, 40_000)  # between which the head's choices become hard
    discriminator_norm: bool = False  # batch norm in the discriminator
    weight_deviation: float = 0.0  # of normal weights at the start; 0: PyTorch's own weights
    rate: float = 2e-4  # Adam's, of both networks
    betas: tuple[float, float] = (0.0, 0.99)  # Adam's
    r1_gamma: float = R1_GAMMA  # 0: no penalty
    r1_every: int = R1_EVERY  # steps
    average_half_life: int = 10_000  # images after which a weight counts half in the average; 0: no average
    roll: bool = True  # augmentation: sideways by whole cells
    mirror: bool = False  # augmentation: left and right swapped in half of the screens
    start_sha256: str = ""  # of the exported network that the run begins with; "": random weights
    start_images: int = 0  # that this network had seen; counting goes on from there
    wait_images: int = 0  # after those, during which the generator waits for the discriminator


ARTICLE = TrainConfig(
    head="rgb",
    discriminator_norm=True,
    weight_deviation=0.02,
    betas=(0.5, 0.999),
    r1_gamma=0.0,
    average_half_life=0,
    roll=False,
)
"""The plain DCGAN that this project is measured against. (Radford, Metz and Chintala, 2016)"""
FINER = TrainConfig(rate=1e-4, r1_gamma=8.0)
"""For a network that knows its shapes: by then the discriminator is far ahead and is held back."""
RECIPES = {"ganvania": TrainConfig(), "article": ARTICLE, "finer": FINER}
WAIT_IMAGES = 8_000
"""`wait_images` of a run that begins with an exported network, from the command line."""


@dataclass(frozen=True)
class Budget:
    """How far and by what means a run is trained; may differ from one start of it to the next."""

    images: int = 400_000  # images seen at which the run is finished
    minutes: float = math.inf  # minutes of training, over all starts, at which it is finished
    grid_every: int = 8_000  # images between sample grids, each with a checkpoint and an export
    precision: str = "auto"  # "fp32", "bf16", or "auto": the faster, by measurement
    device: str = "auto"  # "cpu", "cuda", or "auto": the GPU where there is one
    grid: int = 24  # screens in a sample grid
    start: Path | None = None  # exported network to begin with; see TrainConfig.start_sha256
    calibration: int = 256  # dreams from which a grid's batch norms are recalibrated
