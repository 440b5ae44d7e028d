"""Checkpoints of a run: each is one safetensors file with JSON in its header, written whole or not at all.

A file holds everything that the next step depends on: both networks, the averaged generator, both
optimisers' moments, the step, and the options that decide the result. It needs no random state: all chance
is a function of (seed, step).
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from safetensors import SafetensorError, safe_open
from safetensors.torch import save
from torch import Tensor, nn

from generator.files import write_atomically, writing

from ..errors import TrainingError

FORMAT = 3
KEPT = 2
"""Checkpoints that are kept: the newest, and the one before it in case the newest is damaged."""
_NAME = re.compile(r"step-(\d{8})\.safetensors")


@dataclass(frozen=True)
class Checkpoint:
    """What a file holds: its description (step, images, seconds, config, ...) and its tensors by name."""

    path: Path
    description: dict[str, Any]
    tensors: dict[str, Tensor]


def module_tensors(prefix: str, module: nn.Module) -> dict[str, Tensor]:
    """The weights and buffers of a network, named `prefix.name`."""
    return {f"{prefix}.{name}": tensor for name, tensor in module.state_dict().items()}


def load_module(module: nn.Module, prefix: str, checkpoint: Checkpoint) -> None:
    """Fills a network in place. Raises TrainingError where a tensor is missing or has another shape."""
    with torch.no_grad():
        for name, own in module.state_dict().items():
            own.copy_(_tensor(checkpoint, f"{prefix}.{name}", own))


def optimiser_tensors(prefix: str, optimiser: torch.optim.Optimizer) -> dict[str, Tensor]:
    """Adam's moments, named `prefix.parameter's number.moment`."""
    found = {}
    for number, parameter in enumerate(_parameters(optimiser)):
        for moment, value in optimiser.state.get(parameter, {}).items():
            found[f"{prefix}.{number}.{moment}"] = torch.as_tensor(value)
    return found


def load_optimiser(optimiser: torch.optim.Optimizer, prefix: str, checkpoint: Checkpoint) -> None:
    """Fills Adam's moments, in the memory layout of their parameters, which the fused kernel needs.

    An optimiser of which the file holds nothing had not begun.
    """
    optimiser.state.clear()
    if f"{prefix}.0.step" not in checkpoint.tensors:
        return
    for number, parameter in enumerate(_parameters(optimiser)):
        if f"{prefix}.{number}.step" not in checkpoint.tensors:
            continue  # a parameter that no loss has reached yet
        state: dict[str, Tensor] = {}
        for moment in ("exp_avg", "exp_avg_sq"):
            own = torch.zeros_like(parameter, memory_format=torch.preserve_format)
            state[moment] = own.copy_(_tensor(checkpoint, f"{prefix}.{number}.{moment}", own))
        step = checkpoint.tensors[f"{prefix}.{number}.step"].clone()
        state["step"] = step.to(parameter.device) if optimiser.defaults.get("fused") else step
        optimiser.state[parameter] = state


def save_checkpoint(folder: Path, description: dict[str, Any], tensors: dict[str, Tensor]) -> Path:
    """Writes `folder/step-NNNNNNNN.safetensors` and removes all but the newest two. Raises WriteError."""
    path = folder / f"step-{description['step']:08d}.safetensors"
    header = {"ganvania": json.dumps({"format": FORMAT, **description})}
    plain = {name: tensor.detach().cpu().contiguous() for name, tensor in tensors.items()}
    with writing(path, "make room or choose another --out"):
        folder.mkdir(parents=True, exist_ok=True)
        write_atomically(path, lambda file: file.write(save(plain, header)))
        for old in (
            *sorted(_files(folder))[:-KEPT],
            *folder.glob(".step-*.tmp"),
        ):  # killed saves'
            old.unlink(missing_ok=True)
    return path


def load_newest(folder: Path) -> Checkpoint | None:
    """The newest checkpoint that can be read, or None where there is no file at all.

    Raises TrainingError where every file is damaged.
    """
    complaint: TrainingError | None = None
    for path in sorted(_files(folder), reverse=True):
        try:
            return load_checkpoint(path)
        except TrainingError as error:
            complaint = complaint or error
    if complaint:
        raise TrainingError(f"{complaint}, or remove it") from complaint
    return None


def load_checkpoint(path: Path) -> Checkpoint:
    """Reads one file. Raises TrainingError where it is missing, cut off, foreign or of another format."""
    try:
        with safe_open(path, framework="pt") as file:
            description = json.loads((file.metadata() or {})["ganvania"])
            tensors = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118 - not a dict
    except (OSError, SafetensorError, KeyError, ValueError) as error:
        raise TrainingError(
            f"{path}: not a readable checkpoint of Ganvania ({error}); name a run's folder"
        ) from error
    found = description.get("format") if isinstance(description, dict) else None
    if found != FORMAT:
        raise TrainingError(
            f"{path}: a checkpoint of format {found}, of an older recipe than {FORMAT}; begin anew: "
            "`python -m training train --corpus DIR --out ANOTHER`"
        )
    return Checkpoint(path, description, tensors)


def _files(folder: Path) -> list[Path]:
    return [path for path in folder.glob("step-*.safetensors") if _NAME.fullmatch(path.name)]


def _parameters(optimiser: torch.optim.Optimizer) -> list[Tensor]:
    return [parameter for group in optimiser.param_groups for parameter in group["params"]]


def _tensor(checkpoint: Checkpoint, name: str, like: Tensor) -> Tensor:
    found = checkpoint.tensors.get(name)
    if found is None or found.shape != like.shape:
        shape = None if found is None else list(found.shape)
        raise TrainingError(
            f"{checkpoint.path}: {name} has shape {shape}, not {list(like.shape)}; choose another --out"
        )
    return found
