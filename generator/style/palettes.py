"""Palettes that a level may be handed out in: the NES's own, other machines', and lists of one's own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from ..errors import GanvaniaError
from ..nes.palette import PALETTE_RGB

NES = "nes"
"""The name of the palette that levels are dreamed in."""
LEAST_COLOURS, MOST_COLOURS = 2, 256
"""Colours of a list of one's own."""

_HEX: Mapping[str, str] = {
    # The four greens of the first Game Boy's screen, as emulators commonly show them, dark to light.
    "gameboy": "081820 346856 88c070 e0f8d0",
    # PICO-8's sixteen, in its own order. (its manual)
    "pico8": """
        000000 1d2b53 7e2553 008751 ab5236 5f574f c2c3c7 fff1e8
        ff004d ffa300 ffec27 00e436 29adff 83769c ff77a8 ffccaa""",
}
NAMES = (NES, *_HEX)
"""Palettes that have a name."""


class StyleError(GanvaniaError):
    """A style that cannot be, or that the dreams cannot meet: one line that begins with the field's name."""


def palette_rgb(palette: str | Sequence[Sequence[int]]) -> NDArray[np.uint8]:
    """The colours of a palette, uint8[n, 3]: of one of NAMES, or of a list of (red, green, blue), 0..255.

    Raises StyleError.
    """
    if isinstance(palette, str):
        if palette == NES:
            return PALETTE_RGB
        if palette not in _HEX:
            known = ", ".join(NAMES)
            raise StyleError(f"palette: there is no {palette[:20]!r}; write {known}, or a list of (r, g, b)")
        return np.array([list(bytes.fromhex(word)) for word in _HEX[palette].split()], np.uint8)
    colours = [_colour(colour) for colour in _listed(palette)]
    if not LEAST_COLOURS <= len(colours) <= MOST_COLOURS:
        what = f"a list of {len(colours)} colours"
        raise StyleError(f"palette: {what}; give it {LEAST_COLOURS} to {MOST_COLOURS}")
    if len(set(colours)) < len(colours):
        twice = next(colour for colour in colours if colours.count(colour) > 1)
        raise StyleError(f"palette: {twice} is in it twice; leave one of them out")
    return np.array(colours, np.uint8)


def _listed(palette: object) -> list[object]:
    if not isinstance(palette, Iterable):
        raise StyleError(f"palette: {palette!r} is none; write a name, or a list of (red, green, blue)")
    return list(palette)


def _colour(colour: object) -> tuple[int, int, int]:
    values = list(colour) if isinstance(colour, Iterable) and not isinstance(colour, str) else []
    if len(values) != 3 or not all(
        isinstance(value, int | np.integer) and 0 <= value <= 255 for value in values
    ):
        raise StyleError(f"palette: {colour!r} is no colour; write three whole numbers from 0 to 255")
    red, green, blue = (int(value) for value in values)
    return red, green, blue
