"""In which precision a step is the fastest on this machine: measured, never assumed.

bf16 is several times faster on a CPU with AMX or AVX512-BF16 and many times slower on one without.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable

import torch

from . import processes

PRECISIONS = ("fp32", "bf16")
MEASURED_STEPS = 2
HOPELESS = 8.0


def autocast(device: torch.device, precision: str) -> contextlib.AbstractContextManager[object]:
    """The context in which networks run in this precision."""
    if precision == "bf16":
        return torch.autocast(device.type, torch.bfloat16)
    return contextlib.nullcontext()


def fastest(run_step: Callable[[str], object], device: torch.device) -> tuple[str, dict[str, float]]:
    """The faster precision on this machine, and the seconds that a step takes in each.

    Of a few steps the best counts, after one to warm up. A precision is not tried further where one layer, or
    the first step, takes `HOPELESS` times as long as the best one's: its seconds are then those of the best,
    times as many.
    """
    seconds: dict[str, float] = {}
    layers: dict[str, float] = {}
    for precision in PRECISIONS:
        _one_layer(device, precision)
        layers[precision] = processes.from_first(
            _timed(lambda kind: _one_layer(device, kind), precision, device)
        )
        slower = layers[precision] / min(layers.values())
        if seconds and slower > HOPELESS:
            seconds[precision] = slower * min(seconds.values())
            continue
        first = processes.from_first(_timed(run_step, precision, device))  # all must decide alike
        if seconds and first > HOPELESS * min(seconds.values()):
            seconds[precision] = first
        else:
            best = min(_timed(run_step, precision, device) for _ in range(MEASURED_STEPS))
            seconds[precision] = processes.from_first(best)
    return min(seconds, key=seconds.__getitem__), seconds


def _one_layer(device: torch.device, precision: str) -> None:
    """One convolution of a size that steps have, there and back."""
    with autocast(device, precision):
        layer = torch.nn.Conv2d(128, 128, 3, padding=1, device=device)
        layer(torch.ones(4, 128, 14, 14, device=device)).sum().backward()


def _timed(run_step: Callable[[str], object], precision: str, device: torch.device) -> float:
    start = time.perf_counter()
    run_step(precision)
    if device.type == "cuda":
        torch.cuda.synchronize(device)
    return time.perf_counter() - start
