"""What is round the hero, in numbers: roles of tiles, things, and how he is.

The window is 17 x 15 tiles, about as much as the screen shows, with his feet in its middle column. All of it
is cut out of grids that are made once for each room and each state of its walls and floors.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from generator.level import Level
from generator.motion import SUB, Posture
from generator.motion.interior import Interior
from generator.motion.mechanisms import OPENING_ROWS, cells
from generator.nes.roles import BASE_ROLES, TILE, Role

from ..world import World
from ..world.enemies.table import KINDS, is_there
from ..world.hero import HEALTH_MAX
from ..world.items import MOST_HEARTS
from ..world.world import STAGE_TIME

COLUMNS, ROWS = 17, 15
"""The window, tiles."""
HERO_COLUMN, HERO_ROW = 8, 8
"""The tile of the window that the hero's feet are in."""
OUTSIDE, WAY_OUT, SHUT = BASE_ROLES, BASE_ROLES + 1, BASE_ROLES + 2
"""Numbers beside those of `Role`: what is no part of the room, and the tiles of an open and of a locked way
out of it, which are the first beyond its edge."""
ROLE_NUMBERS = SHUT + 1
THINGS: tuple[str, ...] = ("", "platform", "candle", "treasure", "roast", "key", "item", "shot", *KINDS)
"""What the numbers of the window of things stand for; 0 is nothing. The last ones are enemies and what they
throw."""
NUMBERS = {name: number for number, name in enumerate(THINGS)}
"""The number of each thing."""
HERO: tuple[str, ...] = (
    "facing", "x_in_tile", "y_in_tile", "vx", "vy", *(f"is_{posture.name.lower()}" for posture in Posture),
    "whip", "safe", "health", "hearts", "keys", "time",
)  # fmt: skip
"""What the numbers of the hero stand for, each -1 to 1. vx, vy: of 8 px a tick; whip: how far a stroke is;
safe: how long no blow harms him, of two seconds."""
_FASTEST_SUB, _WHIP_TICKS, _SAFE_TICKS, _MOST_KEYS = 8 * SUB, 32, 120, 4
_POSTURES: tuple[tuple[float, ...], ...] = tuple(
    tuple(float(one == other) for other in Posture) for one in Posture
)
_ABOVE, _BELOW = HERO_ROW, ROWS - 1 - HERO_ROW
_BESIDE = HERO_COLUMN
_RIGHT_PX, _BOTTOM_PX = COLUMNS * TILE, ROWS * TILE
_NOTHING = np.zeros((ROWS, COLUMNS), np.uint8)
_PLATFORM, _CANDLE, _KEY, _ITEM, _SHOT = (NUMBERS[n] for n in ("platform", "candle", "key", "item", "shot"))


class Grids:
    """The padded grids of roles of a level's rooms."""

    def __init__(self, level: Level) -> None:
        self._level = level
        self._whole: dict[int, NDArray[np.uint8]] = {}
        """Of rooms in which nothing has happened yet."""
        self._made: dict[tuple[int, int, int, int, bool], NDArray[np.uint8]] = {}

    def grid(self, room: int, flags: int, *, shut: bool) -> NDArray[np.uint8]:
        """uint8[h + 14, w + 16]: a room with the margins that any window on it needs. flags: the state's;
        shut: whether a boss keeps its ways shut. Do not write into it."""
        if not (flags or shut):
            whole = self._whole.get(room)
            if whole is None:
                whole = self._whole[room] = self._make(self._level.interiors[room], 0, 0, 0, shut=False)
            return whole
        interior = self._level.interiors[room]
        broken = flags & interior.wall_bits
        gone = interior.gone(flags) if interior.floors else 0
        opened = sum(1 << n for n, lock in enumerate(interior.locks) if lock and flags >> lock.bit & 1)
        key = room, broken, gone, opened, shut
        made = self._made.get(key)
        if made is None:
            made = self._made[key] = self._make(interior, broken, gone, opened, shut=shut)
        return made

    def _make(
        self, interior: Interior, broken: int, gone: int, opened: int, *, shut: bool
    ) -> NDArray[np.uint8]:
        left, top, width, height = interior.room
        grid = np.full((height + _ABOVE + _BELOW, width + 2 * _BESIDE), OUTSIDE, np.uint8)
        grid[_ABOVE : _ABOVE + height, _BESIDE : _BESIDE + width] = self._level.roles[
            top : top + height, left : left + width
        ]
        for wall in interior.walls:
            for column, row in cells(wall):
                role = Role.BACKDROP if broken >> wall.bit & 1 else Role.BREAKABLE
                grid[row - top + _ABOVE, column - left + _BESIDE] = role
        for number, floor in enumerate(interior.floors):
            for column, row in cells(floor):
                role = Role.BACKDROP if gone >> number & 1 else Role.PLATFORM
                grid[row - top + _ABOVE, column - left + _BESIDE] = role
        for number, (passage, lock) in enumerate(zip(interior.passages, interior.locks, strict=True)):
            is_shut = shut or (lock is not None and not opened >> number & 1)
            column = _BESIDE + (width if passage.side > 0 else -1)
            row = passage.row - top + _ABOVE
            grid[row + 1 - OPENING_ROWS : row + 1, column] = SHUT if is_shut else WAY_OUT
        grid.setflags(write=False)
        return grid


