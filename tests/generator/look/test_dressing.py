"""Dressing: no holes, patterns that go on, set pieces in their places."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.choosing.chooser import choose
from generator.choosing.wardrobe import Column, Ground, Platform, Wall, Wardrobe
from generator.layout.canvas import Prop
from generator.layout.structure import lay_out
from generator.look.dressing import dress, repeat
from generator.nes.roles import ONE_WAY, SOLID, Role
from generator.tiles.bank import Bank
from generator.tiles.layers import Layers
from generator.tiles.measure import measure
from tests.drawn import onnx_files


def one(number: int) -> np.ndarray:
    return np.array([[number]], np.int16)


OUTSIDE = Ground(one(0), one(1), one(2))
INSIDE = Ground(one(3), one(4), one(5))
WINDOW = np.array([[20, 21], [22, -1]], np.int16)
WARDROBE = Wardrobe(
    outside=OUTSIDE,
    inside=INSIDE,
    walls=(Wall(one(6)), Wall(one(7))),
    sky=one(8),
    panorama=None,
    moon=None,
    clouds=(),
    platform=Platform(9, one(10), 11),
    water_surface=one(12),
    water=one(13),
    spikes=one(14),
    column=Column(15, one(16), 17),
    stairs_right=one(23),
    stairs_left=one(24),
    windows=(WINDOW,),
    trees=(),
    bushes=(one(18),),
)


def grid(text: str) -> np.ndarray:
    """A role grid: . sky , wall # ground - platform ~ water ^ spikes, and * bush."""
    legend = {
        ".": Role.SKY, ",": Role.BACKDROP, "#": Role.GROUND_FILL, "-": Role.PLATFORM,
        "~": Role.WATER, "^": Role.SPIKES, "*": Role.BUSH, "D": Role.DOOR, "!": Role.CANDLE,
        "T": Role.GROUND_TOP, "/": Role.STAIRS_RIGHT, "\\": Role.STAIRS_LEFT, "B": Role.BREAKABLE,
    }  # fmt: skip
    return np.array([[legend[c] for c in line] for line in text.split()], np.uint8)


def dressed(text: str, *props: Prop, outdoors: bool = True) -> Layers:
    roles = grid(text)
    return dress(roles, (whole(roles),), (outdoors,), props, WARDROBE)


def whole(roles: np.ndarray) -> tuple[int, int, int, int]:
    """One room of all of a grid."""
    return 0, 0, roles.shape[1], roles.shape[0]


def test_each_role_gets_its_tiles() -> None:
    layers = dressed(
        """
        .........
        .----.*..
        TTT.~~.TT
        ###.~~.##
        ###^~~.##
        """
    )
    assert layers.tiles.tolist() == [
        [-1] * 9,
        [-1, 9, 10, 10, 11, -1, 18, -1, -1],
        [0, 0, 0, -1, 12, 12, -1, 0, 0],
        [1, 1, 1, -1, 13, 13, -1, 1, 1],
        [1, 1, 1, 14, 13, 13, -1, 1, 1],
    ]
    assert (layers.backdrop == -1).all()
    assert (layers.far == 8).all()


def test_rooms_have_walls_and_their_own_ground() -> None:
    roles = grid("...,,,,, ...,,!D, TTTTTTTT")
    layers = dress(roles, ((0, 0, 3, 3), (3, 0, 3, 3), (6, 0, 2, 3)), (True, False, False), (), WARDROBE)
    assert layers.backdrop[0].tolist() == [-1, -1, -1, 7, 7, 7, 6, 6]
    assert layers.backdrop[1].tolist() == layers.backdrop[0].tolist(), (
        "candles and doors stand before the wall"
    )
    assert layers.tiles[2].tolist() == [0, 0, 0, 3, 3, 3, 3, 3]


def test_stairs_and_walls_that_break() -> None:
    layers = dressed("...../ \\.../. .\\./.. TTTTTB", outdoors=False)
    assert layers.tiles[:3].tolist() == [
        [-1, -1, -1, -1, -1, 23], [24, -1, -1, -1, 23, -1], [-1, 24, -1, 23, -1, -1],
    ]  # fmt: skip
    assert (layers.backdrop == 6).all(), "the wall goes on behind the steps"
    assert layers.tiles[3].tolist() == [3, 3, 3, 3, 3, 4], "a wall that breaks looks like masonry"


def test_deep_masonry_shows_its_core() -> None:
    layers = dressed("\n".join(["........", "TTTTTTTT", *["########"] * 5]))
    assert (layers.tiles[4:] == 2).all()
    assert (layers.tiles[2:3] == 1).all()


ENDED = replace(OUTSIDE, left=40, right=41, top_left=42, top_right=43)


def grounded(text: str, ground: Ground) -> list[list[int]]:
    """The tiles of an open level that stands on this ground."""
    roles = grid(text)
    layers = dress(roles, (whole(roles),), (True,), (), replace(WARDROBE, outside=ground))
    tiles: list[list[int]] = layers.tiles.tolist()
    return tiles


def test_masonry_ends_at_its_own_sides() -> None:
    assert grounded(".TTT. .###. .###.", ENDED) == [[-1, 42, 0, 43, -1]] + [[-1, 40, 1, 41, -1]] * 2
    assert grounded(".TTT. .###. .###.", OUTSIDE) == [[-1, 0, 0, 0, -1]] + [[-1, 1, 1, 1, -1]] * 2


def test_a_pillar_and_a_wall_that_goes_on_have_no_ends() -> None:
    assert grounded(".T. .#.", ENDED) == [[-1, 0, -1], [-1, 1, -1]]
    assert grounded("... TTT ###", ENDED) == [[-1] * 3, [0] * 3, [1] * 3]


