"""What a body at rest stands on: firm ground, a platform that moves, a floor that gives way."""

from __future__ import annotations

from ..motion import SUB, AnyMotion, Motion, State
from ..motion.interior import Interior
from ..motion.mechanisms import GONE, MovingPlatform, floor_counter
from ..motion.rules import ridden
from ..nes.roles import TILE
from .gait import gait_of
from .memory import RoomMemory
from .trials import CLUMSY_TICKS, LEFT_MASK, RIGHT_MASK, Trial

WALK_PX = 8
"""Jumps start at multiples of this and at edges. (ours: half a tile; fair jumps have windows of 7 px)"""
RIDE_PX = 16
"""On a platform a body stands at multiples of this from its left edge, and at both of its edges. (ours)"""
WAIT_TICKS = 32
"""How long a body waits at a time on a platform. There it is at rest only at multiples of this, so that a
node is one state and no more. On firm ground the clock does not matter. (ours)"""


class Footing:
    """The footing in one room."""

    def __init__(self, interior: Interior, motion: AnyMotion, *, bold: bool = True) -> None:
        """`bold`: a motion of one's own jumps in all the ways that it has, else in the plainest alone."""
        self.interior, self.motion = interior, motion
        self.memory = RoomMemory(interior, motion)
        self.gait = None if isinstance(motion, Motion) else gait_of(motion)
        self.bold = bold
        self.walk_sub = motion.walk_sub if isinstance(motion, Motion) else gait_of(motion).walk_px * SUB
        """The fastest walk a tick."""

    def gives_way(self, state: State) -> bool:
        """Whether a body stands, with one foot at least, on a floor that collapses and is still there."""
        if not self.interior.floors:
            return False
        x_px, y_px, half = state.body.x_sub // SUB, state.body.y_sub // SUB, self.motion.half_width_px
        return any(
            y_px == floor.row * TILE
            and floor.column * TILE - half < x_px < (floor.column + floor.tiles) * TILE + half
            and floor_counter(state.flags, number) != GONE
            for number, floor in enumerate(self.interior.floors)
        )

    def rides(self, state: State) -> bool:
        """Whether a body at rest stands on nothing but a platform."""
        if not self.interior.platforms:
            return False
        body = state.body
        terrain = self.interior.terrain(state.flags)
        return not terrain.holds(body.x_sub // SUB, body.y_sub // SUB, self.motion.half_width_px)

    def spot(self, state: State) -> tuple[int, bool]:
        """Where a body at rest stands, x_sub, from the left edge of its platform where it rides one; and
        whether walks end and jumps start there."""
        x_sub = state.body.x_sub
        platform = self.platform(state) if self.interior.platforms else None
        if platform is None:
            return x_sub, x_sub // SUB % WALK_PX == 0
        x_sub -= platform.at(state.room_tick)[0] * SUB
        return x_sub, x_sub // SUB % RIDE_PX == 0

    def to_mark(self, state: State, direction: int) -> int:
        """Ticks of walking until a body on firm ground comes to the next mark; on a platform 1."""
        if self.interior.platforms and self.rides(state):
            return 1
        mark_sub = WALK_PX * SUB
        past_sub = state.body.x_sub % mark_sub
        # To the left a mark is met at the last sub-pixel of its pixel.
        away_sub = mark_sub - past_sub if direction > 0 else (past_sub - SUB) % mark_sub + 1
        return -(-away_sub // max(1, self.walk_sub))

    def align(self, trial: Trial) -> None:
        """Waits until a body at rest is in a state that a node can have: no floor crumbles where it does not
        stand; on a platform it stands at a multiple of RIDE_PX and its clock is one of WAIT_TICKS."""
        if self.interior.floors and not self.gives_way(trial.state):
            while self._crumbles(trial.state.flags) and trial.press(0):
                pass
        if trial.airborne and trial.at_rest:
            self._walk_to_mark(trial)
        late = trial.state.room_tick % WAIT_TICKS
        if trial.at_rest and late and not self.glide(trial, WAIT_TICKS - late):
            while trial.at_rest and trial.state.room_tick % WAIT_TICKS and self.rides(trial.state):
                if not trial.press(0):
                    return
        if not trial.at_rest:
            trial.settle()

    def glide(self, trial: Trial, ticks: int) -> bool:
        """A body at rest presses nothing for so many ticks and rides a platform through nothing but air: so
        it only goes along. Returns False where it must be stepped."""
        state = trial.state
        platform = self.platform(state) if self.interior.platforms else None
        if platform is None or self.interior.floors or state.body.safe_tick:
            return False
        courses = [platform.at(tick) for tick in range(state.room_tick, state.room_tick + ticks + 1)]
        (left, top), (to_left, to_top) = courses[0], courses[-1]
        xs, ys = [x - left for x, _ in courses], [y - top for _, y in courses]
        if not self.memory.is_air(state, (min(xs), min(ys), max(xs), max(ys))):
            return False
        x_sub, y_sub = state.body.x_sub + (to_left - left) * SUB, state.body.y_sub + (to_top - top) * SUB
        trial.carry(state.body._replace(x_sub=x_sub, y_sub=y_sub, vx_sub=0), ticks)
        return True

    def _crumbles(self, flags: int) -> bool:
        """Whether a floor counts its ticks."""
        return any(0 < floor_counter(flags, number) < GONE for number in range(len(self.interior.floors)))

    def _walk_to_mark(self, trial: Trial) -> None:
        """A body that came down on a platform walks to the nearest mark that a clumsy press leads to."""
        platform = self.platform(trial.state)
        before, marked = self.spot(trial.state)
        if platform is None or marked:
            return
        x_px = before // SUB
        if self.gait is not None:
            from .strides import to_near_mark

            to_near_mark(self, self.gait, trial, x_px, platform.tiles * TILE)
            return
        back = x_px % RIDE_PX
        near = CLUMSY_TICKS <= back <= RIDE_PX // 2 or back > RIDE_PX - CLUMSY_TICKS
        mask = LEFT_MASK if x_px > platform.tiles * TILE or (x_px > 0 and near) else RIGHT_MASK
        for tick in range(1, 2 * RIDE_PX):
            if not trial.press(mask) or trial.fell:
                return
            now, marked = self.spot(trial.state)
            if tick >= CLUMSY_TICKS and (marked or now == before):
                return
            before = now

    def platform(self, state: State) -> MovingPlatform | None:
        """What a body at rest stands on, where it is nothing but a platform."""
        if not self.rides(state):
            return None
        x_px, y_px, half = state.body.x_sub // SUB, state.body.y_sub // SUB, self.motion.half_width_px
        return ridden(self.interior.platforms, state.room_tick, x_px, y_px, half)
