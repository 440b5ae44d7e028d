"""Who walks and who flies. One factory an enemy; integers only, 60 ticks a second."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from generator.level import Spawn
from generator.motion import SUB, Terrain
from generator.nes.roles import TILE

from .boxes import Box, around

ZOMBIE_WALK_SUB = SUB // 2
"""A tick. (ours: half the hero's walk)"""
ZOMBIES_AT_ONCE = 3
"""(FACTS)"""
FALL_MAX_SUB = 4 * SUB
FALL_GRAVITY_SUB = SUB // 4
BAT_LOWER_PX = 24
"""A bat flies so far under its place in the level: three tiles up it is out of the whip's reach and harmless,
two tiles less is at a hero's chest."""
BAT_FLY_SUB = SUB * 5 // 4
BAT_WAVE_PX = 9
"""How far above and below its line a bat flies. (FACTS)"""
BAT_WAVE_TICKS = 100
"""(FACTS)"""
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
    damage: int  # bars of health
    points: int
    hits: int  # of the whip that it still takes
    half_width_px: int
    half_height_px: int
    vy_sub: int = 0
    tick: int = 0
    line_sub: int = 0  # the height that a flyer waves round

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

    def clone(self) -> Enemy:
        """A copy that lives on by itself."""
        return replace(self)


def zombie(x_px: int, y_px: int, facing: int) -> Enemy:
    """Walks on and on, down from ledges too. (2 damage, 100 points, 1 hit, box 6x14: FACTS)"""
    return Enemy("zombie", x_px * SUB, y_px * SUB, facing, 2, 100, 1, 6, 14)


def bat(x_px: int, y_px: int, facing: int) -> Enemy:
    """Flies past in a wave, at the height of a hero's chest. (2 damage, 200 points, 1 hit, box 6x6: FACTS)"""
    y_sub = (y_px + BAT_LOWER_PX) * SUB
    return Enemy("bat", x_px * SUB, y_sub, facing, 2, 200, 1, 6, 6, line_sub=y_sub)


def awaken(spawn: Spawn, hero_x_px: int) -> Enemy:
    """The enemy of a spawn, coming towards the hero."""
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
    """Forwards, turning at walls and at the room's sides, its doors too; down where nothing carries: into
    pits and water too."""
    x_sub = enemy.x_sub + enemy.facing * ZOMBIE_WALK_SUB
    ahead = (x_sub // SUB + enemy.facing * enemy.half_width_px) // TILE
    chest = (enemy.y_px - 1) // TILE
    beyond = not 0 <= ahead - terrain.origin[0] < terrain.width
    if beyond or terrain.kind(ahead, chest) == 1 or terrain.kind(ahead, chest - 1) == 1:
        enemy.facing = -enemy.facing
    elif enemy.vy_sub == 0:
        enemy.x_sub = x_sub
    column, below = enemy.x_px // TILE, enemy.y_px // TILE
    if enemy.vy_sub == 0 and terrain.kind(column, below) in (1, 2) and enemy.y_px % TILE == 0:
        return
    enemy.vy_sub = min(enemy.vy_sub + FALL_GRAVITY_SUB, FALL_MAX_SUB)
    y_sub = enemy.y_sub + enemy.vy_sub
    row = y_sub // SUB // TILE
    if row > (enemy.y_px - 1) // TILE and terrain.kind(column, row) in (1, 2):
        y_sub, enemy.vy_sub = row * TILE * SUB, 0
    enemy.y_sub = y_sub
