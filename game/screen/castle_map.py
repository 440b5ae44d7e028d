"""The castle as a map: a box a room on the grid of screens, as the NES's maps were. It shows what the hero
has seen of a level; it reads, never writes."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

import pygame

from generator.level import SCREEN_COLUMNS, SCREEN_ROWS, Level
from generator.motion import SUB
from generator.motion.mechanisms import OPENING_ROWS, BreakableWall, Key, Lock, Passage, stands_before
from generator.nes.palette import BLACK, rgb_of
from generator.nes.roles import TILE

from ..world import World
from .sprites import SpriteSheet

SCREEN_SIZES_PX = ((24, 18), (20, 15), (16, 12), (12, 9), (8, 6), (6, 4), (4, 3))
"""How large a screen is on the map: the first of these that fits."""
LARGE_SIZES_PX = (
    (96, 90), (80, 75), (64, 60), (56, 52), (48, 45), (44, 41), (40, 37), (36, 34), (32, 30), (28, 26),
    (24, 22), (22, 21), (20, 19), (18, 17), *SCREEN_SIZES_PX[2:],
)  # fmt: skip
"""The same of a map that has the whole canvas; its screens are as high as they are seen."""
MOST_PX = (232, 88)
"""The size that a map must fit into if nobody names another: what is free under the pause's lines."""
WALL, FLOOR, HERE, LOCKED, EXIT = 0x20, 0x02, 0x11, 0x16, 0x28
"""Palette indices."""
WAY = 0x38
"""Palette index of the way that was walked."""
LARGE_DOT_PX = 30
"""On a map whose screens are as wide as this or wider its dots have two px a side."""
LEAST_OPENING_PX = 2
"""Height of a way out at least."""
LEAST_SCREEN_PX = 12
"""A map whose screens are narrower has no marks: they would hide it."""


class Mark(NamedTuple):
    """A sprite on the map, at a cell of the level."""

    name: str
    column: int
    row: int


def has_map(level: Level) -> bool:
    """Whether a level needs a map: one of a single room does not."""
    return len(level.rooms) > 1


def castle_map(
    level: Level,
    visited: Collection[int] | None = None,
    *,
    flags: int = 0,
    here: int | None = None,
    most_px: tuple[int, int] = MOST_PX,
    sheet: SpriteSheet | None = None,
    marks: Iterable[Mark] = (),
    way: Iterable[tuple[int, int]] = (),
    large: bool = False,
) -> pygame.Surface:
    """A picture as large as the whole castle needs; rooms that were not visited are left out.

    `visited`: numbers of rooms; None shows all. `flags`: the state's, which say which locks are open. `here`:
    the room to light up. A way out of a visited room is a gap in its wall, a locked one a bar; one behind a
    wall that is whole is kept secret. With a sheet of sprites the marks are drawn, if there is room for them.
    `way`: tiles that get a dot. `large`: as large as what is shown can be, and not what is still unknown.
    """
    shown = [number for number in range(len(level.rooms)) if visited is None or number in visited]
    rooms = [level.rooms[number] for number in shown] if large and shown else level.rooms
    scale = _Scale(rooms, most_px, LARGE_SIZES_PX if large else SCREEN_SIZES_PX)
    canvas = pygame.Surface(scale.size_px, depth=32)
    canvas.fill(rgb_of(BLACK))
    for number in shown:
        x, y, width, height = level.rooms[number]
        left, top = scale.at(x, y)
        right, bottom = scale.at(x + width, y + height)
        # Neighbours share a wall.
        box = pygame.Rect(left, top, right - left + 1, bottom - top + 1)
        canvas.fill(rgb_of(HERE if number == here else FLOOR), box)
        pygame.draw.rect(canvas, rgb_of(WALL), box, 1)
    for passage in (m for m in level.mechanisms if isinstance(m, Passage) and m.room in shown):
        if visited is not None and _walled_up(level, passage, flags):
            continue
        x, _, width, _ = level.rooms[passage.room]
        wall_px, floor_px = scale.at(x + width if passage.side > 0 else x, passage.row + 1)
        height_px = max(LEAST_OPENING_PX, floor_px - scale.at(0, passage.row + 1 - OPENING_ROWS)[1])
        locked = _is_locked(level, passage, flags)
        # A bar is wider than the wall, and seen from both rooms.
        area = (wall_px - locked, floor_px - height_px, 1 + 2 * locked, height_px)
        canvas.fill(rgb_of(LOCKED if locked else HERE if passage.room == here else FLOOR), area)
    if any(_inside(level.rooms[number], level.exit) for number in shown):
        left, top = scale.at(level.exit[0], level.exit[1] - 1)
        right, bottom = scale.at(level.exit[0] + 1, level.exit[1] + 1)
        side = max(2, right - left), max(3, bottom - top)
        canvas.fill(rgb_of(EXIT), (right - side[0], bottom - side[1], *side))
    dot_px = 1 + (scale.screen_px[0] >= LARGE_DOT_PX)
    for column, row in way:
        if any(_inside(level.rooms[number], (column, row)) for number in shown):
            (left, top), (right, bottom) = scale.at(column, row), scale.at(column + 1, row + 1)
            at_px = (left + right + 1 - dot_px) // 2, (top + bottom + 1 - dot_px) // 2
            canvas.fill(rgb_of(WAY), (*at_px, dot_px, dot_px))
    if sheet is not None and scale.screen_px[0] >= LEAST_SCREEN_PX:
        for mark in marks:
            _draw_mark(canvas, level, scale, sheet.get(mark.name), mark)
    return canvas


