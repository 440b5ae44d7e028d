"""Tilesets of a map: their pictures in the NES's colours, and the tile bank that they make together."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from ..nes.palette import BLACK, PALETTE_RGB, SUB_PALETTES, quantise
from ..nes.roles import TILE, Role
from ..tiles.bank import MAX_BANK, Bank
from ..tiles.colours import DISTANCE, to_palette
from ..tiles.subpalettes import SubPalettes
from . import names
from .document import MAX_FILE_BYTES, Part, TiledError, Values, beside, document, quoted, wrong

MAX_FIRST_GID = 1 << 20
MAX_PICTURE_PX = MAX_BANK * TILE * TILE * 2
"""Pixels of a picture, at most."""
MAX_GAP_PX = 64
"""Widest margin or spacing of a picture."""
MAX_QUALITY = 1e6
NO_PROVENANCE = (-1, -1, -1, -1)
"""Provenance of a tile that nobody dreamed."""
SEE_THROUGH_ALPHA = 128
"""A pixel less opaque than this is transparent."""
_SHADES = PALETTE_RGB.reshape(-1).tolist()


class TileProperties(NamedTuple):
    """What a tileset tells about one tile."""

    role: Role | None = None
    sub_palette: int | None = None
    quality: float = 0.0
    provenance: tuple[int, ...] = NO_PROVENANCE


@dataclass(frozen=True, eq=False)
class Tileset:
    """One tileset of a map."""

    first_gid: int
    """The number by which the map calls its first tile."""
    properties: dict[int, TileProperties]
    """What it tells about its tiles, by their number in it."""
    count: int
    """Tiles that it says it has."""
    pixels: NDArray[np.uint8]
    """[n, 16, 16] palette indices of all tiles that its picture holds; none of a tileset of signs."""
    transparent: NDArray[np.bool_]
    """[n, 16, 16]"""
    faithful: bool
    """Whether the picture is indexed in the NES's own order, so that its indices are taken as they are."""
    palettes: NDArray[np.uint8] | None
    """[4, 4] sub-palettes, where it has them."""
    signs: bool
    """Whether its tiles only stand for roles."""


def read_tileset(map_part: Part, reference: Part) -> Tileset:
    """The tileset that a map names or holds. Raises TiledError."""
    first = reference.attributes.whole("firstgid", 1, MAX_FIRST_GID)
    path, element = map_part.path, reference.element
    if "source" in reference.attributes:
        path = beside(map_part.path, reference.attributes.text("source", most=1024), "tileset")
        element = document(path, "tileset")
    part = Part(path, f"tileset {quoted(element.get('name', ''))}", element, names.TILESET)
    size = [part.attributes.whole(f"tile{side}", 1, 1 << 16) for side in ("width", "height")]
    if size != [TILE, TILE]:
        raise part.wrong(f"has tiles of {size[0]}x{size[1]} px", f"use tiles of {TILE}x{TILE} px")
    signs = part.properties.flag("signs")
    count = part.attributes.whole("tilecount", 0, MAX_BANK, 0)
    properties = {}
    for tile in element.iterfind("tile"):
        number = Values(path, f"a tile of {part.where}", tile.attrib).whole("id", 0, MAX_BANK - 1)
        properties[number] = _tile_properties(Part(path, f"tile {number}", tile, names.TILE))
    pixels, faithful = np.zeros((0, TILE, TILE), np.uint8), True
    transparent = pixels.astype(np.bool_)
    if not signs:
        pixels, transparent, faithful = _picture(part)
        if count > len(pixels):
            what = f"has {count} tiles, but its picture holds {len(pixels)}"
            raise part.wrong(what, "mend the picture, or reload it in Tiled")
    return Tileset(first, properties, count, pixels, transparent, faithful, _palettes(part), signs)


def bank_of(tilesets: Sequence[Tileset], uses: Sequence[NDArray[np.int64]]) -> Bank:
    """The bank of some tilesets but signs, one after the other, each as long as its uses (a count a tile). A
    tile without a role is ground.

    The first tileset that has sub-palettes gives them; without any they are fitted here, the tiles that are
    used most first. Pixels of other pictures move to the nearest colour of their tile's sub-palette.
    Raises ValueError for more than MAX_BANK tiles.
    """
    palettes = next((t.palettes for t in tilesets if t.palettes is not None), None)
    if palettes is None:
        palettes = _fitted(tilesets, uses)
    pixels, palette, facts = [np.zeros((0, TILE, TILE), np.uint8)], [], []
    for tileset, use in zip(tilesets, uses, strict=True):
        own = tileset.palettes is not None and np.array_equal(tileset.palettes, palettes)
        shown = tileset.pixels[: len(use)].copy()
        shown[tileset.transparent[: len(use)]] = palettes[0, 0]
        for number in range(len(use)):
            told = tileset.properties.get(number, TileProperties())
            sub = told.sub_palette if own else None
            if sub is None:
                sub = int(np.argmin([DISTANCE[shown[number]][..., p].min(-1).sum() for p in palettes]))
            if not (own and tileset.faithful):
                shown[number] = to_palette(shown[number], palettes[sub])
            palette.append(sub)
            facts.append(told)
        pixels.append(shown)
    return Bank(
        pixels=np.concatenate(pixels),
        palettes=palettes,
        palette=np.array(palette, np.uint8),
        role=np.array([Role.GROUND_FILL if f.role is None else f.role for f in facts], np.uint8),
        quality=np.array([f.quality for f in facts], np.float32),
        provenance=np.array([f.provenance for f in facts], np.int64).reshape(-1, 4),
    )


