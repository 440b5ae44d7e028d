"""What a world looks like, as a list of pictures to draw. It reads, never writes, and knows no window."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from generator.level import Level
from generator.motion import SUB, Body, Motion, Posture
from generator.motion.mechanisms import COLLAPSE_TICKS, GONE, SHAKE_TICKS, cells, floor_counter
from generator.nes.palette import BLACK, PALETTE_L
from generator.nes.roles import TILE, Role

from ..session.passing import Passing
from ..world import World
from ..world.camera import VIEW_HEIGHT_PX, VIEW_PX
from ..world.cues import door_x
from ..world.enemies import is_there, shade
from ..world.items import LIFE_TICKS
from ..world.treasures import ORB
from .eyes import EYES, Eyes, signs
from .foes import foe_frame, struck
from .picture import Picture
from .sparks import spark_picture, spark_pictures

WALK_CYCLE = (0, 1, 2, 1)
WALK_FRAME_PX = 6
"""How far the hero walks in a frame."""
CLIMB_FRAME_PX = 4
"""How far aside the hero climbs in a frame: a stair has two, and his feet are side by side at its ends."""
WHIP_OVERHEAD_TICK, WHIP_KNEEL_PX = 7, 9
"""When the arm passes over the head; how much lower a kneeling hero's whip is. (FACTS: -18 and -9)"""
WHIPS = ("whip", "whip_chain", "whip_chain_long")
"""By the whip's level."""
SHOTS: dict[str, tuple[tuple[int, ...], int]] = {
    "dagger": ((0,), 1), "axe": ((0, 1, 2, 3), 5), "flask": ((0, 1), 6), "holy_fire": ((0, 1, 2, 1), 5),
    "boomerang": ((0, 1, 2, 3), 4),
}  # fmt: skip
"""The same of what the hero throws."""
KNEELING_TICKS, TOPPLING_TICKS = 26, 8
"""How long a hero who dies is on his knees, and falls over. (ours)"""
CANDLE_FRAME_TICKS = 8
KEY_FRAME_TICKS, RIPPLE_FRAME_TICKS = 16, 12
"""How long each of their frames is shown."""
CRUMBLE_FRAMES, RIPPLE_FRAMES = 3, 4
"""How many frames they have."""
SHAKE_EVERY_TICKS = 3
"""How long a floor that will collapse is a pixel to one side, and then to the other. (ours)"""
OF_STONE = ("debris", "crumble_dust")
"""What flies apart in the colours of what broke."""
EDGES = ((Role.WATER, "ripple"), (Role.SPIKES, "spike_tips"))
"""What is drawn over the uppermost cells of a role."""


def pictures(world: World, eyes: Eyes = EYES) -> list[Picture]:
    """Everything that is drawn over the tiles of the room, from back to front."""
    marks = [Picture(name, 0, x_px, y_px) for name, x_px, y_px in signs(world)] if eyes.shapes else []
    shown = marks + _things(world, eyes) + _others(world, eyes) + hero_pictures(world, eyes)
    colours = ground_colours(world.level)
    for picture in spark_pictures(world):
        shown.append(picture._replace(colours=colours) if picture.name in OF_STONE else picture)
    return shown


