"""A map of Tiled, whoever drew it, as a level.

The topmost thing in a cell says what the cell is for: its sign in `roles`; else the role of its tile in
`stairs` or `solid`; else its sign in `roles_behind`; else the cell is empty. So whoever paints a tile of
ground builds ground. The level has no certificate: layout/handmade.py asks whether it can be finished.
"""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Mapping
from os import PathLike
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..errors import GanvaniaError, path_of
from ..level import LEVEL_VERSION, Level
from ..level.codes import LARGEST_DIFFICULTY, LARGEST_STAGE
from ..level.level import MAX_CELLS, MAX_OWN_KINDS, MAX_SPAWNS, is_kind_name
from ..motion import NES_MOTION, AnyMotion, motion_of
from ..motion.check import check
from ..nes.roles import TILE, Role
from ..shapes import MOST_SCREENS
from . import names
from .document import MAX_TEXT, Part, Values, document, quoted, wrong
from .layers import MAX_PX, Layer, Tiles, check_offset
from .mechanisms import mechanisms_of
from .objects import MapObject, rooms_of, spawns_of
from .tilesets import read_tileset

LOG = logging.getLogger(__name__)
MAX_POINTS = 64
"""Points of a line, at most."""
MAX_ID = 1 << 31
"""Largest number of an object."""
_IGNORED = frozenset({"properties", "editorsettings"})
_LAYERS = {"layer": ("tile", names.TILE_LAYERS), "objectgroup": ("object", names.OBJECT_LAYERS)}
"""Kinds of layers, and the names that such a layer may have, by the tag in the file."""


def read_map(path: str | PathLike[str]) -> Level:
    """The level of a map. Raises TiledError, one line, for a file that is no such map."""
    path = path_of("path", path)
    try:
        return _level(*_opened(path))
    except GanvaniaError:
        raise
    except Exception as error:  # whatever else a stranger's map can provoke
        LOG.exception("%s", path)
        why = f"cannot be read ({type(error).__name__})"
        raise wrong(path, why, "save it anew with Tiled") from error


def read_grid(path: Path) -> NDArray[np.uint8]:
    """The roles uint8[H, W] of a map of ours, a dressed one too. Raises as `read_map` does, and whatever else
    a stranger's map can provoke."""
    part, tiles, _, _ = _opened(path)
    return _grids(part, tiles)[0]


def _opened(path: Path) -> tuple[Part, Tiles, dict[str, list[MapObject]], tuple[str, ...]]:
    """A map's own words, its tile layers, its objects, and the spawn kinds that it brings along."""
    part = Part(path, "the map", document(path, "map"), names.MAP)
    width, height = _size(part)
    tilesets, layers, objects = [], {}, {}
    own = _own_kinds(part)
    for element in part.element:
        name = element.get("name", "")
        if element.tag == "tileset":
            known = names.NOTHING if "source" in element.attrib else names.TILESET
            tilesets.append(read_tileset(part, Part(path, "a tileset of the map", element, known)))
        elif name in layers or name in objects:
            raise part.wrong(f"has two layers {quoted(name)}", "rename or delete one of them")
        elif element.tag == "layer" and name in names.TILE_LAYERS:
            known = names.FAR_LAYER if name == names.FAR else names.NOTHING
            layers[name] = Layer(Part(path, f"layer {name}", element, known), width, height)
        elif element.tag == "objectgroup" and name in names.OBJECT_LAYERS:
            objects[name] = _objects(Part(path, f"layer {name}", element), name, own)
        elif element.tag in _LAYERS:
            kind, known_names = _LAYERS[element.tag]
            to_do = f"delete or rename it: {', '.join(known_names)}"
            raise part.wrong(f"has the unknown {kind} layer {quoted(name)}", to_do)
        elif element.tag not in _IGNORED:
            raise part.wrong(
                f"has a part {quoted(element.tag)}", "delete it: only tile and object layers are read"
            )
    return part, Tiles(tilesets, layers, (height, width)), objects, own


def check_plain(part: Part) -> None:
    """Raises TiledError for a map that is no grid of upright rectangles with an end."""
    told = part.attributes
    orientation = told.text("orientation", "orthogonal", most=MAX_TEXT)
    if orientation != "orthogonal":
        raise part.wrong(f"is {quoted(orientation)}", "set its orientation to orthogonal in Map Properties")
    if told.text("infinite", "0", most=MAX_TEXT) != "0":
        raise part.wrong("is infinite", "take the tick from Infinite in Map Properties")


