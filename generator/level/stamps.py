"""What the share code of dream rooms says beyond their integers: who dreamed them, and what came of it.

Another network dreams other rooms, so a code that names one is refused by any other. The same network may
round a float differently on another machine, so that a cell is solid here that was open there: such a level
is proven here as well, and played, but it says that it is not the one of the code.
"""

from __future__ import annotations

import hashlib
import zlib
from functools import lru_cache
from pathlib import Path

from ..dream.network import asset
from ..errors import GanvaniaError
from .codes import STAMP_BITS, CastleCode, encode
from .level import Level

OTHER_ROOMS = "DREAMED DIFFERENTLY HERE"
"""Of a level that is not the one that its code was written for, as short as the game's messages are."""
OTHER_NETWORK = "DREAMED BY ANOTHER NETWORK"
"""Of rooms that are refused, as short."""


class OtherNetworkError(GanvaniaError):
    """A code of rooms that another network dreamed."""


def network_stamp(sha256: str) -> int:
    """20 bits of a network's SHA-256, never 0; 0 where there is none."""
    return int(sha256[: STAMP_BITS // 4], 16) or 1 if sha256 else 0


@lru_cache(maxsize=1)  # a frame asks for the code of what it shows
def grid_stamp(level: Level) -> int:
    """20 bits of what is solid where, of the doors and of who lives there; never 0."""
    said = repr((level.rooms, level.mechanisms, level.spawns, level.start, level.exit)).encode()
    sum_ = zlib.crc32(level.terrain.kinds, zlib.crc32(said))
    return sum_ >> (32 - STAMP_BITS) or 1


def code_of(level: Level) -> CastleCode:
    """What the share code of a level says."""
    castle = CastleCode(level.seed, level.mode, level.difficulty, level.stage, level.art)
    if level.mode != "dream":
        return castle
    return castle._replace(network=network_stamp(level.network), grid=grid_stamp(level))


def check_network(castle: CastleCode, model: Path | None) -> None:
    """Raises OtherNetworkError where a code names another network than this file, the one that ships without
    one. A file that cannot be read is left to those who load it."""
    if not castle.network:
        return
    path = model or asset("dream.onnx")
    try:
        sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return
    if network_stamp(sha256) != castle.network:
        raise OtherNetworkError(
            f"code {encode(castle)}: these rooms were dreamed by another network than {path}; "
            "name theirs with --model"
        )


def is_of(castle: CastleCode, level: Level) -> bool:
    """Whether a level is the very one that a code was written for, as far as the code says."""
    mine = code_of(level)
    return castle.network in (0, mine.network) and castle.grid in (0, mine.grid)
