"""Undoes an enlargement: finds the pixels that a picture had before it was enlarged or stretched.

This is done for each axis. Enlarging a line is a matrix that turns few pixels into many. A line that came out
of it lies in the matrix's range, and the pseudo-inverse gives the pixels back, sharp. Every size of a console
of the time is tried with every usual filter; the smallest that explains the picture is taken.
"""

from __future__ import annotations

from enum import Enum
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from PIL import Image

RGB = NDArray[np.uint8]
"""uint8[h, w, 3]"""

NATIVE_PX = ((160, 224, 240, 256, 272, 280, 320), (136, 144, 160, 192, 200, 212, 224, 228, 240, 256))
"""Widths and heights of consoles and home computers of the time: NES, Master System, Game Boy and Advance,
WonderSwan,
TIC-80, Mega Drive, C64, MSX 2, Amstrad, arcade."""
USUAL_PX = frozenset({(224, 256), (240, 256)})
"""Heights and widths of most screenshots that nobody enlarged: nothing smaller is looked for in them."""
LEAST_SCALE, MOST_SCALE = 1.1, 12
"""Enlargements that are looked for."""
WINDOW_PX = 640
"""Length of the middle part of a line that is looked at: more would help little, and the kept matrices
would grow."""
KEPT_BASES, KEPT_INVERSES = 384, 64
"""Matrices that are kept, of at most 0.7 and 5 MB. Pictures of one size need up to 50 and 2 of them."""
BAND_PX, NEGLIGIBLE = 32, 1e-5
"""Pixels that are given back at once, and weight up to which an enlarged pixel does not matter to them: all
such pixels together change one by less than 0.03 of 255. (measured)"""
LINES = 24
"""Lines of a picture that are looked at: of twice as many, evenly spread, those that change most."""
FIRST_EVERY, FIRST_LENIENCE = 4, 2.0
"""At first every fourth of the lines is looked at; a size that leaves twice as much unexplained there is
not tried on all."""
UNEXPLAINED = 0.12
"""What a size may leave unexplained: the energy of the rest, as a share of the energy of the differences of
neighbouring pixels, as if the rest were spread evenly over its dimensions. (measured)"""
NOISE = 6.0
"""Root mean square of the rest that JPEG may leave, in 0..255. (measured)"""
BARELY, MUCH_WORSE = 1e-3, 2.0
"""The smallest size is taken that leaves at most MUCH_WORSE times as much as the best one; a rest of up to
BARELY, a share as above, counts as none. (measured)"""
REPEATED_SHARE = 0.72
"""Where pixels were repeated n times, at least this share of all change is on every n-th line. (measured)"""


class Filter(Enum):
    """How lines are made longer; programs have two ways to take the nearest pixel."""

    NEAREST = Image.Resampling.NEAREST  # to the middle of the new pixel
    FLOOR = "floor"  # to its left edge, as OpenCV does
    BILINEAR = Image.Resampling.BILINEAR
    BICUBIC = Image.Resampling.BICUBIC
    LANCZOS = Image.Resampling.LANCZOS
    AREA = "area"  # each new pixel is the mean of what it covers ("pixellate")
    SHARP = "sharp"  # repeated a whole number of times, then bilinear ("sharp-bilinear")


class Enlargement(NamedTuple):
    """How a line of pixels became longer."""

    size: int
    filter: Filter


def native_resolution(picture: RGB) -> RGB:
    """The picture before it was enlarged or stretched; itself where it was not."""
    if picture.shape[:2] in USUAL_PX:
        return picture
    across = 1
    for axis in (1, 0):
        lines = _some_lines(picture, axis)
        repeated = repeated_pixels(lines)
        if repeated is not None and picture.shape[axis] // repeated[0] >= min(NATIVE_PX[1 - axis]):
            across = repeated[0] if axis == 1 else 1
            picture = _joined(picture, axis, *repeated)
            lines = _some_lines(picture, axis)
        found = enlargement(lines, NATIVE_PX[1 - axis])
        if found is not None:
            picture = _shrunk(picture, axis, found)
    if across > 1 and picture.shape[0] in np.multiply(NATIVE_PX[1], across):
        return _brightest(picture, across)  # rows were repeated too, but some were darkened: scanlines
    return picture


