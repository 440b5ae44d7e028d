"""From a picture of a game to screens of the corpus: native resolution, the tiles' phase, the NES's colours.

Pure functions from arrays to arrays; intake.py finds and decodes the files.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from generator.cells import colour_counts, cut
from generator.palette import BLACK, quantise
from generator.roles import SCREEN_PX, TILE
from generator.tiles import LIGHTNESS

from .native import RGB, native_resolution

LEAST_HEIGHT_PX = 192
"""The Master System's; what lacks to 224 is black."""
MOST_SCREENS = 64
"""Screens that one picture, such as a map, may become."""
BORDER_SHARE, EVEN_PX = 0.02, 4
"""Borders of a window or a video are at least this share of its side, and alike on both sides up to so many
px."""
LEAST_EQUAL = 0.3
"""Share of neighbours of equal colour below which a picture is no pixel art. (measured)"""
MOST_COLOURS = 13
"""Colours of the median cell above which a picture is no pixel art: the NES shows four. (measured)"""
BLANK_CELLS = 0.94
"""Share of cells of one colour each above which a screen is blank."""

NOISY_COLOURS = 4.4
"""Colours of the mean tile that has more than one, above which JPEG has added some. (measured: 3.4
without, 5.4 at quality 92)"""
_KEY = np.random.default_rng(0).random(TILE * TILE, np.float32)
"""Tells tiles apart by one number each."""


class Unfit(NamedTuple):
    """Why a picture becomes no screen, in words for its owner."""

    reason: str


def screens_of(picture: RGB) -> list[NDArray[np.uint8]] | Unfit:
    """The screens uint8[224, 224] (palette indices) that a picture uint8[h, w, 3] shows, or why it shows
    none."""
    native = quantise(native_resolution(without_borders(picture)))
    height, width = native.shape
    if height < LEAST_HEIGHT_PX or width < SCREEN_PX:
        return Unfit(f"too small: {width}x{height} px, {SCREEN_PX}x{LEAST_HEIGHT_PX} are needed")
    filled = [screen for screen in crops(native) if not is_blank(screen)]
    if not filled:
        return Unfit("blank: nearly all of it is of one colour")
    drawn = [screen for screen in filled if is_pixel_art(screen)]
    return drawn or Unfit("no pixel art: too many colours, too few areas of one colour")


def without_borders(picture: RGB) -> RGB:
    """A picture without bars of one colour at both sides, or above and below, as videos and windows have."""
    for axis in (0, 1):
        lines = np.moveaxis(picture, axis, 0)
        before, after = _even_lines(lines), _even_lines(lines[::-1])
        if before == len(lines):
            return picture
        if min(before, after) >= BORDER_SHARE * len(lines) and abs(before - after) <= EVEN_PX:
            picture = np.moveaxis(lines[before : len(lines) - after], 0, axis)
    return picture


def _even_lines(lines: RGB) -> int:
    """How many lines, from the first, have its first pixel's colour throughout."""
    count = 0
    while count < len(lines) and (lines[count] == lines[0, 0]).all():
        count += 1
    return count


def crops(native: NDArray[np.uint8]) -> list[NDArray[np.uint8]]:
    """The 224x224 px parts of palette indices uint8[h, w], as many as lie side by side, that begin where a
    tile does.

    Of one screen it is the part nearest to the middle.
    """
    top, left = tile_phase(native)
    if (lacking := SCREEN_PX - native.shape[0]) > 0:
        above = -top % TILE + max(0, lacking // 2 - (-top % TILE)) // TILE * TILE
        above = min(above, lacking)
        native = np.pad(native, ((above, lacking - above), (0, 0)), constant_values=BLACK)
        top = 0
    rows, columns = (_starts(*each) for each in ((top, native.shape[0]), (left, native.shape[1])))
    parts = [native[y : y + SCREEN_PX, x : x + SCREEN_PX] for y in rows for x in columns]
    return parts[:MOST_SCREENS]


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
    y, x = (_likeliest(np.abs(np.diff(LIGHTNESS[native], axis=axis)), axis) for axis in (0, 1))

    counts = colour_counts(cut(native[y : y + height, x : x + width]).reshape(-1, TILE, TILE))
    if counts[counts > 1].sum() > NOISY_COLOURS * (counts > 1).sum():
        return y, x  # JPEG left hardly two tiles equal

    values = native.astype(np.float32)

    def different(y: int, x: int) -> tuple[int, bool]:
        return _different_tiles(values[y : y + height, x : x + width]), (y, x) != start

    for _ in range(2):
        start = y, x
        y = min(range(TILE), key=lambda other: different(other, x))
        x = min(range(TILE), key=lambda other: different(y, other))
    return y, x


def _likeliest(change: NDArray[np.float32], axis: int) -> int:
    """Where lines along an axis change most at every sixteenth place."""
    edges = change.mean(1 - axis)
    by_phase = [float(edges[phase::TILE].mean()) if len(edges) > phase else 0.0 for phase in range(TILE)]
    return (int(np.argmax(by_phase)) + 1) % TILE


def _different_tiles(values: NDArray[np.float32]) -> int:
    """How many different tiles a picture of whole tiles has."""
    return len(set((cut(values).reshape(-1, TILE * TILE) @ _KEY).tolist()))


def is_blank(screen: NDArray[np.uint8]) -> bool:
    """Whether nearly every cell of a screen (palette indices) is of one colour."""
    cells = cut(screen).reshape(-1, TILE * TILE)
    return bool((cells == cells[:, :1]).all(1).mean() > BLANK_CELLS)


def is_pixel_art(screen: NDArray[np.uint8]) -> bool:
    """Whether a screen (palette indices) has the areas of one colour that a drawn one has."""
    equal = ((screen[:, 1:] == screen[:, :-1]).mean() + (screen[1:] == screen[:-1]).mean()) / 2
    colours = colour_counts(cut(screen).reshape(-1, TILE, TILE))
    return bool(equal >= LEAST_EQUAL and np.median(colours) <= MOST_COLOURS)
