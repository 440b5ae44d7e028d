"""The bank while it grows: equal cells of one role are one tile, and there are never more than a stage may
have."""

import numpy as np

from generator.choosing.chooser import choose
from generator.nes.roles import Role
from generator.tiles.builder import MOST_TILES, BankBuilder
from generator.tiles.measure import measure
from generator.tiles.subpalettes import SubPalettes
from tests.drawn import onnx_files
from tests.drawn.drawn_dreams import blocks, dream, places

KINDS = {
    "a": (blocks(0x17, 0x07), Role.GROUND_FILL),
    "b": (blocks(0x07, 0x17), Role.GROUND_FILL),
}
SCREEN = "aabb\n....\nb.a."
A, B = places(SCREEN, "a"), places(SCREEN, "b")


def builder() -> BankBuilder:
    cells = dream(KINDS, SCREEN)
    sub_palettes = SubPalettes(cells.backdrop)
    sub_palettes.take(sub_palettes.offer(cells.histogram[A[0]]))
    return BankBuilder(cells, sub_palettes, [100])


def test_equal_cells_of_one_role_are_one_tile() -> None:
    bank = builder()
    block = np.array([[A[0], B[0]], [A[2], B[2]]], np.intp)
    assert bank.add(block, 0, Role.GROUND_FILL, 1.0).tolist() == [[0, 1], [0, 1]]
    assert bank.add(block[:, ::-1], 0, Role.GROUND_FILL, 1.0).tolist() == [[1, 0], [1, 0]]
    assert bank.left == MOST_TILES - 2
    made = bank.finish()
    assert np.array_equal(made.pixels, [KINDS["a"][0], KINDS["b"][0]])
    assert made.provenance.tolist() == [[100, 0, 0, 0], [100, 0, 0, 2]], "the first that was taken"


def test_what_is_for_something_else_is_another_tile() -> None:
    bank = builder()
    one = np.array([[A[0]]], np.intp)
    numbers = [
        int(bank.add(one, sub_palette, role, 1.0)[0, 0])
        for sub_palette, role in ((0, Role.GROUND_FILL), (0, Role.PLATFORM), (1, Role.PLATFORM))
    ]
    assert numbers == [0, 1, 2]
    assert bank.finish().role.tolist() == [Role.GROUND_FILL, Role.PLATFORM, Role.PLATFORM]


def test_holes_in_a_piece_are_no_tiles() -> None:
    bank = builder()
    assert bank.add(np.array([[-1, A[0]]], np.intp), 0, Role.BUSH, 1.0).tolist() == [[-1, 0]]
    assert bank.left == MOST_TILES - 1


def test_what_fits_is_counted_by_different_cells() -> None:
    bank = builder()
    for number in range(MOST_TILES - 2):  # one cell in as many sub-palettes: all of them new
        bank.add(np.array([[A[0]]], np.intp), number, Role.SKY, 1.0)
    assert bank.left == 2
    assert bank.fits(np.array([[A[0], B[0]], [B[0], -1]]))
    assert bank.fits(np.array([[A[0], A[0]], [A[0], A[0]]]))
    assert not bank.fits(np.array([[A[0], A[1], B[0]]]))


def test_a_dream_that_offers_more_than_enough_is_kept_to_it() -> None:
    """Of these three games' screens more would be taken, were there no bound."""
    painted = [onnx_files.painted(game, 12) for game in (3, 8, 9)]
    screens, roles = (np.concatenate(parts) for parts in zip(*painted, strict=True))
    bank, _ = choose(measure(screens, onnx_files.certain_odds(roles)), list(range(len(screens))))
    assert len(bank.pixels) <= MOST_TILES