def _some_lines(picture: RGB, axis: int) -> NDArray[np.float32]:
    """Some lines along an axis (1: rows of the picture, 0: columns) in grey, float32[k, length]."""
    turned = picture if axis == 1 else picture.swapaxes(0, 1)
    some = np.linspace(0, len(turned) - 1, min(2 * LINES, len(turned))).astype(np.intp)
    grey = turned[some].astype(np.float32) @ np.array([0.3, 0.55, 0.15], np.float32)
    change = np.abs(np.diff(grey[:, _window(grey.shape[1])], axis=1)).sum(1)
    return np.asarray(grey[np.sort(np.argsort(-change)[:LINES])])


def repeated_pixels(lines: NDArray[np.float32]) -> tuple[int, int] | None:
    """How often each pixel was repeated, and where the first whole one begins; None where none was."""
    edges = np.abs(np.diff(lines, axis=1)).mean(0)
    total = edges.sum()
    if total == 0:
        return None
    for scale in range(MOST_SCALE, 1, -1):
        by_phase = [float(edges[phase::scale].sum()) for phase in range(scale)]
        best = int(np.argmax(by_phase))
        chance = 1 / scale
        if (by_phase[best] / total - chance) / (1 - chance) >= REPEATED_SHARE:
            return scale, (best + 1) % scale
    return None


def enlargement(lines: NDArray[np.float32], sizes: tuple[int, ...]) -> Enlargement | None:
    """What turned lines of one of the sizes into these, float32[k, length]; None where nothing did."""
    length = lines.shape[1]
    lines = lines[:, _window(length)]
    centred = lines - lines.mean(1, keepdims=True)
    change = float(np.square(np.diff(lines, axis=1)).sum())
    few, few_change = centred[::FIRST_EVERY], float(np.square(np.diff(lines[::FIRST_EVERY], axis=1)).sum())
    found: list[tuple[float, Enlargement]] = []
    if not change:
        return None
    for size in sorted(sizes):
        if not LEAST_SCALE * size <= length <= MOST_SCALE * size:
            continue
        for resampling in Filter:
            basis = _basis(size, length, resampling)
            if _rest(few, basis) > FIRST_LENIENCE * UNEXPLAINED * few_change:
                continue
            rest = _rest(centred, basis)
            if rest <= BARELY * change:
                return Enlargement(size, resampling)  # nothing can be better, and the sizes rise
            if rest <= UNEXPLAINED * change and rest <= NOISE**2 * lines.size:
                found.append((rest + BARELY * change, Enlargement(size, resampling)))
    if not found:
        return None
    least = min(rest for rest, _ in found)
    near = [(one.size, rest, one) for rest, one in found if rest <= MUCH_WORSE * least]
    return min(near, key=lambda each: each[:2])[2]


def _rest(lines: NDArray[np.float32], basis: NDArray[np.float32]) -> float:
    """The energy of lines that a basis does not explain, as if it were spread over all their dimensions."""
    free: float = 1 - basis.shape[1] / len(basis)
    return float(np.square(lines).sum() - np.square(lines @ basis).sum()) / free


def _window(length: int) -> slice:
    """The part of a line that is looked at."""
    first = max(0, length - WINDOW_PX) // 2
    return slice(first, min(length, first + WINDOW_PX))


def _sources(size: int, length: int, nearest: Filter) -> NDArray[np.intp]:
    """For each pixel of an enlarged line the pixel that it repeats, intp[length]."""
    if nearest is Filter.FLOOR:
        return np.arange(length) * size // length
    # Where a middle falls on an edge, rounding decides; so Pillow is asked.
    numbers = Image.fromarray(np.arange(size, dtype=np.int32)[None])
    repeated = np.asarray(numbers.resize((length, 1), Image.Resampling.NEAREST))
    found: NDArray[np.intp] = repeated[0].astype(np.intp)
    return found


