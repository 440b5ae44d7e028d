"""Which arithmetic is the fastest here: measured on a few steps, never assumed.

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


def autocast(device: torch.device, precision: str) -> contextlib.AbstractContextManager[object]:
    """The context in which the networks run."""
    if precision == "bf16":
        return torch.autocast(device.type, torch.bfloat16)
    return contextlib.nullcontext()


def measure(run_step: Callable[[str], None], device: torch.device) -> dict[str, float]:
    """Seconds a step takes in every precision, the best of a few after one to warm up.

    A precision whose very first step takes 8 times the best one's is not tried further.
    """
    seconds: dict[str, float] = {}
    for precision in PRECISIONS:
        first = processes.from_first(_timed(run_step, precision, device))  # all must decide alike
        if seconds and first > 8 * min(seconds.values()):
            seconds[precision] = first
        else:
            best = min(_timed(run_step, precision, device) for _ in range(MEASURED_STEPS))
            seconds[precision] = processes.from_first(best)
    return seconds


def _timed(run_step: Callable[[str], None], precision: str, device: torch.device) -> float:
    start = time.perf_counter()
    run_step(precision)
    if device.type == "cuda":
        torch.cuda.synchronize(device)
    return time.perf_counter() - start
