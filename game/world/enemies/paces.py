"""Ways to move that several enemies share: walking, leaping, drifting, waving."""

from __future__ import annotations

import math

from generator.motion import ONE_WAY_KIND, SOLID_KIND, SUB, Terrain
from generator.nes.roles import TILE

from .enemy import Enemy

CARRYING = (SOLID_KIND, ONE_WAY_KIND)
"""Kinds of tiles that a walker stands on."""
FALL_MAX_SUB, FALL_GRAVITY_SUB = 4 * SUB, SUB // 4
"""How far a walker falls in a tick at most, and how much faster it falls from tick to tick."""


def wave(height_px: int, ticks: int) -> tuple[int, ...]:
    """Heights of a wave over its ticks, px; none may lie near a tie, so that every machine rounds alike."""
    return tuple(round(height_px * math.sin(2 * math.pi * tick / ticks)) for tick in range(ticks))


BOB = wave(4, 64)
"""How far a thing that hangs in the air goes up and down, px."""


def blocked(enemy: Enemy, terrain: Terrain, x_sub: int) -> bool:
    """Whether a wall, or the room's side, is where an enemy's front would be."""
    traits = enemy.traits
    ahead_px = x_sub // SUB + (traits.half_width_px if x_sub > enemy.x_sub else -traits.half_width_px)
    if not 0 <= ahead_px // TILE - terrain.origin[0] < terrain.width:
        return True
    middle_px = enemy.middle_px
    top_px, bottom_px = middle_px - traits.half_height_px + 1, middle_px + traits.half_height_px
    return not terrain.is_free(ahead_px, top_px, ahead_px + 1, bottom_px)


def on_ground(enemy: Enemy, terrain: Terrain) -> bool:
    """Whether something carries its feet."""
    y_px = enemy.y_sub // SUB
    return y_px % TILE == 0 and terrain.kind(enemy.x_sub // SUB // TILE, y_px // TILE) in CARRYING


def walk(enemy: Enemy, terrain: Terrain, speed_sub: int, *, minds_edges: bool = False) -> None:
    """Walks forwards. It turns at walls, at the room's sides and at doors, and at edges if it minds them. It
    falls where nothing carries it, into pits and water too."""
    if enemy.vy_sub == 0:
        x_sub = enemy.x_sub + enemy.facing * speed_sub
        edge_px = x_sub // SUB + enemy.facing * enemy.traits.half_width_px
        edge = minds_edges and terrain.kind(edge_px // TILE, enemy.y_px // TILE) not in CARRYING
        if blocked(enemy, terrain, x_sub) or edge:
            enemy.facing = -enemy.facing
        else:
            enemy.x_sub = x_sub
    fall(enemy, terrain)


def fall(enemy: Enemy, terrain: Terrain) -> bool:
    """Falls where nothing carries it, straight down; whether it stands."""
    if enemy.vy_sub == 0 and on_ground(enemy, terrain):
        return True
    enemy.vy_sub = min(enemy.vy_sub + FALL_GRAVITY_SUB, FALL_MAX_SUB)
    return _down(enemy, terrain)


def leap(enemy: Enemy, terrain: Terrain, gravity_sub: int = FALL_GRAVITY_SUB) -> bool:
    """One tick in the air with its speeds. A wall stops it, a ceiling makes it fall; whether it landed."""
    x_sub = enemy.x_sub + enemy.vx_sub
    if enemy.vx_sub and not blocked(enemy, terrain, x_sub):
        enemy.x_sub = x_sub
    enemy.vy_sub = min(enemy.vy_sub + gravity_sub, FALL_MAX_SUB)
    if enemy.vy_sub > 0:
        return _down(enemy, terrain)
    y_sub = enemy.y_sub + enemy.vy_sub
    head = y_sub // SUB - (2 if enemy.traits.stands else 1) * enemy.traits.half_height_px
    if terrain.kind(enemy.x_px // TILE, head // TILE) == SOLID_KIND:
        enemy.vy_sub = 0
    else:
        enemy.y_sub = y_sub
    return False


def drift(enemy: Enemy, terrain: Terrain, vx_sub: int, vy_sub: int) -> bool:
    """Flies on where no wall is, along a wall else; whether it moved as it wanted."""
    if is_open(enemy, terrain, (enemy.x_sub + vx_sub) // SUB, (enemy.y_sub + vy_sub) // SUB):
        enemy.x_sub += vx_sub
        enemy.y_sub += vy_sub
        return True
    free = True
    for dx, dy in ((vx_sub, 0), (0, vy_sub)):
        x_sub, y_sub = enemy.x_sub + dx, enemy.y_sub + dy
        if is_open(enemy, terrain, x_sub // SUB, y_sub // SUB):
            enemy.x_sub, enemy.y_sub = x_sub, y_sub
        else:
            free = False
    return free


def is_open(enemy: Enemy, terrain: Terrain, x_px: int, y_px: int) -> bool:
    """Whether the box of a flyer with its middle there touches nothing solid and is in the room."""
    half, high = enemy.traits.half_width_px, enemy.traits.half_height_px
    left_px = terrain.origin[0] * TILE
    if x_px - half < left_px or x_px + half > left_px + terrain.width * TILE:
        return False
    return terrain.is_free(x_px - half, y_px - high, x_px + half, y_px + high)


def _down(enemy: Enemy, terrain: Terrain) -> bool:
    """Falls by its speed, as far as what carries it; whether it stands then."""
    y_sub = enemy.y_sub + enemy.vy_sub
    row = y_sub // SUB // TILE
    if row > (enemy.y_px - 1) // TILE and terrain.kind(enemy.x_px // TILE, row) in CARRYING:
        enemy.y_sub, enemy.vy_sub = row * TILE * SUB, 0
        return True
    enemy.y_sub = y_sub
    return False