def test_accents_are_few_and_never_in_rows() -> None:
    text = " ".join(["." * 26, "T" * 26, "#" * 26, "#" * 26])
    plain = np.array(grounded(text, OUTSIDE))
    tiles = np.array(grounded(text, replace(OUTSIDE, accents=(44, 45))))
    for accent in (44, 45):
        assert (tiles == accent).sum(1).tolist() == [0, 0, 2, 2], "one in thirteen of the fill"
        _, columns = np.nonzero(tiles == accent)
        assert len(set(columns.tolist())) == len(columns), "never one above another"
    elsewhere = ~np.isin(tiles, (44, 45))
    assert np.array_equal(tiles[elsewhere], plain[elsewhere])


def test_the_depth_of_masonry_has_no_accents() -> None:
    text = "\n".join(["." * 26, "T" * 26, *["#" * 26] * 7])
    tiles = np.array(grounded(text, replace(OUTSIDE, accents=(44,))))
    assert (tiles[4:] == 2).all()


def test_props_stand_in_their_places() -> None:
    text = "\n".join([",,,,,,,,"] * 6)
    layers = dressed(
        text, Prop("window", 1, 1, 2, 3), Prop("column", 5, 0, 1, 5), Prop("tree", 6, 2, 2, 3), outdoors=False
    )
    assert layers.tiles[1:3, 1:3].tolist() == WINDOW.tolist()
    assert layers.tiles[0:5, 5].tolist() == [15, 16, 16, 16, 17]
    assert (layers.tiles[:, 6:] == -1).all(), "no tree was dreamed"


def test_a_piece_that_would_be_cut_is_left_out() -> None:
    layers = dressed("\n".join([",,TT"] * 4), Prop("window", 1, 1, 1, 3), outdoors=False)
    assert layers.tiles[1:3, :2].tolist() == WINDOW.tolist(), "there is room to the left"
    layers = dressed("\n".join(["T,TT"] * 4), Prop("window", 1, 1, 1, 3), outdoors=False)
    assert (layers.tiles[:, 1] == -1).all()


def sky(**changes: object) -> np.ndarray:
    """The far layer of an open level of 60 columns."""
    wardrobe = replace(WARDROBE, **changes)  # type: ignore[arg-type]
    roles = grid("\n".join(["." * 60] * 12))
    return dress(roles, (whole(roles),), (True,), (), wardrobe).far


def test_a_panorama_fills_the_far_layer() -> None:
    panorama = np.concatenate([np.full((1, 10), -1), np.arange(30, 40)[None]]).astype(np.int16)
    far = sky(panorama=panorama)
    assert (far[:3] == WARDROBE.sky[0, 0]).all(), "its empty cells show the sky"
    assert far[3, :10].tolist() == far[3, 20:30].tolist() == panorama[1].tolist()
    assert (far[3, 10:20] == panorama[1, -1]).all()
    assert (far[4:] == far[3]).all()


def test_moon_and_clouds_hang_whole_in_the_free_sky() -> None:
    moon, cloud = np.array([[60, 61], [62, -1]], np.int16), np.array([[50, 51]], np.int16)
    far = sky(moon=moon, clouds=(cloud,))
    y, x = np.argwhere(far == 60)[0]
    assert far[y : y + 2, x : x + 2].tolist() == [[60, 61], [62, WARDROBE.sky[0, 0]]]
    assert x < 16, "seen from the start"
    assert np.diff(np.flatnonzero((far == 60).any(0))).min(initial=99) > 16, "never two in one view"
    assert (far == 50).sum() > 3
    assert ((far[:, :-1] == 50) == (far[:, 1:] == 51)).all()
    everywhere = np.full((4, 10), 30, np.int16)
    assert (sky(panorama=everywhere, moon=moon, clouds=(cloud,)) == 30).all(), "no room"


@given(st.integers(1, 3), st.integers(1, 3), st.integers(1, 20), st.integers(1, 20))
def test_repeat_repeats(rows: int, columns: int, height: int, width: int) -> None:
    pattern = np.arange(rows * columns, dtype=np.int16).reshape(rows, columns)
    out = repeat(pattern, (height, width))
    assert out.shape == (height, width)
    assert np.array_equal(out[rows:], out[: max(height - rows, 0)])
    assert np.array_equal(out[:, columns:], out[:, : max(width - columns, 0)])


@pytest.fixture(scope="module")
def bank() -> tuple[Bank, Wardrobe]:
    screens, roles = onnx_files.painted(2, 12)
    return choose(measure(screens, onnx_files.certain_odds(roles)), list(range(12)))


@pytest.mark.parametrize("seed", range(12))
def test_a_dressed_stage_has_no_holes(seed: int, bank: tuple[Bank, Wardrobe]) -> None:
    structure = lay_out(seed, stage=1 + seed % 6)
    layers = dress(structure.roles, structure.rooms, structure.outdoors, structure.props, bank[1])
    solid = np.isin(structure.roles, [*SOLID, *ONE_WAY, Role.WATER, Role.SPIKES])
    solid |= np.isin(structure.roles, [Role.STAIRS_RIGHT, Role.STAIRS_LEFT])
    assert (layers.tiles[solid] >= 0).all()
    assert layers.tiles.shape == layers.backdrop.shape == structure.roles.shape
    assert (layers.far >= 0).all()
    indoors = structure.roles == Role.BACKDROP
    assert (layers.backdrop[indoors] >= 0).all()
    assert (layers.backdrop[structure.roles == Role.SKY] == -1).all()
    for layer in (layers.tiles, layers.backdrop, layers.far):
        assert layer.dtype == np.int16
        assert layer.max() < len(bank[0].pixels)
