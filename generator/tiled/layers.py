"""Layers of tiles of a map of Tiled: their numbers unpacked, checked, and read as bank indices and roles."""

from __future__ import annotations

import base64
import binascii
import zlib
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ..level.level import MAX_CELLS
from ..nes.roles import Role
from ..tiles.bank import MAX_BANK, Bank
from . import names
from .document import Part, quoted
from .tilesets import Tileset, bank_of

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

MAX_PX = 1 << 20
"""How far from the origin an object or a layer may lie, px."""
FLIP_BITS = 0xF0000000
"""Bits of a tile's number that say that it is mirrored or turned."""

Grid = NDArray[np.int64]


class Layer:
    """A layer of tiles."""

    def __init__(self, part: Part, width: int, height: int) -> None:
        """Raises TiledError."""
        self.part = part
        check_offset(part)
        self.gids = grid_of(part, width, height)
        """[H, W] the map's number of each tile, 0 for none."""
        flipped = np.argwhere(self.gids & FLIP_BITS)
        if len(flipped):
            row, column = flipped[0].tolist()
            raise part.wrong(
                f"has a mirrored or turned tile at column {column}, row {row}",
                "place it anew without X, Y and Z: tiles are shown as they were dreamed",
            )


def grid_of(part: Part, width: int, height: int) -> Grid:
    """The tiles' numbers of a layer, flags and all, int64[height, width]. Raises TiledError."""
    size = part.attributes.whole("width", 0, MAX_CELLS), part.attributes.whole("height", 0, MAX_CELLS)
    if size != (width, height):
        raise part.wrong(f"has {size[0]}x{size[1]} tiles", f"give it the map's {width}x{height}")
    element = part.element.find("data")
    if element is None:
        raise part.wrong("has no data", "save the map anew with Tiled")
    return np.array(_numbers(part, element, width * height), np.int64).reshape(height, width)


def check_offset(part: Part) -> None:
    """Raises TiledError where a layer of tiles or objects is moved away from the map."""
    for side in ("offsetx", "offsety"):
        if part.attributes.real(side, MAX_PX, 0.0):
            raise part.wrong("has an offset", "set it to 0, 0 in the layer's properties")


def _numbers(part: Part, data: Element, count: int) -> Sequence[int] | NDArray[np.uint32]:
    """The tiles of a layer. Raises TiledError."""
    encoding, packing = data.get("encoding", ""), data.get("compression", "")
    text = data.text or ""
    if data.find("chunk") is not None:
        raise part.wrong("is in chunks", "take the tick from Infinite in Map Properties")
    if encoding == "base64" and packing in ("", "zlib", "gzip"):
        return _unpacked(part, text, packing, count)
    if encoding == "base64":
        raise part.wrong(
            f"is compressed by {quoted(packing)}", "set Tile Layer Format to CSV in Map Properties, and save"
        )
    if encoding not in ("", "csv"):
        raise part.wrong(f"is encoded as {quoted(encoding)}", "set Tile Layer Format to CSV, and save")
    words = text.split(",") if encoding else [tile.get("gid", "0") for tile in data.iterfind("tile")]
    if len(words) != count:
        raise part.wrong(f"has {len(words)} tiles instead of {count}", "save the map anew with Tiled")
    words = [word.strip() for word in words]
    for word in words:
        if not (word.isascii() and word.isdigit() and len(word) <= 10 and int(word) < 1 << 32):
            raise part.wrong(
                f"has {quoted(word)} where a tile's number should be", "save the map anew with Tiled"
            )
    return [int(word) for word in words]


def _unpacked(part: Part, text: str, packing: str, count: int) -> NDArray[np.uint32]:
    """The tiles of a packed layer, four bytes each. Never more is unpacked than the map has tiles."""
    size = 4 * count
    try:
        data = base64.b64decode("".join(text.split()), validate=True)
        if packing:
            unpacker = zlib.decompressobj(wbits=31 if packing == "gzip" else 15)
            data = unpacker.decompress(data, size + 1)
            if not unpacker.eof:
                data = b""
    except (binascii.Error, ValueError, zlib.error):
        data = b""
    if len(data) != size:
        raise part.wrong("does not unpack to the map's tiles", "set Tile Layer Format to CSV, and save")
    return np.frombuffer(data, "<u4").astype(np.uint32)


