"""The dreams of a network, out of a run or an exported file: a screen is a function of (network, z)."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn.utils.fusion import fuse_conv_bn_eval, fuse_linear_bn_eval

from generator.dream.loading import load_generator as load_exported
from generator.rng import mix

from ..errors import TrainingError
from . import checkpoint
from .article import PlainGenerator
from .codec import Codec
from .networks import RECALIBRATE_BATCH, Generator
from .processes import SharedBatchNorm

DREAM_BATCH = 12
EXPORT_CALIBRATION = 4_096
"""Dreams from which the batch norms of a generator to be exported are recalibrated."""


def fixed_z(count: int, latent: int, seed: int) -> Tensor:
    """float32[count, latent], a function of its arguments."""
    return torch.randn(count, latent, generator=torch.Generator().manual_seed(seed))


def z_of_seeds(seeds: Sequence[int], latent: int) -> Tensor:
    """float32[n, latent], a row a seed; a row does not depend on the other seeds."""
    return torch.cat([fixed_z(1, latent, mix(seed) >> 1) for seed in seeds])


@torch.no_grad()
def dream(generator: Generator | PlainGenerator, z: Tensor) -> NDArray[np.uint8]:
    """z float[n, latent] -> RGB uint8[n, 224, 224, 3]."""
    screens = torch.cat([generator(some)[0].float().cpu() for some in z.split(DREAM_BATCH)])
    return to_bytes(screens.numpy())


def to_bytes(screens: NDArray[np.float32]) -> NDArray[np.uint8]:
    """float[n, 3, side, side] in -1..1 -> RGB uint8[n, side, side, 3]."""
    levels = np.clip(np.rint((screens + 1.0) * 127.5), 0, 255).astype(np.uint8)
    return np.ascontiguousarray(levels.transpose(0, 2, 3, 1))


@torch.no_grad()
def recalibrated(
    generator: Generator | PlainGenerator, images: int, seed: int = 0
) -> Generator | PlainGenerator:
    """A float32 copy in eval mode whose batch norms have the statistics of its own, averaged weights.

    The running statistics belong to the live generator's weights; with them the averaged one's dreams would
    be washed out. The codec's stay: they are of painted tiles.
    """
    fresh = copy.deepcopy(generator).float().eval()
    dreams = fresh.layout if isinstance(fresh, Generator) else fresh
    norms = [module for module in dreams.modules() if isinstance(module, SharedBatchNorm)]
    for norm in norms:
        norm.train()
        norm.alone = True
        norm.reset_running_stats()
        norm.momentum = None  # a plain mean over all batches
    device = next(fresh.parameters()).device
    dice = torch.Generator().manual_seed(seed)
    for _ in range(max(1, images // RECALIBRATE_BATCH)):
        dreams(torch.randn(RECALIBRATE_BATCH, generator.latent, generator=dice).to(device))
    return fresh.eval()


def as_exported(generator: Generator | PlainGenerator) -> Generator | PlainGenerator:
    """What a generator in eval mode becomes in a file.

    Of the recipe's, a copy: batch norms that follow a layer are part of it, and its weights are numbers that
    half precision holds.
    """
    if not isinstance(generator, Generator):
        return generator
    copied = copy.deepcopy(generator)
    for layers in [part for part in copied.modules() if isinstance(part, nn.Sequential)]:
        for at, (layer, norm) in enumerate(pairwise(layers)):
            if not (isinstance(norm, SharedBatchNorm) and norm.affine):
                continue
            if isinstance(layer, nn.Linear):
                layers[at] = fuse_linear_bn_eval(layer, norm)
            elif isinstance(layer, nn.Conv2d | nn.ConvTranspose2d):
                layers[at] = fuse_conv_bn_eval(layer, norm, isinstance(layer, nn.ConvTranspose2d))
            else:
                continue
            layers[at + 1] = nn.Identity()
    for weight in copied.parameters():
        weight.data = weight.data.half().float()
    return copied


def load_saved(source: Path) -> checkpoint.Checkpoint:
    """The newest checkpoint of a run's folder, or one checkpoint file. Raises TrainingError where there is
    none."""
    saved = (
        checkpoint.load_checkpoint(source)
        if source.is_file()
        else checkpoint.load_newest(source / "checkpoints")
    )
    if saved is None:
        raise TrainingError(
            f"{source}: holds no checkpoints; train with `python -m training train --out {source}`"
        )
    return saved


def load_generator(
    source: Path, calibration: int = EXPORT_CALIBRATION
) -> tuple[Generator | PlainGenerator, checkpoint.Checkpoint]:
    """The averaged generator of a run's folder or of one checkpoint file, recalibrated, as it is exported.

    Raises TrainingError where there is none.
    """
    saved = load_saved(source)
    config = saved.description["config"]
    generator: Generator | PlainGenerator
    if config["recipe"] == "article":
        generator = PlainGenerator(config["latent"])
    else:
        codec = Codec(config["code"], config["codec_width"])
        widths = (int(config["plan_widths"][0]), int(config["plan_widths"][1]))
        generator = Generator(config["latent"], widths, config["plan_blocks"], config["bank"], codec)
    checkpoint.load_module(generator, "averaged", saved)
    return as_exported(recalibrated(generator, calibration)), saved


def dream_of_onnx(source: Path, seeds: Sequence[int]) -> tuple[NDArray[np.uint8], str]:
    """Screens RGB uint8[n, 224, 224, 3] of an exported network, and how many images it says it has seen.

    Raises NetworkError for a file that is no network.
    """
    network = load_exported(source)
    screens = network.dream(z_of_seeds(seeds, network.latent).numpy())
    return screens, str(network.metadata.get("images_seen", "?"))
