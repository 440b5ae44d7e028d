"""Levels drawn as text, one character a tile, and text drawn of them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

import generator.drawing
from generator.layout.plan import Plan
from generator.layout.structure import Structure
from generator.motion import Terrain
from generator.motion.interior import Interior, interiors
from generator.motion.mechanisms import CollapsingFloor, Key, Mechanism, MovingPlatform
from generator.nes.roles import TILE, Role

LEGEND = {**generator.drawing.LEGEND, "@": Role.SKY}
"""The generator's own, and the start: the feet stand on this tile's bottom."""


@dataclass(frozen=True)
class AsciiPlace:
    """A `Place`, with the role grid it was drawn as."""

    roles: NDArray[np.uint8]
    interiors: tuple[Interior, ...]
    start: tuple[int, int]
    exit: tuple[int, int]

    @property
    def terrain(self) -> Terrain:
        """Of the first room."""
        return self.interiors[0].whole


def place_from_ascii(
    text: str,
    mechanisms: tuple[Mechanism, ...] = (),
    rooms: tuple[tuple[int, int, int, int], ...] | None = None,
) -> AsciiPlace:
    """The place of a drawing: rows of equal length, one "@", and a "D" above another "D" for the door.

    A drawing without a door has its exit far outside, where nobody gets.
    """
    rows = [line for line in text.strip("\n").splitlines() if line]
    if len({len(row) for row in rows}) != 1:
        raise ValueError("the rows differ in length")
    roles = np.array([[LEGEND[character] for character in row] for row in rows], np.uint8)
    start, door = (TILE // 2, TILE), (-100, -100)
    for y, row in enumerate(rows):
        for x, character in enumerate(row):
            if character == "@":
                start = (x * TILE + TILE // 2, (y + 1) * TILE)
            elif character == "D":
                door = (x, y)
    height, width = roles.shape
    inside = interiors(roles, rooms or ((0, 0, width, height),), mechanisms, door)
    return AsciiPlace(roles, inside, start, door)


SYMBOLS = ". |I##=B/\\~^&*D??"
"""One character a role, in the order of `Role`."""


def drawn_structure(structure: Structure) -> str:
    """The stage as text, one character a tile: @ start, z zombie, b bat, t treasure, r roast, k key,
    _ platform that moves; the rest is in SYMBOLS."""
    rows = [[SYMBOLS[int(role)] for role in row] for row in structure.roles]
    for spawn in structure.spawns:
        if spawn.kind != "candle":
            rows[spawn.y_px // TILE - 1][spawn.x_px // TILE] = spawn.kind[0]
    for m in structure.mechanisms:
        if isinstance(m, Key):
            rows[m.y_px // TILE - 1][m.x_px // TILE] = "k"
        if isinstance(m, MovingPlatform):
            for i in range(m.tiles):
                rows[m.y_px // TILE][m.x_px // TILE + i] = "_"
        if isinstance(m, CollapsingFloor):
            for i in range(m.tiles):
                rows[m.row][m.column + i] = "-"
    rows[structure.start[1] // TILE - 1][structure.start[0] // TILE] = "@"
    return "\n".join("".join(row) for row in rows)


def drawn_plan(plan: Plan) -> str:
    """A map: every screen as four characters by two rows, ways as gaps."""
    width = max(room.x + room.w for room in plan.rooms)
    height = max(room.y + room.h for room in plan.rooms)
    rows = [[" "] * (width * 5 + 1) for _ in range(height * 3 + 1)]
    for number, room in enumerate(plan.rooms):
        left, top, right, bottom = room.x * 5, room.y * 3, (room.x + room.w) * 5, (room.y + room.h) * 3
        for x in range(left, right + 1):
            rows[top][x] = rows[bottom][x] = "-"
        for y in range(top, bottom + 1):
            rows[y][left] = rows[y][right] = "|"
        for i, letter in enumerate(f"{number}{room.kind}"[: (right - left) - 1]):
            rows[top + 1][left + 1 + i] = letter
    for join in plan.joins:
        room = plan.rooms[join.room]
        x = (room.x + room.w) * 5 if join.side > 0 else room.x * 5
        rows[join.y * 3 + 2][x] = "L" if join.locked else "?" if join.secret else " "
    return "\n".join("".join(row).rstrip() for row in rows)
