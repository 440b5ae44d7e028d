"""Screens of openly licensed tiles: the painter's own layouts, drawn with the motifs of a kit.

A tile of a pack becomes shades: transparent and nearly black pixels 0, the others 1 to 3 by the rank of
their lightness. Painted with a sub-palette it then looks as if drawn for the NES; matching its colours would
turn dark greys brown. What a kit lacks, the painter draws anew in every game.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from generator.nes.roles import TILE
from generator.rng import mix

from ..corpus import CorpusError, CorpusWriter, Source
from ..painter import Game, materials, paint_game, paint_screen
from ..painter.materials import pick
from ..painter.palettes import DECOR, FAR, LIFE, SOLID
from ..painter.shading import Shades
from ..workers import in_order
from .table import KITS, Kit, Rectangle

SCREENS_A_GAME = 24
"""So many of a kit's screens share one game's colours and habits."""
DARK = 26.0
"""Lightness, 0..255, below which a pixel of a tile counts as black. (by eye)"""
_TALLEST_TREE_PX = 80
"""Larger trees are halved until they are no taller, in px: a screen has 14 rows."""
_HALVED = "dcss/"
"""The pack whose tiles are 32 px."""
_KIT_SUBS = {"top": SOLID, "great_window": FAR, "skyline": FAR, "statue": FAR, "bush": LIFE, "bushes": LIFE}
_KIT_SUBS |= {"tree0": LIFE, "tree1": LIFE, "tree2": LIFE, "fence": DECOR, "ledge": SOLID}
"""The sub-palettes of motifs that a kit brings, where the painter's own would choose one."""
_SOLIDS = ("fill", "core", "slab", "top", "slab_top")
_FETCH = "fetch it again with `python -m training art`"
_FAR_WALLS = ("wall", "wall2", "cave", "rampart")


def kit_game(kit: Kit, art: Path, seed: int) -> Game:
    """One imaginary game of a kit. Raises CorpusError for an art file that is missing or none."""
    number = mix(_number(kit), seed) & 0xFFFFFFFF
    game, dice = paint_game(number), np.random.default_rng([0x417, number])
    drawn = {name: shades_of(art, pick(dice, *parts)) for name, parts in kit.motifs.items()}
    for name in _FAR_WALLS:
        if name in drawn:
            drawn[name] = materials.dim(dice, drawn[name])
    if "fill" in drawn and "top" not in drawn:
        bare = dice.random() < 0.4
        drawn["top"] = drawn["fill"][:16] if bare else materials.top(dice, _square(drawn["fill"]))
    drawn.setdefault("slab", drawn.get("fill", game.motifs["slab"]))
    drawn.setdefault("slab_top", drawn["slab"][:16])
    if "stair" in drawn:
        drawn["stair_left"] = drawn["stair"][:, ::-1]
    for name in _SOLIDS:
        if game.opaque_zero and name in drawn:
            drawn[name] = np.where(drawn[name] == 0, 1, drawn[name]).astype(np.uint8)
    subs = game.subs | {name: sub for name, sub in _KIT_SUBS.items() if name in drawn}
    return replace(game, motifs=game.motifs | drawn, subs=subs)


def paint_kit(kit: Kit, art: Path, count: int, seed: int) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """Screens of a kit's games: palette indices uint8[count, 224, 224] and roles uint8[count, 14, 14]."""
    pairs = []
    for number in range(count):
        if number % SCREENS_A_GAME == 0:
            game = kit_game(kit, art, mix(seed, number))
        pairs.append(paint_screen(game, number))
    return np.stack([pair[0] for pair in pairs]), np.stack([pair[1] for pair in pairs])


