"""Turns a picture of a game into screens of the corpus, its own pixels, cut on tiles, in NES colours, or says
why it is unfit.

These are functions from arrays to arrays; find.py finds files, intake.py decodes them.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from generator.nes.cells import colour_counts, cut
from generator.nes.palette import BLACK, PALETTE_PERCEIVED, quantise
from generator.nes.roles import SCREEN_PX, TILE
from generator.tiles.colours import LIGHTNESS

from .native import NATIVE_PX, RGB, native_resolution

LEAST_HEIGHT_PX = 192
"""The Master System's. What is lower than 224 px is padded with black."""
MOST_SCREENS = 64
"""Screens that one picture, such as a map, may become."""
BORDER_SHARE, EVEN_PX = 0.02, 4
"""The borders of a video are at least this share of a side, and as wide on both sides but for so many px."""
STAINS = 0.5
"""Mean difference, in 0..255, up to which a line counts as of one colour: JPEG leaves stains. (measured)"""
SLIGHT = (3, 24)
"""Differences of neighbouring pixels, in 0..255, that gradients have and the edges of pixel art do not."""
MOST_SHADED, MOST_SHADED_OF_A_CONSOLE = 0.5, 0.8
"""A picture in which the share of slight differences is larger is no pixel art; one of a console's size may
have JPEG's stains. (measured: 20 photographs have 0.58 to 0.99, screens at most 0.2, as JPEG 0.2 to 0.8)"""
MOST_COLOURS = 13
"""A picture whose median cell has more colours is no pixel art: the NES shows four. (measured)"""
BLANK_CELLS = 0.94
"""A screen with a larger share of cells that are plain, each of one colour, is blank."""
NOISY_COLOURS = 3.9
"""Where the tiles that have more than one colour have more on average, JPEG has added some. (measured on 40
screens: at most 3.9 without JPEG, medians of 3.8 to 4.7 at qualities 75 to 90)"""
_KEY = np.random.default_rng(0).integers(0, 1 << 36, TILE * TILE).astype(np.float64)
"""Weights that give every tile one number: whole, and below 2^53 in sum, so exact in any order."""
COMMON = 0.01
"""A colour with a smaller share of a picture is a stain of JPEG's. (measured)"""
MOST_COMMON, OF_A_CELL = 12, 4
"""Colours that are counted in pictures with stains, and colours that a cell of the NES may have."""
SEAM_WEIGHT = 0.5
"""Weight of the change between tiles, where that of their colours is 1, both in standard deviations.
(measured: 0.3 to 1 do as well)"""


class Unfit(NamedTuple):
    """Says to the owner of a picture why it becomes no screen."""

    reason: str


def screens_of(picture: RGB) -> list[NDArray[np.uint8]] | Unfit:
    """The screens uint8[224, 224] (palette indices) of a picture RGB uint8[h, w, 3], or why it has none."""
    resolution = resolved(picture)
    height, width = resolution.shape[:2]
    if height < LEAST_HEIGHT_PX or width < SCREEN_PX:
        return Unfit(f"too small: {width}x{height} px, {SCREEN_PX}x{LEAST_HEIGHT_PX} are needed")
    if shaded_share(resolution) > (MOST_SHADED_OF_A_CONSOLE if _of_a_console(resolution) else MOST_SHADED):
        return Unfit("no pixel art: too many shades")
    native = quantise(resolution)
    filled = [screen for screen in crops(native) if not is_blank(screen)]
    if not filled:
        return Unfit("blank: nearly all of it is of one colour")
    drawn = [screen for screen in filled if median_colours(screen) <= MOST_COLOURS]
    return drawn or Unfit("no pixel art: too many colours in a tile")


def resolved(picture: RGB) -> RGB:
    """A picture without borders at its native resolution.

    A console's screen may have black margins of its own: without them nobody could tell what a stretched
    picture was stretched from. So borders are cut off only where the whole picture has no console's size.
    """
    whole = native_resolution(picture)
    if _of_a_console(whole):
        return whole
    framed = [without_borders(picture, centred) for centred in (True, False)]
    inner = [native_resolution(part) for part in framed if part.shape != picture.shape]
    for part in inner:
        if _of_a_console(part):
            return part
    if inner and inner[0].shape[0] >= LEAST_HEIGHT_PX and inner[0].shape[1] >= SCREEN_PX:
        return inner[0]
    return whole


