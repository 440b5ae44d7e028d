"""What touches the hero: enemies, which harm him, and things, which he takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.motion import SUB, body_box, hurt_box
from generator.nes.roles import TILE

from .blows import strike
from .boxes import meet
from .cues import HEAVY_BARS, Cue, Spark
from .enemies import harm_box, is_there
from .items import SHOWN_TICKS, fall, pick_up
from .treasures import CHEST, points_of, take

if TYPE_CHECKING:
    from .world import World

TOUCH_PX = 5 * TILE
"""Farther from the hero's middle than this nobody's middle is who touches him."""
HARD_A_BAR = 4
"""Each touch takes a bar more for so much hardness: from stage 5 on, on higher difficulties sooner. (ours;
the NES game's touches grow dearer too)"""
ROSARY_BLOWS = 16
"""Blows that a rosary strikes everybody awake with. (ours)"""


def collect(world: World, cues: list[Cue]) -> None:
    """Lets items fall, and gives the hero what he touches."""
    hero = world.hero
    if world.items:
        terrain = world.interior.terrain(hero.state.flags)
        world.items = [item for item in world.items if fall(item, terrain)]
    box = body_box(world.motion, hero.body)
    for item in [i for i in world.items if i.tick >= SHOWN_TICKS and meet(box, i.box)]:
        world.items.remove(item)
        _show_gain(world, item.worth, item.x_px, item.y_px)
        cues.append(Cue(pick_up(item, hero), item.x_px, item.y_px))
        if item.kind == "rosary":
            for enemy in list(world.enemies):
                strike(world, enemy, ROSARY_BLOWS, hero.body.facing, cues)
    for treasure in [t for t in world.treasures if meet(box, t.box)]:
        world.treasures.remove(treasure)
        world.taken |= {(treasure.kind, treasure.x_px, treasure.y_px)}
        if treasure.look == CHEST:
            world.emptied.append(treasure)
        _show_gain(world, points_of(treasure), treasure.x_px, treasure.y_px)
        cues.append(Cue(take(treasure, hero), treasure.x_px, treasure.y_px))


def touch(world: World, cues: list[Cue]) -> None:
    """Harms the hero by the first enemy that he touches."""
    hero = world.hero
    box, x_px = hurt_box(world.motion, hero.body), hero.body.x_sub // SUB
    for enemy in world.enemies:
        near = abs(enemy.x_sub // SUB - x_px) < TOUCH_PX
        if near and meet(box, harm_box(enemy)) and is_there(enemy):
            dx = x_px - enemy.x_px or -hero.body.facing
            damage = enemy.traits.damage + world.hard // HARD_A_BAR
            if world.assists.more_life:
                damage = -(-damage // 2)
            if hero.harm(damage, dx, pushed=not world.assists.steady):
                kind = "hurt" if hero.health else "death"
                cues.append(Cue(kind, x_px, hero.body.y_sub // SUB))
                world.sparks.append(Spark("hurt_spark", x_px, (box[1] + box[3]) // 2, world.tick))
                if enemy.traits.boss or damage >= HEAVY_BARS or not hero.health:
                    world.sparks.append(Spark("jolt", x_px, box[3], world.tick))
                return


def _show_gain(world: World, points: int, x_px: int, y_px: int) -> None:
    """Shows what the hero took: points rise from his head, or it glints."""
    if points:
        head_px = body_box(world.motion, world.hero.body)[1]
        world.sparks.append(Spark("points", x_px, head_px, world.tick, worth=points))
    else:
        world.sparks.append(Spark("glint", x_px, y_px - TILE // 2, world.tick))
