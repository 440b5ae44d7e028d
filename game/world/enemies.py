"""The enemies: who walks and who flies. One factory an enemy; integers only, 60 ticks a second.

What else a new kind needs (its place in a castle, its picture, its sound) is listed in CONTRIBUTING.md.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from generator.level import Spawn
from generator.motion import ONE_WAY_KIND, SOLID_KIND, SUB, Terrain
from generator.nes.roles import TILE

from .boxes import Box, around

ZOMBIE_WALK_SUB = SUB // 2
"""How far a zombie walks in a tick. (ours: half the hero's walk)"""
ZOMBIES_AT_ONCE = 3
"""How many zombies are awake at most. (FACTS)"""
CARRYING = (SOLID_KIND, ONE_WAY_KIND)
"""Kinds of tiles that a walker stands on."""
FALL_MAX_SUB, FALL_GRAVITY_SUB = 4 * SUB, SUB // 4
"""How far a walker falls in a tick at most, and how much faster it falls from tick to tick."""
BAT_LOWER_PX = 24
"""How far under its spawn a bat flies: three tiles above the ground it would be out of the whip's reach and
harmless, so much lower it is at a hero's chest."""
BAT_FLY_SUB = SUB * 5 // 4
"""How far a bat flies in a tick."""
BAT_WAVE_PX = 9
"""How far above and below its line a bat flies. (FACTS)"""
BAT_WAVE_TICKS = 100
"""How long a wave takes. (FACTS)"""
BAT_WAVE = tuple(
    round(BAT_WAVE_PX * math.sin(2 * math.pi * t / BAT_WAVE_TICKS)) for t in range(BAT_WAVE_TICKS)
)
"""Height over time, px; no value lies near a tie, so every machine rounds it alike."""


@dataclass(slots=True)
class Enemy:
    """One enemy that is awake. x and y: the feet of a walker, the middle of a flyer; px * 256."""

    kind: str
    x_sub: int
    y_sub: int
    facing: int
    damage: int
    """Bars of health that it takes."""
    points: int
    hits: int
    """Blows of the whip that it still stands."""
    half_width_px: int
    half_height_px: int
    vy_sub: int = 0
    tick: int = 0
    line_sub: int = 0
    """The height that a flyer waves round."""

    @property
    def x_px(self) -> int:
        return self.x_sub // SUB

    @property
    def y_px(self) -> int:
        return self.y_sub // SUB

    @property
    def middle_px(self) -> int:
        """The middle of its box, px from the top."""
        return self.y_px - self.half_height_px if self.kind == "zombie" else self.y_px

    @property
    def box(self) -> Box:
        """What the whip and the hero meet."""
        return around(self.x_px, self.middle_px, self.half_width_px, self.half_height_px)


def zombie(x_px: int, y_px: int, facing: int) -> Enemy:
    """A zombie walks on and on, down from ledges too. (2 damage, 100 points, 1 hit, box 6x14: FACTS)"""
    return Enemy("zombie", x_px * SUB, y_px * SUB, facing, 2, 100, 1, 6, 14)


def bat(x_px: int, y_px: int, facing: int) -> Enemy:
    """A bat flies past in a wave. (2 damage, 200 points, 1 hit, box 6x6: FACTS)"""
    y_sub = (y_px + BAT_LOWER_PX) * SUB
    return Enemy("bat", x_px * SUB, y_sub, facing, 2, 200, 1, 6, 6, line_sub=y_sub)


def awaken(spawn: Spawn, hero_x_px: int) -> Enemy:
    """The enemy of a spawn, as it comes towards the hero."""
    facing = -1 if hero_x_px < spawn.x_px else 1
    make = {"zombie": zombie, "bat": bat}[spawn.kind]
    return make(spawn.x_px, spawn.y_px, facing)


def move(enemy: Enemy, terrain: Terrain) -> None:
    """One tick of an enemy in the room of this terrain."""
    enemy.tick += 1
    if enemy.kind == "bat":
        enemy.x_sub += enemy.facing * BAT_FLY_SUB
        enemy.y_sub = enemy.line_sub + BAT_WAVE[enemy.tick % BAT_WAVE_TICKS] * SUB
    else:
        _walk(enemy, terrain)


def _walk(enemy: Enemy, terrain: Terrain) -> None:
    """Walks forwards. It turns at walls, at the room's sides and at doors. It falls where nothing carries it,
    into pits and water too."""
    x_sub = enemy.x_sub + enemy.facing * ZOMBIE_WALK_SUB
    ahead = (x_sub // SUB + enemy.facing * enemy.half_width_px) // TILE
    chest = (enemy.y_px - 1) // TILE
    beyond = not 0 <= ahead - terrain.origin[0] < terrain.width
    if beyond or SOLID_KIND in (terrain.kind(ahead, chest), terrain.kind(ahead, chest - 1)):
        enemy.facing = -enemy.facing
    elif enemy.vy_sub == 0:
        enemy.x_sub = x_sub
    column, below = enemy.x_px // TILE, enemy.y_px // TILE
    if enemy.vy_sub == 0 and terrain.kind(column, below) in CARRYING and enemy.y_px % TILE == 0:
        return
    enemy.vy_sub = min(enemy.vy_sub + FALL_GRAVITY_SUB, FALL_MAX_SUB)
    y_sub = enemy.y_sub + enemy.vy_sub
    row = y_sub // SUB // TILE
    if row > (enemy.y_px - 1) // TILE and terrain.kind(column, row) in CARRYING:
        y_sub, enemy.vy_sub = row * TILE * SUB, 0
    enemy.y_sub = y_sub
