"""All enemies: what each kind is, and how it behaves.

What else a new kind needs (its place in a castle, its picture, its sound) is listed in CONTRIBUTING.md.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from generator.level import Spawn
from generator.motion import SUB

from ..boxes import Box
from . import (
    armour,
    fish_man,
    flea_man,
    ghost,
    great_bat,
    missiles,
    raven,
    shade,
    skeleton,
    slime,
    spear_knight,
    zombie,
)
from .bat import BAT_FLY_SUB, BAT_WAVE, HEAD_FLY_SUB, HEAD_WAVE, flying
from .enemy import Enemy, Scene, Traits

BAT_LOWER_PX = 24
"""How far under its spawn a bat flies: three tiles above the ground it would be out of the whip's reach and
harmless, so much lower it is at a hero's chest."""
HEAD_LOWER_PX = 4
"""The same of a medusa head, whose wave goes down to a hero's knees and up over his head."""
RAVEN_LOWER_PX = -6
"""The same of a raven, which sits on the ground."""
STRUCK_TICKS = 12
"""How long after a blow another one does nothing: a stroke of the whip hits for several ticks. (ours)"""


class Kind(NamedTuple):
    """One kind of enemy."""

    traits: Traits
    move: Callable[[Enemy, Scene], Sequence[Enemy]]
    """One tick of it; returns what it lets loose."""
    lower_px: int = 0
    """How far under its spawn it begins."""


ENEMIES: dict[str, Kind] = {
    "zombie": Kind(Traits(2, 100, 1, 6, 14, at_once=3), zombie.move),
    "bat": Kind(Traits(2, 200, 1, 6, 6, stands=False), flying(BAT_FLY_SUB, BAT_WAVE), BAT_LOWER_PX),
    "medusa_head": Kind(
        Traits(2, 300, 1, 6, 6, stands=False), flying(HEAD_FLY_SUB, HEAD_WAVE), HEAD_LOWER_PX
    ),
    "skeleton": Kind(Traits(3, 300, 1, 6, 14, at_once=2), skeleton.move),
    "spear_knight": Kind(Traits(2, 400, 3, 6, 14, at_once=2), spear_knight.move),
    "ghost": Kind(Traits(2, 300, 3, 6, 10, stands=False, at_once=2), ghost.move),
    "fish_man": Kind(Traits(2, 300, 1, 6, 14, at_once=2), fish_man.move),
    "flea_man": Kind(Traits(2, 500, 1, 6, 7, at_once=2), flea_man.move),
    "raven": Kind(Traits(2, 400, 1, 6, 6, stands=False, at_once=2), raven.move, RAVEN_LOWER_PX),
    "slime": Kind(Traits(2, 200, 1, 6, 7), slime.move),
    "great_bat": Kind(Traits(2, 3000, 12, 16, 10, stands=False, boss=True), great_bat.move),
    "armour": Kind(Traits(3, 1400, 8, 9, 18, boss=True), armour.move),
    "shade": Kind(Traits(3, 5000, 16, 9, 22, boss=True), shade.move),
}
"""Damage, points, blows: FACTS, as far as it names the kind; the others are ours. Boxes: FACTS for man and
small. At once: FACTS for the zombie."""
REACHES = {
    ("spear_knight", spear_knight.THRUSTING): spear_knight.REACH_PX,
    ("armour", armour.SWINGING): armour.REACH_PX,
}
"""How much farther than itself an enemy reaches while it does something, px."""
MOVES = {kind: entry.move for kind, entry in ENEMIES.items()}
MOVES |= {"bone": missiles.arc, "spit": missiles.straight, "fireball": missiles.straight}


def awaken(spawn: Spawn, hero_x_px: int) -> Enemy:
    """The enemy of a spawn, as it comes towards the hero."""
    return enemy_of(spawn.kind, spawn.x_px, spawn.y_px, -1 if hero_x_px < spawn.x_px else 1)


def enemy_of(kind: str, x_px: int, y_px: int, facing: int) -> Enemy:
    """An enemy whose spawn is there, just awake."""
    traits, _, lower_px = ENEMIES[kind]
    y_sub = (y_px + lower_px) * SUB
    return Enemy(kind, traits, x_px * SUB, y_sub, facing, traits.hits, line_sub=y_sub)


def move(enemy: Enemy, scene: Scene) -> Sequence[Enemy]:
    """One tick of an enemy; returns what it lets loose."""
    enemy.tick += 1
    return MOVES[enemy.kind](enemy, scene)


def strike(enemy: Enemy, blows: int, from_side: int) -> bool:
    """A blow from a side (-1: from the left); False where it does nothing, or again so soon."""
    if enemy.struck_tick >= 0 and enemy.tick - enemy.struck_tick < STRUCK_TICKS:
        return False
    enemy.struck_tick = enemy.tick
    if enemy.kind == "spear_knight":
        if spear_knight.guards(enemy, from_side):
            return False
        spear_knight.struck(enemy)
    enemy.hits -= blows
    return True


def harm_box(enemy: Enemy) -> Box:
    """What harms the hero who meets it: its own box, and the weapon that it holds out."""
    left, top, right, bottom = enemy.box
    reach_px = REACHES.get((enemy.kind, enemy.phase), 0)
    return (
        (left, top, right + reach_px, bottom) if enemy.facing > 0 else (left - reach_px, top, right, bottom)
    )


def is_there(enemy: Enemy) -> bool:
    """Whether it can be met at all."""
    if enemy.kind == "fish_man":
        return enemy.phase != fish_man.LURKING
    return enemy.kind != "shade" or shade.is_there(enemy)
