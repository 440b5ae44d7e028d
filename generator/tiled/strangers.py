"""Maps of Tiled that were drawn for another game: what their cells are for, by a legend, and their objects.

`read.py` reads our own maps, and is strict; here any layers, properties and tile sizes may be. Only what is
asked for is looked at.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ..errors import GanvaniaError, path_of
from ..level.level import MAX_CELLS, MAX_SPAWNS
from ..level.places import Place, RoleMap
from ..nes.roles import Role
from . import names
from .document import MAX_TEXT, Part, Values, beside, document, quoted, wrong
from .layers import FLIP_BITS, MAX_PX, grid_of
from .legend import Legend, role_of, unused
from .objects import nearest
from .read import check_plain, read_grid

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

LOG = logging.getLogger(__name__)
MAX_TILES = 1 << 16
"""Tiles of a tileset, at most."""


def read_roles(
    path: str | PathLike[str], legend: Legend | None = None, *, layer: str | None = None
) -> RoleMap:
    """The roles and the objects of a map of Tiled, whoever drew it.

    Args:
        path: of the map, a .tmx file; its tilesets may be in it or beside it.
        legend: what its tiles stand for, by their class in Tiled, by "TILESET:NUMBER", or by their number in
            whichever tileset: the ID that Tiled shows of a tile, which begins at 0 in each tileset. Without
            it a tile's property `role` or its class must be a role's name (`ground_top`, ...). A map that
            `write_map` wrote needs neither legend nor layer.
        layer: the tile layer that says what cells are for; None: `roles`, or the only tile layer there is.
            No tile is sky.
    Returns: roles uint8[H, W]; the places are the objects of all its object layers, with their feet in px.
    Raises: TiledError, one line that names the file.
    """
    path = path_of("path", path)
    try:
        return _read(path, legend, layer)
    except GanvaniaError:
        raise
    except Exception as error:  # whatever else a stranger's map can provoke
        LOG.exception("%s", path)
        why = f"cannot be read ({type(error).__name__})"
        raise wrong(path, why, "save it anew with Tiled") from error


def _read(path: Path, legend: Legend | None, wanted: str | None) -> RoleMap:
    root = document(path, "map")
    part = Part(path, "the map", _bare(root))
    check_plain(part)
    width, height = (part.attributes.whole(side, 1, MAX_CELLS) for side in ("width", "height"))
    if width * height > MAX_CELLS:
        raise part.wrong(f"has {width}x{height} tiles", f"make it smaller than {MAX_CELLS} tiles")
    ours = root.find("properties/property[@name='level_version']") is not None
    if ours and wanted is None and legend is None:  # its roles lie in several layers
        return RoleMap(read_grid(path), tuple(_places(path, root)))
    layers = {one.get("name", ""): one for one in root.iter("layer")}
    if wanted is None:
        wanted = names.ROLES if names.ROLES in layers else next(iter(layers)) if len(layers) == 1 else None
    if wanted not in layers:
        there = ", ".join(map(quoted, layers)) or "none"
        named = f"no tile layer {quoted(wanted)}" if wanted else "no single tile layer"
        raise part.wrong(f"has {named}", f"name one as `layer`; there is {there}")
    layer = Part(path, f"layer {quoted(wanted or '')}", _bare(layers[wanted or ""], "data"))
    gids = grid_of(layer, width, height) & ~FLIP_BITS
    return RoleMap(_roles(part, layer, gids, root, legend), tuple(_places(path, root)))


def _bare(element: Element, *kept: str) -> Element:
    """An element without its properties, which may be any here."""
    bare = type(element)(element.tag, element.attrib)
    bare.extend(child for child in element if child.tag in kept)
    return bare


def _roles(
    part: Part, layer: Part, gids: NDArray[np.int64], root: Element, legend: Legend | None
) -> NDArray[np.uint8]:
    tilesets = sorted(
        ((Part(part.path, "a tileset", _bare(one)).attributes.whole("firstgid", 1, 1 << 28), one)
         for one in root.iterfind("tileset")),
        key=lambda pair: pair[0],
    )  # fmt: skip
    found, numbers = np.unique(gids, return_inverse=True)
    roles = []
    met: set[int | str] = set()
    """What the tiles so far were called."""
    told: dict[int, tuple[str, dict[int, list[str]]]] = {}
    for gid in found.tolist():
        if gid == 0:
            roles.append(Role.SKY)
            continue
        first, tileset = max(
            ((first, one) for first, one in tilesets if first <= gid), key=lambda p: p[0], default=(0, None)
        )
        row, column = np.argwhere(gids == gid)[0].tolist()
        where = f"at column {column}, row {row}"
        if tileset is None:
            raise layer.wrong(f"has tile {gid} {where}, which no tileset has", "add its tileset again")
        if first not in told:
            told[first] = _told(part, tileset)
        name, said = told[first]
        number = gid - first
        called = [*said.get(number, []), f"{name}:{number}", number]
        met.update(called)
        role = role_of(legend, called)
        if role is None:
            to_do = f"give it a property 'role', or put it into the legend: {{{number}: Role.GROUND_TOP}}"
            what = ", ".join(map(quoted, filter(None, said.get(number, [])))) or "without a class"
            raise layer.wrong(
                f"has tile {number} of tileset {quoted(name)} ({what}) {where}, which says no role",
                to_do + unused(legend, met),
            )
        roles.append(role)
    return np.array(roles, np.uint8)[numbers.reshape(gids.shape)]


def _told(part: Part, reference: Element) -> tuple[str, dict[int, list[str]]]:
    """The name of a tileset, and those that it gives its tiles, by their number: a property `role`, the
    class."""
    path, element = part.path, reference
    if "source" in reference.attrib:
        path = beside(part.path, reference.get("source", ""), "tileset")
        element = document(path, "tileset")
    told = {}
    for tile in element.iterfind("tile"):
        number = Values(path, "a tile of its tileset", tile.attrib).whole("id", 0, MAX_TILES)
        said = [p.get("value", "") for p in tile.iterfind("properties/property") if p.get("name") == "role"]
        told[number] = [*said, tile.get("type", tile.get("class", ""))]
    return element.get("name", ""), told


def _places(path: Path, root: Element) -> Iterable[Place]:
    """The objects of all layers: where the middle of their bottom is."""
    count = 0
    for group in root.iter("objectgroup"):
        if group.get("name") in (names.ROOMS, names.MECHANISMS):
            continue
        for element in group.iterfind("object"):
            count += 1
            if count > MAX_SPAWNS:
                raise wrong(path, f"has more than {MAX_SPAWNS} objects", "delete some")
            told = Values(path, "an object", element.attrib)
            x, y, width, height = (told.real(side, MAX_PX, 0.0) for side in ("x", "y", "width", "height"))
            if "gid" in element.attrib:  # a tile stands on its point
                height = 0.0
            kind = told.text("type", told.text("class", "", most=MAX_TEXT), most=MAX_TEXT)
            facing = [
                p.get("value") for p in element.iterfind("properties/property") if p.get("name") == "facing"
            ]
            name = told.text("name", "", most=MAX_TEXT) or f"object_{element.get('id', count)}"
            feet = nearest(x + width / 2), nearest(y + height)
            yield Place(name, kind or name, *feet, -1 if facing == ["-1"] else 1)
