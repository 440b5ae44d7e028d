"""Processes that share out work on one machine."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.pool import Pool


@contextmanager
def workers(processes: int) -> Iterator[Pool]:
    """A pool whose processes leave Ctrl-C to this one, and have one BLAS thread each: more would wait for one
    another most of the time."""
    threads = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
    before = {name: os.environ.get(name) for name in threads}
    os.environ.update(dict.fromkeys(threads, "1"))
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
