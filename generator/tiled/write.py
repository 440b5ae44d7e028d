"""A level as a map of Tiled: NAME.tmx, its tiles NAME.tsx and NAME.png, and the signs of roles.

read.py makes the same level of it. A sign is written only where a cell's role is not the one that its tile
tells.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from os import PathLike
from pathlib import Path
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from ..errors import ArgumentError, path_of
from ..files import check_folder, png, write_whole, writing
from ..level import LEVEL_VERSION, Level
from ..level.codes import CastleCode, encode
from ..motion import NES_MOTION, AnyMotion, Motion
from ..nes.cells import join
from ..nes.palette import PALETTE_RGB, to_rgb
from ..nes.roles import BASE, BASE_ROLES, DEADLY, ONE_WAY, SOLID, TILE, Role
from ..tiles.shown import Shown, check_shown, rooms_of, tile_px_of
from . import names
from .document import wrong
from .mechanisms import mechanism_objects
from .objects import MapObject, room_objects, spawn_objects

TILED_VERSION = "1.10"
"""Version of the map format that is written; older Tiled reads it too."""
SHEET_COLUMNS = 8
"""Tiles in a row of a tileset's picture."""
SIGNS = "roles"
"""Name of the tileset of signs and of its two files."""
SIGN_ALPHA = 200
FAR_PARALLAX = "0.5"
FIRST_SIGN, FIRST_TILE = 1, 1 + BASE_ROLES
"""The map's numbers of the first sign and the first tile. The tiles come last, so that more can be drawn
below them in their picture."""
SIGN_COLOURS = ((SOLID, 0x16), (ONE_WAY, 0x28), (DEADLY, 0x14), (frozenset(BASE), 0x11))
"""Palette index of a sign's ground: the first set that holds the role."""
SIGN_LAYERS = (names.BEHIND, names.ROLES)
"""Layers of signs. They are not visible, so that no other game draws them; a click on the eye shows them."""
SIGN_OPACITY = "0.5"
ADVICE = "choose another folder or name"
"""What to do where a map cannot be written."""
OBJECT_COLOURS: Mapping[str, str] = {
    names.ROOMS: "#5ac8ff", names.MECHANISMS: "#ffc83c", names.SPAWNS: "#be82ff",
}  # fmt: skip
_STAIRS = (Role.STAIRS_RIGHT, Role.STAIRS_LEFT)


def write_map(level: Shown, folder: str | PathLike[str], name: str, *, advice: str = ADVICE) -> list[Path]:
    """Writes the files of a level's map into a folder, which is made; returns their paths, the map first.

    level: a `Level`, or a dressed map, whose map has neither start nor exit and is read by `read_roles`.
    advice: what errors say to do where a file cannot be written.
    Raises WriteError where it cannot; TiledError where a file is there that is not the same: it may have been
    edited; ArgumentError for what is no level, and for a `Styled`, whose tiles Tiled's maps do not hold.
    """
    at = path_of("folder", folder)
    files = {at / file: data for file, data in map_files(level, name).items()}
    check_folder(at, advice)
    for path, data in files.items():
        with writing(path, advice):
            same = not path.exists() or path.read_bytes() == data
        if not same:
            raise wrong(path, "is there already, and is another", f"move it away, or {advice}")
    for path, data in files.items():
        write_whole(path, data, advice)
    return list(files)


def map_files(level: Shown, name: str) -> dict[str, bytes]:
    """The files of a level's map by their names: the map, its tileset and picture, and the two of signs."""
    check_shown(level)
    if tile_px_of(level.bank) != TILE or hasattr(level.bank, "colours"):
        what = f"a {type(level).__name__} has tiles or colours of its own, and maps of ours are the NES's"
        raise ArgumentError(f"level: {what}; write the level itself, or take ldtk, godot or sheets")
    files = {f"{name}.tmx": _bytes(_map(level, name))}
    if len(level.bank):
        files |= {f"{name}.tsx": _bytes(_tiles(level, name)), f"{name}.png": _tile_picture(level)}
    return files | {f"{SIGNS}.tsx": _bytes(_signs()), f"{SIGNS}.png": _sign_picture()}


def _bytes(root: Element) -> bytes:
    ElementTree.indent(root, " ")
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + ElementTree.tostring(root) + b"\n"


def _element(parent: Element | None, tag: str, attributes: Mapping[str, object]) -> Element:
    texts = {name: str(value) for name, value in attributes.items()}
    return Element(tag, texts) if parent is None else SubElement(parent, tag, texts)


def _properties(parent: Element, values: Mapping[str, object], known: names.Known) -> None:
    if not values:
        return
    several = SubElement(parent, "properties")
    for name, value in values.items():
        text = str(value).lower() if isinstance(value, bool) else str(value)
        typed = {} if known[name] == "string" else {"type": known[name]}
        _element(several, "property", {"name": name, **typed, "value": text})


# The map.


