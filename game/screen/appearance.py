"""What a world looks like, as a list of pictures to draw. Reads, never writes; knows no window."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import numpy as np

from generator.level import Level
from generator.motion import SUB, Body, Posture
from generator.motion.mechanisms import COLLAPSE_TICKS, GONE, SHAKE_TICKS, cells, floor_counter
from generator.nes.roles import TILE, Role

from ..world.camera import VIEW_HEIGHT_PX, VIEW_PX
from ..world.cues import LOCK_FRAME_TICKS, Spark, door_x
from ..world.items import LIFE_TICKS
from ..world.treasures import ORB
from ..world.world import World

WALK_CYCLE = (0, 1, 2, 1)
WALK_FRAME_PX = 6
"""How far a walking frame carries."""
CLIMB_FRAME_PX = 4
"""How far a frame on stairs carries, aside: two a step, the feet side by side at its ends."""
WHIP_OVERHEAD_TICK, WHIP_KNEEL_PX = 7, 9
"""When the arm passes over the head; how much lower a kneeling hero's whip is. (FACTS: -18 and -9)"""
WHIPS = ("whip", "whip_chain", "whip_chain_long")
BLINK_TICKS = 2
CANDLE_FRAME_TICKS, BAT_FRAME_TICKS, ZOMBIE_FRAME_TICKS, FLAME_FRAME_TICKS, SPARK_FRAME_TICKS = 8, 5, 10, 8, 4
KEY_FRAME_TICKS, RIPPLE_FRAME_TICKS = 16, 12
CRUMBLE_FRAMES, STONE_FRAMES, RIPPLE_FRAMES = 3, 3, 4
SHAKE_EVERY_TICKS = 3
"""So long a floor that will collapse is a pixel to one side, then to the other. (ours)"""
FRAMES = {"flame": 3, "hit_spark": 2, "crumble_dust": 3, "lock_open": 4, "splash": 3}
FRAME_TICKS = {
    "flame": FLAME_FRAME_TICKS,
    "hit_spark": SPARK_FRAME_TICKS,
    "crumble_dust": FLAME_FRAME_TICKS,
    "splash": FLAME_FRAME_TICKS,
    "lock_open": LOCK_FRAME_TICKS,
}
EDGES = ((Role.WATER, "ripple"), (Role.SPIKES, "spike_tips"))
STONES = ((-5, 9), (-2, 13), (3, 11), (6, 7))
"""What a broken tile flies apart into: their speeds aside and up, 1/4 px a tick. (ours)"""


class Picture(NamedTuple):
    """A sprite's frame with its anchor at a point of the level, px."""

    name: str
    frame: int
    x_px: int
    y_px: int
    flip: bool = False


