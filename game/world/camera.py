"""Where the view of 256x240 px is in a room. Sideways the hero is in its middle; up and down it waits until
he leaves a band, so that a jump does not shake the picture. It never shows what lies outside the room."""

from __future__ import annotations

from generator.level import SCREEN_ROWS
from generator.motion.interior import Interior
from generator.nes.roles import TILE

from .boxes import Box

VIEW_PX = 256
"""Width of the view."""
VIEW_HEIGHT_PX = SCREEN_ROWS * TILE
"""Height of the view; the status bar covers its top two rows."""
VIEW_SIZE = VIEW_PX, VIEW_HEIGHT_PX
"""Width and height of the whole picture, as the NES's."""
BAND_TOP_PX, BAND_BOTTOM_PX = 128, 176
"""Between which heights of the view the feet move before the view follows: a jump's 36 px fit in, and below
the feet four tiles are seen. (ours)"""
REST_PX = 144
"""The height of the view at which the feet are when a room is entered: half a body below the middle of what
the status bar leaves."""


def room_px(interior: Interior) -> Box:
    """The rectangle of a room, px."""
    x, y, width, height = interior.room
    return x * TILE, y * TILE, (x + width) * TILE, (y + height) * TILE


def left_edge(room: Box, x_px: int) -> int:
    """The view's left edge for feet at x. A room narrower than the view begins at its left edge."""
    return max(room[0], min(x_px - VIEW_PX // 2, room[2] - VIEW_PX))


def first_top_edge(room: Box, y_px: int) -> int:
    """The view's top edge for feet that have just come to y."""
    return _within(room, y_px - REST_PX)


def next_top_edge(room: Box, top_px: int, y_px: int) -> int:
    """The view's top edge a tick later, for feet that are at y by now."""
    return _within(room, min(max(top_px, y_px - BAND_BOTTOM_PX), y_px - BAND_TOP_PX))


def _within(room: Box, top_px: int) -> int:
    return max(room[1], min(top_px, room[3] - VIEW_HEIGHT_PX))


def first_view(room: Box, x_px: int, y_px: int) -> tuple[int, int]:
    """Left and top edge of the view for feet that have just come to (x, y)."""
    return left_edge(room, x_px), first_top_edge(room, y_px)
