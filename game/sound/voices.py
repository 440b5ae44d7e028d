"""The chip's four voices, and how much of full scale each may take."""

from __future__ import annotations

from enum import IntEnum


class Voice(IntEnum):
    """A channel of the chip."""

    LEAD = 0
    """The first pulse."""
    SECOND = 1
    """The second pulse."""
    BASS = 2
    """The triangle."""
    DRUMS = 3
    """The noise."""


SHARES: dict[Voice, float] = {Voice.LEAD: 0.22, Voice.SECOND: 0.22, Voice.BASS: 0.19, Voice.DRUMS: 0.26}
"""Parts of full scale. Together they are 0.89, 1 dB under what would clip. Whoever plays on a voice, music or
an effect, keeps to its share; an effect that takes several has their sum. So no mixture of them clips."""
CEILING = sum(SHARES.values())