def _size(part: Part) -> tuple[int, int]:
    """Columns and rows of a map. Raises TiledError for a map that is not a plain one."""
    check_plain(part)
    told = part.attributes
    width, height = told.whole("width", 1, MAX_CELLS), told.whole("height", 1, MAX_CELLS)
    if width * height > MAX_CELLS:
        raise part.wrong(f"has {width}x{height} tiles", f"make it smaller than {MAX_CELLS} tiles")
    tile = told.whole("tilewidth", 1, 1 << 16), told.whole("tileheight", 1, 1 << 16)
    if tile != (TILE, TILE):
        raise part.wrong(f"has tiles of {tile[0]}x{tile[1]} px", f"make it one of {TILE}x{TILE} px")
    return width, height


# Objects.


def _own_kinds(part: Part) -> tuple[str, ...]:
    """The spawn kinds that a map brings along. Raises TiledError."""
    kinds = tuple(part.properties.text("own_kinds", "", most=MAX_TEXT).split()[: MAX_OWN_KINDS + 1])
    if len(set(kinds)) < len(kinds) or len(kinds) > MAX_OWN_KINDS or not all(map(is_kind_name, kinds)):
        wanted = f"at most {MAX_OWN_KINDS} different names of a-z, 0-9 and _"
        raise part.wrong("has a property 'own_kinds' that lists none", f"write {wanted}")
    return kinds


def _objects(layer: Part, name: str, own: tuple[str, ...]) -> list[MapObject]:
    """The objects of a layer; those of the layer of spawns may be of a map's own kinds. Raises TiledError."""
    kinds = names.OBJECT[name]
    if name == names.SPAWNS:
        kinds = dict.fromkeys(own, names.SPAWN) | dict(kinds)
    check_offset(layer)
    objects = []
    for element in layer.element.iterfind("object"):
        kind = element.get("type", element.get("class", ""))
        number = Values(layer.path, f"an object of {layer.where}", element.attrib).whole("id", 0, MAX_ID, 0)
        where = f"object {number} of {layer.where}"
        if "template" in element.attrib:
            raise wrong(layer.path, f"{where} comes from a template", "detach it from that")
        if kind not in kinds:
            known = ", ".join(repr(kind) for kind in kinds if kind)
            what = f"has the class {quoted(kind)}" if kind else "has no class"
            raise wrong(layer.path, f"{where} {what}", f"give it one of {known}")
        objects.append(_object(Part(layer.path, where, element, kinds[kind]), kind, number, kinds[kind]))
        if len(objects) > MAX_SPAWNS:
            raise layer.wrong(f"has more than {MAX_SPAWNS} objects", "delete some")
    return objects


def _object(part: Part, kind: str, number: int, known: Mapping[str, str]) -> MapObject:
    told = part.attributes
    if "gid" in told:
        raise part.wrong("is a tile", "draw it as a point or a rectangle instead")
    if told.real("rotation", 1e6, 0.0):
        raise part.wrong("is turned", "set its rotation to 0")
    line: tuple[tuple[float, float], ...] = ()
    drawn = part.element.find("polyline")
    if drawn is not None:
        line = _points(part, drawn.get("points", ""))
    properties: dict[str, int | str] = {
        name: part.properties.text(name)
        if kind_of == "string"
        else part.properties.whole(name, *((0, MAX_ID) if kind_of == "object" else (-MAX_PX, MAX_PX)))
        for name, kind_of in known.items()
        if name in part.properties
    }
    x_px, y_px, width_px, height_px = (told.real(side, MAX_PX, 0.0) for side in ("x", "y", "width", "height"))
    if width_px < 0 or height_px < 0:
        raise part.wrong("has a side below 0", "draw it anew")
    return MapObject(number, kind, x_px, y_px, width_px, height_px, line, properties)


def _points(part: Part, text: str) -> tuple[tuple[float, float], ...]:
    pairs = [pair.split(",") for pair in text.split(" ")[: MAX_POINTS + 1]]
    if len(pairs) > MAX_POINTS or any(len(pair) != 2 for pair in pairs):
        raise part.wrong("has points that are none", "draw its line anew")
    points = []
    for x, y in pairs:
        values = Values(part.path, part.where, {"x": x, "y": y})
        points.append((values.real("x", MAX_PX), values.real("y", MAX_PX)))
    return tuple(points)


