"""Chambers: rooms of one screen that hold the treasure, the key, the boss, or the door out of the stage.

All are drawn with their own door on the left, and mirrored where it is on the right.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from ..nes.roles import Role
from .canvas import FLOOR_ROW, ROOF_ROW, Canvas, Draw

Site = Callable[[Canvas], tuple[int, int]]
"""Builds something worth walking to; returns the column and row of its top, two free cells wide."""


# What is worth walking to stands on something.


def dais(c: Canvas, *, first: int = 8) -> tuple[int, int]:
    """One or two steps up from all sides."""
    r = c.rng
    room = c.x - 2 - first
    steps = r.between(1, 2) if room > 4 else 1
    wide = r.between(2 * steps, min(2 * steps + 2, room))
    left = r.between(first, c.x - 2 - wide)
    for up in range(steps):
        c.block(left + up, FLOOR_ROW - 1 - up, wide - 2 * up, 1)
    return left + steps - 1 + r.below(wide - 2 * steps + 1), FLOOR_ROW - 1 - steps


def gallery(c: Canvas) -> tuple[int, int]:
    """A storey up at the far wall, and a ledge that leads there."""
    r = c.rng
    wide, thick = r.between(2, 5), r.between(1, 3)
    left = c.x - 1 - wide
    c.block(left, FLOOR_ROW - 4, wide, thick)
    ledge = r.between(2, 3)
    c.platform(left - ledge - r.below(3), FLOOR_ROW - 2, ledge)
    if r.chance(1, 2):
        c.candle(left + r.below(wide), FLOOR_ROW - 2)
    return left + r.below(wide - 1), FLOOR_ROW - 5


def niche(c: Canvas) -> tuple[int, int]:
    """A hole in the far wall, and another one above or below it."""
    r = c.rng
    deep = r.between(2, 4)
    left = c.x - 1 - deep
    c.block(left, ROOF_ROW + 1, deep, FLOOR_ROW - ROOF_ROW - 1)
    for floor in (FLOOR_ROW, FLOOR_ROW - 4):
        c.grid[floor - 3 : floor, left : c.x - 1] = Role.BACKDROP
    ledge = r.between(2, 3)
    c.platform(left - ledge - r.below(3), FLOOR_ROW - 2, ledge)
    if r.chance(1, 2):
        c.candle(left + 1, FLOOR_ROW - 2)
        return left + r.below(deep - 1), FLOOR_ROW - 5
    c.candle(left + 1, FLOOR_ROW - 6)
    return left + r.below(deep - 1), FLOOR_ROW - 1


def behind_spikes(c: Canvas) -> tuple[int, int]:
    """A trench or two before a dais."""
    r = c.rng
    column = r.between(3, 4)
    for _ in range(r.between(1, 2)):
        c.grid[FLOOR_ROW, column : column + 2] = Role.SPIKES
        c.guard(column - 1, column + 3)
        column += 4
    return dais(c, first=max(column - 1, 8))


def behind_pool(c: Canvas) -> tuple[int, int]:
    """Water before a dais, planks across it."""
    r = c.rng
    column, planks = r.between(3, 4), r.between(2, 3)
    wide = 4 + planks
    c.grid[FLOOR_ROW:, column : column + wide] = Role.BACKDROP
    c.grid[FLOOR_ROW + 1 :, column : column + wide] = Role.WATER
    c.platform(column + 2, FLOOR_ROW - r.below(2), planks)
    c.guard(column - 1, column + wide + 1)
    return dais(c, first=column + wide)


SITES: tuple[Site, ...] = (dais, gallery, niche, behind_spikes, behind_pool)


def furnish(c: Canvas, end: int = 14) -> None:
    """Wishes for columns at both sides, and candles high and low before the column `end`, where there is
    room."""
    r = c.rng
    near = r.between(2, 5)
    for column in (near, c.x - 1 - near):
        c.wish("column", column, ROOF_ROW + 1, 1, FLOOR_ROW - ROOF_ROW - 1)
    for first in (2, 6, 10):
        column, row = r.between(first, first + 3), FLOOR_ROW - r.between(2, 4)
        if column < end and all(abs(at - column) > 1 for at, _ in c.candles):
            c.candle(column, row)


def _pair_of_windows(c: Canvas) -> None:
    """Wishes for two windows, high up on both sides of the middle."""
    r = c.rng
    middle, apart, high = c.x // 2, r.between(1, 3), r.between(2, 3)
    row = FLOOR_ROW - 5 - high + r.below(2)
    c.wish("window", middle - apart - 2, row, 2, high)
    c.wish("window", middle + apart, row, 2, high)


# Treasuries and chapels.


def plain_treasury(c: Canvas) -> None:
    """A chest on a step."""
    c.block(10, FLOOR_ROW - 1, 4, 1)
    c.reward("treasure", 11, FLOOR_ROW - 2)
    c.candle(4, FLOOR_ROW - 4)


def treasury(c: Canvas) -> None:
    """What lies behind the wall: a chest, and a meal or another one beside it."""
    column, row = c.rng.choice(SITES)(c)
    c.reward("treasure", column, row)
    c.reward("treasure" if c.rng.chance(1, 3) else "roast", column + 1, row)
    furnish(c)


def plain_chapel(c: Canvas) -> None:
    """A key on an altar."""
    c.block(10, FLOOR_ROW - 1, 4, 1)
    c.reward("key", 11, FLOOR_ROW - 2)
    c.candle(4, FLOOR_ROW - 4)
    _pair_of_windows(c)


def chapel(c: Canvas) -> None:
    """A key, and light from high windows."""
    column, row = c.rng.choice(SITES)(c)
    c.reward("key", column, row)
    _pair_of_windows(c)
    furnish(c)


# Where a stage ends.


def plain_arena(c: Canvas) -> None:
    """The boss's room: level ground."""
    for column in (4, 7, 11):
        c.candle(column, FLOOR_ROW - 3)


def arena(c: Canvas) -> None:
    """Level ground between ledges to get out of the way."""
    r = c.rng
    wide, aside = r.between(2, 3), r.between(2, 4)
    high = r.chance(1, 2)
    for left in (aside, c.x - aside - wide):
        if r.chance(2, 3):
            c.platform(left, FLOOR_ROW - 2, wide)
            c.candle(left + r.below(wide), FLOOR_ROW - 4)
    if high:
        middle = r.between(2, 3)
        c.platform(c.x // 2 - middle, FLOOR_ROW - 4, 2 * middle)
    furnish(c)


def plain_vestibule(c: Canvas) -> None:
    """The door out of the stage."""
    c.door = 12, FLOOR_ROW - 1
    c.candle(6, FLOOR_ROW - 3)


def vestibule(c: Canvas) -> None:
    """Steps up to the door. Nothing lies behind it: a hero who touches it leaves the stage."""
    r = c.rng
    steps, left = r.below(3), c.x - 1 - r.between(3, 5)
    for up in range(steps, 0, -1):
        c.block(left, FLOOR_ROW - up, c.x - 1 - left, 1)
        left -= r.between(1, 2)
    c.door = c.x - r.between(2, 3), FLOOR_ROW - 1 - steps
    furnish(c, end=c.door[0] - 1)


class Chamber(NamedTuple):
    """What draws a kind of chamber into an empty shell."""

    plain: Draw
    """The template, which cannot fail."""
    rolled: Draw


DRAWN_CHAMBERS = {
    "treasury": Chamber(plain_treasury, treasury),
    "chapel": Chamber(plain_chapel, chapel),
    "arena": Chamber(plain_arena, arena),
    "vestibule": Chamber(plain_vestibule, vestibule),
}
