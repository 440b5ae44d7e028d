"""What a run can begin with: the networks of another one, without its optimisers, in half precision.

The generator is the averaged one. Its judges come along: without them the first thousand steps would ruin it.
What an exported network beside such a file holds already may be left out of it.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from safetensors import SafetensorError, safe_open
from safetensors.torch import save
from torch import Tensor

from ..errors import TrainingError
from ..files import write_file
from .checkpoint import Checkpoint
from .config import TrainConfig

FORMAT = 1
SHAPES = (
    "latent",
    "plan_widths",
    "plan_blocks",
    "bank",
    "code",
    "codec_width",
    "critic_widths",
    "discriminator_widths",
)
"""The fields of a run's configuration that its networks' shapes follow from."""


@dataclass(frozen=True)
class Start:
    """What such a file holds."""

    path: Path
    sha256: str
    images: int  # that these networks had seen
    shapes: dict[str, Any]  # see SHAPES
    weights: dict[str, Tensor]


def save_start(saved: Checkpoint, path: Path, beside: Path | None = None) -> int:
    """Writes what another run can begin with; returns its size in bytes.

    Args:
        beside: a network that was exported of this run, in the same folder: what it holds is left out.
    Raises: TrainingError, WriteError.
    """
    config = saved.description["config"]
    if config["recipe"] != "ganvania":
        raise TrainingError(f"{saved.path}: nothing can begin with a run of --recipe {config['recipe']}")
    judges = ["critic"]
    if TrainConfig(**config).lesson_at(saved.description["images"] - 1) == "screens":
        judges.append("discriminator")  # before that lesson it has learnt nothing
    weights = {}
    for name, tensor in saved.tensors.items():
        network, _, own = name.partition(".")
        if network == "averaged":
            network = "generator"
        elif network not in judges:
            continue
        weights[f"{network}.{own}"] = tensor.half() if tensor.is_floating_point() else tensor
    seen = saved.description["images"] + config["start_images"]
    told = {"format": FORMAT, "images": seen, "shapes": {name: config[name] for name in SHAPES}}
    if beside is not None:
        told["beside"] = {"file": beside.name, "sha256": hashlib.sha256(beside.read_bytes()).hexdigest()}
        for name, tensor in _weights_of(beside).items():
            if name in weights and torch.equal(weights[name], tensor):
                del weights[name]
    data = save(
        {name: tensor.contiguous() for name, tensor in weights.items()}, {"ganvania": json.dumps(told)}
    )
    write_file(path, data)
    return len(data)


def read_start(path: Path) -> Start:
    """Reads such a file. Raises TrainingError for anything else."""
    advice = "name a file that `python -m training export RUN --start FILE` wrote"
    try:
        with safe_open(path, framework="pt") as file:
            told = json.loads((file.metadata() or {})["ganvania"])
            weights = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118 - not a dict
        shapes = {name: told["shapes"][name] for name in SHAPES}
        images = int(told["images"])
        if "beside" in told:
            other = path.with_name(Path(told["beside"]["file"]).name)
            if hashlib.sha256(other.read_bytes()).hexdigest() != told["beside"]["sha256"]:
                raise ValueError(f"{other.name} beside it is another network")
            weights |= {name: tensor for name, tensor in _weights_of(other).items() if name not in weights}
    except (OSError, SafetensorError, KeyError, ValueError, TypeError) as error:
        raise TrainingError(f"{path}: nothing that a run can begin with ({error}); {advice}") from error
    if told.get("format") != FORMAT:
        raise TrainingError(f"{path}: of format {told.get('format')}, not {FORMAT}; {advice}")
    return Start(path, hashlib.sha256(path.read_bytes()).hexdigest(), images, shapes, weights)


def _weights_of(network: Path) -> dict[str, Tensor]:
    """The weights of an exported generator by their names in a start, in half precision."""
    import onnx

    found = {}
    for tensor in onnx.load(network).graph.initializer:
        values = torch.from_numpy(onnx.numpy_helper.to_array(tensor).copy())
        if values.is_floating_point():
            found[f"generator.{tensor.name.removesuffix('.half')}"] = values.half()
    return found


@torch.no_grad()
def begin_with(networks: torch.nn.ModuleDict, start: Start) -> None:
    """Fills generator, averaged generator and critic in place, and the discriminator where the file has one.

    Raises: TrainingError where the file's networks have other shapes.
    """
    for name, own in networks.state_dict().items():
        network, _, rest = name.partition(".")
        if network == "discriminator" and not any(key.startswith("discriminator.") for key in start.weights):
            continue
        found = start.weights.get(f"{'generator' if network == 'averaged' else network}.{rest}")
        if found is None or found.shape != own.shape:
            raise TrainingError(
                f"{start.path}: networks of other shapes than this recipe's ({name}); leave --start away to "
                "begin anew"
            )
        own.copy_(found)
