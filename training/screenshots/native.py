"""Undoing an enlargement: how many pixels a picture had before it was blown up or stretched, and which.

Axis by axis. Enlarging is a matrix that turns the few pixels of a line into many; a line that came out of
one lies in its range, and its pseudo-inverse gives the pixels back, sharp. Every size that a console of the
time had is tried with every usual filter; the smallest that explains the picture is taken.
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

NATIVE_PX = ((160, 240, 256, 280, 320), (144, 160, 192, 200, 224, 240, 256))
"""Widths and heights of consoles and home computers of the time: NES, Master System, Game Boy and Advance,
Mega Drive, C64, Amstrad, arcade."""
LEAST_SCALE, MOST_SCALE = 1.1, 12
WINDOW_PX = 640
"""Length of the middle part of a line that is looked at: more would tell little more, and what is kept of
every size grows with it."""
KEPT_BASES, KEPT_INVERSES = 384, 64
"""At most 0.7 and 5 MB each. A kind of pictures needs up to 50 bases and 2 inverses."""
BAND_PX, NEGLIGIBLE = 32, 1e-5
"""A pixel is decided by the nearest of the enlarged ones: all further ones together by less than 0.03 of
255. (measured)"""
LINES = 24
"""Lines of a picture that are looked at, evenly spread: the ones that change most of twice as many."""
FIRST_EVERY, FIRST_LENIENCE = 4, 2.0
"""Every fourth of the lines, at first; a size that leaves twice as much unexplained there is not tried
further."""
UNEXPLAINED = 0.12
"""What a size may leave unexplained: energy of the rest, a part of what neighbouring pixels differ by, as
if the rest were spread evenly over the dimensions that it has. (measured)"""
NOISE = 6.0
"""Root mean square of the rest, 0..255, that JPEG may leave. (measured)"""
BARELY, MUCH_WORSE = 1e-3, 2.0
"""A smaller size is preferred while it leaves at most so many times as much as the best; what is barely
anything does not count. (measured)"""
REPEATED_SHARE = 0.72
"""Share of all change that must fall on every n-th line where pixels were repeated n times. (measured)"""


class Filter(Enum):
    """How lines are made longer; programs know two kinds of nearest pixels."""

    NEAREST = Image.Resampling.NEAREST  # of the middle of the new pixel
    FLOOR = "floor"  # of its left edge, as OpenCV's
    BILINEAR = Image.Resampling.BILINEAR
    BICUBIC = Image.Resampling.BICUBIC
    LANCZOS = Image.Resampling.LANCZOS


class Enlargement(NamedTuple):
    """How a line of pixels became longer."""

    size: int
    filter: Filter


def native_resolution(picture: RGB) -> RGB:
    """The picture before it was enlarged or stretched; itself where it was not."""
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
        return _brightest(picture, across)  # as often as its columns, but some rows were darkened: scanlines
    return picture


def _some_lines(picture: RGB, axis: int) -> NDArray[np.float32]:
    """Grey values of some lines along an axis (1: rows of the picture, 0: columns), float32[k, length]."""
    turned = picture if axis == 1 else picture.swapaxes(0, 1)
    some = np.linspace(0, len(turned) - 1, min(2 * LINES, len(turned))).astype(np.intp)
    grey = turned[some].astype(np.float32) @ np.array([0.3, 0.55, 0.15], np.float32)
    change = np.abs(np.diff(grey[:, _window(grey.shape[1])], axis=1)).sum(1)
    return np.asarray(grey[np.sort(np.argsort(-change)[:LINES])])


def repeated_pixels(lines: NDArray[np.float32]) -> tuple[int, int] | None:
    """How often each pixel was repeated, and where the first whole one begins; None for once."""
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
    """What turned lines of one of the sizes into lines float32[k, length]; None where nothing did."""
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
    """Energy of lines that a basis does not explain, as if spread over all their dimensions."""
    free = 1 - basis.shape[1] / len(basis)
    return float(np.square(lines).sum() - np.square(lines @ basis).sum()) / free


def _window(length: int) -> slice:
    """The part of a line that is looked at."""
    first = max(0, length - WINDOW_PX) // 2
    return slice(first, min(length, first + WINDOW_PX))


def _sources(size: int, length: int, nearest: Filter) -> NDArray[np.intp]:
    """Which pixel each of an enlarged line repeats, intp[length]."""
    if nearest is Filter.FLOOR:
        return np.arange(length) * size // length
    # Where a middle falls on an edge is decided by rounding: so ask.
    numbers = Image.fromarray(np.arange(size, dtype=np.int32)[None])
    return np.asarray(numbers.resize((length, 1), Image.Resampling.NEAREST))[0].astype(np.intp)


def _matrix(size: int, length: int, enlarged_by: Filter) -> NDArray[np.float32]:
    """float32[length, size]: what enlarging does to a line."""
    pixels = np.eye(size, dtype=np.float32)
    if enlarged_by in (Filter.NEAREST, Filter.FLOOR):
        return np.asarray(pixels[_sources(size, length, enlarged_by)])
    return np.asarray(Image.fromarray(pixels).resize((size, length), Image.Resampling(enlarged_by.value)))


@lru_cache(maxsize=KEPT_BASES)
def _basis(size: int, length: int, enlarged_by: Filter) -> NDArray[np.float32]:
    """float32[window, k]: an orthonormal basis of all enlarged lines, of their middle part."""
    seen = _matrix(size, length, enlarged_by)[_window(length)]
    return np.linalg.qr(seen[:, np.abs(seen).sum(0) > 0])[0]


@lru_cache(maxsize=KEPT_INVERSES)
def _inverse(size: int, length: int, enlarged_by: Filter) -> list[tuple[slice, NDArray[np.float32]]]:
    """Bands of 32 pixels: the part of the line that decides them, float32[32, part]. What lies further off
    does not matter."""
    whole = np.linalg.pinv(_matrix(size, length, enlarged_by), rcond=1e-3).astype(np.float32)
    bands = []
    for rows in np.split(whole, range(BAND_PX, size, BAND_PX)):
        matters = np.flatnonzero(np.abs(rows).max(0) > NEGLIGIBLE)
        part = slice(int(matters[0]), int(matters[-1]) + 1)
        bands.append((part, np.ascontiguousarray(rows[:, part])))
    return bands


def _joined(picture: RGB, axis: int, scale: int, first: int) -> RGB:
    """Every `scale` lines as one, their mean: what JPEG did to each of them is averaged away."""
    length = (picture.shape[axis] - first) // scale * scale
    whole = picture[:, first : first + length] if axis == 1 else picture[first : first + length]
    factors = (scale, 1) if axis == 1 else (1, scale)
    return np.asarray(Image.fromarray(np.ascontiguousarray(whole)).reduce(factors))


def _brightest(picture: RGB, scale: int) -> RGB:
    """Every `scale` rows as one, pixel by pixel the brightest."""
    return np.asarray(picture.reshape(-1, scale, *picture.shape[1:]).max(1))


def _shrunk(picture: RGB, axis: int, enlarged: Enlargement) -> RGB:
    """The pixels that the picture was made of along an axis."""
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
