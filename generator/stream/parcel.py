"""A level, its dreams and its melt, as a frame."""

from __future__ import annotations

from typing import IO, Any

import numpy as np

from ..level.file import from_bytes
from ..look.blend import Blend
from ..nes.palette import OWN_COLOURS, SUB_PALETTES
from ..nes.roles import SCREEN_PX, TILE
from .frames import write_frame
from .key import Built

PALETTES_BYTES = SUB_PALETTES * (OWN_COLOURS + 1)


def write_built(pipe: IO[bytes], built: Built) -> None:
    """Sends a level, its dreams and its melt; `unpack_built` makes the same of the frame."""
    level = built.level.to_bytes()
    header = {
        "level": len(level),
        "dreams": len(built.dreams),
        "melt": [len(blend.pixels) for blend in built.melt],
    }
    blends = [array for blend in built.melt for array in (blend.pixels, blend.palettes)]
    write_frame(pipe, header, level, built.dreams, *blends)


def unpack_built(header: dict[str, Any], body: bytes, name: str) -> Built:
    """The level of a frame with its dreams and its melt.

    Raises LevelError, which begins with `name`, for a level that cannot be used; ValueError or KeyError where
    header and body do not fit together.
    """
    length, count = int(header["level"]), int(header["dreams"])
    level = from_bytes(body[:length], name, checked=True)
    rest = np.frombuffer(body, np.uint8, offset=length)
    dreams, rest = np.split(rest, [count * SCREEN_PX * SCREEN_PX * 3])
    blends = []
    for tiles in header["melt"]:
        bank, palettes, rest = np.split(rest, np.cumsum([tiles * TILE * TILE, PALETTES_BYTES]))
        blends.append(Blend(bank.reshape(tiles, TILE, TILE), palettes.reshape(SUB_PALETTES, -1)))
    return Built(level, dreams.reshape(count, SCREEN_PX, SCREEN_PX, 3), tuple(blends))
