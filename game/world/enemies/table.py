"""All enemies: what each kind is, and how it behaves.

What else a new kind needs (its place in a castle, its picture, its sound) is listed in CONTRIBUTING.md.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
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
    reach_px: Mapping[int, int] = MappingProxyType({})
    """How much farther than itself its weapon reaches, by what it does."""
    hidden: frozenset[int] = frozenset()
    """Phases in which it cannot be met at all."""
    shield: int | None = None
    """The phase that a blow puts it into, in which nothing from the front harms it; None: no shield."""


ENEMIES: dict[str, Kind] = {
    "zombie": Kind(Traits(2, 100, 1, 6, 14, at_once=3), zombie.move),
    "bat": Kind(Traits(2, 200, 1, 6, 6, stands=False), flying(BAT_FLY_SUB, BAT_WAVE), BAT_LOWER_PX),
    "medusa_head": Kind(
        Traits(2, 300, 1, 6, 6, stands=False), flying(HEAD_FLY_SUB, HEAD_WAVE), HEAD_LOWER_PX
    ),
    "skeleton": Kind(Traits(3, 300, 1, 6, 14, at_once=2), skeleton.move),
    "spear_knight": Kind(
        Traits(2, 400, 3, 6, 14, at_once=2),
        spear_knight.move,
        reach_px={spear_knight.THRUSTING: spear_knight.REACH_PX},
        shield=spear_knight.GUARDING,
    ),
    "ghost": Kind(Traits(2, 300, 3, 6, 10, stands=False, at_once=2), ghost.move),
    "fish_man": Kind(
        Traits(2, 300, 1, 6, 14, at_once=2), fish_man.move, hidden=frozenset({fish_man.LURKING})
    ),
    "flea_man": Kind(Traits(2, 500, 1, 6, 7, at_once=2), flea_man.move),
    "raven": Kind(Traits(2, 400, 1, 6, 6, stands=False, at_once=2), raven.move, RAVEN_LOWER_PX),
    "slime": Kind(Traits(2, 200, 1, 6, 7), slime.move),
    "great_bat": Kind(Traits(2, 3000, 9, 16, 10, stands=False, boss=True), great_bat.move),
    "armour": Kind(
        Traits(3, 1400, 9, 9, 18, boss=True), armour.move, reach_px={armour.SWINGING: armour.REACH_PX}
    ),
    "shade": Kind(
        Traits(3, 5000, 20, 9, 22, boss=True), shade.move, hidden=frozenset({shade.COMING, shade.AWAY})
    ),
}
"""Damage, points, blows: FACTS, as far as it names the kind; the others are ours. Boxes: FACTS for man and
small. At once: FACTS for the zombie."""
KINDS = ENEMIES | {
    name: Kind(traits, missiles.arc if name == "bone" else missiles.straight)
    for name, traits in missiles.MISSILES.items()
}
"""Enemies, and what they throw."""


def awaken(spawn: Spawn, hero_x_px: int) -> Enemy:
    """The enemy of a spawn, as it comes towards the hero."""
    return enemy_of(spawn.kind, spawn.x_px, spawn.y_px, -1 if hero_x_px < spawn.x_px else 1)


def enemy_of(kind: str, x_px: int, y_px: int, facing: int) -> Enemy:
    """An enemy whose spawn is there, just awake."""
    traits = ENEMIES[kind].traits
    y_sub = (y_px + ENEMIES[kind].lower_px) * SUB
    return Enemy(kind, traits, x_px * SUB, y_sub, facing, traits.hits, line_sub=y_sub)


def move(enemy: Enemy, scene: Scene) -> Sequence[Enemy]:
    """One tick of an enemy; returns what it lets loose."""
    enemy.tick += 1
    return KINDS[enemy.kind].move(enemy, scene)


def take_blow(enemy: Enemy, blows: int, from_side: int) -> bool:
    """A blow from a side (-1: from the left); False where it does nothing, or again so soon."""
    if enemy.struck_tick >= 0 and enemy.tick - enemy.struck_tick < STRUCK_TICKS:
        return False
    enemy.struck_tick = enemy.tick
    shield = KINDS[enemy.kind].shield
    if shield is not None:
        if enemy.phase == shield and from_side == enemy.facing:
            return False
        enemy.begin(shield)
    enemy.hits -= blows
    return True


def harm_box(enemy: Enemy) -> Box:
    """What harms the hero who meets it: its own box, and the weapon that it holds out."""
    reach_px = KINDS[enemy.kind].reach_px.get(enemy.phase, 0)
    if not reach_px:
        return enemy.box
    left, top, right, bottom = enemy.box
    return (
        (left, top, right + reach_px, bottom) if enemy.facing > 0 else (left - reach_px, top, right, bottom)
    )


def is_there(enemy: Enemy) -> bool:
    """Whether it can be met at all."""
    return enemy.phase not in KINDS[enemy.kind].hidden
