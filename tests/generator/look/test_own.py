"""Somebody's own level: read off its grid, dressed like a stage."""

from __future__ import annotations

import numpy as np
import pytest

from generator.drawing import role_grid
from generator.dream.loading import shipped_networks
from generator.dream.network import Networks
from generator.layout.canvas import FLOOR_ROW
from generator.look.drawn import _hang
from generator.look.own import building_of, dress_own
from generator.nes.palette import SUB_PALETTES
from generator.nes.roles import SOLID, Role
from generator.tiles.legibility import LEAST_L, room_contrasts

DRAWN = (Role.WINDOW, Role.COLUMN, Role.BUSH)
HOUSE = [
    "................",
    "......######....",
    "......#    #....",
    ".&&...#  | #....",
    ".&&...*  |  ....",
    "################",
    "################",
]


def test_the_floor_comes_to_where_screens_have_it() -> None:
    building, (top, left) = building_of(role_grid(HOUSE), "gate")
    assert (top + 5) % 15 == FLOOR_ROW and left == 0
    rows = building.roles[top : top + 7, :16]
    assert (rows[5] == Role.GROUND_TOP).all() and (rows[6] == Role.GROUND_FILL).all()
    assert min(building.roles.shape) >= 14, "as much as the role network reads"


def test_a_wall_is_indoors_and_the_rest_is_under_the_sky() -> None:
    building, (top, _) = building_of(role_grid(HOUSE), "gate")
    assert building.sky is not None
    sky = building.sky[top : top + 7]
    assert sky[0].all() and not sky[2, 7:11].any()
    assert sky[4, 12] and not sky[4, 11]
    assert sky[4, 6] == sky[4, 5], "a candle hangs where its neighbour is"
    assert building.kinds == ("courtyard", "corridor")
    assert not building.fronts, "no castle's front at its ends"


def test_what_stands_there_is_found() -> None:
    building, (top, _) = building_of(role_grid(HOUSE), "gate")
    props = {(prop.kind, prop.column, prop.row - top, prop.w, prop.h) for prop in building.props}
    assert props == {("column", 9, 3, 1, 2), ("tree", 1, 3, 2, 2)}


@pytest.mark.slow
@pytest.mark.parametrize("name", ["house", "solid", "sky", "wall", "tiny", "noise", "tall"])
def test_strangers_grids_are_dressed(name: str, small_networks: Networks) -> None:
    rng = np.random.default_rng(1)
    grids = {
        "house": HOUSE,
        "solid": np.full((15, 20), Role.GROUND_TOP),
        "sky": np.zeros((15, 20), int),
        "wall": np.full((9, 30), Role.BACKDROP),
        "tiny": ["....", "....", "####", "####"],
        "noise": rng.integers(0, 15, (30, 40)),
        "tall": np.pad(np.full((60, 10), Role.BACKDROP), 2, constant_values=Role.GROUND_FILL),
    }
    roles = role_grid(grids[name])
    made = dress_own(roles, 5, 1, 0, small_networks)
    assert np.array_equal(made.roles, roles)
    assert made.tiles.shape == made.backdrop.shape == roles.shape
    assert (made.tiles[np.isin(roles, sorted(SOLID))] >= 0).all()
    assert (made.backdrop[roles == Role.BACKDROP] >= 0).any() or not (roles == Role.BACKDROP).any()
    assert (made.backdrop[roles == Role.SKY] < 0).all()
    assert room_contrasts(roles, made.layers, made.bank.pixels, made.rooms).min() >= LEAST_L
    assert len(made.bank.palettes) == SUB_PALETTES
    for tile, palette in zip(made.bank.pixels, made.bank.palette.tolist(), strict=True):
        assert set(np.unique(tile).tolist()) <= set(made.bank.palettes[palette].tolist())
    again = dress_own(roles, 5, 1, 0, small_networks)
    assert np.array_equal(again.tiles, made.tiles) and again.bank.equals(made.bank)
    assert not made.tiles.flags.writeable


FURNISHED = [
    "####################",
    "#                  #",
    "#   I      I       #",
    "#             I    #",
    "#       |          #",
    "#       |       &  #",
    "####################",
]


@pytest.mark.slow
@pytest.mark.parametrize("look", [1, 2, 4])
def test_windows_columns_and_bushes_are_where_they_are_drawn(look: int) -> None:
    roles = role_grid(FURNISHED)
    networks = shipped_networks()
    made = dress_own(roles, 12, look, 0, networks)
    plain = dress_own(np.where(np.isin(roles, DRAWN), Role.BACKDROP, roles), 12, look, 0, networks)
    wall, front = roles == Role.BACKDROP, made.tiles >= 0
    assert not front[wall].any(), "nothing stands where nothing was drawn"
    assert front[roles == Role.BUSH].all() and (made.backdrop[wall] >= 0).all()
    assert not (plain.tiles[roles == Role.BUSH] >= 0).any(), "and no bush grows by itself"


@pytest.mark.slow
def test_a_window_hangs_round_its_cell_and_its_middle_where_the_wall_is_not_free() -> None:
    """By pieces of known tiles, so that one sees which part of which was laid."""
    window = np.array([[1, 2], [3, 4], [5, 6]], np.int16)
    roles = role_grid(["       ", "   I   ", "       ", "#######"])
    roles[1, 3] = Role.WINDOW
    backdrop = np.zeros(roles.shape, np.int16)
    _hang(backdrop, roles, [window])
    assert backdrop[1].tolist() == [0, 0, 0, 3, 0, 0, 0], "there is no room for three rows above it"
    roles[1, 3], roles[2, 3], backdrop[:] = Role.BACKDROP, Role.WINDOW, 0
    _hang(backdrop, roles, [window])
    assert backdrop[:3, 3:5].tolist() == window.tolist() and (backdrop != 0).sum() == 6
