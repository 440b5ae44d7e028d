"""Sections of strips: each half a screen to a screen and a half wide, with one idea.

A section begins and ends on two columns or more of level ground, so any two can follow one another. What a
jump of the NES can do (FACTS) bounds them: steps and ledges of at most 2 tiles.
"""

from __future__ import annotations

from .canvas import FLOOR_ROW, ROOF_ROW, Canvas


def courtyard(c: Canvas) -> None:
    """Level ground under trees; a step or two."""
    r = c.rng
    for _ in range(r.between(2, 3)):
        n = r.between(5, 8)
        if c.left < n + 5:
            break
        x = c.flat(n)
        tree = r.between(3, 4)
        c.wish("tree", x + 1, c.ground - tree, tree - 1, tree)
        c.candle(x + n - 1, c.ground - 2)
        c.climb(r.choice((-1, 0, 0, 1, 1)))
    x = c.flat(3)
    c.wish("bush", x, c.ground - 1, 2, 1)


def graveyard(c: Canvas) -> None:
    """Stones between bare trees, and what walks there."""
    r = c.rng
    for i in c.bays(r.between(3, 4), 11):
        x = c.flat(r.between(4, 6))
        if i % 2:
            c.wish("tree", x, c.ground - 4, 3, 4)
        else:
            c.wish("column", x + 1, c.ground - 2, 1, 2)
            c.wish("bush", x + 2, c.ground - 1, 1, 1)
        c.candle(x + 3, c.ground - 2)
        c.climb(r.choice((-1, 0, 1)))
    c.flat(3)


