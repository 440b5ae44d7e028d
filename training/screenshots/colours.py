"""The colours of strangers' pictures as the NES's, one to one, whatever emulator drew them.

The console has no RGB: every emulator decodes its signal in its own way. A colour that is snapped to the
nearest of ours by itself often meets another one there, and two shades become one. So all colours of a
picture, better of all pictures of a folder, are taken together. First the decoder is found: hue, saturation,
gamma and brightness with which the console's 54 colours come nearest to them. Then each gets a colour of its
own, by the assignment of least distance in OKLab.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from scipy.optimize import least_squares, linear_sum_assignment

from generator.nes.palette import BLACK, CANONICAL, PALETTE_RGB, oklab, quantise

from .native import packed, unpacked

LOW, HIGH = (0.350, 0.518, 0.962, 1.550), (1.094, 1.506, 1.962, 1.962)
"""Volts of the console's square wave, by the four lightnesses. (nesdev.org wiki, "NTSC video")"""
BLACK_VOLTS, WHITE_VOLTS = 0.518, 1.962
SAMPLES = 12
"""Of a period of the wave, as many as there are hues."""
ROTATED = 120.0
"""Degrees that the decoder is behind the first sample."""
MATRICES = {
    "FCC": ((0.946882, 0.623557), (-0.274788, -0.635691), (-1.108545, 1.709007)),
    "BT.601": ((0.956, 0.621), (-0.272, -0.647), (-1.105, 1.702)),
}
"""What I and Q add to red, green and blue: the two in use."""
# Made by hand: no decoder gives these. Lines as in generator/nes/palette.py. (FCEUX's default palette)
_FCEUX = """
747474 24188c 0000a8 44009c 8c0074 a80010 a40000 7c0800
402c00 004400 005000 003c14 183c5c 000000 000000 000000
bcbcbc 0070ec 2038ec 8000f0 bc00bc e40058 d82800 c84c0c
887000 009400 00a800 009038 008088 000000 000000 000000
fcfcfc 3cbcfc 5c94fc cc88fc f478fc fc74b4 fc7460 fc9838
f0bc3c 80d010 4cdc48 58f898 00e8d8 787878 000000 000000
fcfcfc a8e4fc c4d4fc d4c8fc fcc4fc fcc4d8 fcbcb0 fcd8a8
fce4a0 e0fca0 a8f0bc b0fccc 9cfcf0 c4c4c4 000000 000000
"""
RARE_GREYS, RARELY = (0x2D, 0x3D), 1e-3
"""Greys that few games use, and what one of them costs beside the squares of distances: there is a usual one
near each."""
NOMINAL = (0.0, 1.5, 2.1, 1.0)
"""Hue in degrees, saturation, gamma, brightness: in their middle."""
LEAST, MOST = (-15.5, 0.6, 1.5, 0.8), (15.5, 2.8, 2.6, 1.25)
"""How far they may be turned. By 30 degrees each hue would be its neighbour."""
SCALE = (5.0, 0.3, 0.2, 0.1)
"""What one turns them by."""
HUES, SATURATIONS = (-12.0, -4.0, 4.0, 12.0), (1.1, 1.8)
"""Where searches begin."""
SEARCHES, ROUNDS = 8, 5
LIKELY = 1e-4
"""What a search pays for each unit of SCALE from the middle: a tie goes to the more usual decoder."""
TWINS, ROUNDED = 3, 8
"""Colours nearer than this in every channel are one; the latter where an enlargement was undone."""
COVERED = 0.98
"""Share of a picture that its colours must cover; JPEG's stains have hundreds."""
MOST_SHADES = 1 << 16
TOO_MANY_COLOURS = "each pixel by itself: too many colours"
"""Said of a picture in place of its decoder."""


class Palette(NamedTuple):
    """What the colours of some pictures are on the NES."""

    colours: NDArray[np.uint8]
    """RGB uint8[k, 3]."""
    indices: NDArray[np.uint8]
    """uint8[k]."""
    decoder: str
    """In words."""


def common_palette(pictures: Sequence[NDArray[np.uint8]]) -> Palette | None:
    """The palette that pictures RGB uint8[h, w, 3] share; None where they have more colours than the NES."""
    counts: dict[tuple[int, ...], int] = {}
    for picture in pictures:
        found = colours_of(picture)
        if found is not None:
            for colour, count in zip(*(each.tolist() for each in found), strict=True):
                counts[tuple(colour)] = counts.get(tuple(colour), 0) + count
    if not counts:
        return None
    merged = _merged(np.array(list(counts), np.uint8), np.array(list(counts.values())), TWINS)
    return palette_of(*merged) if len(merged[0]) <= len(CANONICAL) else None


