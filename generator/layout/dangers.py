"""Dangerous sections of strips: pits, spikes, water, and planks and platforms over them.

They are as wide as the others (`sections`), and begin and end on level ground as they do. What a jump of the
NES can do (FACTS) bounds them: gaps of 2 tiles, of 1 up to a landing 2 tiles higher. Under what has to be
crossed is a floor that kills or a way back, never a pocket.
"""

from __future__ import annotations

from .canvas import FLOOR_ROW, Canvas

QUIET = 8
"""Columns round planks and platforms where nobody walks: there is no time to fight on them."""


def pits(c: Canvas) -> None:
    """Holes to jump, islands to breathe on; sometimes a wide one with a plank to help."""
    r = c.rng
    c.flat(3)
    for _ in c.bays(2 + min(c.hard, 4) // 2 + r.below(2), 17):
        if r.chance(1, 3):
            gap = c.gap(1)
            x = c.pit(2 * gap + 2) + gap
            c.platform(x, c.ground - r.below(2), 2)
            c.candle(x + r.below(2), c.ground - 4)
        else:
            c.pit(c.gap())
        c.landing(r.between(3, 5) if c.hard < 3 else r.between(2, 4))
        if r.chance(1, 2):
            c.climb(r.choice((-1, 1)))
            c.landing(2)
    c.bat(c.x - 2, c.ground - 4)
    c.flat(3)


def pillars(c: Canvas) -> None:
    """Stumps of masonry that stand in the void at changing heights."""
    r = c.rng
    c.flat(3)
    home = c.ground
    for i in c.bays(r.between(3, 4) + min(c.hard, 4) // 2, 12):
        c.pit(c.gap(1))
        c.ground = home
        c.climb(r.choice((-1, 0, 0, 1)) if i % 2 else 0)
        x = c.landing(3 if c.hard < 2 else r.between(2, 3))
        if i % 2:
            c.candle(x + 1, c.ground - 3)
    c.pit(c.gap(1))
    c.ground = home
    c.flat(3)
    c.bat(c.x - 1, c.ground - 4)


def bridge(c: Canvas) -> None:
    """A broken bridge of planks over water."""
    r = c.rng
    _shore(c)
    spans = r.between(3, 4) + min(c.hard, 4) // 3
    plank = 4 if c.hard < 2 else 3
    gap = c.gap(1)
    span = plank + gap
    spans = min(spans, (c.left - 3 - gap) // span)
    raised = [r.choice((0, 0, 1)) for _ in range(0, spans, 2)]  # of every second plank
    start = c.water(spans * span + gap)
    for i in range(spans):
        x = start + gap + i * span
        row = c.ground - (raised[i // 2] if i % 2 else 0)
        c.platform(x, row, plank)
        if i % 2 == 1:
            c.candle(x + plank // 2, row - 3)
    c.bat(start + spans * span // 2, c.ground - 5)
    c.guard(start, c.x)
    c.flat(3)


def lake(c: Canvas) -> None:
    """Platforms that climb over water to a high one with candles, and come down again."""
    r = c.rng
    _shore(c)
    g = c.ground
    start = c.water(16)
    c.platform(start + 1, g - 1, 3)
    c.platform(start + 5, g - 1 - c.rise, 6)
    c.platform(start + 12, g - 1, 3)
    if r.chance(1, 2):
        c.platform(start + 6, g, 4)
    c.candle(start + 7, g - 5)
    c.candle(start + 8, g - 5)
    c.candle(start + 2, g - 4)
    c.guard(start, c.x)
    c.flat(3)


def trench(c: Canvas) -> None:
    """Spikes let into the floor, with room to land between them."""
    r = c.rng
    c.flat(3)
    for _ in c.bays(2 + min(c.hard, 4) // 2 + r.below(2), 12):
        c.spikes(c.gap())
        x = c.landing(r.between(3, 4) if c.hard < 3 else r.between(2, 3))
        if r.chance(1, 2):
            c.candle(x + 1, c.ground - 3)
    if r.chance(1, 2) and c.left >= 12:
        # A head that bumps falls short of the other side.
        up = c.rise if c.ground >= c.roof + 8 else 1
        gap = c.gap(up)
        x = c.spikes(2 * gap + 3) + gap
        c.platform(x, c.ground - up, 3)
        c.candle(x + 1, c.ground - up - 2)
    c.flat(3)


def planks(c: Canvas) -> None:
    """Rotten planks over water: each gives way soon after the first step, so nobody may dawdle."""
    r = c.rng
    _shore(c)
    n = min(r.between(3, 4) + min(c.hard, 4) // 2, (c.left - 3) // 2)
    start = c.water(2 * n)
    for i in range(n):
        c.crumbling(start + 2 * i, c.ground, 2)
    for column in range(start + 2, start + 2 * n - 1, 4):
        c.candle(column, c.ground - 3)
    c.flat(3)
    c.guard(start - QUIET, c.x + QUIET)
    c.bat(c.x - 1, c.ground - 4)


def machine(c: Canvas) -> None:
    """A platform that goes to and fro over what kills."""
    r = c.rng
    _shore(c, 4)
    gap = r.between(7, 9)
    start = c.water(gap) if r.chance(1, 2) else c.pit(gap)
    c.ferry(start, c.ground, 3, gap - 3)
    c.candle(start + gap // 2, c.ground - 3)
    c.flat(4)
    c.guard(start - QUIET, c.x + QUIET)
    c.bat(c.x - 2, c.ground - 5)


def _shore(c: Canvas, columns: int = 3) -> None:
    """Level ground that ends above the lowest row, so that there is depth for water."""
    c.flat(columns)
    if c.ground == FLOOR_ROW:
        c.climb(1)
        c.flat(columns - 1)
