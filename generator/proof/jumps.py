"""What a clumsy hero clears: for every rise the widest gap, found by jumping it with the motion itself.

Rooms size their gaps and ledges by this table, so a motion that jumps less far gets smaller ones.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np

from ..motion import SUB, AnyMotion, Button, OwnMotion, Posture, spawn, step
from ..motion.interior import interiors
from ..nes.roles import TILE, Role
from .fairness import CLUMSY_SLIP_TICKS
from .gait import gait_of
from .strides import leap_on
from .trials import Trial, jump

RISES = range(-3, 4)
"""Rows that the far side is higher; negative: lower."""
WIDEST = 8
"""Tiles; nothing wider is tried."""
GROUND_ROW, ROWS, RUN_UP_TILES, LANDING_TILES = 10, 16, 3, 6
PROBE_PX = 2
"""From so far apart the jumps of a hero are tried who gathers speed."""
NOWHERE = -100, -100
"""An exit that nobody gets to."""


@dataclass(frozen=True)
class Jumps:
    """The table of a motion."""

    gaps: tuple[int, ...]
    """By RISES: tiles; 0 is a step without a gap, -1 what is not cleared at all."""

    def gap(self, rise: int) -> int:
        """The widest gap to a landing so many rows higher, tiles; -1 where none is cleared."""
        return self.gaps[rise - RISES.start]

    @cached_property
    def rise(self) -> int:
        """The highest ledge, rows."""
        return max((rise for rise in RISES if rise >= 0 and self.gap(rise) >= 0), default=0)


@lru_cache(maxsize=8)
def jumps_of(motion: AnyMotion) -> Jumps:
    """The table of a motion, measured once."""
    return Jumps(tuple(_widest(motion, rise) for rise in RISES))


def _widest(motion: AnyMotion, rise: int) -> int:
    gap = -1
    # Level ground is no jump: what one walks over is cleared.
    while gap < WIDEST and _clears(motion, rise, gap + 1):
        gap += 1
    return gap


def _clears(motion: AnyMotion, rise: int, gap: int) -> bool:
    """Whether a jump at some tick lands beyond the gap, and so do those that slip before and after it."""
    if gap == 0 and rise <= 0:
        return True
    if isinstance(motion, OwnMotion):
        return _clears_from_rest(motion, rise, gap)
    place, slips = _Gap(rise, gap), 0
    state, before = spawn(place), None
    while state.body != before and state.body.posture == Posture.STAND:
        slips = slips + 1 if place.is_beyond(jump(place, motion, state, 1)) else 0
        if slips > 2 * CLUMSY_SLIP_TICKS:
            return True
        before, (state, _) = state.body, step(place, motion, state, int(Button.RIGHT))
    return False


def _clears_from_rest(motion: OwnMotion, rise: int, gap: int) -> bool:
    """The same for a hero who gathers speed: some way to jump leads from rest beyond the gap, from far enough
    in a row of places that the slips of a fast walk do not matter."""
    place, gait = _Gap(rise, gap), gait_of(motion)
    edge_px = RUN_UP_TILES * TILE + (motion.half_width_px - 1 if gap else -motion.half_width_px)
    slip_px = 2 * CLUMSY_SLIP_TICKS * gait.walk_px
    start = spawn(place)
    for leap in gait.leaps:
        row_px = 0
        for x_px in range(edge_px, edge_px - slip_px - TILE, -PROBE_PX):
            trial = Trial(place, motion, start._replace(body=start.body._replace(x_sub=x_px * SUB)))
            leap_on(trial, 1, leap)
            row_px = row_px + PROBE_PX if place.is_beyond(trial) else 0
            if row_px > slip_px:
                return True
            if row_px + (x_px - edge_px + slip_px + TILE) <= slip_px:
                break
    return False


class _Gap:
    """Ground to run up on, a hole, and ground beyond. It is a `Place`."""

    def __init__(self, rise: int, gap: int) -> None:
        beyond = RUN_UP_TILES + gap
        roles = np.full((ROWS, beyond + LANDING_TILES), Role.SKY, np.uint8)
        roles[GROUND_ROW:, :RUN_UP_TILES] = Role.GROUND_FILL
        roles[GROUND_ROW - rise :, beyond:] = Role.GROUND_FILL
        self.interiors = interiors(roles, [(0, 0, roles.shape[1], ROWS)], (), NOWHERE)
        self.start = TILE // 2, GROUND_ROW * TILE
        self._landing_px = beyond * TILE, (GROUND_ROW - rise) * TILE

    def is_beyond(self, trial: Trial) -> bool:
        """Whether who jumped stands on the far ground."""
        body, (left_px, top_px) = trial.state.body, self._landing_px
        landed = trial.at_rest and not trial.over and body.y_sub == top_px * SUB
        return landed and body.x_sub > (left_px - TILE // 2) * SUB