# The level.


def _grids(part: Part, tiles: Tiles) -> tuple[NDArray[np.uint8], NDArray[np.int16], NDArray[np.int16]]:
    """Roles, tiles in front and backdrop, as large as the level is."""
    told = part.properties
    version = told.whole("level_version", 0, 1 << 30, LEVEL_VERSION)
    if version != LEVEL_VERSION:
        raise part.wrong(f"is of version {version}, and {LEVEL_VERSION} is read", "export the castle again")
    backdrop = tiles.painted(names.BACKDROP)
    stairs, solid = tiles.painted(names.STAIRS), tiles.painted(names.SOLID)
    roles = np.where(backdrop >= 0, int(Role.BACKDROP), int(Role.SKY))
    for name in (names.BEHIND, names.SOLID, names.STAIRS, names.ROLES):
        said = tiles.roles(name)
        roles = np.where(said >= 0, said, roles)
    front = np.where(stairs >= 0, stairs, solid)
    height, width = roles.shape
    columns, rows = told.whole("columns", 1, width, width), told.whole("rows", 1, height, height)
    inside = np.s_[:rows, :columns]
    outside = np.ones(roles.shape, bool)
    outside[inside] = False
    if (outside & ((front >= 0) | (roles != Role.SKY))).any():
        raise part.wrong(
            f"has tiles beyond column {columns - 1} or row {rows - 1}, where its level ends",
            "erase them, or mend the map's properties columns and rows",
        )
    return roles[inside].astype(np.uint8), front[inside].astype(np.int16), backdrop[inside].astype(np.int16)


def _level(
    part: Part, tiles: Tiles, objects: Mapping[str, list[MapObject]], own_kinds: tuple[str, ...]
) -> Level:
    told = part.properties
    roles, front, backdrop = _grids(part, tiles)
    rows, columns = roles.shape
    if not objects.get(names.ROOMS):
        raise part.wrong("has no room", "draw a rectangle into an object layer 'rooms'")
    labels: tuple[str, ...] = ()
    try:
        start, exit_cell, spawns = spawns_of(objects.get(names.SPAWNS, []))
        rooms = rooms_of(objects[names.ROOMS], start)
        mechanisms, labels = mechanisms_of(objects.get(names.MECHANISMS, []), rooms)
        check(rooms, mechanisms, columns, rows)
        return Level(
            version=LEVEL_VERSION,
            seed=told.whole("seed", 0, (1 << 64) - 1, 0),
            mode=told.text("mode", "castle"),
            difficulty=told.whole("difficulty", 1, LARGEST_DIFFICULTY, 1),
            stage=told.whole("stage", 1, LARGEST_STAGE, 1),
            art=told.whole("art", 0, 1 << 32, 0),
            network=told.text("network", ""),
            roles=roles,
            tiles=front,
            backdrop=backdrop,
            far=tiles.far().astype(np.int16),
            bank=tiles.bank,
            rooms=rooms,
            mechanisms=mechanisms,
            spawns=spawns,
            start=start,
            exit=exit_cell,
            certificate=b"",
            motion=_motion(told),
            own_kinds=own_kinds,
            theme=told.text("theme", ""),
            screens=told.whole("screens", 0, MOST_SCREENS, 0),
        )
    except ValueError as error:
        # The level's own words for its mechanisms, in the words of the map.
        what = re.sub(r"mechanism (\d+) \(\w+\)", lambda m: labels[int(m[1])], str(error).splitlines()[0])
        what, _, to_do = what.partition("; ")
        raise wrong(part.path, what, to_do or "mend it in Tiled") from None


def _motion(told: Values) -> AnyMotion:
    """The default motion, changed where the map says so. Raises ValueError."""
    if "motion" not in told:
        return NES_MOTION
    try:
        values: Any = json.loads(told.text("motion", most=MAX_TEXT))
    except (ValueError, RecursionError):
        values = None
    if not isinstance(values, dict):
        raise ValueError("its motion is no JSON object; mend or delete the property 'motion'")
    return motion_of(values)
