"""Ornaments: pieces that look as if they belonged where they stand, and as many as there is room for."""

import numpy as np
import pytest

from generator.choosing.ornaments import Ornaments
from generator.choosing.selection import Selection
from generator.nes.palette import BLACK
from generator.nes.roles import Role
from generator.tiles.builder import MOST_TILES
from generator.tiles.layers import Tiles
from tests.drawn.drawn_dreams import blocks, dream, flat, places

GREEN, LEAF, WHITE, GREY = 0x0A, 0x1A, 0x20, 0x10

BUSH = flat(BLACK)
BUSH[4:, 3:13] = blocks(LEAF, GREEN)[4:, 3:13]
"""Leaves with sky on either side and above."""
CUT = blocks(LEAF, GREEN)
"""Leaves up to the cell's edge: before any sky it looks cut out."""
SPECK = flat(BLACK)
SPECK[10:14, 6:10] = LEAF
WINDOW = flat(BLACK)
WINDOW[:3], WINDOW[-3:], WINDOW[:, :3], WINDOW[:, -3:] = GREY, GREY, GREY, GREY

KINDS = {
    "b": (BUSH, Role.BUSH),
    "c": (CUT, Role.BUSH),
    "s": (SPECK, Role.BUSH),
    "w": (WINDOW, Role.WINDOW),
    "F": (blocks(WHITE, GREY), Role.GROUND_FILL),
}


def before_the_sky(selection: Selection) -> tuple[Tiles, ...]:
    """The bushes of a dream that may stand before its night."""
    night = selection.candidates.candidate(np.array([[0]], np.intp), 1.0)
    return Ornaments(selection).pieces((Role.BUSH,), (1, 1), (1, 3), night)


def pictures(selection: Selection, pieces: tuple[Tiles, ...]) -> list[list[list[int]]]:
    return [selection.cells.pixels[selection.bank.cell(int(piece[0, 0]))].tolist() for piece in pieces]


def test_a_bush_stands_before_the_sky() -> None:
    selection = Selection(dream(KINDS, "..............\n..b...b...b..."), [0])
    assert pictures(selection, before_the_sky(selection)) == [BUSH.tolist()]


@pytest.mark.parametrize(("letter", "cell"), [("c", CUT), ("s", SPECK)])
def test_what_would_look_cut_out_and_a_speck_do_not(letter: str, cell: np.ndarray) -> None:
    screen = f"..............\n..b...b...b...\n..............\n..{letter}...{letter}...{letter}..."
    selection = Selection(dream(KINDS, screen), [0])
    number = places(screen, letter)[0]
    assert selection.cells.crisp[number] == 1, "it is as well drawn as the bush"
    assert pictures(selection, before_the_sky(selection)) == [BUSH.tolist()]
    anywhere = Selection(dream(KINDS, screen), [0])
    found = Ornaments(anywhere).pieces((Role.BUSH,), (1, 1), (1, 3))
    assert cell.tolist() in pictures(anywhere, found), "where nothing is said about what is behind"


def test_a_piece_that_finds_no_room_among_the_tiles_is_left_out() -> None:
    screen = "..............\n" + "\n..............\n".join(["..ww..ww..ww.."] * 3)
    for room in (1, 2):
        selection = Selection(dream(KINDS, screen), [0])
        for number in range(MOST_TILES - room):  # the same cell under other sub-palettes: all new tiles
            selection.bank.add(np.array([[0]], np.intp), number + 4, Role.SKY, 1.0)
        pieces = Ornaments(selection).pieces((Role.WINDOW,), (1, 1), (2, 2))
        assert len(pieces) == (room == 2)
        assert selection.bank.left >= 0
