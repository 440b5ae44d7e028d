"""Statues of the painted corpus. The left half is drawn in characters; its mirror image lies in the shade."""

from __future__ import annotations

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from .materials import pick
from .shading import HOLE, Shades, from_text, lit, mirrored, outlined

_KNIGHT = """
.....###
....3222
...32222
...32###
...322#2
....3222
.....322
..322332
.3222222
.3222222
.32#2222
.32#2223
.32#222#
.32#322#
.322322#
..33#22#
..32#22#
....322#
....322#
....322#
....322#
....322#
....32##
....32#3
....32#3
....32#3
....32#3
...322#3
...322#2
.......#
........
........
........
........
........
........
........
........
"""
_ANGEL = """
......32
.....322
..3..3#2
.33..322
333...32
333..322
3233322#
32332222
32332222
32#32222
323#3223
323#322#
.32#3222
.32#322#
.3#32222
..#32222
...32222
...32#22
...32#22
...32#22
..322#22
..32#222
..32#22#
..32#22#
..32#22#
..32#22#
.322#22#
.322222#
........
........
........
........
........
........
........
........
........
"""
_HOODED = """
......32
.....322
....3222
....32##
....32##
....32##
....322#
...32222
..322222
..32#222
.322#222
.322#222
.322##32
.3222#3#
.3222233
..3222#3
..32#2#2
..32#2#2
..32#2#2
..32#2#2
.322#2#2
.322#2#2
.322#2#2
.322#2#2
.322#2#2
3222#2#2
3222#2#2
3222#222
........
........
........
........
........
........
........
........
........
"""
_GARGOYLE = """
..3....3
.33...33
333...32
32333332
32323#32
32323222
3233#2#2
.3232###
.3332#3#
..332222
..322322
..32232#
...3232#
..32233#
..322233
..3222#3
.3322##2
.33#3#33
........
........
........
........
........
........
........
........
........
"""
_STATUES = {"knight": (_KNIGHT, 3), "angel": (_ANGEL, 3), "hooded": (_HOODED, 3), "gargoyle": (_GARGOYLE, 2)}


def statue(rng: Generator) -> Shades:
    """A statue of stone on a plinth, one cell wide: a knight, an angel, a hooded one, or a gargoyle.

    The gargoyle is 2 cells high, the others are 3.
    """
    make = pick(rng, "knight", "angel", "hooded", "gargoyle")
    text, height = _STATUES[make]
    half = from_text(text, height, 1)[:, 4:12]
    mask: NDArray[np.bool_] = (half == 2) | (half == 3)
    out = mirrored(np.where(half == 0, 0, half).astype(np.uint8))
    whole = np.concatenate([mask, mask[:, ::-1]], axis=1)
    edges = lit(whole)
    out = np.where((out == 2) | (out == 1), np.where(edges == 2, out, edges), out).astype(np.uint8)
    plinth = lit(np.ones((9, 14), bool))
    plinth[3], plinth[4, 1:-1] = HOLE, 3
    out[-9:, 1:15] = plinth
    return outlined(out)
