"""Somebody's own level: read off its grid, dressed like a stage."""

from __future__ import annotations

import numpy as np
import pytest

from generator.drawing import role_grid
from generator.dream.network import Networks
from generator.layout.canvas import FLOOR_ROW
from generator.look.own import building_of, dress_own
from generator.nes.palette import SUB_PALETTES
from generator.nes.roles import SOLID, Role
from generator.tiles.legibility import LEAST_L, room_contrasts

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
