"""Several processes that train together: `torchrun --nproc-per-node=2 -m training train ...`.

Each takes its share of every batch. Sums over the whole batch (gradients, batch norms' statistics, losses)
are made together, so two processes see what one would, but for the order in which floats are added.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Any, TypeVar

import torch
import torch.distributed as dist
from torch import Tensor, nn

from ..errors import TrainingError

T = TypeVar("T")


def device_of(name: str) -> torch.device:
    """The device of this process: "cpu", "cuda", or "auto" for the GPU where there is one."""
    if name == "auto":
        name = "cuda" if torch.cuda.is_available() else "cpu"
    if name == "cuda":
        local = int(os.environ.get("LOCAL_RANK", "0"))
        torch.cuda.set_device(local)
        return torch.device("cuda", local)
    return torch.device(name)


@contextmanager
def joined(device: torch.device) -> Iterator[None]:
    """Joins the processes that torchrun started, if there are any; leaves them at the end."""
    if "WORLD_SIZE" not in os.environ or int(os.environ["WORLD_SIZE"]) == 1 or dist.is_initialized():
        yield
        return
    # Imported later, its functions' default arguments would keep the group, and its threads, past the end.
    import_module("torch.distributed.nn.functional")
    try:
        dist.init_process_group("cpu:gloo,cuda:nccl" if device.type == "cuda" else "gloo")
    except (RuntimeError, ValueError) as error:
        first, *_ = str(error).splitlines() or [""]
        raise TrainingError(
            f"the processes do not find one another ({first}); start them with torchrun"
        ) from error
    try:
        yield
    finally:
        dist.destroy_process_group()


def rank() -> int:
    """The number of this process, also before they join and after they leave; number 0 writes the files."""
    return dist.get_rank() if dist.is_initialized() else int(os.environ.get("RANK", "0"))


def count() -> int:
    """How many processes train together."""
    return dist.get_world_size() if dist.is_initialized() else 1


def share(batch: Tensor) -> Tensor:
    """This process's rows of a batch whose length is a multiple of `count()`."""
    return batch.chunk(count())[rank()] if count() > 1 else batch


def average_gradients(parameters: Iterable[nn.Parameter]) -> None:
    """Makes the gradients of each process's mean those of the mean over the whole batch, in place."""
    if count() == 1:
        return
    gradients = [parameter.grad for parameter in parameters if parameter.grad is not None]
    flat = torch.cat([gradient.flatten() for gradient in gradients])
    dist.all_reduce(flat)
    flat /= count()
    for gradient, mean in zip(gradients, flat.split([g.numel() for g in gradients]), strict=True):
        gradient.copy_(mean.view_as(gradient))


def mean_of_all(values: Tensor) -> Tensor:
    """The mean of a float tensor over the processes."""
    if count() > 1:
        dist.all_reduce(values)
        values /= count()
    return values


def from_first(value: T) -> T:
    """The first process's value: for a choice that all must make alike."""
    if count() == 1:
        return value
    box = [value]
    dist.broadcast_object_list(box)
    return box[0]


def any_of_all(flag: bool) -> bool:
    """Whether one of the processes says so."""
    if count() == 1:
        return flag
    said = torch.tensor([float(flag)])
    dist.all_reduce(said)
    return bool(said.item() > 0)


class SumOfAll(torch.autograd.Function):
    """The sum over all processes, whose gradient is the sum of theirs. (PyTorch will remove its own.)"""

    @staticmethod
    def forward(ctx: Any, values: Tensor) -> Tensor:
        total = values.clone()
        dist.all_reduce(total)
        return total

    @staticmethod
    def backward(ctx: Any, gradient: Tensor) -> Tensor:
        total = gradient.clone()
        dist.all_reduce(total)
        return total


class SharedBatchNorm(nn.modules.batchnorm._BatchNorm):
    """Batch norm of float[n, channels, ...] over the whole batch, whichever processes hold its parts.

    PyTorch's own SyncBatchNorm knows GPUs only.
    """

    alone = False
    """Whether this process runs the network alone, while the others do not."""

    def _check_input_dim(self, input: Tensor) -> None:
        if input.dim() < 2:
            raise ValueError(f"needs [n, channels, ...], got {list(input.shape)}")

    def forward(self, input: Tensor) -> Tensor:
        if not self.training or self.alone or count() == 1:
            return super().forward(input)
        over = [axis for axis in range(input.dim()) if axis != 1]
        values = input.float()
        sums = torch.stack([values.mean(over), values.square().mean(over)])
        mean, square = SumOfAll.apply(sums) / count()  # type: ignore[no-untyped-call]  # PyTorch's own
        variance = (square - mean.square()).clamp_min(0.0)  # rounding can make it less
        with torch.no_grad():
            assert self.running_mean is not None
            assert self.running_var is not None
            assert self.num_batches_tracked is not None
            self.num_batches_tracked += 1
            n = values.numel() // values.shape[1] * count()
            momentum = 1 / float(self.num_batches_tracked) if self.momentum is None else self.momentum
            self.running_mean.lerp_(mean, momentum)
            self.running_var.lerp_(variance * (n / max(1, n - 1)), momentum)
        shape = [1, -1] + [1] * (input.dim() - 2)
        normed: Tensor = (values - mean.view(shape)) * (variance + self.eps).rsqrt().view(shape)
        return normed * self.weight.view(shape) + self.bias.view(shape) if self.affine else normed
