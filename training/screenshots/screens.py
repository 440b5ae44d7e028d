"""Turns a picture of a game into screens of the corpus, its own pixels, cut on tiles, in NES colours, or says
why it is unfit.

These are functions from arrays to arrays; find.py finds files, intake.py decodes them.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from generator.nes.cells import colour_counts, cut
from generator.nes.palette import BLACK
from generator.nes.roles import SCREEN_PX, TILE

from .borders import without_borders, without_windows
from .colours import TOO_MANY_COLOURS, Palette, indices_of
from .native import NATIVE_PX, RGB, commonest_of_blocks, native_resolution
from .phase import different_share, overfull_share, tile_phase

LEAST_HEIGHT_PX = 192
"""The Master System's. What is lower than 224 px is padded with black."""
SMALL_PX = frozenset({(160, 144), (224, 144), (240, 136), (240, 160)})
"""Widths and heights of small consoles. Their screens are continued sideways by themselves, as training rolls
every screen, and padded with black above and below."""
MOST_SCREENS = 64
"""Screens that one picture, such as a map, may become."""
SLIGHT = (3, 24)
"""Differences of neighbouring pixels, in 0..255, that gradients have and the edges of pixel art do not."""
MOST_SHADED, MOST_SHADED_OF_A_CONSOLE = 0.5, 0.8
"""A picture in which the share of slight differences is larger is no pixel art; one of a console's size may
have JPEG's stains. (measured: 20 photographs have 0.58 to 0.99, screens at most 0.2, as JPEG 0.2 to 0.8)"""
MOST_COLOURS = 13
"""A picture whose median cell has more colours is no pixel art: the NES shows four. (measured)"""
MOST_ROUNDED, OVERFULL = 6, 0.05
"""The largest scale of filters that round corners off, and the share of overfull cells that is left then."""
LARGEST_PX, MUCH_LARGER = (240, 320), 1.5
"""What is larger than a console's screen by this is a map, if its cells repeat."""
MOST_DIFFERENT = 0.25
"""The share of different tiles that a map may have. (measured: real maps 0.01 to 0.04, two painted screens
side by side up to 0.24, enlargements that cannot be undone 0.28 to 0.97)"""
BLANK_CELLS = 0.94
"""A screen with a larger share of cells that are plain, each of one colour, is blank."""


class Unfit(NamedTuple):
    """Says to the owner of a picture why it becomes no screen."""

    reason: str


class Found(NamedTuple):
    """What a picture was taken for."""

    screens: list[NDArray[np.uint8]]
    """Palette indices uint8[224, 224] each."""
    given: tuple[int, int]
    """Height and width of the picture, in px."""
    native: NDArray[np.uint8]
    """Its own pixels as palette indices uint8[h, w]."""
    phase: tuple[int, int]
    """Where its tiles begin, in px from the top and from the left."""
    decoder: str
    """What makes the NES's colours look like its own."""


def screens_of(picture: RGB, shared: Palette | None = None) -> Found | Unfit:
    """The screens of a picture RGB uint8[h, w, 3], or why it has none.

    Args:
        shared: what all pictures of its folder share.
    """
    resolution = resolved(picture)
    height, width = resolution.shape[:2]
    if (height < LEAST_HEIGHT_PX or width < SCREEN_PX) and (width, height) not in SMALL_PX:
        return Unfit(
            f"too small: {width}x{height} px, {SCREEN_PX}x{LEAST_HEIGHT_PX} are needed; "
            "tile sets go with --tiles"
        )
    if shaded_share(resolution) > (MOST_SHADED_OF_A_CONSOLE if _of_a_console(resolution) else MOST_SHADED):
        return Unfit("no pixel art: too many shades")
    native, decoder = indices_of(resolution, shared)
    phase = tile_phase(native)
    if not _of_a_console(resolution) and _is_mush(native, phase, decoder):
        return Unfit(
            f"enlarged in a way that cannot be undone, or a map that was saved as JPEG: {width}x{height} px; "
            "save it as PNG, without a filter"
        )
    filled = [screen for screen in crops(native, phase) if not is_blank(screen)]
    if not filled:
        return Unfit("blank: nearly all of it is of one colour")
    drawn = [screen for screen in filled if median_colours(screen) <= MOST_COLOURS]
    if not drawn:
        return Unfit("no pixel art: too many colours in a tile")
    return Found(drawn, picture.shape[:2], native, phase, decoder)


def _is_mush(native: NDArray[np.uint8], phase: tuple[int, int], decoder: str) -> bool:
    """Whether what is much larger than a screen of a console is no map: its cells do not repeat."""
    height, width = native.shape
    if max(height / LARGEST_PX[0], width / LARGEST_PX[1]) < MUCH_LARGER:
        return False
    return decoder == TOO_MANY_COLOURS or different_share(native, phase) > MOST_DIFFERENT


def resolved(picture: RGB) -> RGB:
    """A picture without borders at its native resolution.

    A console's screen may have black margins of its own: without them nobody could tell what a stretched
    picture was stretched from. So borders are cut off only where the whole picture has no console's size.
    """
    whole = native_resolution(picture)
    if _of_a_console(whole):
        return whole
    rounded = _without_rounding(picture)
    if rounded is not None:
        return rounded
    bordered = [without_borders(picture, centred) for centred in (True, False)]
    inner = [native_resolution(part) for part in bordered if part.shape != picture.shape]
    for own in inner:
        if _of_a_console(own):
            return own
    for part in without_windows(picture):
        own = native_resolution(part)
        if _of_a_console(own):
            return own
    if inner and inner[0].shape[0] >= LEAST_HEIGHT_PX and inner[0].shape[1] >= SCREEN_PX:
        return inner[0]
    return whole


def _without_rounding(picture: RGB) -> RGB | None:
    """What a filter that rounds corners off made larger; None where the picture is not of such a size, or
    where cells would come out that no console shows: then it may be a map."""
    height, width = picture.shape[:2]
    for scale in range(2, MOST_ROUNDED + 1):
        if width / scale in NATIVE_PX[0] and height / scale in NATIVE_PX[1]:
            found = commonest_of_blocks(picture, scale)
            if overfull_share(indices_of(found)[0]) <= OVERFULL:
                return found
    return None


def _of_a_console(picture: RGB) -> bool:
    height, width = picture.shape[:2]
    return width in NATIVE_PX[0] and height in NATIVE_PX[1]


def crops(native: NDArray[np.uint8], phase: tuple[int, int]) -> list[NDArray[np.uint8]]:
    """The parts of 224x224 px of palette indices uint8[h, w] that begin where a tile does, side by side.

    Of a picture of one screen it is the part nearest to the middle.

    Args:
        phase: where tiles begin.
    """
    top, left = phase
    if native.shape[1] < SCREEN_PX:
        native = np.tile(native, (1, 2))
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