def _matrix(size: int, length: int, enlarged_by: Filter) -> NDArray[np.float32]:
    """The matrix float32[length, size] that enlarges a line."""
    pixels = np.eye(size, dtype=np.float32)
    if enlarged_by is Filter.AREA:
        ends = np.linspace(0, size, length + 1)
        inside = np.minimum(ends[1:, None], np.arange(1, size + 1)) - np.maximum(
            ends[:-1, None], np.arange(size)
        )
        return np.asarray(np.maximum(inside, 0) * (length / size), np.float32)
    if enlarged_by is Filter.SHARP:
        pixels = pixels.repeat(max(1, length // size), 0)
        return np.asarray(Image.fromarray(pixels).resize((size, length), Image.Resampling.BILINEAR))
    if enlarged_by in (Filter.NEAREST, Filter.FLOOR):
        return np.asarray(pixels[_sources(size, length, enlarged_by)])
    return np.asarray(Image.fromarray(pixels).resize((size, length), Image.Resampling(enlarged_by.value)))


@lru_cache(maxsize=KEPT_BASES)
def _basis(size: int, length: int, enlarged_by: Filter) -> NDArray[np.float32]:
    """An orthonormal basis float32[window, k] of the middle parts of all enlarged lines."""
    seen = _matrix(size, length, enlarged_by)[_window(length)]
    return np.linalg.qr(seen[:, np.abs(seen).sum(0) > 0])[0]


@lru_cache(maxsize=KEPT_INVERSES)
def _inverse(size: int, length: int, enlarged_by: Filter) -> list[tuple[slice, NDArray[np.float32]]]:
    """For every 32 pixels the part of the enlarged line that matters to them, and its matrix float32[32,
    part]."""
    whole = np.linalg.pinv(_matrix(size, length, enlarged_by), rcond=1e-3).astype(np.float32)
    bands = []
    for rows in np.split(whole, range(BAND_PX, size, BAND_PX)):
        matters = np.flatnonzero(np.abs(rows).max(0) > NEGLIGIBLE)
        part = slice(int(matters[0]), int(matters[-1]) + 1)
        bands.append((part, np.ascontiguousarray(rows[:, part])))
    return bands


def _joined(picture: RGB, axis: int, scale: int, first: int) -> RGB:
    """Makes every `scale` lines one, their mean: what JPEG did to each of them is averaged away."""
    length = (picture.shape[axis] - first) // scale * scale
    whole = picture[:, first : first + length] if axis == 1 else picture[first : first + length]
    factors = (scale, 1) if axis == 1 else (1, scale)
    return np.asarray(Image.fromarray(np.ascontiguousarray(whole)).reduce(factors))


def commonest_of_blocks(picture: RGB, scale: int) -> RGB:
    """Makes every square of `scale` px one pixel, of the colour that is the commonest there.

    That undoes scale2x, hqx and xBR, which round off corners and leave most of a pixel as it was.
    """
    height, width = (side // scale for side in picture.shape[:2])
    blocks = packed(picture).reshape(height, scale, width, scale).swapaxes(1, 2).reshape(height, width, -1)
    alike = (blocks[..., None] == blocks[..., None, :]).sum(-1)
    # Of equally common ones that of the middle: a filter blends the rim.
    middle = np.minimum(*(np.minimum(at, scale - 1 - at) for at in np.divmod(np.arange(scale**2), scale)))
    chosen = (alike * scale + middle).argmax(-1)[..., None]
    return unpacked(np.take_along_axis(blocks, chosen, -1)[..., 0])


def packed(rgb: RGB) -> NDArray[np.uint32]:
    """One number for each RGB colour uint8[..., 3]: uint32[...]."""
    red, green, blue = np.moveaxis(rgb, -1, 0).astype(np.uint32)
    return np.asarray(red << 16 | green << 8 | blue)


def unpacked(numbers: NDArray[np.uint32]) -> RGB:
    """The RGB colours uint8[..., 3] of such numbers."""
    return np.asarray(numbers[..., None] >> np.array([16, 8, 0], np.uint32) & 255, np.uint8)


def _brightest(picture: RGB, scale: int) -> RGB:
    """Makes every `scale` rows one, pixel by pixel the brightest."""
    return np.asarray(picture.reshape(-1, scale, *picture.shape[1:]).max(1))


def _shrunk(picture: RGB, axis: int, enlarged: Enlargement) -> RGB:
    """The pixels that the picture was enlarged from, along an axis."""
    length = picture.shape[axis]
    if enlarged.filter in (Filter.NEAREST, Filter.FLOOR):
        sources = _sources(enlarged.size, length, enlarged.filter)
        first, last = (np.searchsorted(sources, np.arange(enlarged.size), side) for side in ("left", "right"))
        return picture.take((first + last - 1) // 2, axis=axis)
    turned = np.ascontiguousarray(picture.swapaxes(0, 1)) if axis == 1 else picture
    lines = turned.reshape(length, -1).astype(np.float32)
    bands = [inverse @ lines[part] for part, inverse in _inverse(enlarged.size, length, enlarged.filter)]
    pixels = np.clip(np.rint(np.concatenate(bands)), 0, 255).astype(np.uint8)
    pixels = pixels.reshape(enlarged.size, *turned.shape[1:])
    return pixels.swapaxes(0, 1) if axis == 1 else pixels
