"""Sections that only strips have: flights of stairs in the open room, a ferry whose clock is the strip's, and
small things for where nothing else has room.

A strip is one room with one clock, which the proof has to keep: all ferries of a strip go to and fro in the
same time.
"""

from __future__ import annotations

from ..nes.roles import Role
from .canvas import FLOOR_ROW, Canvas
from .dangers import QUIET

FLIGHT_ROWS = 4
"""Rows of a flight: from the lowest ground to the highest."""
GALLERY_ROWS = 5
"""Rows of a gallery over the ground: who walks under it has four free ones."""
FERRY_COLUMNS, FERRY_TILES = 7, 3
"""Width of what a ferry crosses, and of the ferry, tiles."""
HOP_COLUMNS = 8
"""Width of the widest hop."""


def hop(c: Canvas) -> None:
    """One thing to jump: a hole, spikes, a block, or a ledge with a candle over it."""
    r = c.rng
    c.landing(r.between(2, 3))
    what = r.below(4)
    if what == 0:
        c.pit(c.gap())
    elif what == 1:
        c.spikes(c.gap())
    else:
        wide = r.between(1, 2)
        x = c.landing(wide + 1)
        if what == 2:
            c.block(x, c.ground - 1, wide, 1)
            c.candle(x, c.ground - 3)
        else:
            c.platform(x, c.ground - c.rise, wide + 1)
            c.candle(x + wide, c.ground - c.rise - 2)
    c.landing(2)


def flight(c: Canvas) -> None:
    """Stairs up to a terrace that nobody jumps onto, and a way down from it, by stairs or in drops."""
    r = c.rng
    c.descend()
    c.flat(3)
    rows = min(FLIGHT_ROWS, c.ground - c.highest)
    x = c.flat(rows)
    c.stairs(x, c.ground - 1, rows, 1)
    c.guard(x - 1, c.x)
    c.climb(rows)
    x = c.flat(r.between(6, 9))
    c.candle(x + 2, c.ground - 2)
    c.candle(x + 4, c.ground - 2)
    if r.chance(1, 2):
        c.climb(-rows)
        x = c.flat(rows)
        c.stairs(x + rows - 1, c.ground - 1, rows, -1)
        c.guard(x, c.x + 1)
    else:
        while rows > 0:
            c.climb(-2)
            c.flat(r.between(2, 3))
            rows -= 2
    c.flat(3)


def gallery(c: Canvas) -> None:
    """A gallery between two flights: candles for those who climb, and under it another way, often over
    spikes."""
    r = c.rng
    c.descend()
    c.flat(3)
    g, wide = c.ground, r.between(7, 11)
    x = c.flat(2 * GALLERY_ROWS + wide)
    left, right = x + GALLERY_ROWS, x + GALLERY_ROWS + wide
    c.block(left, g - GALLERY_ROWS, wide, 1)
    c.stairs(x, g - 1, GALLERY_ROWS, 1)
    c.stairs(c.x - 1, g - 1, GALLERY_ROWS, -1)
    c.guard(x, left)
    c.guard(right, c.x)
    for column in range(left + 1, right - 1, 3):
        c.candle(column, g - GALLERY_ROWS - 2)
    for column in (left, right - 1):
        c.wish("column", column, g - GALLERY_ROWS + 1, 1, GALLERY_ROWS - 1)
    c.candle(left + wide // 2, g - 2)
    if r.chance(2, 3):
        for column in range(left + 2, right - 3, 4 + r.below(2)):
            c.grid[g, column : column + c.gap()] = Role.SPIKES
        c.guard(left, right)
    c.flat(3)


def ferry(c: Canvas) -> None:
    """A platform that goes to and fro over what kills, always in the same time."""
    r = c.rng
    c.flat(3)
    if c.ground == FLOOR_ROW:
        c.climb(1)
        c.flat(3)
    start = c.water(FERRY_COLUMNS) if r.chance(1, 2) else c.pit(FERRY_COLUMNS)
    c.ferry(start, c.ground, FERRY_TILES, FERRY_COLUMNS - FERRY_TILES)
    c.candle(start + FERRY_COLUMNS // 2, c.ground - 3)
    c.flat(4)
    c.guard(start - QUIET, c.x + QUIET)
    c.bat(c.x - 2, c.ground - 5)