def pictures(world: World) -> list[Picture]:
    """Everything that is drawn over the tiles of the room, back to front."""
    shown = _dangers(world) + _mechanisms(world)
    for candle in world.candles:
        flicker = (world.tick // CANDLE_FRAME_TICKS + candle.x_px // TILE) % 2
        shown.append(Picture("candle", flicker, candle.x_px, candle.y_px))
    shown += [Picture("treasure_open", 0, t.x_px, t.y_px) for t in world.emptied]
    for treasure in world.treasures:
        frame = world.tick // KEY_FRAME_TICKS % 2 if treasure.look == ORB else 0
        shown.append(Picture(treasure.look, frame, treasure.x_px, treasure.y_px))
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
        shown += _spark(spark, world.tick - spark.born_tick)
    return shown


def shake_px(counter: int) -> int:
    """How far aside a floor is that was stepped on so many ticks ago."""
    if not SHAKE_TICKS < counter < GONE:
        return 0
    return 1 if counter // SHAKE_EVERY_TICKS % 2 else -1


def _mechanisms(world: World) -> list[Picture]:
    """The doors, keys, platforms, and what gives way in the room that the hero is in."""
    interior, state = world.interior, world.hero.state
    shown = []
    if interior.exit is not None:
        column, row = interior.exit
        shown.append(Picture("door", 0, column * TILE + TILE // 2, (row + 1) * TILE))
    for passage, lock in zip(interior.passages, interior.locks, strict=True):
        if lock is None:
            continue
        x_px, y_px = door_x(interior, passage.side), (passage.row + 1) * TILE
        shown.append(Picture("doorway", 0, x_px, y_px))
        if not state.flags >> lock.bit & 1:
            shown.append(Picture("lock", 0, x_px, y_px, passage.side < 0))
    for wall in interior.walls:
        if not state.flags >> wall.bit & 1:
            # One cell only: who looks finds it, who runs past does not.
            column, row = cells(wall)[len(cells(wall)) // 2]
            shown.append(Picture("wall_crack", 0, column * TILE, row * TILE))
    for number, floor in enumerate(interior.floors):
        counter = floor_counter(state.flags, number)
        if counter < GONE:
            # Its cracks are seen before it is stepped on: a trap is fair.
            frame = counter * CRUMBLE_FRAMES // COLLAPSE_TICKS
            aside = shake_px(counter)
            shown += [Picture("crumble", frame, c * TILE + aside, r * TILE) for c, r in cells(floor)]
    for platform in interior.platforms:
        left, top = platform.at(state.room_tick)
        for i in range(platform.tiles):
            end = "left" if i == 0 else "right" if i == platform.tiles - 1 else "middle"
            shown.append(Picture(f"platform_{end}", 0, left + i * TILE, top))
    for key in interior.keys:
        if not state.flags >> key.bit & 1:
            shown.append(Picture("key", world.tick // KEY_FRAME_TICKS % 2, key.x_px, key.y_px))
    return shown


def _dangers(world: World) -> list[Picture]:
    """Waves and points along the water and the spikes that are in view: whatever was dreamed for them, they
    look like what they are."""
    left, top = world.camera_px
    wave = world.tick // RIPPLE_FRAME_TICKS % RIPPLE_FRAMES
    return [
        Picture(name, wave if name == "ripple" else 0, x_px, y_px)
        for name, x_px, y_px in _edges(world.level, world.hero.state.room)
        if left - TILE < x_px < left + VIEW_PX and top - TILE < y_px < top + VIEW_HEIGHT_PX
    ]


@lru_cache(maxsize=8)
def _edges(level: Level, room: int) -> tuple[tuple[str, int, int], ...]:
    """What is drawn over a room's uppermost cells of water and of spikes: sprite and px."""
    x, y, width, height = level.rooms[room]
    roles = level.roles[y : y + height, x : x + width]
    edges = []
    for role, name in EDGES:
        uppermost = roles == role
        uppermost[1:] &= ~uppermost[:-1]
        edges += [(name, (x + c) * TILE, (y + r) * TILE) for r, c in np.argwhere(uppermost).tolist()]
    return tuple(edges)


def _spark(spark: Spark, age: int) -> list[Picture]:
    if spark.kind == "debris":
        middle_px = spark.y_px - TILE // 2
        return [
            Picture(
                "debris",
                (number + age // SPARK_FRAME_TICKS) % STONE_FRAMES,
                spark.x_px + aside * age // 4,
                middle_px - up * age // 4 + age * age // 8,
            )
            for number, (aside, up) in enumerate(STONES)
        ]
    frame = min(age // FRAME_TICKS[spark.kind], FRAMES[spark.kind] - 1)
    return [Picture(spark.kind, frame, spark.x_px, spark.y_px, spark.side < 0)]


def _hero(world: World) -> list[Picture]:
    body, motion = world.hero.body, world.level.motion
    x_px, y_px, flip = body.x_sub // SUB, body.y_sub // SUB, body.facing < 0
    if body.safe_tick and body.posture != Posture.HURT and body.safe_tick // BLINK_TICKS % 2:
        return []
    if body.posture == Posture.DEAD:
        return [Picture("hero_dead", 0, x_px, y_px, flip)]
    if body.whip_tick:
        kneeling = body.posture == Posture.CROUCH
        phase = (
            0 if body.whip_tick < WHIP_OVERHEAD_TICK else 1 if body.whip_tick < motion.whip_hit_first else 2
        )
        name = {Posture.CROUCH: "hero_crouch_whip", Posture.STAIRS: "hero_climb_whip"}.get(
            Posture(body.posture), "hero_whip"
        )
        shown = [Picture(name, phase, x_px, y_px, flip)]
        if body.whip_tick < motion.whip_hit_first + motion.whip_hit_ticks:
            low = WHIP_KNEEL_PX if kneeling else 0
            shown.append(Picture(WHIPS[world.hero.whip_level - 1], phase, x_px, y_px + low, flip))
        return shown
    name, frame = "hero_stand", 0
    if body.posture == Posture.HURT:
        name = "hero_hurt"
    elif body.posture == Posture.STAIRS:
        name, frame = _on_stairs(world, body)
    elif body.posture in (Posture.CROUCH, Posture.LANDING):
        name = "hero_crouch"
    elif body.posture == Posture.AIR and body.air_tick < motion.fall_tick:
        name = "hero_jump"
    elif body.posture == Posture.STAND and body.vx_sub:
        name, frame = "hero_walk", WALK_CYCLE[x_px // WALK_FRAME_PX % len(WALK_CYCLE)]
    return [Picture(name, frame, x_px, y_px, flip)]


def _on_stairs(world: World, body: Body) -> tuple[str, int]:
    """Leaning forward going up, back going down; a step a frame."""
    flight = world.interior.stairs[body.stairs - 1]
    name = "hero_climb" if body.facing == flight.rise else "hero_descend"
    return name, abs(body.x_sub // SUB - flight.foot_x_px) // CLIMB_FRAME_PX % 2
