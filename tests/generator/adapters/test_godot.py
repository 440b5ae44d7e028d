"""Levels as Godot's text: what is in the files is what the level is."""

from __future__ import annotations

import base64
import re
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from generator.adapters import godot
from generator.adapters.sheets import COLUMNS
from generator.level.places import places_of
from generator.nes.roles import DEADLY, ONE_WAY, SOLID, TILE, Role
from tests.drawn.levels import rooms_level

CELL = np.dtype(
    [("x", "<i2"), ("y", "<i2"), ("source", "<u2"), ("column", "<u2"), ("row", "<u2"), ("other", "<u2")]
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("godot")
    godot.write(rooms_level(), made, "castle", resources="res://levels")
    return made


def cells(scene: str, name: str) -> np.ndarray:
    """The cells of a layer, as the engine reads them."""
    section = scene.split(f'[node name="{name}" type="TileMapLayer"')[1].split("\n[", maxsplit=1)[0]
    data = base64.b64decode(re.findall(r'tile_map_data = PackedByteArray\("(.*)"\)', section)[0])
    assert data[:2] == b"\0\0"
    return np.frombuffer(data[2:], CELL)


def grid_of(found: np.ndarray, shape: tuple[int, ...]) -> np.ndarray:
    grid = np.full(shape, -1)
    grid[found["y"], found["x"]] = found["row"].astype(int) * COLUMNS + found["column"]
    return grid


def test_the_layers_are_those_of_the_level(folder: Path) -> None:
    level, scene = rooms_level(), (folder / "castle.tscn").read_text()
    for name, grid in (("Far", level.far), ("Backdrop", level.backdrop), ("Tiles", level.tiles)):
        found = cells(scene, name)
        assert np.array_equal(grid_of(found, grid.shape), grid)
        assert not found["source"].any() and not found["other"].any()


def test_collision_stands_on_the_roles(folder: Path) -> None:
    level, found = rooms_level(), cells((folder / "castle.tscn").read_text(), "Collision")
    assert (found["source"] == 1).all()
    bodies = grid_of(found, level.roles.shape)
    for number, roles in enumerate((SOLID, ONE_WAY, DEADLY)):
        assert np.array_equal(bodies == number, np.isin(level.roles, sorted(roles)))
    assert Image.open(folder / "castle-collision.png").getchannel("A").getextrema() == (0, 0)


def test_the_tile_set_has_a_tile_for_all_that_is_painted(folder: Path) -> None:
    text = (folder / "castle.tres").read_text()
    level = rooms_level()
    for number in range(len(level.bank)):
        at = f"{number % COLUMNS}:{number // COLUMNS}/0"
        assert f'{at} = 0\n{at}/custom_data_0 = "{Role(number).name.lower()}"\n' in text
    assert text.count("physics_layer_0/polygon_0/points") == 2
    assert text.count("one_way = true") == 1
    assert 'path="res://levels/castle.png"' in text and f"tile_size = Vector2i({TILE}, {TILE})" in text
    assert Image.open(folder / "castle.png").size == (COLUMNS * TILE, 3 * TILE)


def test_every_reference_leads_to_something_and_names_are_unique(folder: Path) -> None:
    for file in ("castle.tres", "castle.tscn"):
        text = (folder / file).read_text()
        for kind in ("Ext", "Sub"):
            made = set(re.findall(rf'\[{kind.lower()}_resource [^\]]*id="([^"]+)"', text))
            assert set(re.findall(rf'{kind}Resource\("([^"]+)"\)', text)) == made
        count = len(re.findall(r"^\[(?:ext|sub)_resource", text, re.M))
        assert f"load_steps={count + 1} " in text
        nodes = re.findall(r'\[node name="([^"]+)"', text)
        assert len(set(nodes)) == len(nodes)


def test_who_stands_where_is_a_marker(folder: Path) -> None:
    scene = (folder / "castle.tscn").read_text()
    places = places_of(rooms_level())
    assert scene.count('type="Marker2D"') == len(places) == 13
    for place in places:
        assert (
            f'[node name="{place.name}" type="Marker2D" parent="Spawns"]\nposition = Vector2({place.x_px}, '
            in scene
        )
