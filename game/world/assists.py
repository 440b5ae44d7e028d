"""Helps for a player who wants them. They change how a world is played, never what it holds.

A level's proof is of the level's own motion. Whoever steers in the air or jumps late reaches all that the
proof reaches, and more.
"""

from __future__ import annotations

from dataclasses import astuple, dataclass, fields, replace
from typing import Self

from generator.motion import RELAXED_MOTION, AnyMotion, Motion


@dataclass(frozen=True)
class Assists:
    """The helps, all of them off at first."""

    more_life: bool = False
    """A blow costs half, rounded up."""
    steady: bool = False
    """A blow pushes nobody."""
    endless_lives: bool = False
    """A death costs no life."""
    air_control: bool = False
    """Left and right steer in the air."""
    coyote: bool = False
    """A jump still works a little after the feet left an edge."""
    buffer: bool = False
    """A jump that is pressed a little before the feet land works when they do."""

    def __bool__(self) -> bool:
        return any(astuple(self))

    @property
    def names(self) -> list[str]:
        """Those that are on."""
        return [field.name for field in fields(self) if getattr(self, field.name)]

    @classmethod
    def of(cls, names: list[str]) -> Self:
        """With these on. Raises TypeError for a name that there is not."""
        return cls(**dict.fromkeys(names, True))

    def motion(self, motion: AnyMotion) -> AnyMotion:
        """How a body moves with these helps."""
        # A motion of somebody's own has its own mind about them.
        if not (self.air_control or self.coyote or self.buffer) or not isinstance(motion, Motion):
            return motion
        relaxed = RELAXED_MOTION
        return replace(
            motion,
            air_control=motion.air_control or self.air_control,
            coyote_ticks=relaxed.coyote_ticks if self.coyote else motion.coyote_ticks,
            buffer_ticks=relaxed.buffer_ticks if self.buffer else motion.buffer_ticks,
        )


NO_ASSISTS = Assists()
"""None of them."""
