"""Screens out of openly licensed tiles: the painter's own layouts, drawn with the motifs of a kit.

A source tile becomes levels: transparent and nearly black pixels 0, the others 1 to 3 by the rank of their
lightness. Painted with a sub-palette, it then looks as if drawn for the NES; matching colours would turn
dark greys brown. What a kit lacks, the painter draws, a new choice of it in every game.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from generator.nes.roles import TILE
from generator.rng import mix

from ..corpus import CorpusError, CorpusWriter, Source
from ..painter import motifs
from ..painter.motifs import Levels
from ..painter.painter import Game, paint_game, paint_screen
from ..painter.styles import DECOR, FAR, LIFE, SOLID
from ..workers import workers
from .table import KITS, Kit, Rectangle

SCREENS_A_GAME = 24
"""A kit's screens share one game's colours and habits by so many."""
DARK = 26.0
"""Lightness, 0..255, below which a pixel of a source tile is black."""
_TALLEST_TREE_PX = 80
"""Larger trees are halved until they are no taller: a screen has 14 rows."""
_HALVED = "dcss/"
"""Packs whose tiles are 32 px."""
_KIT_SUBS = {"top": SOLID, "great_window": FAR, "skyline": FAR, "statue": FAR, "bush": LIFE, "bushes": LIFE}
_KIT_SUBS |= {"tree0": LIFE, "tree1": LIFE, "tree2": LIFE, "fence": DECOR, "ledge": SOLID}
_SOLIDS = ("fill", "core", "slab", "top", "slab_top")
_FAR_WALLS = ("wall", "wall2", "cave", "rampart")


def kit_game(kit: Kit, art: Path, seed: int) -> Game:
    """One imaginary game of a kit. Raises CorpusError for an art file that is missing or none."""
    number = mix(_number(kit), seed) & 0xFFFFFFFF
    game, dice = paint_game(number), np.random.default_rng([0x417, number])
    drawn = {
        name: levels_of(art, parts[int(dice.integers(len(parts)))]) for name, parts in kit.motifs.items()
    }
    for name in _FAR_WALLS:
        if name in drawn:
            drawn[name] = motifs.dim(dice, drawn[name])
    if "fill" in drawn and "top" not in drawn:
        drawn["top"] = drawn["fill"][:16] if dice.random() < 0.4 else motifs.top(dice, _square(drawn["fill"]))
    drawn.setdefault("slab", drawn.get("fill", game.art["slab"]))
    drawn.setdefault("slab_top", drawn["slab"][:16])
    if "stair" in drawn:
        drawn["stair_left"] = drawn["stair"][:, ::-1]
    for name in _SOLIDS:
        if game.opaque_zero and name in drawn:
            drawn[name] = np.where(drawn[name] == 0, 1, drawn[name]).astype(np.uint8)
    subs = game.subs | {name: sub for name, sub in _KIT_SUBS.items() if name in drawn}
    return replace(game, art=game.art | drawn, subs=subs)


def paint_kit(kit: Kit, art: Path, count: int, seed: int) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """Screens uint8[count, 224, 224] (palette indices) of several games of a kit, roles uint8[count, 14,
    14]."""
    pairs = []
    for number in range(count):
        if number % SCREENS_A_GAME == 0:
            game = kit_game(kit, art, mix(seed, number))
        pairs.append(paint_screen(game, number))
    return np.stack([pair[0] for pair in pairs]), np.stack([pair[1] for pair in pairs])


def add_kits(writer: CorpusWriter, art: Path, screens: int, seed: int, processes: int) -> None:
    """Adds so many screens, shared evenly by all kits, one source a kit. Raises CorpusError."""
    for file in sorted(frozenset().union(*(kit.files() for kit in KITS))):
        _lightness(art, file)  # all complaints before the first screen is painted
    for kit, pair in zip(KITS, _paint_all(art, screens, seed, processes), strict=True):
        if len(pair[0]):
            credit = f"tiles of {kit.pack.folder} by {kit.pack.credits} ({kit.pack.licence})"
            writer.add(Source("kit", kit.name, kit.pack.licence, credit, kit.held_out), *pair)


def _paint_all(
    art: Path, screens: int, seed: int, processes: int
) -> Iterator[tuple[NDArray[np.uint8], NDArray[np.uint8]]]:
    shares = [screens // len(KITS) + (n < screens % len(KITS)) for n in range(len(KITS))]
    tasks = [(n, art, share, seed) for n, share in enumerate(shares)]
    if processes <= 1:
        yield from map(_paint_one, tasks)
        return
    with workers(processes) as pool:
        yield from pool.imap(_paint_one, tasks)


def _paint_one(task: tuple[int, Path, int, int]) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    number, art, count, seed = task
    if not count:
        return np.zeros((0, 224, 224), np.uint8), np.zeros((0, 14, 14), np.uint8)
    return paint_kit(KITS[number], art, count, seed)


@cache
def levels_of(art: Path, rectangle: Rectangle) -> Levels:
    """A rectangle of an art file as levels uint8[16 h, 16 w]: whole cells, filled up above and at the
    sides."""
    file, x, y, width, height = rectangle
    part = _lightness(art, file)[y : y + height, x : x + width]
    if part.shape != (height, width):
        raise CorpusError(
            f"{art / file}: too small for {rectangle[1:]}; fetch it again with `python -m training art`"
        )
    while file.startswith(_HALVED) or part.shape[0] > _TALLEST_TREE_PX:
        part = _halved(part)
        if file.startswith(_HALVED):
            break
    return ranked(_whole_cells(part))


def ranked(lightness: NDArray[np.float32]) -> Levels:
    """Lightness float32[h, w] in 0..255, NaN where transparent -> levels uint8[h, w]."""
    seen = np.nan_to_num(lightness, nan=0.0)
    lit = seen >= DARK
    levels = np.zeros(seen.shape, np.uint8)
    if lit.any():
        _, where, count = np.unique(seen[lit], return_inverse=True, return_counts=True)
        middle = (np.cumsum(count) - count / 2) / count.sum()
        levels[lit] = np.minimum(1 + (3 * middle).astype(np.uint8), 3)[where]
    return levels


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
        raise CorpusError(
            f"{path}: no picture ({error}); fetch it again with `python -m training art`"
        ) from None
    grey = rgba[..., :3] @ np.array([0.299, 0.587, 0.114], np.float32)
    return np.where(rgba[..., 3] >= 128, grey, np.float32(np.nan)).astype(np.float32)


def _halved(part: NDArray[np.float32]) -> NDArray[np.float32]:
    """The lightest of each 2x2 px but one: a mean would blur edges, the very lightest thicken them."""
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


def _square(fill: Levels) -> Levels:
    """Levels of any size as 32x32, which the painter's tops are made of."""
    return np.tile(fill, (2, 2))[:32, :32] if min(fill.shape) < 32 else fill[:32, :32]


def _number(kit: Kit) -> int:
    """A kit's own, by its name: a kit that is added changes no other."""
    return int.from_bytes(kit.name.encode()[:8].ljust(8), "little") ^ len(kit.name)
