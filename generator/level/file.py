"""The bytes of a level: the game's save format and the worker's answer.

A prefix (`_PREFIX`), then, packed by zlib: the length of a JSON header, the header itself, the certificate,
the level's grids and the arrays of its bank.
"""

from __future__ import annotations

import json
import struct
import zlib
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..motion import motion_of
from ..motion.mechanisms import MECHANISM_KINDS, Mechanism
from ..nes.roles import TILE
from ..shapes import MOST_SCREENS
from ..tiles.bank import BANK_ARRAYS, Bank
from .codes import LARGEST_DIFFICULTY, LARGEST_STAGE
from .level import GRIDS, LEVEL_VERSION, MAX_CELLS, MAX_CERTIFICATE, MAX_SPAWNS, Level, LevelError, Spawn

MAGIC = b"GANVANIA"
MAX_RAW_BYTES = 1 << 24
"""Most bytes that a file may unpack to: a cap for the files of strangers, far above any level of ours."""
_PREFIX = struct.Struct("<8sHIII")
"""MAGIC, version, CRC-32 of what is packed, its length, its length unpacked."""
_TEXT_LENGTH = struct.Struct("<I")
_COMPRESSION = 6
_FIELDS = "seed", "mode", "difficulty", "stage", "art", "network", "rooms"
"""What the header holds as the level does."""
_SPAN = 1 << 20
"""Numbers of spawns and mechanisms lie between -_SPAN and _SPAN."""
_NAME_OF_KIND = {kind: name for name, kind in MECHANISM_KINDS.items()}


def to_bytes(level: Level) -> bytes:
    """The level as a file's contents; `from_bytes` is the inverse."""
    arrays = [(stored, getattr(level, field)) for field, stored in GRIDS.items()]
    arrays += [(stored, getattr(level.bank, field)) for field, stored in BANK_ARRAYS.items()]
    header: dict[str, Any] = {field: getattr(level, field) for field in _FIELDS}
    header["mechanisms"] = [(_NAME_OF_KIND[type(m)], *m) for m in level.mechanisms]
    header["spawns"] = level.spawns
    header["start"], header["exit"] = level.start, level.exit
    header["motion"] = level.motion.to_dict()
    if level.repairs:  # files without them are older, or of castles
        header["repairs"] = level.repairs
    if level.own_kinds:
        header["own_kinds"] = level.own_kinds
    if level.theme:
        header["theme"] = level.theme
    if level.screens:
        header["screens"] = level.screens
    header["certificate"] = len(level.certificate)
    header["substitute"] = level.substitute
    header["shapes"] = {stored.name: array.shape for stored, array in arrays}
    text = json.dumps(header, separators=(",", ":")).encode()
    parts = [array.astype(stored.dtype).tobytes() for stored, array in arrays]
    raw = b"".join([_TEXT_LENGTH.pack(len(text)), text, level.certificate, *parts])
    packed = zlib.compress(raw, _COMPRESSION)
    return _PREFIX.pack(MAGIC, level.version, zlib.crc32(packed), len(packed), len(raw)) + packed


def from_bytes(data: bytes, name: str = "level", *, checked: bool = False) -> Level:
    """The level in these bytes. Raises LevelError, one line that names `name`, for anything else.

    `checked`: they come from our own worker, which has checked that its parts fit together.
    """
    raw = _unpack(data, name)
    try:
        return _parse(raw, checked)
    except Exception as error:  # whatever a stranger's JSON can provoke: its checksum is right
        what = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise LevelError(f"{name}: not a usable level ({what}); let the game make a new one") from None


def _unpack(data: bytes, name: str) -> bytes:
    """The unpacked body of a level file. Raises LevelError."""
    if not data.startswith(MAGIC) and not (data and MAGIC.startswith(data)):
        raise LevelError(f"{name}: not a Ganvania level; choose a file that the game saved")
    if len(data) < _PREFIX.size:
        raise LevelError(f"{name}: cut off after {len(data)} bytes; copy or save it again")
    _, version, checksum, packed_length, raw_length = _PREFIX.unpack_from(data)
    if version != LEVEL_VERSION:
        raise LevelError(
            f"{name}: a level of version {version}, this game reads {LEVEL_VERSION}; "
            "use the game that saved it, or make the level again from its seed"
        )
    packed = data[_PREFIX.size :]
    if len(packed) < packed_length:
        raise LevelError(
            f"{name}: cut off, {len(data)} of {_PREFIX.size + packed_length} bytes; copy or save it again"
        )
    if len(packed) > packed_length or raw_length > MAX_RAW_BYTES or zlib.crc32(packed) != checksum:
        raise LevelError(f"{name}: damaged, its checksum is wrong; copy or save it again")
    unpacker = zlib.decompressobj()
    try:
        raw = unpacker.decompress(packed, raw_length + 1)
    except zlib.error:
        raw = b""
    if len(raw) != raw_length or not unpacker.eof:
        raise LevelError(f"{name}: damaged, it does not unpack; copy or save it again")
    return raw


