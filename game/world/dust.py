"""The dust that the hero's feet raise. It is seen, and does nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from generator.motion import SUB, Body, Event, EventKind, Posture

from .cues import Spark

HEEL_PX = 6
"""How far beside his middle it rises."""
RAISED = ("dust", "scuff")


def dust_of(
    before: Body, now: Body, events: Iterable[Event], sparks: Sequence[Spark], tick: int
) -> list[Spark]:
    """The dust of a step: to both sides where he lands from a long fall; behind him where he runs off or
    turns while none hangs in the air, or a walk would be a cloud; under a floor that will collapse."""
    x_px, y_px = now.x_sub // SUB, now.y_sub // SUB
    kinds = [event.kind for event in events]
    if EventKind.LANDED_HARD in kinds:
        return [Spark("dust", x_px + side * HEEL_PX, y_px, tick, side) for side in (1, -1)]
    turned = now.vx_sub and before.vx_sub != now.vx_sub and now.posture == before.posture == Posture.STAND
    hangs = any(spark.kind in RAISED for spark in sparks)
    if EventKind.CRUMBLED in kinds or (turned and not hangs):
        return [Spark("scuff", x_px - now.facing * HEEL_PX, y_px, tick, -now.facing)]
    return []
