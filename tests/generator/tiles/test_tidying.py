"""Tidying: what of a bay is whole stays, the rest gives way to the wall of its row."""

import numpy as np

from generator.nes.palette import BLACK
from generator.nes.roles import Role
from generator.tiles.bays import one_number_each
from generator.tiles.tidying import Tidied, is_framed, without_fragments
from tests.drawn.drawn_dreams import BLUE, RED, WHITE, blocks, dream, flat, half_a_window

KINDS = {
    "b": (blocks(BLUE, BLACK), Role.BACKDROP),
    "d": (blocks(BLUE, BLACK, 8), Role.BACKDROP),
    "c": (blocks(RED, BLUE, 2), Role.COLUMN),
    "w": (half_a_window(), Role.WINDOW),
    "v": (half_a_window()[:, ::-1], Role.WINDOW),
    "t": (blocks(RED, WHITE, 2), Role.CURTAIN),
    "h": (flat(BLACK), Role.BACKDROP),
}


def tidied(*rows: str) -> tuple[Tidied, list[str]]:
    """A bay, drawn, and what becomes of it, in the same letters."""
    cells = dream(KINDS, "\n".join(rows))
    block = np.arange(14 * len(rows)).reshape(len(rows), 14)[:, : len(rows[0])]
    found = without_fragments(cells, one_number_each(cells, block))
    drawn = "".join(row.ljust(14, ".") for row in rows)
    return found, ["".join(drawn[cell] for cell in row) for row in found.block]


def test_whole_things_stay() -> None:
    hall = ["bbbbbbc", "bbwvbbc", "bbwvbbc", "bbbbbbc", "bbbbbbc", "bbbbbbc"]
    found, after = tidied(*hall)
    assert after == hall
    assert found.fragments == 0
    assert (found.detail[1:3, 2:4] == Role.WINDOW).all()


def test_fragments_give_way_to_the_wall_of_their_row() -> None:
    """A window cut off by the ceiling, half of another one, and a column that ends in the air."""
    found, after = tidied(
        "dwvdddd", "bbbbbbc", "bbbwbbc", "bbbwbbc", "bbbbbbc", "bbbbbbb", "bbbbbbb", "bbbbbbb"
    )
    assert after == ["ddddddd", *["bbbbbbb"] * 7]
    assert (found.detail == Role.BACKDROP).all()
    assert found.fragments == 8 / 56


def test_a_notch_in_the_upper_edge_is_filled() -> None:
    _, after = tidied("bbhhbbb", "bbhhbbb", "bbbbbbb", "bbbbbbb", "bbbbbbb", "bbbbbbb")
    assert after == ["bbbbbbb"] * 6


def test_what_goes_on_over_the_edge_is_one_thing() -> None:
    """The bay repeats: its last column stands beside its first."""
    _, after = tidied("bbbbbbb", "vbbbbbw", "vbbbbbw", "bbbbbbb", "bbbbbbb", "bbbbbbb")
    assert after[1:3] == ["vbbbbbw"] * 2


def test_curtains_hang_from_the_first_row() -> None:
    _, after = tidied("bttttbb", "bttttbb", "bttttbb", *["bbbbbbb"] * 7)
    assert after[:3] == ["bttttbb"] * 3


def test_a_bay_of_little_else_is_left_as_it_is() -> None:
    pieces = ["bwbcb", "tbvbc"] * 3
    found, after = tidied(*pieces)
    assert after == pieces
    assert found.fragments > 0.3


def test_large_things_need_no_symmetry() -> None:
    cells = dream(KINDS, "wtv\ntwv\nwwv")
    block = np.arange(42).reshape(3, 14)[:, :3]
    assert is_framed(cells, block)
    assert not is_framed(cells, block[:, :2])
