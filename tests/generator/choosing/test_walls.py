"""Walls: what stands behind a ground is darker than it, has no glare, and where nothing is, is the darkest
cell there is."""

import numpy as np

from generator.choosing.selection import Selection
from generator.choosing.walls import Walls
from generator.nes.palette import BLACK
from generator.nes.roles import Role
from generator.tiles.candidates import Candidate
from tests.drawn.drawn_dreams import blocks, dream, flat, places

WHITE, GREY, DIM, BLUE = 0x20, 0x10, 0x2D, 0x01
BRIGHT = blocks(WHITE, GREY, 2)
"""A ground: light, and restless enough for any wall to be calmer."""
CALM = blocks(BLUE, BLACK, 8)
OTHER = blocks(BLUE, BLACK, 4)
GLARING = flat(BLACK)
GLARING[7::8] = WHITE
"""Dark in the mean, but with thin bright lines."""

SCREEN = """
    C.C.C.C.C.C.C.
    .C.C.C.C.C.C.C
    ..............
    G.G.G.G.G.G.G.
    .G.G.G.G.G.G.G
    ..............
    FFFFFFFFFFFFFF
    FFFFFFFFFFFFFF
"""
"""No two cells of a wall are neighbours, so every pattern is a single one."""


def chosen(c: np.ndarray, g: np.ndarray, ground: np.ndarray = BRIGHT) -> tuple[Selection, Candidate]:
    """A selection that has taken the ground of a dream with these two walls."""
    kinds = {"C": (c, Role.BACKDROP), "G": (g, Role.BACKDROP), "F": (ground, Role.GROUND_FILL)}
    selection = Selection(dream(kinds, SCREEN), [0])
    taken = selection.candidates.candidate(np.array([[places(SCREEN, "F")[0]]], np.intp), 1.0)
    selection.take(taken, Role.GROUND_FILL)
    return selection, taken


def shows(selection: Selection, candidate: Candidate | None, cell: np.ndarray) -> bool:
    return candidate is not None and all(
        np.array_equal(selection.cells.pixels[number], cell) for number in candidate.block.ravel()
    )


def test_of_two_dark_walls_the_one_without_glare_is_taken() -> None:
    selection, ground = chosen(CALM, GLARING)
    calm, glaring = (
        selection.candidates.candidate(np.array([[places(SCREEN, letter)[0]]], np.intp), 1.0)
        for letter in "CG"
    )
    assert glaring.contrast > calm.contrast, "by texture alone it would be the glaring one"
    assert shows(selection, Walls(selection).behind(ground), CALM)


def test_a_second_wall_is_another_one() -> None:
    selection, ground = chosen(CALM, OTHER)
    first = Walls(selection).behind(ground)
    selection.take(first, Role.BACKDROP)
    second = Walls(selection).second(first, ground, ground.lightness)
    assert shows(selection, second, OTHER if shows(selection, first, CALM) else CALM)


def test_a_second_wall_with_glare_is_left_out() -> None:
    selection, ground = chosen(CALM, GLARING)
    first = Walls(selection).behind(ground)
    selection.take(first, Role.BACKDROP)
    assert Walls(selection).second(first, ground, ground.lightness) is None


def test_where_no_wall_is_legible_the_darkest_cell_stands_in() -> None:
    """Walls as light as the ground, and one dark bush, whose role stands in for no wall by itself."""
    ground, light = blocks(GREY, DIM, 4), blocks(GREY, DIM, 8)
    kinds = {
        "C": (light, Role.BACKDROP),
        "F": (ground, Role.GROUND_FILL),
        "d": (flat(BLACK), Role.BUSH),
        "-": (light, Role.BACKDROP),
    }
    screen = "\n".join(["-" * 14, "CCCCCCCCCCCCCC", "CCCCCCdCCCCCCC", *["F" * 14] * 2, *["-" * 14] * 9])
    selection = Selection(dream(kinds, screen), [0])
    (dark,) = places(screen, "d")
    taken = selection.candidates.candidate(np.array([[places(screen, "F")[0]]], np.intp), 1.0)
    selection.take(taken, Role.GROUND_FILL)
    behind = Walls(selection).behind(taken)
    assert behind.block.tolist() == [[dark]]
