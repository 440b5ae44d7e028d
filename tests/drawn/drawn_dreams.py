"""Dreams drawn as text: every letter is a cell with a picture and a role, so that a test knows what there is
to be chosen."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from generator.nes.palette import BLACK
from generator.nes.roles import CELLS, TILE, Role
from generator.tiles.measure import CellSet, measure
from tests.drawn import onnx_files

Kinds = Mapping[str, tuple[NDArray[np.uint8], Role]]

RED, WHITE, BLUE = 0x16, 0x20, 0x11

NIGHT = "."
"""An empty cell of sky; what a drawing leaves out at its right and below is of these."""


def flat(colour: int) -> NDArray[np.uint8]:
    """A cell of one colour."""
    return np.full((TILE, TILE), colour, np.uint8)


def blocks(light: int, dark: int, size: int = 4) -> NDArray[np.uint8]:
    """A cell of squares like a chessboard's, which goes on over its edges; size: 2, 4 or 8 px."""
    rows, columns = np.indices((TILE, TILE)) // size
    return np.where((rows + columns) % 2, light, dark).astype(np.uint8)


def half_a_window() -> NDArray[np.uint8]:
    """The left half of a window, with a frame; mirrored it is the right one."""
    cell = blocks(WHITE, BLUE, 2)
    cell[:, :4] = WHITE
    cell[:, 4:6] = BLACK
    return cell


def dream(kinds: Kinds, *screens: str) -> CellSet:
    """The measured cells of screens of at most 14 lines of at most 14 letters."""
    grids = [grid(screen) for screen in screens]
    known = {NIGHT: (flat(BLACK), Role.SKY), **kinds}
    pixels = [np.block([[known[letter][0] for letter in line] for line in rows]) for rows in grids]
    roles = [[[known[letter][1] for letter in line] for line in rows] for rows in grids]
    return measure(np.stack(pixels), onnx_files.certain_odds(np.array(roles, np.uint8)))


def grid(screen: str) -> list[str]:
    """The 14 lines of a screen, filled up with night."""
    lines = [line.ljust(CELLS, NIGHT) for line in screen.split()]
    return lines + [NIGHT * CELLS] * (CELLS - len(lines))


def places(screen: str, letter: str) -> list[int]:
    """The cell numbers of a letter in the first screen."""
    return [number for number, here in enumerate("".join(grid(screen))) if here == letter]


def sure(role: Role, screens: int = 1) -> np.ndarray:
    return onnx_files.certain_odds(np.full((screens, 14, 14), role, np.uint8))


def bricks() -> np.ndarray:
    """A cell with mortar on its border, as a hewn block has."""
    cell = np.full((16, 16), RED, np.uint8)
    cell[0], cell[:, 0], cell[15], cell[:, 15] = WHITE, WHITE, BLACK, BLACK
    return cell


def of_cells(*cells: np.ndarray) -> np.ndarray:
    """A screen of these cells in turn, each of them a vertical stripe."""
    return np.concatenate([np.tile(cells[column % len(cells)], (14, 1)) for column in range(14)], axis=1)[
        None
    ]