def _tile_properties(part: Part) -> TileProperties:
    told, role = part.properties, None
    if "role" in told:
        name = told.text("role", most=1024)
        role = names.ROLE_OF_NAME.get(name)
        if role is None:
            known = ", ".join(names.ROLE_OF_NAME)
            raise part.wrong(f"has the role {quoted(name)}", f"known roles are {known}")
    provenance: tuple[int, ...] = NO_PROVENANCE
    if "provenance" in told:
        words = told.text("provenance").split()
        numbers = [int(word) for word in words if word.removeprefix("-").isdecimal() and len(word) <= 20]
        if len(words) != 4 or len(numbers) != 4 or any(abs(number) >= 1 << 63 for number in numbers):
            to_do = "write z seed, screen, row and column, or delete it"
            raise part.wrong("has a provenance that is none", to_do)
        provenance = tuple(numbers)
    sub_palette = told.whole("sub_palette", 0, SUB_PALETTES - 1) if "sub_palette" in told else None
    return TileProperties(role, sub_palette, told.real("quality", MAX_QUALITY, 0.0), provenance)


def _palettes(part: Part) -> NDArray[np.uint8] | None:
    if "palettes" not in part.properties:
        return None
    try:
        found = np.array([int(word, 16) for word in part.properties.text("palettes").split()]).reshape(4, 4)
    except (ValueError, OverflowError):
        found = np.full((4, 4), -1)
    if found.min() < 0 or found.max() >= len(PALETTE_RGB):
        to_do = "write sixteen palette indices of two hex digits, or delete it"
        raise part.wrong("has palettes that are none", to_do)
    return found.astype(np.uint8)


def _picture(part: Part) -> tuple[NDArray[np.uint8], NDArray[np.bool_], bool]:
    """The tiles of a tileset's picture, which of their pixels are transparent, and whether it is faithful."""
    element = part.element.find("image")
    if element is None or "source" not in element.attrib:
        raise part.wrong("has no picture of its own", "make it a tileset based on a tileset image")
    path = beside(part.path, element.get("source", ""), "picture")
    gap = {name: part.attributes.whole(name, 0, MAX_GAP_PX, 0) for name in ("margin", "spacing")}
    indices, transparent, faithful = _indices(path)
    colour_key = element.get("trans", "").removeprefix("#").lower()
    if colour_key:
        try:
            key = np.frombuffer(bytes.fromhex(colour_key), np.uint8)
            transparent = transparent | (_rgba(path)[..., :3] == key.reshape(3)).all(-1)
        except ValueError:
            raise part.wrong("has a transparent colour that is none", "choose it again in Tiled") from None
    step = TILE + gap["spacing"]
    rows, columns = ((side - 2 * gap["margin"] + gap["spacing"]) // step for side in indices.shape)
    if rows < 1 or columns < 1:
        raise wrong(path, f"holds no tile of {TILE}x{TILE} px", "enlarge the picture")
    # One tile a step, from the margin on.
    corners = [
        (gap["margin"] + row * step, gap["margin"] + column * step)
        for row in range(rows)
        for column in range(columns)
    ][:MAX_BANK]
    cut = [np.s_[top : top + TILE, left : left + TILE] for top, left in corners]
    return np.stack([indices[c] for c in cut]), np.stack([transparent[c] for c in cut]), faithful


def _indices(path: Path) -> tuple[NDArray[np.uint8], NDArray[np.bool_], bool]:
    """A PNG as palette indices [h, w], its transparent pixels [h, w], and whether it is faithful."""
    with _opened(path) as picture:
        shades = picture.getpalette("RGB") if picture.mode == "P" else None
        if shades is not None and "transparency" not in picture.info:
            indices = np.asarray(picture, np.uint8)
            size = min(len(shades), len(_SHADES))
            if shades[:size] == _SHADES[:size] and int(indices.max()) < size // 3:
                return indices, np.zeros(indices.shape, np.bool_), True
    rgba = _rgba(path)
    return quantise(np.ascontiguousarray(rgba[..., :3])), rgba[..., 3] < SEE_THROUGH_ALPHA, False


def _rgba(path: Path) -> NDArray[np.uint8]:
    with _opened(path) as picture:
        return np.asarray(picture.convert("RGBA"), np.uint8)


def _opened(path: Path) -> Image.Image:
    """A PNG, loaded. Raises TiledError."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            picture = Image.open(path, formats=["PNG"])
            if picture.width * picture.height > MAX_PICTURE_PX or path.stat().st_size > MAX_FILE_BYTES:
                raise wrong(path, f"is a picture of {picture.width}x{picture.height} px", "use a smaller one")
            picture.load()
    except TiledError:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise wrong(path, "is a picture of too many pixels", "use a smaller one") from error
    except Exception as error:  # a stranger's picture: Pillow raises whatever its damage makes it run into
        raise wrong(path, "is no PNG that can be read", "save the picture as PNG again") from error
    return picture


def _fitted(tilesets: Sequence[Tileset], uses: Sequence[NDArray[np.int64]]) -> NDArray[np.uint8]:
    """Four sub-palettes for tiles that have none; their shared colour is the one that most tiles have."""
    tiles = [
        (int(use[number]), tileset.pixels[number][~tileset.transparent[number]])
        for tileset, use in zip(tilesets, uses, strict=True)
        for number in range(len(use))
    ]
    histograms = [
        (use, np.bincount(shown, minlength=len(PALETTE_RGB)).astype(np.float32))
        for use, shown in tiles
        if len(shown)
    ]
    if not histograms:
        return np.full((SUB_PALETTES, 4), BLACK, np.uint8)
    fitted = SubPalettes(int(np.sum([h > 0 for _, h in histograms], 0).argmax()))
    # Stable: of equal uses the first tile comes first.
    for _, histogram in sorted(histograms, key=lambda pair: -pair[0]):
        fitted.take(fitted.offer(histogram))
    return fitted.array()
