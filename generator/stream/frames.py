"""What a `LevelStream` and its worker send through their pipes: frames, and a level as one of them.

A frame is two little-endian uint32, the lengths of a JSON header and of a body of bytes, then both.
"""

from __future__ import annotations

import json
import struct
from typing import IO, Any

import numpy as np

from ..level import Level
from ..look.melt import Blend
from ..nes.palette import OWN_COLOURS, SUB_PALETTES
from ..nes.roles import SCREEN_PX, TILE
from .build import Built

LARGEST_HEADER = 1 << 16
LARGEST_BODY = 1 << 28
"""Bytes; a longer header or body is no frame of ours."""
PALETTES_BYTES = SUB_PALETTES * (OWN_COLOURS + 1)
_LENGTHS = struct.Struct("<II")


class BrokenFrame(Exception):
    """The pipe ended within a frame, or what came is no frame."""


def write_frame(pipe: IO[bytes], header: dict[str, Any], *body: Any) -> None:
    """Sends a header and a body of several buffers."""
    text = json.dumps(header).encode()
    views = [memoryview(part).cast("B") for part in body]
    pipe.write(_LENGTHS.pack(len(text), sum(len(view) for view in views)))
    pipe.write(text)
    for view in views:
        pipe.write(view)
    pipe.flush()


def read_frame(pipe: IO[bytes]) -> tuple[dict[str, Any], bytes] | None:
    """The next header and body, or None where the pipe has ended. Raises BrokenFrame."""
    lengths = pipe.read(_LENGTHS.size)
    if not lengths:
        return None
    if len(lengths) < _LENGTHS.size:
        raise BrokenFrame("cut off")
    header_length, body_length = _LENGTHS.unpack(lengths)
    if header_length > LARGEST_HEADER or body_length > LARGEST_BODY:
        raise BrokenFrame("too long")
    text, body = pipe.read(header_length), pipe.read(body_length)
    if len(text) < header_length or len(body) < body_length:
        raise BrokenFrame("cut off")
    try:
        header = json.loads(text)
    except ValueError as error:
        raise BrokenFrame("no JSON") from error
    if not isinstance(header, dict):
        raise BrokenFrame("no object")
    return header, body


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
    level = Level.from_bytes(body[:length], name)
    rest = np.frombuffer(body, np.uint8, offset=length)
    dreams, rest = np.split(rest, [count * SCREEN_PX * SCREEN_PX * 3])
    blends = []
    for tiles in header["melt"]:
        bank, palettes, rest = np.split(rest, np.cumsum([tiles * TILE * TILE, PALETTES_BYTES]))
        blends.append(Blend(bank.reshape(tiles, TILE, TILE), palettes.reshape(SUB_PALETTES, -1)))
    return Built(level, dreams.reshape(count, SCREEN_PX, SCREEN_PX, 3), tuple(blends))
