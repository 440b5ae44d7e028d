"""Levels drawn as text, one character a tile."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from generator.motion import Terrain
from generator.motion.interior import Interior, interiors
from generator.motion.mechanisms import Mechanism
from generator.nes.roles import TILE, Role

LEGEND = {
    ".": Role.SKY,
    " ": Role.BACKDROP,
    "#": Role.GROUND_FILL,
    "=": Role.PLATFORM,
    "~": Role.WATER,
    "^": Role.SPIKES,
    "D": Role.DOOR,
    "B": Role.BREAKABLE,
    "/": Role.STAIRS_RIGHT,
    "\\": Role.STAIRS_LEFT,
    "@": Role.SKY,  # the start: the feet stand on this tile's bottom
}


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
