"""A finished stage: its grids, its dreamed tiles, its proof; and the bytes that are its save format."""

from __future__ import annotations

import json
import struct
import zlib
from dataclasses import dataclass, fields
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..errors import GanvaniaError
from ..motion import NES_MOTION, Motion, Terrain
from ..motion.check import check
from ..motion.mechanisms import KINDS, Interior, Mechanism, interiors
from ..nes.roles import TILE, Role
from ..tiles.bank import BANK_ARRAYS, Bank, StoredArray, check_shape, own_arrays
from .codes import LARGEST_DIFFICULTY, LARGEST_STAGE, MODES

LEVEL_VERSION = 2
"""Of the file format and of the rules that lay a stage out; a level of another version is refused."""
MAGIC = b"GANVANIA"
SCREEN_ROWS = 15
"""Height of a stage, tiles: one screen, with the status bar over its top two rows."""
SCREEN_COLUMNS = 16
"""Width of a screen, tiles."""

# Caps that a stranger's file is held to before anything is allocated; each far above any level of ours.
MAX_CELLS = 1 << 18
SPAWN_KINDS = frozenset({"candle", "zombie", "bat", "treasure", "roast"})
MAX_SPAWNS = 1 << 12
MAX_CERTIFICATE = 1 << 20
MAX_RAW_BYTES = 1 << 24

_PREFIX = struct.Struct("<8sHIII")  # magic, version, CRC-32 of what is packed, its length, length unpacked
_GRIDS = {
    "roles": StoredArray("roles", "<u1", len(Role)),
    "tiles": StoredArray("tiles", "<i2"),
    "backdrop": StoredArray("backdrop", "<i2"),
    "far": StoredArray("far", "<i2"),
}
"""A level's own arrays by their fields; a file holds them in this order, then the bank's."""

_NAME_OF_KIND = {kind: name for name, kind in KINDS.items()}


class LevelError(GanvaniaError):
    """A level file that cannot be used."""


class Spawn(NamedTuple):
    """Something that is placed: "candle" (y: bottom of its cell), "zombie" (walks), "bat" (flies)."""

    kind: str
    x_px: int
    y_px: int  # the feet; a bat flies somewhat lower
    facing: int = -1


