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
from ..motion.interior import Interior, interiors
from ..motion.mechanisms import MECHANISM_KINDS, Mechanism
from ..nes.roles import TILE, Role
from .codes import LARGEST_DIFFICULTY, LARGEST_STAGE, MODES

LEVEL_VERSION = 2
"""Of the file format and of the rules that lay a stage out; a level of another version is refused."""
MAGIC = b"GANVANIA"
LEVEL_ROWS = 15
"""Height of a stage, tiles: one screen, with the status bar over its top two rows."""
SCREEN_COLUMNS = 16
"""Width of a screen, tiles."""

# Caps that a stranger's file is held to before anything is allocated; each far above any level of ours.
MAX_CELLS = 1 << 18
MAX_BANK = 1 << 12
SPAWN_KINDS = frozenset({"candle", "zombie", "bat", "treasure", "roast"})
MAX_SPAWNS = 1 << 12
MAX_CERTIFICATE = 1 << 20
MAX_RAW_BYTES = 1 << 24

_PREFIX = struct.Struct("<8sHIII")  # magic, version, CRC-32 of what is packed, its length, length unpacked
_DTYPES = {
    "roles": "<u1",
    "tiles": "<i2",
    "backdrop": "<i2",
    "far": "<i2",
    "bank": "<u1",
    "palettes": "<u1",
    "bank_palette": "<u1",
    "bank_role": "<u1",
    "bank_quality": "<f4",
    "provenance": "<i8",
}
"""The arrays of a level in the order in which they are stored."""


_NAME_OF_KIND = {kind: name for name, kind in MECHANISM_KINDS.items()}


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
    bank: NDArray[np.uint8]
    """[T, 16, 16] palette indices, 0 to 63."""
    palettes: NDArray[np.uint8]
    """[4, 4] palette indices; column 0 is the shared backdrop colour."""
    bank_palette: NDArray[np.uint8]
    """[T] the sub-palette of each tile."""
    bank_role: NDArray[np.uint8]
    """[T] `Role` of each tile."""
    bank_quality: NDArray[np.float32]
    """[T] finite."""
    provenance: NDArray[np.int64]
    """[T, 4] z seed, screen, row, column of each tile."""
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
        for name, dtype in _DTYPES.items():
            array = np.array(getattr(self, name), dtype=np.dtype(dtype).newbyteorder("="), order="C")
            array.setflags(write=False)
            object.__setattr__(self, name, array)
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
        for f in fields(self):
            mine, theirs = getattr(self, f.name), getattr(other, f.name)
            if not (np.array_equal(mine, theirs) if isinstance(mine, np.ndarray) else mine == theirs):
                return False
        return True

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
        header["shapes"] = {name: getattr(self, name).shape for name in _DTYPES}
        text = json.dumps(header, separators=(",", ":")).encode()
        arrays = [getattr(self, name).astype(dtype).tobytes() for name, dtype in _DTYPES.items()]
        raw = b"".join([struct.pack("<I", len(text)), text, self.certificate, *arrays])
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
    for name, code in _DTYPES.items():
        shape = tuple(_integer(side, 0, MAX_CELLS) for side in header["shapes"][name])
        dtype = np.dtype(code)
        size = dtype.itemsize
        for side in shape:
            size *= side
        if len(shape) > 3 or size > len(raw) - at:
            raise ValueError(f"{name} is larger than the file")
        arrays[name] = np.frombuffer(raw[at : at + size], dtype).reshape(shape)
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
        **arrays,
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
    made = MECHANISM_KINDS[kind](*(_integer(number, -(1 << 20), 1 << 20) for number in numbers))
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
    count = len(level.bank)
    shapes = {
        "tiles": (height, width),
        "backdrop": (height, width),
        "far": _sides(level.far, "far"),
        "bank": (count, TILE, TILE),
        "palettes": (4, 4),
        "bank_palette": (count,),
        "bank_role": (count,),
        "bank_quality": (count,),
        "provenance": (count, 4),
    }
    for name, shape in shapes.items():
        if getattr(level, name).shape != shape:
            raise ValueError(f"{name} must have the shape {shape}, not {getattr(level, name).shape}")
    if count > MAX_BANK:
        raise ValueError(f"more than {MAX_BANK} tiles in the bank")
    for name in ("tiles", "backdrop", "far"):
        grid = getattr(level, name)
        if grid.size and not -1 <= int(grid.min()) <= int(grid.max()) < count:
            raise ValueError(f"{name} points outside the bank")
    for name, bound in (
        ("roles", len(Role)), ("bank_role", len(Role)), ("bank", 64), ("palettes", 64), ("bank_palette", 4),
    ):  # fmt: skip
        array = getattr(level, name)
        if array.size and int(array.max()) >= bound:
            raise ValueError(f"{name} has values of {bound} or more")
    if not bool(np.isfinite(level.bank_quality).all()):
        raise ValueError("bank_quality is not finite")
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
