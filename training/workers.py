"""Processes that share out work on one machine."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from multiprocessing.pool import Pool
from typing import TypeVar

_THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
Task = TypeVar("Task")
Result = TypeVar("Result")


def cores() -> int:
    """The machine's cores, or this process's share of them where torchrun started several."""
    count = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, count // int(os.environ.get("LOCAL_WORLD_SIZE", "1")))


def in_order(
    work: Callable[[Task], Result], tasks: Sequence[Task], processes: int, chunk: int = 1
) -> Iterator[Result]:
    """Yields the result of every task, in the order of the tasks, whatever the number of processes is.

    Args:
        work: a module's function; with one process, or no more tasks than `chunk`, it runs in this one.
        chunk: tasks that a process is given at once.
    """
    if processes <= 1 or len(tasks) <= chunk:
        yield from map(work, tasks)
        return
    with _pool(processes) as pool:
        yield from pool.imap(work, tasks, chunk)


@contextmanager
def _pool(processes: int) -> Iterator[Pool]:
    """Processes that leave Ctrl-C to this one. Each has one BLAS thread: more would wait for one another."""
    before = {name: os.environ.get(name) for name in _THREADS}
    os.environ.update(dict.fromkeys(_THREADS, "1"))
    heeded = signal.signal(signal.SIGINT, signal.SIG_IGN)  # what is ignored stays so in a new process
    try:
        pool = multiprocessing.get_context("spawn").Pool(processes)
    finally:
        signal.signal(signal.SIGINT, heeded)
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
    with pool:
        yield pool
