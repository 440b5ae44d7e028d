"""The NES's 64 colours, and the nearest of them to any RGB colour, by a table in OKLab.

Distances in plain RGB turn dark greys brown. In OKLab (Björn Ottosson, 2020) equal distances look nearly
equal, so dark colours keep their hue. But its lightness rises too fast near black, where the pixels of a
dream differ a little, and with so few colours a wrong hue is seen more than a wrong lightness. `perceived`
mends both. The table has `_TABLE_LEVELS`^3 entries and is built once.
"""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

BLACK = 0x0F
"""The black that quantisation gives; the nine other blacks are never produced."""
SUB_PALETTES = 4
"""Sub-palettes of a screen; a 16x16 cell uses one of them. (the NES)"""
OWN_COLOURS = 3
"""Colours of a sub-palette beside the shared backdrop colour. (the NES)"""

# The PPU 2C02's colours as commonly measured (nesdev.org wiki, "PPU palettes"): two lines = one lightness,
# column = hue. 54 of the 64 are distinct: the last columns hold blacks, and 0x30 is the same white as 0x20.
_RGB_HEX = """
545454 001e74 081090 300088 440064 5c0030 540400 3c1800
202a00 083a00 004000 003c00 00323c 000000 000000 000000
989698 084cc4 3032ec 5c1ee4 8814b0 a01464 982220 783c00
545a00 287200 087c00 007628 006678 000000 000000 000000
eceeec 4c9aec 787cec b062ec e454ec ec58b4 ec6a64 d48820
a0aa00 74c400 4cd020 38cc6c 38b4cc 3c3c3c 000000 000000
eceeec a8ccec bcbcec d4b2ec ecaeec ecaed4 ecb4b0 e4c490
ccd278 b4de78 a8e290 98e2b4 a0d6e4 a0a2a0 000000 000000
"""

PALETTE_RGB: NDArray[np.uint8] = np.array(
    [[int(entry[i : i + 2], 16) for i in (0, 2, 4)] for entry in _RGB_HEX.split()], dtype=np.uint8
)
"""uint8[64, 3]: the RGB of every palette index."""
PALETTE_RGB.setflags(write=False)
COLOURS = len(PALETTE_RGB)
"""Palette indices there are."""

_TABLE_BITS = 6
_TABLE_LEVELS = 1 << _TABLE_BITS
_TABLE_SLICE = 1 << 13


def oklab(rgb: NDArray[np.uint8] | NDArray[np.float64]) -> NDArray[np.float64]:
    """sRGB in 0..255, [..., 3], to OKLab, float64[..., 3]; L in 0..1. Constants: Ottosson, "A perceptual
    color space for image processing"."""
    to_lms = np.array(
        [
            [0.4122214708, 0.5363325363, 0.0514459929],
            [0.2119034982, 0.6806995451, 0.1073969566],
            [0.0883024619, 0.2817188376, 0.6299787005],
        ]
    )
    to_lab = np.array(
        [
            [0.2104542553, 0.7936177850, -0.0040720468],
            [1.9779984951, -2.4285922050, 0.4505937099],
            [0.0259040371, 0.7827717662, -0.8086757660],
        ]
    )
    lab: NDArray[np.float64] = np.cbrt(_linear(rgb) @ to_lms.T) @ to_lab.T
    return lab


def _linear(rgb: NDArray[np.uint8] | NDArray[np.float64]) -> NDArray[np.float64]:
    """sRGB in 0..255 to linear light in 0..1. (IEC 61966-2-1)"""
    srgb = np.asarray(rgb, dtype=np.float64) / 255.0
    return np.where(srgb <= 0.04045, srgb / 12.92, ((srgb + 0.055) / 1.055) ** 2.4)


_TOE_K1, _TOE_K2 = 0.206, 0.03
_TOE_K3 = (1 + _TOE_K1) / (1 + _TOE_K2)
"""The toe that makes OKLab's lightness CIELAB's, measured against white. (Ottosson, "Okhsv and Okhsl",
2021)"""
_CHROMA_WEIGHT = 2.5
"""What hue and chroma weigh beside lightness: the least, in steps of a half, with which every grey stays
grey. (measured)"""


def perceived(lab: NDArray[np.float64]) -> NDArray[np.float64]:
    """OKLab [..., 3] to coordinates in which the nearest palette colour is the one that looks most
    similar."""
    lightness = _TOE_K3 * lab[..., 0] - _TOE_K1
    toe = (lightness + np.sqrt(lightness**2 + 4 * _TOE_K2 * _TOE_K3 * lab[..., 0])) / 2
    return np.concatenate([toe[..., None], _CHROMA_WEIGHT * lab[..., 1:]], axis=-1).astype(np.float64)


