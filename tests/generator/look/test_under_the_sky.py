"""Under the sky: the castle at both ends of a courtyard, what stands in the distance, moon and clouds."""

from dataclasses import replace

import numpy as np

from generator.choosing.wardrobe import Skyline
from generator.look.building import Building
from generator.look.dressing import dress
from generator.look.fronts import FRONT_COLUMNS, FRONT_TOP
from tests.drawn.wardrobes import (
    BASE,
    BAY,
    LIGHT,
    WARDROBE,
    WINDOW,
    building,
    grid,
    one,
)


def test_a_courtyard_ends_at_the_castle() -> None:
    roles = grid("\n".join(["." * 32] * 12 + ["T" * 32] * 3))
    gate = np.array([[50, 51], [52, 53]], np.int16)
    wardrobe = replace(WARDROBE, gates=(gate,), skyline=Skyline(one(40), 41))
    light = LIGHT.copy()
    light[:3] = 60.0
    layers = dress(Building(roles, ((0, 0, 32, 15),), ("courtyard",)), (), wardrobe, light)
    for columns in (slice(1, 1 + FRONT_COLUMNS), slice(31 - FRONT_COLUMNS, 31)):
        front = layers.backdrop[:, columns]
        y, x = np.argwhere(front == 50)[0]
        assert front[y : y + 2, x : x + 2].tolist() == gate.tolist()
        assert y + 2 == 12, "it stands on the ground"
        assert (front == 41).sum() == FRONT_COLUMNS, "a parapet ends it"
    assert (layers.backdrop[:, 1 + FRONT_COLUMNS : -1 - FRONT_COLUMNS] == -1).all()


def test_the_castle_at_its_ends_is_built_of_whole_bays() -> None:
    roles = grid("\n".join(["." * 32] * 12 + ["T" * 32] * 3))
    light = LIGHT.copy()
    light[:3] = 60.0
    site = Building(roles, ((0, 0, 32, 15),), ("courtyard",))
    backdrop = dress(site, (), replace(WARDROBE, bays=(BAY,)), light).backdrop
    row = backdrop[FRONT_TOP + 1]
    left = int(np.flatnonzero(row >= 0)[0])
    wide = int((row[: len(row) // 2] >= 0).sum())
    assert left == 1 and wide >= FRONT_COLUMNS and wide % BAY.tiles.shape[1] == 1
    assert row[left] == row[left + wide - 1], "it begins and ends with a pillar"
    assert row[left : left + wide].tolist() == row[-1 - wide : -1].tolist(), "both ends are alike"


def test_a_plain_front_has_a_window() -> None:
    roles = grid("\n".join(["." * 32] * 12 + ["T" * 32] * 3))
    light = LIGHT.copy()
    light[:3] = 60.0
    wardrobe = replace(WARDROBE, windows=(WINDOW,))
    backdrop = dress(Building(roles, ((0, 0, 32, 15),), ("courtyard",)), (), wardrobe, light).backdrop
    for at in np.argwhere(backdrop == WINDOW[0, 0]).tolist():
        assert backdrop[at[0] : at[0] + 2, at[1]].tolist() == WINDOW[:, 0].tolist()
    assert (backdrop == WINDOW[0, 0]).sum() == 2


def sky(**changes: object) -> np.ndarray:
    """The far layer of an open level of 60 columns."""
    wardrobe = replace(WARDROBE, **changes)  # type: ignore[arg-type]
    roles = grid("\n".join(["." * 60] * 12))
    return dress(building(roles, True), (), wardrobe, LIGHT).far


def test_a_horizon_goes_round_and_down() -> None:
    horizon = np.concatenate([np.full((1, 10), -1), np.arange(30, 40)[None]]).astype(np.int16)
    far = sky(horizon=horizon)
    (first,) = set((far >= 30).argmax(0).tolist())
    assert (far[:first] == WARDROBE.sky[0, 0]).all(), "its empty cells show the sky"
    assert far[first, :10].tolist() == far[first, 10:20].tolist() == horizon[1].tolist()
    assert (far[first + 1 :] == far[first]).all()


def test_where_none_was_dreamed_there_is_a_far_castle() -> None:
    far = sky(skyline=Skyline(one(40), 41))
    tops = (far == 40).argmax(0)
    assert len(set(tops.tolist())) > 2, "towers, and walls between them"
    for column, top in enumerate(tops.tolist()):
        assert (far[top:, column] == 40).all() and far[top - 1, column] == 41


def test_its_towers_have_windows() -> None:
    far = sky(skyline=Skyline(one(40), 41), windows=(WINDOW,))
    lit = np.argwhere(far == WINDOW[0, 0])
    assert len(lit) > 4
    for y, x in lit.tolist():
        assert far[y + 1, x] == WINDOW[1, 0], "whole"
        assert (far[y : y + 2, x - 1] == 40).all() and (far[y : y + 2, x + 1 : x + 2] == 40).all()


def test_its_windows_go_before_the_castle_where_they_would_be_as_light_as_the_ground() -> None:
    light = LIGHT.copy()
    light[[0, 1, 2]], light[[62, 63]] = 24.0, 100.0
    roles = grid("\n".join(["." * 60] * 11 + ["T" * 60]))
    wardrobe = replace(WARDROBE, skyline=Skyline(one(40), 41), windows=(WINDOW,))
    far = dress(building(roles, True), (), wardrobe, light).far
    assert (far == 40).any() and not (far == WINDOW[0, 0]).any()


def test_between_its_towers_there_is_a_dark_bay_where_one_was_dreamed() -> None:
    dark, light, black = (replace(BAY, lightness=of) for of in (0.1, 0.5, 0.01))
    far = sky(skyline=Skyline(one(40), 41), bays=(light, black, dark))
    assert np.isin(BAY.tiles, far).all()
    assert not np.isin(BAY.tiles, sky(skyline=Skyline(one(40), 41), bays=(light, black))).any()
    base = (far == BASE).argmax(0)
    assert len(set(base[base > 0].tolist())) == 1, "all on one ground"


def test_moon_and_clouds_hang_whole_in_the_free_sky() -> None:
    moon, cloud = np.array([[60, 61], [62, -1]], np.int16), np.array([[50, 51]], np.int16)
    far = sky(moon=moon, clouds=(cloud,))
    y, x = np.argwhere(far == 60)[0]
    assert far[y : y + 2, x : x + 2].tolist() == [[60, 61], [62, WARDROBE.sky[0, 0]]]
    assert x < 16, "seen from the start"
    assert np.diff(np.flatnonzero((far == 60).any(0))).min(initial=99) > 16, "never two in one view"
    assert (far == 50).sum() > 3
    assert ((far[:, :-1] == 50) == (far[:, 1:] == 51)).all()