def corridor(c: Canvas) -> None:
    """Bays of columns and windows under a ceiling of its own height."""
    r = c.rng
    before = c.roof
    c.roof = max(c.roof, min(c.roof + r.below(4), c.ground - 7))  # six free rows at least
    bay = r.between(5, 7)
    for i in range(min(r.between(3, 4), (c.left - 2) // bay)):
        x = c.flat(bay)
        _pillar(c, x)
        inside = r.below(4)
        if inside == 0 and c.ground - c.roof > 8:
            wide = r.between(2, 3)
            c.platform(x + 2, c.ground - 2, wide)
            c.candle(x + 2 + r.below(wide), c.ground - 4)
            c.guard(x, c.x)
        elif inside == 1:
            wide = r.between(1, 3)
            c.block(x + 2, c.ground - 1, wide, 1)
            c.candle(x + 2 + r.below(wide), c.ground - 3)
            c.guard(x, c.x)
        else:
            high = r.between(2, 4)
            c.wish("window", x + bay // 2, c.ground - 2 - high, 2, high)
            if i % 2 == 0:
                c.candle(x + bay - 1, c.ground - 2)
    _pillar(c, c.flat(2))
    c.roof = before


def colonnade(c: Canvas) -> None:
    """Pillars close together, each with something to fight for at its foot."""
    r = c.rng
    bay = r.between(3, 5)
    for i in c.bays(r.between(4, 6), bay + 2):
        x = c.flat(bay)
        _pillar(c, x)
        if i % 2:
            c.candle(x + 1, c.ground - (2 if r.chance(1, 2) else 4))
            if r.chance(1, 2):
                c.block(x + 1, c.ground - 1, r.between(1, bay - 2), 1)
                c.guard(x, x + bay)
        elif bay > 3:
            high = r.between(3, 5)
            c.wish("window", x + 2, c.ground - 3 - high, 2, high)
    _pillar(c, c.flat(2))


def _pillar(c: Canvas, column: int) -> None:
    """A pillar up to the ceiling, now and then broken off."""
    high = c.rng.between(2, 3) if c.rng.chance(1, 5) else c.ground - c.roof - 1
    c.wish("column", column, c.ground - high, 1, high)


def terrace(c: Canvas) -> None:
    """Steps up to a terrace, and perhaps down again."""
    r = c.rng
    c.flat(3)
    up = 0
    while c.ground > c.highest and up < 4:
        rows = r.between(1, c.rise)
        c.climb(rows)
        up += rows
        x = c.landing(r.between(2, 4))
    x = c.flat(r.between(5, 7))
    c.candle(x + 2, c.ground - 2)
    c.candle(x + 4, c.ground - 2)
    kind, wide = ("tree", 2) if c.outdoors else ("column", 1)
    c.wish(kind, x, c.ground - 3, wide, 3)
    if r.chance(1, 2):
        for _ in range(2):
            c.climb(-r.between(1, 2))
            c.flat(r.between(3, 4))
    c.flat(2)


def fall(c: Canvas) -> None:
    """Terraces down: drops that are fun and not to be climbed again."""
    r = c.rng
    c.flat(3)
    while c.ground < FLOOR_ROW - 1:
        c.climb(-r.between(1, 2))
        x = c.flat(r.between(3, 5))
        if r.chance(1, 2):
            c.candle(x + 2, c.ground - 2)
    x = c.flat(4)
    c.bat(x + 3, c.ground - 4)


def scaffold(c: Canvas) -> None:
    """A wall too high to jump, and platforms that lead up it; from its top a way down."""
    r = c.rng
    if c.ground < 11:
        fall(c)
    c.flat(3)
    g, up = c.ground, c.rise
    x = c.flat(7)
    if r.chance(1, 2):
        c.platform(x + 3, g - up, 4)
        c.candle(x + 1, g - 2)
    else:
        c.platform(x + 1, g - up, 3)
        c.platform(x + 5, g - up - 1, 2)
        c.candle(x + 2, g - 5)
    c.guard(x, c.x)
    c.climb(2 * up)
    x = c.flat(r.between(5, 7))
    c.candle(x + 2, c.ground - 2)
    c.candle(x + 3, c.ground - 2)
    c.wish("window", x + 3, c.ground - 4, 2, 2)
    if r.chance(2, 3):
        c.climb(-2)
        c.flat(r.between(3, 5))
        c.climb(-2)
        c.flat(3)
    c.flat(2)


def balcony(c: Canvas) -> None:
    """Ground to run along, and a climb above it for those who want the candles."""
    r = c.rng
    c.descend(c.roof + 8)
    x = c.flat(r.between(16, 20))
    g = c.ground
    c.platform(x + 3, g - 2, 3)
    c.platform(x + 7, g - 4, 3)
    top = g - 5 if g - 6 > c.roof + 2 else g - 4
    c.platform(x + 11, top, 4)
    row = max(top - 2, c.roof + 1, ROOF_ROW)
    for column in range(x + 11, x + 11 + r.between(2, 3)):
        c.candle(column, row)
    c.wish("column", x + 1, g - 4, 1, 4)
    c.wish("window", x + 8, g - 3, 2, 2)


def low(c: Canvas) -> None:
    """The ceiling comes down; steps up and down under it."""
    r = c.rng
    c.flat(3)
    old = c.roof
    for i in c.bays(r.between(3, 4), 13):
        c.roof = c.ground - (4 if i % 2 else 3) - (1 if c.hard < 2 else 0)
        x = c.flat(r.between(4, 5))
        c.candle(x + 2, c.ground - 2)
        c.roof = old
        x = c.flat(2)
        if i % 2 == 0:
            c.climb(r.choice((-1, 1)))
            c.flat(2)
    c.roof = old
    c.flat(2)


def storeys(c: Canvas) -> None:
    """Two floors: the upper one holds the candles, the lower one those who walk."""
    r = c.rng
    c.roof = ROOF_ROW
    c.descend()
    c.flat(3)
    g = c.ground
    x = c.flat(6)
    c.platform(x, g - 2, 3)
    c.platform(x + 3, g - 4, 3)
    c.guard(x, c.x)
    upper = g - 5
    n = min(r.between(12, 16), max(c.left - 4, 10))
    x = c.flat(n)
    hole = x + r.between(4, n - 6)
    for column in range(x, x + n):
        if not hole <= column < hole + 2:
            c.block(column, upper, 1, 1)
    for column in range(x, x + n, 4):
        c.wish("column", column, upper + 1, 1, g - upper - 1)
    for column in (x + 2, hole + 3, x + n - 2):
        c.candle(column, upper - 2)
    c.candle(x + n // 2, g - 2)
    c.wish("window", hole + 4, upper - 3, 2, 2)
    c.flat(4)


def rampart(c: Canvas) -> None:
    """The top of a wall: merlons to hop over, gaps where it has crumbled."""
    r = c.rng
    while c.ground > 10:
        c.climb(r.between(1, c.rise))
        c.flat(2)
    c.flat(2)
    for i in c.bays(r.between(4, 5), 10):
        x = c.flat(2)
        c.block(x, c.ground - 1, 2, 1)
        c.guard(x, c.x)
        c.flat(2)
        if i % 2 and c.rng.chance(1 + min(c.hard, 3), 5):
            c.pit(c.gap())
            c.landing(2)
        c.candle(x, c.ground - 4)
    c.bat(c.x - 1, c.ground - 5)
    c.flat(2)


def cavern(c: Canvas) -> None:
    """Rock above and below that comes and goes; a pool here and there."""
    r = c.rng
    old = c.roof
    c.flat(2)
    for i in c.bays(r.between(5, 6), 12):
        c.roof = max(old, min(old + r.below(4), c.ground - 6))
        x = c.flat(r.between(2, 4))
        if i % 2:
            c.candle(x + 1, c.ground - 2)
        c.climb(r.choice((-1, -1, 0, 1, 1)))
        if r.chance(1, 4):
            c.flat(2)
            c.guard(c.water(2), c.x)
            c.flat(2)
    c.roof = old
    c.flat(2)
