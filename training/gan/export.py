"""The averaged generator of a run as an ONNX file."""

from __future__ import annotations

from pathlib import Path

import torch

from generator.nes.roles import Role

from ..onnx_file import check_out, describe, save_model, store_halves, to_onnx
from .article import PlainGenerator
from .checkpoint import Checkpoint
from .networks import Generator

OUTPUTS = ("screen", "roles", "colours")
"""What a generator gives; the article's has the first alone."""


def seen(saved: Checkpoint) -> int:
    """The images that a run's networks have seen, those of the run that it began with among them."""
    return int(saved.description["images"]) + int(saved.description["config"]["start_images"])


def export_generator(generator: Generator | PlainGenerator, saved: Checkpoint, path: Path) -> float:
    """Writes a generator; returns its largest difference from PyTorch. Raises TrainingError, WriteError."""
    check_out(path)
    latent = saved.description["config"]["latent"]
    example = torch.randn(3, latent, generator=torch.Generator().manual_seed(0))
    outputs = OUTPUTS if isinstance(generator, Generator) else OUTPUTS[:1]
    model = to_onnx(generator, example, "z", outputs)
    store_halves(model)
    own = {"latent": str(latent), "roles": ",".join(role.name for role in Role)}
    describe(model, "generator", own, {**saved.description, "images": seen(saved)})
    return save_model(model, path, generator, example)
