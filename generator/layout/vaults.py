"""Vaults: ceilings that are not straight. What hangs down from them stays out of the way of every jump."""

from __future__ import annotations

from collections.abc import Callable

from ..motion.mechanisms import MovingPlatform
from ..nes.roles import TILE, Role
from ..rng import Pcg32
from .canvas import NO_ROOF, Canvas

HEADROOM = 6
"""Rows that stay free over what carries a body: a jump takes a little more than 4. (FACTS)"""
ASIDE = 3
"""Columns to the left and to the right within which what carries a body counts."""
AIR = tuple(int(role) for role in (Role.SKY, Role.BACKDROP, Role.CANDLE))

Profile = Callable[[Pcg32, int], list[int]]
"""How many rows hang down in each of some columns."""


def vault(c: Canvas, *, rock: bool) -> None:
    """Lets the ceiling of the highest screen hang down here and there, without any order where it is rock."""
    profile = drips if rock else c.rng.choice((arcade, barrel, beams, beams, ruin, ruin))
    under = _under(c)
    for column, depth in enumerate(profile(c.rng, c.x)):
        roof = c.roof_at(column)
        lowest = min(under[max(column - ASIDE, 0) : column + ASIDE + 1])
        hangs = min(depth, lowest - HEADROOM - roof - 1)
        if roof == NO_ROOF or hangs <= 0 or not c.free(column, roof + 1, 1, hangs):
            continue
        c.block(column, roof + 1, 1, hangs)
        c.wishes = [
            wish._replace(row=wish.row + hangs, h=wish.h - hangs)
            if wish.kind == "column" and (wish.column, wish.row) == (column, roof + 1) and wish.h > hangs + 2
            else wish
            for wish in c.wishes
        ]


def _under(c: Canvas) -> list[int]:
    """The highest row below the ceiling of each column that carries or stops a body."""
    rows = []
    for column in range(c.x):
        row = c.roof_at(column) + 1
        while row < c.rows and int(c.grid[row, column]) in AIR:
            row += 1
        rows.append(row)
    for m in c.mechanisms:
        if isinstance(m, MovingPlatform):
            first, last = sorted((m.x_px, m.x_px + m.dx_px))
            for column in range(first // TILE, last // TILE + m.tiles):
                rows[column] = min(rows[column], m.y_px // TILE, (m.y_px + m.dy_px) // TILE)
    return rows


def arcade(r: Pcg32, columns: int) -> list[int]:
    """Piers at equal distances, with or without shoulders, symmetrical about the middle."""
    period, wide, deep = r.between(3, 7), r.between(1, 2), r.between(1, 3)
    offset, shoulders = r.below(period), r.chance(1, 2)
    found = []
    for column in range(columns):
        at = (abs(2 * column - columns + 1) // 2 + offset) % period
        beside = shoulders and at in (wide, period - 1)
        found.append(deep if at < wide else deep - 1 if beside else 0)
    return found


def barrel(r: Pcg32, columns: int) -> list[int]:
    """Lower towards the sides, step by step."""
    half: list[int] = []
    for depth in range(r.between(1, 3), 0, -1):
        half += [depth] * r.between(1, 4)
    half = (half + [0] * columns)[: columns // 2]
    return half + [0] * (columns % 2) + half[::-1]


def beams(r: Pcg32, columns: int) -> list[int]:
    """Beams of any width and distance, symmetrical about the middle."""
    half = ruin(r, columns // 2)
    return half + [0] * (columns % 2) + half[::-1]


def ruin(r: Pcg32, columns: int) -> list[int]:
    """Beams of any width and distance, without any symmetry."""
    found: list[int] = []
    while len(found) < columns:
        found += [0] * r.between(1, 5) + [r.between(1, 2)] * r.between(1, 3)
    return found[:columns]


def drips(r: Pcg32, columns: int) -> list[int]:
    """Rock, no two columns of which differ by more than 1."""
    depth, found = r.below(3), []
    for _ in range(columns):
        depth = min(max(depth + r.between(-1, 1), 0), 3)
        found.append(depth)
    return found
