"""Tall rooms: stairwells, towers, halls and shafts, two or three screens high."""

from __future__ import annotations

from ..level import SCREEN_ROWS
from ..nes.roles import Role
from .canvas import ROOF_ROW, Canvas, Draw, floor_of


def stairwell(c: Canvas) -> None:
    """Two flights a storey, and a landing between them; a floor at every storey."""
    r = c.rng
    screens = c.rows // SCREEN_ROWS
    for screen in range(screens - 1, 0, -1):
        low, high = floor_of(screen), floor_of(screen - 1)
        first = r.between(6, 8)  # tiles of the first flight; the second has the storey's other ones
        foot = r.between(max(2, 16 - 2 * first), 12 - first)
        landing, turn = low - first, foot + first
        head = turn + 1 - (SCREEN_ROWS - first)
        c.block(turn, landing, c.x - 1 - turn, 1)
        c.block(1, high, head - 1, 1)
        c.platform(head + 1, high, 3)
        c.block(head + 4, high, c.x - 5 - head, 1)
        c.stairs(foot, low - 1, first, 1)
        c.stairs(turn, landing - 1, SCREEN_ROWS - first, -1)
        for column, row in ((13, landing), (turn, landing), (2, high), (12, high), (c.x - 6, low)):
            if r.chance(3, 5):
                c.candle(column + r.below(2), row - r.between(2, 3))
        c.wish("window", r.between(2, 3), landing - r.between(0, 2), 2, r.between(2, 4))
        c.wish("window", r.between(10, 12), high - r.between(5, 6), 2, 3)
        if r.chance(1, 2):
            c.mirror()
    c.candle(r.between(7, 8), floor_of(screens - 1) - 2)
    c.candle(2, floor_of(screens - 1) - 4)


def tower(c: Canvas) -> None:
    """Platforms to the top, a jump apart; a ledge at every door."""
    r = c.rng
    width, screens = c.x, c.rows // SCREEN_ROWS
    wide = 4 if c.hard < 3 else 3
    for screen in range(screens - 1, 0, -1):
        low, high = floor_of(screen), floor_of(screen - 1)
        column = r.between(3, 8)
        for row in range(low - c.rise, high, -c.rise):
            c.platform(column, row, wide)
            if r.chance(1, 4):
                c.candle(column + 1, row - 2)
            shift = r.between(2, 4) * (1 if r.chance(1, 2) else -1)
            if not 2 <= column + shift <= width - 2 - wide:
                shift = -shift
            column = min(max(column + shift, 2), width - 2 - wide)
        # A floor that lets through from below, and a hole in it: nobody drops through planks.
        hole = r.between(5, 8)
        c.platform(1, high, width - 2)
        c.grid[high, hole : hole + 2] = Role.BACKDROP
        c.candle(3, high - 3)
        c.candle(width - 4, high - 2)
    for screen in range(screens):
        c.wish("window", 7, floor_of(screen) - 5, 2, 3)
        if screen:
            c.bat(8, floor_of(screen) - 5)


def hall(c: Canvas) -> None:
    """A great staircase under a gallery that runs all round."""
    mirrored = c.rng.chance(1, 2)
    width = c.x
    low, high = floor_of(1), floor_of(0)
    c.block(1, high, 9, 1)
    c.block(width - 10, high, 9, 1)
    c.platform(11, high, width - 21)
    c.stairs(24, low - 1, 15, -1)
    for column in (3, 8, width - 9, width - 4):
        c.wish("column", column, high + 1, 1, low - high - 1)
        c.candle(column + 1, high - 2)
    c.wish("column", 15, ROOF_ROW + 1, 1, high - ROOF_ROW - 1)
    for column in (5, width - 7):
        c.wish("window", column, low - 7, 2, 3)
        c.wish("window", column, high - 6, 2, 3)
        c.candle(column, low - 2)
    if c.rng.chance(1, 2):
        c.platform(4, low - 2, 3)
        c.platform(2, low - 4, 3)
        c.candle(3, low - 6)
    c.candle(13, low - 2)
    c.candle(15, high - 3)
    c.bat(12, low - 5)
    if mirrored:
        c.mirror()


def shaft(c: Canvas) -> None:
    """A lift between two floors, and sometimes a ledge halfway that only who rides it comes to."""
    r = c.rng
    width = c.x
    low, high = floor_of(1), floor_of(0)
    lift = r.between(4, width - 7)
    c.block(1, high, lift - 1, 1)
    c.block(lift + 3, high, width - 4 - lift, 1)
    c.ferry(lift, low - 1, 3, 0, up=low - 1 - high)
    for row in (low - 2, low - r.between(5, 7), high - 3):
        # Within a whip's reach of the lift.
        c.candle(lift - 2, row)
        c.candle(lift + 4, row - r.below(2))
    if r.chance(1, 2):
        wide, row = r.between(2, 3), low - r.between(6, 8)
        ledge = r.choice((lift - 2 - wide, lift + 5))
        if 1 <= ledge <= width - 1 - wide:
            c.platform(ledge, row, wide)
            c.candle(ledge, row - 2)
    for column in (2, width - 5):
        c.wish("window", column + r.below(2), high + r.between(3, 6), 2, r.between(2, 4))


DRAWN_TALL: dict[str, Draw] = {"stairwell": stairwell, "tower": tower, "hall": hall, "shaft": shaft}
"""What draws each kind of tall room into an empty shell."""