def indices_of(picture: NDArray[np.uint8], shared: Palette | None = None) -> tuple[NDArray[np.uint8], str]:
    """Palette indices uint8[h, w] of a picture RGB uint8[h, w, 3], and the decoder in words.

    Args:
        shared: of the folder that the picture lies in.
    """
    listed = _listed(picture)
    found = listed and _few(*listed)
    if not listed or not found:
        return quantise(picture), TOO_MANY_COLOURS
    colours, _ = found
    if shared is None or _apart(colours, shared.colours).min(1).max() >= ROUNDED:
        shared = palette_of(*found)
    # Every shade becomes the nearest of the palette's colours; there are few different ones.
    numbers = packed(picture)
    shades = np.sort(packed(listed[0]))
    nearest = shared.indices[_apart(unpacked(shades), shared.colours, np.add).argmin(1)]
    return nearest[np.searchsorted(shades, numbers)], shared.decoder


def colours_of(picture: NDArray[np.uint8]) -> tuple[NDArray[np.uint8], NDArray[np.int64]] | None:
    """The colours uint8[k, 3] of a picture RGB uint8[h, w, 3] and how many pixels have them, k at most 54;
    None where it has more than the NES has."""
    listed = _listed(picture)
    return listed and _few(*listed)


def _listed(picture: NDArray[np.uint8]) -> tuple[NDArray[np.uint8], NDArray[np.int64]] | None:
    """All shades uint8[k, 3] of a picture, and how many pixels have them; None where there are too many."""
    found = Image.fromarray(picture).getcolors(MOST_SHADES)
    if found is None:
        return None
    found.sort(key=lambda each: -each[0])
    return np.array([shade for _, shade in found], np.uint8), np.array([count for count, _ in found])


def _few(
    shades: NDArray[np.uint8], counts: NDArray[np.int64]
) -> tuple[NDArray[np.uint8], NDArray[np.int64]] | None:
    """Shades that are nearly alike made one; None where more are left than the NES has."""
    for near in (TWINS, ROUNDED):
        some = min(len(shades), 4 * len(CANONICAL)) if near == ROUNDED else len(shades)
        if some > 8 * len(CANONICAL):
            continue
        merged = _merged(shades[:some], counts[:some], near)
        if len(merged[0]) <= len(CANONICAL) and merged[1].sum() >= COVERED * counts.sum():
            return merged
    return None


def _merged(
    shades: NDArray[np.uint8], counts: NDArray[np.int64], near: int
) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
    """Shades without those that are near to a commoner one, which gets their pixels."""
    order = np.argsort(-counts, kind="stable")
    shades, counts = shades[order], counts[order]
    kept: list[int] = []
    total = counts.astype(np.int64).copy()
    for number in range(len(shades)):
        apart = _apart(shades[number : number + 1], shades[kept])[0]
        if kept and apart.min() < near:
            total[kept[int(apart.argmin())]] += counts[number]
        else:
            kept.append(number)
    return shades[kept], total[kept]


def _apart(
    some: NDArray[np.uint8], others: NDArray[np.uint8], over: np.ufunc = np.maximum
) -> NDArray[np.int16]:
    """How far colours uint8[n, 3] and uint8[k, 3] are apart, int16[n, k]: in the channel that differs most,
    or in the sum of all."""
    differences = np.abs(some[:, None].astype(np.int16) - others[None].astype(np.int16))
    return np.asarray(over.reduce(differences, 2))


def palette_of(colours: NDArray[np.uint8], counts: NDArray[np.int64]) -> Palette:
    """The palette indices of colours uint8[k, 3], k at most 54, no two alike.

    Args:
        counts: how many pixels have them, int64[k].
    """
    ours = PALETTE_RGB[CANONICAL]
    apart = _apart(colours, ours)
    same = apart.argmin(1)
    if apart.min(1).max() < TWINS and len(set(same.tolist())) == len(colours):
        return Palette(colours, CANONICAL[same], "our own")
    weights = np.sqrt(counts / counts.sum())
    weights /= weights.sum()
    wanted = colours / 255.0
    begins = [(kind, np.array((hue, saturation, *NOMINAL[2:])))
              for kind in (*MATRICES, *_tables()) for hue in HUES for saturation in SATURATIONS]  # fmt: skip
    begins.sort(key=lambda begin: float(weights @ _squares(wanted, decoded(*begin)).min(1)))
    searches = [_search(wanted, weights, *begin) for begin in begins[:SEARCHES]]
    _, kind, dials, chosen = min(searches, key=lambda search: search[0])
    hue, saturation, gamma, brightness = dials
    decoder = f"{kind}, hue {hue:+.0f}, saturation {saturation / NOMINAL[1]:.2f}, gamma {gamma:.2f}, "
    return Palette(colours, CANONICAL[chosen], f"{decoder}brightness {brightness:.2f}")