def _of_a_console(picture: RGB) -> bool:
    height, width = picture.shape[:2]
    return width in NATIVE_PX[0] and height in NATIVE_PX[1]


def without_borders(picture: RGB, centred: bool = True) -> RGB:
    """A picture without bars of one colour around it.

    Args:
        centred: only bars as wide on both sides, as videos have them; else any, as windows have them.
    """
    for axis in (0, 1):
        lines = np.moveaxis(picture, axis, 0)
        before, after = _even_lines(lines), _even_lines(lines[::-1])
        if before + after >= len(lines):
            return picture  # nothing lies between
        if not centred:
            picture = np.moveaxis(lines[before : len(lines) - after], 0, axis)
            continue
        both = min(before, after)
        if both >= BORDER_SHARE * len(lines) and abs(before - after) <= EVEN_PX:
            # A side that seems to have more has a dark edge, or JPEG's stains.
            before, after = (both, both) if abs(before - after) > 1 else (before, after)
            picture = np.moveaxis(lines[before : len(lines) - after], 0, axis)
    return picture


def _even_lines(lines: RGB) -> int:
    """How many lines, from the first one, are of its first pixel's colour."""
    count = 0
    colour = lines[0, 0].astype(np.int16)
    while count < len(lines) and np.abs(lines[count] - colour).mean() <= STAINS:
        count += 1
    return count


def crops(native: NDArray[np.uint8]) -> list[NDArray[np.uint8]]:
    """The parts of 224x224 px of palette indices uint8[h, w] that begin where a tile does, side by side.

    Of a picture of one screen it is the part nearest to the middle.
    """
    top, left = tile_phase(native)
    native, top = _filled(native, top, 0)
    native, left = _filled(native, left, 1)
    rows, columns = (_starts(*each) for each in ((top, native.shape[0]), (left, native.shape[1])))
    parts = [native[y : y + SCREEN_PX, x : x + SCREEN_PX] for y in rows for x in columns]
    return parts[:MOST_SCREENS]


