"""A way through a door, as it is seen: the view goes over into the next room while the hero walks on.

The world has made its step and stands still: he is there already, and no time passes.
"""

from __future__ import annotations

from typing import NamedTuple

from generator.motion import SUB

from ..world import World
from ..world.cues import SPARK_TICKS

PASS_TICKS = 36
"""How long it takes: the view moves by a screen, so 7 px a tick. (ours)"""


class Passing(NamedTuple):
    """Where he came from."""

    room: int
    camera_px: tuple[int, int]
    """Left and top edge of the view that was left."""
    hero_px: tuple[int, int]
    """Where his feet were."""
    candles: tuple[tuple[int, int], ...] = ()
    """Where candles burn in the room that he left, px."""
    waits_ticks: int = 0
    """How long he waits for the door to open."""

    @classmethod
    def out_of(cls, world: World) -> Passing:
        """What a world shows before the step that leads through a door."""
        body = world.hero.body
        return cls(
            world.hero.state.room,
            world.camera_px,
            (body.x_sub // SUB, body.y_sub // SUB),
            tuple((candle.x_px, candle.y_px) for candle in world.candles),
        )

    def through(self, world: World) -> Passing:
        """The same after that step: a lock that has just opened takes its time."""
        opens = any(spark.kind == "lock_open" for spark in world.sparks)
        return self._replace(waits_ticks=SPARK_TICKS["lock_open"] if opens else 0)

    @property
    def ticks(self) -> int:
        """How long it takes."""
        return self.waits_ticks + PASS_TICKS

    def camera_at(self, world: World, tick: int) -> tuple[int, int]:
        """Left and top edge of the view, so many ticks later."""
        return _between(self.camera_px, world.camera_px, tick - self.waits_ticks)

    def hero_at(self, world: World, tick: int) -> tuple[int, int]:
        """Where his feet are seen then."""
        body = world.hero.body
        return _between(self.hero_px, (body.x_sub // SUB, body.y_sub // SUB), tick - self.waits_ticks)


def _between(start: tuple[int, int], end: tuple[int, int], tick: int) -> tuple[int, int]:
    """A point on the straight way from one to another."""
    part = min(max(tick, 0), PASS_TICKS)
    return (
        start[0] + (end[0] - start[0]) * part // PASS_TICKS,
        start[1] + (end[1] - start[1]) * part // PASS_TICKS,
    )
