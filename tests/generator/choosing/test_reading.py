"""Reading: what of a room is taken for what it is not."""

import numpy as np
import pytest
from numpy.typing import NDArray

from generator.choosing.reading import BEHIND, FILL, TOP, misread
from generator.nes.palette import BLACK, PALETTE_RGB
from generator.nes.roles import Role
from tests.drawn.drawn_dreams import dream, flat, places

WHITE, GREY = 0x20, 0x10
KINDS = {
    "t": (flat(WHITE), Role.GROUND_TOP),
    "f": (flat(GREY), Role.GROUND_FILL),
    "b": (flat(BLACK), Role.BACKDROP),
}
SCREEN = "tfb"


def by_colour(screens: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Whoever reads takes grey for ground and all else for air."""
    roles = np.where((screens[:, ::16, ::16] == PALETTE_RGB[GREY]).all(-1), Role.GROUND_FILL, Role.SKY)
    return np.eye(len(Role), dtype=np.float32)[roles]


def test_ground_that_looks_like_air_and_a_wall_that_looks_like_ground() -> None:
    cells = dream(KINDS, SCREEN)
    top, fill, wall = (np.array([places(SCREEN, letter)]) for letter in "tfb")
    right, wrong = misread(cells, by_colour, [(fill, fill, wall), (top, fill, fill)])
    assert right == (0.0, 0.0)
    assert wrong == pytest.approx((TOP.sum() / (TOP | FILL).sum(), 1.0))
    assert BEHIND.sum() > 60