@dataclass(frozen=True, eq=False)
class Level:
    """A stage, immutable: its arrays are copied and set read-only. Compare two by `equals`.

    Raises ValueError where shapes or values contradict one another.
    """

    version: int
    seed: int
    mode: str
    """One of `codes.MODES`."""
    difficulty: int
    """1 = normal."""
    stage: int
    """1, 2, ..."""
    art: int
    """The art counter; 0 = the first art of this castle."""
    network: str
    """SHA-256 of the generator network's file, or ""."""
    roles: NDArray[np.uint8]
    """[H, W] `Role`."""
    tiles: NDArray[np.int16]
    """[H, W] index into the bank, drawn in front, or -1."""
    backdrop: NDArray[np.int16]
    """[H, W] index into the bank, drawn behind, or -1."""
    far: NDArray[np.int16]
    """[h, w] index into the bank of the layer that scrolls at half speed, or -1."""
    bank: Bank
    """The tiles, and the sub-palettes that they are shown in."""
    rooms: tuple[tuple[int, int, int, int], ...]
    """x, y, width, height in tiles."""
    mechanisms: tuple[Mechanism, ...]
    """What the place does; see mechanisms.py."""
    spawns: tuple[Spawn, ...]
    start: tuple[int, int]
    """The feet at the entrance, px."""
    exit: tuple[int, int]
    """Column and row of the lower tile of the door."""
    certificate: bytes
    """One button mask a tick from `motion.spawn` to EXITED: the proof."""
    motion: Motion = NES_MOTION
    substitute: bool = False
    """Whether the shipped network stepped in for one that dreamed nothing legible."""
    repairs: tuple[tuple[int, int], ...] = ()
    """Column and row of each cell of a dream room that is not as it was dreamed."""

    def __post_init__(self) -> None:
        own_arrays(self, _GRIDS)
        _check(self)

    @cached_property
    def terrain(self) -> Terrain:
        """What `motion.step` reads of the role grid."""
        return Terrain.from_roles(self.roles)

    @cached_property
    def interiors(self) -> tuple[Interior, ...]:
        """The rooms, as `motion.step` reads them."""
        return interiors(self.roles, self.rooms, self.mechanisms, self.exit)

    @property
    def width_tiles(self) -> int:
        """Columns of the role grid."""
        return int(self.roles.shape[1])

    @property
    def height_tiles(self) -> int:
        """Rows of the role grid."""
        return int(self.roles.shape[0])

    def equals(self, other: Level) -> bool:
        """Equal in every field, arrays included."""
        return self.bank.equals(other.bank) and all(
            np.array_equal(getattr(self, f.name), getattr(other, f.name))
            if f.name in _GRIDS
            else getattr(self, f.name) == getattr(other, f.name)
            for f in fields(self)
            if f.name != "bank"
        )

    def to_bytes(self) -> bytes:
        """The level as a file's contents; `from_bytes` is the inverse."""
        header: dict[str, Any] = {
            name: getattr(self, name)
            for name in ("seed", "mode", "difficulty", "stage", "art", "network", "rooms")
        }
        header["mechanisms"] = [(_NAME_OF_KIND[type(m)], *m) for m in self.mechanisms]
        header["spawns"] = self.spawns
        header["start"], header["exit"] = self.start, self.exit
        header["motion"] = self.motion.to_dict()
        if self.repairs:  # files without them are older, or of castles
            header["repairs"] = self.repairs
        header["certificate"] = len(self.certificate)
        header["substitute"] = self.substitute
        arrays = [
            (stored, getattr(owner, field))
            for owner, stored_arrays in ((self, _GRIDS), (self.bank, BANK_ARRAYS))
            for field, stored in stored_arrays.items()
        ]
        header["shapes"] = {stored.name: array.shape for stored, array in arrays}
        text = json.dumps(header, separators=(",", ":")).encode()
        parts = [array.astype(stored.dtype).tobytes() for stored, array in arrays]
        raw = b"".join([struct.pack("<I", len(text)), text, self.certificate, *parts])
        packed = zlib.compress(raw, 6)
        return _PREFIX.pack(MAGIC, self.version, zlib.crc32(packed), len(packed), len(raw)) + packed

    @classmethod
    def from_bytes(cls, data: bytes, name: str = "level") -> Level:
        """The level in these bytes. Raises LevelError, one line that names `name`, for anything else."""
        raw = _unpack(data, name)
        try:
            return _parse(raw)
        # Whatever the JSON of a stranger can provoke: its checksum is right, so it was written like this.
        except (
            ValueError, LookupError, TypeError, AttributeError, OverflowError, RecursionError, struct.error,
        ) as error:  # fmt: skip
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


def _parse(raw: bytes) -> Level:
    """The level in an unpacked body. Raises one of several exceptions where it is none."""
    (text_length,) = struct.unpack_from("<I", raw)
    at = 4 + text_length
    header = json.loads(raw[4:at].decode())
    if not isinstance(header, dict):
        raise ValueError("the header is no object")
    length = _integer(header["certificate"], 0, MAX_CERTIFICATE)
    certificate = raw[at : at + length]
    at += length
    arrays: dict[str, NDArray[Any]] = {}
    for field, stored in (*_GRIDS.items(), *BANK_ARRAYS.items()):
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
    spawns = tuple(
        Spawn(kind, *(_integer(value, -(1 << 20), 1 << 20) for value in values))
        for kind, *values in header["spawns"][: MAX_SPAWNS + 1]
    )
    return Level(
        version=LEVEL_VERSION,
        seed=_integer(header["seed"], 0, (1 << 64) - 1),
        mode=header["mode"],
        difficulty=_integer(header["difficulty"], 1, LARGEST_DIFFICULTY),
        stage=_integer(header["stage"], 1, LARGEST_STAGE),
        art=_integer(header["art"], 0, 1 << 32),
        network=header["network"],
        **{field: arrays[field] for field in _GRIDS},
        bank=Bank(**{field: arrays[field] for field in BANK_ARRAYS}),
        rooms=tuple(_integers(room, 4) for room in header["rooms"]),
        mechanisms=tuple(_mechanism(values) for values in header["mechanisms"][: MAX_SPAWNS + 1]),
        spawns=spawns,
        start=_integers(header["start"], 2),
        exit=_integers(header["exit"], 2),
        certificate=certificate,
        motion=Motion.from_dict(header["motion"]),
        substitute=header.get("substitute") is True,  # older files do not say
        repairs=tuple(_integers(cell, 2) for cell in header.get("repairs", ())),
    )


