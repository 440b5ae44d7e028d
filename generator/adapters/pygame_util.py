"""Levels as pygame surfaces, in pygame-ce and in pygame 2.6 alike.

    from ganvania import Dreamer, pygame_util

    level = Dreamer().level(seed=7)
    pygame_util.draw(screen, level, (camera_x, camera_y))     # once a frame, before the sprites

`draw` keeps what it has drawn of a level, in surfaces of a screen each, until the level is gone. Anything
with the fields of a `Level` can be drawn: one's own dressed map, a level in another style.
"""

from __future__ import annotations

import weakref
from collections.abc import Sequence
from typing import ClassVar, NamedTuple

import numpy as np
import pygame
from numpy.typing import NDArray

from ..errors import ArgumentError
from ..level import Level
from ..motion import State
from ..tiles.shown import Shown, ShownBank, check_shown, colours_of, rooms_of, tile_px_of
from .pictures import CLEAR, Pixels, assembled, keyed_tiles, over
from .pygame_things import draw_things

__all__ = ["LayerSurfaces", "draw", "draw_mechanisms", "layer_surfaces", "prepare", "tile_surfaces"]

FAR_SLOWNESS = 2
"""How many times slower than the field the far layer scrolls."""
STRIP_PX = 256
"""Side of a kept surface before it is scaled, px: a screen's width."""
MOST_HELD = 4
"""Views of values that cannot be watched, and so are held, at most."""
OUTSIDE_RGB = (0, 0, 0)
"""What is seen beyond a level's edges."""

Box = tuple[int, int, int, int]
"""Left, top, right, bottom."""


class LayerSurfaces(NamedTuple):
    """The whole layers of a level, front to back; where nothing is in them they let through."""

    tiles: pygame.Surface
    backdrop: pygame.Surface
    far: pygame.Surface
    """It scrolls at half the speed, and repeats sideways."""