def marks_of(world: World, known: Collection[int] = ()) -> list[Mark]:
    """Marks of what the hero has seen and may want to come back to; the last is his own. `known`: rooms that
    he has been in before."""
    level, state = world.level, world.hero.state
    rooms = [level.rooms[number] for number in (*world.visited, *known)]
    start_px, (door_column, door_row) = level.start, level.exit
    marks = [
        Mark("map_start", start_px[0] // TILE, (start_px[1] - 1) // TILE),
        Mark("map_exit", door_column, door_row),
        *(Mark("map_treasure", spawn.x_px // TILE, (spawn.y_px - 1) // TILE) for spawn in world.left_over),
    ]
    for m in level.mechanisms:
        if isinstance(m, Key) and not state.flags >> m.bit & 1:
            marks.append(Mark("map_key", m.x_px // TILE, (m.y_px - 1) // TILE))
        elif isinstance(m, Passage) and _is_locked(level, m, state.flags):
            x, _, width, _ = level.rooms[m.room]
            marks.append(Mark("map_lock", x + width - 1 if m.side > 0 else x, m.row))
    seen = [m for m in marks if any(_inside(room, (m.column, m.row)) for room in rooms)]
    body = state.body
    return [*seen, Mark("map_here", body.x_sub // SUB // TILE, (body.y_sub // SUB - 1) // TILE)]


def _is_locked(level: Level, way: Passage, flags: int) -> bool:
    """Whether a way has a lock that is still shut."""
    locks = [m for m in level.mechanisms if isinstance(m, Lock)]
    return way.lock >= 0 and not flags >> locks[way.lock].bit & 1


def _walled_up(level: Level, way: Passage, flags: int) -> bool:
    """Whether a wall that could be broken stands in a way."""
    whole = (m for m in level.mechanisms if isinstance(m, BreakableWall) and not flags >> m.bit & 1)
    return any(stands_before(wall, way, level.rooms[way.room]) for wall in whole)


def _draw_mark(
    canvas: pygame.Surface, level: Level, scale: _Scale, sprite: pygame.Surface, mark: Mark
) -> None:
    """Draws a mark as near to its cell as it can be without covering a wall of its room."""
    room = next((room for room in level.rooms if _inside(room, (mark.column, mark.row))), None)
    if room is None:
        return
    left, top = scale.at(room[0], room[1])
    right, bottom = scale.at(room[0] + room[2], room[1] + room[3])
    x_px, y_px = scale.at(mark.column, mark.row)
    box = sprite.get_rect(center=(x_px, y_px))
    canvas.blit(sprite, box.clamp((left + 1, top + 1, right - left - 1, bottom - top - 1)))


class _Scale:
    """Turns tiles of the level into px of the map."""

    def __init__(
        self,
        rooms: Sequence[tuple[int, int, int, int]],
        most_px: tuple[int, int],
        sizes_px: Sequence[tuple[int, int]],
    ) -> None:
        self._left, self._top = min(r[0] for r in rooms), min(r[1] for r in rooms)
        width = max(r[0] + r[2] for r in rooms) - self._left
        height = max(r[1] + r[3] for r in rooms) - self._top
        for self.screen_px in sizes_px:
            self.size_px = self._px(width, SCREEN_COLUMNS, 0) + 1, self._px(height, SCREEN_ROWS, 1) + 1
            if self.size_px[0] <= most_px[0] and self.size_px[1] <= most_px[1]:
                break

    def at(self, column: int, row: int) -> tuple[int, int]:
        """The top left of a tile on the map."""
        x_px = self._px(column - self._left, SCREEN_COLUMNS, 0)
        return x_px, self._px(row - self._top, SCREEN_ROWS, 1)

    def _px(self, tiles: int, a_screen: int, axis: int) -> int:
        return tiles * self.screen_px[axis] // a_screen


def _inside(room: tuple[int, int, int, int], cell: tuple[int, int]) -> bool:
    x, y, width, height = room
    return x <= cell[0] < x + width and y <= cell[1] < y + height
