"""What moves, opens and breaks in a level, drawn in pygame; `pygame_util.draw_mechanisms` hands it on.

Lifts are made of the level's own platform tiles. Keys, locked doors and the door out are no tiles: they are
plain shapes here, for games that have no pictures of their own yet.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from ..level import Level
from ..motion import State
from ..motion.mechanisms import (
    FLAG_EXITED,
    GONE,
    KEY_HALF_PX,
    OPENING_ROWS,
    BreakableWall,
    CollapsingFloor,
    Key,
    MovingPlatform,
    cells,
    floor_counter,
)
from ..nes.roles import TILE, Role

KEY_RGB, BAR_RGB, FRAME_RGB, DARK_RGB = (252, 216, 120), (148, 148, 156), (188, 140, 92), (12, 12, 20)
"""A key; the bars of a locked door; frame and inside of the door out. (by eye)"""
WOOD_RGB = (172, 120, 72)
"""A lift where the level has no platform tile."""
SHAKE_TICKS = 4
"""A floor that crumbles is aside by 1 px for so many ticks, then back. (by eye)"""
BARS_PX = 6
"""From one bar of a locked door to the next."""

Cell = tuple[int, int]
"""Column and row."""
Rect = tuple[int, int, int, int]
"""Left, top, width and height, px of the level."""


class Brush(Protocol):
    """What draws on the surface, in px of the level."""

    def tile(self, index: int, x_px: int, y_px: int) -> None:
        """A tile of the bank."""

    planks: dict[int, list[int]]
    """The tiles of a lift by its width, kept with the level's view."""

    def behind(self, cell: Cell) -> None:
        """What is behind a cell, over what is in front there."""

    def box(self, rect: Rect, rgb: tuple[int, int, int]) -> None:
        """A filled rectangle."""


def draw_things(brush: Brush, level: Level, state: State | None, tick: int) -> None:
    """Draws a level's things as they are in a state, or at a tick of every room's clock."""
    for number, room in enumerate(level.interiors):
        here = state is not None and state.room == number
        room_tick = tick if state is None else state.room_tick if here else 0
        flags = 0 if state is None else state.flags if here else state.flags & ((1 << 32) - 1)
        for counted, floor in enumerate(room.floors):
            _floor(brush, level, floor, floor_counter(flags, counted))
        for wall in room.walls:
            if flags >> wall.bit & 1:
                _away(brush, wall)
        for passage, lock in zip(room.passages, room.locks, strict=True):
            if lock is not None and not flags >> lock.bit & 1:
                x_px = room.right_px - TILE if passage.side > 0 else room.left_px
                _bars(brush, x_px, (passage.row + 1 - OPENING_ROWS) * TILE)
        for key in room.keys:
            if not flags >> key.bit & 1:
                _key(brush, key)
        for platform in room.platforms:
            _lift(brush, level, platform, room_tick)
    _door(brush, level.exit, is_open=state is not None and bool(state.flags & FLAG_EXITED))


def _floor(brush: Brush, level: Level, floor: CollapsingFloor, counter: int) -> None:
    """A floor that crumbles: as it is, shaking, or gone."""
    if not counter:
        return
    _away(brush, floor)
    if counter < GONE:
        aside_px = counter // SHAKE_TICKS % 2
        for column, row in cells(floor):
            if (index := int(level.tiles[row, column])) >= 0:
                brush.tile(index, column * TILE + aside_px, row * TILE)


def _away(brush: Brush, gone: CollapsingFloor | BreakableWall) -> None:
    for cell in cells(gone):
        brush.behind(cell)


def _lift(brush: Brush, level: Level, lift: MovingPlatform, room_tick: int) -> None:
    """A lift, of the tiles that a platform is made of."""
    left_px, top_px = lift.at(room_tick)
    planks = brush.planks.get(lift.tiles)
    if planks is None:
        planks = brush.planks[lift.tiles] = list(_planks(level, lift.tiles))
    if not planks:
        brush.box((left_px, top_px, lift.tiles * TILE, TILE // 2), WOOD_RGB)
    for number, index in enumerate(planks):
        brush.tile(index, left_px + number * TILE, top_px)


def _planks(level: Level, count: int) -> Iterator[int]:
    """The tiles of a platform as wide as a lift: those of one in the level, its ends at the ends."""
    for row, column in zip(*(level.roles == Role.PLATFORM).nonzero(), strict=True):
        if column + 2 < level.width_tiles and (level.roles[row, column : column + 3] == Role.PLATFORM).all():
            first, middle = int(level.tiles[row, column]), int(level.tiles[row, column + 1])
            last = column
            while last + 1 < level.width_tiles and level.roles[row, last + 1] == Role.PLATFORM:
                last += 1
            if min(first, middle) >= 0:
                yield first
                yield from [middle] * (count - 2)
                yield from [int(level.tiles[row, last])] * (count > 1)
                return
    usable = (level.bank.role == Role.PLATFORM).nonzero()[0].tolist()
    yield from usable[:1] * count


def _key(brush: Brush, key: Key) -> None:
    """A ring, and a shaft with two teeth."""
    x_px, y_px = key.x_px, key.y_px - KEY_HALF_PX
    brush.box((x_px - 7, y_px - 3, 6, 6), KEY_RGB)
    brush.box((x_px - 5, y_px - 1, 2, 2), DARK_RGB)
    brush.box((x_px - 1, y_px - 1, 8, 2), KEY_RGB)
    for tooth_px in (3, 6):
        brush.box((x_px + tooth_px, y_px + 1, 1, 2), KEY_RGB)


def _bars(brush: Brush, x_px: int, y_px: int) -> None:
    """The bars of a door that is locked."""
    for aside_px in range(1, TILE, BARS_PX):
        brush.box((x_px + aside_px, y_px, 2, OPENING_ROWS * TILE), BAR_RGB)
    brush.box((x_px, y_px + TILE, TILE, 2), BAR_RGB)


def _door(brush: Brush, exit: Cell, *, is_open: bool) -> None:
    """The door out, over its two cells; lighter once it was gone through."""
    x_px, y_px = exit[0] * TILE, (exit[1] - 1) * TILE
    brush.box((x_px, y_px, TILE, 2 * TILE), FRAME_RGB)
    brush.box((x_px + 2, y_px + 2, TILE - 4, 2 * TILE - 2), BAR_RGB if is_open else DARK_RGB)
    brush.box((x_px + TILE - 5, y_px + TILE, 2, 2), KEY_RGB)
