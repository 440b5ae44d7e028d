"""Levels as text of Godot 4.3 and later: a TileSet, and a scene with the layers and the spawns.

    godot.write(level, Path("game/levels"), "castle", resources="res://levels")

The scene has a `TileMapLayer` each for far (in a `Parallax2D`), backdrop and tiles, and one of collision: it
is invisible, and stands on the role grid, as a level's collision always does. Start, exit and spawns are
`Marker2D`s below `Spawns`. Format: Godot's documentation, "TSCN file format"; of `tile_map_data` the engine's
TileMapLayer: a 16-bit version, then 12 bytes a cell.
"""

from __future__ import annotations

import base64
from collections.abc import Iterator, Sequence
from os import PathLike
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from ..errors import path_of
from ..files import check_folder, png, write_whole
from ..level.places import places_of
from ..nes.roles import DEADLY, ONE_WAY, SOLID, Role
from ..tiles.shown import Shown, ShownBank, check_shown, tile_px_of
from .sheets import COLUMNS, sheet

__all__ = ["write"]

ADVICE = "choose another folder"
"""What to do where a file cannot be written."""
TILES, COLLISION = 0, 1
"""Numbers of the TileSet's sources: the dreamed tiles, and one tile for each of BODIES."""
BODIES = ("solid", "one_way", "deadly")
"""The tiles of collision, and their custom data `role`. A deadly one has no polygon: ask for its data."""
STRING = 4
"""Godot's number of the type String."""
LAYER_VERSION = 0
"""Version of `tile_map_data`."""


def write(level: Shown, folder: str | PathLike[str], name: str, *, resources: str = "res://") -> list[Path]:
    """Writes NAME.tscn, NAME.tres and two pictures into a folder, which is made; returns their paths.

    resources: where that folder lies in the project of Godot.
    Raises WriteError where it cannot.
    """
    check_shown(level)
    folder = path_of("folder", folder)
    check_folder(folder, ADVICE)
    side = tile_px_of(level.bank)
    at = resources if resources.endswith("/") else resources + "/"
    files = {
        f"{name}.tscn": "\n".join(_scene(level, f"{at}{name}.tres")).encode(),
        f"{name}.tres": "\n".join(_tile_set(level.bank, at + name)).encode(),
        f"{name}.png": png(sheet(level.bank)),
        f"{name}-collision.png": png(Image.new("RGBA", (side * len(BODIES), side))),
    }
    for file, data in files.items():
        write_whole(folder / file, data, ADVICE)
    return [folder / file for file in files]


def _tile_set(bank: ShownBank, path: str) -> Iterator[str]:
    """The lines of the TileSet."""
    side = tile_px_of(bank)
    size = f"Vector2i({side}, {side})"
    yield '[gd_resource type="TileSet" load_steps=5 format=3]\n'
    yield f'[ext_resource type="Texture2D" path="{path}.png" id="1"]'
    yield f'[ext_resource type="Texture2D" path="{path}-collision.png" id="2"]\n'
    yield '[sub_resource type="TileSetAtlasSource" id="tiles"]'
    yield f'texture = ExtResource("1")\ntexture_region_size = {size}'
    for number in range(len(bank)):
        at = f"{number % COLUMNS}:{number // COLUMNS}/0"
        yield f"{at} = 0"
        yield f'{at}/custom_data_0 = "{Role(int(bank.role[number])).name.lower()}"'
    yield '\n[sub_resource type="TileSetAtlasSource" id="collision"]'
    yield f'texture = ExtResource("2")\ntexture_region_size = {size}'
    half = side / 2
    square = f"PackedVector2Array({-half}, {-half}, {half}, {-half}, {half}, {half}, {-half}, {half})"
    for number, body in enumerate(BODIES):
        at = f"{number}:0/0"
        yield f"{at} = 0"
        if body != "deadly":
            yield f"{at}/physics_layer_0/polygon_0/points = {square}"
        if body == "one_way":
            yield f"{at}/physics_layer_0/polygon_0/one_way = true"
        yield f'{at}/custom_data_0 = "{body}"'
    yield f"\n[resource]\ntile_size = {size}\nphysics_layer_0/collision_layer = 1"
    yield f'custom_data_layer_0/name = "role"\ncustom_data_layer_0/type = {STRING}'
    yield 'sources/0 = SubResource("tiles")\nsources/1 = SubResource("collision")\n'


def _scene(level: Shown, tile_set: str) -> Iterator[str]:
    """The lines of the scene."""
    side = tile_px_of(level.bank)
    yield "[gd_scene load_steps=2 format=3]\n"
    yield f'[ext_resource type="TileSet" path="{tile_set}" id="1"]\n'
    yield '[node name="Level" type="Node2D"]\n'
    yield '[node name="Parallax" type="Parallax2D" parent="."]'
    yield "scroll_scale = Vector2(0.5, 0.5)"
    yield f"repeat_size = Vector2({level.far.shape[1] * side}, 0)\nrepeat_times = 3\n"
    yield from _layer("Far", "Parallax", _cells(level.far))
    yield from _layer("Backdrop", ".", _cells(level.backdrop))
    yield from _layer("Tiles", ".", _cells(level.tiles))
    body = np.full(level.roles.shape, -1, np.int16)
    for number, roles in enumerate((SOLID, ONE_WAY, DEADLY)):
        body[np.isin(level.roles, sorted(roles))] = number
    yield from _layer("Collision", ".", _cells(body, COLLISION, len(BODIES)))
    yield '[node name="Spawns" type="Node2D" parent="."]\n'
    for place in places_of(level):
        yield f'[node name="{place.name}" type="Marker2D" parent="Spawns"]'
        yield f"position = Vector2({place.x_px}, {place.y_px})"
        yield f'metadata/kind = "{place.kind}"\nmetadata/facing = {place.facing}\n'


def _layer(name: str, parent: str, cells: Sequence[NDArray[np.integer]]) -> Iterator[str]:
    """The lines of a TileMapLayer with these columns of numbers, a row for each cell."""
    packed = np.stack(cells, axis=1).astype("<i2").tobytes() if cells else b""
    data = base64.b64encode(np.array([LAYER_VERSION], "<u2").tobytes() + packed).decode()
    yield f'[node name="{name}" type="TileMapLayer" parent="{parent}"]'
    yield f'tile_map_data = PackedByteArray("{data}")\ntile_set = ExtResource("1")\n'


def _cells(
    grid: NDArray[np.int16], source: int = TILES, columns: int = COLUMNS
) -> Sequence[NDArray[np.integer]]:
    """x, y, source, column and row in the picture, and alternative of every cell of a grid that has a
    tile."""
    y, x = np.nonzero(grid >= 0)
    index = grid[y, x]
    return x, y, np.full(len(x), source), index % columns, index // columns, np.zeros(len(x), np.int16)
