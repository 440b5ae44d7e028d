"""From a picture of a game to screens of the corpus: native resolution, the tiles' phase, the NES's colours.

Pure functions from arrays to arrays; intake.py finds and decodes the files.
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
"""The Master System's; what lacks to 224 is black."""
MOST_SCREENS = 64
"""Screens that one picture, such as a map, may become."""
BORDER_SHARE, EVEN_PX = 0.02, 4
"""Borders of a window or a video are at least this share of its side, and alike on both sides up to so many
px."""
STAINS = 0.5
"""Mean difference, 0..255, up to which a line of a border is of one colour: JPEG's stains. (measured)"""
SLIGHT = (3, 24)
"""Differences of neighbours, 0..255, that shades have and the edges of pixel art have not."""
MOST_SHADED, MOST_SHADED_OF_A_CONSOLE = 0.5, 0.8
"""Share of slight differences among all above which a picture is no pixel art; those of a console's size may
have JPEG's stains. (of 20 photographs 0.58 to 0.99; of screens at most 0.2, as JPEG 0.2 to 0.8)"""
MOST_COLOURS = 13
"""Colours of the median cell above which a picture is no pixel art: the NES shows four. (measured)"""
BLANK_CELLS = 0.94
"""Share of cells of one colour each above which a screen is blank."""

NOISY_COLOURS = 3.9
"""Colours of the mean tile that has more than one, above which JPEG has added some. (of 40 screens: at
most 3.9 without, medians of 3.8 to 4.7 at qualities 75 to 90)"""
_KEY = np.random.default_rng(0).integers(0, 1 << 36, TILE * TILE).astype(np.float64)
"""Tells tiles apart by one number each: whole, and below 2^53 together, so exact however it is summed."""
COMMON = 0.01
"""Share of a picture that a colour must have not to be a stain of JPEG's. (measured)"""
MOST_COMMON, OF_A_CELL = 12, 4
"""Colours that are counted in spoilt pictures, and those that a cell of the NES may have."""
SEAM_WEIGHT = 0.5
"""Weight of the change between tiles beside that of their colours, in standard deviations. (measured: 0.3
to 1 do as well)"""


class Unfit(NamedTuple):
    """Why a picture becomes no screen, in words for its owner."""

    reason: str


def screens_of(picture: RGB) -> list[NDArray[np.uint8]] | Unfit:
    """The screens uint8[224, 224] (palette indices) that a picture uint8[h, w, 3] shows, or why it shows
    none."""
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

    A console's own screen may have black margins: cutting those off a stretched picture first would hide what
    it was stretched from. So borders go only where the whole picture is of no console's size.
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
    """A picture without bars of one colour: alike at both sides, or above and below, as videos have; or
    anyhow, as windows have."""
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
            # A picture is centred; a side that seems to have more has a dark edge, or JPEG's stains.
            before, after = (both, both) if abs(before - after) > 1 else (before, after)
            picture = np.moveaxis(lines[before : len(lines) - after], 0, axis)
    return picture


def _even_lines(lines: RGB) -> int:
    """How many lines, from the first, have its first pixel's colour throughout."""
    count = 0
    colour = lines[0, 0].astype(np.int16)
    while count < len(lines) and np.abs(lines[count] - colour).mean() <= STAINS:
        count += 1
    return count


def crops(native: NDArray[np.uint8]) -> list[NDArray[np.uint8]]:
    """The 224x224 px parts of palette indices uint8[h, w], as many as lie side by side, that begin where a
    tile does.

    Of one screen it is the part nearest to the middle.
    """
    top, left = tile_phase(native)
    native, top = _filled(native, top, 0)
    native, left = _filled(native, left, 1)
    rows, columns = (_starts(*each) for each in ((top, native.shape[0]), (left, native.shape[1])))
    parts = [native[y : y + SCREEN_PX, x : x + SCREEN_PX] for y in rows for x in columns]
    return parts[:MOST_SCREENS]


def _filled(native: NDArray[np.uint8], phase: int, axis: int) -> tuple[NDArray[np.uint8], int]:
    """Palette indices with black around them along an axis, where 224 px that begin on a tile do not fit, and
    the phase then."""
    length = native.shape[axis]
    if phase + SCREEN_PX <= length:
        return native, phase
    before = -phase % TILE  # the tile that is cut off there comes first
    before += max(0, (SCREEN_PX - length) // 2 - before) // TILE * TILE
    around = [(0, 0), (0, 0)]
    around[axis] = before, max(0, SCREEN_PX - length - before)
    return np.pad(native, around, constant_values=BLACK), 0


def _starts(phase: int, length: int) -> list[int]:
    """Where parts of 224 px begin along a side: on tiles, evenly spread, none over another."""
    spare = length - SCREEN_PX
    on_tiles = np.arange(phase, spare + 1, TILE)
    if not len(on_tiles):
        return [max(0, spare // 2)]
    count = length // SCREEN_PX
    wanted = [spare / 2] if count <= 1 else np.linspace(0, spare, count)
    found = sorted({int(on_tiles[np.abs(on_tiles - place).argmin()]) for place in wanted})
    kept = found[:1]
    for start in found[1:]:
        if start - kept[-1] >= SCREEN_PX:
            kept.append(start)
    return kept


def tile_phase(native: NDArray[np.uint8]) -> tuple[int, int]:
    """Where tiles begin, px from the upper left corner of palette indices uint8[h, w], 0..15 each.

    Where tiles are cut as they were laid there are fewer different ones than in any other place.
    """
    height, width = (side // TILE * TILE - TILE for side in native.shape)  # everywhere as many
    # Tiles also differ from one another more than within: a good place to begin.
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
    """How much lines along an axis change at every sixteenth place, beside all lines, float64[16]."""
    edges = change.mean(1 - axis)
    by_phase = [float(edges[phase::TILE].mean()) if len(edges) > phase else 0.0 for phase in range(TILE)]
    return np.roll(by_phase, 1) / max(float(edges.mean()), 1e-9)


def _standard(scores: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray((scores - scores.mean()) / max(float(scores.std()), 1e-9))


def _surplus(native: NDArray[np.uint8]) -> NDArray[np.float64]:
    """How many pixels have none of their cell's four commonest colours, for every phase, float64[16, 16].

    The sum of each cell's root: many with a few stains do not outweigh those that are cut through.
    """
    share = np.bincount(native.ravel(), minlength=len(PALETTE_PERCEIVED)) / native.size
    common = np.flatnonzero(share >= min(COMMON, share.max()))
    apart = np.square(PALETTE_PERCEIVED[:, None] - PALETTE_PERCEIVED[common]).sum(2)
    cleaned = common[apart.argmin(1)][native]
    pixels = np.bincount(cleaned.ravel(), minlength=len(PALETTE_PERCEIVED))
    colours = np.argsort(-pixels, kind="stable")[:MOST_COMMON]
    counts = (cleaned == colours[:, None, None]).astype(np.uint16)
    for axis in (1, 2):  # sums over every 16 px; they wrap round, their differences do not
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
    """Whether nearly every cell of a screen (palette indices) is of one colour."""
    cells = cut(screen).reshape(-1, TILE * TILE)
    return bool((cells == cells[:, :1]).all(1).mean() > BLANK_CELLS)


def shaded_share(picture: RGB) -> float:
    """Share of slight differences among all differences of neighbours, of a picture uint8[h, w, 3]."""
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
    """Colours of the median cell of a screen (palette indices)."""
    return float(np.median(colour_counts(cut(screen).reshape(-1, TILE, TILE))))
