"""Styles: what cannot be one is said in a line; levels in other colours stay legible; tiles of other
sizes."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pygame
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from generator.adapters import godot, ldtk, sheets
from generator.adapters.pygame_util import draw
from generator.level.places import places_of
from generator.nes.palette import PALETTE_RGB, l_star
from generator.nes.roles import DEADLY, TILE, Role
from generator.style import Style, Styled, StyleError
from generator.style.palettes import palette_rgb
from generator.tiles.layers import Layers
from generator.tiles.legibility import LEAST_L, WANTED_L, room_contrasts
from tests.drawn.coloured import coloured_level
from tests.drawn.ldtk_schema import ldtk_schema
from tests.drawn.levels import noise_level

OWN = [
    (12, 10, 24),
    (60, 40, 70),
    (120, 70, 90),
    (200, 120, 100),
    (240, 220, 190),
    (40, 60, 110),
    (80, 120, 140),
]
LEVEL = coloured_level()


def contrasts(shown: Styled) -> np.ndarray:
    layers = Layers(shown.tiles, shown.backdrop, shown.far)
    lightness = l_star(shown.bank.colours)
    return room_contrasts(shown.roles, layers, shown.bank.pixels, shown.rooms, lightness=lightness)


def picture(level: Any, scale: int = 1) -> np.ndarray:
    surface = pygame.Surface((256 * scale, 240 * scale), 0, 32)
    draw(surface, level, (16 * TILE * scale, 15 * TILE * scale))
    return pygame.surfarray.array3d(surface).swapaxes(0, 1)


def test_the_nes_is_what_a_level_is_in_already() -> None:
    shown = Style().apply(LEVEL)
    assert np.array_equal(shown.bank.pixels, LEVEL.bank.pixels)
    assert np.array_equal(shown.bank.colours, PALETTE_RGB)
    assert np.array_equal(picture(shown), picture(LEVEL))


@pytest.mark.parametrize("palette", ["gameboy", "pico8", OWN])
def test_one_sees_where_to_stand_in_any_palette(palette: Any) -> None:
    before = room_contrasts(LEVEL.roles, LEVEL.layers, LEVEL.bank.pixels, LEVEL.rooms).min()
    shown = Style(palette=palette).apply(LEVEL)
    assert shown.contrast_l == pytest.approx(contrasts(shown).min())
    assert shown.contrast_l >= min(before, WANTED_L)


@pytest.mark.parametrize("palette", ["gameboy", "pico8", OWN])
def test_the_four_shades_of_a_tile_in_front_stay_four_in_their_order(palette: Any) -> None:
    bank = Style(palette=palette).apply(LEVEL).bank
    lightness = l_star(bank.colours)
    ground = np.flatnonzero(LEVEL.bank.role == Role.GROUND_TOP)[0]
    before, after = LEVEL.bank.pixels[ground], bank.pixels[ground]
    became = [np.unique(after[before == colour]) for colour in LEVEL.bank.palettes[0]]
    assert all(len(one) == 1 for one in became)
    assert len({int(one[0]) for one in became}) == 4
    assert (np.diff([lightness[one[0]] for one in became]) > 0).all()  # as PALETTES lists them, dark to light


def test_with_colours_to_spare_no_two_become_one_anywhere() -> None:
    bank = Style(palette="pico8").apply(LEVEL).bank
    for before, after in zip(LEVEL.bank.pixels, bank.pixels, strict=True):
        assert len(np.unique(after)) == len(np.unique(before))


def test_a_colour_becomes_one_like_it() -> None:
    spread = [
        tuple(rgb)
        for rgb in PALETTE_RGB[[0x0F, 0x06, 0x16, 0x36, 0x01, 0x0C, 0x1C, 0x07, 0x17, 0x27]].tolist()
    ]
    bank = Style(palette=spread).apply(LEVEL).bank  # it holds all colours of three sub-palettes
    for number in (0, 1, 2):
        tiles = LEVEL.bank.palette == number
        assert np.array_equal(bank.colours[bank.pixels[tiles]], PALETTE_RGB[LEVEL.bank.pixels[tiles]])


def test_all_tiles_share_what_the_backdrop_colour_becomes() -> None:
    bank = Style(palette=OWN).apply(LEVEL).bank
    assert len(np.unique(bank.pixels[LEVEL.bank.pixels == LEVEL.bank.palettes[0, 0]])) == 1
    assert (bank.palettes[:, 0] == bank.palettes[0, 0]).all()


def test_in_few_colours_what_is_far_is_dark_and_what_kills_is_light_on_dark() -> None:
    far = np.setdiff1d(LEVEL.far, [LEVEL.tiles, LEVEL.backdrop])
    front = np.isin(np.arange(len(LEVEL.bank)), LEVEL.tiles)
    deadly = np.flatnonzero(np.isin(LEVEL.bank.role, sorted(DEADLY)) & front)
    assert len(far[far >= 0]) or len(deadly), "the level shows one of them"
    shown = Style(palette="gameboy").apply(LEVEL)
    lightness = l_star(shown.bank.colours)
    assert (lightness[shown.bank.pixels[far[far >= 0]]] <= np.median(lightness)).all()
    for tile in deadly:
        assert set(np.unique(shown.bank.pixels[tile])) <= {int(lightness.argmin()), int(lightness.argmax())}


def test_a_tile_that_is_far_and_near_becomes_two_of_which_the_far_one_is_dark() -> None:
    near = int(LEVEL.tiles[LEVEL.tiles >= 0][0])
    level = replace(LEVEL, far=np.full((15, 16), near, np.int16))
    shown = Style(palette="gameboy").apply(level)
    far = int(shown.far[0, 0])
    assert far != near and near in shown.tiles and far not in shown.tiles
    assert (shown.bank.role[far], shown.bank.palette[far]) == (
        level.bank.role[near],
        level.bank.palette[near],
    )
    assert np.array_equal(shown.bank.provenance[far], level.bank.provenance[near])
    lightness = l_star(shown.bank.colours)
    assert lightness[shown.bank.pixels[far]].max() < lightness[shown.bank.pixels[near]].max()
    assert len(Style(palette="pico8").apply(level).bank) == len(level.bank)


def test_a_palette_in_which_nothing_stands_out_is_refused() -> None:
    with pytest.raises(
        StyleError, match=r"palette: the ground would stand out by only .* of 100; add lighter and"
    ):
        Style(palette=[(100, 100, 100), (108, 108, 108), (112, 112, 112), (120, 120, 120)]).apply(LEVEL)


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.tuples(*[st.integers(0, 255)] * 3), min_size=2, max_size=12, unique=True),
    st.sampled_from([8, 32]),
)
def test_any_list_of_colours_is_legible_or_refused_in_one_line(colours: list[Any], tile_px: int) -> None:
    try:
        shown = Style(palette=colours, tile_px=tile_px).apply(LEVEL)
    except StyleError as error:
        assert str(error).startswith("palette: ") and "\n" not in str(error)
    else:
        assert contrasts(shown).min() >= LEAST_L
        assert shown.bank.pixels.max() < len(colours)


def test_colours_beside_the_sub_palettes_are_moved_too() -> None:
    bank = Style(palette="pico8").apply(noise_level()).bank
    assert len(bank.colours) == 16 and bank.pixels.max() < 16


# Tiles of other sizes.


def test_tiles_of_8_px_are_quarters_and_the_picture_is_the_same() -> None:
    shown = Style(tile_px=8).apply(LEVEL)
    assert shown.tile_px == 8 and shown.bank.pixels.shape == (4 * len(LEVEL.bank), 8, 8)
    assert shown.roles.shape == shown.tiles.shape == (60, 128)
    assert np.array_equal(shown.roles[::2, 1::2], LEVEL.roles)
    assert np.array_equal(picture(shown), picture(LEVEL))
    assert shown.start == LEVEL.start and shown.spawns == LEVEL.spawns
    assert shown.exit == (2 * LEVEL.exit[0], 2 * LEVEL.exit[1] + 1)
    assert shown.rooms[1] == tuple(2 * side for side in LEVEL.rooms[1])


def test_tiles_of_32_px_have_each_pixel_four_times() -> None:
    shown = Style(tile_px=32, palette="gameboy").apply(LEVEL)
    small = Style(palette="gameboy").apply(LEVEL)
    assert np.array_equal(picture(shown, 2), picture(small).repeat(2, 0).repeat(2, 1))
    assert shown.start == (2 * LEVEL.start[0], 2 * LEVEL.start[1]) and shown.exit == LEVEL.exit
    assert shown.spawns[0].x_px == 2 * LEVEL.spawns[0].x_px


def test_every_tile_keeps_its_role_and_where_it_comes_from() -> None:
    bank = Style(tile_px=8).apply(LEVEL).bank
    for quarter in range(4):
        assert np.array_equal(bank.role[quarter::4], LEVEL.bank.role)
        assert np.array_equal(bank.provenance[quarter::4], LEVEL.bank.provenance)


def test_what_is_in_other_tiles_already_is_not_styled_again() -> None:
    with pytest.raises(StyleError, match="tile_px: its tiles have 8 px already; hand in the level itself"):
        Style().apply(Style(tile_px=8).apply(LEVEL))


@pytest.mark.parametrize(("tile_px", "more"), [(8, 1), (32, 2)])
def test_what_is_styled_goes_through_all_adapters(tile_px: int, more: int, tmp_path: Path) -> None:
    jsonschema = pytest.importorskip("jsonschema")
    shown = Style(palette="pico8", tile_px=tile_px).apply(LEVEL)
    before, after = places_of(LEVEL), places_of(shown)
    assert [(p.name, more * p.x_px, more * p.y_px) for p in before] == [
        (p.name, p.x_px, p.y_px) for p in after
    ]
    path, picture = ldtk.write(shown, tmp_path / "castle.ldtk", rooms=False)
    assert jsonschema.Draft7Validator(ldtk_schema()).is_valid(json.loads(path.read_bytes()))
    found = ldtk.read(path)
    assert np.array_equal(found.roles, shown.roles)
    assert {(p.kind, p.x_px, p.y_px) for p in found.places} == {(p.kind, p.x_px, p.y_px) for p in after}
    colours = {tuple(rgb) for rgb in np.asarray(Image.open(picture).convert("RGB")).reshape(-1, 3).tolist()}
    assert colours <= {tuple(rgb) for rgb in palette_rgb("pico8").tolist()}
    godot.write(shown, tmp_path, "castle")
    assert f"tile_size = Vector2i({tile_px}, {tile_px})" in (tmp_path / "castle.tres").read_text()
    _, told = sheets.write(shown, tmp_path, "sheet")
    assert json.loads(told.read_bytes())["tile_px"] == tile_px


# What is no style.


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"roles": {"lava": 1}}, "roles: 'lava' is no role that tiles have; known are sky, backdrop"),
        ({"roles": {Role.GLYPH: 1}}, "roles: <Role.GLYPH: 15> is no role that tiles have"),
        ({"roles": {"window": 0}}, "roles: 0 tiles of 'window'; write a whole number from 1 to 64"),
        ({"roles": {"window": True}}, "roles: True tiles of 'window'; write"),
        ({"hues": (200, 300)}, "hues: 200 is no range; write two degrees from 0 to 360, such as (200, 300)"),
        ({"hues": [(0, 400)]}, "hues: (0, 400) is no range; write two degrees"),
        ({"hues": [(0, float("nan"))]}, "is no range; write two degrees"),
        ({"darkness": (0.8, 0.2)}, "darkness: (0.8, 0.2) is no range; write two numbers from 0 to 1"),
        ({"darkness": 0.5}, "darkness: 0.5 is no range; write two numbers"),
        ({"vary": 0.4}, "vary: there is no 0.4; write one of 0, 0.05, 0.1, 0.15, 0.2, 0.3, 0.5, 1"),
        ({"z": -1}, "z: -1 is no z seed; take one from a level's bank.provenance[:, 0], or 0 to 2^63 - 1"),
        ({"z": "castle"}, "z: 'castle' is no z seed; take one"),
        ({"palette": "c64"}, "palette: there is no 'c64'; write nes, gameboy, pico8, or a list of (r, g, b)"),
        ({"palette": [(0, 0, 0)]}, "palette: a list of 1 colours; give it 2 to 256"),
        (
            {"palette": [(0, 0, 0), (0, 0, 256)]},
            "palette: (0, 0, 256) is no colour; write three whole numbers",
        ),
        ({"palette": [(0, 0, 0), "#ffffff"]}, "palette: '#ffffff' is no colour; write three"),
        ({"palette": [(1, 2, 3), (1, 2, 3)]}, "palette: (1, 2, 3) is in it twice; leave one of them out"),
        ({"palette": 7}, "palette: 7 is none; write a name, or a list of (red, green, blue)"),
        ({"tile_px": 12}, "tile_px: there are no tiles of 12 px; write 8, 16 or 32"),
    ],
)
def test_what_is_no_style_is_said_in_one_line_that_names_the_field(said: dict[str, Any], told: str) -> None:
    with pytest.raises(StyleError) as caught:
        Style(**said)
    assert told in str(caught.value) and "\n" not in str(caught.value)


def test_a_style_that_asks_nothing_of_the_dreams_has_no_wish() -> None:
    assert Style(palette="gameboy", tile_px=8).wish is None
    wish = Style(hues=[(330, 60)], roles={"Window": 2}).wish
    assert wish is not None and wish.hues == ((330, 420),) and wish.roles == {Role.WINDOW: 2}


def test_palettes_have_the_colours_that_they_are_known_for() -> None:
    assert palette_rgb("pico8")[8].tolist() == [0xFF, 0x00, 0x4D] and len(palette_rgb("pico8")) == 16
    assert len(palette_rgb("gameboy")) == 4 and (np.diff(l_star(palette_rgb("gameboy"))) > 15).all()
