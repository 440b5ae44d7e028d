"""The inspector's cursor and its overlays: which cell is pointed at, and what is seen of the room.

It knows no window. Time stands still while it is used; only the view may leave the hero, within his room.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum
from itertools import islice

from generator.inspect.facts import Move, way
from generator.level import Level
from generator.motion import SUB, Button
from generator.nes.roles import TILE

from ..world import World
from ..world.camera import VIEW_HEIGHT_PX, VIEW_PX, room_px

FIRST_REPEAT_TICKS, REPEAT_TICKS = 14, 4
"""Ticks until an arrow that is held moves on, and then from cell to cell."""
PANEL_PX = 112
"""Height of the panel, at the top or at the bottom: a tile in the middle is covered by neither."""
MOVES_A_TICK = 200
"""How many moves of the proof's way are followed in a tick: half a millisecond. (measured)"""
_ARROWS = {Button.RIGHT: (1, 0), Button.LEFT: (-1, 0), Button.UP: (0, -1), Button.DOWN: (0, 1)}


class Overlay(Enum):
    """What lies over the room. The value names its text. The command line lists the names
    too: `--inspect` in `game/__main__.py`."""

    TILES = "inspector.tiles"
    ROLES = "inspector.roles"
    PROOF = "inspector.proof"
    REPAIRS = "inspector.repairs"

    def next(self) -> Overlay:
        """The overlay that TAB changes this one for."""
        every = list(Overlay)
        return every[(every.index(self) + 1) % len(every)]


class Inspection:
    """A look at a world that stands still. The cursor begins where the hero's feet are."""

    def __init__(self, world: World) -> None:
        body = world.hero.body
        self.world = world
        self.camera_px = world.camera_px
        self.column, self.row = body.x_sub // SUB // TILE, body.y_sub // SUB // TILE
        self._held = 0
        self._held_ticks = 0
        self._level: Level | None = None
        self._way: Iterator[Move] = iter(())
        self._moves: list[Move] = []
        self._clamp()

    @property
    def level(self) -> Level:
        """The world's, which a re-dream may have changed meanwhile."""
        return self.world.level

    @property
    def room(self) -> int:
        """The room that is looked at: the hero's."""
        return self.world.hero.state.room

    @property
    def moves(self) -> list[Move]:
        """The proof's way through this room, as far as it was followed until now."""
        return [move for move in self._moves if move.room == self.room]

    @property
    def cursor_px(self) -> tuple[int, int]:
        """Left and top of the cell that is pointed at, in the view."""
        return self.in_view(self.column, self.row)

    def in_view(self, column: int, row: int) -> tuple[int, int]:
        """Left and top of a cell of the level, px of the view."""
        return column * TILE - self.camera_px[0], row * TILE - self.camera_px[1]

    @property
    def panel_on_top(self) -> bool:
        """Whether the panel is at the top, so that it does not cover the cursor."""
        return self.cursor_px[1] >= PANEL_PX

    def tick(self, buttons: int) -> None:
        """One tick of held arrows; follows the proof's way a little further."""
        arrows = buttons & sum(_ARROWS)
        pressed = arrows & ~self._held
        self._held_ticks = 0 if pressed or not arrows else self._held_ticks + 1
        self._held = arrows
        late = self._held_ticks - FIRST_REPEAT_TICKS
        moving = arrows if late >= 0 and late % REPEAT_TICKS == 0 else pressed
        for button, (dx, dy) in _ARROWS.items():
            if moving & button:
                self.column, self.row = self.column + dx, self.row + dy
        self._clamp()
        if self._level is not self.level:
            self._level, self._way, self._moves = self.level, way(self.level), []
        self._moves += islice(self._way, MOVES_A_TICK)

    def point(self, x_px: int, y_px: int) -> None:
        """Points at what is seen at a px of the view."""
        self.column, self.row = (x_px + self.camera_px[0]) // TILE, (y_px + self.camera_px[1]) // TILE
        self._clamp(follow=False)

    def _clamp(self, follow: bool = True) -> None:
        """Keeps the cursor in the room; the view follows it."""
        room = room_px(self.world.interior)
        self.column = max(room[0] // TILE, min(self.column, room[2] // TILE - 1))
        self.row = max(room[1] // TILE, min(self.row, room[3] // TILE - 1))
        if follow:
            left, top = self.camera_px
            self.camera_px = (
                _followed(left, self.column * TILE, VIEW_PX, room[0], room[2]),
                _followed(top, self.row * TILE, VIEW_HEIGHT_PX, room[1], room[3]),
            )


def _followed(edge_px: int, cell_px: int, view_px: int, low_px: int, high_px: int) -> int:
    """The view's left or top edge, so that a cell is in it, and its neighbour where there is one."""
    near = max(cell_px + 2 * TILE - view_px, min(edge_px, cell_px - TILE))
    return max(low_px, min(near, high_px - view_px))
