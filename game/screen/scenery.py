"""All of a level that stands still: the near layers, room by room, and the far layer behind all of them.

Strips are made when they are first seen, or before that by `prepare`, one a tick, so that no tick is long
when a level or a room is entered.
"""

from __future__ import annotations

import numpy as np
import pygame

from generator.level import SCREEN_ROWS, Level
from generator.look.blend import Blend
from generator.look.dressing import SEE_THROUGH
from generator.motion.interior import Interior
from generator.motion.mechanisms import GONE, cells, floor_counter
from generator.motion.rules import ARRIVAL_PX
from generator.nes.palette import BLACK, rgb_of
from generator.nes.roles import TILE

from ..world.boxes import Box
from ..world.camera import VIEW_HEIGHT_PX, VIEW_PX, first_view, room_px
from .appearance import shake_px
from .eyes import EYES, Eyes
from .strips import CLEAR, Cell, Strips, assembled, surface_of

FAR_SLOWNESS = 2
"""How many times slower than the field the far layer scrolls."""


class Scenery:
    """The strips of one level: those of the room at hand and of its neighbours."""

    def __init__(
        self, level: Level, blend: Blend | None = None, *, like: pygame.Surface | None = None
    ) -> None:
        """`blend`: what the tiles look like on the way to another art; None: as the level has them. `like`:
        as of `Strips`."""
        self.level, self._like = level, like
        self._blend = blend
        background = (blend or level.bank).palettes[0, 0]
        nothing = np.full((1, TILE, TILE), CLEAR, np.uint8)
        self._bank = np.concatenate([(blend or level.bank).pixels, nothing])  # so that index -1 is no tile
        seen_through = np.isin(level.bank.role, list(SEE_THROUGH))
        tiles = self._bank[:-1][seen_through]
        tiles[tiles == background] = CLEAR
        self._bank[:-1][seen_through] = tiles
        widest_px = max(0, level.width_tiles * TILE - VIEW_PX)
        columns = (widest_px // FAR_SLOWNESS + VIEW_PX) // TILE + 1
        far = level.far[:, np.arange(columns) % level.far.shape[1]]
        far = np.pad(far, ((0, max(0, SCREEN_ROWS - len(far))), (0, 0)), constant_values=-1)
        self._lowest_far_px = len(far) * TILE - VIEW_HEIGHT_PX
        self._far = Strips(self._bank, (far,), (0, 0, columns, len(far)), int(background), like=like)
        self._near: dict[int, Strips] = {}
        self._room = -1

    def shows(self, level: Level, blend: Blend | None) -> bool:
        """Whether these are its strips."""
        return self.level is level and self._blend is blend

    def prepare(self, camera_px: tuple[int, int], room: int = 0) -> bool:
        """Makes the most urgent strip that is missing; False where there was none left to make.

        Those of the room and of the far layer come first, nearest to the view, then those that are seen when
        the hero comes into a neighbour by its door.
        """
        self._settle(room)
        interior = self.level.interiors[room]
        if self._prepare_room(camera_px, room):
            return True
        for passage in interior.passages:
            beyond = self.level.interiors[passage.to_room]
            edge_px = interior.right_px if passage.side > 0 else interior.left_px
            arrival_px = edge_px + passage.side * ARRIVAL_PX, (passage.row + 1) * TILE
            there_px = first_view(room_px(beyond), *arrival_px)
            if self._make_in_view(there_px, passage.to_room):
                return True
        return False

    def prepare_view(self, camera_px: tuple[int, int], room: int = 0) -> bool:
        """Makes one strip that a view from `camera_px` on lacks; False where there was none left to make."""
        self._settle(room)
        return self._make_in_view(camera_px, room)

    def _make_in_view(self, camera_px: tuple[int, int], room: int) -> bool:
        for strips, at_px in ((self._near[room], camera_px), (self._far, self._far_px(camera_px, room))):
            lacking = strips.missing(_view(at_px))
            if lacking:
                strips.make(lacking[0])
                return True
        return False

    def draw(
        self,
        canvas: pygame.Surface,
        camera_px: tuple[int, int] = (0, 0),
        room: int = 0,
        flags: int = 0,
        eyes: Eyes = EYES,
    ) -> None:
        """Draws the view of a room whose left and top edge are `camera_px`, and makes what it lacks. `flags`:
        the state's. Beside a room that is smaller than the view it is black."""
        self._settle(room)
        left, top, right, bottom = room_px(self.level.interiors[room])
        if right - left < VIEW_PX or bottom - top < VIEW_HEIGHT_PX:
            canvas.fill(rgb_of(BLACK))
        self._draw_room(canvas, camera_px, room, flags, eyes)

    def draw_between(
        self, canvas: pygame.Surface, camera_px: tuple[int, int], rooms: tuple[int, int], flags: int
    ) -> None:
        """Draws a view that two rooms share, with a door between them; the second is the one at hand."""
        self._settle(rooms[1], rooms[0])
        canvas.fill(rgb_of(BLACK))
        for room in rooms:
            self._draw_room(canvas, camera_px, room, flags, EYES)

    def _draw_room(
        self, canvas: pygame.Surface, camera_px: tuple[int, int], room: int, flags: int, eyes: Eyes
    ) -> None:
        """Draws so much of a view as lies in a room."""
        interior, near = self.level.interiors[room], self._near[room]
        left, top, right, bottom = room_px(interior)
        clip = canvas.get_clip()
        canvas.set_clip((left - camera_px[0], top - camera_px[1], right - left, bottom - top))
        self._far.draw(canvas, _view(self._far_px(camera_px, room)))
        shaking: list[tuple[Cell, int]] = []
        if interior.change_bits:
            hidden, shaking = _changed(interior, flags)
            near.hide(hidden)
        near.draw(canvas, _view(camera_px))
        for cell, aside in shaking:
            self._draw_tile(
                canvas,
                cell,
                (cell[0] * TILE - camera_px[0] + eyes.shaken(aside), cell[1] * TILE - camera_px[1]),
            )
        canvas.set_clip(clip)

    def seen_through(
        self, camera_px: tuple[int, int], cell: Cell, room: int, flags: int
    ) -> tuple[bool, tuple[int, int]]:
        """Whether the front tile of a cell is gone by now; and the column and row of the far layer that is
        seen in the cell's middle where nothing is in front."""
        far_px = self._far_px(camera_px, room)
        column, row = (
            (far_px[axis] + cell[axis] * TILE + TILE // 2 - camera_px[axis]) // TILE for axis in (0, 1)
        )
        hidden, _ = _changed(self.level.interiors[room], flags)
        return cell in hidden, (column, row)

    def _settle(self, room: int, before: int | None = None) -> None:
        """Keeps the strips of a room, its neighbours and the room before, and no others."""
        if room == self._room:
            return
        self._room = room
        wanted = [room, *(passage.to_room for passage in self.level.interiors[room].passages)]
        if before is not None:
            wanted.append(before)
        grids = (self.level.tiles, self.level.backdrop)
        self._near = {
            number: self._near.get(number)
            or Strips(self._bank, grids, self.level.interiors[number].room, CLEAR, like=self._like)
            for number in wanted
        }

    def _prepare_room(self, camera_px: tuple[int, int], number: int) -> bool:
        """Makes the strip of a room, near or far, that a view from `camera_px` comes to first; False where
        there was none left to make."""
        room, near = room_px(self.level.interiors[number]), self._near[number]
        far_px = self._far_px(camera_px, number)
        last_px = max(room[0], room[2] - VIEW_PX), max(room[1], room[3] - VIEW_HEIGHT_PX)
        first_far_px = self._far_px((room[0], room[1]), number)
        seen = _view(self._far_px(last_px, number))
        wanted = [
            (max(abs(x - at_px[0]), abs(y - at_px[1])) * slowness, order, at)
            for order, strips, at_px, slowness, box in (
                (0, near, camera_px, 1, room),
                # Only those of the far layer that this room can show.
                (1, self._far, far_px, FAR_SLOWNESS, (*first_far_px, *seen[2:])),
            )
            for at in strips.missing(box)
            for x, y in (strips.corner_px(at),)
        ]
        if not wanted:
            return False
        _, order, at = min(wanted)
        (near, self._far)[order].make(at)
        return True

    def _far_px(self, camera_px: tuple[int, int], room: int) -> tuple[int, int]:
        """Left and top edge, in the far layer, of a view of a room. The layer's top is at the room's top,
        whatever storey of the castle that is on; the view ends where the layer does."""
        below_px = max(0, camera_px[1] - room_px(self.level.interiors[room])[1])
        return camera_px[0] // FAR_SLOWNESS, min(below_px // FAR_SLOWNESS, self._lowest_far_px)

    def _draw_tile(self, canvas: pygame.Surface, cell: Cell, at_px: tuple[int, int]) -> None:
        grid = self.level.tiles[cell[1] : cell[1] + 1, cell[0] : cell[0] + 1]
        canvas.blit(surface_of(assembled(self._bank, grid), keyed=True), at_px)


def _changed(interior: Interior, flags: int) -> tuple[frozenset[Cell], list[tuple[Cell, int]]]:
    """The cells of a room whose tiles are not where they were: broken, collapsed or shaking; and those that
    shake, each with how far it is aside now, px."""
    hidden: list[Cell] = []
    shaking: list[tuple[Cell, int]] = []
    for wall in interior.walls:
        if flags >> wall.bit & 1:
            hidden += cells(wall)
    for number, floor in enumerate(interior.floors):
        counter = floor_counter(flags, number)
        aside = shake_px(counter)
        if aside or counter == GONE:
            hidden += cells(floor)
        if aside:
            shaking += [(cell, aside) for cell in cells(floor)]
    return frozenset(hidden), shaking


def _view(at_px: tuple[int, int]) -> Box:
    """The box of a view, from its top left."""
    return at_px[0], at_px[1], at_px[0] + VIEW_PX, at_px[1] + VIEW_HEIGHT_PX