def _parse(raw: bytes, checked: bool) -> Level:
    """The level in an unpacked body. Raises one of several exceptions where it is none."""
    (text_length,) = _TEXT_LENGTH.unpack_from(raw)
    at = _TEXT_LENGTH.size + text_length
    header = json.loads(raw[_TEXT_LENGTH.size : at].decode())
    if not isinstance(header, dict):
        raise ValueError("the header is no object")
    length = _integer(header["certificate"], 0, MAX_CERTIFICATE)
    certificate = raw[at : at + length]
    at += length
    arrays: dict[str, NDArray[Any]] = {}
    for field, stored in (*GRIDS.items(), *BANK_ARRAYS.items()):
        shape = tuple(_integer(side, 0, MAX_CELLS) for side in header["shapes"][stored.name])
        dtype = np.dtype(stored.dtype)
        size = dtype.itemsize
        for side in shape:
            size *= side
        if len(shape) > 3 or size > len(raw) - at:
            raise ValueError(f"{stored.name} is larger than the file")
        arrays[field] = np.frombuffer(raw[at : at + size], dtype).reshape(shape)
        at += size
    if at != len(raw):
        raise ValueError("bytes are left over")
    spawns = tuple(Spawn(kind, *_numbers(values)) for kind, *values in header["spawns"][: MAX_SPAWNS + 1])
    make = Level.of_checked if checked else Level
    return make(
        version=LEVEL_VERSION,
        seed=_integer(header["seed"], 0, (1 << 64) - 1),
        mode=header["mode"],
        difficulty=_integer(header["difficulty"], 1, LARGEST_DIFFICULTY),
        stage=_integer(header["stage"], 1, LARGEST_STAGE),
        art=_integer(header["art"], 0, 1 << 32),
        network=header["network"],
        **{field: arrays[field] for field in GRIDS},
        bank=Bank(**{field: arrays[field] for field in BANK_ARRAYS}),
        rooms=tuple(_integers(room, 4) for room in header["rooms"]),
        mechanisms=tuple(_mechanism(values) for values in header["mechanisms"][: MAX_SPAWNS + 1]),
        spawns=spawns,
        start=_integers(header["start"], 2),
        exit=_integers(header["exit"], 2),
        certificate=certificate,
        motion=motion_of(header["motion"]),
        substitute=header.get("substitute") is True,  # older files do not say
        repairs=tuple(_integers(cell, 2) for cell in header.get("repairs", ())),
        own_kinds=tuple(header.get("own_kinds", ())),
        theme=header.get("theme", ""),
        screens=_integer(header.get("screens", 0), 0, MOST_SCREENS),
    )


def _mechanism(values: Any) -> Mechanism:
    """A mechanism of its kind's name and numbers. Raises ValueError, LookupError or TypeError."""
    kind, *numbers = values
    made = MECHANISM_KINDS[kind](*_numbers(numbers))
    if len(numbers) > len(made):
        raise ValueError(f"a {kind} has too many numbers")
    return made


def _numbers(values: list[Any]) -> list[int]:
    """Numbers of a spawn or a mechanism. Raises ValueError."""
    return [_integer(value, -_SPAN, _SPAN) for value in values]


def _integer(value: Any, low: int, high: int) -> int:
    """The value, if it is an integer, low <= n <= high. Raises ValueError."""
    if type(value) is not int or not low <= value <= high:
        raise ValueError(f"{str(value)[:20]!r} is no integer from {low} to {high}")
    return value


def _integers(values: Any, count: int) -> Any:
    """A tuple of so many integers from 0 on, such as a room or a cell. Raises ValueError."""
    if not isinstance(values, list) or len(values) != count:
        raise ValueError(f"a list of {count} integers is missing")
    return tuple(_integer(value, 0, MAX_CELLS * TILE) for value in values)