def _map(level: Shown, name: str) -> Element:
    height, width = level.roles.shape
    # Tiled's layers are all as large as the map, and a far layer may be larger than a small level.
    rows, columns = max(height, level.far.shape[0]), max(width, level.far.shape[1])
    shape = rows, columns
    objects = _objects(level)
    last_id = max(found.id for several in objects.values() for found in several)
    root = _element(None, "map", {
        "version": TILED_VERSION, "tiledversion": f"{TILED_VERSION}.2", "orientation": "orthogonal",
        "renderorder": "right-down", "width": columns, "height": rows, "tilewidth": TILE, "tileheight": TILE,
        "infinite": 0, "nextlayerid": len(names.TILE_LAYERS) + len(objects) + 1, "nextobjectid": last_id + 1,
    })  # fmt: skip
    told: dict[str, object] = {"level_version": LEVEL_VERSION}
    if isinstance(level, Level):
        told |= _told_of_level(level)
    if shape != (height, width):
        told |= {"columns": width, "rows": height}
    _properties(root, told, names.MAP)
    _element(root, "tileset", {"firstgid": FIRST_SIGN, "source": f"{SIGNS}.tsx"})
    if len(level.bank):
        _element(root, "tileset", {"firstgid": FIRST_TILE, "source": f"{name}.tsx"})
    for number, (layer, gids) in enumerate(_layers(level).items(), 1):
        _layer(root, number, layer, gids, shape)
    named = _named(objects)
    for number, (layer, several) in enumerate(objects.items(), len(names.TILE_LAYERS) + 1):
        group = _element(root, "objectgroup", {"id": number, "name": layer, "color": OBJECT_COLOURS[layer]})
        for found in several:
            _object(group, found, named[found.id], names.OBJECT[layer].get(found.kind, names.SPAWN))
    return root


def _told_of_level(level: Level) -> dict[str, object]:
    """What a map says of a level beside its tiles and objects."""
    told: dict[str, object] = {
        name: getattr(level, name) for name in ("seed", "mode", "difficulty", "stage", "art", "network")
    } | {"code": _code(level)}
    changed = _told_of(level.motion)
    if changed:
        told["motion"] = json.dumps(changed)
    if level.own_kinds:
        told["own_kinds"] = " ".join(level.own_kinds)
    return told | {name: getattr(level, name) for name in ("theme", "screens") if getattr(level, name)}


def _told_of(motion: AnyMotion) -> dict[str, object]:
    """What a map says of a motion: of a `Motion` what is not as in the NES's, of another all of it."""
    told = motion.to_dict()
    if not isinstance(motion, Motion):
        return told
    usual = NES_MOTION.to_dict()
    return {key: value for key, value in told.items() if value != usual[key]}


def _code(level: Level) -> str:
    try:
        return encode(CastleCode(level.seed, level.mode, level.difficulty, level.stage, level.art))
    except ValueError:  # integers that no code can say
        return ""


def _layers(level: Shown) -> dict[str, NDArray[np.int64]]:
    """The map's numbers of the tiles and signs of every layer, 0 for none."""
    tiles, roles = level.tiles.astype(np.int64), level.roles
    drawn = tiles >= 0
    said = np.where(level.backdrop >= 0, int(Role.BACKDROP), int(Role.SKY))
    said[drawn] = level.bank.role[tiles[drawn]]
    signs = np.where(roles != said, FIRST_SIGN + roles.astype(np.int64), 0)
    stairs = np.isin(roles, _STAIRS)
    return {
        names.FAR: _gids(level.far),
        names.BACKDROP: _gids(level.backdrop),
        names.BEHIND: np.where(drawn, 0, signs),
        names.SOLID: np.where(stairs, 0, _gids(tiles)),
        names.STAIRS: np.where(stairs, _gids(tiles), 0),
        names.ROLES: np.where(drawn, signs, 0),
    }


def _gids(indices: NDArray[np.int16] | NDArray[np.int64]) -> NDArray[np.int64]:
    return np.where(indices >= 0, indices.astype(np.int64) + FIRST_TILE, 0)


def _layer(root: Element, number: int, name: str, gids: NDArray[np.int64], shape: tuple[int, int]) -> None:
    attributes: dict[str, object] = {"id": number, "name": name, "width": shape[1], "height": shape[0]}
    if name in SIGN_LAYERS:
        attributes |= {"visible": 0, "opacity": SIGN_OPACITY}
    if name == names.FAR:
        attributes |= {"parallaxx": FAR_PARALLAX, "parallaxy": FAR_PARALLAX}
    layer = _element(root, "layer", attributes)
    if name == names.FAR:
        _properties(layer, {"columns": gids.shape[1], "rows": gids.shape[0]}, names.FAR_LAYER)
    whole = np.zeros(shape, np.int64)
    whole[: gids.shape[0], : gids.shape[1]] = gids
    data = _element(layer, "data", {"encoding": "csv"})
    data.text = "\n" + ",\n".join(",".join(map(str, row)) for row in whole.tolist()) + "\n"