def _canonical_indices() -> NDArray[np.uint8]:
    """The first index of every distinct colour, with BLACK for black: uint8[54]."""
    first: dict[tuple[int, ...], int] = {tuple(PALETTE_RGB[BLACK].tolist()): BLACK}
    for index, rgb in enumerate(PALETTE_RGB.tolist()):
        first.setdefault(tuple(rgb), index)
    return np.array(sorted(first.values()), dtype=np.uint8)


CANONICAL: NDArray[np.uint8] = _canonical_indices()
"""uint8[54]: the palette indices that quantisation can produce."""
CANONICAL.setflags(write=False)

PALETTE_OKLAB: NDArray[np.float64] = oklab(PALETTE_RGB)
"""float64[64, 3]: the OKLab colour of every palette index."""
PALETTE_OKLAB.setflags(write=False)

PALETTE_PERCEIVED: NDArray[np.float64] = perceived(PALETTE_OKLAB)
"""float64[64, 3]: the perceived coordinates of every palette index."""
PALETTE_PERCEIVED.setflags(write=False)


def rgb_of(index: int) -> list[int]:
    """Red, green and blue of a palette index, 0..255, as drawing wants them."""
    colour: list[int] = PALETTE_RGB[index].tolist()
    return colour


def l_star(rgb: NDArray[np.uint8]) -> NDArray[np.float64]:
    """CIELAB L* of sRGB in 0..255, [..., 3]: 0..100. (CIE 15)"""
    y = _linear(rgb) @ np.array([0.2126, 0.7152, 0.0722])
    return np.asarray(116.0 * np.where(y > 216 / 24389, np.cbrt(y), y * 841 / 108 + 4 / 29) - 16.0)


PALETTE_L: NDArray[np.float64] = l_star(PALETTE_RGB)
"""float64[64]: CIELAB's L* of every palette index, 0..100."""
PALETTE_L.setflags(write=False)


def _bin_centres() -> NDArray[np.float64]:
    """float64[_TABLE_LEVELS]: the sRGB value that stands for each bin of a channel."""
    step = 256 // _TABLE_LEVELS
    level = np.arange(_TABLE_LEVELS, dtype=np.float64) * step + (step - 1) / 2
    # The outermost bins stand for the pure ends, or black would be judged as a dark grey.
    level[0], level[-1] = 0, 255
    return level


@cache
def _nearest_table() -> NDArray[np.uint8]:
    """uint8[_TABLE_LEVELS^3]: the nearest palette index of each RGB bin's centre, red most significant."""
    level = _bin_centres()
    grid = np.stack(np.meshgrid(level, level, level, indexing="ij"), axis=-1).reshape(-1, 3)
    colours = PALETTE_PERCEIVED[CANONICAL]
    nearest = np.empty(len(grid), dtype=np.uint8)
    # In slices that stay in the cache, colour by colour: this takes a good part of a worker's start.
    for start in range(0, len(grid), _TABLE_SLICE):
        seen = perceived(oklab(grid[start : start + _TABLE_SLICE]))
        least = np.full(len(seen), np.inf)
        best = nearest[start : start + _TABLE_SLICE]
        for index, colour in zip(CANONICAL, colours, strict=True):
            # |a - b|^2 without |a|^2, which all colours share.
            distance = seen @ (-2 * colour) + colour @ colour
            closer = distance < least
            least[closer] = distance[closer]
            best[closer] = index
    nearest.setflags(write=False)
    return nearest


def quantise(rgb: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """RGB to the perceptually nearest palette index.

    Args:
        rgb: uint8[..., 3], sRGB.
    Returns: uint8[...], members of `CANONICAL`.
    Raises: ValueError where the last axis is not 3 or the dtype not uint8.
    """
    if rgb.dtype != np.uint8 or rgb.shape[-1:] != (3,):
        raise ValueError(f"quantise needs uint8[..., 3], got {rgb.dtype}{list(rgb.shape)}")
    bins = rgb >> np.uint8(8 - _TABLE_BITS)
    key = bins[..., 0].astype(np.int32)
    for channel in (1, 2):  # in place: two passes instead of five
        key = key << _TABLE_BITS
        key |= bins[..., channel]
    return _nearest_table().take(key)


def to_rgb(indices: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Palette indices uint8[...] to RGB uint8[..., 3]."""
    return PALETTE_RGB[indices]
