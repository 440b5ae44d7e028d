"""What a `LevelStream` and its worker send through their pipes: frames.

A frame is two little-endian uint32, the lengths of a JSON header and of a body of bytes, then both.
"""

from __future__ import annotations

import json
import struct
from typing import IO, Any

LARGEST_HEADER = 1 << 16
LARGEST_BODY = 1 << 28
"""Bytes; a longer header or body is no frame of ours."""
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
