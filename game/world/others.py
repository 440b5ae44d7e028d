"""Everybody but the hero: who wakes, how they move, who is gone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.motion import DEADLY_KIND, SUB, Terrain
from generator.nes.roles import TILE

from .boxes import Box
from .camera import VIEW_HEIGHT_PX, VIEW_PX
from .cues import Spark
from .enemies import Scene, awaken, move

if TYPE_CHECKING:
    from .world import World

WAKE_PX = 16
"""How far outside the view enemies wake; below it three times as far, since a spawn is where the feet are."""
ASLEEP_PX = 64
"""How far outside the view enemies are forgotten."""
HASTE_OF = 8
"""On difficulty 2 everybody but the hero moves twice in one of so many ticks, on 3 in two of them. (ours)"""
HARD_A_HASTE = 5
"""Such a second move comes for so much hardness too: from stage 6 on. (ours)"""


def wake(world: World) -> None:
    """Wakes enemies whose spawn has come within reach of the view, a few of a kind at a time."""
    if not world.asleep:
        return
    left, top = world.camera_px
    reach = left - WAKE_PX, top - WAKE_PX, left + VIEW_PX + WAKE_PX, top + VIEW_HEIGHT_PX + 3 * WAKE_PX
    still = []
    for spawn in world.asleep:
        if _holds(reach, (spawn.x_px, spawn.y_px)):
            awake = sum(enemy.kind == spawn.kind for enemy in world.enemies)
            enemy = awaken(spawn, world.hero.body.x_sub // SUB)
            near = world.entrance is not None and _holds(world.entrance, (enemy.x_px, enemy.middle_px))
            if awake < enemy.traits.at_once and not near:
                world.enemies.append(enemy)
                continue
        still.append(spawn)
    world.asleep = still


def move_everybody(world: World) -> None:
    """Moves enemies. Who is a tile outside the room or far from the view is gone; a boss stays."""
    if not world.enemies:
        return
    room, body = world.room_px, world.hero.body
    left, view_top = world.camera_px
    scene = Scene(
        world.interior.terrain(world.hero.state.flags),
        body.x_sub // SUB,
        body.y_sub // SUB,
        world.chance,
        world.hard,
    )
    loose = [missile for enemy in world.enemies for missile in move(enemy, scene)]
    _sink(world, scene.terrain)
    if world.tick % HASTE_OF < world.level.difficulty - 1 + world.hard // HARD_A_HASTE:
        loose += [missile for enemy in world.enemies for missile in move(enemy, scene)]
    left, right = max(left - ASLEEP_PX, room[0] - TILE), min(left + VIEW_PX + ASLEEP_PX, room[2] + TILE)
    top = max(view_top - ASLEEP_PX, room[1] - TILE)
    bottom = min(view_top + VIEW_HEIGHT_PX + ASLEEP_PX, room[3] + TILE)
    world.enemies = [
        enemy
        for enemy in world.enemies + loose
        if not enemy.gone
        and ((left < enemy.x_sub // SUB < right and top < enemy.middle_px < bottom) or enemy.traits.boss)
    ]


def _sink(world: World, terrain: Terrain) -> None:
    """Who falls into water, or onto spikes, is gone."""
    for enemy in world.enemies:
        if enemy.vy_sub > 0 and enemy.traits.stands:
            column, row = enemy.x_px // TILE, (enemy.y_px - 1) // TILE
            if terrain.kind(column, row) == DEADLY_KIND:
                enemy.gone = True
                kind = "splash" if world.in_water(enemy.x_px, enemy.y_px - 1) else "flame"
                world.sparks.append(Spark(kind, enemy.x_px, row * TILE + TILE // 4, world.tick))


def _holds(box: Box, point: tuple[int, int]) -> bool:
    """Whether a point lies inside a box, its rim left out."""
    return box[0] < point[0] < box[2] and box[1] < point[1] < box[3]
