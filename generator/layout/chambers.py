"""Rooms of one screen with a purpose: where the treasure lies, the key, the boss, the door out of the stage.

All are drawn with their door on the left and turned round where it is on the right. The first of each kind
is plain: nothing in it can fail.
"""

from __future__ import annotations

from collections.abc import Callable

from ..nes.roles import Role
from .canvas import LOWEST_GROUND, ROOF_ROW, Canvas

GROUND = LOWEST_GROUND
"""Row of the floor."""

Chamber = Callable[[Canvas], None]
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
    for step in range(steps):
        c.block(left + step, GROUND - 1 - step, wide - 2 * step, 1)
    return left + steps - 1 + r.below(wide - 2 * steps + 1), GROUND - 1 - steps


def gallery(c: Canvas) -> tuple[int, int]:
    """A storey up at the far wall, and a ledge that leads there."""
    r = c.rng
    wide, thick = r.between(2, 5), r.between(1, 3)
    left = c.x - 1 - wide
    c.block(left, GROUND - 4, wide, thick)
    step = r.between(2, 3)
    c.platform(left - step - r.below(3), GROUND - 2, step)
    if r.chance(1, 2):
        c.candle(left + r.below(wide), GROUND - 2)
    return left + r.below(wide - 1), GROUND - 5


def niche(c: Canvas) -> tuple[int, int]:
    """A hole in the far wall, and another one above or below it."""
    r = c.rng
    deep = r.between(2, 4)
    left = c.x - 1 - deep
    c.block(left, ROOF_ROW + 1, deep, GROUND - ROOF_ROW - 1)
    for floor in (GROUND, GROUND - 4):
        c.grid[floor - 3 : floor, left : c.x - 1] = Role.BACKDROP
    step = r.between(2, 3)
    c.platform(left - step - r.below(3), GROUND - 2, step)
    if r.chance(1, 2):
        c.candle(left + 1, GROUND - 2)
        return left + r.below(deep - 1), GROUND - 5
    c.candle(left + 1, GROUND - 6)
    return left + r.below(deep - 1), GROUND - 1


def behind_spikes(c: Canvas) -> tuple[int, int]:
    """A trench or two before a dais."""
    r = c.rng
    column = r.between(3, 4)
    for _ in range(r.between(1, 2)):
        c.grid[GROUND, column : column + 2] = Role.SPIKES
        c.guard(column - 1, column + 3)
        column += 4
    return dais(c, first=max(column - 1, 8))


def behind_pool(c: Canvas) -> tuple[int, int]:
    """Water before a dais, planks across it."""
    r = c.rng
    column, planks = r.between(3, 4), r.between(2, 3)
    wide = 4 + planks
    c.grid[GROUND:, column : column + wide] = Role.BACKDROP
    c.grid[GROUND + 1 :, column : column + wide] = Role.WATER
    c.platform(column + 2, GROUND - r.below(2), planks)
    c.guard(column - 1, column + wide + 1)
    return dais(c, first=column + wide)


SITES: tuple[Site, ...] = (dais, gallery, niche, behind_spikes, behind_pool)


def furnish(c: Canvas, end: int = 14) -> None:
    """Columns at both sides, candles high and low up to a column, where there is room."""
    r = c.rng
    near = r.between(2, 5)
    for column in (near, c.x - 1 - near):
        c.wish("column", column, ROOF_ROW + 1, 1, GROUND - ROOF_ROW - 1)
    for first in (2, 6, 10):
        column, row = r.between(first, first + 3), GROUND - r.between(2, 4)
        if column < end and all(abs(at - column) > 1 for at, _ in c.candles):
            c.candle(column, row)


def _pair_of_windows(c: Canvas) -> None:
    r = c.rng
    middle, apart, high = c.x // 2, r.between(1, 3), r.between(2, 3)
    row = GROUND - 5 - high + r.below(2)
    c.wish("window", middle - apart - 2, row, 2, high)
    c.wish("window", middle + apart, row, 2, high)


# Treasuries and chapels.


def plain_treasury(c: Canvas) -> None:
    """A chest on a step."""
    c.block(10, GROUND - 1, 4, 1)
    c.reward("treasure", 11, GROUND - 2)
    c.candle(4, GROUND - 4)


def treasury(c: Canvas) -> None:
    """What lies behind the wall: a chest, and a meal or another one beside it."""
    column, row = c.rng.choice(SITES)(c)
    c.reward("treasure", column, row)
    c.reward("treasure" if c.rng.chance(1, 3) else "roast", column + 1, row)
    furnish(c)


def plain_chapel(c: Canvas) -> None:
    """A key on an altar."""
    c.block(10, GROUND - 1, 4, 1)
    c.reward("key", 11, GROUND - 2)
    c.candle(4, GROUND - 4)
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
        c.candle(column, GROUND - 3)


def arena(c: Canvas) -> None:
    """Level ground between ledges to get out of the way."""
    r = c.rng
    wide, aside = r.between(2, 3), r.between(2, 4)
    high = r.chance(1, 2)
    for left in (aside, c.x - aside - wide):
        if r.chance(2, 3):
            c.platform(left, GROUND - 2, wide)
            c.candle(left + r.below(wide), GROUND - 4)
    if high:
        middle = r.between(2, 3)
        c.platform(c.x // 2 - middle, GROUND - 4, 2 * middle)
    furnish(c)


def plain_vestibule(c: Canvas) -> None:
    """The door out of the stage."""
    c.door = 12, GROUND - 1
    c.candle(6, GROUND - 3)


def vestibule(c: Canvas) -> None:
    """Steps up to the door. Nothing is behind it: who touches it is gone."""
    r = c.rng
    steps, left = r.below(3), c.x - 1 - r.between(3, 5)
    for step in range(steps, 0, -1):
        c.block(left, GROUND - step, c.x - 1 - left, 1)
        left -= r.between(1, 2)
    c.door = c.x - r.between(2, 3), GROUND - 1 - steps
    furnish(c, end=c.door[0] - 1)


CHAMBERS: dict[str, tuple[Chamber, Chamber]] = {
    "treasury": (plain_treasury, treasury),
    "chapel": (plain_chapel, chapel),
    "arena": (plain_arena, arena),
    "vestibule": (plain_vestibule, vestibule),
}
"""Of each kind, the template and what is rolled."""