def _objects(level: Shown) -> dict[str, list[MapObject]]:
    rooms = room_objects(rooms_of(level), 1)
    mechanisms, spawns = list[MapObject](), list[MapObject]()
    if isinstance(level, Level):
        mechanisms = mechanism_objects(level.rooms, level.mechanisms, 1 + len(rooms))
        spawns = spawn_objects(level.start, level.exit, level.spawns, 1 + len(rooms) + len(mechanisms))
    return {names.ROOMS: rooms, names.MECHANISMS: mechanisms, names.SPAWNS: spawns}


def _named(objects: Mapping[str, list[MapObject]]) -> dict[int, str]:
    """A name for each object, by its number: start, exit, zombie_1, zombie_2, room_0. Rooms are called by
    their numbers in messages; all others are counted from 1."""
    counts: Counter[str] = Counter({"room": -1})
    named = {}
    for found in (found for several in objects.values() for found in several):
        counts[found.kind] += 1
        alone = found.kind in (names.START, names.EXIT)
        named[found.id] = found.kind if alone else f"{found.kind}_{counts[found.kind]}"
    return named


def _object(parent: Element, found: MapObject, name: str, known: names.Known) -> None:
    attributes: dict[str, object] = {"id": found.id, "name": name, "type": found.kind}
    attributes["x"] = _number(found.x_px)
    attributes["y"] = _number(found.y_px)
    if found.width_px or found.height_px:
        attributes |= {"width": _number(found.width_px), "height": _number(found.height_px)}
    element = _element(parent, "object", attributes)
    _properties(element, found.properties, known)
    if found.line:
        points = " ".join(f"{_number(x)},{_number(y)}" for x, y in found.line)
        _element(element, "polyline", {"points": points})
    elif not (found.width_px or found.height_px):
        SubElement(element, "point")


def _number(value: float) -> str:
    return f"{value:g}" if abs(value) < 1e5 else repr(int(value))


# The tilesets.


def _tileset(name: str, count: int, columns: int, told: Mapping[str, object]) -> Element:
    rows = -(-count // columns)
    root = _element(None, "tileset", {
        "version": TILED_VERSION, "tiledversion": f"{TILED_VERSION}.2", "name": name, "tilewidth": TILE,
        "tileheight": TILE, "tilecount": count, "columns": columns,
    })  # fmt: skip
    _properties(root, told, names.TILESET)
    size = {"width": columns * TILE, "height": rows * TILE}
    _element(root, "image", {"source": f"{name}.png", **size})
    return root


def _tiles(level: Shown, name: str) -> Element:
    palettes = " ".join(f"{colour:02X}" for colour in level.bank.palettes.reshape(-1).tolist())
    root = _tileset(name, len(level.bank), SHEET_COLUMNS, {"palettes": palettes})
    for number in range(len(level.bank)):
        facts = {
            "role": names.role_name(int(level.bank.role[number])),
            "sub_palette": int(level.bank.palette[number]),
            "quality": float(level.bank.quality[number]),
            "provenance": " ".join(map(str, level.bank.provenance[number].tolist())),
        }
        _properties(_element(root, "tile", {"id": number}), facts, names.TILE)
    return root


def _signs() -> Element:
    root = _tileset(SIGNS, BASE_ROLES, BASE_ROLES, {"signs": True})
    for role in BASE:
        _properties(_element(root, "tile", {"id": int(role)}), {"role": names.role_name(role)}, names.TILE)
    return root


def _sheet(tiles: NDArray[np.uint8], background: int) -> NDArray[np.uint8]:
    """Tiles [T, 16, 16] in rows of a picture; where there are no more it shows the background. It is the very
    picture of `adapters.sheets`, so that one folder can hold what both wrote of a level."""
    rows = -(-len(tiles) // SHEET_COLUMNS)
    sheet = np.full((rows * SHEET_COLUMNS, TILE, TILE), background, np.uint8)
    sheet[: len(tiles)] = tiles
    return join(sheet.reshape(rows, SHEET_COLUMNS, TILE, TILE))


def _tile_picture(level: Shown) -> bytes:
    """An indexed PNG whose indices are those of the NES's palette."""
    picture = Image.fromarray(_sheet(level.bank.pixels, int(level.bank.palettes[0, 0])), "L")
    picture.putpalette(PALETTE_RGB.reshape(-1).tolist())
    return png(picture)


def _sign_picture() -> bytes:
    picture = Image.new("RGBA", (BASE_ROLES * TILE, TILE))
    draw = ImageDraw.Draw(picture)
    font = ImageFont.load_default_imagefont()
    for role in BASE:
        colour = next(colour for roles, colour in SIGN_COLOURS if role in roles)
        ground = (*to_rgb(np.array([colour], np.uint8))[0].tolist(), SIGN_ALPHA)
        left = role * TILE
        draw.rectangle((left, 0, left + TILE - 1, TILE - 1), ground, "white")
        draw.text((left + 2, 2), names.SIGNS[role], "white", font)
    return png(picture)