def _search(
    wanted: NDArray[np.float64], weights: NDArray[np.float64], kind: str, dials: NDArray[np.float64]
) -> tuple[float, str, NDArray[np.float64], NDArray[np.intp]]:
    """By turns the assignment and the dials that suit it, until the assignment stays: what is left, the
    decoder, and for every wanted colour the number of its own."""
    roots, chosen = np.sqrt(weights)[:, None], np.empty(0, np.intp)
    left = np.inf
    for _ in range(ROUNDS):
        apart = _squares(oklab(255.0 * wanted), oklab(255.0 * decoded(kind, dials)))
        costs = (apart + RARELY * np.isin(CANONICAL, RARE_GREYS)) * weights[:, None]
        _, fresh = linear_sum_assignment(costs)
        if np.array_equal(fresh, chosen):
            break
        chosen = fresh

        def off(dials: NDArray[np.float64], chosen: NDArray[np.intp] = chosen) -> NDArray[np.float64]:
            unusual = LIKELY * (dials - NOMINAL) / SCALE
            return np.concatenate([((decoded(kind, dials)[chosen] - wanted) * roots).ravel(), unusual])

        found = least_squares(off, dials, bounds=(LEAST, MOST), x_scale=SCALE, max_nfev=25)
        dials, left = found.x, 2 * float(found.cost)
    return left, kind, dials, chosen


def _squares(some: NDArray[np.float64], others: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(np.square(some[:, None] - others[None]).sum(2))


def decoded(kind: str, dials: NDArray[np.float64]) -> NDArray[np.float64]:
    """The console's 54 colours as a decoder shows them, RGB float64[54, 3] in 0..1.

    Args:
        kind: one of MATRICES or of `_tables`, whose hues stay.
        dials: hue in degrees, saturation, gamma, brightness; see NOMINAL.
    """
    hue, saturation, gamma, brightness = dials
    cosine, sine = np.cos(np.radians(hue)), np.sin(np.radians(hue))
    turn = np.array([[cosine, sine], [-sine, cosine]])
    if kind in _tables():
        colours = _tables()[kind]
        grey = colours.mean(1, keepdims=True)
        rgb = brightness * (grey + saturation / NOMINAL[1] * (colours - grey))
        return np.asarray(np.clip(rgb, 0.0, 1.0) ** (NOMINAL[2] / gamma))
    luma, chroma = _signal()
    rgb = brightness * (luma + saturation * chroma @ turn @ np.array(MATRICES[kind]).T)
    return np.asarray(np.clip(rgb, 0.0, 1.0) ** (2.2 / gamma))


@cache
def _tables() -> dict[str, NDArray[np.float64]]:
    """Palettes that were made by hand, RGB float64[54, 3] in 0..1."""
    fceux = np.array([list(bytes.fromhex(colour)) for colour in _FCEUX.split()])
    return {"ours": PALETTE_RGB[CANONICAL] / 255.0, "FCEUX": fceux[CANONICAL] / 255.0}


@cache
def _signal() -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Luma float64[54, 1] and chroma float64[54, 2] of the console's colours."""
    at = np.arange(SAMPLES)
    angles = np.radians(360 / SAMPLES * at + ROTATED)
    luma, chroma = np.zeros((len(CANONICAL), 1)), np.zeros((len(CANONICAL), 2))
    for number, index in enumerate(CANONICAL.tolist()):
        if index == BLACK:
            continue
        hue, low, high = index & 15, LOW[index >> 4], HIGH[index >> 4]
        wave = np.where((hue + at) % SAMPLES < SAMPLES // 2, high if hue <= 12 else low, low if hue else high)
        volts = (wave - BLACK_VOLTS) / (WHITE_VOLTS - BLACK_VOLTS) / SAMPLES
        luma[number] = volts.sum()
        chroma[number] = volts @ np.cos(angles), volts @ np.sin(angles)
    return luma, chroma
