"""The rim of a sprite: which pixels are of it, what they enclose, and the steps in lightness along it."""

from __future__ import annotations

import numpy as np

from game.screen.rims import rim_digits, rim_of, rim_seen, steps
from generator.nes.palette import BLACK, PALETTE_L


def drawn(*rows: str) -> np.ndarray:
    return np.array([[".123".index(character) for character in row] for row in rows], np.uint8)


BALL = drawn(
    ".....",
    ".111.",
    ".121.",
    ".111.",
    ".....",
)


def test_a_position_is_a_rim_pixel_and_a_side_where_it_is_open() -> None:
    rim = rim_of(BALL)
    assert len(rim.edge) == 12, "eight pixels, four of them open on two sides"
    assert {tuple(at) for at in rim.edge} == {(r, c) for r in (1, 2, 3) for c in (1, 2, 3)} - {(2, 2)}
    assert (BALL[rim.outside[:, 0], rim.outside[:, 1]] == 0).all()
    assert (np.abs(rim.outside - rim.edge).sum(axis=1) == 1).all()


def test_only_what_is_no_rim_itself_is_enclosed() -> None:
    rim = rim_of(BALL)
    for around in rim.touching:
        assert {tuple(at) for at in around if at[0] >= 0} == {(2, 2)}
    assert (rim_of(drawn("11", "11")).touching == -1).all()


def test_the_edge_of_the_frame_is_open_and_a_hole_is_too() -> None:
    assert len(rim_of(drawn("1")).edge) == 4
    ring = rim_of(drawn("111", "1.1", "111"))
    assert len(ring.edge) == 12 + 4


def test_a_step_is_to_the_outline_or_to_what_it_encloses() -> None:
    rim = rim_of(BALL)
    lightness = np.where(BALL == 2, 60.0, 0.0)
    for wall, outline, inside in ((0.0, 0.0, 60.0), (50.0, 50.0, 10.0), (90.0, 90.0, 30.0)):
        found = steps(rim, lightness, np.full(len(rim.edge), wall))
        assert (found[0] == outline).all() and (found[1] == inside).all()
    thin = rim_of(drawn("11"))
    assert not steps(thin, np.full((1, 2), 70.0), np.zeros(6))[1].any(), "nothing is enclosed"


def test_a_share_is_of_positions_and_of_walls() -> None:
    digits = rim_digits(BALL)
    assert digits[0b110] == 12 and digits.sum() == 12
    dark, light = int(np.argmin(np.abs(PALETTE_L - 18))), 0x20
    walls = np.zeros(64)
    walls[[dark, light]] = 0.75, 0.25
    assert rim_seen(digits, (BLACK, 0x16, 0x36), walls) == 0.25, "neither black nor red before dark blue"
    assert rim_seen(digits, (BLACK, 0x26, 0x36), walls) == 1.0
