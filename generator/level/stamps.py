"""Stamps: what the share code of dream rooms says of the network that dreamed them, and of what came of it.

Another network dreams other rooms, so a code that names one is refused where another is used. The same
network may round a float differently on another machine, so that a cell is solid here that was open there.
Such a level is proven and played all the same, but it says that it is not the code's.
"""

from __future__ import annotations

import hashlib
import zlib
from functools import lru_cache
from pathlib import Path

from ..dream.loading import asset
from ..errors import GanvaniaError
from .codes import STAMP_BITS, CastleCode, encode
from .level import Level


class OtherNetworkError(GanvaniaError):
    """A code of rooms that another network dreamed."""


def network_stamp(sha256: str) -> int:
    """20 bits of a network's SHA-256, never 0; 0 where there is none."""
    return int(sha256[: STAMP_BITS // 4], 16) or 1 if sha256 else 0


@lru_cache(maxsize=1)  # a frame asks for the code of what it shows
def grid_stamp(level: Level) -> int:
    """20 bits of the check sum of what is solid, of the doors and of the spawns; never 0."""
    said = repr((level.rooms, level.mechanisms, level.spawns, level.start, level.exit)).encode()
    sum_ = zlib.crc32(level.terrain.kinds, zlib.crc32(said))
    return sum_ >> (32 - STAMP_BITS) or 1


def code_of(level: Level) -> CastleCode:
    """What a level's share code says."""
    castle = CastleCode(level.seed, level.mode, level.difficulty, level.stage, level.art)
    if level.mode != "dream":
        return castle
    return castle._replace(network=network_stamp(level.network), grid=grid_stamp(level))


def file_sha256(path: Path) -> str:
    """The SHA-256 of a file, remembered for as long as the file is the same. Raises OSError."""
    told = path.stat()
    return _sha256(path, told.st_mtime_ns, told.st_size)


@lru_cache(maxsize=8)
def _sha256(path: Path, mtime_ns: int, size: int) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def check_network(castle: CastleCode, model: Path | None) -> None:
    """Raises OtherNetworkError where a code names another network than a file's, by default the one that
    ships.

    A file that cannot be read raises nothing here: who loads it says what is wrong.
    """
    if not castle.network:
        return
    path = model or asset("dream.onnx")
    try:
        stamp = network_stamp(file_sha256(path))
    except OSError:
        return
    if stamp != castle.network:
        raise OtherNetworkError(
            f"code {encode(castle)}: these rooms were dreamed by another network than {path}; "
            "name theirs with --model"
        )


def is_of(castle: CastleCode, level: Level) -> bool:
    """Whether a level is the one that a code was written for, as far as the code says."""
    mine = code_of(level)
    return castle.network in (0, mine.network) and castle.grid in (0, mine.grid)
