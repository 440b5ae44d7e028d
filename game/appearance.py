"""What a world looks like, as a list of pictures to draw. Reads, never writes; knows no window."""

from __future__ import annotations

from typing import NamedTuple

from generator.motion import SUB, Mode
from generator.roles import TILE

from .items import LIFE_TICKS
from .world import World

WALK_CYCLE = (0, 1, 2, 1)
WALK_FRAME_PX = 6
"""How far a walking frame carries."""
WHIP_OVERHEAD_TICK, WHIP_KNEEL_PX = 7, 9
"""When the arm passes over the head; how much lower a kneeling hero's whip is. (FACTS: -18 and -9)"""
WHIPS = ("whip", "whip_chain", "whip_chain_long")
BLINK_TICKS = 2
CANDLE_FRAME_TICKS, BAT_FRAME_TICKS, ZOMBIE_FRAME_TICKS, FLAME_FRAME_TICKS, SPARK_FRAME_TICKS = 8, 5, 10, 8, 4
FRAMES = {"flame": 3, "hit_spark": 2}


class Picture(NamedTuple):
    """A sprite's frame with its anchor at a point of the level, px."""

    name: str
    frame: int
    x_px: int
    y_px: int
    flip: bool = False


def pictures(world: World) -> list[Picture]:
    """Everything that is drawn over the tiles, back to front."""
    column, row = world.level.exit
    shown = [Picture("door", 0, column * TILE + TILE // 2, (row + 1) * TILE)]
    for candle in world.candles:
        flicker = (world.tick // CANDLE_FRAME_TICKS + candle.x_px // TILE) % 2
        shown.append(Picture("candle", flicker, candle.x_px, candle.y_px))
    for item in world.items:
        if item.tick < LIFE_TICKS * 3 // 4 or item.tick // BLINK_TICKS % 2:
            frame = world.tick // CANDLE_FRAME_TICKS % 2 if item.kind == "heart_small" else 0
            shown.append(Picture(item.kind, frame, item.x_px, item.y_px))
    for enemy in world.enemies:
        if enemy.kind == "bat":
            frame = WALK_CYCLE[enemy.tick // BAT_FRAME_TICKS % 4]
        else:
            frame = enemy.tick // ZOMBIE_FRAME_TICKS % 2
        shown.append(Picture(enemy.kind, frame, enemy.x_px, enemy.y_px, enemy.facing < 0))
    shown += _hero(world)
    for spark in world.sparks:
        ticks = FLAME_FRAME_TICKS if spark.kind == "flame" else SPARK_FRAME_TICKS
        frame = min((world.tick - spark.born_tick) // ticks, FRAMES[spark.kind] - 1)
        shown.append(Picture(spark.kind, frame, spark.x_px, spark.y_px))
    return shown


def _hero(world: World) -> list[Picture]:
    body, motion = world.hero.body, world.level.motion
    x_px, y_px, flip = body.x_sub // SUB, body.y_sub // SUB, body.facing < 0
    if body.safe_tick and body.mode != Mode.HURT and body.safe_tick // BLINK_TICKS % 2:
        return []
    if body.mode == Mode.DEAD:
        return [Picture("hero_dead", 0, x_px, y_px, flip)]
    if body.whip_tick:
        kneeling = body.mode == Mode.CROUCH
        phase = (
            0 if body.whip_tick < WHIP_OVERHEAD_TICK else 1 if body.whip_tick < motion.whip_hit_first else 2
        )
        shown = [Picture("hero_crouch_whip" if kneeling else "hero_whip", phase, x_px, y_px, flip)]
        if body.whip_tick < motion.whip_hit_first + motion.whip_hit_ticks:
            low = WHIP_KNEEL_PX if kneeling else 0
            shown.append(Picture(WHIPS[world.hero.whip_level - 1], phase, x_px, y_px + low, flip))
        return shown
    name, frame = "hero_stand", 0
    if body.mode == Mode.HURT:
        name = "hero_hurt"
    elif body.mode in (Mode.CROUCH, Mode.LANDING):
        name = "hero_crouch"
    elif body.mode == Mode.AIR and body.air_tick < motion.fall_tick:
        name = "hero_jump"
    elif body.mode == Mode.STAND and body.vx_sub:
        name, frame = "hero_walk", WALK_CYCLE[x_px // WALK_FRAME_PX % len(WALK_CYCLE)]
    return [Picture(name, frame, x_px, y_px, flip)]
