"""What holding buttons for a few ticks came to, remembered over equal surroundings: it is not stepped again.

What a body does depends on the tiles that it comes near and on nothing else, as long as nothing moves, gives
way, opens or ends there. So a piece of a walk or of a flight that was stepped once is known wherever the same
tiles lie round the same body: elsewhere in the room, in another room, in the next stage.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from ..motion import SUB, AnyMotion, Body, EventKind, FreeMotion, Motion, OwnMotion, Place, State, Terrain
from ..motion.around import FARTHEST_ASKED_PX
from ..motion.interior import Interior
from ..motion.mechanisms import COUNTER_BIT, KEY_HALF_PX, cells
from ..motion.own import MOST_MOVED_SUB
from ..motion.terrain import PAD_ABOVE, PAD_BELOW
from ..nes.roles import TILE

MOST_PIECES = 200_000
"""Pieces that are remembered; then all are forgotten. A stage has 2,000 different ones. (measured)"""
_UNLIKE = 255
"""The kind of tiles where something happens that the tiles do not say; no surroundings with one are equal."""
_TILE_SUB = TILE * SUB


class Piece(NamedTuple):
    """What holding buttons came to, from where it began."""

    ends: tuple[Body, Body]
    """Before the last tick and after it; their positions from where it began."""
    path_px: tuple[tuple[int, int], ...]
    """Where the feet were after each tick, from where they were at first."""
    events: tuple[EventKind, ...]
    """Of the last tick; there are none before."""
    swept_px: tuple[int, int, int, int]
    """The least and the most of the path, its start included: left, top, right, bottom."""


class _Window(NamedTuple):
    """A rectangle of tiles, from the tile that the feet are in at first."""

    column: int
    row: int
    columns: int
    rows: int


class Memory:
    """The pieces of one motion."""

    def __init__(self) -> None:
        self._known: dict[tuple[int, ...], dict[_Window, dict[bytes, Piece]]] = {}
        self._count = 0

    def of(self, key: tuple[int, ...]) -> dict[_Window, dict[bytes, Piece]]:
        """By window, then by the kinds of its tiles: what buttons do to a body. The key names both."""
        return self._known.setdefault(key, {})

    def keep(self, key: tuple[int, ...], window: _Window, kinds: bytes, piece: Piece) -> None:
        """Remembers a piece."""
        if self._count >= MOST_PIECES:
            self._known.clear()
            self._count = 0
        self.of(key).setdefault(window, {})[kinds] = piece
        self._count += 1


@lru_cache(maxsize=8)
def memory_of(motion: AnyMotion) -> Memory:
    """What is remembered of a motion, for as long as this process runs."""
    return Memory()


class RoomMemory:
    """The memory of a motion, as one room uses it."""

    def __init__(self, interior: Interior, motion: AnyMotion) -> None:
        self.interior, self.motion = interior, motion
        self._memory = memory_of(motion)
        self._seen: dict[int, tuple[Terrain, bytes]] = {}
        self._margin_px = 0
        """How far round its box a body may look that does nothing but ride."""
        self._above_px = motion.height_px
        if isinstance(motion, OwnMotion):
            # By fractions of a pixel a body comes near a ceiling without a bump.
            self._above_px += 1
            if not motion.is_trusted:
                self._margin_px = FARTHEST_ASKED_PX + MOST_MOVED_SUB // SUB
        speed_sub = motion.walk_sub if isinstance(motion, Motion | FreeMotion) else 0
        self._aside_px = motion.half_width_px + self._margin_px - (-speed_sub // SUB)

    def recall(self, place: Place, state: State, buttons: int, ticks: int) -> Piece | None:
        """What holding buttons from a state on comes to, until something happens but for so many ticks at
        most; None where that is not known."""
        if state.flags >> COUNTER_BIT:
            return None
        key, feet, terrain, kinds = self._where(state, buttons, ticks)
        for window, known in self._memory.of(key).items():
            piece = known.get(_look(kinds, terrain.stride, feet, window))
            if piece is not None:
                return piece if self._is_still(place, state, piece) else None
        return None

    def keep(self, place: Place, state: State, buttons: int, ticks: int, piece: Piece) -> None:
        """Remembers what was stepped, unless it touched what the tiles do not say."""
        if state.flags >> COUNTER_BIT or not self._is_still(place, state, piece):
            return
        key, feet, terrain, kinds = self._where(state, buttons, ticks)
        window = self._window(state.body, piece)
        top = state.body.y_sub // _TILE_SUB - terrain.origin[1] + window.row
        if top < -PAD_ABOVE or top + window.rows > terrain.height + PAD_BELOW:
            return
        around = _look(kinds, terrain.stride, feet, window)
        if _UNLIKE not in around:
            self._memory.keep(key, window, around, piece)

    def is_air(self, state: State, moved_px: tuple[int, int, int, int]) -> bool:
        """Whether there is nothing but air round a body, its floor's row included, wherever it is moved to:
        least and most, left, up, right and down, px."""
        left, up, right, down = moved_px
        x_px, y_px = state.body.x_sub // SUB, state.body.y_sub // SUB
        margin, (terrain, kinds) = self._margin_px, self._kinds(state.flags)
        half = self.motion.half_width_px + margin
        first, last = (x_px + left - half) // TILE, (x_px + right + half - 1) // TILE
        top = (y_px + up - self.motion.height_px - margin) // TILE
        bottom = (y_px + down + margin) // TILE
        window = _Window(first, top, last - first + 1, bottom - top + 1)
        around = _look(kinds, terrain.stride, terrain.base, window)
        return len(around) == window.columns * window.rows and not any(around)

    def _where(self, state: State, buttons: int, ticks: int) -> tuple[tuple[int, ...], int, Terrain, bytes]:
        """The key of a body and its buttons, the byte of the tile that the feet are in, and the kinds."""
        body = state.body
        terrain, kinds = self._kinds(state.flags)
        column, x_sub = divmod(body.x_sub, _TILE_SUB)
        row, y_sub = divmod(body.y_sub, _TILE_SUB)
        feet = terrain.base + row * terrain.stride + column
        return (buttons, ticks, x_sub, y_sub, *body[2:]), feet, terrain, kinds

    def _is_still(self, place: Place, state: State, piece: Piece) -> bool:
        """Whether a piece stays away from all that moves."""
        platforms = place.interiors[state.room].platforms
        if not platforms:
            return True
        x_px, y_px, margin = state.body.x_sub // SUB, state.body.y_sub // SUB, self._margin_px
        half = self.motion.half_width_px + margin
        left, top, right, bottom = piece.swept_px
        return not any(
            sweep[0] - half < x_px + right
            and x_px + left < sweep[2] + half
            and sweep[1] <= y_px + bottom + 1 + margin
            and y_px + top <= sweep[3] + 1 + margin
            for sweep in (platform.sweep_px for platform in platforms)
        )

    def _window(self, body: Body, piece: Piece) -> _Window:
        """The tiles that were looked at: those of the body's box all along, of the pixels beside that it
        tried to move to, and above where it bumped."""
        x_px, y_px = body.x_sub // SUB, body.y_sub // SUB
        left, top, right, bottom = piece.swept_px
        aside, margin = self._aside_px, self._margin_px
        above = self._above_px + margin + (EventKind.BUMPED in piece.events)
        first, last = (x_px + left - aside) // TILE, (x_px + right + aside - 1) // TILE
        highest, lowest = (y_px + top - above) // TILE, (y_px + bottom + margin) // TILE
        return _Window(first - x_px // TILE, highest - y_px // TILE, last - first + 1, lowest - highest + 1)

    def _kinds(self, flags: int) -> tuple[Terrain, bytes]:
        """The terrain as it is now, and its padded kinds, marked where there is more than they say."""
        terrain = self.interior.terrain(flags)
        seen = self._seen.get(id(terrain))
        if seen is None:
            seen = self._seen[id(terrain)] = terrain, _marked(self.interior, terrain)
        return seen


def _marked(interior: Interior, terrain: Terrain) -> bytes:
    """`Terrain.padded`, but _UNLIKE beside and below the room, at its exit and keys, and where a floor gives
    way."""
    kinds, stride = bytearray(terrain.padded), terrain.stride
    kinds[::stride] = kinds[stride - 1 :: stride] = bytes([_UNLIKE]) * (len(kinds) // stride)
    kinds[-PAD_BELOW * stride :] = bytes([_UNLIKE]) * (PAD_BELOW * stride)
    where = [cell for floor in interior.floors for cell in cells(floor)]
    for key in interior.keys:
        columns = range((key.x_px - KEY_HALF_PX) // TILE, (key.x_px + KEY_HALF_PX - 1) // TILE + 1)
        rows = range((key.y_px - 2 * KEY_HALF_PX) // TILE, (key.y_px - 1) // TILE + 1)
        where += [(column, row) for column in columns for row in rows]
    if interior.exit is not None:
        column, row = interior.exit
        where += [(column, row - 1), (column, row)]
    for column, row in where:
        kinds[terrain.base + row * stride + column] = _UNLIKE
    return bytes(kinds)


def _look(kinds: bytes, stride: int, feet: int, window: _Window) -> bytes:
    """The kinds in a window round the feet's tile; too few of them where it reaches out of the terrain."""
    first, columns = feet + window.row * stride + window.column, window.columns
    if first < 0:
        return b""
    last = first + window.rows * stride
    return b"".join([kinds[at : at + columns] for at in range(first, last, stride)])