def draw(
    surface: pygame.Surface,
    level: Shown,
    camera: Sequence[float],
    *,
    scale: int = 1,
    room: int | None = None,
    far: bool = True,
) -> None:
    """Draws the part of a level that a camera sees, over all of a surface (within its clip).

    Args:
        surface: where to; its size is that of the view, `scale` times.
        level: anything with the fields of a `Level`.
        camera: the level's pixel (x, y) in the view's upper left corner. Parts of a pixel are cut off.
        scale: how many px of the surface a pixel of the level is wide and high: 1, 2, ...
        room: a room's number, to draw nothing beyond that room; None: all that is in view.
        far: whether the layer in the distance is drawn; without it the background colour is.
    Raises: ArgumentError, which is a ValueError, for what is no level, for a scale below 1 and for a room
        that there is not.

    The far layer's top is at the top of the room in which the view's middle lies.
    """
    view = _view_of(level, scale)
    x_px, y_px = int(camera[0] // 1), int(camera[1] // 1)
    width_px, height_px = (-(-side // view.scale) for side in surface.get_size())
    number = view.room_at(x_px + width_px // 2, y_px + height_px // 2) if room is None else room
    if not 0 <= number < len(view.rooms_px):
        raise ArgumentError(f"room: there is no room {room}; the level's are 0 to {len(view.rooms_px) - 1}")
    shown = view.level_px if room is None else view.rooms_px[number]
    clip = surface.get_clip()
    if x_px < shown[0] or y_px < shown[1] or x_px + width_px > shown[2] or y_px + height_px > shown[3]:
        surface.fill(OUTSIDE_RGB)
        left, top, right, bottom = (view.scale * edge for edge in shown)
        within = left - x_px * view.scale, top - y_px * view.scale, right - left, bottom - top
        surface.set_clip(clip.clip(pygame.Rect(within)))
    if far:
        view.draw_far(surface, view.far_px((x_px, y_px), number, height_px), (width_px, height_px))
    else:
        surface.fill(view.background_rgb)
    view.draw_near(surface, (x_px, y_px), (width_px, height_px))
    surface.set_clip(clip)


def draw_mechanisms(
    surface: pygame.Surface,
    level: Level,
    camera: Sequence[float],
    state: State | None = None,
    *,
    tick: int = 0,
    scale: int = 1,
) -> None:
    """Draws what `draw` leaves out, since it changes: lifts, floors that crumble, walls that break, keys,
    locked doors, and the door out. Call it after `draw`, with the same camera and scale.

    Args:
        surface, camera, scale: as of `draw`.
        level: a `Level`; a dressed map has no mechanisms.
        state: the hero's state, for games that move him by `motion.step`: keys taken, walls broken, floors
            gone, and where the lifts of his room are.
        tick: without a state, the tick of every room's clock: `lift.at(tick)` says where a lift is.

    Lifts are made of the level's platform tiles; keys, bars and doors are plain shapes until you draw your
    own.
    Raises: ArgumentError for what has no mechanisms.
    """
    view = _view_of(level, scale)
    if not isinstance(level, Level):
        raise ArgumentError(f"level: a {type(level).__name__} has no mechanisms; hand in a Level")
    brush = _Brush(surface, view, level, (int(camera[0] // 1), int(camera[1] // 1)))
    draw_things(brush, level, state, tick)


def prepare(level: Shown, *, scale: int = 1) -> None:
    """Makes all that `draw` would make in its first frames, 0.6 ms for each screen of a level. (measured)

    Call it where nobody waits for a frame, such as behind a title.
    """
    view = _view_of(level, scale)
    width_px, height_px = view.level_px[2:]
    canvas = pygame.Surface((1, 1), 0, 32)
    view.draw_near(canvas, (0, 0), (width_px, height_px))
    far_px = width_px // FAR_SLOWNESS + STRIP_PX, max(1, view.far_height_px)
    view.draw_far(canvas, (0, 0), far_px)


def tile_surfaces(bank: ShownBank) -> list[pygame.Surface]:
    """The tiles of a bank as surfaces, by their indices. Bushes and the like let through beside the plant."""
    paint = _Paint(bank)
    return [paint.surface(pixels, keyed=bool((pixels == CLEAR).any())) for pixels in keyed_tiles(bank)[:-1]]


def layer_surfaces(level: Shown) -> LayerSurfaces:
    """The three layers of a level as a surface each, for those who draw them themselves.

    A castle's two near layers are 3,328x960 px, 13 MB each.
    """
    check_shown(level)
    paint, tiles = _Paint(level.bank), keyed_tiles(level.bank)
    grids = level.tiles, level.backdrop, level.far
    return LayerSurfaces(*(paint.surface(assembled(tiles, grid), keyed=True) for grid in grids))


def _view_of(level: Shown, scale: int) -> View:
    """The view of a level. Raises ArgumentError for what is none, and for a scale that is none."""
    if not isinstance(scale, int | float) or scale < 1 or scale != int(scale):
        raise ArgumentError(f"scale: {scale!r} is no whole number from 1 on")
    check_shown(level)
    return View.of(level, int(scale))


class _Brush:
    """See `pygame_things.Brush`."""

    def __init__(self, surface: pygame.Surface, view: View, level: Level, camera_px: tuple[int, int]) -> None:
        self._surface, self._view, self._level = surface, view, level
        self._x_px, self._y_px = camera_px
        self.planks = view.planks

    def tile(self, index: int, x_px: int, y_px: int) -> None:
        """A tile of the bank."""
        scale = self._view.scale
        self._surface.blit(self._view.tile(index), ((x_px - self._x_px) * scale, (y_px - self._y_px) * scale))

    def behind(self, cell: tuple[int, int]) -> None:
        """What is behind a cell: backdrop, and the far layer as this camera sees it."""
        column, row = cell
        x_px, y_px = column * self._view.tile_px, row * self._view.tile_px
        size_px = (
            -(-self._surface.get_width() // self._view.scale),
            -(-self._surface.get_height() // self._view.scale),
        )
        clip = self._surface.get_clip()
        self._surface.set_clip(clip.clip(self._placed((x_px, y_px, self._view.tile_px, self._view.tile_px))))
        number = self._view.room_at(self._x_px + size_px[0] // 2, self._y_px + size_px[1] // 2)
        far_px = self._view.far_px((self._x_px, self._y_px), number, size_px[1])
        self._view.draw_far(self._surface, far_px, size_px)
        if (index := int(self._level.backdrop[row, column])) >= 0:
            self.tile(index, x_px, y_px)
        self._surface.set_clip(clip)

    def box(self, rect: tuple[int, int, int, int], rgb: tuple[int, int, int]) -> None:
        """A filled rectangle."""
        self._surface.fill(rgb, self._placed(rect))

    def _placed(self, rect: tuple[int, int, int, int]) -> pygame.Rect:
        scale = self._view.scale
        left, top, width, height = rect
        return pygame.Rect(
            (left - self._x_px) * scale, (top - self._y_px) * scale, width * scale, height * scale
        )


class _Paint:
    """A bank's colours, and one that it does not have, for what lets through."""

    def __init__(self, bank: ShownBank) -> None:
        colours = [tuple(rgb) for rgb in colours_of(bank).tolist()]
        self.key = next((255, n, 255) for n in range(256) if (255, n, 255) not in colours)
        self._background = int(bank.palettes[0, 0])
        like = pygame.Surface((1, 1), 0, 32)
        self._mapped = np.array([like.map_rgb(rgb) for rgb in (*colours, self.key)], np.uint32)

    def surface(self, pixels: Pixels, *, keyed: bool, scale: int = 1) -> pygame.Surface:
        """Pixels uint16[h, w] as a surface; CLEAR lets through, or is the background where it is not
        keyed."""
        made = pygame.Surface((pixels.shape[1], pixels.shape[0]), 0, 32)
        table = self._mapped.copy()
        if not keyed:
            table[-1] = table[self._background]
        array = pygame.surfarray.pixels2d(made)
        array[:] = table.take(np.minimum(pixels, len(table) - 1).T)
        del array  # or the surface stays locked
        if scale > 1:
            made = pygame.transform.scale(made, (made.get_width() * scale, made.get_height() * scale))
        if keyed:
            made.set_colorkey(self.key)
        return made


class View:
    """One level at one scale: its strips, made when they are first seen."""

    _kept: ClassVar[dict[tuple[int, int], View]] = {}
    _held: ClassVar[list[tuple[Shown, tuple[int, int]]]] = []

    def __init__(self, level: Shown, scale: int) -> None:
        side = tile_px_of(level.bank)
        self.scale = scale
        self.tile_px = side
        self.far_height_px = len(level.far) * side
        self.background_rgb = tuple(colours_of(level.bank)[int(level.bank.palettes[0, 0])].tolist())
        self.rooms_px = [
            (x * side, y * side, (x + w) * side, (y + h) * side) for x, y, w, h in rooms_of(level)
        ]
        self.level_px: Box = (0, 0, level.roles.shape[1] * side, level.roles.shape[0] * side)
        self._paint, self._tiles = _Paint(level.bank), keyed_tiles(level.bank)
        self._grids = level.tiles, level.backdrop, level.far  # the arrays, not the level: it may go
        self._across = max(1, STRIP_PX // side)
        self._side_px = self._across * side
        self._near: dict[tuple[int, int], pygame.Surface] = {}
        self._far: dict[tuple[int, int], pygame.Surface] = {}
        self._single: dict[int, pygame.Surface] = {}
        self.planks: dict[int, list[int]] = {}
        """The tiles of a lift, by its width."""

    @classmethod
    def of(cls, level: Shown, scale: int) -> View:
        """That of a level, kept as long as the level is."""
        key = id(level), scale
        found = cls._kept.get(key)
        if found is None:
            found = cls._kept[key] = cls(level, scale)
            try:
                weakref.finalize(level, cls._kept.pop, key, None)
            except TypeError:  # a tuple or the like, which does not tell when it goes: the last few are held
                cls._held.append((level, key))
                if len(cls._held) > MOST_HELD:
                    cls._kept.pop(cls._held.pop(0)[1], None)
        return found

    def room_at(self, x_px: int, y_px: int) -> int:
        """The room that a pixel lies in, or the one that is nearest."""

        def away(room: Box) -> int:
            return max(room[0] - x_px, x_px - room[2] + 1, room[1] - y_px, y_px - room[3] + 1, 0)

        return min(range(len(self.rooms_px)), key=lambda number: away(self.rooms_px[number]))

    def far_px(self, at_px: tuple[int, int], room: int, height_px: int) -> tuple[int, int]:
        """The upper left corner, in the far layer, of a view from `at_px` on whose middle lies in a room."""
        lowest_px = max(0, self.far_height_px - height_px)
        below_px = max(0, at_px[1] - self.rooms_px[room][1])
        return at_px[0] // FAR_SLOWNESS, min(below_px // FAR_SLOWNESS, lowest_px)

    def tile(self, index: int) -> pygame.Surface:
        """A tile of the bank, scaled."""
        if index not in self._single:
            pixels = self._tiles[index]
            keyed = bool((pixels == CLEAR).any())
            self._single[index] = self._paint.surface(pixels, keyed=keyed, scale=self.scale)
        return self._single[index]

    def draw_near(self, surface: pygame.Surface, at_px: tuple[int, int], size_px: tuple[int, int]) -> None:
        """Draws tiles and backdrop."""
        columns, rows = self._within(at_px, size_px)
        last_column, last_row = ((side - 1) // self._side_px for side in self.level_px[2:])
        for row in range(max(0, rows.start), min(rows.stop, last_row + 1)):
            for column in range(max(0, columns.start), min(columns.stop, last_column + 1)):
                if (column, row) not in self._near:
                    self._near[column, row] = self._near_strip(column, row)
                self._blit(surface, self._near[column, row], (column, row), at_px)

    def draw_far(self, surface: pygame.Surface, at_px: tuple[int, int], size_px: tuple[int, int]) -> None:
        """Draws the far layer, and the background below it."""
        columns, rows = self._within(at_px, size_px)
        for row in rows:
            for column in columns:
                if (column, row) not in self._far:
                    self._far[column, row] = self._far_strip(column, row)
                self._blit(surface, self._far[column, row], (column, row), at_px)

    def _within(self, at_px: tuple[int, int], size_px: tuple[int, int]) -> tuple[range, range]:
        """The columns and rows of strips that a view meets."""
        columns, rows = (
            range(first // self._side_px, (first + side - 1) // self._side_px + 1)
            for first, side in zip(at_px, size_px, strict=True)
        )
        return columns, rows

    def _blit(
        self, surface: pygame.Surface, strip: pygame.Surface, at: tuple[int, int], at_px: tuple[int, int]
    ) -> None:
        left, top = (
            self.scale * (number * self._side_px - first) for number, first in zip(at, at_px, strict=True)
        )
        surface.blit(strip, (left, top))

    def _near_strip(self, column: int, row: int) -> pygame.Surface:
        x, y = column * self._across, row * self._across
        area = np.s_[y : y + self._across, x : x + self._across]
        tiles, backdrop, _ = self._grids
        front, behind = assembled(self._tiles, tiles[area]), assembled(self._tiles, backdrop[area])
        pixels = over(front, behind)
        return self._paint.surface(pixels, keyed=bool((pixels == CLEAR).any()), scale=self.scale)

    def _far_strip(self, column: int, row: int) -> pygame.Surface:
        far = self._grids[2]
        rows = np.arange(row * self._across, (row + 1) * self._across)
        columns = np.arange(column * self._across, (column + 1) * self._across) % far.shape[1]
        grid: NDArray[np.int16] = far[np.minimum(rows, len(far) - 1)][:, columns]
        grid = np.where((rows < len(far))[:, None], grid, -1)
        return self._paint.surface(assembled(self._tiles, grid), keyed=False, scale=self.scale)