def _mechanism(values: Any) -> Mechanism:
    kind, *numbers = values
    made = KINDS[kind](*(_integer(number, -(1 << 20), 1 << 20) for number in numbers))
    if len(numbers) > len(made):
        raise ValueError(f"a {kind} has too many numbers")
    return made


def _integer(value: Any, low: int, high: int) -> int:
    if type(value) is not int or not low <= value <= high:
        raise ValueError(f"{str(value)[:20]!r} is no integer from {low} to {high}")
    return value


def _integers(values: Any, count: int) -> Any:
    if not isinstance(values, list) or len(values) != count:
        raise ValueError(f"a list of {count} integers is missing")
    return tuple(_integer(value, 0, MAX_CELLS * TILE) for value in values)


def _check(level: Level) -> None:
    """Raises ValueError where the level's parts contradict one another."""
    height, width = _sides(level.roles, "roles")
    check_shape("tiles", level.tiles, (height, width))
    check_shape("backdrop", level.backdrop, (height, width))
    _sides(level.far, "far")
    for name in ("tiles", "backdrop", "far"):
        grid = getattr(level, name)
        if not -1 <= int(grid.min()) <= int(grid.max()) < len(level.bank):
            raise ValueError(f"{name} points outside the bank")
    if not all(isinstance(text, str) and len(text) <= 256 for text in (level.mode, level.network)):
        raise ValueError("mode and network must be short texts")
    if level.mode not in MODES:
        raise ValueError(f"there is no mode {level.mode[:20]!r}; write {', '.join(MODES)}")
    if level.stage < 1 or level.difficulty < 1:
        raise ValueError(f"there is no stage {level.stage} of difficulty {level.difficulty}; both begin at 1")
    if len(level.spawns) > MAX_SPAWNS or not all(
        spawn.kind in SPAWN_KINDS and spawn.facing in (-1, 1) for spawn in level.spawns
    ):
        raise ValueError("spawns are too many, or of no kind")
    if len(level.repairs) > level.roles.size or not all(
        0 <= column < width and 0 <= row < height for column, row in level.repairs
    ):
        raise ValueError("repairs are too many, or outside the level")
    column, row = level.exit
    x_px, y_px = level.start
    if not (0 <= column < width and 1 <= row < height):
        raise ValueError("the exit lies outside the level")
    if not (0 < x_px < width * TILE and 0 < y_px <= height * TILE):
        raise ValueError("the start lies outside the level")
    if len(level.certificate) > MAX_CERTIFICATE:
        raise ValueError("the certificate is too long")
    check(level.rooms, level.mechanisms, width, height)
    x, y, w, h = level.rooms[0]
    if not (x * TILE < x_px < (x + w) * TILE and y * TILE < y_px <= (y + h) * TILE):
        raise ValueError("the start lies outside the first room")


def _sides(grid: NDArray[Any], name: str) -> tuple[int, int]:
    if grid.ndim != 2 or not 1 <= grid.size <= MAX_CELLS:
        raise ValueError(f"{name} must be a grid of 1 to {MAX_CELLS} cells")
    return int(grid.shape[0]), int(grid.shape[1])