def see(world: World, grids: Grids) -> dict[str, NDArray[np.generic]]:
    """What the hero sees: "roles" and "things", uint8[15, 17], and "hero", float32[18]. New arrays."""
    room, room_tick, body, flags = world.hero.state
    interior, enemies = world.level.interiors[room], world.enemies
    room_left, room_top, width, height = interior.room
    grid = grids.grid(room, flags, shut=bool(enemies) and bool(world.bosses))
    # The tile of the feet, in the room. One who falls out of it, or stands in its door, is kept in the grid.
    left, top = (body.x_sub >> 12) - room_left, ((body.y_sub - 1) >> 12) - room_top
    left = 0 if left < 0 else left if left < width else width - 1
    top = 0 if top < 0 else top if top < height else height - 1
    roles = grid[top : top + ROWS, left : left + COLUMNS].copy()
    things = _NOTHING.copy()
    # Where the window begins, in px of the level.
    left_px, top_px = (left + room_left - HERO_COLUMN) * TILE, (top + room_top - HERO_ROW) * TILE
    for platform in interior.platforms:
        x_px, y_px = platform.at(room_tick)
        _mark(things, x_px - left_px, y_px - top_px, platform.tiles * TILE, TILE, _PLATFORM)
    points = [(candle.x_px, candle.y_px, _CANDLE) for candle in world.candles]
    if world.treasures:
        points += [(t.x_px, t.y_px, NUMBERS[t.kind]) for t in world.treasures]
    if interior.keys:
        points += [(key.x_px, key.y_px, _KEY) for key in interior.keys if not flags >> key.bit & 1]
    if world.items:
        points += [(item.x_px, item.y_px, _ITEM) for item in world.items]
    if world.shots:
        points += [(shot.x_px, shot.y_px, _SHOT) for shot in world.shots]
    below_px = top_px + 1  # the lowest pixel of what stands on y
    for x_px, y_px, number in points:
        column, row = (x_px - left_px) >> 4, (y_px - below_px) >> 4
        if 0 <= column < COLUMNS and 0 <= row < ROWS:
            things[row, column] = number
    for enemy in enemies:
        if is_there(enemy):
            x_px, y_px, right_px, bottom_px = enemy.box
            number = NUMBERS[enemy.kind]
            _mark(things, x_px - left_px, y_px - top_px, right_px - x_px, bottom_px - y_px, number)
    return {"roles": roles, "things": things, "hero": _hero(world)}


def _mark(  # noqa: PLR0917 - plain numbers, many times a step
    things: NDArray[np.uint8], x_px: int, y_px: int, width_px: int, height_px: int, number: int
) -> None:
    """Puts a number into the tiles of the window that a box has a pixel in."""
    right, bottom = (x_px + width_px - 1) >> 4, (y_px + height_px - 1) >> 4
    if right >= 0 and bottom >= 0 and x_px < _RIGHT_PX and y_px < _BOTTOM_PX:
        left, top = x_px >> 4 if x_px > 0 else 0, y_px >> 4 if y_px > 0 else 0
        things[top : bottom + 1, left : right + 1] = number


def _hero(world: World) -> NDArray[np.float32]:
    """The numbers of HERO."""
    hero = world.hero
    body = hero.state.body
    return np.array(
        (
            body.facing,
            (body.x_sub & 4095) / 4096,
            (body.y_sub & 4095) / 4096,
            min(max(body.vx_sub / _FASTEST_SUB, -1.0), 1.0),
            min(max(body.vy_sub / _FASTEST_SUB, -1.0), 1.0),
            *_POSTURES[body.posture],
            min(body.whip_tick / _WHIP_TICKS, 1.0),
            min(body.safe_tick / _SAFE_TICKS, 1.0),
            hero.health / HEALTH_MAX,
            min(hero.hearts / MOST_HEARTS, 1.0),
            min(world.keys_held / _MOST_KEYS, 1.0),
            world.time_left / STAGE_TIME,
        ),
        np.float32,
    )
