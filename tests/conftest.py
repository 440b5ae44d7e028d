"""Headless for every test; how many examples hypothesis tries; the same number of threads for each; freed
memory goes back."""

import os
import sys

os.environ["SDL_VIDEODRIVER"] = "dummy"
os.environ["SDL_AUDIODRIVER"] = "dummy"
os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")
# Before numpy is imported: BLAS threads that wait for work spin, and cost more than they help here.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import pytest

from tests.drawn.effort import load_profiles

load_profiles()


@pytest.fixture(autouse=True)
def one_thread() -> None:
    """Equal bits need equal thread counts, and a test that calls a command line leaves its own behind."""
    if torch := sys.modules.get("torch"):
        torch.set_num_threads(1)


@pytest.fixture(autouse=True)
def freed_memory_goes_back(monkeypatch: pytest.MonkeyPatch) -> None:
    """A command of the training tells the C library to keep all that is freed, for good. A process with other
    tests to come would keep the most that any of them took."""
    if "training.__main__" in sys.modules:
        monkeypatch.setattr("training.__main__.keep_freed_memory", lambda: True)