class Tiles:
    """The tile layers of a map by their names, and what its tilesets say about their tiles."""

    def __init__(self, tilesets: list[Tileset], layers: Mapping[str, Layer], shape: tuple[int, int]) -> None:
        self._tilesets = sorted(tilesets, key=lambda t: t.first_gid)
        self._layers = layers
        self._shape = shape
        used = {t.first_gid: self._uses(t) for t in self._tilesets}
        self._painted = [(t, used[t.first_gid]) for t in self._tilesets if not t.signs]
        last = self._tilesets[-1] if self._tilesets else None
        size = last.first_gid + len(used[last.first_gid]) if last else 1
        self._index: Grid = np.full(size, -1, np.int64)
        """By the map's number: index into the bank, or -1."""
        self._role: Grid = np.full(size, -1, np.int64)
        """By the map's number: the role that the tileset gives, or -1."""
        before = 0
        for tileset in self._tilesets:
            count = len(used[tileset.first_gid])
            here = np.s_[tileset.first_gid : tileset.first_gid + count]
            if not tileset.signs:
                self._index[here] = np.arange(before, before + count)
                before += count
            for number, told in tileset.properties.items():
                if number < count and told.role is not None:
                    self._role[tileset.first_gid + number] = told.role

    @cached_property
    def bank(self) -> Bank:
        """The tiles of all tilesets but signs. Raises ValueError where they are too many."""
        return bank_of([tileset for tileset, _ in self._painted], [uses for _, uses in self._painted])

    def _uses(self, tileset: Tileset) -> Grid:
        """How often each tile of a tileset is used. Raises TiledError for tiles that it does not have."""
        later = [t.first_gid for t in self._tilesets if t.first_gid > tileset.first_gid]
        end = min(later, default=1 << 32)
        held = max(tileset.properties, default=-1) + 1 if tileset.signs else len(tileset.pixels)
        # Tiles that were added to the picture come into the map before they come into the tileset's file.
        count = min(tileset.count, held, end - tileset.first_gid)
        uses = np.zeros(MAX_BANK, np.int64)
        for layer in self._layers.values():
            own = layer.gids[(layer.gids >= tileset.first_gid) & (layer.gids < end)] - tileset.first_gid
            if own.size and int(own.max()) >= held:
                raise self._missing(layer, int(own.max()) + tileset.first_gid)
            uses += np.bincount(own, minlength=MAX_BANK)
        return uses[: max(count, int(np.flatnonzero(uses).max(initial=-1)) + 1)]

    @staticmethod
    def _missing(layer: Layer, gid: int) -> Exception:
        row, column = np.argwhere(layer.gids == gid)[0].tolist()
        return layer.part.wrong(
            f"has tile {gid} at column {column}, row {row}, which no tileset has",
            "place another tile there, or add the tileset again",
        )

    def _gids(self, name: str) -> Grid:
        layer = self._layers.get(name)
        if layer is None:
            return np.zeros(self._shape, np.int64)
        first = self._tilesets[0].first_gid if self._tilesets else 1 << 32
        strange = layer.gids[(layer.gids > 0) & (layer.gids < first)]
        if len(strange):
            raise self._missing(layer, int(strange[0]))
        return layer.gids

    def painted(self, name: str) -> Grid:
        """A layer as indices into the bank, -1 for none, [H, W]."""
        gids = self._gids(name)
        found = self._index[gids]
        for row, column in np.argwhere((gids > 0) & (found < 0))[:1].tolist():
            raise self._layers[name].part.wrong(
                f"has a role's sign at column {column}, row {row}",
                "put signs into the layers roles, roles_behind",
            )
        return found

    def roles(self, name: str) -> Grid:
        """The roles that the tiles of a layer have, -1 where there is no tile, [H, W]."""
        gids = self._gids(name)
        found = self._role[gids]
        for row, column in np.argwhere((gids > 0) & (found < 0))[:1].tolist():
            if name == names.SOLID:  # a tile without a role means ground there
                return np.where((gids > 0) & (found < 0), int(Role.GROUND_FILL), found)
            raise self._layers[name].part.wrong(
                f"has a tile without a role at column {column}, row {row}",
                "give that tile of its tileset a property 'role', such as stairs_right",
            )
        return found

    def far(self) -> Grid:
        """The far layer, as large as its properties say, or as what is painted of it."""
        grid = self.painted(names.FAR)
        rows, columns = (int(at.max(initial=0)) + 1 for at in np.nonzero(grid >= 0))
        if names.FAR in self._layers:
            told = self._layers[names.FAR].part.properties
            rows = told.whole("rows", 1, self._shape[0], rows)
            columns = told.whole("columns", 1, self._shape[1], columns)
        return grid[:rows, :columns]
