"""Letters of the painted corpus: one alphabet, drawn in as many ways as the games of the time did.

A font is a picture of each letter, uint8[8, 8] of shades: 0 is the bar behind it.
"""

from __future__ import annotations

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from .materials import pick
from .shading import Shades

Bits = NDArray[np.bool_]
Font = dict[str, Shades]

_FONT = (
    "0:0E11131519110E 1:040C040404040E 2:0E11010204081F 3:1F02040201110E 4:02060A121F0202 5:1F101E0101110E "
    "6:0608101E11110E 7:1F010204080808 8:0E11110E11110E 9:0E11110F01020C A:0E11111F111111 B:1E11111E11111E "
    "C:0E11101010110E D:1C12111111121C E:1F10101E10101F F:1F10101E101010 G:0E11101711110F H:1111111F111111 "
    "I:0E04040404040E "
    "K:11121418141211 L:1010101010101F M:111B1515111111 N:11191513111111 O:0E11111111110E P:1E11111E101010 "
    "R:1E11111E141211 S:0F10100E01011E T:1F040404040404 U:1111111111110E V:111111110A0A04 W:1111111515150A "
    "Y:1111110A040404 -:0000001F000000"
)
"""Each letter and its 7 rows in hexadecimal; a row has 5 bits."""


WEIGHTS = ("bold", "bold", "thin", "serif", "slanted", "wide", "square")
"""How strokes are drawn; on televisions of the time the commonest were 2 px wide."""
FINISHES = ("plain", "plain", "plain", "two tones", "shadowed", "outlined")
"""What is done to a drawn letter."""

INKS = ((3, 2), (3, 2), (3, 2), (3, 2), (2, 3))
"""The shades of a letter and of what is added to it: most letters are light."""


def _strokes() -> dict[str, Bits]:
    """Every letter as thin strokes bool[7, 5]."""
    out = {}
    for entry in _FONT.split():
        code = entry[2:]
        rows = [int(code[i : i + 2], 16) for i in range(0, 14, 2)]
        out[entry[0]] = np.array([[row >> (4 - x) & 1 for x in range(5)] for row in rows], bool)
    return out


def _drawn(thin: Bits, weight: str) -> Bits:
    """A letter's strokes bool[7, 5] as pixels bool[8, 8]."""
    out = np.zeros((8, 8), bool)
    if weight == "thin":
        out[:7, 1:6] = thin
        return out
    if weight == "wide":  # the middle column twice
        wide = thin[:, [0, 1, 2, 2, 3, 4]]
        out[:7, :6] |= wide
        out[:7, 1:7] |= wide & ~np.roll(wide, -1, 1)
        return out
    if weight == "slanted":
        for y in range(7):
            left = (6 - y) // 3
            out[y, left : left + 5] |= thin[y]
            out[y, left + 1 : left + 6] |= thin[y]
        return out
    out[:7, 1:6] |= thin
    out[:7, 2:7] |= thin
    if weight == "serif":
        for y in (0, 6):
            ends = out[y] & ~np.roll(out[y], 1) & (out[y].sum() < 6)
            out[y] |= np.roll(ends, -1)
    if weight == "square":  # corners are not rounded off
        for y, inner in ((0, 1), (6, 5)):
            for x, beside in ((1, 2), (6, 5)):
                out[y, x] |= bool(out[inner, x] and out[y, beside])
    return out


def font(style: Generator) -> Font:
    """The letters of a game: a weight and a finish. Shadows and outlines are dark."""
    weight, finish = pick(style, *WEIGHTS), pick(style, *FINISHES)
    ink, second = pick(style, *INKS)
    out = {}
    for letter, thin in _strokes().items():
        bits = _drawn(thin, weight)
        cell = np.where(bits, ink, 0).astype(np.uint8)
        if finish == "two tones":  # light above, dark below
            cell[4:][bits[4:]] = second
        elif finish == "shadowed":
            shadow = np.zeros_like(bits)
            shadow[1:, 1:] = bits[:-1, :-1]
            cell[shadow & ~bits] = 1
        elif finish == "outlined" and weight in ("thin", "wide"):
            around = np.pad(bits, 1)
            beside = around[:-2, 1:-1] | around[2:, 1:-1] | around[1:-1, :-2] | around[1:-1, 2:]
            cell[beside & ~bits] = 1
        out[letter] = cell
    return out
