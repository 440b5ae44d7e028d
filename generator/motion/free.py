"""A motion of numbers with the freedoms of run-and-jump games: it gathers speed, steers in the air, jumps as
high as the button is held, and jumps again in the air."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any, ClassVar

from ..errors import shown
from .body import Body, Posture
from .numbers import SUB
from .own import MOST_MOVED_SUB, MotionError, OwnMotion

if TYPE_CHECKING:
    from .around import Around

_STAND, _CROUCH, _AIR = int(Posture.STAND), int(Posture.CROUCH), int(Posture.AIR)
_RIGHT, _LEFT, _DOWN, _JUMP = 1, 2, 8, 16
_new = tuple.__new__  # as in step.py: NamedTuple's own costs more


@dataclass(frozen=True)
class FreeMotion(OwnMotion):
    """The numbers of a hero who runs and jumps freely. All are integers; speeds are 1/256 px a tick, changes
    of speed 1/256 px a tick in each tick, and 60 ticks are a second.

    A jump whose button is held rises jump_sub * (jump_sub - rise_sub) / (2 * rise_sub) / 256 px: 54 px with
    the numbers below. Once the button is let go, `fall_sub` slows it instead, and it ends sooner.

    Attributes:
        name: what messages call him, and what must differ between two heroes of a game.
        walk_sub: the fastest walk, on the ground and in the air; at most 8 px, as all speeds.
        speed_up_sub: what a walk gathers a tick.
        slow_down_sub: what it loses a tick without a direction.
        turn_sub: what it loses a tick against the direction.
        air_sub: what steering changes a tick in the air; 0: it cannot be steered.
        jump_sub: how fast a jump begins to rise.
        rise_sub: gravity while he rises and JUMP is held.
        fall_sub: gravity otherwise: while he falls, and while he rises without the button.
        fall_max_sub: the fastest fall.
        air_jumps: how many jumps he can make in the air, 0 to 3; with 1 he jumps twice.
        air_jump_sub: how fast those begin to rise.
        coyote_ticks: a jump still works so long after the feet left an edge.
        buffer_ticks: a press of JUMP counts for so many ticks while it is held: it may come early.
        half_width_px: half the width of his box, 4 to 8.
        height_px: its height, 17 to 32.
        crouch_height_px: the height of the box that can be hit while he crouches.
    """

    # In a body, `air_tick` counts the ticks since the feet left the ground, at most `coyote_ticks` + 1, and
    # `landing_tick` the jumps that were made in the air.
    name: str = "free"
    walk_sub: int = 3 * SUB // 2
    speed_up_sub: int = 14
    slow_down_sub: int = 32
    turn_sub: int = 32
    air_sub: int = 14
    jump_sub: int = 7 * SUB // 2
    rise_sub: int = 28
    fall_sub: int = 80
    fall_max_sub: int = 9 * SUB // 2
    air_jumps: int = 0
    air_jump_sub: int = 0
    coyote_ticks: int = 4
    buffer_ticks: int = 4
    half_width_px: int = OwnMotion.half_width_px
    height_px: int = OwnMotion.height_px
    crouch_height_px: int = OwnMotion.crouch_height_px

    is_trusted: ClassVar[bool] = True

    def __post_init__(self) -> None:
        """Raises MotionError for numbers that no body can have."""
        self.check()

    def check(self) -> None:
        """Raises MotionError, one line, for numbers that no body can have."""
        super().check()
        if not isinstance(self.name, str) or not 1 <= len(self.name) <= 64:
            raise MotionError("a motion's name is a text of 1 to 64 characters")
        speeds = ("walk_sub", "jump_sub", "fall_max_sub", "air_jump_sub")
        most = dict.fromkeys(speeds, MOST_MOVED_SUB) | {
            "air_jumps": 3,
            "coyote_ticks": 60,
            "buffer_ticks": 60,
        }
        least = {"rise_sub": 1, "fall_sub": 1, "fall_max_sub": 1, "speed_up_sub": 1, "slow_down_sub": 1}
        for field in fields(self):
            value = getattr(self, field.name)
            low, high = least.get(field.name, 0), most.get(field.name, MOST_MOVED_SUB)
            if field.name != "name" and (type(value) is not int or not low <= value <= high):
                raise MotionError(
                    f"{self}: its {field.name} is {shown(value)}; write an integer from {low} to {high}"
                )

    def move(self, around: Around, body: Body, buttons: int) -> Body:
        """See `OwnMotion.move`."""
        (
            x_sub, y_sub, posture, facing, vx_sub, vy_sub, air_tick,
            whip_tick, safe_tick, jumps, jump_held, whip_held, stairs,
        ) = body  # fmt: skip
        direction = (buttons & _RIGHT) - ((buttons & _LEFT) >> 1)
        pressed = 0 < jump_held <= self.buffer_ticks
        # Sideways: speed is gathered and lost, in the air by steering alone.
        if posture == _AIR:
            if direction and self.air_sub:
                facing, vx_sub = direction, _toward(vx_sub, direction * self.walk_sub, self.air_sub)
        else:
            posture = _CROUCH if buttons & _DOWN else _STAND
            goal_sub = 0 if posture == _CROUCH else direction * self.walk_sub
            if not goal_sub:
                change_sub = self.slow_down_sub
            else:
                facing = direction
                change_sub = self.turn_sub if vx_sub * direction < 0 else self.speed_up_sub
            vx_sub = _toward(vx_sub, goal_sub, change_sub)
        if vx_sub:
            x_sub, met = around.slide(x_sub, y_sub, vx_sub)
            vx_sub = 0 if met else vx_sub
        # Jumps, from the ground and just after it, and in the air.
        if posture != _AIR and not around.stands(x_sub, y_sub):
            posture, air_tick, vy_sub = _AIR, 0, 0
        if pressed and (posture == _STAND or (posture == _AIR and air_tick <= self.coyote_ticks)):
            posture, vy_sub, air_tick = _AIR, -self.jump_sub, self.coyote_ticks
            jump_held = self.buffer_ticks + 1
        elif pressed and posture == _AIR and jumps < self.air_jumps:
            vy_sub, jumps, jump_held = -self.air_jump_sub, jumps + 1, self.buffer_ticks + 1
        if posture != _AIR:
            return _new(Body, (
                x_sub, y_sub, posture, facing, vx_sub, 0, 0,
                whip_tick, safe_tick, 0, jump_held, whip_held, stairs,
            ))  # fmt: skip
        # Up and down: who lets go of the button falls sooner.
        air_tick = min(air_tick + 1, self.coyote_ticks + 1)
        vy_sub += self.rise_sub if vy_sub < 0 and buttons & _JUMP else self.fall_sub
        vy_sub = min(vy_sub, self.fall_max_sub)
        if vy_sub < 0:
            y_sub, met = around.rise(x_sub, y_sub, -vy_sub)
            vy_sub = 0 if met else vy_sub
        else:
            y_sub, met = around.fall(x_sub, y_sub, vy_sub)
            if met:
                posture, vy_sub, air_tick, jumps = _STAND, 0, 0, 0
        return _new(Body, (
            x_sub, y_sub, posture, facing, vx_sub, vy_sub, air_tick,
            whip_tick, safe_tick, jumps, jump_held, whip_held, stairs,
        ))  # fmt: skip

    def to_dict(self) -> dict[str, Any]:
        """Its numbers as plain data; `from_dict` is the inverse."""
        if type(self) is not FreeMotion:
            return super().to_dict()
        return {"kind": "free"} | {field.name: getattr(self, field.name) for field in fields(self)}

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> FreeMotion:
        """The motion of these numbers. Raises ValueError where a name or a value is not one of it."""
        names = {field.name for field in fields(cls)}
        given = {name: value for name, value in values.items() if name != "kind"}
        for name in given:
            if name not in names:
                raise ValueError(f"{str(name)[:40]!r} is no number of a free motion")
        return cls(**given)


def _toward(speed_sub: int, goal_sub: int, by_sub: int) -> int:
    """The speed, changed by so much at most."""
    if speed_sub < goal_sub:
        return min(speed_sub + by_sub, goal_sub)
    return max(speed_sub - by_sub, goal_sub)


RUN_MOTION = FreeMotion("run")
"""Runs and jumps as the best-known games of the kind: walk, speed-up and turn are those that players measured
in Super Mario Bros. 3 (1.5 px, 14/256 and 32/256 px a tick); it stops sooner than there, and its jump, 3.3
tiles high at most, is by feel."""
FLOATY_MOTION = FreeMotion(
    "floaty", walk_sub=320, speed_up_sub=20, slow_down_sub=20, turn_sub=40, air_sub=20, jump_sub=640,
    rise_sub=20, fall_sub=28, fall_max_sub=2 * SUB, air_jumps=1, air_jump_sub=560,
)  # fmt: skip
"""Falls slowly and jumps once more in the air. All by feel."""
