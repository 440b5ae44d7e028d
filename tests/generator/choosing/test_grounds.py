"""Grounds: the ends and the accents that were dreamed for a masonry, each on its own side."""

import numpy as np
import pytest

from generator.choosing.grounds import MOST_ACCENTS, Grounds
from generator.choosing.selection import Selection
from generator.choosing.wardrobe import Ground
from generator.nes.palette import BLACK
from generator.nes.roles import Role
from tests.drawn.drawn_dreams import blocks, dream, flat, places

BROWN, DARK, OCHRE, GREEN, WHITE = 0x17, 0x07, 0x08, 0x1A, 0x20
FILL = blocks(BROWN, DARK)
LEFT, RIGHT = FILL.copy(), FILL.copy()
LEFT[:, :6], RIGHT[:, -6:] = DARK, DARK
"""Masonry that ends in a dark edge at one side; inwards it goes on."""
CRACKED = FILL.copy()
CRACKED[4:12, 4:12] = DARK
TOP = FILL.copy()
TOP[:3] = BROWN
TOP_LEFT, TOP_RIGHT = TOP.copy(), TOP.copy()
TOP_LEFT[3:, :6], TOP_RIGHT[3:, -6:] = DARK, DARK

KINDS = {
    "F": (FILL, Role.GROUND_FILL),
    "L": (LEFT, Role.GROUND_FILL),
    "R": (RIGHT, Role.GROUND_FILL),
    "A": (CRACKED, Role.GROUND_FILL),
    "T": (TOP, Role.GROUND_TOP),
    "l": (TOP_LEFT, Role.GROUND_TOP),
    "r": (TOP_RIGHT, Role.GROUND_TOP),
}
ISLAND = """
    ..............
    ..lTTTTTTTTr..
    ..LFFFFFFFFR..
    ..LFFFAFFFFR..
    ..LFFFFFAFFR..
"""


def finished(screen: str) -> tuple[Ground, Selection]:
    """The ground of one top and one fill of a dream, with whatever ends and accents it is given."""
    selection = Selection(dream(KINDS, screen), [0])
    fill, top = (
        selection.candidates.candidate(np.array([[places(screen, letter)[1]]], np.intp), 1.0)
        for letter in "FT"
    )
    fill_tiles = selection.take(fill, Role.GROUND_FILL)
    top_tiles = selection.take(top, Role.GROUND_TOP)
    return Grounds(selection).finish(Ground(top_tiles, fill_tiles, fill_tiles), fill), selection


def picture(selection: Selection, tile: int) -> np.ndarray:
    pixels: np.ndarray = selection.cells.pixels[selection.bank.cell(tile)]
    return pixels


def test_each_end_is_of_its_own_side() -> None:
    ground, selection = finished(ISLAND)
    assert np.array_equal(picture(selection, ground.left), LEFT)
    assert np.array_equal(picture(selection, ground.right), RIGHT)
    assert np.array_equal(picture(selection, ground.top_left), TOP_LEFT)
    assert np.array_equal(picture(selection, ground.top_right), TOP_RIGHT)


def test_an_end_that_was_not_dreamed_is_left_out() -> None:
    ground, selection = finished(ISLAND.replace("R", "F").replace("r", "T"))
    assert np.array_equal(picture(selection, ground.left), LEFT)
    assert np.array_equal(picture(selection, ground.top_left), TOP_LEFT)
    assert ground.right == ground.top_right == -1


def test_ground_that_goes_on_beyond_the_screen_has_no_end_there() -> None:
    wide = "..............\nTTTTTTTTTTTTTT\nLFFFFFFFFFFFFR"
    ground, _ = finished(wide)
    assert ground.left == ground.right == -1


def test_an_accent_is_another_cell_of_the_same_masonry() -> None:
    ground, selection = finished(ISLAND.replace("L", "F").replace("R", "F"))
    assert 1 <= len(ground.accents) <= MOST_ACCENTS
    assert np.array_equal(picture(selection, ground.accents[0]), CRACKED)
    assert not any(np.array_equal(picture(selection, tile), FILL) for tile in ground.accents)


def with_middle(cell: np.ndarray, middle: np.ndarray | int, margin: int) -> np.ndarray:
    """A cell that is another but for its margin, px."""
    out = cell.copy()
    inner = np.s_[margin:-margin, margin:-margin]
    out[inner] = middle if isinstance(middle, int) else middle[inner]
    return out


NIGHTLY = blocks(BROWN, BLACK)
STRANGERS = {
    "lighter": (blocks(WHITE, BLACK), with_middle(blocks(WHITE, BLACK), WHITE, 3), ()),
    "of other shades": (NIGHTLY, with_middle(NIGHTLY, OCHRE, 2), (OCHRE,)),
    "of colours that its sub-palette lacks": (FILL, with_middle(FILL, blocks(GREEN, DARK), 2), ()),
}
"""The fill, a cell that is like it along its edges, and what colours the fill's sub-palette has besides."""


@pytest.mark.parametrize("kind", STRANGERS)
def test_a_stranger_is_no_accent(kind: str) -> None:
    fill_cell, stranger, more = STRANGERS[kind]
    kinds = {
        letter: (
            stranger if letter == "A" else fill_cell,
            Role.GROUND_TOP if letter in "lTr" else Role.GROUND_FILL,
        )
        for letter in KINDS
    }
    selection = Selection(dream(kinds, ISLAND), [0])
    fill = selection.candidates.candidate(np.array([[places(ISLAND, "F")[1]]], np.intp), 1.0)
    tiles = selection.take(fill, Role.GROUND_FILL)
    selection.sub_palettes.sets[0] += more
    ground = Grounds(selection).finish(Ground(tiles, tiles, tiles), fill)
    assert ground.accents == ()


def test_an_end_goes_on_into_the_fill() -> None:
    """Of two ends, as good otherwise, the one that is dark towards the fill too makes a seam."""
    courses = np.where(np.indices((16, 16))[0] // 4 % 2, BROWN, DARK).astype(np.uint8)
    end, gap = courses.copy(), courses.copy()
    end[:, :4] = BLACK
    gap[:, :2], gap[:, -2:] = BLACK, BLACK
    hole = with_middle(flat(BLACK), courses, 4)
    kinds = {
        "F": (courses, Role.GROUND_FILL), "E": (end, Role.GROUND_FILL), "G": (gap, Role.GROUND_FILL),
        "H": (hole, Role.GROUND_FILL),
    }  # fmt: skip
    screen = "\n".join(["." * 14, "..GHFFFFFFFF..", "." * 14, "..EFFFFFFFFF.."])
    selection = Selection(dream(kinds, screen), [0])
    fill = selection.candidates.candidate(np.array([[places(screen, "F")[3]]], np.intp), 1.0)
    tiles = selection.take(fill, Role.GROUND_FILL)
    ground = Grounds(selection).finish(Ground(tiles, tiles, tiles), fill)
    assert np.array_equal(picture(selection, ground.left), end)