def _filled(native: NDArray[np.uint8], phase: int, axis: int) -> tuple[NDArray[np.uint8], int]:
    """Palette indices, and where their tiles begin, padded along an axis until 224 px from a tile on fit."""
    length = native.shape[axis]
    if phase + SCREEN_PX <= length:
        return native, phase
    before = -phase % TILE  # the tile that is cut off there comes first
    before += max(0, (SCREEN_PX - length) // 2 - before) // TILE * TILE
    around = [(0, 0), (0, 0)]
    around[axis] = before, max(0, SCREEN_PX - length - before)
    return np.pad(native, around, constant_values=BLACK), 0


def _starts(phase: int, length: int) -> list[int]:
    """Where parts of 224 px begin along a side: on tiles, evenly spread, without overlap."""
    spare = length - SCREEN_PX
    on_tiles = np.arange(phase, spare + 1, TILE)
    if not len(on_tiles):
        return [max(0, spare // 2)]
    count = length // SCREEN_PX
    wanted = [spare / 2] if count <= 1 else np.linspace(0, spare, count)
    found = sorted({int(on_tiles[np.abs(on_tiles - start).argmin()]) for start in wanted})
    kept = found[:1]
    for start in found[1:]:
        if start - kept[-1] >= SCREEN_PX:
            kept.append(start)
    return kept


def tile_phase(native: NDArray[np.uint8]) -> tuple[int, int]:
    """Where tiles begin in palette indices uint8[h, w]: px from the top and from the left, 0..15 each.

    Cut there, a picture has fewer different tiles than cut anywhere else.
    """
    height, width = (side // TILE * TILE - TILE for side in native.shape)  # the same number everywhere
    # Pixels differ more between tiles than within them, which tells where to begin.
    down, across = (_seams(np.abs(np.diff(LIGHTNESS[native], axis=axis)), axis) for axis in (0, 1))
    y, x = int(np.argmax(down)), int(np.argmax(across))

    counts = colour_counts(cut(native[y : y + height, x : x + width]).reshape(-1, TILE, TILE))
    if counts[counts > 1].sum() > NOISY_COLOURS * (counts > 1).sum():  # JPEG left hardly two tiles equal
        seams = _standard(down[:, None] + across)
        best = int((SEAM_WEIGHT * seams - _standard(_surplus(native))).argmax())
        return best // TILE, best % TILE

    values = native.astype(np.float64)

    @cache
    def different(y: int, x: int) -> int:
        return _different_tiles(values[y : y + height, x : x + width])

    for _ in range(2):
        start = y, x
        y = min(range(TILE), key=lambda other: (different(other, x), other != start[0]))
        x = min(range(TILE), key=lambda other: (different(y, other), other != start[1]))
    return y, x


def _seams(change: NDArray[np.float32], axis: int) -> NDArray[np.float64]:
    """How much a picture changes at every 16th line along an axis, relative to all lines, float64[16]."""
    edges = change.mean(1 - axis)
    by_phase = [float(edges[phase::TILE].mean()) if len(edges) > phase else 0.0 for phase in range(TILE)]
    return np.roll(by_phase, 1) / max(float(edges.mean()), 1e-9)


def _standard(scores: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray((scores - scores.mean()) / max(float(scores.std()), 1e-9))


def _surplus(native: NDArray[np.uint8]) -> NDArray[np.float64]:
    """How many pixels have none of their cell's four commonest colours, for every phase, float64[16, 16].

    Square roots are summed: many cells with a few stains do not outweigh few cells that are cut through.
    """
    share = np.bincount(native.ravel(), minlength=len(PALETTE_PERCEIVED)) / native.size
    common = np.flatnonzero(share >= min(COMMON, share.max()))
    apart = np.square(PALETTE_PERCEIVED[:, None] - PALETTE_PERCEIVED[common]).sum(2)
    cleaned = common[apart.argmin(1)][native]
    pixels = np.bincount(cleaned.ravel(), minlength=len(PALETTE_PERCEIVED))
    colours = np.argsort(-pixels, kind="stable")[:MOST_COMMON]
    counts = (cleaned == colours[:, None, None]).astype(np.uint16)
    for axis in (1, 2):  # sums over 16 px; uint16 overflows, but not in the differences
        summed = np.cumsum(counts, axis, dtype=np.uint16)
        zero = np.zeros_like(summed.take([0], axis))
        summed = np.concatenate([zero, summed], axis)
        length = summed.shape[axis] - TILE
        counts = summed.take(range(TILE, TILE + length), axis) - summed.take(range(length), axis)
    few = max(0, len(colours) - OF_A_CELL)
    covered = np.partition(counts, few, axis=0)[few:].sum(0, dtype=np.int64)
    rows, columns = (side // TILE - 1 for side in native.shape)
    roots = np.sqrt(TILE * TILE - covered[: rows * TILE, : columns * TILE])
    return np.asarray(roots.reshape(rows, TILE, columns, TILE).sum((0, 2)))


def _different_tiles(values: NDArray[np.float64]) -> int:
    """How many different tiles a picture of whole tiles has."""
    return len(set((cut(values).reshape(-1, TILE * TILE) @ _KEY).tolist()))


def is_blank(screen: NDArray[np.uint8]) -> bool:
    """Whether nearly every cell of a screen uint8[224, 224] is plain."""
    cells = cut(screen).reshape(-1, TILE * TILE)
    return bool((cells == cells[:, :1]).all(1).mean() > BLANK_CELLS)


def shaded_share(picture: RGB) -> float:
    """The share of slight differences among all differences of neighbouring pixels of RGB uint8[h, w, 3]."""
    least, most = SLIGHT
    slight = visible = 0
    planes = np.ascontiguousarray(np.moveaxis(picture, 2, 0))
    for one, other in ((planes[:, 1:], planes[:, :-1]), (planes[:, :, 1:], planes[:, :, :-1])):
        change = (np.maximum(one, other) - np.minimum(one, other)).max(0)
        seen = int(np.count_nonzero(change >= least))
        visible += seen
        slight += seen - int(np.count_nonzero(change > most))
    return slight / max(1, visible)


def median_colours(screen: NDArray[np.uint8]) -> float:
    """The colours of the median cell of a screen uint8[224, 224]."""
    return float(np.median(colour_counts(cut(screen).reshape(-1, TILE, TILE))))
