"""What the hero's blows do: the whip, the second weapons, candles that break, enemies that fall."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.motion import SUB, Button, EventKind, whip_box
from generator.nes.roles import TILE

from .boxes import Box, meet
from .camera import VIEW_HEIGHT_PX, VIEW_PX
from .cues import BURSTS, FALL, Cue, Spark
from .enemies import Enemy, is_there, take_blow
from .items import CANDLE_POINTS, Item, drop, leave
from .weapons import HAND_PX, STOP_TICKS, WEAPONS, blows, fly, thrown

BURST = (2, 2), (0, 1), (4, 3), (3, 0), (1, 4), (4, 1), (0, 3), (2, 4), (1, 0), (3, 3)
BURST_TICKS = 6
"""Where a boss that falls goes up in flames, in quarters of its box, and from one flame to the next."""

if TYPE_CHECKING:
    from .world import World


def whip(world: World, cues: list[Cue]) -> None:
    """Strikes the enemies and candles that the whip meets."""
    box = whip_box(world.motion, world.hero.body, world.hero.whip_level)
    if box is None or world.throwing:
        return
    side = -world.hero.body.facing
    for enemy in [e for e in world.enemies if meet(box, e.box)]:
        strike(world, enemy, 1, side, cues)
    _break_candles(world, box, cues)


def throw(world: World, buttons: int, kinds: frozenset[EventKind], cues: list[Cue]) -> None:
    """Throws the second weapon if up is held as the arm begins to swing and there are hearts for it."""
    hero, motion = world.hero, world.motion
    if not hero.body.whip_tick:
        world.throwing = ""
    if EventKind.WHIPPED in kinds and buttons & Button.UP and hero.weapon:
        flying = sum(shot.kind != "holy_fire" for shot in world.shots)
        if hero.hearts >= WEAPONS[hero.weapon].hearts and flying < hero.shots:
            world.throwing = hero.weapon
    if world.throwing and hero.body.whip_tick == motion.whip_hit_first:
        hero.hearts -= WEAPONS[world.throwing].hearts
        if WEAPONS[world.throwing].fly is None:
            world.stopped_until = world.tick + STOP_TICKS
            hand_px = hero.body.x_sub // SUB + hero.body.facing * TILE, hero.body.y_sub // SUB - HAND_PX
            world.sparks.append(Spark("glint", *hand_px, world.tick))
        else:
            world.shots.append(thrown(world.throwing, hero.body))
        cues.append(Cue(world.throwing, hero.body.x_sub // SUB, hero.body.y_sub // SUB))


def move_shots(world: World, cues: list[Cue]) -> None:
    """Moves what was thrown, and strikes whom it meets. What has left the view is gone."""
    if not world.shots:
        return
    left, top = world.camera_px
    view = left - TILE, top - TILE, left + VIEW_PX + TILE, top + VIEW_HEIGHT_PX + TILE
    terrain = world.interior.terrain(world.hero.state.flags)
    for shot in world.shots:
        kind = shot.kind
        fly(shot, terrain, world.hero.body)
        if shot.kind != kind:
            cues.append(Cue(BURSTS, shot.x_px, shot.y_px))
        worth, box = blows(shot), shot.box
        side = -1 if shot.vx_sub > 0 else 1 if shot.vx_sub else -world.hero.body.facing
        for enemy in [e for e in world.enemies if worth and meet(box, e.box)]:
            if strike(world, enemy, worth, side, cues):
                world.hero.weapon_hits += 1
                shot.gone = shot.gone or shot.kind == "dagger"
        _break_candles(world, box, cues)
    world.shots = [shot for shot in world.shots if not shot.gone and meet(shot.box, view)]


def _break_candles(world: World, box: Box, cues: list[Cue]) -> None:
    """Breaks the candles in a box; what they hold falls out."""
    for candle in [c for c in world.candles if meet(box, c.box)]:
        world.candles.remove(candle)
        world.taken |= {("candle", candle.x_px, candle.y_px)}
        world.hero.win(CANDLE_POINTS)
        about = frozenset(item.kind for item in world.items)
        world.items.append(drop(candle, world.hero, about, world.chance, world.hard))
        world.sparks.append(Spark("flame", candle.x_px, candle.y_px, world.tick))
        world.sparks.append(Spark("candle_bit", candle.x_px, candle.y_px, world.tick))
        cues.append(Cue("candle", candle.x_px, candle.y_px))


def strike(world: World, enemy: Enemy, worth: int, side: int, cues: list[Cue]) -> bool:
    """Blows from a side (-1: from the left) meet an enemy: points for who falls, and what he leaves.
    False where they do nothing."""
    if enemy.gone or not is_there(enemy):
        return False
    was_struck = enemy.struck_tick
    if not take_blow(enemy, worth, side):
        if enemy.struck_tick != was_struck:
            cues.append(Cue("clang", enemy.x_px, enemy.middle_px))
            front_px = enemy.x_px + enemy.facing * enemy.traits.half_width_px
            world.sparks.append(Spark("clang_spark", front_px, enemy.middle_px, world.tick))
        return False
    cues.append(Cue("hit", enemy.x_px, enemy.middle_px))
    met_px = enemy.x_px + side * enemy.traits.half_width_px // 2
    world.sparks.append(Spark("hit_spark", met_px, enemy.middle_px, world.tick))
    if enemy.hits > 0:
        return True
    world.enemies.remove(enemy)
    world.hero.win(enemy.traits.points)
    world.sparks.append(Spark("flame", enemy.x_px, enemy.middle_px + TILE // 2, world.tick))
    top_px = enemy.box[1]
    world.sparks.append(Spark("points", enemy.x_px, top_px, world.tick, worth=enemy.traits.points))
    fell = f"{enemy.kind}_fall" if enemy.traits.boss else FALL
    cues.append(Cue(fell, enemy.x_px, enemy.middle_px))
    if enemy.traits.boss:
        _fall_of_a_boss(world, enemy)
    elif enemy.traits.drops:
        world.items += leave(enemy.x_px, min(enemy.middle_px + TILE // 2, enemy.box[3]), world.chance)
    return True


def _fall_of_a_boss(world: World, boss: Enemy) -> None:
    """A boss does not come back. The last one of a room leaves an orb."""
    kind, (left, top, right, bottom) = boss.kind, boss.box
    for number, (across, down) in enumerate(BURST):
        x_px, y_px = left + (right - left) * across // 4, top + TILE // 2 + (bottom - top) * down // 4
        world.sparks.append(Spark("flame", x_px, y_px, world.tick + number * BURST_TICKS))
    world.sparks.append(Spark("quake", boss.x_px, boss.middle_px, world.tick))
    world.taken |= {(s.kind, s.x_px, s.y_px) for s in world.spawns[world.hero.state.room] if s.kind == kind}
    if not world.bosses:
        for enemy in world.enemies:
            enemy.gone = True  # what it threw ends with it
        world.enemies = []
        world.items.append(Item("boss_orb", boss.x_px, boss.middle_px, start_px=boss.x_px))
