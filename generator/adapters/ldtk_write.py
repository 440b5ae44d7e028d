"""A level as a project of LDtk: an LDtk level for each room, with roles, tiles, spawns, and their
definitions.

The fields are those that LDtk 1.5.3 says are required (ldtk.io/json); what stays empty there stays empty
here.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from os import PathLike
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..errors import GanvaniaError, path_of
from ..files import check_folder, png, write_whole
from ..level.places import EXIT, Place, places_of
from ..nes.roles import BASE, DEADLY, ONE_WAY, SOLID, Role
from ..tiles.shown import Shown, check_shown, colours_of, rooms_of, tile_px_of
from .ldtk_definitions import entity_definition, layer_definition, tileset_definition
from .ldtk_names import (
    BACKDROP,
    ENTITIES,
    ENUM_UID,
    FAR,
    FIRST_FIELD_UID,
    FIRST_LAYER_UID,
    FIRST_LEVEL_UID,
    LAYERS,
    ROLE_ENUM,
    ROLES,
    TILES,
    TILESET_UID,
    VERSION,
    iid,
)
from .sheets import COLUMNS, sheet

ADVICE = "choose another file"
"""What to do where a file cannot be written."""
SUFFIX = ".ldtk"
ROLE_COLOURS = ((SOLID, "#9A4A2F"), (ONE_WAY, "#D9A441"), (DEADLY, "#C2185B"), (frozenset(BASE), "#3A4466"))
"""The colour in which LDtk shows a role: of the first set that holds it."""

Json = dict[str, Any]
Room = tuple[int, int, int, int]
"""Column, row, width and height in tiles."""


def write(level: Shown, path: str | PathLike[str], *, rooms: bool = True) -> list[Path]:
    """Writes a project and the picture of its tiles beside it; returns both paths.

    Args:
        level: anything with the fields of a `Level`.
        path: of the project, NAME.ldtk; its folder is made.
        rooms: whether each room is an LDtk level of its own, at its place in the world. Else the whole is
            one, and what lies between the rooms is kept too.
    Raises: WriteError where it cannot; GanvaniaError for another suffix.
    """
    check_shown(level)
    path = path_of("path", path)
    if path.suffix.lower() != SUFFIX:
        raise GanvaniaError(f"{path}: no name of an LDtk project; let it end in {SUFFIX}")
    check_folder(path.parent, ADVICE)
    picture = path.with_suffix(".png")
    project = _project(level, path.stem, picture.name, rooms=rooms)
    write_whole(picture, png(sheet(level.bank)), ADVICE)
    write_whole(path, json.dumps(project, indent="\t").encode(), ADVICE)
    return [path, picture]


def _project(level: Shown, name: str, picture: str, *, rooms: bool) -> Json:
    side = tile_px_of(level.bank)
    height, width = level.roles.shape
    parts = rooms_of(level) if rooms else ((0, 0, width, height),)
    places = places_of(level)
    kinds = {kind: number for number, kind in enumerate(dict.fromkeys(place.kind for place in places))}
    background = "#{:02X}{:02X}{:02X}".format(*colours_of(level.bank)[level.bank.palettes[0, 0]].tolist())
    levels = [
        _level(level, name, number, part, places=places, kinds=kinds) for number, part in enumerate(parts)
    ]
    for one, (x, y, w, h) in zip(levels, parts, strict=True):
        one["__neighbours"] = list(_neighbours(name, parts, (x, y, w, h)))
        one["__bgColor"] = one["__smartColor"] = background
    return {
        "__header__": {
            "fileType": "LDtk Project JSON", "app": "LDtk", "doc": "https://ldtk.io/json",
            "schema": "https://ldtk.io/files/JSON_SCHEMA.json", "appVersion": VERSION,
            "url": "https://ldtk.io",
        },
        "iid": iid(name), "jsonVersion": VERSION, "appBuildId": 0, "nextUid": FIRST_LEVEL_UID + len(parts),
        "identifierStyle": "Free", "toc": [], "worldLayout": "Free", "worldGridWidth": side,
        "worldGridHeight": side, "defaultLevelWidth": 16 * side, "defaultLevelHeight": 15 * side,
        "defaultPivotX": 0.5, "defaultPivotY": 1, "defaultGridSize": side, "defaultEntityWidth": side,
        "defaultEntityHeight": side, "bgColor": "#202028", "defaultLevelBgColor": background,
        "minifyJson": False, "externalLevels": False, "exportTiled": False, "simplifiedExport": False,
        "imageExportMode": "None", "exportLevelBg": True, "pngFilePattern": None, "backupOnSave": False,
        "backupLimit": 10, "backupRelPath": None, "levelNamePattern": "Room_%idx", "tutorialDesc": None,
        "customCommands": [], "flags": [], "defs": _definitions(level, picture, kinds), "levels": levels,
        "worlds": [], "dummyWorldIid": iid(name, "world"), "jsonStyle": "Full",
    }  # fmt: skip


def _definitions(level: Shown, picture: str, kinds: dict[str, int]) -> Json:
    side = tile_px_of(level.bank)
    values = [
        {
            "value": int(role), "identifier": role.name.lower(), "tile": None, "groupUid": 0,
            "color": next(colour for roles, colour in ROLE_COLOURS if role in roles),
        }
        for role in BASE
        if role != Role.SKY
    ]  # fmt: skip
    enum = {
        "identifier": ROLE_ENUM, "uid": ENUM_UID, "iconTilesetUid": None, "externalRelPath": None,
        "externalFileChecksum": None, "tags": [],
        "values": [{"id": role.name.lower(), "tileRect": None, "color": 0} for role in BASE],
    }  # fmt: skip
    return {
        "layers": [layer_definition(name, side, values) for name in LAYERS],
        "entities": [entity_definition(kind, number, side) for kind, number in kinds.items()],
        "tilesets": [tileset_definition(level.bank, picture)],
        "enums": [enum], "externalEnums": [], "levelFields": [],
    }  # fmt: skip


def _level(
    level: Shown, name: str, number: int, room: Room, *, places: Iterable[Place], kinds: dict[str, int]
) -> Json:
    """One LDtk level: what a room shows, and who stands in it."""
    side = tile_px_of(level.bank)
    x, y, width, height = room
    area = np.s_[y : y + height, x : x + width]
    # The far layer begins at the room's top, and its columns are those behind the room's own.
    rows, columns = np.arange(height), np.arange(x // 2, x // 2 + width) % level.far.shape[1]
    far = np.where((rows < len(level.far))[:, None], level.far[np.minimum(rows, len(level.far) - 1)], -1)
    grids = {TILES: level.tiles[area], BACKDROP: level.backdrop[area], FAR: far[:, columns]}
    inside = [
        place
        for place in places
        if x * side <= place.x_px < (x + width) * side and y * side < place.y_px <= (y + height) * side
    ]
    layers = []
    for index, layer in enumerate(LAYERS):
        made = _layer(layer, index, number, (width, height, side), iid(name, number, layer))
        if layer == ENTITIES:
            made["entityInstances"] = [_entity(place, (x * side, y * side), kinds, side) for place in inside]
        elif layer == ROLES:
            made["intGridCsv"] = level.roles[area].astype(int).reshape(-1).tolist()
        else:
            made["gridTiles"] = _tiles(grids[layer], side)
        layers.append(made)
    return {
        "identifier": f"Room_{number}", "iid": iid(name, "room", number), "uid": FIRST_LEVEL_UID + number,
        "worldX": x * side, "worldY": y * side, "worldDepth": 0, "pxWid": width * side,
        "pxHei": height * side, "bgColor": None, "useAutoIdentifier": False, "bgRelPath": None,
        "bgPos": None, "bgPivotX": 0.5, "bgPivotY": 0.5, "__bgPos": None, "externalRelPath": None,
        "fieldInstances": [], "layerInstances": layers,
    }  # fmt: skip


def _layer(name: str, index: int, level: int, size: tuple[int, int, int], own_iid: str) -> Json:
    """A layer of a level, empty yet. size: columns, rows, and a cell's side, px."""
    width, height, side = size
    drawn = name in (TILES, BACKDROP, FAR)
    kind = {ENTITIES: "Entities", ROLES: "IntGrid"}.get(name, "Tiles")
    return {
        "__identifier": name, "__type": kind, "__cWid": width, "__cHei": height, "__gridSize": side,
        "__opacity": 1, "__pxTotalOffsetX": 0, "__pxTotalOffsetY": 0,
        "__tilesetDefUid": TILESET_UID if drawn else None, "__tilesetRelPath": None, "iid": own_iid,
        "levelId": FIRST_LEVEL_UID + level, "layerDefUid": FIRST_LAYER_UID + index, "pxOffsetX": 0,
        "pxOffsetY": 0, "visible": name != ROLES, "optionalRules": [], "intGridCsv": [],
        "autoLayerTiles": [], "seed": 0, "overrideTilesetUid": None, "gridTiles": [], "entityInstances": [],
    }  # fmt: skip


