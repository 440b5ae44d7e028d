"""The kits that ship, drawn: rectangles of the art packs' files become motifs."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np
from PIL import Image

from generator.nes.roles import TILE

from ..corpus import CorpusError
from ..painter.shading import Shades
from .kits import DrawnKit
from .shades import Lightness, halved, lightness_of, ranked
from .table import KITS, Kit, Rectangle

_TALLEST_TREE_PX = 80
"""Larger trees are halved until they are no taller, in px: a screen has 14 rows."""
_HALVED = "dcss/"
"""The pack whose tiles are 32 px."""
_FETCH = "fetch it again with `python -m training art`"


def art_kits(art: Path) -> list[DrawnKit]:
    """All kits, drawn. Raises CorpusError for an art file that is missing or none."""
    return [drawn(kit, art) for kit in KITS]


def drawn(kit: Kit, art: Path) -> DrawnKit:
    """One kit, drawn. Raises CorpusError for an art file that is missing or none."""
    motifs = {name: tuple(shades_of(art, part) for part in parts) for name, parts in kit.motifs.items()}
    credit = f"tiles of {kit.pack.folder} by {kit.pack.credits} ({kit.pack.licence})"
    seed = int.from_bytes(kit.name.encode()[:8].ljust(8), "little") ^ len(kit.name)
    return DrawnKit(kit.name, seed, kit.pack.licence, credit, kit.held_out, motifs)


@cache
def shades_of(art: Path, rectangle: Rectangle) -> Shades:
    """A rectangle of an art file in shades uint8[16 h, 16 w], padded above and beside to whole cells."""
    file, x, y, width, height = rectangle
    part = _lightness(art, file)[y : y + height, x : x + width]
    if part.shape != (height, width):
        raise CorpusError(f"{art / file}: too small for {rectangle[1:]}; {_FETCH}")
    if file.startswith(_HALVED):
        part = halved(part)
    while part.shape[0] > _TALLEST_TREE_PX:
        part = halved(part)
    return ranked(_whole_cells(part))


@cache
def _lightness(art: Path, file: str) -> Lightness:
    path = art / file
    try:
        with Image.open(path) as picture:
            rgba = np.asarray(picture.convert("RGBA"))
    except FileNotFoundError:
        raise CorpusError(
            f"{path}: no such file; fetch it with `python -m training art --out {art}`"
        ) from None
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise CorpusError(f"{path}: no picture ({error}); {_FETCH}") from None
    return lightness_of(rgba)


def _whole_cells(part: Lightness) -> Lightness:
    height, width = part.shape
    above, beside = -height % TILE, -width % TILE
    around = ((above, 0), (beside // 2, beside - beside // 2))
    return np.pad(part, around, constant_values=np.nan)
