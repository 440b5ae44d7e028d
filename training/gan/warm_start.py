"""Begins a run with an exported network, so that new screens do not need hours of training from nothing.

Exporting merges every batch norm into the layer before it. Here each norm is put back so that it changes
nothing: its gain and bias are the deviation and the mean of the layer's output over a batch of dreams.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import onnx
import torch
from onnx import numpy_helper
from torch import Tensor, nn

from generator.dream.network import load_generator

from ..errors import TrainingError
from .networks import Generator
from .processes import SharedBatchNorm

DREAMS = 128
"""Dreams over which deviations and means are taken."""


@dataclass(frozen=True)
class Start:
    """What an exported generator holds."""

    path: Path
    sha256: str
    images: int  # seen in its training
    weights: dict[str, Tensor]


def read_start(path: Path) -> Start:
    """Reads the weights of a file. Raises NetworkError for one that the game could not load either."""
    network = load_generator(path)
    model = onnx.load_from_string(path.read_bytes())
    weights = {
        tensor.name: torch.from_numpy(numpy_helper.to_array(tensor).copy())
        for tensor in model.graph.initializer
        if tensor.data_type == onnx.TensorProto.FLOAT
    }
    seen = network.metadata.get("images_seen", "")
    return Start(path, network.sha256, int(seen) if seen.isdecimal() else 0, weights)


@torch.no_grad()
def begin_with(generator: Generator, start: Start) -> None:
    """Fills a generator in place; in eval mode it then dreams as the file does, up to rounding.

    Raises: TrainingError where the file is of a network with other layers.
    """
    norms: dict[str, tuple[SharedBatchNorm, Tensor]] = {}
    for path, sequence in generator.named_modules():
        if not isinstance(sequence, nn.Sequential):
            continue
        for (before, layer), (_, norm) in pairwise(sequence.named_children()):
            name = f"{path}.{before}"
            if not isinstance(norm, SharedBatchNorm):
                continue
            # What was merged into a layer lies in its own bias, where it has one.
            merged = f"{name}.weight_bias" if getattr(layer, "bias", None) is None else ""
            bias = _tensor(start, merged, norm.bias) if merged else torch.zeros_like(norm.bias)
            norms[name] = norm, bias
    of_norms = {id(parameter) for norm, _ in norms.values() for parameter in norm.parameters()}
    for name, parameter in generator.named_parameters():
        if id(parameter) not in of_norms:
            parameter.copy_(_tensor(start, name, parameter))
    for name, buffer in generator.named_buffers():
        if name in start.weights:
            buffer.copy_(_tensor(start, name, buffer))
    if generator.head is not None:
        generator.head.hardness.fill_(1.0)

    def restore(norm: nn.Module, inputs: tuple[Tensor, ...]) -> None:
        values = inputs[0].transpose(0, 1).flatten(1)
        assert isinstance(norm, SharedBatchNorm)
        norm.weight.copy_((values.var(1, unbiased=False) + norm.eps).sqrt())
        norm.bias.copy_(values.mean(1) + biases[norm])
        norm.reset_running_stats()

    biases = dict(norms.values())
    hooks = [norm.register_forward_pre_hook(restore) for norm in biases]
    was_training, momenta = generator.training, {norm: norm.momentum for norm in biases}
    for norm in biases:
        norm.alone, norm.momentum = True, 1.0
    chance = torch.Generator().manual_seed(0)
    generator.train()(torch.randn(DREAMS, generator.latent, generator=chance))
    for norm in biases:
        norm.alone, norm.momentum = False, momenta[norm]
    for hook in hooks:
        hook.remove()
    generator.train(was_training)


def _tensor(start: Start, name: str, like: Tensor) -> Tensor:
    found = start.weights.get(name)
    if found is None or found.shape != like.shape:
        raise TrainingError(
            f"{start.path}: a network with other layers than this recipe's ({name}); leave --start away to "
            "begin anew"
        )
    return found
