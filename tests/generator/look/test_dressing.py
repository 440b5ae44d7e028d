"""Dressing: no holes, patterns that go on, set pieces in their places."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.choosing.chooser import choose
from generator.choosing.wardrobe import Ground, WallBay, Wardrobe
from generator.layout.canvas import Prop
from generator.layout.structure import lay_out
from generator.look.building import Building
from generator.look.dressing import dress
from generator.look.walling import fit, repeat
from generator.nes.roles import ONE_WAY, SOLID, Role
from generator.tiles.bank import Bank
from generator.tiles.layers import Layers
from generator.tiles.legibility import tile_lightness
from generator.tiles.measure import measure
from tests.drawn import onnx_files
from tests.drawn.wardrobes import (
    BASE,
    BAY,
    BRICK,
    CORNICE,
    LIGHT,
    OUTSIDE,
    SHAFT,
    WARDROBE,
    building,
    grid,
)


def dressed(text: str, *props: Prop, outdoors: bool = True) -> Layers:
    return dress(building(grid(text), outdoors), props, WARDROBE, LIGHT)


def test_each_role_gets_its_tiles() -> None:
    layers = dressed(
        """
        .........
        .----..*.
        TTT.~~.TT
        ###.~~.##
        ###^~~.##
        """
    )
    assert layers.tiles.tolist() == [
        [-1] * 9,
        [-1, 9, 10, 10, 11, -1, -1, 18, -1],
        [0, 0, 0, -1, 12, 12, -1, 0, 0],
        [1, 1, 1, -1, 13, 13, -1, 1, 1],
        [1, 1, 1, 14, 13, 13, -1, 1, 1],
    ]
    assert (layers.backdrop == -1).all()
    assert (layers.far == 8).all()


def test_rooms_have_walls_and_their_own_ground() -> None:
    roles = grid("...,,,,, ...,,!D, TTTTTTTT")
    rooms, kinds = ((0, 0, 3, 3), (3, 0, 3, 3), (6, 0, 2, 3)), ("courtyard", "cave", "cave")
    layers = dress(Building(roles, rooms, kinds), (), WARDROBE, LIGHT)
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
    layers = dress(building(roles, True), (), replace(WARDROBE, outside=ground), LIGHT)
    tiles: list[list[int]] = layers.tiles.tolist()
    return tiles


def test_masonry_ends_at_its_own_sides() -> None:
    assert grounded(".TTT. .###. .###.", ENDED) == [[-1, 42, 0, 43, -1]] + [[-1, 40, 1, 41, -1]] * 2
    assert grounded(".TTT. .###. .###.", OUTSIDE) == [[-1, 0, 0, 0, -1]] + [[-1, 1, 1, 1, -1]] * 2


def test_a_pillar_and_a_wall_that_goes_on_have_no_ends() -> None:
    assert grounded(".T. .#.", ENDED) == [[-1, 0, -1], [-1, 1, -1]]
    assert grounded("... TTT ###", ENDED) == [[-1] * 3, [0] * 3, [1] * 3]


def test_accents_are_few_and_never_in_rows() -> None:
    text = " ".join(["." * 58, "T" * 58, "#" * 58, "#" * 58])
    plain = np.array(grounded(text, OUTSIDE))
    tiles = np.array(grounded(text, replace(OUTSIDE, accents=(44, 45))))
    for accent in (44, 45):
        assert (tiles == accent).sum(1).tolist() == [0, 0, 2, 2], "one in 29 of the fill"
        _, columns = np.nonzero(tiles == accent)
        assert len(set(columns.tolist())) == len(columns), "never one above another"
    elsewhere = ~np.isin(tiles, (44, 45))
    assert np.array_equal(tiles[elsewhere], plain[elsewhere])


def test_the_depth_of_masonry_has_no_accents() -> None:
    text = "\n".join(["." * 26, "T" * 26, *["#" * 26] * 7])
    tiles = np.array(grounded(text, replace(OUTSIDE, accents=(44,))))
    assert (tiles[4:] == 2).all()


TREE = np.array([[20, 21], [22, -1]], np.int16)


def planted(text: str, *props: Prop) -> Layers:
    return dress(building(grid(text), True), props, replace(WARDROBE, trees=(TREE,)), LIGHT)


def test_props_stand_in_their_places() -> None:
    text = "\n".join(["........"] * 6)
    layers = planted(text, Prop("tree", 1, 1, 2, 3), Prop("column", 5, 0, 1, 5))
    assert layers.tiles[2:4, 1:3].tolist() == TREE.tolist(), "on the ground of its place"
    assert layers.tiles[0:5, 5].tolist() == [15, 16, 16, 16, 17]
    assert (dressed(text, Prop("tree", 1, 1, 2, 3)).tiles == -1).all(), "no tree was dreamed"


def test_a_piece_that_would_be_cut_is_left_out() -> None:
    layers = planted("\n".join(["..TT"] * 4), Prop("tree", 1, 1, 1, 3))
    assert layers.tiles[2:4, :2].tolist() == TREE.tolist(), "there is room to the left"
    layers = planted("\n".join(["T.TT"] * 4), Prop("tree", 1, 1, 1, 3))
    assert (layers.tiles[:, 1] == -1).all()


def room(kind: str, height: int = 15, width: int = 16, **changes: object) -> np.ndarray:
    """The backdrop of one room of a kind, with a bay."""
    wardrobe = replace(WARDROBE, bays=(BAY,), **changes)  # type: ignore[arg-type]
    roles = np.full((height, width), Role.BACKDROP, np.uint8)
    return dress(Building(roles, ((0, 0, width, height),), (kind,)), (), wardrobe, LIGHT).backdrop


def test_a_bay_goes_from_wall_to_wall_and_from_the_ceiling_to_the_floor() -> None:
    backdrop = room("arena")
    assert backdrop[11, 1:].tolist() == [BASE] * 15
    assert backdrop[3, 1:].tolist() == [CORNICE] * 15
    for row in range(4, 11):
        assert backdrop[row, 1:].tolist() == [SHAFT, BRICK, BRICK] * 5, "its columns at equal distances"


def test_each_storey_has_its_bay_in_the_shade_of_the_floor_above() -> None:
    backdrop = room("shaft", height=30)
    assert (backdrop[[11, 26], 1:] == BASE).all()
    assert (backdrop[13] == WARDROBE.sky[0, 0]).all()
    assert backdrop[14, 1:4].tolist() == [SHAFT, BRICK, BRICK]


def test_a_bridge_is_open_to_the_sky_between_columns() -> None:
    backdrop = room("bridge", width=32)
    open_ = backdrop == -1
    assert open_.any()
    rows, columns = np.nonzero(open_)
    assert rows.min() == 4 and rows.max() == 10, "under the cornice and above the base"
    assert (open_.sum(0)[np.unique(columns)] == 7).all(), "whole bays, and no holes"
    assert set(backdrop[5, np.unique(columns).min() - 1 : np.unique(columns).max() + 1].tolist()) <= {
        -1,
        SHAFT,
        BRICK,
    }


@pytest.mark.parametrize("bays", [(), (BAY,), (replace(BAY, detail=np.zeros_like(BAY.detail), motifs=()),)])
def test_in_every_stage_the_sky_is_seen_somewhere(bays: tuple[WallBay, ...]) -> None:
    """Between pillars, or where there is none through an opening between two columns."""
    roles = np.full((15, 64), Role.BACKDROP, np.uint8)
    rooms, kinds = ((0, 0, 16, 15), (16, 0, 32, 15), (48, 0, 16, 15)), ("hall", "corridor", "arena")
    backdrop = dress(Building(roles, rooms, kinds), (), replace(WARDROBE, bays=bays), LIGHT).backdrop
    assert (backdrop[:, 16:48] == -1).any(), "in its widest room"
    assert (backdrop[:, :16] >= 0).all() and (backdrop[:, 48:] >= 0).all()


def test_what_is_stood_on_stands_out_or_the_wall_is_a_plain_one() -> None:
    roles = np.full((15, 16), Role.BACKDROP, np.uint8)
    roles[6, 4:8] = Role.PLATFORM
    site = Building(roles, ((0, 0, 16, 15),), ("arena",))
    for platform_l, seen in ((25.0, False), (35.0, True)):
        light = LIGHT.copy()
        light[[9, 10, 11]] = platform_l
        light[[CORNICE, SHAFT, BRICK, BASE]] = 10.0
        layers = dress(site, (), replace(WARDROBE, bays=(BAY,)), light)
        assert (layers.backdrop == SHAFT).any() == seen
        assert (layers.backdrop == WARDROBE.walls[0].tiles).any() != seen


def test_a_dark_room_keeps_its_columns_while_one_sees_where_to_stand() -> None:
    roles = np.full((15, 16), Role.BACKDROP, np.uint8)
    roles[6, 4:8] = Role.PLATFORM
    site = Building(roles, ((0, 0, 16, 15),), ("arena",))
    light = LIGHT.copy()
    light[[6, 7]] = 60.0
    backdrop = dress(site, (), WARDROBE, light).backdrop
    assert set(backdrop.ravel().tolist()) == {8, 15, 16, 17}, "before the darkest wall"
    light[[15, 16, 17]] = 300.0
    assert (dress(site, (), WARDROBE, light).backdrop == 8).all(), "alone where they would dazzle"


def test_a_plain_wall_has_windows_at_equal_distances() -> None:
    wardrobe = replace(WARDROBE, windows=(TREE,))
    roles = np.full((15, 32), Role.BACKDROP, np.uint8)
    backdrop = dress(Building(roles, ((0, 0, 32, 15),), ("tower",)), (), wardrobe, LIGHT).backdrop
    _, columns = np.nonzero(backdrop == TREE[0, 0])
    assert len(columns) > 3 and len(set(np.diff(columns).tolist())) == 1


@given(st.integers(1, 20))
def test_a_bay_fits_any_height(rows: int) -> None:
    fitted = fit(BAY, rows)
    assert len(fitted) == rows
    assert fitted[-1].tolist() == [BASE] * 3


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
    kinds = [room.kind for room in structure.plan.rooms]
    site, light = Building(structure.roles, structure.rooms, kinds), tile_lightness(bank[0].pixels)
    layers = dress(site, structure.props, bank[1], light)
    solid = np.isin(structure.roles, [*SOLID, *ONE_WAY, Role.WATER, Role.SPIKES])
    solid |= np.isin(structure.roles, [Role.STAIRS_RIGHT, Role.STAIRS_LEFT])
    assert (layers.tiles[solid] >= 0).all()
    assert layers.tiles.shape == layers.backdrop.shape == structure.roles.shape
    assert (layers.far >= 0).all()
    for layer in (layers.tiles, layers.backdrop, layers.far):
        assert layer.dtype == np.int16
        assert layer.max() < len(bank[0].pixels)


def test_a_part_that_is_lower_than_a_storey_has_a_wall_without_bays() -> None:
    """A house on raised ground, of somebody's own map: no floor of a screen lies in it."""
    roles = np.full((9, 16), Role.BACKDROP, np.uint8)
    site = Building(roles, ((0, 0, 16, 9),), ("hall",))
    backdrop = dress(site, (), replace(WARDROBE, bays=(BAY,)), LIGHT).backdrop
    assert (backdrop == BRICK).all()
