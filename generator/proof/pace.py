"""How long a stranger's motion takes for a tick: one that is too slow is told at once, before any search.

A search is bounded by places, never by time, so that a level is the same on every machine. But a motion of
some milliseconds a tick would be searched for hours, and nobody would know why.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from ..motion import MotionError, OwnMotion, spawn, step
from .gait import Floor
from .trials import JUMP_MASK, RIGHT_MASK

SLOWEST_S = 0.0005
"""Seconds that a tick may take at most. (ours: with 0.5 ms a castle's stage took seven minutes)"""
CALLS = 600_000
"""Ticks that a castle's stage takes, at most. (measured)"""
BATCHES, TICKS = 6, 20
"""Ticks that are timed together, and how often: the fastest batch counts, whatever else the machine does."""


def check_pace(motion: OwnMotion, clock: Callable[[], float] = time.perf_counter) -> None:
    """Raises MotionError, one line, for a motion that takes longer than SLOWEST_S for a tick.

    clock: seconds. Other faults of a motion are left to `gait_of`, which looks for them.
    """
    if motion.is_trusted:
        return
    floor = Floor()
    state, fastest_s = spawn(floor), float("inf")
    try:
        for _ in range(BATCHES):
            begun_s = clock()
            for tick in range(TICKS):
                state, _ = step(floor, motion, state, RIGHT_MASK | (JUMP_MASK if tick < TICKS // 2 else 0))
            fastest_s = min(fastest_s, (clock() - begun_s) / TICKS)
    except MotionError:
        return
    if fastest_s > SLOWEST_S:
        raise MotionError(
            f"{motion} is too slow: its move takes {fastest_s * 1000:.1f} ms, and a level takes up to "
            f"{CALLS:,} of them; make it faster than {SLOWEST_S * 1000:g} ms"
        )
