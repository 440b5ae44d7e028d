"""Pictures of what a network dreams: a screen is a function of (network, z)."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from PIL import Image
from torch import Tensor

from generator.files import write_atomically
from generator.nes.palette import PALETTE_RGB, quantise
from generator.rng import mix

from ..errors import TrainingError
from . import checkpoint
from .networks import Generator, recalibrated

GRID_COLUMNS = 6
DREAM_BATCH = 12
EXPORT_CALIBRATION = 1_024
"""Dreams from which the batch norms of a finished generator are recalibrated."""


def fixed_z(count: int, latent: int, seed: int) -> Tensor:
    """float32[count, latent], a function of its arguments."""
    return torch.randn(count, latent, generator=torch.Generator().manual_seed(seed))


def z_of_seeds(seeds: list[int], latent: int) -> Tensor:
    """float32[n, latent], one row a seed, whatever its neighbours."""
    return torch.cat([fixed_z(1, latent, mix(seed) >> 1) for seed in seeds])


@torch.no_grad()
def dream(generator: Generator, z: Tensor) -> NDArray[np.uint8]:
    """z float[n, latent] -> RGB uint8[n, 224, 224, 3]."""
    screens = torch.cat([generator(some).float().cpu() for some in z.split(DREAM_BATCH)])
    return to_bytes(screens.numpy())


def to_bytes(screens: NDArray[np.float32]) -> NDArray[np.uint8]:
    """float[n, 3, side, side] in -1..1 -> RGB uint8[n, side, side, 3]."""
    levels = np.clip(np.rint((screens + 1.0) * 127.5), 0, 255).astype(np.uint8)
    return np.ascontiguousarray(levels.transpose(0, 2, 3, 1))


def grid_picture(
    screens: NDArray[np.uint8], *, raw: bool = False, columns: int = GRID_COLUMNS
) -> Image.Image:
    """RGB uint8[n, side, side, 3] side by side; in the NES's colours (a small file) unless raw."""
    count, side = screens.shape[:2]
    columns = min(columns, count)
    rows = -(-count // columns)
    sheet = np.zeros((rows * side, columns * side, 3), dtype=np.uint8)
    for n, screen in enumerate(screens):
        top, left = n // columns * side, n % columns * side
        sheet[top : top + side, left : left + side] = screen
    if raw:
        return Image.fromarray(sheet)
    picture = Image.fromarray(quantise(sheet), mode="P")
    picture.putpalette(PALETTE_RGB.tobytes())
    return picture


def save_picture(path: Path, picture: Image.Image) -> None:
    """Writes a PNG whole. Raises TrainingError where the disk refuses."""
    buffer = io.BytesIO()
    picture.save(buffer, "PNG", optimize=True)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(path, lambda file: file.write(buffer.getvalue()))
    except OSError as error:
        raise TrainingError(f"{path}: cannot be written ({error.strerror}); choose another place") from error


def save_grid(path: Path, generator: Generator, z: Tensor) -> None:
    """Dreams a grid and saves it."""
    save_picture(path, grid_picture(dream(generator, z)))


def load_generator(
    source: Path, calibration: int = EXPORT_CALIBRATION
) -> tuple[Generator, checkpoint.Checkpoint]:
    """The averaged generator, recalibrated and in eval mode, of a run's folder or of one checkpoint file.

    Raises TrainingError where there is none.
    """
    saved = (
        checkpoint.load_checkpoint(source)
        if source.is_file()
        else checkpoint.load_newest(source / "checkpoints")
    )
    if saved is None:
        raise TrainingError(
            f"{source}: holds no checkpoints; train with `python -m training train --out {source}`"
        )
    config = saved.description["config"]
    generator = Generator(config["latent"], config["generator_widths"], config["head"])
    checkpoint.load_module(generator, "averaged", saved)
    return recalibrated(generator, calibration), saved


def dream_of_onnx(source: Path, seeds: list[int]) -> NDArray[np.uint8]:
    """RGB uint8[n, 224, 224, 3] of an exported network. Raises NetworkError for a file that is none."""
    from generator.dream.network import load_generator as load_exported

    network = load_exported(source)
    return network.dream(z_of_seeds(seeds, network.latent).numpy())