def _things(world: World, eyes: Eyes) -> list[Picture]:
    """What stands, hangs and lies in the room."""
    shown = _dangers(world) + _mechanisms(world, eyes)
    for candle in world.candles:
        flicker = (world.tick // CANDLE_FRAME_TICKS + candle.x_px // TILE) % 2
        shown.append(Picture("candle", flicker, candle.x_px, candle.y_px))
    shown += [Picture("treasure_open", 0, t.x_px, t.y_px) for t in world.emptied]
    for treasure in world.treasures:
        frame = world.tick // KEY_FRAME_TICKS % 2 if treasure.look == ORB else 0
        shown.append(Picture(treasure.look, frame, treasure.x_px, treasure.y_px))
    for item in world.items:
        if item.tick < LIFE_TICKS * 3 // 4 or eyes.blinks(item.tick):
            frame = world.tick // CANDLE_FRAME_TICKS % 2 if item.kind == "heart_small" else 0
            shown.append(Picture(item.kind, frame, item.x_px, item.y_px))
    return shown


def passing_pictures(world: World, passing: Passing, tick: int, eyes: Eyes = EYES) -> list[Picture]:
    """The same while the hero walks through a door, so many ticks after he began to: both rooms' things, and
    the door that opens before he goes."""
    at_px, waits = passing.hero_at(world, tick), tick < passing.waits_ticks
    frame = 0 if waits else WALK_CYCLE[at_px[0] // WALK_FRAME_PX % len(WALK_CYCLE)]
    hero = Picture("hero_stand" if waits else "hero_walk", frame, *at_px, world.hero.body.facing < 0)
    left = [Picture(name, 0, x_px, y_px) for name, x_px, y_px in _edges(world.level, passing.room)]
    left += [Picture("candle", 0, x_px, y_px) for x_px, y_px in passing.candles]
    door = [
        picture
        for spark in world.sparks
        if spark.kind == "lock_open"
        for picture in spark_picture(spark, tick)
    ]
    return [*left, *_things(world, eyes), *_others(world, eyes), *door, hero]


def _others(world: World, eyes: Eyes) -> list[Picture]:
    """Enemies, and what flies."""
    shown = []
    for enemy in world.enemies:
        coming = enemy.kind == "shade" and enemy.phase == shade.COMING and eyes.blinks(enemy.tick)
        if not is_there(enemy) and not coming:
            continue
        lit = struck(enemy, world, eyes)
        cloth = cloth_of(world.level) if enemy.kind == "shade" and not lit else b""
        at_px, frame = (enemy.x_px, enemy.y_px), foe_frame(enemy, world.hero.body.x_sub // SUB)
        shown.append(Picture(enemy.kind, frame, *at_px, enemy.facing < 0, cloth=cloth, foe=True, lit=lit))
    for shot in world.shots:
        cycle, ticks = SHOTS[shot.kind]
        frame = cycle[shot.tick // ticks % len(cycle)]
        shown.append(Picture(shot.kind, frame, shot.x_px, shot.y_px, shot.facing < 0))
    return shown


def shake_px(counter: int) -> int:
    """How far aside a floor is so many ticks after it was stepped on."""
    if not SHAKE_TICKS < counter < GONE:
        return 0
    return 1 if counter // SHAKE_EVERY_TICKS % 2 else -1


def _mechanisms(world: World, eyes: Eyes) -> list[Picture]:
    """Doors, keys, platforms, and what gives way in the hero's room."""
    interior, state = world.interior, world.hero.state
    colours = ground_colours(world.level)
    shown = []
    if interior.exit is not None:
        column, row = interior.exit
        shown.append(Picture("door", 0, column * TILE + TILE // 2, (row + 1) * TILE, colours=colours))
    for passage, lock in zip(interior.passages, interior.locks, strict=True):
        shut = bool(world.bosses)
        if lock is None and not shut:
            continue
        x_px, y_px = door_x(interior, passage.side), (passage.row + 1) * TILE
        shown.append(Picture("doorway", 0, x_px, y_px, colours=colours))
        if shut or (lock is not None and not state.flags >> lock.bit & 1):
            shown.append(Picture("lock", 0, x_px, y_px, passage.side < 0, colours))
    for wall in interior.walls:
        if not state.flags >> wall.bit & 1:
            # In one cell only: who looks finds it, who runs past does not.
            column, row = cells(wall)[len(cells(wall)) // 2]
            shown.append(Picture("wall_crack", 0, column * TILE, row * TILE))
    for number, floor in enumerate(interior.floors):
        counter = floor_counter(state.flags, number)
        if counter < GONE:
            # The cracks are seen before it is stepped on, so that the trap is fair.
            frame = counter * CRUMBLE_FRAMES // COLLAPSE_TICKS
            aside = eyes.shaken(shake_px(counter))
            shown += [Picture("crumble", frame, c * TILE + aside, r * TILE) for c, r in cells(floor)]
    for platform in interior.platforms:
        left, top = platform.at(state.room_tick)
        for i in range(platform.tiles):
            end = "left" if i == 0 else "right" if i == platform.tiles - 1 else "middle"
            shown.append(Picture(f"platform_{end}", 0, left + i * TILE, top, colours=colours))
    for key in interior.keys:
        if not state.flags >> key.bit & 1:
            shown.append(Picture("key", world.tick // KEY_FRAME_TICKS % 2, key.x_px, key.y_px))
    return shown


@lru_cache(maxsize=8)
def ground_colours(level: Level) -> tuple[int, ...]:
    """The colours of what the stage is built of, palette indices, the darkest first: doors, locks and moving
    platforms are drawn in them. Fewer than three where its ground has fewer."""
    tops = level.tiles[(level.roles == Role.GROUND_TOP) & (level.tiles >= 0)]
    if not len(tops):
        return ()
    palette = level.bank.palettes[level.bank.palette[np.bincount(tops).argmax()]].tolist()
    own = {index for index in palette[1:] if index not in (palette[0], BLACK)}
    return tuple(sorted(own, key=lambda index: float(PALETTE_L[index])))


@lru_cache(maxsize=8)
def cloth_of(level: Level) -> bytes:
    """What the shade wears: the tile of the stage's ground with the most colours, the commonest of these,
    palette indices [16, 16]; b"" where the stage has none."""
    tops = level.tiles[np.isin(level.roles, (Role.GROUND_TOP, Role.GROUND_FILL)) & (level.tiles >= 0)]
    if not len(tops):
        return b""
    numbers, counts = np.unique(tops, return_counts=True)
    colours = [len(np.unique(level.bank.pixels[number])) for number in numbers]
    _, _, best = max(zip(colours, counts.tolist(), numbers.tolist(), strict=True))
    tile: bytes = level.bank.pixels[best].tobytes()
    return tile


def _dangers(world: World) -> list[Picture]:
    """Waves and points along the water and the spikes in view: whatever was dreamed for them, they look like
    what they are."""
    left, top = world.camera_px
    wave = world.tick // RIPPLE_FRAME_TICKS % RIPPLE_FRAMES
    return [
        Picture(name, wave if name == "ripple" else 0, x_px, y_px)
        for name, x_px, y_px in _edges(world.level, world.hero.state.room)
        if left - TILE < x_px < left + VIEW_PX and top - TILE < y_px < top + VIEW_HEIGHT_PX
    ]


@lru_cache(maxsize=8)
def _edges(level: Level, room: int) -> tuple[tuple[str, int, int], ...]:
    """Name and position, px, of the sprites over a room's uppermost cells of water and of spikes."""
    x, y, width, height = level.rooms[room]
    roles = level.roles[y : y + height, x : x + width]
    edges = []
    for role, name in EDGES:
        uppermost = roles == role
        uppermost[1:] &= ~uppermost[:-1]
        edges += [(name, (x + c) * TILE, (y + r) * TILE) for r, c in np.argwhere(uppermost).tolist()]
    return tuple(edges)


def hero_pictures(world: World, eyes: Eyes = EYES) -> list[Picture]:
    """The hero, and his whip while he swings it; nothing in the ticks in which he blinks."""
    body, motion = world.hero.body, world.motion
    x_px, y_px, flip = body.x_sub // SUB, body.y_sub // SUB, body.facing < 0
    if body.safe_tick and body.posture != Posture.HURT and eyes.blinks(body.safe_tick):
        return []
    if world.drowned:
        return []
    if body.posture == Posture.DEAD:
        ticks = world.tick - world.ended_tick
        if ticks < KNEELING_TICKS + TOPPLING_TICKS:
            return [Picture("hero_dying", int(ticks >= KNEELING_TICKS), x_px, y_px, flip)]
        return [Picture("hero_dead", 0, x_px, y_px, flip)]
    if body.whip_tick:
        frame = (body.whip_tick >= WHIP_OVERHEAD_TICK) + (body.whip_tick >= motion.whip_hit_first)
        name = {Posture.CROUCH: "hero_crouch_whip", Posture.STAIRS: "hero_climb_whip"}.get(
            Posture(body.posture), "hero_whip"
        )
        shown = [Picture(name, frame, x_px, y_px, flip)]
        if not world.throwing and body.whip_tick < motion.whip_hit_first + motion.whip_hit_ticks:
            low_px = WHIP_KNEEL_PX if body.posture == Posture.CROUCH else 0
            shown.append(Picture(WHIPS[world.hero.whip_level - 1], frame, x_px, y_px + low_px, flip))
        return shown
    name, frame = "hero_stand", 0
    if body.posture == Posture.HURT:
        name = "hero_hurt"
    elif body.posture == Posture.STAIRS:
        name, frame = _on_stairs(world, body)
    elif body.posture in (Posture.CROUCH, Posture.LANDING):
        name = "hero_crouch"
    elif body.posture == Posture.AIR and (
        body.air_tick < motion.fall_tick if isinstance(motion, Motion) else body.vy_sub < 0
    ):
        name = "hero_jump"
    elif body.posture == Posture.STAND and body.vx_sub:
        name, frame = "hero_walk", WALK_CYCLE[x_px // WALK_FRAME_PX % len(WALK_CYCLE)]
    return [Picture(name, frame, x_px, y_px, flip)]


def _on_stairs(world: World, body: Body) -> tuple[str, int]:
    """Sprite and frame of a hero on stairs: he leans forward going up, back going down."""
    flight = world.interior.stairs[body.stairs - 1]
    name = "hero_climb" if body.facing == flight.rise else "hero_descend"
    return name, abs(body.x_sub // SUB - flight.foot_x_px) // CLIMB_FRAME_PX % 2
