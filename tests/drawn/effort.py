"""How hard the tests look: few examples of each property by default, many in the profile `thorough`.

HYPOTHESIS_PROFILE=thorough make test
"""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

QUICK, THOROUGH = "quick", "thorough"
EXAMPLES = {QUICK: 25, THOROUGH: 400}
"""Of a property that does not say how many it needs."""
MORE = 10
"""How many times as many examples `thorough` tries of one that does."""


def profile() -> str:
    """The profile of this run."""
    return os.environ.get("HYPOTHESIS_PROFILE", QUICK)


def examples(quick: int) -> int:
    """The examples of a property that is dear: so many by default, more in `thorough`."""
    return quick * MORE if profile() == THOROUGH else quick


def load_profiles() -> None:
    """Tells hypothesis: no deadlines, since no test depends on the clock, and the same examples each time."""
    for name, count in EXAMPLES.items():
        settings.register_profile(
            name,
            max_examples=count,
            deadline=None,
            derandomize=True,
            suppress_health_check=[HealthCheck.too_slow],
        )
    settings.load_profile(profile())
