"""How a training is known to have gone wrong: its samples are all alike, or its numbers are no numbers."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

ALIKE = 0.25
"""Diversity of the samples, as a share of the corpus's own, below which they are all alike. (measured: the
shipped run had 0.5 after 1,000 images and 0.9 to 1.3 later; a generator of one screen has 0)"""
GRACE_IMAGES = 8_000
"""A network that has seen fewer may still dream alike."""
ATTEMPTS = 4
"""Going back more often than this from one state is no use."""


class Relapse(Exception):
    """The networks have gone wrong; the text says how."""


def check_numbers(step: int, numbers: Mapping[str, float]) -> None:
    """Raises Relapse where a step's number is not finite."""
    if not all(math.isfinite(value) for value in numbers.values()):
        raise Relapse(f"step {step} gave a number that is not finite")


def complaint(looks: Sequence[tuple[int, float]]) -> str:
    """That the samples are all alike, and since when; "" while they are not.

    Args:
        looks: (images seen, diversity of the samples as a share of the corpus's own), oldest first.
    """
    since = None
    for images, share in looks:
        since = (since or images) if share < ALIKE else None
    if since is None or looks[-1][0] < GRACE_IMAGES:
        return ""
    return (
        f"the samples are all alike since {since:,} images: they differ {looks[-1][1]:.0%} as much as the "
        "corpus's screens do"
    )
