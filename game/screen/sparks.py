"""What sparks look like: one picture each, pieces that fly apart, points that rise; and how far one of them
shakes the view."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from generator.nes.roles import TILE

from ..world import World
from ..world.camera import VIEW_PX
from ..world.cues import JOLTS, LOCK_FRAME_TICKS, SPARK_TICKS, Spark
from ..world.enemies import armour
from ..world.world import Outcome
from .eyes import Eyes
from .picture import Picture

SPARK_FRAMES = {
    "flame": (3, 8), "hit_spark": (2, 4), "clang_spark": (2, 5), "crumble_dust": (3, 8), "splash": (3, 8),
    "lock_open": (4, LOCK_FRAME_TICKS), "glint": (3, 4), "hurt_spark": (2, 4), "dust": (3, 6),
    "scuff": (3, 4),
}  # fmt: skip
"""How many frames a spark has, and how many ticks each is shown."""
STONE_FRAME_TICKS, STONE_FRAMES = 4, 3
"""How long each frame of a piece is shown, and how many it has."""
STONES = ((-5, 9), (-2, 13), (3, 11), (6, 7))
BITS = ((-6, 8), (-3, 12), (2, 11), (6, 8), (4, 5))
"""Speeds, aside and up, of the pieces that a tile and a candle fly apart into, 1/4 px a tick. (ours)"""
RISE_PX, RISE_TICKS = 14, 24
"""How high points rise, and how long: then they stand. (ours)"""
DIGIT_PX, POINTS_TOP_PX = 4, 2 * TILE + 8
"""From one digit to the next; how far under the view's top points stay: the status bar covers the rest."""
JOLT_EVERY_TICKS = 2
"""How long the view is to one side, and then to the other."""
JOLTS_PX = {"jolt": 2, "quake": 3}
"""How far the view is shaken at first, up and down; from there on less and less. (ours)"""
STROKE_PX, STROKE_TICKS = 2, 8
"""The same where the armour's sword comes down."""


def spark_pictures(world: World) -> list[Picture]:
    """All that flies about."""
    shown = []
    for spark in world.sparks:
        age = world.tick - spark.born_tick
        if age >= 0 and spark.kind not in JOLTS:
            shown += _points(world, spark, age) if spark.kind == "points" else spark_picture(spark, age)
    return shown


def spark_picture(spark: Spark, age: int) -> list[Picture]:
    """A spark so many ticks after it was born."""
    if spark.kind in PIECES:
        return PIECES[spark.kind](spark, age)
    frames, frame_ticks = SPARK_FRAMES[spark.kind]
    return [Picture(spark.kind, min(age // frame_ticks, frames - 1), spark.x_px, spark.y_px, spark.side < 0)]


def _flying(speeds: Iterable[tuple[int, int]]) -> Callable[[Spark, int], list[Picture]]:
    """Pieces that fly apart from the middle of a cell."""

    def pieces(spark: Spark, age: int) -> list[Picture]:
        middle_px = spark.y_px - TILE // 2
        return [
            Picture(
                spark.kind,
                (number + age // STONE_FRAME_TICKS) % STONE_FRAMES,
                spark.x_px + aside * age // 4,
                middle_px - up * age // 4 + age * age // 8,
            )
            for number, (aside, up) in enumerate(speeds)
        ]

    return pieces


def _stones(spark: Spark, age: int) -> list[Picture]:
    """What a wall that is broken flies apart into, before the dust of it."""
    frames, frame_ticks = SPARK_FRAMES["crumble_dust"]
    dust = [Picture("crumble_dust", age // frame_ticks, spark.x_px, spark.y_px)]
    return (dust if age < frames * frame_ticks else []) + _flying(STONES)(spark, age)


PIECES = {"debris": _stones, "candle_bit": _flying(BITS)}


def _points(world: World, spark: Spark, age: int) -> list[Picture]:
    """A number that rises, a digit a picture; it stays in view."""
    digits = str(spark.worth)
    half_px = len(digits) * DIGIT_PX // 2
    left, top = world.camera_px
    x_px = min(max(spark.x_px - half_px, left + 1), left + VIEW_PX - 2 * half_px - 1)
    y_px = max(spark.y_px - RISE_PX * min(age, RISE_TICKS) // RISE_TICKS, top + POINTS_TOP_PX)
    return [Picture("points", int(digit), x_px + at * DIGIT_PX, y_px) for at, digit in enumerate(digits)]


def jolt_px(world: World, eyes: Eyes) -> int:
    """How far down the view is shaken now."""
    if world.outcome == Outcome.CLEARED:
        return 0  # nothing moves any more
    found = [
        (JOLTS_PX[spark.kind], world.tick - spark.born_tick, SPARK_TICKS[spark.kind])
        for spark in world.sparks
        if spark.kind in JOLTS
    ]
    found += [
        (STROKE_PX, enemy.clock, STROKE_TICKS)
        for enemy in world.enemies
        if enemy.kind == "armour" and enemy.phase == armour.SWINGING and enemy.clock < STROKE_TICKS
    ]
    far_px = max((-(-px * (lasts - age) // lasts) for px, age, lasts in found), default=0)
    return eyes.shaken(far_px if world.tick // JOLT_EVERY_TICKS % 2 else -far_px)
