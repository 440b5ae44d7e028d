"""The numbers of one way to move: how fast a body walks, how high it jumps, how far its whip reaches."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any

SUB = 256
"""Sub-pixels in a pixel."""
JUMP_CURVE_PX = (5, 5, 3, 3, 3, 3, 3, 2, 2, 2, 1, 1, 1, 1, 0, 1, 0, 0, 0, 0)
"""Rise in px of each tick up to the middle of the hang; the fall mirrors it: 40 ticks, peak 36 px. (FACTS)"""
LARGEST_NUMBER = 8 * SUB
"""No number of a motion is larger, so that a stranger's file cannot ask for endless tables."""


@dataclass(frozen=True)
class Motion:
    """The numbers of one way to move. Those marked FACTS are documented of the NES, the others are ours.

    Another number in NES_MOTION changes ways that are pinned: see CONTRIBUTING.md, Pinned sums.
    """

    name: str = "nes"
    walk_sub: int = 1 * SUB  # walking speed a tick, on the ground and in the air (FACTS)
    jump_curve_px: tuple[int, ...] = JUMP_CURVE_PX  # see there (FACTS)
    fall_start: int = 8  # a fall off an edge starts so far into the falling half of the curve, ticks
    fall_max_px: int = 6  # the fastest fall a tick, at most 8 (FACTS)
    air_control: bool = False  # True: LEFT and RIGHT steer in the air (FACTS: False)
    coyote_ticks: int = 0  # a jump still works so long after the feet left an edge
    buffer_ticks: int = 1  # a press counts for so many ticks while it is held; 1: for its own alone
    long_fall_ticks: int = 20  # a fall of so many ticks, 81 px, ends in a recovery
    landing_ticks: int = 6  # how long a recovery takes
    whip_ticks: int = 23  # how long a whip takes on the ground (FACTS)
    whip_air_ticks: int = 22  # how long it takes in the air (FACTS)
    whip_hit_first: int = 12  # the first whip_tick that hits
    whip_hit_ticks: int = 6  # how long it hits (FACTS: about 6)
    whip_ahead_px: tuple[int, ...] = (
        24,
        26,
        34,
    )  # centre of the whip's box before the feet, by level (FACTS)
    whip_half_width_px: tuple[int, ...] = (16, 18, 26)  # half its width, by level (FACTS)
    whip_half_height_px: tuple[int, ...] = (6, 8, 8)  # half its height, by level (FACTS)
    whip_stand_px: int = 18  # its centre above the feet (FACTS)
    whip_crouch_px: int = 9  # the same of a crouching body (FACTS)
    half_width_px: int = 6  # half the width of the body (FACTS)
    height_px: int = 28  # the height of the body (FACTS)
    crouch_height_px: int = 20  # the height of a crouching body's hurt box
    air_dy_px: tuple[int, ...] = field(init=False, repr=False, compare=False)
    """How far down a body in the air moves at each `air_tick`. First a jump, then a fall off an edge."""
    fall_tick: int = field(init=False, repr=False, compare=False)
    """Derived: the `air_tick` at which falls off an edge begin."""
    next_air_tick: tuple[int, ...] = field(init=False, repr=False, compare=False)
    """Derived: the `air_tick` after each. A jump that has fallen as far as it rose goes on at full speed."""

    def __post_init__(self) -> None:
        """Builds the derived tables. Raises ValueError for numbers that the collision cannot keep up with."""
        curve = self.jump_curve_px
        numbers = [getattr(self, f.name) for f in fields(self) if f.init]
        for number in numbers + [n for several in numbers if isinstance(several, tuple) for n in several]:
            if isinstance(number, int) and abs(number) > LARGEST_NUMBER:
                raise ValueError(f"no number of a motion may be beyond {LARGEST_NUMBER}")
        if not curve or min(curve) < 0 or max(curve) > 8 or not 1 <= self.fall_max_px <= 8 or sum(curve) > 64:
            raise ValueError("a body moves at most 8 px a tick, and a jump rises at most 64 px")
        if not 0 <= self.fall_start < len(curve) or self.long_fall_ticks <= len(curve) - self.fall_start:
            raise ValueError("fall_start lies in the curve, and a long fall is longer than the rest of it")
        if not 0 <= self.walk_sub <= 8 * SUB:
            raise ValueError("walk_sub must be 0 to 8 px a tick")
        if not 4 <= self.half_width_px <= 8 or not 16 < self.height_px <= 32:
            raise ValueError("the box must be 8 to 16 px wide and 17 to 32 high")
        if not len(self.whip_ahead_px) == len(self.whip_half_width_px) == len(self.whip_half_height_px) == 3:
            raise ValueError("a whip has three levels")
        ticks = [getattr(self, f.name) for f in fields(self) if f.init and f.name.endswith("_ticks")]
        if self.whip_hit_first < 1 or self.buffer_ticks < 1 or min(ticks) < 0:
            raise ValueError("ticks must not be negative, and a press counts at least for its own tick")
        if self.coyote_ticks > self.long_fall_ticks:
            raise ValueError("coyote_ticks must not be more than long_fall_ticks")
        jump = tuple(-rise for rise in curve) + tuple(reversed(curve))
        start = tuple(reversed(curve))[self.fall_start :]
        fall = start + (self.fall_max_px,) * (self.long_fall_ticks - len(start) + 1)
        object.__setattr__(self, "air_dy_px", jump + fall)
        object.__setattr__(self, "fall_tick", len(jump))
        after = [*range(1, len(jump + fall)), len(jump + fall) - 1]
        after[len(jump) - 1] = len(jump) + len(start)
        object.__setattr__(self, "next_air_tick", tuple(after))

    def to_dict(self) -> dict[str, Any]:
        """Its own numbers as plain data. `from_dict` is the inverse."""
        values = {f.name: getattr(self, f.name) for f in fields(self) if f.init}
        return {name: list(value) if isinstance(value, tuple) else value for name, value in values.items()}

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> Motion:
        """The motion of these numbers. Raises ValueError where a name or a type is not one of Motion's."""
        defaults = NES_MOTION.to_dict()
        given: dict[str, Any] = {}
        for name, value in values.items():
            if name not in defaults or type(value) is not type(defaults[name]):
                raise ValueError(f"{name!r} is no number of a motion, or not of its kind")
            if isinstance(value, list) and not all(type(item) is int for item in value[:257]):
                raise ValueError(f"{name!r} must be a list of integers")
            if isinstance(value, list) and len(value) > 256:
                raise ValueError(f"{name!r} must have at most 256 integers")
            given[name] = tuple(value) if isinstance(value, list) else value
        return cls(**given)


NES_MOTION = Motion()
"""The default: as in the games, without air control and without forgiveness."""
RELAXED_MOTION = Motion("relaxed", coyote_ticks=3, buffer_ticks=4)
"""The same for a game that forgives a late or an early press. Whoever offers it has it searched too: more can
be reached, so more could be a trap."""
