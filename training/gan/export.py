"""The averaged generator of a run as an ONNX file."""

from __future__ import annotations

from pathlib import Path

import torch
from torch import nn

from ..onnx_file import check_out, describe, save_model, to_onnx
from .checkpoint import Checkpoint


def export_generator(generator: nn.Module, saved: Checkpoint, path: Path) -> float:
    """Writes a generator; returns its largest difference from PyTorch. Raises TrainingError, WriteError."""
    check_out(path)
    latent = saved.description["config"]["latent"]
    example = torch.randn(3, latent, generator=torch.Generator().manual_seed(0))
    model = to_onnx(generator, example, "z", "screen")
    describe(model, "generator", {"latent": str(latent)}, saved.description)
    return save_model(model, path, generator, example)
