"""What decides a run's result (`TrainConfig`), and how far and by what means it is trained (`Budget`)."""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path

from . import networks
from .codec import CODE, WIDTH


@dataclass(frozen=True)
class TrainConfig:
    """What decides a run's result. Every checkpoint keeps it, and a resumed run must have the same.

    A run has three lessons, one after the other: the codec, the DCGAN over its codes, and all together on
    whole screens. An image is a screen that was shown; in the codec's lesson, so many tiles.
    """

    seed: int = 1
    batch: int = 32  # screens a step, over all processes
    own_share: float = 0.0  # how often a screenshot is shown beside what is painted; 0: all as often
    recipe: str = "ganvania"  # "article": the plain DCGAN, which has the third lesson alone
    latent: int = networks.LATENT  # length of z
    plan_widths: tuple[int, int] = networks.PLAN_WIDTHS  # channels of the plan at 7x7 and 14x14
    plan_blocks: int = networks.PLAN_BLOCKS
    bank: int = networks.BANK_TILES  # tiles of a screen
    code: int = CODE  # numbers of a tile's code
    codec_width: int = WIDTH
    critic_widths: tuple[int, int, int] = networks.CRITIC_WIDTHS
    critic_group: int = networks.GROUP  # screens among which it sees how alike they are
    discriminator_widths: tuple[int, ...] = networks.DISCRIMINATOR_WIDTHS
    codec_images: int = 250_000  # length of the first lesson
    codes_images: int = 2_000_000  # length of the second; the third lasts to the end
    codec_rate: float = 2e-3  # AdamW's, falling to 0 over the first lesson as a cosine
    code_noise: float = 0.2  # deviation of what is added to codes in the first lesson
    rate: float = 3e-4  # Adam's in the second lesson
    critic_noise: float = 0.1  # deviation of what is added to all that the critic sees
    r1_gamma: float = 3.0  # weight of the critic's penalty
    r1_every: int = 6  # steps between penalties
    screen_rate: float = 1e-4  # Adam's in the third lesson
    screen_r1_gamma: float = 8.0  # weight of the discriminator's penalty; 0: none
    screen_weight: float = 0.5  # of the discriminator beside the critic
    wait_images: int = 16_000  # of the third lesson, in which the generator waits for the discriminator
    betas: tuple[float, float] = (0.0, 0.99)  # Adam's
    average_half_life: int = 40_000  # images after which a weight counts half in the average; 0: no average
    start_sha256: str = ""  # of the file that the run begins with; "": random weights
    start_images: int = 0  # that its networks had seen

    def lesson_at(self, images: int) -> str:
        """The lesson of a run that has seen so many images: "codec", "codes" or "screens"."""
        if images < self.codec_images:
            return "codec"
        return "codes" if images < self.codec_images + self.codes_images else "screens"


ARTICLE = TrainConfig(
    recipe="article",
    batch=32,
    codec_images=0,
    codes_images=0,
    screen_rate=2e-4,
    screen_r1_gamma=0.0,
    wait_images=0,
    betas=(0.5, 0.999),
    average_half_life=0,
)
"""The plain DCGAN that this project is measured against. (Radford, Metz and Chintala, 2016)"""
RECIPES = {"ganvania": TrainConfig(), "article": ARTICLE}


@dataclass(frozen=True)
class Budget:
    """How far and by what means a run is trained; may differ from one start of it to the next."""

    images: int = 2_800_000  # images seen at which the run is finished
    minutes: float = math.inf  # minutes of training, over all starts, at which it is finished
    grid_every: int = 40_000  # images between sample grids, each with a checkpoint and an export
    precision: str = "auto"  # "fp32", "bf16", or "auto": the faster, by measurement
    device: str = "auto"  # "cpu", "cuda", or "auto": the GPU where there is one
    grid: int = 24  # screens in a sample grid
    start: Path | None = None  # what to begin with; see TrainConfig.start_sha256
    calibration: int = 1_024  # dreams from which a grid's batch norms are recalibrated