def add_kits(writer: CorpusWriter, art: Path, screens: int, seed: int, processes: int) -> None:
    """Adds so many screens, shared evenly by all kits; a kit is a source. Raises CorpusError."""
    for file in sorted(frozenset().union(*(kit.files() for kit in KITS))):
        _lightness(art, file)  # all complaints before the first screen is painted
    each, rest = divmod(screens, len(KITS))
    tasks = [(kit, art, each + (n < rest), seed) for n, kit in enumerate(KITS) if each or n < rest]
    for (kit, *_), pair in zip(tasks, in_order(_paint_one, tasks, processes), strict=True):
        credit = f"tiles of {kit.pack.folder} by {kit.pack.credits} ({kit.pack.licence})"
        writer.add(Source("kit", kit.name, kit.pack.licence, credit, kit.held_out), *pair)


def _paint_one(task: tuple[Kit, Path, int, int]) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    return paint_kit(*task)


@cache
def shades_of(art: Path, rectangle: Rectangle) -> Shades:
    """A rectangle of an art file in shades uint8[16 h, 16 w], padded above and beside to whole cells."""
    file, x, y, width, height = rectangle
    part = _lightness(art, file)[y : y + height, x : x + width]
    if part.shape != (height, width):
        raise CorpusError(f"{art / file}: too small for {rectangle[1:]}; {_FETCH}")
    if file.startswith(_HALVED):
        part = _halved(part)
    while part.shape[0] > _TALLEST_TREE_PX:
        part = _halved(part)
    return ranked(_whole_cells(part))


def ranked(lightness: NDArray[np.float32]) -> Shades:
    """Lightness float32[h, w] in 0..255, NaN where transparent -> shades uint8[h, w]."""
    seen = np.nan_to_num(lightness, nan=0.0)
    lit = seen >= DARK
    shades = np.zeros(seen.shape, np.uint8)
    if lit.any():
        _, where, count = np.unique(seen[lit], return_inverse=True, return_counts=True)
        middle = (np.cumsum(count) - count / 2) / count.sum()
        shades[lit] = np.minimum(1 + (3 * middle).astype(np.uint8), 3)[where]
    return shades


@cache
def _lightness(art: Path, file: str) -> NDArray[np.float32]:
    path = art / file
    try:
        with Image.open(path) as picture:
            rgba = np.asarray(picture.convert("RGBA"), dtype=np.float32)
    except FileNotFoundError:
        raise CorpusError(
            f"{path}: no such file; fetch it with `python -m training art --out {art}`"
        ) from None
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise CorpusError(f"{path}: no picture ({error}); {_FETCH}") from None
    grey = rgba[..., :3] @ np.array([0.299, 0.587, 0.114], np.float32)
    return np.where(rgba[..., 3] >= 128, grey, np.float32(np.nan)).astype(np.float32)


def _halved(part: NDArray[np.float32]) -> NDArray[np.float32]:
    """The second lightest of each 2x2 px: a mean would blur edges, the lightest would thicken them."""
    height, width = (side // 2 * 2 for side in part.shape)
    blocks = part[:height, :width].reshape(height // 2, 2, width // 2, 2).swapaxes(1, 2)
    ordered = np.sort(blocks.reshape(height // 2, width // 2, 4), axis=2)  # NaN last
    shown = np.isfinite(ordered).sum(axis=2)
    picked = np.take_along_axis(ordered, np.maximum(shown - 2, 0)[..., None], axis=2)[..., 0]
    return np.where(shown >= 2, picked, np.float32(np.nan)).astype(np.float32)


def _whole_cells(part: NDArray[np.float32]) -> NDArray[np.float32]:
    height, width = part.shape
    above, beside = -height % TILE, -width % TILE
    around = ((above, 0), (beside // 2, beside - beside // 2))
    return np.pad(part, around, constant_values=np.nan)


def _square(fill: Shades) -> Shades:
    """Shades of any size as 32x32: the painter makes tops of those."""
    return np.tile(fill, (2, 2))[:32, :32] if min(fill.shape) < 32 else fill[:32, :32]


def _number(kit: Kit) -> int:
    """A number that is the kit's own, made of its name: a kit that is added changes no other one."""
    return int.from_bytes(kit.name.encode()[:8].ljust(8), "little") ^ len(kit.name)