def _tiles(grid: NDArray[np.int16], side: int) -> list[Json]:
    """The tiles of a grid [h, w]."""
    width = grid.shape[1]
    return [
        {
            "px": [column * side, row * side],
            "src": [index % COLUMNS * side, index // COLUMNS * side],
            "f": 0, "t": index, "d": [row * width + column], "a": 1,
        }
        for row, column in np.argwhere(grid >= 0).tolist()
        for index in (int(grid[row, column]),)
    ]  # fmt: skip


def _entity(place: Place, corner_px: tuple[int, int], kinds: dict[str, int], side: int) -> Json:
    number = kinds[place.kind]
    definition = entity_definition(place.kind, number, side)
    x_px, y_px = place.x_px - corner_px[0], place.y_px - corner_px[1]
    facing = {
        "__identifier": "facing", "__type": "Int", "__value": place.facing, "__tile": None,
        "defUid": FIRST_FIELD_UID + number, "realEditorValues": [{"id": "V_Int", "params": [place.facing]}],
    }  # fmt: skip
    return {
        "__identifier": place.kind, "__grid": [x_px // side, (y_px - 1) // side], "__pivot": [0.5, 1],
        "__tags": [], "__tile": None, "__smartColor": definition["color"], "iid": iid(place.name,
        *place[2:4]), "width": definition["width"], "height": definition["height"], "defUid":
        definition["uid"], "px": [x_px, y_px], "fieldInstances": [facing] if place.kind != EXIT else [],
        "__worldX": place.x_px, "__worldY": place.y_px,
    }  # fmt: skip


def _neighbours(name: str, rooms: Iterable[Room], own: Room) -> Iterable[Json]:
    """The rooms that touch a room, by its sides: n, s, w, e."""
    x, y, width, height = own
    for number, (left, top, w, h) in enumerate(rooms):
        beside = top < y + height and y < top + h
        above = left < x + width and x < left + w
        sides = {
            "w": beside and left + w == x, "e": beside and x + width == left,
            "n": above and top + h == y, "s": above and y + height == top,
        }  # fmt: skip
        for side, touches in sides.items():
            if touches:
                yield {"levelIid": iid(name, "room", number), "dir": side}
