"""Headless for every test, and hypothesis without deadlines: tests never depend on the clock."""

import os
import sys

os.environ["SDL_VIDEODRIVER"] = "dummy"
os.environ["SDL_AUDIODRIVER"] = "dummy"
os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile(
    "ganvania", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("ganvania")


@pytest.fixture(autouse=True)
def one_thread() -> None:
    """Equal bits need equal thread counts, and a test that calls a command line leaves its own behind."""
    if torch := sys.modules.get("torch"):
        torch.set_num_threads(1)
